"""Plain lists as xlsx: one heading row, numbers as numbers, long numbers as text, ready to print and to read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import Enum
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from fupin_desktop.documents.atomic import write_atomically
from fupin_desktop.documents.drawing.workbook_package import PROGRAM, finished

Value = str | int | Decimal | None
FAMILY = "宋体"
EDGE = Side(style="thin", color="FFBFBFBF")
HEAD_FILL = PatternFill("solid", fgColor="FFEFEFEF")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LANDSCAPE_FROM = 9
_A4 = 9
_EVERY = 500


class CellKind(Enum):
    """What a column holds; the value is its number format."""

    TEXT = "@"
    INTEGER = "0"
    MONEY = "#,##0.00"
    AREA = "0.000"
    QUANTITY = "0.###"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: heading, kind, width in characters."""

    heading: str
    kind: CellKind
    width: float


def write_table(
    path: Path,
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    *,
    made: datetime,
    tell: Callable[[int], None] | None = None,
) -> int:
    """Write a list; the file is replaced only when the new one is whole.

    Args:
        path: The xlsx file.
        title: Name of the sheet and of the document.
        columns: The columns.
        rows: Values in the order of the columns; numbers stay numbers, text stays text whatever it looks like.
        made: Date and time written into the file.
        tell: Told the number of rows written now and then.

    Returns:
        The number of rows.

    Raises:
        Situation: The file cannot be written there.
    """
    book = Workbook(write_only=True)
    book.properties.creator = PROGRAM
    book.properties.lastModifiedBy = PROGRAM
    book.properties.title = title
    book.properties.created = made.replace(microsecond=0)
    sheet: Any = book.create_sheet(sheet_name(title))
    _set_up(sheet, columns)
    sheet.append([_head(sheet, column.heading) for column in columns])
    count = _append(sheet, columns, rows, tell)
    raw = BytesIO()
    book.save(raw)
    content = finished(raw.getvalue(), made, {})
    write_atomically(path, lambda stream: stream.write(content))
    return count


def sheet_name(title: str) -> str:
    """A title as a sheet may be called."""
    return _NAME_FORBIDDEN.sub("", title)[:31] or PROGRAM


def plain_text(text: str) -> str:
    """A text without what a workbook cannot hold."""
    return _CONTROL.sub("", text)


def _set_up(sheet: Any, columns: Sequence[TableColumn]) -> None:
    """Widths, frozen heading and print set-up; these have to come before the rows."""
    for number, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape" if len(columns) >= _LANDSCAPE_FROM else "portrait"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _head(sheet: Any, heading: str) -> Any:
    cell: Any = WriteOnlyCell(sheet, plain_text(heading))
    cell.font = Font(name=FAMILY, size=10, bold=True)
    cell.fill = HEAD_FILL
    cell.border = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return cell


def _append(
    sheet: Any,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[Value]],
    tell: Callable[[int], None] | None,
) -> int:
    """Append the rows; a style is made once for each kind and shared by its cells."""
    styles = {kind: _styled(sheet, kind) for kind in CellKind}
    templates = [styles[column.kind]._style for column in columns]
    count = 0
    for row in rows:
        cells = []
        for value, style in zip(row, templates, strict=True):
            cell: Any = WriteOnlyCell(sheet)
            if isinstance(value, str):
                cell.value = plain_text(value)
                cell.data_type = "s"  # text that begins with = is no formula
            else:
                cell.value = value
            cell._style = style
            cells.append(cell)
        sheet.append(cells)
        count += 1
        if tell is not None and count % _EVERY == 0:
            tell(count)
    return count


def _styled(sheet: Any, kind: CellKind) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.font = Font(name=FAMILY, size=10)
    cell.number_format = kind.value
    cell.border = Border(left=EDGE, right=EDGE, top=EDGE, bottom=EDGE)
    cell.alignment = Alignment(vertical="center", horizontal="left" if kind is CellKind.TEXT else "right")
    return cell
