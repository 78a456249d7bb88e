"""Draws a filled form as xlsx: the grid of the paper, with numbers as numbers and totals as live sums.

The file opens unchanged in Excel, WPS and LibreOffice. It holds nothing but what the paper shows: no hidden columns,
no comments, no names of persons or machines; equal forms give equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import MultiCellRange
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.workbook_package import PROGRAM, finished
from fupin_desktop.documents.layout.pages import POINT, FilledForm, SheetCell, SheetGrid, SheetStyle

_FAMILIES = {"song": "宋体", "fangsong": "仿宋", "biaosong": "宋体", "hei": "黑体", "kai": "楷体"}
_EDGES = {0: None, 1: Side(style="thin", color="FF000000"), 2: Side(style="medium", color="FF000000")}
_PAPERS = {297: 9, 420: 8}
_INCH = 25.4
_DIGIT_PIXELS = 7
_HEADER_ROOM = 8.0
_STACKED = 255
_NAME_FORBIDDEN = str.maketrans(dict.fromkeys(r"[]:*?/\'"))


def write_workbook(form: FilledForm, path: Path) -> None:
    """Write a filled form as an xlsx file.

    Args:
        form: The form; its definition must allow a workbook.
        path: The file; replaced only when the new one is complete.

    Raises:
        MissingGlyph: A character has no glyph on paper.
        Situation: The file cannot be written there.
    """
    content = workbook_bytes(form)

    def write(stream: BinaryIO) -> None:
        stream.write(content)

    write_atomically(path, write)


def workbook_bytes(form: FilledForm) -> bytes:
    """A filled form as an xlsx file's bytes."""
    grid = form.grid
    assert grid is not None
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = form.title.translate(_NAME_FORBIDDEN)[:31] or PROGRAM
    made = datetime.combine(form.made_on, time())
    book.properties.creator = PROGRAM
    book.properties.lastModifiedBy = PROGRAM
    book.properties.title = form.title
    book.properties.created = made
    sums = _fill(sheet, grid)
    _set_up(sheet, form, grid)
    del grid
    form.forget_grid()
    raw = BytesIO()
    book.save(raw)
    del book, sheet
    return finished(raw.getvalue(), made, sums)


def _fill(sheet: Worksheet, grid: SheetGrid) -> dict[str, str]:
    """Put the cells in; returns the values of the formulas by cell name."""
    for at, width in enumerate(grid.columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _width(width)
    for at, height in enumerate(grid.heights, 1):
        sheet.row_dimensions[at].height = round(height / POINT, 2)
    looks: dict[int, Any] = {}
    sums: dict[str, str] = {}
    merged: list[str] = []
    for cell in grid.cells:
        target: Any = sheet.cell(cell.row, cell.column)
        _look(target, cell.style, grid.styles, looks)
        _value(target, cell, sums)
        if cell.rows > 1 or cell.columns > 1:
            merged.append(_merge(sheet, cell, grid, looks))
    sheet.merged_cells = _Merges(merged)
    return sums


def _look(target: Any, style: int, styles: tuple[SheetStyle, ...], looks: dict[int, Any]) -> None:
    """Set a cell's look; each look is built once."""
    if style not in looks:
        _paint(target, styles[style])
        looks[style] = target._style
    target._style = looks[style]


def _paint(target: Cell, style: SheetStyle) -> None:
    """Font, alignment, border, number format and fill of a cell."""
    target.font = Font(name=_FAMILIES[style.font], size=style.size, bold=style.bold, color="FF" + style.colour[1:])
    vertical = "center" if style.valign == "middle" else style.valign
    target.alignment = Alignment(
        horizontal=style.align,
        vertical=vertical,
        wrap_text=not style.shrink,
        shrink_to_fit=style.shrink or None,
        text_rotation=_STACKED if style.vertical else 0,
    )
    if any(style.edges):
        left, right, top, bottom = (_EDGES[edge] for edge in style.edges)
        target.border = Border(left=left, right=right, top=top, bottom=bottom)
    target.number_format = style.number_format or "@"
    if style.fill:
        target.fill = PatternFill("solid", fgColor="FF" + style.fill[1:])


def _value(target: Any, cell: SheetCell, sums: dict[str, str]) -> None:
    """Set a cell's value; only totals become formulas, whatever a text begins with."""
    if cell.value is None or cell.value == "":
        return
    if cell.total_of is not None:
        letter = get_column_letter(cell.column)
        first, last = cell.total_of
        target.value = f"=SUM({letter}{first}:{letter}{last})"
        sums[target.coordinate] = str(cell.value)
    elif cell.adds:
        target.value = f"=SUM({','.join(_ranges(cell.adds))})"
        sums[target.coordinate] = str(cell.value)
    elif isinstance(cell.value, str):
        target.value = cell.value
        target.data_type = "s"
    else:
        target.value = cell.value


def _ranges(cells: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Names of cells given as row and column; those under each other as one range, for formulas take few parts."""
    first = last = cells[0]
    for row, column in (*cells[1:], (0, 0)):
        if (row, column) == (last[0] + 1, last[1]):
            last = (row, column)
            continue
        letter = get_column_letter(first[1])
        yield f"{letter}{first[0]}:{letter}{last[0]}" if last != first else f"{letter}{first[0]}"
        first = last = (row, column)


class _Merges(MultiCellRange):
    """Merged ranges in the order given, which never overlap; openpyxl's own set compares each with all others."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        self._names = names

    def __iter__(self) -> Iterator[Any]:
        return iter(self._names)

    def __bool__(self) -> bool:
        return bool(self._names)


def _merge(sheet: Worksheet, cell: SheetCell, grid: SheetGrid, looks: dict[int, Any]) -> str:
    """A cell's range; every cell of it carries the border, or spreadsheet programs leave gaps."""
    last_row, last_column = cell.row + cell.rows - 1, cell.column + cell.columns - 1
    if any(grid.styles[cell.style].edges):
        for row in range(cell.row, last_row + 1):
            for column in range(cell.column, last_column + 1):
                part: Any = sheet.cell(row, column)
                part._style = looks[cell.style]
    return f"{get_column_letter(cell.column)}{cell.row}:{get_column_letter(last_column)}{last_row}"


def _width(millimetres: float) -> float:
    """A column width in the spreadsheet's unit, digits of its standard font at 96 dpi."""
    return round(millimetres / _INCH * 96 / _DIGIT_PIXELS, 2)


def _set_up(sheet: Worksheet, form: FilledForm, grid: SheetGrid) -> None:
    """Print set-up: the same paper, margins, repeated heading and page numbers as the PDF."""
    paper = form.paper
    sheet.page_setup.paperSize = str(_PAPERS[round(max(paper.width, paper.height))])
    sheet.page_setup.orientation = "landscape" if paper.landscape else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    margins = sheet.page_margins
    margins.left, margins.right = paper.left / _INCH, paper.right / _INCH
    margins.top, margins.bottom = paper.top / _INCH, paper.bottom / _INCH
    margins.header = margins.footer = _HEADER_ROOM / _INCH
    sheet.print_options.horizontalCentered = True
    sheet.print_area = f"A1:{get_column_letter(len(grid.columns))}{max(len(grid.heights), 1)}"
    for row in grid.breaks:
        sheet.row_breaks.append(Break(id=row - 1))
    if grid.heading is not None:
        sheet.print_title_rows = f"{grid.heading[0]}:{grid.heading[1]}"
        if not grid.breaks:
            sheet.freeze_panes = f"A{grid.heading[1] + 1}"
    sheet.oddFooter = _words(grid.footer.replace("{page}", "&P").replace("{pages}", "&N"))
    sheet.oddHeader = _words(grid.mark)


def _words(text: str) -> HeaderFooterItem:
    """A header or footer in the middle of the page."""
    part = HeaderFooterItem()
    if text:
        part.center.text, part.center.font, part.center.size = text, "宋体,Regular", 9
    return part
