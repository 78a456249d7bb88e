"""Look over the records of an old .xls file: is it one, is it protected, where does its content end, which errors.

An .xls file is a small file system (compound file) with the workbook as a stream of records. Chains of sectors and
lengths of records are followed within bounds, since a hostile file may point back at itself.
"""

from __future__ import annotations

import struct

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets.containers import damaged, protected
from fupin_desktop.services.sheets.facts import FactsBySheet, SheetFacts
from fupin_desktop.services.sheets.xls_records import (
    BOF,
    BOUNDSHEET,
    EOF,
    ERRORS,
    FILEPASS,
    CompoundFile,
    records,
)
from fupin_desktop.services.sheets.xls_texts import bound_texts

_BOOLERR, _FORMULA, _DIMENSIONS, _ROW, _COLUMNS, _WINDOW = 0x205, 0x06, 0x200, 0x208, 0x7D, 0x3D
_ROW_AND_COLUMN = {0x203, 0x27E, 0xFD, 0x204, 0xD6, _BOOLERR, _FORMULA}
_MANY = {0xBD}
_WORKSHEET = 0x10
_MAX_ROWS, _MAX_COLUMNS = 65536, 256
_HIDDEN_ROW, _HIDDEN_COLUMNS = 0x20, 0x01


def scan_xls(data: bytes, name: str) -> FactsBySheet:
    """Facts of every worksheet, by its number in the workbook's list of sheets.

    Raises:
        UnreadableFile: Damaged, protected, or another kind of document.
    """
    try:
        stream = workbook_stream(data, name)
        facts = _scan_stream(stream, name)
        bound_texts(stream, name)
        return facts
    except (struct.error, IndexError, ValueError) as error:
        raise damaged(name) from error


def workbook_stream(data: bytes, name: str) -> bytes:
    """The workbook's stream out of the compound file, or the file itself where it is none.

    Raises:
        UnreadableFile: Damaged, protected, or another kind of document.
    """
    if data[:1] == b"\x09":
        return data
    try:
        file = CompoundFile(data, name)
        names = {entry.lower() for entry in file.entries}
        if "encryptedpackage" in names or "encryptioninfo" in names:
            raise protected(name)
        place = file.workbook()
        if place is not None:
            return file.stream(*place)
    except (struct.error, IndexError, ValueError) as error:
        raise damaged(name) from error
    kind = "Word 文档" if "worddocument" in names else "演示文稿" if "powerpoint document" in names else "别的文档"
    raise UnreadableFile(
        f"“{name}”不是电子表格文件，里面是{kind}。",
        todo="请选择登记表所在的电子表格文件；如果表格在文档里，请先复制到 Excel 或 WPS 表格中再导入。",
    )


def active_sheet(stream: bytes) -> int:
    """Number of the sheet that was open when the file was saved."""
    for kind, at, length in records(stream):
        if kind == EOF:
            break
        if kind == _WINDOW and length >= 12:
            return int(struct.unpack_from("<H", stream, at + 10)[0])
    return 0


def _scan_stream(stream: bytes, name: str) -> FactsBySheet:
    """Walk all records; a sheet is what stands between a begin of kind worksheet and its end."""
    if len(stream) < 8 or stream[:1] != b"\x09":
        raise damaged(name)
    places: list[int] = []
    sheets: dict[int, SheetFacts] = {}
    open_parts: list[SheetFacts | None] = []
    for kind, at, length in records(stream):
        if kind in _ROW_AND_COLUMN or kind in _MANY:
            if open_parts and open_parts[-1] is not None:
                _take_cell(open_parts[-1], stream, kind, at, length)
        elif kind in (_ROW, _COLUMNS):
            if open_parts and open_parts[-1] is not None:
                _take_hidden(open_parts[-1], stream, kind, at, length)
        elif kind == BOF:
            is_sheet = struct.unpack_from("<H", stream, at + 2)[0] == _WORKSHEET
            open_parts.append(sheets.setdefault(at - 4, SheetFacts()) if is_sheet else None)
        elif kind == EOF and open_parts:
            open_parts.pop()
        elif kind == BOUNDSHEET:
            places.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == FILEPASS:
            raise protected(name)
        elif kind == _DIMENSIONS and length >= 14:
            _check_claim(stream, at, name)
    return {number: sheets[place] for number, place in enumerate(places) if place in sheets}


def _take_cell(facts: SheetFacts, stream: bytes, kind: int, at: int, length: int) -> None:
    row, column = struct.unpack_from("<HH", stream, at)
    last = struct.unpack_from("<H", stream, at + length - 2)[0] if kind in _MANY and length >= 6 else column
    facts.cells += max(last - column, 0) + 1
    facts.rows = max(facts.rows, row + 1)
    facts.columns = max(facts.columns, last + 1)
    if kind == _BOOLERR and length >= 8 and stream[at + 7] == 1:
        facts.errors[row, column] = ERRORS.get(stream[at + 6], "#N/A")
    elif kind == _FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        facts.errors[row, column] = ERRORS.get(stream[at + 8], "#N/A")


def _take_hidden(facts: SheetFacts, stream: bytes, kind: int, at: int, length: int) -> None:
    """Note a hidden row, or hidden columns."""
    if kind == _ROW and length >= 14 and stream[at + 12] & _HIDDEN_ROW:
        facts.hidden_rows.add(struct.unpack_from("<H", stream, at)[0])
    elif kind == _COLUMNS and length >= 10 and stream[at + 8] & _HIDDEN_COLUMNS:
        facts.hidden_columns.append(struct.unpack_from("<HH", stream, at))


def _check_claim(stream: bytes, at: int, name: str) -> None:
    """The library believes the claimed size of a sheet, so it has to be one that an .xls file can have."""
    first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", stream, at)
    if not (first_row <= last_row <= _MAX_ROWS and first_column <= last_column <= _MAX_COLUMNS):
        raise damaged(name, "工作表范围有误")
