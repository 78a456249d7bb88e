"""Settles rows of a table: what each cell says, how its text breaks, how high the rows become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from fupin_desktop.documents.definition.form import Cell, Row
from fupin_desktop.documents.definition.rows import Scope
from fupin_desktop.documents.faces.fonts import NoGlyphError, missing_glyph
from fupin_desktop.documents.filling.values import Context, value_of
from fupin_desktop.documents.layout.cell_box import CellBox, Placed, Sums
from fupin_desktop.documents.pages import POINT

_NOWHERE = Context((), ())
_FIRST_ROW = (0, 1)


class Block(NamedTuple):
    """Filled rows that are never parted (unless higher than a page).

    Attributes:
        band: The rows' pattern.
        heights: Height of each row, mm.
        cells: Filled cells.
        record: The innermost list record, for sums over a page; None outside lists.
        shape: Tells blocks of one band apart whose cells lie differently.
    """

    band: Band
    heights: tuple[float, ...]
    cells: tuple[Placed, ...]
    record: Any = None
    shape: tuple[object, ...] = ()

    @property
    def height(self) -> float:
        """Height of all rows, mm."""
        return sum(self.heights)


class Band:
    """Rows of a table that hang together: one row, or rows tied by cells that span several.

    Attributes:
        row: The first row's definition; role, list and keeping are its.
        boxes: Cells of all rows.
        repeats: Whether a list inside repeats a row.
        crossing: Whether it makes more than one row, so that its cells are not simply in reading order.
        edges: Column edges from the table's left edge, mm.
        rules: What is drawn around its blocks, kept there by whoever draws it, by the number of rows and the shape.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        places: Sequence[tuple[Cell, int, int, Scope]],
        edges: Sequence[float],
        sums: Scope,
    ) -> None:
        self.row = rows[0]
        self.rows = rows
        self.edges = edges
        self.least = [row.height for row in rows]
        self.rules: dict[tuple[object, ...], Any] = {}
        self.repeats = any(row.within for row in rows)
        self.crossing = len(rows) > 1 or self.repeats
        self.boxes = [CellBox(cell, (row, column), edges, scope, sums) for cell, row, column, scope in places]

    def settle(
        self,
        context: Context,
        items: Sequence[Sequence[Any]] = (),
        sums: Sums | None = None,
        running: Sums | None = None,
        record: Any = None,
    ) -> Block:
        """The rows filled from a context.

        Args:
            context: Where values come from.
            items: For each row the records of the list inside it, each of which takes a row; empty where none has one.
            sums: Sums by field, of total rows.
            running: Sums from the list's start to this page.
            record: The list record, kept in the block for sums over the page.

        Raises:
            MissingGlyph: A character has no glyph; names it and the record.
        """
        if self.crossing:
            return self._settle_several(context, items, (sums, running), record)
        height = self.least[0]
        cells: list[Placed] = []
        for box in self.boxes:
            try:
                placed = self._once(box, context, _FIRST_ROW, (sums, running))
            except NoGlyphError as error:
                raise missing_glyph(error.character, _where(context, box)) from None
            cells.append(placed)
            needed = placed.height
            height = max(height, needed)
        return Block(self, (height,), tuple(cells), record)

    def _settle_several(
        self,
        context: Context,
        items: Sequence[Sequence[Any]],
        sums: tuple[Sums | None, Sums | None],
        record: Any,
    ) -> Block:
        """More than one row: those tied by cells over several of them, and those of a list inside."""
        counts = tuple([max(len(own), 1) for own in items]) if self.repeats else (1,) * len(self.least)
        heights = [least for least, count in zip(self.least, counts, strict=True) for _ in range(count)]
        starts = [0, *accumulate(counts)]
        cells: list[Placed] = []
        for box in self.boxes:
            try:
                if box.cell.per_item:
                    cells += self._per_item(box, context, items[box.row], starts[box.row])
                else:
                    row, end = starts[box.row], starts[box.row + box.cell.rows]
                    cells.append(self._once(box, context, (row, end - row), sums))
            except NoGlyphError as error:
                raise missing_glyph(error.character, _where(context, box)) from None
        for placed in cells:
            if placed.rows == 1 and placed.height > heights[placed.row]:
                heights[placed.row] = placed.height
        grow(heights, cells)
        return Block(self, tuple(heights), tuple(cells), record, counts if self.repeats else ())

    @staticmethod
    def _per_item(box: CellBox, context: Context, items: Sequence[Any], row: int) -> Iterator[Placed]:
        """A cell for each item, or an empty one."""
        for at, item in enumerate(items, 1):
            inside = context.into(item, at)
            yield Placed(box, row + at - 1, 1, box.lay(box.text(inside)), inside)
        if not items:
            yield Placed(box, row, 1, box.lay(""), context)

    def _once(
        self, box: CellBox, context: Context, rows: tuple[int, int], sums: tuple[Sums | None, Sums | None]
    ) -> Placed:
        """A cell that stands once, beside all items where there are some."""
        row, count = rows
        if box.fixed is not None:
            return box.fixed
        if box.summed:
            return Placed(box, row, count, box.lay(box.sum_text(*sums)), context)
        under = box.under(context) if box.under else ""
        foot = box.lay_foot(context) if box.foot else ()
        laid = box.lay(box.text(context))
        if more := len(foot) - len(box.cell.foot):
            laid = laid._replace(height=laid.height + more * box.cell.style.pitch * POINT)
        placed = Placed(box, row, count, laid, context, box.lay_under(under) if under else None, foot)
        if box.unchanging and not self.repeats:
            box.fixed = placed._replace(context=_NOWHERE)
        return placed


def grow(heights: list[float], cells: Sequence[Placed]) -> None:
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
