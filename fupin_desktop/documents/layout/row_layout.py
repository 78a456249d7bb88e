"""Settles rows of a table: what each cell says, how its text breaks, how high the rows become."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from fupin_desktop.documents.definition.form import Cell, Row
from fupin_desktop.documents.definition.rows import Scope
from fupin_desktop.documents.faces.fonts import NoGlyphError, missing_glyph
from fupin_desktop.documents.filling.plain import NAMED_BY
from fupin_desktop.documents.filling.values import Context, value_of
from fupin_desktop.documents.layout.cell_box import CellBox, Placed, Sums
from fupin_desktop.documents.pages import POINT

_NOWHERE = Context((), ())
"""Of rows of labels alone, which are the same in every document and are kept: they must not hold one's data."""


class Block(NamedTuple):
    """Filled rows that are never parted (unless higher than a page).

    Attributes:
        band: The rows' pattern.
        heights: Height of each row, mm.
        height: Height of all rows, mm.
        cells: Filled cells.
        context: Where the values of its cells came from, unless one has its own.
        record: The innermost list record, for sums over a page; None outside lists.
        shape: Tells blocks of one band apart whose cells lie differently.
    """

    band: Band
    heights: tuple[float, ...]
    height: float
    cells: tuple[Placed, ...]
    context: Context
    record: Any = None
    shape: tuple[object, ...] = ()

    def context_of(self, placed: Placed) -> Context:
        """Where the values of one of its cells came from."""
        return placed.context or self.context

    def is_empty(self, placed: Placed) -> bool:
        """Whether a cell is the one of a list that has no records."""
        return placed.box.cell.per_item and len(self.context_of(placed).records) < placed.box.depth


class Band:
    """Rows of a table that hang together: one row, or rows tied by cells that span several.

    Attributes:
        row: The first row's definition; role, list and keeping are its.
        boxes: Cells of all rows.
        repeats: Whether a list inside repeats a row.
        crossing: Whether it makes more than one row, so that its cells are not simply in reading order.
        edges: Column edges from the table's left edge, mm.
        filled: Whether a cell has a ground of its own.
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
        self.filled = any(box.cell.style.fill for box in self.boxes)
        labels = all(box.plain and not list(box.cell.content.places) for box in self.boxes)
        self._unchanging = labels and not self.crossing
        self._block: Block | None = None

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
        if self._block is not None and record is None:
            return self._block
        height, cells = self.least[0], []
        box = self.boxes[0]
        try:
            for box in self.boxes:
                placed = box.placed[box.text(context)] if box.plain else _filled(box, context, sums, running)
                cells.append(placed)
                if placed.height > height:
                    height = placed.height
        except NoGlyphError as error:
            raise missing_glyph(error.character, _where(context, box)) from None
        block = Block(self, (height,), height, tuple(cells), _NOWHERE if self._unchanging else context, record)
        if self._unchanging and record is None:
            self._block = block
        return block

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
        inside = [[context.into(item, at) for at, item in enumerate(own, 1)] for own in items]
        cells: list[Placed] = []
        box = self.boxes[0]
        try:
            for box in self.boxes:
                if box.cell.per_item:
                    cells += _per_item(box, inside[box.row], starts[box.row])
                    continue
                placed = box.placed[box.text(context)] if box.plain else _filled(box, context, *sums)
                cells.append(_moved(placed, starts[box.row], starts[box.row + box.cell.rows]))
        except NoGlyphError as error:
            raise missing_glyph(error.character, _where(context, box)) from None
        spanning = False
        for placed in cells:
            if placed.rows > 1:
                spanning = True
            elif placed.height > heights[placed.row]:
                heights[placed.row] = placed.height
        if spanning:
            grow(heights, cells)
        shape = counts if self.repeats else ()
        return Block(self, tuple(heights), sum(heights), tuple(cells), context, record, shape)


def _per_item(box: CellBox, contexts: Sequence[Context], row: int) -> Iterator[Placed]:
    """A cell for each item of the list inside a row, or an empty one."""
    for at, context in enumerate(contexts, row):
        placed = box.placed[box.text(context)]
        yield Placed(box, at, 1, placed.laid, placed.height, context)
    if not contexts:
        yield _moved(box.placed[""], row, row + 1)


def _moved(placed: Placed, row: int, end: int) -> Placed:
    """A cell in the rows it covers where lists repeat some."""
    if placed.row == row and placed.rows == end - row:
        return placed
    return placed._replace(row=row, rows=end - row)


def _filled(box: CellBox, context: Context, sums: Sums | None, running: Sums | None) -> Placed:
    """A cell that sums, or that says more than one text."""
    if box.summed:
        return box.placed[box.sum_text(sums, running)]
    words = box.under(context) if box.under else ""
    foot = box.lay_foot(context) if box.foot else ()
    placed = box.placed[box.text(context)]
    height = placed.height
    if more := len(foot) - len(box.cell.foot):
        height += more * box.cell.style.pitch * POINT
    under = box.lay_under(words) if words else None
    if under is not None:
        height += under.height
    return placed._replace(height=height, under=under, foot=foot)


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
    for key in NAMED_BY:
        known = key in record if isinstance(record, Mapping) else hasattr(record, key)
        if known and isinstance(name := value_of(record, key), str) and name:
            return name
    return ""
