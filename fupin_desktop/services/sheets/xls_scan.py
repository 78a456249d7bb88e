"""Look over the records of an old .xls file: is it one, is it protected, where does its content end, which errors.

An .xls file is a small file system (compound file) with the workbook as a stream of records. Chains of sectors and
lengths of records are followed within bounds, since a hostile file may point back at itself.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.services.sheets.containers import damaged, protected
from fupin_desktop.services.sheets.facts import FactsBySheet, SheetFacts

_LAST_SPECIAL = 0xFFFFFFFA
_WORKBOOKS = ("workbook", "book")
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _BOOLERR, _FORMULA, _DIMENSIONS = 0x809, 0x0A, 0x2F, 0x85, 0x205, 0x06, 0x200
_ROW_AND_COLUMN = {0x203, 0x27E, 0xFD, 0x204, 0xD6, _BOOLERR, _FORMULA}
_MANY = {0xBD}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_WORKSHEET = 0x10
_MAX_ROWS, _MAX_COLUMNS = 65536, 256


def scan_xls(data: bytes, name: str) -> FactsBySheet:
    """Facts of every worksheet, by its number in the workbook's list of sheets.

    Raises:
        UnreadableFile: Damaged, protected, or another kind of document.
    """
    try:
        return _scan_stream(_workbook_stream(data, name), name)
    except (struct.error, IndexError, ValueError) as error:
        raise damaged(name) from error


def _workbook_stream(data: bytes, name: str) -> bytes:
    """The workbook's stream out of the compound file."""
    file = _CompoundFile(data, name)
    names = {entry.lower() for entry in file.entries}
    if "encryptedpackage" in names or "encryptioninfo" in names:
        raise protected(name)
    for workbook in _WORKBOOKS:
        for entry, place in file.entries.items():
            if entry.lower() == workbook:
                return file.stream(*place)
    kind = "Word 文档" if "worddocument" in names else "演示文稿" if "powerpoint document" in names else "别的文档"
    raise UnreadableFile(
        f"“{name}”不是电子表格文件，里面是{kind}。",
        todo="请选择登记表所在的电子表格文件；如果表格在文档里，请先复制到 Excel 或 WPS 表格中再导入。",
    )


class _CompoundFile:
    """The directory and streams of a compound file ([MS-CFB])."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged(name)
        self._sector = 1 << shift
        directory, self._mini_limit, mini_fat = struct.unpack_from("<I4xII", data, 48)
        self._fat = self._table(self._fat_sectors())
        self._mini_fat = self._table(self._chain(mini_fat, self._fat))
        self.entries: dict[str, tuple[int, int]] = {}
        self._mini_stream = b""
        self._read_directory(self._join(self._chain(directory, self._fat)))

    def _fat_sectors(self) -> list[int]:
        """Sectors that hold the allocation table: listed in the header, then in a chain of their own."""
        sectors = list(struct.unpack_from("<109I", self._data, 76))
        following, left = struct.unpack_from("<II", self._data, 68)
        seen = set()
        per_sector = self._sector // 4
        while following < _LAST_SPECIAL and left and following not in seen:
            seen.add(following)
            values = struct.unpack_from(f"<{per_sector}I", self._data, (following + 1) * self._sector)
            sectors.extend(values[:-1])
            following, left = values[-1], left - 1
        return [sector for sector in sectors if sector < _LAST_SPECIAL]

    def _table(self, sectors: list[int]) -> tuple[int, ...]:
        content = self._join(sectors)
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _join(self, sectors: list[int]) -> bytes:
        size = self._sector
        return b"".join([self._data[(sector + 1) * size : (sector + 2) * size] for sector in sectors])

    def _chain(self, start: int, table: tuple[int, ...]) -> list[int]:
        """Sectors from ``start`` on; a chain longer than the table runs in a circle."""
        sectors = []
        while start < _LAST_SPECIAL:
            sectors.append(start)
            if start >= len(table) or len(sectors) > len(table):
                raise damaged(self._name)
            start = table[start]
        return sectors

    def _read_directory(self, directory: bytes) -> None:
        for at in range(0, len(directory) - 127, 128):
            length, kind = struct.unpack_from("<HB", directory, at + 64)
            start, size = struct.unpack_from("<II", directory, at + 116)
            label = directory[at : at + max(length - 2, 0)][:64].decode("utf-16-le", "replace")
            if kind == 5:
                self._mini_stream = self._join(self._chain(start, self._fat))[:size]
            elif kind == 2:
                self.entries.setdefault(label, (start, size))

    def stream(self, start: int, size: int) -> bytes:
        """The content of a stream; small ones lie in the stream of the root."""
        if size >= self._mini_limit:
            return self._join(self._chain(start, self._fat))[:size]
        sectors = self._chain(start, self._mini_fat)
        return b"".join([self._mini_stream[sector * 64 : sector * 64 + 64] for sector in sectors])[:size]


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start of content and length of every record."""
    at, end, head = 0, len(stream) - 3, struct.Struct("<HH").unpack_from
    while at < end:
        kind, length = head(stream, at)
        yield kind, at + 4, length
        at += 4 + length


def _scan_stream(stream: bytes, name: str) -> FactsBySheet:
    """Walk all records; a sheet is what stands between a begin of kind worksheet and its end."""
    if len(stream) < 8 or stream[:1] != b"\x09":
        raise damaged(name)
    places: list[int] = []
    sheets: dict[int, SheetFacts] = {}
    open_parts: list[SheetFacts | None] = []
    for kind, at, length in _records(stream):
        if kind in _ROW_AND_COLUMN or kind in _MANY:
            if open_parts and open_parts[-1] is not None:
                _take_cell(open_parts[-1], stream, kind, at, length)
        elif kind == _BOF:
            is_sheet = struct.unpack_from("<H", stream, at + 2)[0] == _WORKSHEET
            open_parts.append(sheets.setdefault(at - 4, SheetFacts()) if is_sheet else None)
        elif kind == _EOF and open_parts:
            open_parts.pop()
        elif kind == _BOUNDSHEET:
            places.append(struct.unpack_from("<I", stream, at)[0])
        elif kind == _FILEPASS:
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
        facts.errors[row, column] = _ERRORS.get(stream[at + 6], "#N/A")
    elif kind == _FORMULA and length >= 14 and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
        facts.errors[row, column] = _ERRORS.get(stream[at + 8], "#N/A")


def _check_claim(stream: bytes, at: int, name: str) -> None:
    """The library believes the claimed size of a sheet, so it has to be one that an .xls file can have."""
    first_row, last_row, first_column, last_column = struct.unpack_from("<IIHH", stream, at)
    if not (first_row <= last_row <= _MAX_ROWS and first_column <= last_column <= _MAX_COLUMNS):
        raise damaged(name, "工作表范围有误")
