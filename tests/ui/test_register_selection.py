"""Cells chosen apart from each other with Ctrl held: what is done is done to them, and to nothing between them."""

from __future__ import annotations

import re
import tomllib
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fupin_desktop.errors import NotWritable
from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit, Query
from tests.ui.many_households import fill
from tests.ui.register_driving import Desk
from tests.ui.shared import shared_window

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "tables" / "selections.toml").read_text("utf-8"))["case"]
COLUMNS = {"A": "group_name", "B": "note", "C": "guide", "D": "bank_name"}
GRID = [f"{letter}{row}" for row, letter in product(range(1, 7), COLUMNS)]
CTRL, LEFT = Qt.KeyboardModifier.ControlModifier, Qt.MouseButton.LeftButton
Key, Flag = Qt.Key, QItemSelectionModel.SelectionFlag


@pytest.fixture(scope="module")
def desk(app, tmp_path_factory):
    with shared_window(tmp_path_factory.mktemp("grid") / "office", lambda bench: fill(bench, 20)) as window:
        made = Desk(window)
        made.tab.columns.show_columns(list(COLUMNS.values()))
        made.tab.tools.card_button.setChecked(False)  # reading it would take most of the time
        yield made


@pytest.fixture
def grid(desk):
    """Every cell of the grid holds its own name."""
    shell = desk.window.shell
    shell.ask.told.clear()
    keys = registers.all_keys(shell.bench, Query(HOUSEHOLDS, shell.bench.year))
    edits = [CellEdit(keys[int(name[1:]) - 1], COLUMNS[name[0]], name) for name in GRID]
    if changed(desk):
        shell.do(lambda: registers.set_cells(shell.bench, HOUSEHOLDS, edits))
    QApplication.clipboard().clear()

    return desk


def place(name):
    """Row and column of a cell as spreadsheets name it."""
    return int(name[1:]) - 1, list(COLUMNS).index(name[0])


def choose(desk, areas):
    model, selection = desk.table.model(), desk.table.selectionModel()
    desk.table.go_to(*place(re.split("[:]", areas[0])[0]))
    for at, area in enumerate(areas):
        first, _, last = area.removeprefix("-").partition(":")
        block = QItemSelection(model.index(*place(first)), model.index(*place(last or first)))
        flag = Flag.Deselect if area.startswith("-") else Flag.Select if at else Flag.ClearAndSelect
        selection.select(block, flag)


def changed(desk):
    """Cells that no longer hold their own name, with what they hold."""
    desk.window.shell.tasks.wait()
    found = {name: desk.front.model.text(*place(name)) for name in GRID}
    return {name: text for name, text in found.items() if text != name}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_copied(grid, case):
    choose(grid, case["chosen"])
    grid.press(Key.Key_C, held=CTRL)
    lines = [line.replace("\t", " ") for line in QApplication.clipboard().text().splitlines()]
    assert lines == case["copied"]
    told = grid.window.shell.ask.told
    assert bool(told) == (not case["copied"])
    assert all("没有变动" in text for text in told)
    assert changed(grid) == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_cleared(grid, case):
    choose(grid, case["chosen"])
    grid.press(Key.Key_Delete)
    assert changed(grid) == dict.fromkeys(case["cleared"], "")
    grid.window.menus.actions["undo"].trigger()
    assert changed(grid) == {}


@pytest.mark.parametrize("case", CASES[:5], ids=lambda case: case["name"])
def test_what_is_cut(grid, case):
    choose(grid, case["chosen"])
    grid.press(Key.Key_X, held=CTRL)
    assert changed(grid) == (dict.fromkeys(case["cleared"], "") if case["copied"] else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_filled_down(grid, case):
    choose(grid, case["chosen"])
    grid.press(Key.Key_D, held=CTRL)
    assert changed(grid) == case["filled"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_where_a_single_copied_cell_goes(grid, case):
    QApplication.clipboard().setText("新\r\n")
    choose(grid, case["chosen"])
    grid.press(Key.Key_V, held=CTRL)
    assert changed(grid) == dict.fromkeys(case["pasted"], "新")


def test_a_block_goes_once_from_the_first_chosen_cell_where_they_lie_apart(grid):
    QApplication.clipboard().setText("一\t二\r\n三\t四\r\n")
    choose(grid, ["B5", "A2"])
    grid.press(Key.Key_V, held=CTRL)
    assert changed(grid) == {"A2": "一", "B2": "二", "A3": "三", "B3": "四"}


def test_the_mouse_with_ctrl_chooses_and_delete_hits_only_what_is_chosen(grid):
    for name, held in (("A1", Qt.KeyboardModifier.NoModifier), ("C3", CTRL), ("B5", CTRL), ("C3", CTRL)):
        spot = grid.table.visualRect(grid.table.model().index(*place(name))).center()
        QTest.mouseClick(grid.table.viewport(), LEFT, held, spot)
    grid.press(Key.Key_Delete)
    assert changed(grid) == {"A1": "", "B5": ""}


def test_the_menu_of_the_window_cuts_what_the_keys_cut(grid):
    choose(grid, ["A1", "A4"])
    grid.window.menus.actions["cut"].trigger()
    assert QApplication.clipboard().text().split() == ["A1", "A4"]
    assert changed(grid) == {"A1": "", "A4": ""}


@pytest.mark.parametrize("keys", ["C", "X", "D", "V", "Delete", "Minus"])
def test_rows_that_cannot_be_read_or_written_are_told_and_nothing_is_changed(grid, monkeypatch, keys):
    """The stick with the data was pulled out while rows were chosen."""
    def gone(*_given):
        raise NotWritable("读不出数据。", safe="已保存的内容没有变动。", todo="请插回U盘。")

    QApplication.clipboard().setText("一\r\n二\r\n")
    choose(grid, ["A2:B3"])
    grid.tab.sums.tell()  # at once: a moment later it would be read in the midst of this
    ask = grid.window.shell.ask
    with monkeypatch.context() as patch:
        for name in ("rows", "window", "window_keys", "all_keys", "removal_notice", "set_cells"):
            patch.setattr(registers, name, gone)
        if keys == "Delete":
            grid.press(Key.Key_Delete)
        else:
            grid.press(getattr(Key, f"Key_{keys}"), held=CTRL)
        assert [type(told) for told in ask.told] == [NotWritable]
    grid.front.model.edits.drop()  # what was typed waits in its cells
    assert changed(grid) == {}
