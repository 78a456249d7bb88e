"""Filters, orders and links of a register: what the clerk asks for is what is shown, and what is shown says so."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt

from fupin_desktop.services import registers, villages
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Filter, Query, registry
from fupin_desktop.ui.models.register_cells import NUMBERS
from fupin_desktop.ui.tabs.registers.filter import describe
from fupin_desktop.ui.tabs.registers.menu import like, open_cell_menu
from fupin_desktop.ui.tabs.registers.opened import OpenedRegister
from tests.ui.register_driving import all_households, column, settle, texts

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "tables" / "filters.toml").read_text(encoding="utf-8"))


@pytest.fixture
def window(sample_window):
    return sample_window


@pytest.fixture
def tab(window):
    """The households, all of them, none masked."""
    made = all_households(window)
    made.tools.card_button.setChecked(True)
    window.shell.ask.told.clear()
    return made


def info_of(name):
    register, key = name.split(".")
    return next(info for info in registers.columns(registry.of(register)) if info.key == key)


def filter_of(case):
    given = case["filter"] | {"values": tuple(case["filter"].get("values", ()))}
    return Filter(info_of(case["column"]).key, **given)


# ---- in words ----
@pytest.mark.parametrize("case", CASES["chip"], ids=lambda case: case["says"])
def test_a_filter_is_told_in_its_chip(case):
    info, condition = info_of(case["column"]), filter_of(case)
    assert describe(info, condition) == case["says"]
    assert describe(info, condition, hide=True) == case.get("hidden", case["says"])


@pytest.mark.parametrize("case", CASES["like"], ids=lambda case: f"{case['column']} {case['value']}")
def test_a_value_becomes_the_filter_of_its_kind(case):
    assert like(info_of(case["column"]), case["value"]) == filter_of(case)


@pytest.mark.parametrize("register", registry.all(), ids=lambda register: register.name)
def test_looking_at_rows_like_one_finds_that_one_and_only_such(window, register):
    """Whatever a cell holds: dates, per cents, several words, brackets as lists from elsewhere have them."""
    bench = window.shell.bench
    query, infos = Query(register, bench.year), registers.columns(register)
    for row in registers.window(bench, query, 0, 1):
        for place, (info, cell) in enumerate(zip(infos, row.cells, strict=True)):
            if not cell or info.kind in NUMBERS:
                continue
            keys = registers.all_keys(bench, Query(register, bench.year, filters=(like(info, cell),)))
            assert row.key in keys, (info.key, cell)
            for other in registers.rows(bench, register, bench.year, keys[:3]):
                assert cell in other.cells[place], (info.key, cell, other.cells[place])


# ---- the panel below a heading ----
def panel_of(tab, key):
    return tab.open_filter(column(tab, key), QPoint(0, 0))


def checked(panel):
    return [item.data(Qt.ItemDataRole.UserRole) for item in panel._items() if item.checkState() is Qt.CheckState.Checked]


def test_what_is_searched_for_in_a_list_is_what_is_taken(tab):
    panel = panel_of(tab, "village")
    assert len(checked(panel)) == panel.list.count() > 8
    panel.finder.setText("低岭")
    panel.apply()
    assert set(texts(tab, "village", tab.table.model().rowCount())) == {"低岭村"}
    again = panel_of(tab, "village")
    assert checked(again) == ["低岭村"]
    again.finder.setText("那罗")
    again._check(True)
    again.apply()
    assert tab.state.front.query.filters == (Filter("village", ("那罗村",)),)


@pytest.mark.parametrize("typed", ["dlc", "DLC", " 低岭 "])
def test_a_list_is_searched_by_initials_too(tab, typed):
    panel = panel_of(tab, "village")
    panel.finder.setText(typed)
    seen = [item.data(Qt.ItemDataRole.UserRole) for item in panel._items() if not item.isHidden()]
    panel.close()
    assert seen == ["低岭村"]


def test_the_search_in_a_list_looks_at_values_not_at_their_numbers(tab):
    panel = panel_of(tab, "village")
    counted = [item.text().split()[-1] for item in panel._items()]
    panel.finder.setText(counted[0])
    assert all(item.isHidden() for item in panel._items())
    assert panel.made() is None
    panel.finder.clear()
    assert not any(item.isHidden() for item in panel._items())
    panel.close()


def test_days_are_narrowed_from_one_to_another(tab, window):
    bench = window.shell.bench
    keys = registers.all_keys(bench, Query(HOUSEHOLDS, bench.year))[:4]
    days = ("2024-02-29", "2024-12-31", "2025-01-01", "2026-06-20")
    edits = [CellEdit(key, "recognised_on", day) for key, day in zip(keys, days, strict=True)]
    window.shell.do(lambda: registers.set_cells(bench, HOUSEHOLDS, edits))
    panel = panel_of(tab, "recognised_on")
    assert panel.contains.parent() is None  # a day is no text of which a part is looked for
    panel.low.setText("2024.2.29")
    panel.high.setText("2024年12月31日")
    panel.apply()
    assert texts(tab, "recognised_on", tab.table.model().rowCount()) == list(days[:2])
    settle(tab)
    assert tab.filters.chips == ["识别时间：2024.2.29 至 2024年12月31日"]
    window.menus.actions["undo"].trigger()


@pytest.mark.parametrize(("low", "high", "found"), [
    ("35%", "35%", 1), ("35", "", 1), ("0.1%", "34.99%", 0), ("", "35", 1), ("甲", "", 0),
])
def test_per_cents_are_narrowed_as_they_are_read(window, low, high, found):
    bench = window.shell.bench
    every = Query(registry.of("project_quarters"), bench.year)
    only = Filter("progress", low="35%", high="35%")
    key = registers.all_keys(bench, Query(every.register, bench.year, filters=(only,)))[0]
    condition = Filter("progress", low=low, high=high)
    keys = registers.all_keys(bench, Query(every.register, bench.year, filters=(condition,)))
    assert (key in keys) == bool(found)


# ---- orders ----
@pytest.mark.parametrize(("clicks", "order"), [
    (["a"], [("a", False)]),
    (["a", "a"], [("a", True)]),
    (["a", "a", "a"], []),
    (["a", "b"], [("b", False)]),
    (["a", "+b"], [("a", False), ("b", False)]),
    (["a", "+b", "+a"], [("a", True), ("b", False)]),
    (["a", "+b", "+a", "+a"], [("b", False)]),
    (["a", "+b", "+c", "+b"], [("a", False), ("b", True), ("c", False)]),
    (["a", "+b", "+c", "+b", "+b"], [("a", False), ("c", False)]),
    (["a", "+b", "b"], [("b", True)]),
    (["a", "+b", "b", "b"], []),
])
def test_a_heading_clicked_again_keeps_its_place_in_the_order(window, clicks, order):
    names = {"a": "village", "b": "area_total", "c": "head_name"}
    opened = OpenedRegister(window.shell, HOUSEHOLDS)
    for click in clicks:
        opened.sort_by(names[click[-1]], beside=click.startswith("+"))
    assert opened.query.sort == tuple((names[name], down) for name, down in order)


@pytest.mark.parametrize("down", [False, True])
def test_the_panel_sorts_one_way_whatever_was_sorted_before(tab, down):
    tab.state.sort_by("area_total")
    panel = panel_of(tab, "area_total")
    panel.sorted.emit(down)
    panel.close()
    assert tab.state.front.query.sort == (("area_total", down),)


# ---- villages and links ----
def test_a_village_that_is_called_otherwise_now_is_no_longer_looked_for(tab, window):
    tab.state.in_village("那罗村")
    settle(tab)
    few, bench = tab.table.model().rowCount(), window.shell.bench
    village = villages.by_name(bench, "那罗村")
    window.shell.do(lambda: villages.update(bench, village.key, villages.VillageForm("那罗新村", town=village.town)))
    settle(tab)
    assert tab.table.model().rowCount() == 612 > few
    assert tab.village.currentText() == "全部村"
    assert tab.village.findText("那罗新村") > 0
    window.shell.do(lambda: villages.update(bench, village.key, villages.VillageForm("那罗村", town=village.town)))


def test_a_record_that_is_gone_is_told_and_nothing_else_happens(tab, window, said):
    tab.table.go_to(7, 0)
    window.open_target(Target("households", key="01a22853e8097681baf773c83e60d23e"))
    assert said == ["没有找到要看的农户：可能已经删除，或者不在 2026 年度。"]
    assert tab.table.currentIndex().row() == 7
    window.open_target(Target("ledgers", key="01a22853e8097681baf773c83e60d23e", register="projects"))
    assert len(said) == 2


def test_a_record_of_another_village_is_gone_to_past_every_filter(tab, window, said):
    bench = window.shell.bench
    key = registers.all_keys(bench, Query(HOUSEHOLDS, bench.year, village="那罗村"))[3]
    tab.state.put_filter("village", Filter("village", ("低岭村",)))
    tab.state.search("陈")
    window.open_target(Target("households", key=key))
    settle(tab)
    assert tab.state.front.model.key_at(tab.table.currentIndex().row()) == key
    assert (tab.filters.chips, tab.finder.text(), said) == ([], "", [])


# ---- what is masked on the screen ----
def test_neither_menu_nor_chip_tells_a_number_that_is_masked(tab):
    place = column(tab, "head_id_number")
    tab.table.go_to(4, place)
    tab.table.scrollTo(tab.table.currentIndex())
    number = tab.state.front.model.text(4, place)
    assert len(number) == 18
    tab.state.set_masked(True)
    menu = open_cell_menu(tab.state, tab.table, tab.table.visualRect(tab.table.currentIndex()).center())
    (only,) = [action for action in menu.actions() if action.text().startswith("只看")]
    assert number[6:10] not in only.text()
    only.trigger()
    menu.close()
    settle(tab)
    assert tab.table.model().rowCount() == 1
    assert tab.filters.chips == [f"户主证件号码：包含“{number[:6]}********{number[-4:]}”"]
    tab.tools.mask_button.setChecked(True)
    tab.tools.mask_button.setChecked(False)
    assert tab.filters.chips == [f"户主证件号码：包含“{number}”"]


def test_changes_told_on_the_card_are_masked_with_the_rest(tab, window):
    bench = window.shell.bench
    key = tab.state.front.model.key_at(0)
    for phone in ("13800001234", "13800005678"):
        window.shell.do(lambda phone=phone: registers.set_cells(bench, HOUSEHOLDS, [CellEdit(key, "phone", phone)]))
    tab.table.go_to(0, 0)
    settle(tab)
    card = tab.card.card_of(HOUSEHOLDS)

    def told():
        return card._changes.itemAt(0).widget().text()

    assert told().endswith("联系电话：13800001234 → 13800005678")
    tab.state.set_masked(True)
    assert told().endswith("联系电话：138****1234 → 138****5678")
    for _phone in range(2):
        window.menus.actions["undo"].trigger()
