"""Draws a filled form as xlsx: the grid of the paper, with numbers as numbers and totals as live sums.

The file opens unchanged in Excel, WPS and LibreOffice. It holds nothing but what the paper shows: no hidden columns,
no comments, no names of persons or machines; equal forms give equal bytes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from io import BytesIO
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing import xlsx
from fupin_desktop.documents.drawing.xlsx import SheetSetup, letters
from fupin_desktop.documents.drawing.xlsx_formats import CellFormat, Formats
from fupin_desktop.documents.pages import POINT, FilledForm, SheetCell, SheetGrid, SheetStyle

_FAMILIES = {"song": "宋体", "fangsong": "仿宋", "biaosong": "宋体", "hei": "黑体", "kai": "楷体"}
_EDGES = {0: None, 1: ("thin", "000000"), 2: ("medium", "000000")}
_PAPERS = {297: 9, 420: 8}
_INCH = 25.4
_STANDARD = CellFormat("Calibri", 11)
_DIGIT_PIXELS = 7
_HEADER_ROOM = 8.0
_PAGE_WORDS = '&"宋体,Regular"&9 '
_BY_ROW_AND_COLUMN = itemgetter(0, 1)


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
    form.forget_grid()
    formats = Formats(_STANDARD)
    numbers = [formats.number(_format(style)) for style in grid.styles]
    out = BytesIO()
    xlsx.write_sheet(out, _setup(form, grid), formats, _rows(grid, numbers))
    return out.getvalue()


def _format(style: SheetStyle) -> CellFormat:
    """Font, alignment, border, number format and fill of a cell."""
    left, right, top, bottom = (_EDGES[edge] for edge in style.edges)
    return CellFormat(
        family=_FAMILIES[style.font],
        size=style.size,
        bold=style.bold,
        colour=style.colour[1:],
        fill=style.fill[1:],
        edges=(left, right, top, bottom),
        number_format=style.number_format or "@",
        horizontal=style.align,
        vertical="center" if style.valign == "middle" else style.valign,
        wrap=not style.shrink,
        shrink=style.shrink,
        stacked=style.vertical,
    )


def _rows(grid: SheetGrid, numbers: Sequence[int]) -> Iterator[str]:
    """The rows in order; every cell of a merged range carries the border, or spreadsheet programs leave gaps."""
    cells = iter(sorted(grid.cells, key=_BY_ROW_AND_COLUMN))
    cell = next(cells, None)
    below: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for row, height in enumerate(grid.heights, 1):
        here = below.pop(row, [])
        while cell is not None and cell.row == row:
            number = numbers[cell.style]
            here.append((cell.column, _cell(cell, number)))
            if (cell.rows > 1 or cell.columns > 1) and any(grid.styles[cell.style].edges):
                _border_range(cell, number, here, below)
            cell = next(cells, None)
        here.sort()
        yield xlsx.row(row, [one for _, one in here], round(height / POINT, 2))


def _border_range(
    cell: SheetCell, number: int, here: list[tuple[int, str]], below: dict[int, list[tuple[int, str]]]
) -> None:
    """Empty cells for the rest of a merged range, in its first row and in those below."""
    for row in range(cell.row, cell.row + cell.rows):
        cells = here if row == cell.row else below[row]
        for column in range(cell.column + (row == cell.row), cell.column + cell.columns):
            cells.append((column, xlsx.blank_cell(f"{letters(column)}{row}", number)))


def _cell(cell: SheetCell, number: int) -> str:
    """A cell; only totals become formulas, whatever a text begins with."""
    value, letter = cell.value, letters(cell.column)
    place = f"{letter}{cell.row}"
    if value is None or value == "":
        return xlsx.blank_cell(place, number)
    if isinstance(value, str):
        return xlsx.text_cell(place, number, value)
    if cell.total_of is not None:
        first, last = cell.total_of
        summed = "SUBTOTAL(9," if cell.nested else "SUM("
        return xlsx.number_cell(place, number, value, f"{summed}{letter}{first}:{letter}{last})")
    if cell.adds:
        return xlsx.number_cell(place, number, value, f"SUM({','.join(_ranges(cell.adds))})")
    return xlsx.number_cell(place, number, value)


def _ranges(cells: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Names of cells given as row and column; those under each other as one range, for formulas take few parts."""
    first = last = cells[0]
    for row, column in (*cells[1:], (0, 0)):
        if (row, column) == (last[0] + 1, last[1]):
            last = (row, column)
            continue
        letter = letters(first[1])
        yield f"{letter}{first[0]}:{letter}{last[0]}" if last != first else f"{letter}{first[0]}"
        first = last = (row, column)


def _width(millimetres: float) -> float:
    """A column width in the spreadsheet's unit, digits of its standard font at 96 dpi."""
    return round(millimetres / _INCH * 96 / _DIGIT_PIXELS, 2)


def _setup(form: FilledForm, grid: SheetGrid) -> SheetSetup:
    """Print set-up: the same paper, margins, repeated heading and page numbers as the PDF."""
    paper, heading = form.paper, grid.heading
    sides = (paper.left, paper.right, paper.top, paper.bottom, _HEADER_ROOM, _HEADER_ROOM)
    left, right, top, bottom, head, foot = (side / _INCH for side in sides)
    return SheetSetup(
        title=form.title,
        made=datetime.combine(form.made_on, time()),
        widths=[_width(width) for width in grid.columns],
        landscape=paper.landscape,
        paper=_PAPERS[round(max(paper.width, paper.height))],
        margins=(left, right, top, bottom, head, foot),
        header=_page_words(grid.mark),
        footer=_page_words(grid.footer.replace("{page}", "&P").replace("{pages}", "&N")),
        centred=True,
        repeated=heading,
        printed=f"A1:{letters(len(grid.columns))}{max(len(grid.heights), 1)}",
        frozen=(heading[1] + 1, 1) if heading is not None and not grid.breaks else None,
        merges=[_range(cell) for cell in grid.cells if cell.rows > 1 or cell.columns > 1],
        breaks=[row - 1 for row in grid.breaks],
        calculated=any(cell.total_of is not None or cell.adds for cell in grid.cells),
    )


def _range(cell: SheetCell) -> str:
    """The range that a cell covers."""
    last = f"{letters(cell.column + cell.columns - 1)}{cell.row + cell.rows - 1}"
    return f"{letters(cell.column)}{cell.row}:{last}"


def _page_words(text: str) -> str:
    """A header or footer in small type."""
    return _PAGE_WORDS + text if text else ""
