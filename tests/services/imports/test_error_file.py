"""The error workbook: the clerk's own rows, coloured and explained, which mended can be imported again."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.error_file import error_workbook
from fupin_desktop.services.imports.preview import prepare
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, Query, count
from fupin_desktop.services.sheets.heading import EXPLANATION
from fupin_desktop.services.workbench import Workbench
from tests.services.imports.making import HEAD, IDS, book, household

TITLE = ["低岭村2026年度产业奖补登记表", *[""] * (len(HEAD) - 1)]


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A title row, a good household, one with two rows of which one is bad, one with a ruined number."""
    rows = [
        TITLE, HEAD, household(0), household(1), household(1, product="番薯", accepted="约3亩"),
        household(2, number=440883196507200284), household(3),
    ]  # fmt: skip
    return book(tmp_path / "名册.xlsx", rows, merges=["A1:I1"])


def sheet(path: Path) -> Any:
    return openpyxl.load_workbook(path).active


def test_it_holds_the_bad_households_with_all_their_rows(bench: Workbench, register: Path, tmp_path: Path) -> None:
    assert error_workbook(prepare(bench, register), tmp_path / "待改.xlsx") == 3
    found = sheet(tmp_path / "待改.xlsx")
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    assert rows[0][1] == TITLE[0]
    assert rows[1] == [EXPLANATION, *HEAD]
    assert [row[2] for row in rows[2:]] == ["李亚二", "李亚二", "李亚三"]
    assert rows[2][0] == "同一户的其他行有错，这一户整户没有导入。"
    assert rows[3][0] == "验收数量：验收数量“约3亩”不是数字。请填写数字，单位按表头。"
    assert "B1:J1" in [str(merge) for merge in found.merged_cells.ranges]


def test_bad_cells_are_coloured_and_numbers_stay_text(bench: Workbench, register: Path, tmp_path: Path) -> None:
    error_workbook(prepare(bench, register), tmp_path / "待改.xlsx")
    found = sheet(tmp_path / "待改.xlsx")
    colours = {cell.coordinate: cell.fill.fgColor.rgb for row in found.iter_rows(min_row=3) for cell in row if cell.fill.fill_type}
    assert colours == {"I4": "FFFFC7CE", "D5": "FFFFC7CE"}
    number = found["D3"]
    assert (number.value, number.data_type, number.number_format) == (IDS[1], "s", "@")
    assert found["D5"].value == "4.4088319650720e+17" or str(found["D5"].value).startswith("4.40883")
    assert found["I3"].value == 3.5


def test_mended_it_can_be_imported_again(bench: Workbench, register: Path, tmp_path: Path) -> None:
    preview = prepare(bench, register)
    apply(bench, preview, only_good=True)
    assert count(bench, Query(HOUSEHOLDS, 2026)) == 2
    path = tmp_path / "待改.xlsx"
    error_workbook(preview, path)
    mended = openpyxl.load_workbook(path)
    mended.active["I4"] = 3
    mended.active["D5"] = IDS[2]
    mended.save(path)
    again = prepare(bench, path)
    assert again.findings == []
    assert again.comparison is not None
    assert [record.head_name for record in again.comparison.added] == ["李亚二", "李亚三"]
    apply(bench, again)
    assert count(bench, Query(HOUSEHOLDS, 2026)) == 4
    assert count(bench, Query(FARM_ITEMS, 2026)) == 5


def test_not_mended_it_is_just_as_bad_and_grows_no_second_column(bench: Workbench, register: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "一.xlsx", tmp_path / "二.xlsx"
    error_workbook(prepare(bench, register), first)
    again = prepare(bench, first)
    assert [one.code for one in again.findings] == ["import.not_a_number", "import.id_wrong"]
    error_workbook(again, second)
    heads = [cell.value for cell in sheet(second)[2]]
    assert heads == [EXPLANATION, *HEAD]


def test_without_bad_rows_it_holds_those_with_warnings(bench: Workbench, tmp_path: Path) -> None:
    head = (*HEAD, "联系电话")
    path = book(tmp_path / "a.xlsx", [head, [*household(0), "1380000011"], [*household(1), "13800000113"]])
    assert error_workbook(prepare(bench, path), tmp_path / "b.xlsx") == 1
    found = sheet(tmp_path / "b.xlsx")
    assert found["K2"].fill.fgColor.rgb == "FFFFEB9C"


def test_household_cells_merged_in_the_file_stand_in_every_row(bench: Workbench, tmp_path: Path) -> None:
    rows = [HEAD, household(0), household(1, village="", accepted=-1), household(2, village="", accepted=-1)]
    path = book(tmp_path / "a.xlsx", rows, merges=["D2:D4"])
    error_workbook(prepare(bench, path), tmp_path / "b.xlsx")
    found = sheet(tmp_path / "b.xlsx")
    assert [found["E2"].value, found["E3"].value] == ["低岭村", "低岭村"]


def test_nothing_is_hidden_in_it(bench: Workbench, register: Path, tmp_path: Path) -> None:
    error_workbook(prepare(bench, register), tmp_path / "b.xlsx")
    with ZipFile(tmp_path / "b.xlsx") as package:
        names = package.namelist()
        texts = b"".join(package.read(name) for name in names)
    assert not [name for name in names if "comment" in name or "vml" in name]
    assert b'hidden="1"' not in texts
    assert "陈经办".encode() not in texts
    assert sheet(tmp_path / "b.xlsx").parent.properties.creator == "产业扶贫工作台"


def test_text_that_looks_like_a_formula_stays_text(bench: Workbench, tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [(*HEAD, "备注"), [*household(0, accepted=-1), ""]])
    made = openpyxl.load_workbook(path)
    made.active["J2"].value = "=1+1"
    made.active["J2"].data_type = "s"
    made.save(path)
    error_workbook(prepare(bench, path), tmp_path / "b.xlsx")
    cell = sheet(tmp_path / "b.xlsx")["K2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
