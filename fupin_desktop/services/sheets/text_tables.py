"""Tables kept as text: comma or tab between the cells, in any of the encodings that Chinese programs write."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from fupin_desktop.domain.decoding import decoded, is_cut_off
from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets.containers import too_big
from fupin_desktop.services.sheets.facts import MOST_ROWS
from fupin_desktop.services.sheets.raw import Cell, RawSheet

_BETWEEN = ("\t", ",", ";", "|", "，", "、")
_LOOKED_AT = 40
_LONGEST_CELL = 1 << 20
_MOST_CELLS = 4_000_000
_AS_FORMULA = re.compile(r'="(.*)"', re.DOTALL)


def between(text: str) -> str:
    """The sign that stands between the cells of a text; empty where it is no table."""
    scores = []
    for place, sign in enumerate(_BETWEEN):
        widths = [len(row) for row in _rows(text[: 1 << 16], sign, most=_LOOKED_AT) if row]
        wide = Counter(width for width in widths if width > 1)
        if wide:
            scores.append((wide.most_common(1)[0][1], -place, sign))
    return max(scores)[2] if scores else ""


def read_plain(data: bytes, name: str) -> RawSheet:
    """The table of a text file.

    Raises:
        UnreadableFile: It is no text, not whole, no table, or has more rows than a sheet can have.
    """
    if is_cut_off(data):
        raise UnreadableFile(
            f"“{name}”不完整：末尾断在一个字的中间，或者是一串空数据，多半没有导出完或没有拷贝完。",
            todo="请重新导出或重新拷贝这个文件。",
        )
    text = decoded(data)
    sign = between(text) if text is not None else ""
    if text is None or not sign:
        raise UnreadableFile(
            f"“{name}”里是文字，不是表格：没有用逗号或制表符分开的列。",
            todo="请选择登记表所在的电子表格文件(.xlsx、.xls、.et、.ods 或 .csv)。",
        )
    sheet, cells = RawSheet(Path(name).stem), 0
    try:
        for row in _rows(text, sign):
            cells += len(row)
            if len(sheet.rows) >= MOST_ROWS or cells > _MOST_CELLS:
                raise too_big(name, f"超过 {MOST_ROWS} 行或 {_MOST_CELLS} 格")
            sheet.rows.append(row if any(row) else [])
    except csv.Error as error:
        raise UnreadableFile(f"“{name}”的第 {len(sheet.rows) + 1} 行读不出来，引号可能没有成对。") from error
    while sheet.rows and not sheet.rows[-1]:
        sheet.rows.pop()
    return sheet


def _rows(text: str, sign: str, most: int = MOST_ROWS + 1) -> list[list[Cell]]:
    csv.field_size_limit(_LONGEST_CELL)
    found: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            found.append([_cell(cell) for cell in row])
            if len(found) >= most:
                break
    except csv.Error:
        if most > _LOOKED_AT:
            raise
    return found


def _cell(cell: str) -> str:
    """A cell without what keeps spreadsheets from changing it: ="0123", a tab or an apostrophe around it.

    Its lines end alike, whatever the system the file was written on.
    """
    cell = cell.strip("\t \u3000\ufeff").replace("\r\n", "\n")
    found = _AS_FORMULA.fullmatch(cell)
    if found:
        return found.group(1).replace('""', '"')
    return cell[1:] if cell[:1] == "'" and cell[1:].isdigit() else cell
