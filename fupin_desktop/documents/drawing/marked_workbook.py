"""The user's own rows again, with what is wrong coloured and explained, to be mended and read in again.

Everything stands visibly in cells: no comments, no hidden columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing import xlsx
from fupin_desktop.documents.drawing.table_workbook import EDGE, FAMILY, HEAD_FORMAT, STANDARD
from fupin_desktop.documents.drawing.xlsx import SheetSetup, letters
from fupin_desktop.documents.drawing.xlsx_formats import CellFormat, Formats

Value = str | int | float | bool | date | datetime | time | timedelta
_FRAME = (EDGE,) * 4
_CELL = CellFormat(FAMILY, 10, edges=_FRAME, vertical="bottom")
_EXPLAINED = CellFormat(FAMILY, 9, colour="9C0006", edges=_FRAME, number_format="@", vertical="top", wrap=True)
_EXPLAINED_WIDTH = 46
_EXACT = 10**15
_LEAST, _WIDEST = 8, 30
_LOOKED_AT = 200
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no time zones
_LEAP_DAY_TOO_MANY = 60
_DAY = timedelta(days=1)
_MARGINS = (0.75, 0.75, 1.0, 1.0, 0.5, 0.5)


class Mark(Enum):
    """How badly a cell is wrong; the value is its colour, opaque."""

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
    formats = Formats(STANDARD)
    setup = SheetSetup(
        title=marked.title,
        made=made,
        widths=_widths(marked),
        landscape=True,
        margins=_MARGINS,
        frozen=(len(marked.above) + 1, 2),
        merges=[_range(merge) for merge in marked.merges],
    )

    def write(stream: BinaryIO) -> None:
        xlsx.write_sheet(stream, setup, formats, _rows(marked, formats))

    write_atomically(path, write)


def _range(merge: tuple[int, int, int, int]) -> str:
    """The name of a merged range, beside the column of explanations."""
    first_row, first_column, last_row, last_column = merge
    return f"{letters(first_column + 2)}{first_row + 1}:{letters(last_column + 2)}{last_row + 1}"


def _rows(marked: MarkedSheet, formats: Formats) -> Iterator[str]:
    """Title rows, heading rows and rows, one after the other."""
    width = max((len(values) for values in marked.above), default=0)
    for number, values in enumerate(marked.above, 1):
        heading = number > marked.heading_row
        first = marked.explained if number == marked.heading_row + 1 else ""
        filled = (first, *values, *("" for _ in range(width - len(values)))) if heading else ("", *values)
        look = HEAD_FORMAT if heading else STANDARD
        cells = [_cell(f"{letters(at)}{number}", formats, look, one) for at, one in enumerate(filled, 1)]
        yield xlsx.row(number, cells)
    explained = formats.number(_EXPLAINED)
    for number, one in enumerate(marked.rows, len(marked.above) + 1):
        yield xlsx.row(number, _marked_cells(one, number, explained, formats))


def _marked_cells(row: MarkedRow, number: int, explained: int, formats: Formats) -> Iterator[str]:
    """The explanation, then the cells of the row."""
    yield _text(f"A{number}", explained, row.explanation)
    for place, value in enumerate(row.values):
        mark = row.marks.get(place)
        look = _CELL._replace(fill=mark.value[2:]) if mark is not None else _CELL
        yield _cell(f"{letters(place + 2)}{number}", formats, look, value)


def _text(place: str, style: int, value: Value) -> str:
    """A cell of text."""
    return xlsx.text_cell(place, style, str(value)) if value != "" else xlsx.blank_cell(place, style)


def _cell(place: str, formats: Formats, look: CellFormat, value: Value) -> str:
    """A cell: text stays text whatever it looks like, a number too long for a number becomes text."""
    if isinstance(value, bool):
        return xlsx.yes_no_cell(place, formats.number(look), value)
    if isinstance(value, float | int):
        if abs(value) < _EXACT:
            return xlsx.number_cell(place, formats.number(look), int(value) if value == int(value) else value)
        value = f"{value:.15g}"
    if isinstance(value, str):
        return _text(place, formats.number(look._replace(number_format="@")), value)
    number_format, serial = _moment(value)
    return xlsx.number_cell(place, formats.number(look._replace(number_format=number_format)), serial)


def _moment(value: date | time | timedelta) -> tuple[str, float]:
    """A date or a time as spreadsheets keep it: its number format, and its days since the end of 1899."""
    if isinstance(value, timedelta):
        return "[h]:mm:ss", value / _DAY
    if isinstance(value, time):
        return "h:mm:ss", timedelta(hours=value.hour, minutes=value.minute, seconds=value.second) / _DAY
    is_moment = isinstance(value, datetime)
    moment = value.replace(tzinfo=None) if isinstance(value, datetime) else datetime.combine(value, time())
    days = (moment - _EPOCH) / _DAY
    days -= days <= _LEAP_DAY_TOO_MANY  # spreadsheets count a 29 February 1900 that never was
    return "yyyy-mm-dd h:mm:ss" if is_moment else "yyyy-mm-dd", days if days % 1 else int(days)


def _widths(marked: MarkedSheet) -> list[float]:
    """Column widths by their contents, within reason."""
    widths: dict[int, int] = {}
    for values in [*marked.above[marked.heading_row :], *[row.values for row in marked.rows[:_LOOKED_AT]]]:
        for place, value in enumerate(values):
            width = sum(2 if ord(sign) > 0xFF else 1 for sign in str(value)) + 2
            widths[place] = max(widths.get(place, _LEAST), min(width, _WIDEST))
    return [_EXPLAINED_WIDTH, *(widths[place] for place in range(len(widths)))]
