"""The stream of records of an old .xls file, out of the small file system around it ([MS-CFB], [MS-XLS]).

Read here and not by olefile: where a chain of sectors runs in a circle, that library reads on for as many bytes as the
directory claims (a list of 10 KB gave 64 MB, and could give 4 GB); a hostile file has to end in a sentence.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from fupin_desktop.services.sheets.containers import damaged

BOF, EOF, FILEPASS, BOUNDSHEET, CODEPAGE, FORMAT, XF = 0x809, 0x0A, 0x2F, 0x85, 0x42, 0x41E, 0xE0
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
BIFF = b"\x09\x08"
"""How the stream of Excel 5 and later begins."""
UNICODE = 0x0600
"""The version of a workbook whose texts are Unicode: Excel 97 and later."""
_LAST_SPECIAL = 0xFFFFFFFA
_WORKBOOKS = ("workbook", "book")
_ASIDE = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
_DAYS = re.compile(r"[ymdhs年月日时分秒]", re.IGNORECASE)
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


class CompoundFile:
    """The directory and streams of a compound file.

    Attributes:
        entries: Names of its streams, each with first sector and size.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data, self._name = data, name
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged(name)
        self._sector = 1 << shift
        directory, self._mini_limit, mini_fat = struct.unpack_from("<I4xII", data, 48)
        self._fat = self._table(self._fat_sectors())
        self._mini_fat = self._table(self._chain(mini_fat, self._fat))
        self.entries: dict[str, tuple[int, int]] = {}
        self._mini_sectors: list[int] = []
        self._read_directory(self._join(self._chain(directory, self._fat)))

    def workbook(self) -> tuple[int, int] | None:
        """First sector and size of the workbook's stream; None where there is none."""
        for wanted in _WORKBOOKS:
            for entry, place in self.entries.items():
                if entry.lower() == wanted:
                    return place
        return None

    def stream(self, start: int, size: int) -> bytes:
        """The content of a stream."""
        step, places = self.blocks(start, size)
        return b"".join([self._data[place : place + step] for place in places])[:size]

    def blocks(self, start: int, size: int) -> tuple[int, list[int]]:
        """Where the blocks of a stream stand in the file, and how long each is; small ones lie in the root's stream."""
        sector = self._sector
        if size >= self._mini_limit:
            return sector, [(one + 1) * sector for one in self._chain(start, self._fat)]
        places = []
        for one in self._chain(start, self._mini_fat):
            big, rest = divmod(one * 64, sector)
            if big >= len(self._mini_sectors):
                raise damaged(self._name)
            places.append((self._mini_sectors[big] + 1) * sector + rest)
        return 64, places

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
                self._mini_sectors = self._chain(start, self._fat)
            elif kind == 2:
                self.entries.setdefault(label, (start, size))


def records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, start of content and length of every record."""
    at, end, head = 0, len(stream) - 3, struct.Struct("<HH").unpack_from
    while at < end:
        kind, length = head(stream, at)
        yield kind, at + 4, length
        at += 4 + length


def is_date_format(number: int, formats: dict[int, str]) -> bool:
    """Whether a number format shows a day or a time: as the file defines it, else as it is built in."""
    code = formats.get(number)
    if code is None:
        return number in _DATE_FORMATS
    bare = _ASIDE.sub("", code)
    return bare.lower() != "general" and "0" not in bare.split(".")[0] and _DAYS.search(bare) is not None


def with_right_signs(data: bytes, name: str) -> bytes:
    """The file with two lies of old writing programs put right, which spreadsheet programs do not believe either.

    Texts of Excel 97 and later are Unicode whatever code page the file names; a number format that the file defines
    itself is that, whatever is built in under its number.
    """
    file = CompoundFile(data, name)
    place = file.workbook()
    if place is None:
        return data
    stream = file.stream(*place)
    patches = dict(_patches(stream))
    if not patches:
        return data
    step, blocks = file.blocks(*place)
    changed = bytearray(data)
    for at, value in patches.items():
        for offset, byte in enumerate(struct.pack("<H", value)):
            block, rest = divmod(at + offset, step)
            changed[blocks[block] + rest] = byte
    return bytes(changed)


def _patches(stream: bytes) -> Iterator[tuple[int, int]]:
    """Places in the stream with the number that has to stand there."""
    if len(stream) < 8 or struct.unpack_from("<H", stream, 4)[0] != UNICODE:
        return
    formats: dict[int, str] = {}
    used: list[tuple[int, int]] = []
    for kind, at, length in records(stream):
        if kind == EOF:
            break
        if kind == CODEPAGE and length >= 2 and struct.unpack_from("<H", stream, at)[0] != _UTF_16:
            yield at, _UTF_16
        elif kind == FORMAT and length >= 5:
            number, count, flags = struct.unpack_from("<HHB", stream, at)
            encoding = "utf-16-le" if flags & 1 else "latin-1"
            formats[number] = stream[at + 5 : at + length].decode(encoding, "replace")[:count]
        elif kind == XF and length >= 4:
            used.append((at + 2, struct.unpack_from("<H", stream, at + 2)[0]))
    for at, number in used:
        if number in _DATE_FORMATS and number in formats and not is_date_format(number, formats):
            yield at, 0


_UTF_16 = 1200
