"""Several plain lists as the sheets of one workbook: text stays text, numbers stay numbers, headings stay in sight."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Value = str | int | Decimal | None
Table = tuple[str, Sequence[str], Sequence[Sequence[Value]]]
_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_LONGEST = 31
_NARROW, _WIDEST, _SEEN = 8, 48, 200
_WIDE_FROM = 0x2FF


def tables_bytes(tables: Sequence[Table], made: datetime) -> bytes:
    """A workbook of lists.

    Args:
        tables: Title, headings and rows of each; the titles become the names of the sheets.
        made: Date and time written into the file.
    """
    book = Workbook(write_only=True)
    book.properties.creator = book.properties.lastModifiedBy = ""
    book.properties.created = book.properties.modified = made
    names: set[str] = set()
    for title, headings, rows in tables:
        _sheet(book, _name(title, names), headings, rows)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _name(title: str, taken: set[str]) -> str:
    """A name that sheets may have, other than those taken."""
    plain = _FORBIDDEN.sub("", title)[:_LONGEST] or "表"
    name, number = plain, 2
    while name in taken:
        name = f"{plain[: _LONGEST - 3]}({number})"
        number += 1
    taken.add(name)
    return name


def _sheet(book: Workbook, name: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, heading in enumerate(headings):
        texts = [heading, *("" if row[place] is None else str(row[place]) for row in rows[:_SEEN])]
        sheet.column_dimensions[get_column_letter(place + 1)].width = _width(texts)
    sheet.append([_head(sheet, heading) for heading in headings])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    if rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(headings))}{len(rows) + 1}"


def _head(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(name="宋体", size=10, bold=True)
    cell.fill = PatternFill("solid", fgColor="EFEFEF")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _cell(sheet: Any, value: Any) -> Any:
    """A cell whose text never becomes a formula or a number."""
    cell = WriteOnlyCell(sheet, value=value)
    cell.font = Font(name="宋体", size=10)
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, Decimal):
        cell.number_format = "#,##0.00" if value.as_tuple().exponent == -2 else "#,##0.###"
    return cell


def _width(texts: Sequence[str]) -> float:
    widest = max(sum(2 if ord(sign) > _WIDE_FROM else 1 for sign in text) for text in texts)
    return float(min(max(widest + 2, _NARROW), _WIDEST))
