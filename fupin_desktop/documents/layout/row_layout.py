"""Settles rows of a table: what each cell says, how its text breaks, how high the rows become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from fupin_desktop.documents.drawing.fonts import NoGlyphError, chain, missing_glyph
from fupin_desktop.documents.forms.definition import Cell, Row, Style
from fupin_desktop.documents.forms.rows import Scope
from fupin_desktop.documents.forms.values import Context, filler, raw_number, value_of, written_sum
from fupin_desktop.documents.layout.linebreak import wrap
from fupin_desktop.documents.layout.pages import POINT

Sums: TypeAlias = Mapping[str, Decimal]

_ABOVE_AND_BELOW = 1.2
_SMALLEST = 0.6
_CACHED = 20_000


class LaidText(NamedTuple):
    """Text broken into lines and aligned.

    Attributes:
        lines: The lines.
        size: Size they are set in, points.
        height: Height they take, mm.
        xs: Left end of each line from the table's left edge, mm.
        drop: Baseline under the middle of a line, mm.
    """

    lines: tuple[str, ...]
    size: float
    height: float
    xs: tuple[float, ...]
    drop: float


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
    """

    __slots__ = (
        "_known",
        "_room",
        "cell",
        "column",
        "field",
        "label",
        "number",
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
        style = cell.style
        self._room = (self.width - 2 * style.pad) / (style.size * POINT) - style.left - style.right
        self._known: dict[str, LaidText] = {}

    def lay(self, text: str) -> LaidText:
        """The text broken to the cell's width.

        Raises:
            NoGlyphError: A character has no glyph.
        """
        known = self._known.get(text)
        if known is None:
            known = self._lay(text)
            if len(self._known) < _CACHED:
                self._known[text] = known
        return known

    def sum_text(self, sums: Sums | None, running: Sums | None) -> str:
        """A sum as printed."""
        assert self.field is not None
        amounts = (sums if self.cell.total else running) or {}
        return written_sum(amounts.get(self.summed, Decimal(0)), self.field)

    def lay_under(self, text: str) -> LaidText:
        """The small text under the cell's own, broken to the cell's width.

        Raises:
            NoGlyphError: A character has no glyph.
        """
        style = self.cell.under_style
        room = (self.width - 2 * style.pad) / (style.size * POINT)
        lines = wrap(text, chain(style.font), room)
        return self._aligned(lines, style, style.size, len(lines) * style.pitch * POINT)

    def _lay(self, text: str) -> LaidText:
        """The text broken to the cell's width, set smaller first where the style says so."""
        style = self.cell.style
        faces = chain(style.font)
        ratio = 1.0
        if style.shrink and "\n" not in text:
            width = faces.width(text)
            ratio = 1.0 if width <= self._room else max(self._room / width, _SMALLEST)
        lines = wrap(text, faces, self._room / ratio, self._room / ratio - style.indent)
        below = len(self.cell.foot)
        height = (len(lines) * ratio + below) * style.pitch * POINT + _ABOVE_AND_BELOW
        return self._aligned(lines, style, style.size * ratio, height if text or below else 0.0)

    def _aligned(self, lines: Sequence[str], style: Style, size: float, height: float) -> LaidText:
        """Lines with their left ends."""
        faces = chain(style.font)
        em = size * POINT
        start = self.x + style.pad + style.left * em
        room = self.width - 2 * style.pad - (style.left + style.right) * em
        share = {"right": 1.0, "center": 0.5}.get(style.align, 0.0)
        xs = [start + share * (room - faces.width(line) * em) if share else start for line in lines]
        if style.indent:
            xs[0] += style.indent * em * (1 - share)
        return LaidText(tuple(lines), size, height, tuple(xs), faces.centre * em)


class Placed(NamedTuple):
    """A filled cell: its box, first row and number of rows in the block, text, and the small text under it."""

    box: CellBox
    row: int
    rows: int
    laid: LaidText
    under: LaidText | None = None

    @property
    def height(self) -> float:
        """Height the texts need, mm."""
        return self.laid.height + (self.under.height if self.under else 0.0)


class Block(NamedTuple):
    """Filled rows that are never parted (unless higher than a page).

    Attributes:
        band: The rows' pattern.
        heights: Height of each row, mm.
        cells: Filled cells.
        record: The innermost list record, for sums over a page; None outside lists.
        position: Its position in the list; 0 outside lists.
    """

    band: Band
    heights: tuple[float, ...]
    cells: tuple[Placed, ...]
    record: Any = None
    position: int = 0

    @property
    def height(self) -> float:
        """Height of all rows, mm."""
        return sum(self.heights)


class Band:
    """Rows of a table that hang together: one row, or rows tied by cells that span several.

    Attributes:
        row: The first row's definition; role, list and keeping are its.
        boxes: Cells of all rows.
        edges: Column edges from the table's left edge, mm.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        places: Sequence[tuple[Cell, int, int]],
        edges: Sequence[float],
        scope: Scope,
        sums: Scope,
    ) -> None:
        self.row = rows[0]
        self.edges = edges
        self.least = [row.height for row in rows]
        self.boxes = [CellBox(cell, (row, column), edges, scope, sums) for cell, row, column in places]

    def settle(
        self,
        context: Context,
        items: Sequence[Any] = (),
        sums: Sums | None = None,
        running: Sums | None = None,
        record: Any = None,
    ) -> Block:
        """The rows filled from a context.

        Args:
            context: Where values come from.
            items: Records of the list inside the record; each takes a row.
            sums: Sums by field, of total rows.
            running: Sums from the list's start to this page.
            record: The list record, kept in the block for sums over the page.

        Raises:
            MissingGlyph: A character has no glyph; names it and the record.
        """
        count = max(len(items), 1) if self.row.within else len(self.least)
        heights = [self.least[0]] * count if self.row.within else list(self.least)
        inside = [context.into(item, at) for at, item in enumerate(items, 1)] if items else []
        cells: list[Placed] = []
        try:
            for box in self.boxes:
                if box.cell.per_item:
                    cells += self._per_item(box, inside)
                elif box.summed:
                    cells.append(Placed(box, 0, count, box.lay(box.sum_text(sums, running))))
                else:
                    cells.append(self._once(box, context, count))
        except NoGlyphError as error:
            raise missing_glyph(error.character, _where(context, box)) from None
        for placed in cells:
            if placed.rows == 1 and placed.height > heights[placed.row]:
                heights[placed.row] = placed.height
        _grow(heights, cells)
        return Block(self, tuple(heights), tuple(cells), record, context.positions[-1] if record is not None else 0)

    @staticmethod
    def _per_item(box: CellBox, inside: Sequence[Context]) -> Iterator[Placed]:
        """A cell for each item, or an empty one."""
        for at, one in enumerate(inside):
            yield Placed(box, at, 1, box.lay(box.text(one)))
        if not inside:
            yield Placed(box, 0, 1, box.lay(""))

    def _once(self, box: CellBox, context: Context, count: int) -> Placed:
        """A cell that stands once beside all items, or spans its rows."""
        under = box.under(context) if box.under else ""
        rows = count if self.row.within else box.cell.rows
        return Placed(box, box.row, rows, box.lay(box.text(context)), box.lay_under(under) if under else None)


def _grow(heights: list[float], cells: Sequence[Placed]) -> None:
    """Make rows higher where a cell over several of them needs more room; the last of them grows."""
    for placed in cells:
        if placed.rows > 1:
            lack = placed.height - sum(heights[placed.row : placed.row + placed.rows])
            if lack > 0:
                share = lack / placed.rows
                for row in range(placed.row, placed.row + placed.rows):
                    heights[row] += share


def _where(context: Context, box: CellBox) -> str:
    """How a message names the record and the field."""
    names = (_name_of(record) for record in reversed(context.records))
    name = next(filter(None, names), "表样的文字")
    return f"“{name}”的“{box.label}”" if box.label else f"“{name}”"


def _name_of(record: Any) -> str:
    """The record's own name: its ``record``, else its ``head``, else its ``title`` or ``place``."""
    for key in ("record", "head", "title", "place", "name"):
        known = key in record if isinstance(record, Mapping) else hasattr(record, key)
        if known and isinstance(name := value_of(record, key), str) and name:
            return name
    return ""
