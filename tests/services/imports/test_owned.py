"""Lists of the records of one owner: imported among them alone, kept to the rules of the whole list; and pasted blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import exports, funds, history, registers
from fupin_desktop.services.imports.apply import apply
from fupin_desktop.services.imports.flat.importer import flat_importer
from fupin_desktop.services.imports.flat.pasted import by_content, by_heading
from fupin_desktop.services.imports.importers import importer_of
from fupin_desktop.services.imports.preview import Preview, prepare
from fupin_desktop.services.registers import PERSONS, Query
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.conftest import bench as bench
from tests.services.funds.office import DONATION, DONORS, UNIT, add, donor_paper, donors_of, give
from tests.services.register_office import Clock, make_office
from tests.services.registers.invented import Invented, invented
from tests.services.sheets.doors import write

HEAD = ("序号", "捐赠人(单位或个人)", "捐款金额(元)", "捐款时间", "匿名", "备注")
FIRM = (1, "吴川市金穗米业有限公司", 20000, "2026年1月30日", "", "")
QUIET = (2, "张三", "100.5元", "", "匿名", "镇中学教师")


@pytest.fixture
def source(bench: Workbench) -> str:
    """50 000.50 yuan, assigned and arrived."""
    return add(bench, DONATION)


def prepared(bench: Workbench, source: str, path: Path, *rows: Sequence[Any]) -> Preview:
    return prepare(bench, write(path, rows), importer=importer_of(DONORS, source))


def told(preview: Preview) -> list[str]:
    return [f"{one.cell} {one.sentence}" for one in preview.findings if one.must]


def names(bench: Workbench, source: str) -> list[str]:
    return [name for (name,) in donors_of(bench, source, "name")]


# ---- one owner's list ----
def test_a_list_comes_behind_what_is_there_and_again_changes_nothing(
    bench: Workbench, source: str, tmp_path: Path
) -> None:
    give(bench, source, {"name": "李四", "amount": "300"})
    path = tmp_path / "名单.xlsx"
    foot = (("合计", "", 20100.5), ("制表：陈经办",))
    preview = prepared(bench, source, path, ("塘㙍镇捐款名单",), HEAD, FIRM, QUIET, (3, *QUIET[1:]), *foot)
    assert (told(preview), preview.missing) == ([], [])
    assert [one.word for one in preview.tables if one.count] == ["新增的捐赠人", "文件里没有的捐赠人"]
    change = apply(bench, preview)
    assert "funds" in change.nouns
    assert donors_of(bench, source, "name", "amount", "given_on", "anonymous", "note") == [
        ("李四", "300.00", "", "否", ""),
        ("吴川市金穗米业有限公司", "20,000.00", "2026-01-30", "否", ""),
        *[("张三", "100.50", "", "是", "镇中学教师")] * 2,
    ]
    again = prepare(bench, path, importer=importer_of(DONORS, source))
    assert told(again) == []
    assert apply(bench, again).message.startswith("没有变化")
    history.undo(bench)
    assert names(bench, source) == ["李四"]


def test_equal_donors_of_another_source_are_others(bench: Workbench, source: str, tmp_path: Path) -> None:
    other = add(bench, UNIT)
    give(bench, other, {"name": FIRM[1], "amount": "20000", "given_on": "2026-01-30"})
    apply(bench, prepared(bench, source, tmp_path / "名单.xlsx", HEAD, FIRM))
    assert names(bench, source) == names(bench, other) == [FIRM[1]]


def test_a_row_that_names_another_source_stays_out(bench: Workbench, source: str, tmp_path: Path) -> None:
    add(bench, UNIT)
    head = (*HEAD, "资金名称")
    rows = [(*FIRM, UNIT.name), (*QUIET, DONATION.name), (3, "李四", 5, "", "", "", "")]
    preview = prepared(bench, source, tmp_path / "名单.xlsx", head, *rows)
    assert told(preview) == [f"G2 这一行是“{UNIT.name}”的，不是现在这一笔资金的"]
    apply(bench, preview, only_good=True)
    assert names(bench, source) == ["张三", "李四"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ((1, "", 5), "B2 没有填写捐赠人"), ((1, "甲", ""), "C2 金额应大于 0"), ((1, "甲", 0), "C2 金额应大于 0"),
        ((1, "甲", "壹佰"), "C2 金额“壹佰”不是数字"), ((1, "甲", 5, "2026-03-03"), "D2 2026-03-03 在今天以后"),
        ((1, "甲", 5, "", "也许"), "E2 匿名应填“是”或“否”，这里是“也许”"),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_cell(
    bench: Workbench, source: str, row: tuple[Any, ...], problem: str, tmp_path: Path
) -> None:
    assert problem in told(prepared(bench, source, tmp_path / "名单.xlsx", HEAD, row))


def test_a_list_above_what_is_assigned_stays_out_from_the_row_that_is_too_much(
    bench: Workbench, source: str, tmp_path: Path
) -> None:
    give(bench, source, {"name": FIRM[1], "amount": "20000", "given_on": "2026-01-30"}, {"name": "李四", "amount": "10000"})
    rows = [FIRM, (2, "甲", 15000), (3, "乙", 5000.51), (4, "丙", 0.5), ("", "丁", "x")]
    preview = prepared(bench, source, tmp_path / "名单.xlsx", HEAD, *rows)
    sentence = "捐赠名单合计 50,001.01 元，超过下达金额 50,000.50 元，多出 0.51 元"
    assert told(preview) == [f"C4 {sentence}", f"C5 {sentence}", "C6 金额“x”不是数字"]
    with pytest.raises(NotAllowed, match="3 行有错"):
        apply(bench, preview)
    apply(bench, preview, only_good=True)
    assert names(bench, source) == [FIRM[1], "李四", "甲"]
    apply(bench, prepared(bench, source, tmp_path / "b.xlsx", HEAD, (1, "乙", 5000.5)))
    assert donors_of(bench, source, "amount")[-1] == ("5,000.50",)


def test_nothing_is_written_to_a_void_source(bench: Workbench, source: str, tmp_path: Path) -> None:
    preview = prepared(bench, source, tmp_path / "名单.xlsx", HEAD, FIRM)
    funds.void(bench, source, "重复登记")
    with pytest.raises(NotAllowed, match="已作废"):
        apply(bench, preview)
    assert names(bench, source) == []
    unowned = prepare(bench, write(tmp_path / "b.xlsx", [(*HEAD, "资金名称"), (*FIRM, DONATION.name)]), importer=flat_importer(DONORS))
    with pytest.raises(NotAllowed, match="已作废"):
        apply(bench, unowned)


@pytest.mark.parametrize("source_name", ["", "市财政局帮扶"])
def test_without_an_owner_each_row_names_its_source(bench: Workbench, source_name: str, tmp_path: Path) -> None:
    key = add(bench, UNIT)
    path = write(tmp_path / "名单.xlsx", [(*HEAD, "资金名称"), (*FIRM, source_name)])
    preview = prepare(bench, path, importer=importer_of(DONORS))
    assert told(preview) == ([] if source_name else ["G2 没有写明是哪一笔资金"])
    apply(bench, preview, only_good=True)
    assert names(bench, key) == ([FIRM[1]] if source_name else [])


def test_a_list_that_was_written_can_be_read_again(bench: Workbench, source: str, tmp_path: Path) -> None:
    rows = [
        {"name": "吴川市金穗米业有限公司", "amount": "20,000.00", "given_on": "2026-01-30"},
        {"name": "张三", "amount": "100.50", "given_on": "2026-01-31", "anonymous": "是", "note": "镇中学教师"},
        {"name": "䶮𠅤·单", "amount": "0.01", "note": "定向"},
    ]
    give(bench, source, *rows)
    exports.export_query(bench, Query(DONORS, 2026, parent=source), tmp_path / "名单.xlsx", title="2026年捐款 捐赠人")
    donor_paper(bench, source).write(tmp_path / "公开.xlsx")
    before = donors_of(bench, source, "name", "amount", "given_on", "anonymous", "note")
    registers.remove(bench, DONORS, give(bench, source))
    apply(bench, prepare(bench, tmp_path / "名单.xlsx", importer=importer_of(DONORS, source)))
    assert donors_of(bench, source, "name", "amount", "given_on", "anonymous", "note") == before
    other = add(bench, UNIT)
    apply(bench, prepare(bench, tmp_path / "公开.xlsx", importer=importer_of(DONORS, other)))
    assert names(bench, other) == ["吴川市金穗米业有限公司", "爱心人士", "䶮𠅤·单"]


# ---- any child register ----
@pytest.fixture
def of(tmp_path: Path) -> Iterator[Invented]:
    with invented() as found:
        yield found


def test_the_records_of_one_owner_are_imported_into_any_child_register(of: Invented, tmp_path: Path) -> None:
    office = make_office(tmp_path / "数据", Clock())
    ponds = [
        registers.add(office, of.ponds, {"name": name, "village": "低岭村"}).change.keys[0]  # type: ignore[union-attr]
        for name in ("东塘", "西塘")
    ]
    path = write(tmp_path / "起捕.xlsx", [("鱼种", "起捕量(斤)", "卖得(万元)"), ("罗非", 1200, 0.9), ("草鱼", 30, "")])
    preview = prepare(office, path, importer=importer_of(of.harvests, ponds[1]))
    assert told(preview) == []
    apply(office, preview)
    found = registers.window(office, Query(of.harvests, 2026, parent=ponds[1]), 0, 9)
    assert sorted(row.cells for row in found) == [("西塘", "罗非", "1,200", "9,000.00"), ("西塘", "草鱼", "30", "")]
    assert registers.count(office, Query(of.harvests, 2026, parent=ponds[0])) == 0
    assert not importer_of(PERSONS, "x").takes_village(preview.mapping)
    office.close()


# ---- pasted blocks ----
def block(text: str) -> list[list[str]]:
    return registers.split_block(text.replace("\n", "\r\n"))


@pytest.mark.parametrize(
    ("text", "rows", "left_out"),
    [
        ("捐赠人\t金额\t日期\t备注\n张三\t500\t2026-1-5\t现金", [{"name": "张三", "amount": "500.00", "given_on": "2026-01-05", "note": "现金"}], ()),
        ("序号\t姓名\t捐款金额(元)\n1\t张三\t1,500.5\n合计\t\t1500.5", [{"name": "张三", "amount": "1,500.50"}], ("序号",)),
        ("金额\t单位\n20000\t市水务局", [{"name": "市水务局", "amount": "20,000.00"}], ()),
        ("单位\t姓名\t金额\n市水务局\t张三\t300", [{"name": "张三", "amount": "300.00"}], ("单位",)),
        ("捐赠人\t金额(万元)\n张三\t1.25", [{"name": "张三", "amount": "12,500.00"}], ()),
        ("捐赠人\t金额(美元)\t金额\n张三\t5\t30", [{"name": "张三", "amount": "30.00"}], ("金额(美元)",)),
        ("捐赠人\t金额\t日期\n张三\t伍块\t春天", [{"name": "张三", "amount": "伍块", "given_on": "春天"}], ()),
        ("捐赠人\t金额\t是否匿名\n张三\t5\t匿名\n\n李四\t6\t否", [{"name": "张三", "amount": "5.00", "anonymous": "是"}, {"name": "李四", "amount": "6.00", "anonymous": "否"}], ()),
        ("捐赠人\t金额\n\t5", [{"amount": "5.00"}], ()),
    ],
)
def test_a_heading_tells_the_columns(text: str, rows: list[dict[str, str]], left_out: tuple[str, ...]) -> None:
    assert by_heading(DONORS, block(text)) == (rows, left_out)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("张三\t500\n李四\t300", [{"name": "张三", "amount": "500"}, {"name": "李四", "amount": "300"}]),
        ("1\t张三\t500\n2\t李四\t300\n\t合计\t800", [{"name": "张三", "amount": "500"}, {"name": "李四", "amount": "300"}]),
        ("2026-1-5\t张三\t500\t现金", [{"given_on": "2026-1-5", "name": "张三", "amount": "500", "note": "现金"}]),
        ("张三\t13800138000\t500", [{"name": "张三", "note": "13800138000", "amount": "500"}]),
        ("张三\t是\t500", [{"name": "张三", "anonymous": "是", "amount": "500"}]),
    ],
)
def test_without_a_heading_columns_are_known_by_what_they_hold(text: str, rows: list[dict[str, str]]) -> None:
    assert by_heading(DONORS, block(text)) is None
    found = by_content(DONORS, block(text))
    assert found is not None
    assert found.rows == rows


@pytest.mark.parametrize("text", ["张三\t现金", "2026-1-5\t春天"])
def test_what_lacks_a_name_or_an_amount_is_no_row(text: str) -> None:
    assert by_content(DONORS, block(text)) is None


def test_a_block_of_a_register_in_villages_is_known_too(of: Invented) -> None:
    found = by_heading(of.ponds, block("塘名\t行政村\t水面(公顷)\t承包户\n东塘\t低岭村\t2\t李亚保"))
    assert found == ([{"name": "东塘", "village": "低岭村", "size": "30.000", "keeper": "李亚保"}], ())
