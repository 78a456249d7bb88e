"""Workbooks of Excel 2 to 95, cell by cell: every kind of record that holds a value, in the code pages of their time."""

from __future__ import annotations

import struct
from datetime import date, datetime
from typing import Any

import pytest

from fupin_desktop.errors import PasswordWanted, UnreadableFile
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.xls_old import read_old
from tests.services.imports.making import records

Record = tuple[int, bytes]
BOOK, SHEET, CHART = 0x05, 0x10, 0x20
GENERAL, DAY, OWN = 0, 1, 2
"""Styles of the workbooks made here: no format, a built-in date, the workbook's own date."""
END: Record = (0x0A, b"")


def begin(kind: int) -> Record:
    return 0x809, struct.pack("<HHHH", 0x0500, kind, 0, 0)


def at(row: int, column: int, style: int = GENERAL) -> bytes:
    return struct.pack("<HHH", row, column, style)


def label(row: int, column: int, text: bytes) -> Record:
    return 0x204, at(row, column) + struct.pack("<H", len(text)) + text


def number(row: int, column: int, value: float, style: int = GENERAL) -> Record:
    return 0x203, at(row, column, style) + struct.pack("<d", value)


def formula(row: int, column: int, result: bytes) -> Record:
    return 0x06, at(row, column) + result + bytes(4)


def result(kind: int, value: int = 0) -> bytes:
    """The result of a formula that is no number."""
    return bytes([kind, 0, value, 0, 0, 0, 0xFF, 0xFF])


def styles(own: bytes = b"yyyy\\\xc4\xea m\\\xd4\xc2") -> list[Record]:
    """The formats and styles, their texts in GBK."""
    formats = [(0x41E, struct.pack("<HB", 170, len(own)) + own)]
    return [*formats, *((0xE0, struct.pack("<HH", 0, one)) for one in (0, 14, 170))]


def read(*cells: Record, globals_: tuple[Record, ...] = (), own: bytes | None = None) -> RawSheet:
    """The only sheet of a workbook of Excel 95."""
    made = styles() if own is None else styles(own)
    (found,) = read_old(records(begin(BOOK), *globals_, *made, END, begin(SHEET), *cells, END), "名册.xls")
    return found


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (number(0, 0, 3.5), 3.5),
        (number(0, 0, 46086.0, DAY), date(2026, 3, 5)),
        (number(0, 0, 46086.75, DAY), datetime(2026, 3, 5, 18)),  # noqa: DTZ001
        (number(0, 0, 46086.0, OWN), date(2026, 3, 5)),
        (number(0, 0, 46086.0, 9), 46086.0),
        (number(0, 0, 0.0, DAY), 0.0),
        (number(0, 0, 2_958_465.0, DAY), 2_958_465.0),
        (number(0, 0, 2_958_464.0, DAY), date(9999, 12, 30)),
        (number(0, 0, -1.0, DAY), -1.0),
        ((0x27E, at(0, 0) + struct.pack("<I", 12345 << 2 | 3)), 123.45),
        ((0x27E, at(0, 0) + struct.pack("<I", 7 << 2 | 2)), 7.0),
        ((0x27E, at(0, 0) + struct.pack("<i", -7 << 2 | 2)), -7.0),
        ((0x27E, at(0, 0) + struct.pack("<d", 0.5)[4:]), 0.5),
        ((0x27E, at(0, 0, DAY) + struct.pack("<I", 46086 << 2 | 2)), date(2026, 3, 5)),
        (formula(0, 0, struct.pack("<d", 12.25)), 12.25),
        (formula(0, 0, result(1, 1)), True),
        (formula(0, 0, result(1, 0)), False),
        (formula(0, 0, result(2, 7)), "#DIV/0!"),
        (formula(0, 0, result(2, 99)), "#N/A"),
        ((0x205, at(0, 0) + bytes([1, 0])), True),
        ((0x205, at(0, 0) + bytes([23, 1])), "#REF!"),
        (label(0, 0, "塘㙍".encode("gb18030")), "塘㙍"),
        ((0xD6, at(0, 0) + struct.pack("<H", 4) + "大户".encode("gbk")), "大户"),
    ],
)
def test_every_kind_of_cell(cell: Record, value: Any) -> None:
    found = read(cell)
    assert found.rows == [[value]]
    assert type(found.rows[0][0]) is type(value)


def test_several_numbers_in_one_record_stand_side_by_side() -> None:
    content = struct.pack("<HH", 1, 2) + b"".join(struct.pack("<HI", style, value << 2 | 2) for style, value in ((GENERAL, 1), (DAY, 46086), (GENERAL, 3)))
    found = read((0xBD, content + struct.pack("<H", 4)))
    assert found.rows == [[], ["", "", 1.0, date(2026, 3, 5), 3.0]]


def test_the_text_of_a_formula_stands_in_the_record_after_it() -> None:
    text = "合格".encode("gbk")
    found = read(formula(0, 1, result(0)), (0x207, struct.pack("<H", len(text)) + text), formula(1, 0, result(3)))
    assert found.rows == [["", "合格"]]


def test_a_text_that_no_formula_waits_for_is_no_cell() -> None:
    assert read((0x207, struct.pack("<H", 1) + b"x"), label(0, 0, b"y")).rows == [["y"]]


@pytest.mark.parametrize(
    ("page", "text", "stored"),
    [(936, "低岭村", "gbk"), (950, "鎮農會", "big5"), (1252, "低岭村", "gbk"), (0x8001, "低岭村", "gbk"), (1251, "абв", "cp1251"), (9999, "低岭村", "gbk")],
)
def test_code_pages(page: int, text: str, stored: str) -> None:
    found = read(label(0, 0, text.encode(stored)), globals_=((0x42, struct.pack("<H", page)),))
    assert found.rows == [[text]]


def test_bytes_that_are_no_text_leave_a_mark_and_the_rest() -> None:
    found = read(label(0, 0, b"A\xff\xffB"))
    assert isinstance(found.rows[0][0], str)
    assert (found.rows[0][0][0], found.rows[0][0][-1]) == ("A", "B")


def test_days_of_the_calendar_of_1904() -> None:
    found = read(number(0, 0, 44624.0, DAY), globals_=((0x22, struct.pack("<H", 1)),))
    assert found.rows == [[date(2026, 3, 5)]]


def test_a_format_of_numbers_makes_no_day() -> None:
    assert read(number(0, 0, 46086.0, OWN), own=b'0.00"m"').rows == [[46086.0]]


def test_blank_rows_at_the_end_and_cells_beyond_the_last_column_are_left_out() -> None:
    found = read(label(0, 0, b"x"), label(2, 0, b""), number(1, 256, 9.0))
    assert found.rows == [["x"]]


def test_sheets_have_their_names_and_charts_are_no_sheets() -> None:
    names = [("名册".encode("gbk"), SHEET), (b"tu", CHART), ("二组".encode("gbk"), SHEET)]
    head = records(begin(BOOK))
    length = len(head) + sum(4 + 7 + len(name) for name, _kind in names) + len(records(END))
    parts = [records(begin(kind), label(0, 0, name), END) for name, kind in names]
    places = [length + sum(map(len, parts[:place])) for place in range(len(parts))]
    bound = [(0x85, struct.pack("<IHB", place, 0, len(name)) + name) for place, (name, _kind) in zip(places, names, strict=True)]
    found = read_old(head + records(*bound, END) + b"".join(parts), "a.xls")
    assert [(one.name, one.rows) for one in found] == [("名册", [["名册"]]), ("二组", [["二组"]])]


def test_a_sheet_without_a_name_is_called_as_the_file() -> None:
    assert read(label(0, 0, b"x")).name == "名册"


def test_a_protected_one_is_told() -> None:
    with pytest.raises((PasswordWanted, UnreadableFile), match="密码|保护"):
        read(label(0, 0, b"x"), globals_=((0x2F, bytes(4)),))


@pytest.mark.parametrize("cell", [(0x203, at(0, 0)), (0x27E, at(0, 0)), (0x204, at(0, 0))])
def test_a_record_that_is_cut_is_damage(cell: Record) -> None:
    whole = records(begin(BOOK), *styles(), END, begin(SHEET), cell)
    with pytest.raises(UnreadableFile, match="损坏"):
        read_old(whole, "名册.xls")


class TestExcel2:
    """The oldest files, a lone sheet with three bytes of style in each cell."""

    @staticmethod
    def read(*cells: Record) -> RawSheet:
        (found,) = read_old(records((0x09, struct.pack("<HH", 2, SHEET)), *cells, END), "老表.xls")
        return found

    def test_its_cells(self) -> None:
        place = [struct.pack("<HH", 0, column) + bytes(3) for column in range(5)]
        text = "李四".encode("gbk")
        found = self.read(
            (0x02, place[0] + struct.pack("<H", 65535)), (0x03, place[1] + struct.pack("<d", 2.5)),
            (0x04, place[2] + bytes([len(text)]) + text), (0x05, place[3] + bytes([1, 0])),
            (0x06, place[4] + struct.pack("<d", 7.0) + bytes(3)),
        )  # fmt: skip
        assert found.rows == [[65535.0, 2.5, "李四", True, 7.0]]
        assert found.name == "老表"

    def test_a_number_is_no_day_for_its_styles_are_not_known(self) -> None:
        assert self.read((0x03, struct.pack("<HH", 0, 0) + bytes([14, 0, 0]) + struct.pack("<d", 46086.0))).rows == [[46086.0]]
