"""A cell of a table with its place: what it says, and how that breaks into lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from fupin_desktop.documents.definition.form import Cell, Style
from fupin_desktop.documents.definition.rows import INDEX, Scope
from fupin_desktop.documents.faces.fonts import chain
from fupin_desktop.documents.filling.values import Context, filler, foot_filler, raw_number, written_sum
from fupin_desktop.documents.layout.linebreak import wrap
from fupin_desktop.documents.pages import POINT

Sums: TypeAlias = "Mapping[str, Decimal] | Mapping[str, Decimal | None]"

_ABOVE_AND_BELOW = 1.2
_SMALLEST = 0.6
_BROKEN = 0.8
_CACHED = 300
"""Columns of words hold fewer texts than this; of numbers and names hardly one comes again."""
_SHORT = 40
_SHARES = {"right": 1.0, "center": 0.5}


class LaidText(NamedTuple):
    """Text broken into lines and aligned.

    Attributes:
        lines: The lines.
        size: Size they are set in, points.
        height: Height they take, mm.
        xs: Left end of each line from the table's left edge, mm.
        drop: Baseline under the middle of a line, mm.
        text: The text itself, unbroken.
    """

    lines: tuple[str, ...]
    size: float
    height: float
    xs: tuple[float, ...]
    drop: float
    text: str = ""


class CellBox:
    """A cell with its place in the table, ready to be filled many times.

    Attributes:
        cell: Its definition.
        row: Row within its block, from 0.
        column: Column, from 0.
        x: Left edge from the table's left edge, mm.
        width: mm.
        label: The field's label, for messages.
        text: What it says, from a context; sums aside.
        number: The number it shows; None where it shows text.
        under: What stands small under it, from a context; None for nothing.
        summed: Name of the list field summed here; empty for none.
        field: The field shown or summed; None for text.
        foot: The lines at the bottom right, from a context.
        depth: Number of records it takes its values from.
        places: Fields the cell holds, each with its level and the list it lives in.
        plain: Whether its text alone says how it looks.
        placed: It, where it stands when no list repeats its rows, by its text.
    """

    __slots__ = (
        "_line",
        "_room",
        "cell",
        "column",
        "depth",
        "field",
        "foot",
        "label",
        "number",
        "placed",
        "places",
        "plain",
        "row",
        "summed",
        "text",
        "under",
        "width",
        "x",
    )

    def __init__(self, cell: Cell, place: tuple[int, int], edges: Sequence[float], scope: Scope, sums: Scope) -> None:
        self.cell = cell
        self.row, self.column = place
        self.x = edges[self.column]
        self.width = edges[self.column + cell.span] - self.x
        self.text = filler(cell.content, scope)
        self.number = raw_number(cell.content, scope)
        self.under = filler(cell.under, scope) if cell.under else None
        self.summed = cell.total or cell.running
        name = cell.field or self.summed
        found = (sums if self.summed else scope).find(name) if name else None
        self.field = found[0] if found else None
        self.label = self.field.label if self.field else ""
        self.foot = foot_filler(cell.foot, scope, self.field) if cell.foot else None
        self.depth = len(scope.levels)
        self.plain = not (self.summed or cell.under or cell.foot)
        self.placed = _PlacedTexts(self)
        self.places = () if self.summed else tuple(_places(cell, scope))
        style = cell.style
        self._room = (self.width - 2 * style.pad) / (style.size * POINT) - style.left - style.right
        self._line = self._measures(style, style.size)

    def sum_text(self, sums: Sums | None, running: Sums | None) -> str:
        """A sum as printed."""
        assert self.field is not None
        amount = ((sums if self.cell.total else running) or {}).get(self.summed, Decimal(0))
        return "" if amount is None else written_sum(amount, self.field)

    def lay_under(self, text: str) -> LaidText:
        """The small text under the cell's own, broken to the cell's width.

        Raises:
            NoGlyphError: A character has no glyph.
        """
        style = self.cell.under_style
        room = (self.width - 2 * style.pad) / (style.size * POINT)
        lines = wrap(text, chain(style.font), room)
        return self._aligned(lines, style, style.size, len(lines) * style.pitch * POINT)

    def lay_foot(self, context: Context) -> tuple[str, ...]:
        """The lines at the bottom right; a name too long for the line of its label stands below it.

        Raises:
            NoGlyphError: A character has no glyph.
        """
        assert self.foot is not None
        style = self.cell.style
        faces = chain(style.font)
        room = (self.width - 2 * style.pad) / (style.size * POINT) - 1
        lines: list[str] = []
        for line in self.foot(context):
            label, mark, name = line.partition("：")
            if faces.width(line) <= room or not name.strip():
                lines.append(line)
            else:
                lines += [label + mark, *wrap(name, faces, room)]
        return tuple(lines)

    def lay(self, text: str) -> LaidText:
        """The text broken to the cell's width, set smaller first where the style says so.

        Raises:
            NoGlyphError: A character has no glyph.
        """
        style = self.cell.style
        faces = chain(style.font)
        ratio = 1.0
        if not style.vertical and "\n" not in text:
            width = faces.width(text)
            if width <= self._room - style.indent:
                return self._one_line(text, width)
            if style.shrink:
                ratio = _set_smaller(self._room / width)
        if style.vertical:
            lines = stacked(text)
        else:
            lines = wrap(text, faces, self._room / ratio, self._room / ratio - style.indent)
        return self._aligned(lines, style, style.size * ratio, self._height(text, len(lines) * ratio), text)

    def _height(self, text: str, lines: float) -> float:
        """Height that so many lines take, mm; none for a cell that holds nothing."""
        below = len(self.cell.foot)
        if not text and not below:
            return 0.0
        return (lines + below) * self.cell.style.pitch * POINT + _ABOVE_AND_BELOW

    def _one_line(self, text: str, width: float) -> LaidText:
        """A text that fits on one line, as ``_aligned`` lays it, its width known."""
        start, share, room, em, drop = self._line
        x = start + share * (room - width * em) if share else start
        style = self.cell.style
        if style.indent:
            x += style.indent * em * (1 - share)
        return LaidText((text,), style.size, self._height(text, 1), (x,), drop, text)

    def _aligned(self, lines: Sequence[str], style: Style, size: float, height: float, text: str = "") -> LaidText:
        """Lines with their left ends."""
        faces = chain(style.font)
        start, share, room, em, drop = self._measures(style, size)
        xs = [start + share * (room - faces.width(line) * em) if share else start for line in lines]
        if style.indent:
            xs[0] += style.indent * em * (1 - share)
        return LaidText(tuple(lines), size, height, tuple(xs), drop, text)

    def _measures(self, style: Style, size: float) -> tuple[float, float, float, float, float]:
        """Of lines in the cell: left end, share of free room before them, room and em in mm, drop of the baseline."""
        em = size * POINT
        start = self.x + style.pad + style.left * em
        room = self.width - 2 * style.pad - (style.left + style.right) * em
        return start, _SHARES.get(style.align, 0.0), room, em, chain(style.font).centre * em


def _set_smaller(ratio: float) -> float:
    """How much smaller a text is set whose line fits at a ratio; one that must be broken all the same stays legible."""
    return min(ratio, 1.0) if ratio >= _SMALLEST else _BROKEN


def stacked(text: str) -> list[str]:
    """A text with its characters under each other; what stands in brackets stays one line."""
    lines: list[str] = []
    for part in text.split("\n"):
        lines += [part] if part.startswith("（") else [character for character in part if not character.isspace()]
    return lines or [""]


def _places(cell: Cell, scope: Scope) -> Iterator[tuple[str, int, str]]:
    """Fields a cell holds, each with its level and the list it lives in (empty for the form's own).

    An amount in capitals is only shown; it is typed where it stands in figures.
    """
    for place in cell.content.places:
        found = scope.find(place.name)
        if found is not None and found[0] is not INDEX and place.form != "capital":
            level = found[1]
            yield place.name, level, scope.lists[level - 1] if level else ""


class Placed(NamedTuple):
    """A filled cell.

    Attributes:
        box: Its box.
        row: First row in the block.
        rows: Rows covered.
        laid: Its text.
        height: Height that its texts need, mm.
        context: Where its values came from; None where that is its block's.
        under: Small text under it.
        foot: Lines at the bottom right.
    """

    box: CellBox
    row: int
    rows: int
    laid: LaidText
    height: float
    context: Context | None = None
    under: LaidText | None = None
    foot: tuple[str, ...] = ()


class _PlacedTexts(dict[str, Placed]):
    """A box with each of its texts, laid when first asked for; the short ones are kept.

    Asking for a text of which a character has no glyph raises NoGlyphError.
    """

    def __init__(self, box: CellBox) -> None:
        super().__init__()
        self._box = box

    def __missing__(self, text: str) -> Placed:
        box = self._box
        laid = box.lay(text)
        placed = Placed(box, box.row, box.cell.rows, laid, laid.height)
        if len(self) < _CACHED and len(text) < _SHORT:
            self[text] = placed
        return placed
