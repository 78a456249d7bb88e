"""Every change of the office can be found, told field by field, taken back and done again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import change_log, history, holidays, registers
from fupin_desktop.services.change_log import Wanted
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, add_item, make_office


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
