"""Sets running text on A4 pages: headings stay with what follows, those of tables are repeated, no line is cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from fupin_desktop.documents.book import Link, Picture, Placed
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.pages import POINT, Line, Page, Paper, Rect, TextRun
from fupin_desktop.documents.prose import lines
from fupin_desktop.documents.prose.blocks import Block, Code, Figure, Heading, Paragraph, Span, Spans, Table
from fupin_desktop.documents.prose.columns import widths

A4 = Paper(210.0, 297.0, 24.0, 20.0, 20.0, 22.0)
INK, ACCENT, MUTED, RULE = "#1f2933", "#1b6b50", "#66707a", "#b8c4be"
SHADE, HEAD_SHADE, NOTE_SHADE = "#f1f5f3", "#e6f0ec", "#fdf3e1"
_COLOURS = {"plain": INK, "bold": INK, "code": "#374151", "link": ACCENT}
_DROP = 0.38
"""Where a baseline lies below the middle of its line, in em."""
_PAD = 1.3
_STEP = 5.5
_MOST_FIGURE = 105.0


class Type(NamedTuple):
    """Size and line pitch, points, with the room before and after, mm."""

    size: float
    pitch: float
    before: float = 0.0
    after: float = 1.6


class Measures(NamedTuple):
    """How large everything is.

    Attributes:
        body: Paragraphs and entries.
        headings: By level, from 1.
        code: Examples.
        table: Cells.
    """

    body: Type = Type(10.5, 16.5)
    headings: tuple[Type, ...] = (Type(19, 26, 0, 4), Type(13.5, 19, 4.5, 2), Type(11.5, 17, 3, 1.2))
    code: Type = Type(9, 13)
    table: Type = Type(9, 13)


USUAL = Measures()


@dataclass(slots=True)
class Setting:
    """Pages as they grow.

    Attributes:
        head: Words at the top of every page.
        paper: The paper.
        measures: How large everything is.
        pages: Finished pages.
        placed: Pictures on them.
        links: Places that lead to other pages.
    """

    head: str = ""
    paper: Paper = A4
    measures: Measures = USUAL
    pages: list[Page] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    _texts: list[TextRun] = field(default_factory=list)
    _rules: list[Line] = field(default_factory=list)
    _rects: list[Rect] = field(default_factory=list)
    _y: float = A4.top

    # ---- what a caller does ----
    def put(self, blocks: Sequence[Block]) -> None:
        """Set blocks one below the other.

        Raises:
            MissingGlyph: A character has no glyph.
        """
        for at, block in enumerate(blocks):
            if isinstance(block, Heading):
                self._heading(block, blocks[at + 1 : at + 2])
            elif isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, Code):
                self._code(block)
            elif isinstance(block, Table):
                self._table(block)
            else:
                self._figure(block)

    def lead(self, title: str, to: int, number: str, *, deep: bool, strong: bool = False) -> None:
        """A line of a table of contents: a title, dots, a page number.

        Args:
            title: What the line says.
            to: The page it leads to, from 0.
            number: As printed.
            deep: Whether it is set in.
            strong: Whether it leads others.
        """
        size = self.measures.body
        high = size.pitch * POINT + (2.0 if strong else 0.3)
        self._need(high)
        left = self.paper.left + (_STEP if deep else 0.0)
        base = self._y + high - size.pitch * POINT * 0.3
        words = lines.family("bold" if strong else "plain")
        end = self._right - chain("song").width(number) * size.size * POINT
        self._texts.append(TextRun(left, base, title, words, size.size, ACCENT if strong else INK))
        self._texts.append(TextRun(end, base, number, "song", size.size, MUTED))
        first = left + chain(words).width(title) * size.size * POINT + 2
        dots = int((end - 2 - first) / (chain("song").width("·") * size.size * POINT))
        if dots > 0:
            self._texts.append(TextRun(first, base, "·" * dots, "song", size.size, RULE))
        self.links.append(Link(len(self.pages), left, self._y, self._right - left, high, to))
        self._y += high

    def finished(self) -> tuple[Page, ...]:
        """All pages, the last one as far as it was set."""
        if self._texts or self._rects or not self.pages:
            self._turn()
        return tuple(self.pages)

    # ---- room ----
    @property
    def _right(self) -> float:
        return self.paper.width - self.paper.right

    @property
    def _bottom(self) -> float:
        return self.paper.height - self.paper.bottom

    @property
    def _at_top(self) -> bool:
        return self._y <= self.paper.top

    def _need(self, height: float) -> bool:
        """Turn the page where so much is not left; whether it was turned."""
        if self._y + height <= self._bottom or self._at_top:
            return False
        self._turn()
        return True

    def _turn(self) -> None:
        if self.head:
            self._texts.append(TextRun(self.paper.left, 15.0, self.head, "song", 9.0, MUTED))
            self._rules.append(Line(self.paper.left, 17.0, self._right, 17.0, 0.5, RULE))
        self.pages.append(Page(tuple(self._texts), tuple(self._rules), tuple(self._rects)))
        self._texts, self._rules, self._rects, self._y = [], [], [], self.paper.top

    # ---- lines ----
    def _lines_of(self, spans: Spans, room: float, kind: Type, *, bold: bool = False) -> list[Spans]:
        return lines.broken(spans, room / (kind.size * POINT), bold)

    def _line(self, x: float, top: float, spans: Spans, kind: Type, colour: str = "", *, bold: bool = False) -> None:
        """One line at a place; code stands on a shade."""
        high = kind.pitch * POINT
        base = top + high / 2 + _DROP * kind.size * POINT
        for text, look in spans:
            font = lines.family(look, bold)
            wide = chain(font).width(text) * kind.size * POINT
            if look == "code" and not bold:
                self._rects.append(Rect(x, top + high * 0.1, wide, high * 0.84, SHADE))
            self._texts.append(TextRun(x, base, text, font, kind.size, colour or _COLOURS[look]))
            x += wide

    def _paragraph(self, block: Paragraph) -> None:
        kind = self.measures.body
        left = self.paper.left + _STEP * block.depth
        high = kind.pitch * POINT
        found = self._lines_of(block.spans, self._right - left - (2 * _PAD if block.note else 0), kind)
        for at, line in enumerate(found):
            # The first two lines stay together, and so do the last two.
            self._need(high * (2 if at in (0, len(found) - 2) and len(found) > 1 else 1))
            if block.note:
                self._rects.append(Rect(left, self._y, self._right - left, high + 0.05, NOTE_SHADE))
            if block.mark and at == 0:
                self._line(left - _STEP, self._y, (Span(block.mark),), kind, ACCENT)
            self._line(left + (_PAD if block.note else 0), self._y, line, kind)
            self._y += high
        self._y += kind.after if block.depth == 0 else kind.after * 0.6

    def _heading(self, block: Heading, following: Sequence[Block]) -> None:
        kind = self.measures.headings[block.level - 1]
        high = kind.pitch * POINT
        found = self._lines_of(block.spans, self._right - self.paper.left, kind, bold=True)
        self._need(kind.before + high * len(found) + kind.after + self._beginning(following))
        self._y += 0 if self._at_top else kind.before
        for line in found:
            self._line(self.paper.left, self._y, line, kind, ACCENT, bold=True)
            self._y += high
        self._y += kind.after

    def _code(self, block: Code) -> None:
        kind = self.measures.code
        high, left = kind.pitch * POINT, self.paper.left + 3
        found = self._lines_of((Span(block.text),), self._right - left - 3, kind)
        for line in found:
            self._need(high)
            self._rects.append(Rect(self.paper.left, self._y, self._right - self.paper.left, high + 0.05, SHADE))
            self._line(left, self._y, line, kind, _COLOURS["code"])
            self._y += high
        self._y += kind.after + 1

    # ---- tables ----
    def _table(self, block: Table) -> None:
        columns = max(len(row) for row in block.rows)
        kind = _for_columns(self.measures.table, columns)
        room = self._right - self.paper.left - 2 * _PAD * columns
        wide = [one + 2 * _PAD for one in widths(block, room, kind.size * POINT)]
        rows = [self._row(row, wide, kind) for row in block.rows]
        head = [(cells, high, True) for cells, high in rows[: block.head]]
        for cells, high in rows[: block.head]:
            self._need(high + (rows[block.head][1] if len(rows) > block.head else 0))
            self._draw_row(cells, high, wide, kind, head=True)
        for cells, high in rows[block.head :]:
            if self._need(high):
                for again, its, _ in head:
                    self._draw_row(again, its, wide, kind, head=True)
            self._draw_row(cells, high, wide, kind)
        self._y += kind.after + 1

    def _row(self, row: Sequence[Spans], wide: Sequence[float], kind: Type) -> tuple[list[list[Spans]], float]:
        cells = [self._lines_of(cell, wide[at] - 2 * _PAD, kind) for at, cell in enumerate(row)]
        most = max(len(cell) for cell in cells)
        return cells, most * kind.pitch * POINT + 1.6

    def _draw_row(
        self, cells: Sequence[Sequence[Spans]], high: float, wide: Sequence[float], kind: Type, *, head: bool = False
    ) -> None:
        x, top = self.paper.left, self._y
        if head:
            self._rects.append(Rect(x, top, sum(wide), high, HEAD_SHADE))
        for at, cell in enumerate(cells):
            for number, line in enumerate(cell):
                self._line(x + _PAD, top + 0.8 + number * kind.pitch * POINT, line, kind, bold=head)
            x += wide[at]
        end = self.paper.left + sum(wide)
        for y in (top, top + high):
            self._rules.append(Line(self.paper.left, y, end, y, 0.4, RULE))
        edge = self.paper.left
        for one in (0.0, *wide):
            edge += one
            self._rules.append(Line(edge, top, edge, top + high, 0.4, RULE))
        self._y += high

    # ---- pictures ----
    def _scale(self, picture: Picture) -> float:
        """Millimetres of a pixel."""
        return min((self._right - self.paper.left) / picture.width, _MOST_FIGURE / picture.height, 0.22)

    def _figure_high(self, picture: Picture) -> float:
        """Room of a picture with its words, mm."""
        return picture.height * self._scale(picture) + self.measures.table.pitch * POINT + 4

    def _beginning(self, following: Sequence[Block]) -> float:
        """Room that must be left below a heading for the beginning of what follows, mm."""
        first = following[0] if following else None
        if isinstance(first, Figure) and first.picture is not None:
            return self._figure_high(first.picture)
        return 25.0 if isinstance(first, Table) else 14.0

    def _figure(self, block: Figure) -> None:
        picture = block.picture
        if picture is None:
            return
        room, scale = self._right - self.paper.left, self._scale(picture)
        wide, high = picture.width * scale, picture.height * scale
        kind = self.measures.table
        self._need(self._figure_high(picture))
        left = self.paper.left + (room - wide) / 2
        self.placed.append(Placed(len(self.pages), picture, left, self._y + 1, wide, high))
        for x1, y1, x2, y2 in (
            (left, self._y + 1, left + wide, self._y + 1), (left, self._y + 1 + high, left + wide, self._y + 1 + high),
            (left, self._y + 1, left, self._y + 1 + high), (left + wide, self._y + 1, left + wide, self._y + 1 + high),
        ):
            self._rules.append(Line(x1, y1, x2, y2, 0.4, RULE))
        self._y += high + 2
        if block.caption:
            words = chain("song").width(block.caption) * kind.size * POINT
            self._line(self.paper.left + (room - words) / 2, self._y, (Span(block.caption),), kind, MUTED)
            self._y += kind.pitch * POINT
        self._y += 2.5


def _for_columns(kind: Type, columns: int) -> Type:
    """Tables of many columns are set smaller."""
    factor = 1.0 if columns <= 7 else 0.85 if columns <= 10 else 0.66
    return kind._replace(size=kind.size * factor, pitch=kind.pitch * factor)
