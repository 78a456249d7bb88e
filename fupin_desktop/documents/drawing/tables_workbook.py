"""Several plain lists as the sheets of one workbook: text stays text, numbers stay numbers, headings stay in sight."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from fupin_desktop.documents.drawing import xlsx
from fupin_desktop.documents.drawing.table_workbook import FAMILY, LANDSCAPE_FROM, STANDARD, Value
from fupin_desktop.documents.drawing.xlsx import SheetSetup, letters, sheet_name
from fupin_desktop.documents.drawing.xlsx_formats import CellFormat, Formats

Table = tuple[str, Sequence[str], Sequence[Sequence[Value]]]
_HEAD = CellFormat(FAMILY, 10, bold=True, fill="EFEFEF", horizontal="center", wrap=True)
_TEXT, _CENTS, _DECIMAL = (CellFormat(FAMILY, 10, number_format=code) for code in ("@", "#,##0.00", "#,##0.###"))
_LONGEST = 31
_NARROW, _WIDEST, _SEEN = 8, 48, 200
_WIDE_FROM = 0x2FF


def tables_bytes(title: str, tables: Sequence[Table], made: datetime) -> bytes:
    """A workbook of lists.

    Args:
        title: Of the document.
        tables: Name, headings and rows of each; the names become those of the sheets.
        made: Date and time written into the file.
    """
    names: set[str] = set()
    formats, target = Formats(STANDARD), io.BytesIO()
    sheets = [
        (_setup(_name(name, names), headings, rows, made), _rows(headings, rows, formats))
        for name, headings, rows in tables
    ]
    xlsx.write_sheets(target, title, sheets, formats)
    return target.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """A name that sheets may have, other than those taken, whatever their case."""
    plain = sheet_name(title)
    name, number = plain, 2
    while name.casefold() in taken:
        name = f"{plain[: _LONGEST - 4]}({number})"
        number += 1
    taken.add(name.casefold())
    return name


def _setup(name: str, headings: Sequence[str], rows: Sequence[Sequence[Value]], made: datetime) -> SheetSetup:
    return SheetSetup(
        title=name,
        made=made,
        widths=[_width(heading, (row[place] for row in rows[:_SEEN])) for place, heading in enumerate(headings)],
        landscape=len(headings) >= LANDSCAPE_FROM,
        footer="第 &P 页 共 &N 页",
        repeated=(1, 1),
        frozen=(2, 1),
        filtered=f"A1:{letters(len(headings))}{len(rows) + 1}" if rows else "",
    )


def _rows(headings: Sequence[str], rows: Sequence[Sequence[Value]], formats: Formats) -> Iterator[str]:
    """The headings, then a row for each row."""
    names = [letters(at) for at in range(1, len(headings) + 1)]
    head = formats.number(_HEAD)
    yield xlsx.row(1, [xlsx.text_cell(f"{name}1", head, text) for name, text in zip(names, headings, strict=True)])
    for number, values in enumerate(rows, 2):
        cells = zip(names, values, strict=True)
        yield xlsx.row(number, [_cell(f"{name}{number}", value, formats) for name, value in cells])


def _cell(place: str, value: Value, formats: Formats) -> str:
    """A cell whose text never becomes a formula or a number."""
    if value is None:
        return xlsx.blank_cell(place, formats.number(STANDARD))
    if isinstance(value, str):
        return xlsx.text_cell(place, formats.number(_TEXT), value)
    look = STANDARD
    if isinstance(value, Decimal):
        look = _CENTS if value.as_tuple().exponent == -2 else _DECIMAL
    return xlsx.number_cell(place, formats.number(look), value)


def _width(heading: str, values: Iterator[Value]) -> float:
    """Characters that a column needs, wide ones counted twice, within reason."""
    widest = _widest(heading)
    for value in values:
        if value is not None:
            widest = max(widest, _widest(str(value)))
    return float(min(max(widest + 2, _NARROW), _WIDEST))


def _widest(text: str) -> int:
    return len(text) if text.isascii() else sum(2 if ord(sign) > _WIDE_FROM else 1 for sign in text)
