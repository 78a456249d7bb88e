"""The same form as one unbroken grid, for the workbook: numbers stay numbers, totals know what they sum."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from fupin_desktop.documents.drawing.fonts import printable
from fupin_desktop.documents.forms.definition import FormDefinition, Style, TablePart
from fupin_desktop.documents.layout.pages import SheetCell, SheetGrid, SheetStyle
from fupin_desktop.documents.layout.placing import paragraph_lines, signature_lines
from fupin_desktop.documents.layout.row_layout import CellBox, Placed
from fupin_desktop.documents.layout.walk import ListStart, Paragraph, Rows, Signature, Space, TableEnd, walk

_NO_EDGES = (0, 0, 0, 0)


def make_grid(form: FormDefinition, data: Any, mark: str = "") -> SheetGrid:
    """The grid of a filled form, whose tables all have the same columns."""
    columns = next(part.columns for part in form.parts if isinstance(part, TablePart))
    sheet = _Sheet(form, columns)
    for event in walk(form, data):
        sheet.take(event)
    return sheet.finish(mark)


class _Sheet:
    """Collects cells row by row."""

    def __init__(self, form: FormDefinition, columns: Sequence[float]) -> None:
        self._form = form
        self._columns = tuple(columns)
        self._heights: list[float] = []
        self._cells: list[SheetCell] = []
        self._styles: dict[SheetStyle, int] = {}
        self._heading: tuple[int, int] | None = None
        self._list_from = 0
        self._list_to = 0

    def take(self, event: object) -> None:
        """Add what an event holds; subtotals of pages have no place here."""
        match event:
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
                self._list_from = self._list_to = len(self._heights) + 1
            case TableEnd() if event.part.after:
                self._heights.append(event.part.after)

    def _rows(self, event: Rows) -> None:
        """Rows of a table."""
        block = event.settle()
        top = len(self._heights) + 1
        self._heights.extend(block.heights)
        role = event.band.row.role
        if role == "heading" and (self._heading is None or self._heading[1] == top - 1):
            self._heading = (self._heading[0] if self._heading else top, len(self._heights))
        if role == "each":
            self._list_to = len(self._heights) + 1
        for placed in block.cells:
            self._cell(event, placed, top)

    def _cell(self, event: Rows, placed: Placed, top: int) -> None:
        """One cell of a table."""
        box = placed.box
        text = "\n".join(placed.laid.lines) if box.cell.foot else _unbroken(event, placed) + _small(event, placed)
        value: str | Decimal | int | None = printable(text)
        number_format = ""
        total_of = None
        if box.cell.total and event.sums is not None:
            value, number_format = event.sums[box.cell.total], _number_format(placed.laid.lines[0])
            if self._list_to > self._list_from:
                total_of = (self._list_from, self._list_to - 1)
        elif box.number is not None and text:
            number, number_format = _number(event, placed), _number_format(text)
            value = number
        if box.cell.foot:
            value = "\n".join(filter(None, (text, *box.cell.foot)))
        edges = self._edges(box) if box.cell.border else _NO_EDGES
        style = self._style(box.cell.style, edges, number_format)
        self._cells.append(
            SheetCell(top + placed.row, box.column + 1, placed.rows, box.cell.span, value, style, total_of)
        )

    def _edges(self, box: CellBox) -> tuple[int, int, int, int]:
        """Thin edges, thick at the table's sides; top and bottom of the frame are set at the end."""
        last = box.column + box.cell.span == len(self._columns)
        return (2 if box.column == 0 else 1, 2 if last else 1, 1, 1)

    def _style(self, style: Style, edges: tuple[int, int, int, int], number_format: str) -> int:
        """The index of a look."""
        align = "left" if style.align == "justify" else style.align
        look = SheetStyle(
            style.font, style.size, style.bold, style.colour, align, style.valign, edges, number_format, style.fill,
            style.shrink,
        )
        return self._styles.setdefault(look, len(self._styles))

    def _paragraph(self, event: Paragraph) -> None:
        """A paragraph over all columns."""
        lines = paragraph_lines(event.text, event.style, sum(self._columns), keep=False)
        self._wide(printable(event.text), event.style, sum(line.height + line.before for line in lines), "")

    def _wide(self, text: str, style: Style, height: float, align: str) -> None:
        """A row that is one cell."""
        self._heights.append(height)
        look = self._style(style, _NO_EDGES, "")
        if align:
            plain = list(self._styles)[look]
            look = self._styles.setdefault(plain._replace(align=align), len(self._styles))
        self._cells.append(SheetCell(len(self._heights), 1, 1, len(self._columns), text, look))

    def finish(self, mark: str) -> SheetGrid:
        """The grid, with the frame's top and bottom thick."""
        footer = self._form.footer
        return SheetGrid(
            columns=self._columns,
            heights=tuple(self._heights),
            cells=tuple(self._framed()),
            styles=tuple(self._styles),
            heading=self._heading,
            footer=footer.content.source if footer else "",
            mark=mark,
        )

    def _framed(self) -> list[SheetCell]:
        """Cells at the top and bottom of a bordered region get a thick edge there."""
        looks = list(self._styles)
        bordered = {cell.row + at for cell in self._cells if looks[cell.style].edges[0] for at in range(cell.rows)}
        out = []
        for cell in self._cells:
            left, right, top, bottom = looks[cell.style].edges
            if left:
                edges = (
                    left,
                    right,
                    top if cell.row - 1 in bordered else 2,
                    bottom if cell.row + cell.rows in bordered else 2,
                )
                look = looks[cell.style]._replace(edges=edges)
                cell = cell._replace(style=self._styles.setdefault(look, len(self._styles)))
            out.append(cell)
        return out


def _unbroken(event: Rows, placed: Placed) -> str:
    """A cell's text before it was broken into lines."""
    box = placed.box
    if box.cell.total or box.cell.running:
        return "".join(placed.laid.lines)
    if not box.cell.per_item:
        return box.text(event.context)
    if not event.items:
        return ""
    return box.text(event.context.into(event.items[placed.row], placed.row + 1))


def _small(event: Rows, placed: Placed) -> str:
    """The small text under a cell's own, on a line of its own."""
    small = placed.box.under(event.context) if placed.box.under else ""
    return f"\n{small}" if small else ""


def _number(event: Rows, placed: Placed) -> Decimal | int | None:
    """The number a cell shows."""
    assert placed.box.number is not None
    context = event.context
    if placed.box.cell.per_item:
        context = context.into(event.items[placed.row], placed.row + 1)
    return placed.box.number(context)


def _number_format(text: str) -> str:
    """The spreadsheet format that shows a number as it is printed."""
    decimals = len(text.partition(".")[2])
    grouped = "#,##0" if "," in text or decimals else "0"
    return grouped + ("." + "0" * decimals if decimals else "")
