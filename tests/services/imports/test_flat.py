"""Lists of registers that exist only in their description: read, compared, applied, taken back, with an error workbook."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history, registers
from fupin_desktop.services.imports.answers import RENAMED, Answers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.error_file import error_workbook
from fupin_desktop.services.imports.flat.importer import flat_importer
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.registers import HOUSEHOLDS, PERSONS, Query, Register
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, cell, make_office
from tests.services.registers.invented import Invented, invented
from tests.services.sheets.doors import write

HEAD = ("序号", "塘号", "鱼塘名称", "行政村", "承包户", "水质", "水面(亩)", "年租金（千元）", "集体占比", "承包日期", "是否投保", "用工")
EAST = (1, "Y1", "东塘", "低岭村", "李亚保", "淡水", "12.5亩", 1.5, "12.5%", "2026年1月5日", "是", "3人")
WEST = (2, "Y2", "西塘", "那罗村", "", "咸水", 3, "", "", "", "", "")


@pytest.fixture
def of() -> Iterator[Invented]:
    with invented() as made:
        yield made


@pytest.fixture
def bench(of: Invented, tmp_path: Path) -> Iterator[Workbench]:
    bench = make_office(tmp_path / "数据", Clock())
    add_household(bench, "李亚保", kind="参与")
    yield bench
    bench.close()


def prepared(bench: Workbench, register: Register, path: Path, rows: Sequence[Sequence[Any]], **more: Any) -> Preview:
    return prepare(bench, write(path, rows), importer=flat_importer(register), **more)


def told(preview: Preview) -> list[str]:
    return [f"{one.cell} {one.sentence}" for one in preview.findings if one.must]


def shown(bench: Workbench, register: Register, *columns: str) -> list[tuple[str, ...]]:
    rows = registers.window(bench, Query(register, bench.year), 0, 50)
    return [tuple(cell(row, column, register) for column in columns) for row in rows]


def test_a_list_is_read_compared_applied_and_taken_back(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    path = tmp_path / "鱼塘.xlsx"
    preview = prepared(bench, of.ponds, path, [("鱼塘台账",), HEAD, EAST, WEST, ("", "合计", "", "", "", "", 15.5)])
    assert told(preview) == []
    assert preview.summary == "2 口 2 行；新增 2 口，有变化 0 口，没有变化 0 口"
    assert preview.tables[0].lines()[0][:2] == ["东塘", "低岭村"]
    change = apply(bench, preview)
    assert change.message == "已导入 鱼塘.xlsx：新增 2 口，修改 0 口，没有变化 0 口"
    columns = ("number", "name", "village", "keeper", "water", "size", "rent", "share", "leased_on", "insured", "workers")
    assert set(shown(bench, of.ponds, *columns)) == {
        ("Y1", "东塘", "低岭村", "李亚保", "淡水", "12.500", "1,500.00", "12.5%", "2026-01-05", "是", "3"),
        ("Y2", "西塘", "那罗村", "", "咸水", "3.000", "", "", "", "", ""),
    }
    again = prepare(bench, path, importer=flat_importer(of.ponds))
    assert again.imported_at is not None
    assert apply(bench, again).message.startswith("没有变化")
    history.undo(bench)
    assert shown(bench, of.ponds, "name") == []


def test_changes_are_told_and_a_blank_erases_nothing(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    apply(bench, prepared(bench, of.ponds, tmp_path / "a.xlsx", [HEAD, EAST, WEST]))
    rows = [("塘号", "塘名", "行政村", "水面", "年租金"), ("Y1", "", "", 13, ""), ("Y3", "新塘", "低岭村", 1, "")]
    preview = prepared(bench, of.ponds, tmp_path / "b.xlsx", rows, village="低岭村")
    assert told(preview) == []
    assert [table.count for table in preview.tables] == [1, 1, 0]
    assert preview.tables[1].lines() == [("东塘", "水面：12.500 → 13.000")]
    apply(bench, preview)
    assert ("Y1", "东塘", "13.000", "1,500.00") in shown(bench, of.ponds, "number", "name", "size", "rent")


def test_registered_ones_that_the_file_does_not_name_are_told_and_stay(
    bench: Workbench, of: Invented, tmp_path: Path
) -> None:
    apply(bench, prepared(bench, of.ponds, tmp_path / "a.xlsx", [HEAD, EAST, WEST]))
    preview = prepared(bench, of.ponds, tmp_path / "b.xlsx", [HEAD, (*WEST[:6], 4, *WEST[7:]), EAST[:4]])
    assert preview.tables[2].lines() == []
    preview = prepared(bench, of.ponds, tmp_path / "c.xlsx", [HEAD[1:4], ("Y9", "东东塘", "低岭村")])
    assert preview.tables[2].lines() == [("东塘",)]
    apply(bench, preview)
    assert len(shown(bench, of.ponds, "name")) == 3


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ([("Y1", "", "低岭村")], ["C2 没有填写塘名"]),
        ([("Y1", "东塘", "无名村")], ["D2 台账里没有“无名村”"]),
        ([("Y1", "东塘", "")], ["D2 没有填写行政村"]),
        ([("Y1", "东塘", "低岭村", "王某")], ["E2 台账里没有“王某”"]),
        ([("Y1", "东塘", "低岭村", "", "浑水")], ["F2 水质“浑水”认不出来"]),
        ([("Y1", "东塘", "低岭村", "", "", "很大")], ["G2 水面“很大”不是数字"]),
        ([("Y1", "东塘", "低岭村"), ("Y2", "东塘", "低岭村")], ["C3 行政村、塘名与第2行相同"]),
        ([("Y1", "东塘", "低岭村", "", "咸水", 1, 1.001)], ["H2 咸水塘租金偏高，请核对"]),
    ],
)
def test_each_fault_is_told_at_its_cell(
    bench: Workbench, of: Invented, rows: list[tuple[Any, ...]], problems: list[str], tmp_path: Path
) -> None:
    preview = prepared(bench, of.ponds, tmp_path / "a.xlsx", [HEAD, *[("", *row) for row in rows]])
    assert told(preview) == problems
    with pytest.raises(NotAllowed):
        apply(bench, preview)
    apply(bench, preview, only_good=True)
    assert len(shown(bench, of.ponds, "name")) == len(rows) - 1


def test_rows_that_mean_two_records_or_one_twice_are_asked(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    apply(bench, prepared(bench, of.ponds, tmp_path / "a.xlsx", [HEAD, EAST, WEST]))
    rows = [("Y1", "西塘", "那罗村"), ("Y2", "西塘", "那罗村"), ("Y2", "", "那罗村")]
    preview = prepared(bench, of.ponds, tmp_path / "b.xlsx", [HEAD[1:4], *rows])
    assert told(preview) == ["A2 塘号是台账里“东塘”的，行政村、塘名却是“西塘”的", "A4 与第3行说的是台账里同一条"]


def test_a_record_called_otherwise_is_asked(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    apply(bench, prepared(bench, of.ponds, tmp_path / "a.xlsx", [HEAD, EAST]))
    rows = [HEAD[1:4], ("Y1", "大塘", "低岭村")]
    preview = prepared(bench, of.ponds, tmp_path / "b.xlsx", rows)
    assert told(preview) == ["A2 塘号在台账里已有一条，名称是“东塘”，这里是“大塘”"]
    apply(bench, prepared(bench, of.ponds, tmp_path / "b.xlsx", rows, answers=Answers(others=RENAMED)))
    assert shown(bench, of.ponds, "name") == [("大塘",)]


def test_the_error_workbook_is_mended_and_imported(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    preview = prepared(bench, of.ponds, tmp_path / "a.xlsx", [HEAD, EAST, (2, "Y2", "", "那罗村")])
    errors = tmp_path / "待改.xlsx"
    assert error_workbook(preview, errors) == 1
    book = openpyxl.load_workbook(errors)
    sheet = book.active
    (row,) = [row for row in sheet.iter_rows() if any(one.value == "Y2" for one in row)]
    (name,) = [one for one in row if one.column == [cell.value for cell in sheet[1]].index("鱼塘名称") + 1]
    name.value = "西塘"
    book.save(errors)
    mended = prepare(bench, errors, importer=flat_importer(of.ponds))
    assert told(mended) == []
    apply(bench, mended)
    assert shown(bench, of.ponds, "name") == [("西塘",)]


def test_children_find_what_they_belong_to(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    apply(bench, prepared(bench, of.ponds, tmp_path / "a.xlsx", [HEAD, EAST, WEST]))
    rows = [
        ("塘号", "塘名", "鱼种", "起捕量(斤)", "卖得"), ("Y1", "", "鲫鱼", 30, 300), ("", "西塘", "鲤鱼", 20, ""),
        ("Y1", "西塘", "草鱼", 1, 1), ("", "", "青鱼", 1, 1),
    ]  # fmt: skip
    preview = prepared(bench, of.harvests, tmp_path / "b.xlsx", rows)
    assert told(preview) == ["A4 台账里没有“Y1、西塘”这一口塘", "A5 没有写明是哪一口塘"]
    apply(bench, preview, only_good=True)
    assert set(shown(bench, of.harvests, "name", "fish", "caught", "earned")) == {
        ("东塘", "鲫鱼", "30", "300.00"), ("西塘", "鲤鱼", "20", ""),
    }
    assert set(shown(bench, of.ponds, "name", "crops")) == {("东塘", "1"), ("西塘", "1")}


def test_a_year_bound_list_of_another_year_is_asked(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    rows = [("年度", "行政村", "集市", "日期"), (bench.year, "低岭村", "春墟", "2026-02-01"), (2020, "低岭村", "老墟", "")]
    preview = prepared(bench, of.fairs, tmp_path / "a.xlsx", rows)
    assert told(preview) == [f"A3 这一行是2020年度的，现在的年度是{bench.year}"]
    apply(bench, preview, only_good=True)
    assert shown(bench, of.fairs, "name", "held_on") == [("春墟", "2026-02-01")]


def test_a_village_is_given_for_a_whole_list(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    rows = [("塘号", "塘名"), ("Y1", "东塘")]
    assert prepared(bench, of.ponds, tmp_path / "a.xlsx", rows).missing == ["行政村"]
    apply(bench, prepared(bench, of.ponds, tmp_path / "a.xlsx", rows, village="低岭村委会"))
    assert shown(bench, of.ponds, "name", "village") == [("东塘", "低岭村")]


def test_a_mapping_is_remembered(bench: Workbench, of: Invented, tmp_path: Path) -> None:
    rows = [("塘号", "叫什么", "行政村"), ("Y1", "东塘", "低岭村")]
    preview = prepared(bench, of.ponds, tmp_path / "a.xlsx", rows)
    assert preview.missing == ["塘名"]
    chosen = preview.mapping.with_column(1, "own.name")
    apply(bench, prepared(bench, of.ponds, tmp_path / "a.xlsx", rows, mapping=chosen))
    assert prepared(bench, of.ponds, tmp_path / "b.xlsx", [*rows, ("Y2", "西塘", "那罗村")]).missing == []


def test_households_keep_the_importer_that_gathers_them(of: Invented) -> None:
    assert importer_of(HOUSEHOLDS) is importer_of(PERSONS)
    assert importer_of(of.ponds) is flat_importer(of.ponds)
