"""Workbooks of Excel 2 to 95, whose texts are in the code page of the machine that wrote them."""

from __future__ import annotations

import struct
from datetime import datetime, timedelta
from pathlib import Path

from fupin_desktop.services.sheets import xls_records as xls
from fupin_desktop.services.sheets.containers import damaged, protected
from fupin_desktop.services.sheets.raw import Cell, RawSheet

_CHINESE = "gb18030"
_ENCODINGS = {936: _CHINESE, 950: "big5", 1252: _CHINESE, 0x8000: _CHINESE, 0x8001: _CHINESE, 367: _CHINESE}
"""Code pages of western machines are written by Chinese programs too; plain letters are the same in all."""
_INTEGER, _NUMBERS, _LABELS, _RK, _MULRK = 0x02, (0x03, 0x203), (0x04, 0x204, 0xD6), 0x27E, 0xBD
_FORMULAS, _STRINGS, _BOOLERRS, _DATEMODE = (0x06, 0x206, 0x406), (0x07, 0x207), (0x05, 0x205), 0x22
_BEGINS = (0x09, 0x209, 0x409, 0x809)
_OF_SHEETS = 0x10
_LAST_DAY = 2_958_465


def read_old(stream: bytes, name: str) -> list[RawSheet]:
    """The sheets of a stream of records before Unicode.

    Raises:
        UnreadableFile: Damaged.
    """
    try:
        return _Reader(stream, name).sheets()
    except (struct.error, IndexError) as error:
        raise damaged(name) from error


class _Reader:
    """Walks the records once; what a cell holds is decided by its own record and the last format seen."""

    def __init__(self, stream: bytes, name: str) -> None:
        self._stream, self._name = stream, name
        self._encoding = _CHINESE
        self._base = datetime(1899, 12, 30)  # noqa: DTZ001 - days of a spreadsheet have no zone
        self._formats: dict[int, str] = {}
        self._used: list[int] = []
        self._names: dict[int, str] = {}
        self._found: list[RawSheet] = []
        self._open: list[RawSheet | None] = []
        self._waiting: tuple[int, int] | None = None
        self._head = 6

    def sheets(self) -> list[RawSheet]:
        """The sheets in their order."""
        for kind, at, length in xls.records(self._stream):
            if kind in _BEGINS:
                self._begin(kind, at)
            elif kind == xls.EOF and self._open:
                self._open.pop()
            elif kind == xls.FILEPASS:
                raise protected(self._name)
            elif self._open and self._open[-1] is not None:
                self._cell(self._open[-1], kind, at, length)
            else:
                self._of_book(kind, at, length)
        for sheet in self._found:
            while sheet.rows and not sheet.rows[-1]:
                sheet.rows.pop()
        return self._found

    def _begin(self, kind: int, at: int) -> None:
        """A part begins; what is no sheet of cells is passed over."""
        self._head = 7 if kind == _BEGINS[0] else 6
        is_sheet = struct.unpack_from("<H", self._stream, at + 2)[0] == _OF_SHEETS
        if not is_sheet:
            self._open.append(None)
            return
        made = RawSheet(self._names.get(at - 4, Path(self._name).stem))
        self._found.append(made)
        self._open.append(made)

    def _of_book(self, kind: int, at: int, length: int) -> None:
        stream = self._stream
        if kind == xls.BOUNDSHEET and length >= 7:
            place, count = struct.unpack_from("<I2xB", stream, at)
            self._names[place] = self._text(stream[at + 7 : at + 7 + count])
        else:
            self._everywhere(kind, at, length)

    def _everywhere(self, kind: int, at: int, length: int) -> None:
        """Records that stand in the book, or in the only sheet of the oldest files."""
        stream = self._stream
        if kind == xls.CODEPAGE:
            page = struct.unpack_from("<H", stream, at)[0]
            self._encoding = _ENCODINGS.get(page, f"cp{page}" if page < 0x8000 else _CHINESE)
        elif kind == _DATEMODE and struct.unpack_from("<H", stream, at)[0] == 1:
            self._base = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
        elif kind == xls.FORMAT and length >= 3:
            number, count = struct.unpack_from("<HB", stream, at)
            self._formats[number] = self._text(stream[at + 3 : at + 3 + count])
        elif kind == xls.XF:
            self._used.append(struct.unpack_from("<H", stream, at + 2)[0])

    def _cell(self, sheet: RawSheet, kind: int, at: int, length: int) -> None:
        """Take in what stands in a sheet."""
        stream, head = self._stream, self._head
        if kind in _LABELS:
            self._put(sheet, at, self._label(at + head, 1 if head == 7 else 2))
        elif kind in _NUMBERS:
            self._put(sheet, at, self._number(at, struct.unpack_from("<d", stream, at + head)[0]))
        elif kind == _INTEGER and head == 7:
            self._put(sheet, at, float(struct.unpack_from("<H", stream, at + head)[0]))
        elif kind == _RK:
            self._put(sheet, at, self._number(at, _rk(struct.unpack_from("<I", stream, at + 6)[0])))
        elif kind == _MULRK:
            self._many(sheet, at, length)
        elif kind in _FORMULAS:
            self._formula(sheet, at, at + head)
        elif kind in _STRINGS and self._waiting is not None:
            row, column = self._waiting
            self._place(sheet, row, column, self._label(at, 1 if head == 7 else 2))
            self._waiting = None
        elif kind in _BOOLERRS:
            value, is_error = struct.unpack_from("<BB", stream, at + head)
            self._put(sheet, at, xls.ERRORS.get(value, "#N/A") if is_error else bool(value))
        else:
            self._everywhere(kind, at, length)

    def _many(self, sheet: RawSheet, at: int, length: int) -> None:
        row, column = struct.unpack_from("<HH", self._stream, at)
        for number in range((length - 6) // 6):
            style, value = struct.unpack_from("<HI", self._stream, at + 4 + 6 * number)
            self._place(sheet, row, column + number, self._shown(style, _rk(value)))

    def _formula(self, sheet: RawSheet, at: int, result: int) -> None:
        """The result of a formula: a number, or a kind of result with its text in the record after it."""
        stream = self._stream
        if stream[result + 6 : result + 8] != b"\xff\xff":
            self._put(sheet, at, self._number(at, struct.unpack_from("<d", stream, result)[0]))
        elif stream[result] == 0:
            self._waiting = struct.unpack_from("<HH", stream, at)
        elif stream[result] == 1:
            self._put(sheet, at, bool(stream[result + 2]))
        elif stream[result] == 2:
            self._put(sheet, at, xls.ERRORS.get(stream[result + 2], "#N/A"))

    def _put(self, sheet: RawSheet, at: int, value: Cell) -> None:
        row, column = struct.unpack_from("<HH", self._stream, at)
        self._place(sheet, row, column, value)

    def _place(self, sheet: RawSheet, row: int, column: int, value: Cell) -> None:
        if column >= 256 or value == "":
            return
        while len(sheet.rows) <= row:
            sheet.rows.append([])
        cells = sheet.rows[row]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = value

    def _label(self, at: int, width: int) -> str:
        count = self._stream[at] if width == 1 else struct.unpack_from("<H", self._stream, at)[0]
        return self._text(self._stream[at + width : at + width + count])

    def _text(self, data: bytes) -> str:
        try:
            return data.decode(self._encoding)
        except (UnicodeDecodeError, LookupError):
            return data.decode(_CHINESE, "replace")

    def _number(self, at: int, value: float) -> Cell:
        return self._shown(struct.unpack_from("<H", self._stream, at + 4)[0], value) if self._head == 6 else value

    def _shown(self, style: int, value: float) -> Cell:
        """A number, or the day that its format makes of it."""
        number = self._used[style] if style < len(self._used) else 0
        if not xls.is_date_format(number, self._formats) or not 0 < value < _LAST_DAY:
            return value
        moment = self._base + timedelta(days=value)
        return moment.date() if value == int(value) else moment


def _rk(value: int) -> float:
    """A number in four bytes: the upper half of a double, or a whole number; perhaps in hundredths."""
    whole = float(struct.unpack("<i", struct.pack("<I", value & 0xFFFFFFFC))[0] >> 2)
    found = whole if value & 2 else struct.unpack("<d", struct.pack("<II", 0, value & 0xFFFFFFFC))[0]
    return float(found / 100 if value & 1 else found)
