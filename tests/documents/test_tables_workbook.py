"""Several lists as one workbook: each on a sheet of its own that no program refuses, its values as they were given."""

from __future__ import annotations

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import openpyxl

from fupin_desktop.documents.drawing.tables_workbook import tables_bytes

MADE = datetime.fromisoformat("2026-11-21T10:00:00")
PEOPLE = ("农户", ("户主", "证件号码", "人数", "面积(亩)", "金额(元)", "备注"), (
    ("=1+1", "440883196001019603", 3, Decimal("1.5"), Decimal("1234.50"), None),
    ("凌<国>九&", "+86", None, None, Decimal("0.00"), "无"),
))  # fmt: skip


def book(*tables: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(tables_bytes("低岭村档案", tables, MADE)))


def test_text_stays_text_numbers_stay_numbers_and_nothing_stays_nothing() -> None:
    sheet = book(PEOPLE)["农户"]
    assert [[cell.value for cell in row] for row in sheet] == [
        list(PEOPLE[1]),
        ["=1+1", "440883196001019603", 3, 1.5, 1234.5, None],
        ["凌<国>九&", "+86", None, None, 0, "无"],
    ]
    assert [cell.data_type for cell in sheet[2]] == ["s", "s", "n", "n", "n", "n"]
    assert [cell.number_format for cell in sheet[2]] == ["@", "@", "General", "#,##0.###", "#,##0.00", "General"]


def test_headings_stay_in_sight_filter_and_repeat_on_paper() -> None:
    sheet = book(("空", ("甲",), ()), PEOPLE)["农户"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A2", "A1:F3", "$1:$1")
    assert [sheet[name].font.bold for name in ("A1", "A2")] == [True, False]


def test_columns_are_as_wide_as_their_texts_within_reason() -> None:
    sheet = book(("名单", ("名", "说明", "号"), (("张三", "很" * 100, "440883196001019603"),)))["名单"]
    assert [sheet.column_dimensions[name].width for name in "ABC"] == [8, 48, 20]


def test_a_list_without_rows_has_its_headings_and_no_filter() -> None:
    sheet = book(("缺少的材料", ("序号", "缺少什么"), ()))["缺少的材料"]
    assert [cell.value for cell in sheet[1]] == ["序号", "缺少什么"]
    assert (sheet.max_row, sheet.auto_filter.ref) == (1, None)


def test_every_sheet_has_a_name_of_its_own_that_may_be() -> None:
    long = "很长的名字" * 8
    names = ["a/b*c", "ABC", "", long, long, *["同名"] * 11]
    found = book(*[(name, ("甲",), ()) for name in names]).sheetnames
    assert found[:3] == ["abc", "ABC(2)", "产业扶贫工作台"]
    assert len({name.casefold() for name in found}) == len(names)
    assert max(len(name) for name in found) <= 31


def test_rows_of_many_sheets_are_each_their_own() -> None:
    tables = [(f"第{at}表", ("号",), tuple((number,) for number in range(at))) for at in range(1, 13)]
    found = book(*tables)
    assert [[row[0].value for row in sheet.iter_rows(min_row=2)] for sheet in found] == [list(range(at)) for at in range(1, 13)]


def test_the_file_names_its_document_and_no_person_and_is_the_same_every_time() -> None:
    properties = book(PEOPLE).properties
    assert (properties.title, properties.creator, properties.created) == ("低岭村档案", "产业扶贫工作台", MADE)
    assert tables_bytes("甲", [PEOPLE], MADE) == tables_bytes("甲", [PEOPLE], MADE)
