"""A ledger kept in a spreadsheet: read exactly, every fault at its cell, taken in once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlwt
from openpyxl import Workbook

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.errors import NotAllowed, UnreadableFile
from fupin_desktop.services import funds, villages
from fupin_desktop.services.funds import FundTarget, LedgerFilter, imports, ledger
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import (
    DONATION,
    PLAN,
    UNIT,
    D,
    add,
    balances_paper,
    entry_keys,
    keep_scheme,
    ledger_paper,
    money_office,
    on,
    rows,
    village,
)
from tests.services.imports.making import ods

ENTRIES = ("日期", "资金类别", "资金名称", "文号", "类型", "对象类别", "安排对象", "收款单位", "凭证号", "金额(元)", "摘要")
GOOD: list[Sequence[Any]] = [
    ("2026-01-10", "上级财政专项资金", "专项资金", "湛财农〔2026〕18号", "下达", "", "", "", "", 100000.1, "第一批"),
    (date(2026, 1, 12), "", "专项资金", "", "到账", "", "", "", "收1", "100,000.10", ""),
    ("2026年1月20日", "", "专项资金", "", "安排", "村", "低岭村", "", "", 60000.05, ""),
    ("2026.1.25", "", "专项资金", "", "拨付", "村", "低岭村", "种子站", 12.0, "¥2000.01元", "种苗"),
    ("2026/2/1", "", "专项资金", "", "冲销拨付", "村", "低岭村", "种子站", "12", 0.01, "退回1分"),
    ("2026-02-02", "", "专项资金", "", "安排", "使用计划", "水稻基地", "", "", "300", ""),
    ("2026-02-03", "", "专项资金", "", "安排", "使用计划", "水稻基地", "", "", "-100", "多安排"),
]


def book(path: Path, *sheets: tuple[str, list[Sequence[Any]]]) -> Path:
    made = Workbook()
    made.remove(made.active)
    for name, lines in sheets:
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    made.save(path)
    return path


def entries_book(path: Path, *lines: Sequence[Any]) -> Path:
    return book(path, ("台账", [("2026年度资金台账",), ENTRIES, *lines, ("合计", "", "", "", "", "", "", "", "", 1)]))


def moneys(bench: Workbench) -> list[tuple[Decimal, ...]]:
    return [(one.assigned, one.received, one.allocated, one.paid) for one in funds.balances(bench, 2026)]


def told(found: imports.LedgerImport) -> list[str]:
    return [f"{one.cell} {one.sentence}" for one in found.problems]


def test_every_kind_of_row_is_read_exactly_and_only_once(bench: Workbench, tmp_path: Path) -> None:
    path = entries_book(tmp_path / "旧台账.xlsx", *GOOD)
    found = imports.read_ledger(bench, path)
    assert told(found) == []
    assert (len(found.good), found.known, len(found.sources)) == (7, 0, 1)
    assert found.total(EntryKind.PAID) == D(2000)
    assert rows(bench) == []
    change = imports.take(bench, found)
    assert change.message == "已导入资金台账 旧台账.xlsx：新增来源 1 笔、记录 7 条，已有 0 条"
    assert moneys(bench) == [(D("100000.10"), D("100000.10"), D("60200.05"), D("2000.00"))]
    (source,) = funds.balances(bench, 2026)
    assert (source.kind, source.document_no, source.received_on) == (FundKind.SUPERIOR, "湛财农〔2026〕18号", date(2026, 1, 12))
    lines = funds.entries(bench, LedgerFilter(2026))
    assert [line.left for line in lines if line.kind is EntryKind.PAID] == [D(2000), 0]
    assert lines[3].paper_no == "12"
    assert funds.target_balance(bench, village(bench)).left == D("58000.05")
    again = imports.read_ledger(bench, path)
    assert (len(again.good), again.known, again.sources) == (0, 7, ())
    assert imports.take(bench, again).message.startswith("没有变化")
    assert imports.take(bench, found).message.startswith("没有变化")
    assert len(rows(bench)) == 7


def test_equal_rows_count_as_often_as_they_stand_there(bench: Workbench, tmp_path: Path) -> None:
    more = [*GOOD[:2], *[("2026-02-05", "", "专项资金", "", "安排", "村", "低岭村", "", "", 10, "")] * 2]
    imports.take(bench, imports.read_ledger(bench, entries_book(tmp_path / "一.xlsx", *more)))
    assert moneys(bench)[0][2] == 20
    third = imports.read_ledger(bench, entries_book(tmp_path / "二.xlsx", *more, more[-1]))
    assert (len(third.good), third.known) == (1, 4)
    imports.take(bench, third)
    assert moneys(bench)[0][2] == 30


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (("", "", "专项资金", "", "到账", "", "", "", "", 1, ""), "A5 没有日期"),
        (("三月", "", "专项资金", "", "到账", "", "", "", "", 1, ""), "A5 日期“三月”不是日期"),
        (("2026-03-03", "", "专项资金", "", "下达", "", "", "", "", 1, ""), "A5 日期2026年3月3日晚于今天"),
        (("2026-02-01", "", "", "", "到账", "", "", "", "", 1, ""), "C5 没有资金名称"),
        (("2026-02-01", "", "别的钱", "", "到账", "", "", "", "", 1, ""), "B5 资金来源“别的钱”没有登记，也没有写资金类别"),
        (("2026-02-01", "善款", "别的钱", "", "到账", "", "", "", "", 1, ""), "B5 资金类别“善款”认不出来"),
        (("2026-02-01", "", "专项资金", "", "借出", "", "", "", "", 1, ""), "E5 类型“借出”认不出来"),
        (("2026-02-01", "", "专项资金", "", "到账", "", "", "", "", "", ""), "J5 没有金额"),
        (("2026-02-01", "", "专项资金", "", "到账", "", "", "", "", "一万", ""), "J5 金额“一万”不是数字"),
        (("2026-02-01", "", "专项资金", "", "安排", "村", "低岭村", "", "", 0.001, ""), "J5 金额最多填2位小数，这里是“0.001”"),
        (("2026-02-01", "", "专项资金", "", "安排", "", "", "", "", 1, ""), "G5 没有写安排给谁"),
        (("2026-02-01", "", "专项资金", "", "安排", "村", "无名村", "", "", 1, ""), "G5 “无名村”不是本单位登记的村"),
        (("2026-02-01", "", "专项资金", "", "安排", "组", "低岭村", "", "", 1, ""), "F5 对象类别“组”认不出来"),
        (("2026-02-01", "", "专项资金", "", "安排", "", "某计划", "", "", 100000.11, ""), (
            "J5 “专项资金”到2026年2月1日到账 100,000.10 元，安排合计将达 100,000.11 元，超出 0.01 元"
        )),
        (("2026-01-11", "", "专项资金", "", "安排", "", "某计划", "", "", 1, ""), "J5 “专项资金”到2026年1月11日到账 0.00 元，安排合计将达 1.00 元，超出 1.00 元"),
        (("2026-02-01", "", "专项资金", "", "拨付", "村", "低岭村", "", "", 1, ""), (
            "J5 “专项资金”到2026年2月1日安排 0.00 元(对象：低岭村)，拨付合计将达 1.00 元，超出 1.00 元"
        )),
        (("2026-02-01", "", "专项资金", "", "到账", "", "", "", "", 0.01, ""), "J5 “专项资金”到2026年2月1日下达 100,000.10 元，到账合计将达 100,000.11 元，超出 0.01 元"),
        (("2026-02-01", "", "专项资金", "", "冲销到账", "", "", "", "", 100000.11, ""), "J5 要冲销的 100,000.11 元找不到原来的一笔"),
        (("2026-02-01", "", "专项资金", "", "到账", "", "", "", "", "#REF!", ""), "J5 格子里是公式错误“#REF!”"),
    ],
)  # fmt: skip
def test_each_fault_is_told_at_its_cell_and_keeps_only_its_row_out(
    bench: Workbench, tmp_path: Path, line: Sequence[Any], problem: str
) -> None:
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *GOOD[:2], line))
    assert [one.text for one in found.faults] == [found.faults[0].text]
    assert problem in told(found)
    assert found.faults[0].sheet == "台账"
    assert found.faults[0].todo
    with pytest.raises(NotAllowed, match="1 处错误"):
        imports.take(bench, found)
    assert rows(bench) == []
    imports.take(bench, found, only_good=True)
    assert moneys(bench) == [(D("100000.10"), D("100000.10"), 0, 0)]


def test_what_counters_a_faulty_row_is_faulty_too(bench: Workbench, tmp_path: Path) -> None:
    lines = [
        *GOOD[:2],
        ("2026-02-01", "", "专项资金", "", "安排", "", "某计划", "", "", 100000.11, ""),
        ("2026-02-02", "", "专项资金", "", "安排", "", "某计划", "", "", -100000.11, ""),
    ]
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *lines))
    assert [one.cell for one in found.faults] == ["J5", "J6"]
    assert "它要冲销的那一笔有错" in found.faults[1].sentence
    imports.take(bench, found, only_good=True)
    assert moneys(bench) == [(D("100000.10"), D("100000.10"), 0, 0)]


def test_rows_are_tried_beside_what_the_ledger_has(bench: Workbench, tmp_path: Path) -> None:
    """Money allocated later already is missing for an earlier day."""
    key = add(bench, DONATION)
    funds.allocate(bench, key, PLAN, D("50000.00"), on(20))
    lines = [
        ("2026-02-05", "", "2026年捐款", "", "安排", "", PLAN.name, "", "", 0.5, ""),
        ("2026-02-06", "", "2026年捐款", "", "安排", "", PLAN.name, "", "", 0.01, ""),
        ("2026-02-05", "", "2026年捐款", "", "拨付", "", PLAN.name, "", "", 0.5, ""),
    ]
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *lines))
    assert told(found) == [
        "J4 “2026年捐款”到2026年2月20日到账 50,000.50 元，安排合计将达 50,000.51 元，超出 0.01 元"
    ]
    imports.take(bench, found, only_good=True)
    assert moneys(bench)[0][2:] == (D("50000.50"), D("0.50"))


def test_old_and_open_formats_are_read_as_well(bench: Workbench, tmp_path: Path) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("台账")
    for row, line in enumerate((ENTRIES, *GOOD[:2])):
        for column, cell in enumerate(line):
            style = xlwt.easyxf(num_format_str="YYYY-MM-DD") if isinstance(cell, date) else xlwt.Style.default_style
            sheet.write(row, column, cell, style)
    made.save(tmp_path / "旧.xls")
    cells = "".join(
        "<table:table-row>" + "".join(f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>' for cell in line)
        + "</table:table-row>" for line in (ENTRIES, *GOOD[:2])
    )  # fmt: skip
    for path in (tmp_path / "旧.xls", ods(tmp_path / "开放.ods", cells)):
        found = imports.read_ledger(bench, path)
        assert told(found) == []
        assert [(one.draft.dated, one.draft.amount) for one in found.good] == [
            (date(2026, 1, 10), D("100000.10")), (date(2026, 1, 12), D("100000.10")),
        ]  # fmt: skip


def test_a_new_name_becomes_a_plan_and_is_told(bench: Workbench, tmp_path: Path) -> None:
    line = ("2026-02-01", "", "专项资金", "", "安排", "", "水稻基地二期", "", "", 5, "")
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *GOOD[:2], line, line))
    assert [(one.must, one.cell) for one in found.problems] == [(False, "G5")]
    imports.take(bench, found)
    assert funds.target_balance(bench, FundTarget(TargetKind.PLAN, "", "水稻基地二期")).allocated == 10


def test_a_village_that_takes_no_part_is_told_where_no_reason_stands(bench: Workbench, tmp_path: Path) -> None:
    lines = [
        *GOOD[:2],
        *[("2026-02-01", "", "专项资金", "", "安排", "村", name, "", "", 5, note)
          for name, note in (("那罗村", ""), ("那罗村", "今年起参与"), ("低岭村", ""))],
    ]  # fmt: skip
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *lines))
    assert [(one.must, one.cell) for one in found.problems] == [(False, "G5")]
    assert "吴川 三(一)5" in found.problems[0].sentence
    imports.take(bench, found)
    assert moneys(bench)[0][2] == 15


def test_bound_and_void_money_takes_nothing(bench: Workbench, tmp_path: Path) -> None:
    key = add(bench, replace(DONATION, original_plan="光伏电站"))
    funds.void(bench, add(bench, replace(UNIT, received_on=on(1))), "重复")
    scheme = keep_scheme(bench, funds.as_source(UNIT))
    assert scheme
    lines = [
        ("2026-02-05", "", "2026年捐款", "", "安排", "奖补方案", "方案", "", "", 1, ""),
        ("2026-02-05", "", "2026年捐款", "", "安排", "使用计划", "光伏电站维修", "", "", 1, ""),
        ("2026-02-05", "", "市财政局帮扶", "", "到账", "", "", "", "", 1, ""),
    ]
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *lines))
    assert [one.cell for one in found.faults] == ["G3", "C5"]
    assert "原定用途" in found.faults[0].sentence
    assert "已作废" in found.faults[1].sentence
    imports.take(bench, found, only_good=True)
    assert funds.balances(bench, 2026)[0].allocated == 1
    assert funds.balances(bench, 2026)[0].key == key


def test_columns_of_the_kinds_ten_thousands_and_two_rows_of_headings(bench: Workbench, tmp_path: Path) -> None:
    sheet = [
        ("某镇资金收支明细",),
        ("日期", "资金来源", "资金种类", "用款单位", "发生额", "", "", "", "余额"),
        ("", "", "", "", "指标金额(万元)", "收入", "安排金额", "支出", ""),
        ("2026-01-05", "捐款", "6·30捐款", "", 1.23456, "", "", "", ""),
        (datetime(2026, 1, 6), "捐款", "", "低岭村", "", 12345.6, 45.67, 45.67, 12299.93),  # noqa: DTZ001
        ("", "", "", "合　计", "", 12345.6, 45.67, 45.67, ""),
        ("注：单位元",),
    ]  # fmt: skip
    found = imports.read_ledger(bench, book(tmp_path / "a.xlsx", ("收支", sheet), ("说明", [("随便写的",)])))
    assert told(found) == ["E3 “指标金额(万元)”的单位是万元，已按1万元=10000元换算"]
    imports.take(bench, found)
    assert moneys(bench) == [(D("12345.60"), D("12345.60"), D("45.67"), D("45.67"))]


def test_a_list_of_sources_alone_tells_what_was_assigned_and_arrived(bench: Workbench, tmp_path: Path) -> None:
    heading = ("序号", "资金类别", "资金名称", "文号", "下达", "到账", "到账日期", "原定用途", "备注")
    sheet = [
        heading,
        (1, "“人均2万”财政扶贫资金", "人均2万", "吴扶〔2018〕2号", "300000", "", date(2026, 1, 8), "光伏电站", ""),
        (2, "其他", "部分到账", "", 500, 200, "2026-02-01", "", "分次"),
        (3, "其他", "无日期", "", 500, 200, "", "", ""),
        (4, "其他", "没有金额", "", "", "", "", "", ""),
        (5, "", "没有类别", "", 1, "", "", "", ""),
        ("", "", "合计", "", 1300, "", "", "", ""),
    ]  # fmt: skip
    found = imports.read_ledger(bench, book(tmp_path / "来源.xlsx", ("资金来源", sheet)))
    assert [one.cell for one in found.faults] == ["G4", "B6"]
    imports.take(bench, found, only_good=True)
    assert [(one.name, one.assigned, one.received, one.note, one.original_plan) for one in funds.balances(bench, 2026)] == [
        ("人均2万", 300000, 300000, "", "光伏电站"), ("部分到账", 500, 200, "分次", ""), ("没有金额", 0, 0, "", ""),
    ]  # fmt: skip
    again = imports.read_ledger(bench, tmp_path / "来源.xlsx")
    assert (len(again.good), [one.form.name for one in again.sources]) == (0, ["无日期"])


def test_money_in_a_list_of_sources_gives_way_to_entries(bench: Workbench, tmp_path: Path) -> None:
    listed = [
        ("资金类别", "资金名称", "下达", "下达日期", "到账日期", "备注"),
        ("其他", "专项资金", 999, "2026-01-01", "2026-01-01", "说明"),
        ("其他", "另一笔", 9, "2026-01-01", "2026-01-03", ""),
    ]
    lines = [ENTRIES, ("2026-02-01", "", "专项资金", "", "到账", "", "", "", "", 5, "")]
    imports.take(bench, imports.read_ledger(bench, book(tmp_path / "两表.xlsx", ("明细", lines), ("来源", listed))))
    assert sorted(moneys(bench)) == [(0, 5, 0, 0), (9, 9, 0, 0)]
    assert {one.name: one.note for one in funds.balances(bench, 2026)} == {"专项资金": "说明", "另一笔": ""}
    days = {line.kind: line.dated for line in funds.entries(bench, LedgerFilter(2026, text="另一笔"))}
    assert days == {EntryKind.ASSIGNED: date(2026, 1, 1), EntryKind.RECEIVED: date(2026, 1, 3)}


def test_a_file_without_a_ledger_is_told(bench: Workbench, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="没有认出资金台账的表头"):
        imports.read_ledger(bench, book(tmp_path / "名单.xlsx", ("名单", [("姓名", "电话"), ("甲", "1")])))


def test_two_sources_of_one_name_need_more_than_the_name(bench: Workbench, tmp_path: Path) -> None:
    add(bench, replace(UNIT, name="同名"))
    funds.add(bench, replace(UNIT, name="同名", document_no="另一文号"))
    lines = [
        ("2026-02-05", "", "同名", "", "到账", "", "", "", "", 1, ""),
        ("2026-02-05", "", "同名", "另一文号", "到账", "", "", "", "", 2, ""),
    ]
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *lines))
    assert told(found) == ["D3 有 2 笔资金都叫“同名”"]
    imports.take(bench, found, only_good=True)
    assert [one.received for one in funds.balances(bench, 2026)] == [0, 2]


@pytest.mark.parametrize("word", ["无", "-", 0, "待补", "/"])
def test_what_stands_for_nothing_makes_no_other_source(bench: Workbench, tmp_path: Path, word: object) -> None:
    add(bench, UNIT)
    line = ("2026-02-05", "", UNIT.name, word, "到账", "", "", word, word, 1, "")
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", line))
    assert (told(found), found.sources) == ([], ())
    assert [(one.draft.paper_no, one.draft.payee) for one in found.rows] == [("", "")]


def test_columns_that_are_not_used_are_named(bench: Workbench, tmp_path: Path) -> None:
    add(bench, UNIT)
    line = ("2026-02-05", "", UNIT.name, "", "到账", "", "", "", "", 1, "", "张三", 5, 7)
    found = imports.read_ledger(bench, book(tmp_path / "台账.xlsx", ("台账", [(*ENTRIES, "经办人", "余额", "财政局编码"), line])))
    assert told(found) == ["第1行 没有用上的列：经办人、财政局编码"]
    assert len(found.good) == 1


def test_a_number_that_became_a_date_is_asked(bench: Workbench, tmp_path: Path) -> None:
    add(bench, UNIT)
    line = ("2026-02-05", "", UNIT.name, "", "到账", "", "", "", date(2026, 1, 2), 1, "")
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", line))
    assert [one[:33] for one in told(found)] == ["I3 凭证号格子里是日期“2026-01-02”，多半是“1-2”"]
    assert found.good == ()


def test_two_targets_of_one_name_need_more_than_the_name(bench: Workbench, tmp_path: Path) -> None:
    add(bench, replace(UNIT, name="专项资金"))
    villages.add(bench, villages.VillageForm("低岭村", town="覃巴镇"))
    lines = [
        ("2026-02-05", "", "专项资金", "", "安排", told_kind, name, "", "", 1, "")
        for told_kind, name in (("", "低岭村"), ("村", "低岭村"), ("", "覃巴镇低岭村"), ("使用计划", "低岭村"))
    ]
    found = imports.read_ledger(bench, entries_book(tmp_path / "台账.xlsx", *lines))
    assert told(found)[:2] == ["G3 有 2 个安排对象叫“低岭村”(村)", "G4 有 2 个安排对象叫“低岭村”(村)"]
    assert [one.draft.target.name for one in found.rows if one.draft.target] == ["低岭村", "低岭村"]


def test_what_was_written_meanwhile_is_seen(bench: Workbench, tmp_path: Path) -> None:
    path = entries_book(tmp_path / "台账.xlsx", *GOOD)
    first, second = imports.read_ledger(bench, path), imports.read_ledger(bench, path)
    imports.take(bench, first)
    assert imports.take(bench, second).message.startswith("没有变化")


def full_ledger(bench: Workbench) -> None:
    """Every kind of entry, target and counter-entry, a void source, and money bound to a plan."""
    key, other = add(bench, DONATION), add(bench, UNIT)
    bound = add(bench, replace(DONATION, name="人均2万", kind=FundKind.PER_HEAD_20000, original_plan="光伏电站"))
    funds.receive(bench, other, D("12000.07"), on(3), "收3号", "首批")
    scheme = keep_scheme(bench, replace(funds.as_source(DONATION), amount=D(1000)))
    funds.allocate_scheme(bench, scheme, on(4))
    funds.allocate(bench, key, PLAN, D("20000.25"), on(5), "首批")
    funds.allocate(bench, other, PLAN, D("0.07"), on(5))
    funds.allocate(bench, other, village(bench), D(70), on(5))
    funds.allocate(bench, bound, FundTarget(TargetKind.PLAN, "g" * 32, "光伏电站"), D(5), on(5))
    funds.pay(bench, key, PLAN, D("5000.01"), on(8), "塘㙍种子站", "支1号", note="种苗款")
    funds.pay(bench, key, PLAN, D("5000.01"), on(8), "塘㙍种子站", "支1号", note="种苗款")
    funds.counter(bench, entry_keys(bench, key, EntryKind.PAID)[0], on(9), "重复")
    with bench.write("tests.correct", "更正", undoable=False) as unit:
        ledger.post(bench, unit, *ledger.reversals(unit.session, village(bench), on(10), "更正"))
    funds.update(bench, other, replace(UNIT, amount=D(31000), received_on=on(3)), reason="追加")
    funds.void(bench, add(bench, replace(UNIT, name="误登", received_on=on(1))), "误登")


def test_the_printed_workbook_read_again_adds_nothing(bench: Workbench, tmp_path: Path) -> None:
    full_ledger(bench)
    before = [one.key for one in rows(bench)]
    ledger_paper(bench, LedgerFilter(2026)).write(tmp_path / "台账.xlsx")
    found = imports.read_ledger(bench, tmp_path / "台账.xlsx")
    assert [one.text for one in found.problems] == []
    assert (found.known, len(found.rows)) == (len(before), len(before))
    balances_paper(bench, 2026).write(tmp_path / "结存.xlsx")
    assert imports.read_ledger(bench, tmp_path / "结存.xlsx").good == ()
    imports.take(bench, found)
    assert [one.key for one in rows(bench)] == before


def test_the_plain_list_carries_a_whole_ledger_to_another_office(bench: Workbench, tmp_path: Path) -> None:
    full_ledger(bench)
    assert imports.write_list(bench, LedgerFilter(2026), tmp_path / "清单.xlsx") == len(rows(bench))
    assert imports.read_ledger(bench, tmp_path / "清单.xlsx").known == len(rows(bench))
    other = money_office(tmp_path / "另一台")
    found = imports.read_ledger(other, tmp_path / "清单.xlsx")
    assert [one.text for one in found.faults] == []
    imports.take(other, found)
    assert lines_of(other) == lines_of(bench)
    both = [{one.name: (one.kind, one.assigned, one.received, one.allocated, one.paid, one.original_plan)
             for one in funds.balances(office, 2026) if one.name != "误登"} for office in (bench, other)]  # fmt: skip
    assert both[0] == both[1]
    imports.write_list(other, LedgerFilter(2026), tmp_path / "再写.xlsx")
    assert imports.read_ledger(bench, tmp_path / "再写.xlsx").good == ()
    other.close()


def lines_of(bench: Workbench) -> list[tuple[object, ...]]:
    """The ledger as it is told, keys and the moment of writing aside, entries of one day in order of their content."""
    return sorted(
        (one.dated, one.source, one.kind, one.amount, one.target.name if one.target else "", one.payee, one.paper_no,
         one.note, bool(one.counters_key), one.countered)
        for one in funds.entries(bench, LedgerFilter(2026))
    )  # fmt: skip


def test_the_empty_list_can_be_filled_in(bench: Workbench, tmp_path: Path) -> None:
    imports.write_template(tmp_path / "空表.xlsx")
    assert imports.read_ledger(bench, tmp_path / "空表.xlsx").rows == ()
