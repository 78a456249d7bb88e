"""The user's own rows again, with what is wrong coloured and explained, to be mended and read in again.

Everything stands visibly in cells: no comments, no hidden columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.table_workbook import EDGE_COLOUR, FAMILY, HEAD_COLOUR, plain_text, sheet_name
from fupin_desktop.documents.drawing.workbook_package import PROGRAM, finished

Value = str | int | float | bool | date | datetime | time | timedelta
_EDGE = Side(style="thin", color=EDGE_COLOUR)
_FRAME = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
_HEAD_FILL = PatternFill("solid", fgColor=HEAD_COLOUR)
_EXPLAINED_WIDTH = 46
_EXACT = 10**15
_WIDEST = 30


class Mark(Enum):
    """How badly a cell is wrong; the value is its colour."""

    MUST = "FFFFC7CE"
    WARNING = "FFFFEB9C"


@dataclass(slots=True)
class MarkedRow:
    """A row with what is wrong in it.

    Attributes:
        values: Its cells as the file has them.
        explanation: What is wrong, one line each; empty where nothing is.
        marks: Column, from 0, to its mark.
    """

    values: Sequence[Value]
    explanation: str = ""
    marks: dict[int, Mark] = field(default_factory=dict)


@dataclass(slots=True)
class MarkedSheet:
    """A sheet to be written.

    Attributes:
        title: Name of the sheet.
        explained: Heading of the column of explanations, which comes first.
        above: Title rows and heading rows, as the file has them.
        heading_row: Which of ``above`` is the (first) heading row, from 0.
        merges: Merged ranges within ``above``: first row, first column, last row, last column, from 0.
        rows: The rows.
    """

    title: str
    explained: str
    above: list[Sequence[Value]]
    heading_row: int
    merges: list[tuple[int, int, int, int]]
    rows: list[MarkedRow]


def write_marked(path: Path, marked: MarkedSheet, *, made: datetime) -> None:
    """Write the sheet; the file is replaced only when the new one is whole.

    Args:
        path: The xlsx file.
        marked: What to write.
        made: Date and time written into the file.

    Raises:
        Situation: The file cannot be written there.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = sheet_name(marked.title)
    book.properties.creator = PROGRAM
    book.properties.lastModifiedBy = PROGRAM
    book.properties.title = marked.title
    book.properties.created = made.replace(microsecond=0)
    _write_above(sheet, marked)
    for number, row in enumerate(marked.rows, len(marked.above) + 1):
        _write_row(sheet, number, row)
    _set_up(sheet, marked)
    raw = BytesIO()
    book.save(raw)
    content = finished(raw.getvalue(), made, {})
    write_atomically(path, lambda stream: stream.write(content))


def _write_above(sheet: Worksheet, marked: MarkedSheet) -> None:
    for number, values in enumerate(marked.above, 1):
        for column, value in enumerate(values, 2):
            _put(sheet, number, column, value)
    for first_row, first_column, last_row, last_column in marked.merges:
        sheet.merge_cells(
            start_row=first_row + 1, start_column=first_column + 2, end_row=last_row + 1, end_column=last_column + 2
        )
    _put(sheet, marked.heading_row + 1, 1, marked.explained)
    for row in sheet.iter_rows(min_row=marked.heading_row + 1, max_row=len(marked.above)):
        for cell in row:
            cell.font = Font(name=FAMILY, size=10, bold=True)
            cell.fill = _HEAD_FILL
            cell.border = _FRAME
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def _write_row(sheet: Worksheet, number: int, row: MarkedRow) -> None:
    explained = _put(sheet, number, 1, row.explanation)
    explained.alignment = Alignment(vertical="top", wrap_text=True)
    explained.font = Font(name=FAMILY, size=9, color="FF9C0006")
    explained.border = _FRAME
    for place, value in enumerate(row.values):
        cell = _put(sheet, number, place + 2, value)
        cell.font = Font(name=FAMILY, size=10)
        cell.border = _FRAME
        mark = row.marks.get(place)
        if mark is not None:
            cell.fill = PatternFill("solid", fgColor=mark.value)


def _put(sheet: Worksheet, row: int, column: int, value: Value) -> Cell:
    """Set a cell: text stays text whatever it looks like, a number too long for a number becomes text."""
    cell = sheet.cell(row, column)
    assert not isinstance(cell, MergedCell)
    if isinstance(value, float | int) and not isinstance(value, bool):
        value = f"{value:.15g}" if abs(value) >= _EXACT else int(value) if value == int(value) else value
    if isinstance(value, str):
        cell.value = plain_text(value)
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = value
    return cell


def _set_up(sheet: Worksheet, marked: MarkedSheet) -> None:
    sheet.column_dimensions["A"].width = _EXPLAINED_WIDTH
    widths: dict[int, int] = {}
    for values in [*marked.above[marked.heading_row :], *[row.values for row in marked.rows[:200]]]:
        for place, value in enumerate(values):
            width = sum(2 if ord(sign) > 0xFF else 1 for sign in str(value)) + 2
            widths[place] = max(widths.get(place, 8), min(width, _WIDEST))
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place + 2)].width = width
    sheet.freeze_panes = f"B{len(marked.above) + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
