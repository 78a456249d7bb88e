"""The same form as one unbroken grid, for the workbook: numbers stay numbers, totals know what they sum.

Tables with different columns share one refined grid: every column edge of any of them is an edge of the grid, and
cells span the columns between theirs. A sign-off box takes two rows, its words above and its foot below.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, pairwise, takewhile
from typing import Any

from fupin_desktop.documents.definition.form import FormDefinition, Style, TablePart
from fupin_desktop.documents.definition.formats import NUMERIC
from fupin_desktop.documents.faces.fonts import printable
from fupin_desktop.documents.filling.values import as_shown
from fupin_desktop.documents.layout.cell_box import CellBox, Placed
from fupin_desktop.documents.layout.placing import paragraph_lines, signature_lines
from fupin_desktop.documents.layout.row_layout import Block
from fupin_desktop.documents.layout.sheet_rows import SheetFlow, split_rows
from fupin_desktop.documents.layout.walk import (
    ListStart,
    NewPage,
    Paragraph,
    Rows,
    Signature,
    Space,
    TableEnd,
    TableStart,
    walk,
)
from fupin_desktop.documents.pages import SheetCell, SheetGrid, SheetStyle
from fupin_desktop.domain.memory import quiet_memory

Edges = tuple[int, int, int, int]
_NO_EDGES = (0, 0, 0, 0)
_CURRENCY = "¥"
_BLANK_FORMATS = {"money": "#,##0.00", "wan": "#,##0.00", "area": "#,##0.000", "count": "0", "quantity": "#,##0.###"}


def make_grid(form: FormDefinition, data: Any, mark: str = "", *, blanks: bool = True) -> SheetGrid:
    """The grid of a filled form."""
    sheet = _Sheet(form)
    with quiet_memory():
        for event in walk(form, data, blanks=blanks):
            sheet.take(event)
        return sheet.finish(mark)


def _edges_of(form: FormDefinition) -> list[float]:
    """All column edges of all tables, mm from the left."""
    edges = {0.0}
    for part in form.parts:
        if isinstance(part, TablePart):
            edges.update(round(edge, 3) for edge in accumulate(part.columns))
    return sorted(edges)


class _Sheet:
    """Collects cells row by row."""

    def __init__(self, form: FormDefinition) -> None:
        self._form = form
        edges = _edges_of(form)
        self._columns = tuple(right - left for left, right in pairwise(edges))
        self._at = {edge: at for at, edge in enumerate(edges)}
        self._heights: list[float] = []
        self._cells: list[SheetCell] = []
        self._styles: dict[SheetStyle, int] = {}
        self._heading: tuple[int, int] | None = None
        self._flow = SheetFlow(form.paper)
        self._list = (0, 0)
        self._list_columns: dict[str, int] = {}
        self._levels: list[tuple[int, int]] = []
        self._summed = _summed_names(form)
        self._single: dict[str, tuple[int, int]] = {}
        self._sums: list[tuple[int, tuple[str, ...]]] = []
        self._known: dict[CellBox, tuple[int, int, Edges]] = {}
        self._looks: dict[tuple[CellBox, Edges, str], int] = {}

    def take(self, event: object) -> None:
        """Add what an event holds; subtotals of pages have no place here."""
        before = len(self._heights)
        self._add(event)
        keep = isinstance(event, Rows | Paragraph) and event.keep
        self._flow.take(before + 1, self._heights[before:], keep=keep)

    def _add(self, event: object) -> None:
        """The rows and cells of an event."""
        match event:
            case NewPage():
                self._flow.new_page(len(self._heights) + 1)
            case TableStart() if self._form.entry:
                self._heading = None
            case Rows():
                self._rows(event)
            case Paragraph():
                self._paragraph(event)
            case Signature():
                for line in signature_lines(event.lines, event.style, sum(self._columns)):
                    self._wide(line.run.text, event.style, line.height, "right")
            case Space():
                self._heights.append(event.height)
            case ListStart():
                self._list = (len(self._heights) + 1, len(self._heights) + 1)
                self._list_columns, self._levels = {}, []
            case TableEnd() if event.part.after:
                self._heights.append(event.part.after)

    def _rows(self, event: Rows) -> None:
        """Rows of a table."""
        block = event.settle()
        top = len(self._heights) + 1
        heights, moved = split_rows(block)
        self._heights.extend(heights)
        role = event.band.row.role
        if role == "heading" and (self._heading is None or self._heading[1] == top - 1):
            self._heading = (self._heading[0] if self._heading else top, len(self._heights))
        if role in ("each", "subtotal"):
            self._list = (self._list[0], len(self._heights) + 1)
        for placed in block.cells:
            row, end = moved[placed.row], moved[placed.row + placed.rows]
            self._cell(event, block, placed, (top + row, end - row))
        if event.level:
            self._levels.append((top, event.level))

    def _place(self, box: CellBox) -> tuple[int, int, Edges]:
        """First column from 1, the number of columns a cell covers, and its lines; the same for each of its texts."""
        known = self._known.get(box)
        if known is None:
            first = self._at[round(box.x, 3)]
            column, columns = first + 1, self._at[round(box.x + box.width, 3)] - first
            edges = self._edges(column, columns) if box.cell.border else _NO_EDGES
            known = self._known[box] = column, columns, edges
        return known

    def _cell(self, event: Rows, block: Block, placed: Placed, rows: tuple[int, int]) -> None:
        """One cell of a table."""
        row, count = rows
        box = placed.box
        column, columns, edges = self._place(box)
        value, number_format, total_of = self._value(event, block, placed, column)
        if event.band.row.role == "each" and len(box.places) == 1:
            self._list_columns[box.places[0][0]] = column
        if placed.foot:
            self._foot(placed, (row + count - 1, column, columns), edges)
            count, edges = count - 1, (*edges[:3], 0)
        if self._form.entry:
            self._remember(block, placed, (row, column), len(self._cells))
        look = self._looks.get((box, edges, number_format))
        if look is None:
            look = self._looks[box, edges, number_format] = self._style(box.cell.style, edges, number_format)
        nested = total_of is not None and bool(self._levels or event.level)
        self._cells.append(SheetCell(row, column, count, columns, value, look, total_of, nested=nested))

    def _value(
        self, event: Rows, block: Block, placed: Placed, column: int
    ) -> tuple[str | Decimal | int | None, str, tuple[int, int] | None]:
        """What a cell holds: value, number format, and the rows it sums."""
        box = placed.box
        if block.is_empty(placed):
            return "", _blank_format(placed), None
        text = placed.laid.text
        if box.cell.total and event.sums is not None:
            total = event.sums[box.cell.total]
            first, end = self._list
            below = self._list_columns.get(box.cell.total) == column and end > first and total is not None
            shown = None if total is None or box.field is None else as_shown(box.field.type, total)
            return shown, _number_format(text) or _blank_format(placed), (first, end - 1) if below else None
        if box.number is not None and text:
            return box.number(block.context_of(placed)), _number_format(text), self._summed_above(event, box, column)
        if box.number is not None:
            return None, _blank_format(placed), None
        under = box.under(block.context_of(placed)) if box.under else ""
        return printable(f"{text}\n{under}" if under else text), "", None

    def _summed_above(self, event: Rows, box: CellBox, column: int) -> tuple[int, int] | None:
        """The rows that a cell of a subtotal sums up; None for a number that is no sum."""
        name = box.places[0][0] if len(box.places) == 1 else ""
        if not event.level or name not in self._summed or self._list_columns.get(name) != column:
            return None
        top = len(self._heights)
        first = next((row + 1 for row, level in reversed(self._levels) if level >= event.level), self._list[0])
        return (first, top - 1) if top > first else None

    def _remember(self, block: Block, placed: Placed, place: tuple[int, int], at: int) -> None:
        """Keep where single fields stand, and which cells are sums of others."""
        if len(placed.box.places) != 1 or placed.box.number is None or block.is_empty(placed):
            return
        name, level, of_list = placed.box.places[0]
        positions = block.context_of(placed).positions
        if level > 1:
            return
        prefix = f"{of_list}[{positions[level]}]." if level else ""
        self._single.setdefault(prefix + name, place)
        fields = self._form.fields[of_list].fields if level else self._form.fields
        if parts := fields[name].sum_of:
            self._sums.append((at, tuple(prefix + part for part in parts)))

    def _foot(self, placed: Placed, place: tuple[int, int, int], edges: Edges) -> None:
        """The foot of a box, in a row of its own."""
        row, column, columns = place
        style = self._style(placed.box.cell.style, (edges[0], edges[1], 0, edges[3]), "", align="right")
        self._cells.append(SheetCell(row, column, 1, columns, "\n".join(placed.foot), style))

    def _edges(self, column: int, columns: int) -> Edges:
        """Thin edges, thick at the grid's sides; top and bottom of the frame are set at the end."""
        last = column + columns - 1 == len(self._columns)
        return (2 if column == 1 else 1, 2 if last else 1, 1, 1)

    def _style(self, style: Style, edges: Edges, number_format: str, align: str = "") -> int:
        """The index of a look."""
        look = SheetStyle(
            style.font, style.size, style.bold, style.colour, align or _ALIGN.get(style.align, style.align),
            style.valign, edges, number_format, style.fill, style.shrink, style.vertical,
        )
        return self._styles.setdefault(look, len(self._styles))

    def _paragraph(self, event: Paragraph) -> None:
        """A paragraph over all columns."""
        lines = paragraph_lines(event.text, event.style, sum(self._columns), keep=False)
        self._wide(printable(event.text), event.style, sum(line.height + line.before for line in lines), "")

    def _wide(self, text: str, style: Style, height: float, align: str) -> None:
        """A row that is one cell."""
        self._heights.append(height)
        look = self._style(style, _NO_EDGES, "", align)
        self._cells.append(SheetCell(len(self._heights), 1, 1, len(self._columns), text, look))

    def finish(self, mark: str) -> SheetGrid:
        """The grid, with the frame's top and bottom thick."""
        footer = self._form.footer
        for at, parts in self._sums:
            found = [self._added(part) for part in parts]
            places = tuple(place for added in found for place in added)
            if all(found) and self._cells[at].value is not None:
                self._cells[at] = self._cells[at]._replace(adds=places)
        return SheetGrid(
            columns=self._columns,
            heights=tuple(self._heights),
            cells=tuple(self._framed()),
            styles=tuple(self._styles),
            heading=self._heading,
            footer=footer.content.source if footer else "",
            mark=mark,
            breaks=tuple(self._flow.breaks) if self._form.entry else (),
        )

    def _added(self, part: str) -> list[tuple[int, int]]:
        """Where a part of a sum stands: one cell, or those of a list's column."""
        if part in self._single:
            return [self._single[part]]
        of_list, _, column = part.partition(".")
        numbered = (f"{of_list}[{at}].{column}" for at in range(1, len(self._cells) + 1))
        return [self._single[path] for path in takewhile(self._single.__contains__, numbered)]

    def _framed(self) -> Iterator[SheetCell]:
        """Cells at the top and bottom of a bordered region get a thick edge there."""
        looks = list(self._styles)
        bordered = {cell.row + at for cell in self._cells if looks[cell.style].edges[0] for at in range(cell.rows)}
        for cell in self._cells:
            left, right, top, bottom = looks[cell.style].edges
            if not left:
                yield cell
                continue
            above, below = cell.row - 1 in bordered, cell.row + cell.rows in bordered
            if above and below:
                yield cell
                continue
            edges = (left, right, top if above else 2, bottom if below else 2)
            look = looks[cell.style]._replace(edges=edges)
            yield cell._replace(style=self._styles.setdefault(look, len(self._styles)))


def _summed_names(form: FormDefinition) -> frozenset[str]:
    """The columns of lists that a total sums."""
    rows = (row for part in form.parts if isinstance(part, TablePart) for row in part.rows)
    return frozenset(cell.total for row in rows for cell in row.cells if cell.total)


_ALIGN = {"justify": "left"}


def _blank_format(placed: Placed) -> str:
    """The number format of a number that has not been filled in, so that it can be typed into the workbook."""
    field = placed.box.field
    return _BLANK_FORMATS.get(field.type, "") if field is not None and field.type in NUMERIC else ""


def _number_format(text: str) -> str:
    """The spreadsheet format that shows a number as it is printed; empty for no number."""
    if not text:
        return ""
    if text[0] in _CURRENCY:
        return f'"{text[0]}"{_number_format(text[1:])}'
    point = text.find(".")
    decimals = len(text) - point - 1 if point >= 0 else 0
    grouped = "#,##0" if "," in text or decimals else "0"
    return grouped + ("." + "0" * decimals if decimals else "")
