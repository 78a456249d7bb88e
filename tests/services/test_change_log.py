"""Every change of the office can be found, told field by field, taken back and done again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import change_log, documents, history, holidays, registers
from fupin_desktop.services.change_log import Wanted
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, registry
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, add_item, make_office
from tests.services.registers.ledger_office import add, fill
from tests.statements import counted


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bench(tmp_path: Path, clock: Clock) -> Iterator[Workbench]:
    made = make_office(tmp_path / "office", clock)
    yield made
    made.close()


def titles(bench: Workbench, **wanted: object) -> list[str]:
    return [one.title for one in change_log.rows(bench, change_log.find(bench, Wanted(**wanted)))]  # type: ignore[arg-type]


def told(bench: Workbench, place: int = 0) -> list[tuple[str, str, str, str, str]]:
    one = change_log.rows(bench, change_log.find(bench, Wanted()))[place]
    parts = change_log.details(bench, one.key)
    return [(part.table, part.record, part.label, part.before, part.after) for part in parts]


def test_an_edit_is_told_with_what_was_before_and_after(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    registers.set_cells(bench, HOUSEHOLDS, [registers.CellEdit(key, "phone", "13800138000")])
    registers.set_cells(bench, HOUSEHOLDS, [registers.CellEdit(key, "phone", "13900139000")])
    assert ("农户", "低岭村 张三", "联系电话", "13800138000", "13900139000") in told(bench)
    add_item(bench, key, declared="3.2")
    assert ("种养项目", "张三 水稻", "申报数量", "", "3.2") in told(bench)
    item = registers.window(bench, registers.Query(FARM_ITEMS, bench.year), 0, 1)[0].key
    registers.remove(bench, FARM_ITEMS, [item])
    assert ("种养项目", "张三 水稻", "申报数量", "3.2", "") in told(bench)


def test_many_records_are_named_without_asking_for_each(bench: Workbench) -> None:
    names, asked = ("张三", "李四", "王五", "陈六", "梁七", "林八"), []
    keys = [add_household(bench, name) for name in names]
    for key in keys:
        add_item(bench, key)
    for some in (keys[:2], keys[2:]):
        registers.remove(bench, HOUSEHOLDS, some)
        history.undo(bench)
        one = change_log.rows(bench, change_log.find(bench, Wanted()))[0]
        with counted(bench) as sent:
            found = change_log.details(bench, one.key)
        asked.append(len(sent))
    assert asked[0] == asked[1]
    assert {part.record for part in found if part.table == "农户"} == {f"低岭村 {name}" for name in names[2:]}
    assert {part.record for part in found if part.table == "种养项目"} == {f"{name} 水稻" for name in names[2:]}


def test_settings_and_calendars_are_told_in_words(bench: Workbench) -> None:
    holidays.keep(bench, {date(2027, 1, 2): True, date(2027, 1, 1): False}, [2027])
    assert titles(bench)[0] == "修改放假和调休"
    assert told(bench) == [
        ("设置", "放假和调休", "值", "", "2027-01-01放假、2027-01-02上班"),
        ("设置", "已核对的年份", "值", "", "2027"),
    ]


def test_operations_are_found_by_person_day_record_table_and_words(bench: Workbench, clock: Clock) -> None:
    first = add_household(bench, "张三")
    clock.later(days=1)
    bench.clerk = "李审核"
    second = add_household(bench, "李四")
    add_item(bench, second)
    assert titles(bench, who="李审核") == titles(bench)[:2]
    assert titles(bench, first=date(2026, 3, 3)) == titles(bench)[:2]
    assert titles(bench, last=date(2026, 3, 2)) == titles(bench)[2:]
    assert titles(bench, key=second) == titles(bench)[:2]
    assert titles(bench, key=first) == titles(bench)[2:3]
    assert titles(bench, table="farm_items") == titles(bench)[:1]
    assert titles(bench, text="李四") == [title for title in titles(bench) if "李四" in title]
    assert titles(bench, text="水稻 李审核", within=True) == titles(bench)[:1]
    assert "李审核" in change_log.people(bench)
    assert ("farm_items", "种养项目") in change_log.table_choices(bench)


def test_the_order_is_that_of_the_log_though_the_clock_was_set_back(bench: Workbench, clock: Clock) -> None:
    key = add_household(bench, "张三")
    clock.later(days=-400)
    registers.set_cells(bench, HOUSEHOLDS, [registers.CellEdit(key, "phone", "13800138000")])
    assert change_log.rows(bench, change_log.find(bench, Wanted()))[0].at.year == 2025
    lines = history.entries(bench, "households", key)
    assert lines[0].label == "联系电话"
    assert lines[-1].at > lines[0].at


def test_who_took_what_back_is_told_and_it_can_be_done_again(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    registers.set_cells(bench, HOUSEHOLDS, [registers.CellEdit(key, "phone", "13800138000")])
    done = change_log.rows(bench, change_log.find(bench, Wanted()))[0]
    bench.clerk = "王管理"
    history.undo_one(bench, done.key)
    undo, again = change_log.rows(bench, change_log.find(bench, Wanted()))[:2]
    assert (again.undone, again.can_undo) == (True, False)
    assert again.state == "已由王管理于 2026-03-02 09:00 撤销"
    assert undo.state == f"撤销的是 2026-03-02 09:00 陈经办的第 {done.number} 号"
    history.redo_one(bench, done.key)
    assert ("农户", "低岭村 张三", "联系电话", "", "13800138000") in told(bench)
    with pytest.raises(NotAllowed, match="没有被撤销"):
        history.redo_one(bench, done.key)


def test_the_list_is_written_as_a_workbook(bench: Workbench, tmp_path: Path) -> None:
    add_household(bench, "张三")
    numbers = change_log.find(bench, Wanted())
    told_of: list[int] = []
    rows = change_log.write_changes(
        bench, numbers, tmp_path / "改动.xlsx", lambda done, _total, _text: told_of.append(done)
    )
    sheet = openpyxl.load_workbook(tmp_path / "改动.xlsx").active
    values = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows > len(numbers)
    assert any("张三" in str(cell) for row in values for cell in row)
    assert told_of == [0]


# ---- what is told of each kind of change ------------------------------------------------------------------------------
def edit(bench: Workbench, name: str, place: int = 0, **texts: str) -> str:
    """Type into a row of a register, in the order in which they came; its key."""
    register = registry.of(name)
    key = sorted(registers.all_keys(bench, registers.Query(register, bench.year)))[place]
    outcome = registers.set_cells(bench, register, [registers.CellEdit(key, column, text) for column, text in texts.items()])
    assert outcome.change, outcome.problems
    return key


def parts(bench: Workbench) -> list[tuple[str, str, str]]:
    """Field, before and after of the last operation, without its records."""
    return [(label, before, after) for _table, _record, label, before, after in told(bench)]


def test_another_village_is_told_in_the_list_and_in_the_history_of_the_household(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    edit(bench, "households", village="那罗村")
    assert told(bench) == [("农户", "那罗村 张三", "行政村", "低岭村", "那罗村")]
    line = history.entries(bench, "households", key)[0]
    assert (line.title, line.label, line.before, line.after) == ("修改行政村", "行政村", "低岭村", "那罗村")


@pytest.mark.parametrize(
    ("register", "texts", "label", "before", "after"),
    [
        ("microcredits", {"head_name": "李四"}, "户主姓名", "低岭村 张三", "那罗村 李四"),
        ("microcredits", {"project": "水稻基地"}, "用于项目", "", "低岭村 水稻基地"),
        ("microcredits", {"rate": "4.05%"}, "年利率", "4.35%", "4.05%"),
        ("microcredits", {"amount": "40000.50"}, "贷款金额", "50,000.00", "40,000.50"),
        ("microcredits", {"due_on": "2028-02-29"}, "到期日", "2027-01-02", "2028-02-29"),
        ("projects", {"entity": "水稻合作社"}, "实施主体", "", "低岭村 水稻合作社"),
        ("projects", {"quantity": "0.5"}, "建设数量", "120", "0.5"),
        ("projects", {"insured": "是"}, "投保", "", "是"),
        ("projects", {"linkages": "务工、股份合作"}, "利益联结方式", "务工、订单帮扶", "务工、股份合作"),
        ("entities", {"kind": "家庭农场"}, "主体类型", "农民合作社", "家庭农场"),
        ("assets", {"project": "莲藕基地"}, "形成项目", "低岭村 水稻基地", "低岭村 莲藕基地"),
    ],
)  # fmt: skip
def test_each_kind_of_field_is_told_as_the_window_shows_it(
    bench: Workbench, register: str, texts: dict[str, str], label: str, before: str, after: str
) -> None:
    add_household(bench, "张三")
    add_household(bench, "李四", "那罗村")
    fill(bench, "entities", "projects", "assets")
    assert add(bench, "projects", code="P2", name="莲藕基地").change
    assert add(bench, "microcredits", head_name="张三").change
    key = edit(bench, register, **texts)
    assert parts(bench) == [(label, before, after)]
    line = history.entries(bench, register, key)[0]
    assert (line.label, line.before, line.after) == (label, before, after)


def test_what_only_follows_from_others_is_no_line_of_its_own(bench: Workbench) -> None:
    add_household(bench, "张三", members="3")
    assert add(bench, "household_incomes", head_name="张三", business="", costs="", wages="300").change
    edit(bench, "household_incomes", wages="600")
    assert parts(bench) == [("工资性收入", "300.00", "600.00")]
    edit(bench, "households", head_name="张大")
    assert parts(bench) == [("户主姓名", "张三", "张大")]


def test_a_record_that_went_is_told_with_whose_it_was_and_what_it_held(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    assert add(bench, "microcredits", head_name="张三").change
    assert add(bench, "microcredit_repayments").change
    registers.remove(bench, HOUSEHOLDS, [key])
    lines = told(bench)
    assert ("小额信贷", "张三", "合同号", "X1", "") in lines
    assert ("农户", "低岭村 张三", "户主姓名", "张三", "") in lines
    assert [after for *_rest, after in lines] == [""] * len(lines)


def test_long_texts_are_cut_and_many_lines_end_where_they_are_told_to(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    outcome = registers.set_cells(bench, HOUSEHOLDS, [registers.CellEdit(key, "note", "长" * 500)])
    assert outcome.change
    assert parts(bench) == [("户备注", "", "长" * 199 + "…")]
    operation = change_log.rows(bench, change_log.find(bench, Wanted(text="新增农户")))[0]
    whole = change_log.details(bench, operation.key)
    assert [(one.table, one.label) for one in whole] == [("农户", "户主姓名"), ("农户年度情况", "本年已奖补")]
    assert change_log.details(bench, operation.key, 1) == whole[:1]


@pytest.mark.parametrize(
    ("name", "value", "title", "shown"),
    [
        ("reports.earlier_days", 5, "报表提前的天数", "5"),
        ("reports.done", ["2026-q1", "2026-q2"], "已报送的季度报表", "2026-q1、2026-q2"),
        ("operators.rules", {"on": True, "separate": True}, "操作人员规则", "启用操作人员、审核人不得是经办人"),
        ("operators.rules", {"on": False, "separate": True}, "操作人员规则", "审核人不得是经办人"),
        ("operators.rules", {"on": False}, "操作人员规则", "未启用"),
        ("backups.second_place", "E:\\备份", "第二处备份", "E:\\备份"),
        ("some.switch", True, "some.switch", "是"),
        ("some.switch", False, "some.switch", "否"),
        ("calendar.days", {"2026-10-10": True, "2026-10-09": False}, "放假和调休", "2026-10-09放假、2026-10-10上班"),
    ],
)
def test_every_setting_is_told_in_words(bench: Workbench, name: str, value: object, title: str, shown: str) -> None:
    bench.set_settings({name: value})
    assert told(bench) == [("设置", title, "值", "", shown)]


def test_what_was_typed_into_a_document_is_told_by_its_field(bench: Workbench) -> None:
    place = next(one for one in documents.places(bench, "village_application") if "低岭村" in one.name)
    key = documents.create(bench, "village_application", place.key).keys[0]
    documents.set_values(bench, key, {"base_name": "大垌片基地"})
    assert [(record, after) for _table, record, label, _before, after in told(bench) if label == "内容"] == [
        ("低岭村 基地名称", "大垌片基地")
    ]


def test_the_workbook_names_the_operation_in_each_row_and_one_without_changes_too(bench: Workbench, tmp_path: Path) -> None:
    add_household(bench, "张三")
    with bench.write("tests.nothing", "没有改动的操作") as unit:
        unit.note()
    numbers = change_log.find(bench, Wanted())[:2]
    count = change_log.write_changes(bench, numbers, tmp_path / "改动.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "改动.xlsx").active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert len(rows) == count
    assert [row[3] for row in rows] == ["没有改动的操作"] + ["新增农户"] * (count - 1)
    assert {row[5] for row in rows[1:]} == {"农户", "农户年度情况"}
