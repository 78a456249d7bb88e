"""Undo, redo and the history of a record as the clerk sees them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_desktop.errors import Cancelled, NotAllowed
from fupin_desktop.services import history, registers
from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS, CellEdit, Query, cards, registry
from fupin_desktop.services.registers.cards import card
from fupin_desktop.services.workbench import Workbench
from tests.services.register_office import Clock, add_household, add_item, cell, find, make_office
from tests.statements import counted

H = HOUSEHOLDS


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bench(tmp_path: Path, clock: Clock) -> Iterator[Workbench]:
    made = make_office(tmp_path / "数据", clock)
    yield made
    made.close()


def test_titles_of_what_undo_and_redo_would_do(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    registers.set_cells(bench, H, [CellEdit(key, "members", "4")])
    assert (history.can_undo(bench), history.can_redo(bench)) == ("修改家庭人口数", None)
    change = history.undo(bench)
    assert change is not None
    assert (change.message, change.nouns, change.keys) == ("已撤销：修改家庭人口数", {"households"}, (key,))
    assert (history.can_undo(bench), history.can_redo(bench)) == ("新增农户", "修改家庭人口数")
    redone = history.redo(bench)
    assert redone is not None
    assert redone.message == "已重做：修改家庭人口数"
    assert cell(find(bench, "张三"), "members") == "4"
    assert history.redo(bench) is None


def test_a_card_s_history_is_asked_for_once_however_many_records_belong_to_it(bench: Workbench) -> None:
    few, many = add_household(bench, "张三"), add_household(bench, "李四")
    for product in ("水稻", "番薯", "花生", "黄皮"):
        add_item(bench, many, product=product)
    add_item(bench, few)
    item = registers.window(bench, Query(FARM_ITEMS, bench.year), 0, 1)[0]
    registers.set_cells(bench, FARM_ITEMS, [CellEdit(item.key, "declared", "7")])
    asked = []
    for key in (few, many):
        found = card(bench, H, key)
        assert found is not None
        with counted(bench) as sent:
            lines = history.of_card(bench, found, 30)
        asked.append(len(sent))
    assert asked[0] == asked[1]
    assert [line.label for line in lines if line.label.endswith("新增")][-1] == "新增"
    assert {line.label for line in lines} >= {"水稻 新增", "番薯 新增", "花生 新增", "黄皮 新增", "水稻 申报数量"}
    assert [line.number for line in lines] == sorted((line.number for line in lines), reverse=True)
    assert history.of_card(bench, found, 2) == lines[:2]


def test_a_card_s_history_calls_what_belongs_to_it_by_its_own_name(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    registers.add(bench, PERSONS, {"name": "张小明", "relation": "之子"}, key)
    incomes = registry.of("household_incomes")
    registers.add(bench, incomes, {"wages": "100"}, key)
    (income,) = registers.window(bench, Query(incomes, bench.year), 0, 9)
    assert registers.set_cells(bench, incomes, [CellEdit(income.key, "note", "按村里报来的数，还要再核对")]).change
    found = card(bench, H, key)
    assert found is not None
    told = [line.label for line in history.of_card(bench, found)]
    assert told == ["农户年收入 备注", "农户年收入 新增", "张小明 新增", "新增"]


def test_a_record_that_goes_while_its_card_is_read_has_no_card(bench: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
    key = add_household(bench, "李亚一")
    rows = cards.rows

    def gone_since(*asked: object) -> list[registers.Row]:
        """The rows as they were just before an import was taken back beside."""
        found = rows(*asked)  # type: ignore[arg-type]
        registers.remove(bench, HOUSEHOLDS, [key])
        return found

    monkeypatch.setattr(cards, "rows", gone_since)
    assert card(bench, HOUSEHOLDS, key) is None


def test_undoing_an_item_tells_its_household_and_its_sums(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    add_item(bench, key, accepted="3.2", cost="100")
    assert cell(find(bench, "张三"), "area_total") == "3.200"
    change = history.undo(bench)
    assert change is not None
    assert key in change.keys
    assert change.nouns == {"households", "farm_items"}
    row = find(bench, "张三")
    assert (cell(row, "area_total"), cell(row, "products_text"), cell(row, "cost_total")) == ("", "", "")


def test_a_removed_household_comes_back_with_all_that_was_its_own(bench: Workbench) -> None:
    key = add_household(bench, "张三", members="2")
    add_item(bench, key, accepted="3.2")
    registers.add(bench, PERSONS, {"name": "张小明", "relation": "之子"}, key)
    before = [registers.window(bench, Query(one, 2026), 0, 9) for one in (HOUSEHOLDS, FARM_ITEMS, PERSONS)]
    assert registers.removal_notice(bench, H, [key]) == "删除农户：张三，连同 1 名家庭成员、1 条种养项目。可以撤销。"
    change = registers.remove(bench, H, [key])
    assert change is not None
    assert change.nouns == {"households", "farm_items", "persons"}
    assert [registers.count(bench, Query(one, 2026)) for one in (HOUSEHOLDS, FARM_ITEMS, PERSONS)] == [0, 0, 0]
    history.undo(bench)
    assert [registers.window(bench, Query(one, 2026), 0, 9) for one in (HOUSEHOLDS, FARM_ITEMS, PERSONS)] == before


def test_the_history_of_a_household_is_told_in_words(bench: Workbench, clock: Clock) -> None:
    key = add_household(bench, "张三", household_class="贫困户")
    clock.later(minutes=1)
    bench.clerk = "李代班"
    edits = [("household_class", "脱贫户"), ("kind", "参与"), ("area", "12.5"), ("production_income", "1,000")]
    registers.set_cells(bench, H, [CellEdit(key, column, text) for column, text in edits])
    lines = history.entries(bench, "households", key)
    told = {(line.who, line.label, line.before, line.after) for line in lines}
    assert told == {
        ("陈经办", "新增", "", ""),
        ("李代班", "户类别", "贫困户", "脱贫户"),
        ("李代班", "参与情况", "", "参与"),
        ("李代班", "全户种养面积", "", "12.500"),
        ("李代班", "生产经营性收入", "", "1,000.00"),
    }
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert history.entries(bench, "households", "0" * 32) == []
    assert history.entries(bench, "nothing", key) == []


def test_a_chosen_operation_is_undone_from_the_list(bench: Workbench) -> None:
    first = add_household(bench, "张三")
    add_household(bench, "李四")
    by_title = [operation for operation in history.recent(bench) if operation.title == "新增农户"]
    assert [operation.can_undo for operation in by_title] == [True, True]
    history.undo_one(bench, by_title[-1].key)
    assert registers.count(bench, Query(H, 2026)) == 1
    assert registers.rows(bench, H, 2026, [first]) == []
    assert [operation.undone for operation in history.recent(bench) if operation.title == "新增农户"] == [False, True]
    with pytest.raises(NotAllowed):
        history.undo_one(bench, by_title[-1].key)


def test_a_cancelled_undo_leaves_all_as_it_was(bench: Workbench) -> None:
    key = add_household(bench, "张三")
    add_item(bench, key)
    registers.remove(bench, H, [key])
    told: list[str] = []

    def cancel_second(done: int, total: int, text: str) -> None:
        told.append(text)
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        history.undo(bench, cancel_second)
    assert told == ["撤销 0/3", "撤销 1/3"]
    assert (registers.count(bench, Query(H, 2026)), history.can_redo(bench)) == (0, None)
    assert history.undo(bench, lambda _done, _total, _text: None)
    assert history.redo(bench, lambda _done, _total, _text: None)
    assert registers.count(bench, Query(H, 2026)) == 0
