"""Excel's habits in the register, through the window with real keys: the selection is where the frame is, and nobody
is thrown out of the row that is being worked on."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fupin_desktop.services import registers
from fupin_desktop.services.registers import HOUSEHOLDS
from tests.ui.many_households import fill
from tests.ui.register_driving import Desk, editor

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture(params=[50, 6000])
def desk(window, bench, request):
    fill(bench, request.param)
    return Desk(window)


@pytest.fixture
def many(window, bench):
    fill(bench, 6000)
    return Desk(window)


@pytest.fixture
def few(window, bench):
    fill(bench, 50)
    return Desk(window)


# ---- the selection is where the frame is ----
def test_every_key_takes_the_selection_with_the_frame(desk):
    rows, columns = desk.front.model.rowCount(), desk.front.model.columnCount()
    page = desk.table._page()
    desk.go(10, "members")
    at = desk.column("members")
    for key, held, row, column in (
        (Key.Key_Down, NONE, 11, at), (Key.Key_Up, NONE, 10, at), (Key.Key_Right, NONE, 10, at + 1),
        (Key.Key_Left, NONE, 10, at), (Key.Key_End, NONE, 10, columns - 1), (Key.Key_Home, NONE, 10, 0),
        (Key.Key_Right, CTRL, 10, columns - 1), (Key.Key_Left, CTRL, 10, 0), (Key.Key_Down, CTRL, rows - 1, 0),
        (Key.Key_Up, CTRL, 0, 0), (Key.Key_End, CTRL, rows - 1, columns - 1), (Key.Key_Home, CTRL, 0, 0),
        (Key.Key_PageDown, NONE, page, 0), (Key.Key_PageUp, NONE, 0, 0), (Key.Key_Return, NONE, 1, 0),
        (Key.Key_Return, SHIFT, 0, 0), (Key.Key_Tab, NONE, 0, 1), (Key.Key_Backtab, SHIFT, 0, 0),
    ):
        desk.press(key, held=held)
        found = desk.table.currentIndex()
        assert (found.row(), found.column()) == (row, column), (key, held)
        assert desk.chosen == (row, column, row, column), (key, held)


def test_shift_extends_from_the_frame_which_stays(few):
    few.go(10, "members")
    at, last = few.column("members"), few.front.model.columnCount() - 1
    for key, held, block in (
        (Key.Key_Down, SHIFT, (10, at, 11, at)), (Key.Key_Right, SHIFT, (10, at, 11, at + 1)),
        (Key.Key_Down, SHIFT | CTRL, (10, at, 49, at + 1)), (Key.Key_Right, SHIFT | CTRL, (10, at, 49, last)),
        (Key.Key_Up, SHIFT | CTRL, (0, at, 10, last)), (Key.Key_Left, SHIFT | CTRL, (0, 0, 10, at)),
        (Key.Key_End, SHIFT | CTRL, (10, at, 49, last)), (Key.Key_Home, SHIFT | CTRL, (0, 0, 10, at)),
        (Key.Key_End, SHIFT, (0, at, 10, last)), (Key.Key_Home, SHIFT, (0, 0, 10, at)),
    ):
        few.press(key, held=held)
        assert few.chosen == block, (key, held)
        assert few.at == (10, "members")
    few.press(Key.Key_Down)
    assert few.chosen == (11, at, 11, at)


def test_delete_after_a_jump_hits_the_row_in_the_frame(desk):
    rows = desk.front.model.rowCount()
    desk.go(3, "members")
    desk.press(Key.Key_Down, held=CTRL)
    desk.press(Key.Key_Delete)
    assert desk.text(rows - 1, "members") == ""
    assert desk.text(3, "members") == "3"


def test_paste_and_cut_after_a_jump(few):
    QApplication.clipboard().setText("7\r\n")
    few.go(3, "members")
    few.press(Key.Key_Up, held=CTRL)
    few.press(Key.Key_V, held=CTRL)
    assert [few.text(row, "members") for row in (0, 3)] == ["7", "3"]
    few.press(Key.Key_Down, held=CTRL)
    few.press(Key.Key_X, held=CTRL)
    assert QApplication.clipboard().text().strip() == "3"
    assert [few.text(row, "members") for row in (0, 3, 49)] == ["7", "3", ""]


def test_a_row_removed_after_a_jump_is_the_one_in_the_frame(desk, answers):
    rows = desk.front.model.rowCount()
    desk.go(3, "members")
    desk.press(Key.Key_Down, held=CTRL)
    desk.press(Key.Key_Up)
    answers.answers = [True]
    desk.press(Key.Key_Minus, held=CTRL)
    desk.wait()
    assert f"户{rows - 2:05}" in answers.asked[-1][1]
    assert desk.front.model.rowCount() == rows - 1
    assert desk.at == (rows - 2, "members")
    assert desk.name == f"户{rows - 1:05}"
    assert desk.has_keyboard()


def test_a_block_dragged_with_the_mouse_keeps_its_first_cell(few, qtbot):
    places = [few.table.visualRect(few.front.model.index(row, 1)).center() for row in (2, 5)]
    port = few.table.viewport()
    qtbot.mousePress(port, Qt.MouseButton.LeftButton, pos=places[0])
    qtbot.mouseMove(port, places[1] - QPoint(0, 2))
    qtbot.mouseMove(port, places[1])
    qtbot.mouseRelease(port, Qt.MouseButton.LeftButton, pos=places[1])
    assert few.table.currentIndex().row() == 2
    assert few.chosen == (2, 1, 5, 1)
    few.press(Key.Key_Down, held=SHIFT)
    assert few.chosen == (2, 1, 6, 1)
    qtbot.mouseClick(port, Qt.MouseButton.LeftButton, SHIFT, pos=places[1])
    assert few.chosen == (2, 1, 5, 1)
    assert few.table.currentIndex().row() == 2


def test_enter_after_tabs_returns_to_the_column_where_they_began(few):
    few.go(4, "members")
    few.press(Key.Key_Tab, Key.Key_Tab, Key.Key_Return)
    assert few.at == (5, "members")
    few.press(Key.Key_Tab, Key.Key_Left, Key.Key_Return)
    assert few.at == (6, "members")


def test_f2_opens_the_text_that_is_there(few):
    few.go(4, "head_name")
    few.press(Key.Key_F2)
    assert QApplication.focusWidget().text() == "户00004"
    few.press(Key.Key_Escape)
    assert few.at == (4, "head_name")
    assert few.has_keyboard()


def test_ctrl_page_goes_from_tab_to_tab(few):
    window = few.window
    before = window.strip.currentIndex()
    few.press(Key.Key_PageDown, held=CTRL)
    assert window.strip.currentIndex() == before + 1
    few.press(Key.Key_PageUp, held=CTRL)
    assert window.strip.currentIndex() == before
    assert few.chosen[0] == 0


# ---- nobody is thrown out of the row that is being worked on ----
def test_typing_down_a_column_goes_on_from_row_to_row(desk):
    start = desk.front.model.rowCount() // 2
    desk.go(start, "members")
    for step, text in enumerate(("4", "5", "6", "7")):
        desk.press(text, Key.Key_Return)
        assert desk.at == (start + step + 1, "members")
        assert desk.has_keyboard()
        desk.wait()
    assert [desk.text(start + step, "members") for step in range(4)] == ["4", "5", "6", "7"]
    assert desk.name == f"户{start + 4:05}"


def test_typing_into_the_column_sorted_by_moves_no_row(desk):
    desk.tab.state.sort_by("members")
    desk.go(20, "members")
    desk.press("9", Key.Key_Return, "1", Key.Key_Return)
    desk.wait()
    assert [desk.text(row, "members") for row in (20, 21, 22)] == ["9", "1", "3"]
    assert desk.at == (22, "members")
    assert desk.has_keyboard()


def test_typing_into_a_filtered_list_of_many_moves_no_row(many):
    many.tab.finder.setText("户")
    many.tab.finder.ask_now()
    many.tab.table.setFocus()
    many.go(5800, "head_name")
    many.press("9", Key.Key_Return)
    many.wait()
    assert many.text(5800, "head_name") == "9"
    assert many.at == (5801, "head_name")
    assert many.has_keyboard()


def test_undo_stays_at_the_row(desk):
    middle = desk.front.model.rowCount() // 2
    desk.go(middle, "members")
    desk.press("8", Key.Key_Return, Key.Key_Up)
    top = desk.table.verticalScrollBar().value()
    desk.press(Key.Key_Z, held=CTRL)
    desk.wait()
    assert desk.text(middle, "members") == "3"
    assert desk.at == (middle, "members")
    assert desk.table.verticalScrollBar().value() == top
    assert desk.has_keyboard()


def test_a_removal_and_its_undo_stay_beside_the_row(desk, answers):
    middle = desk.front.model.rowCount() // 2
    name = f"户{middle:05}"
    desk.go(middle, "members")
    answers.answers = [True]
    desk.press(Key.Key_Minus, held=CTRL)
    desk.wait()
    assert desk.at == (middle, "members")
    assert desk.name == f"户{middle + 1:05}"
    desk.press(Key.Key_Z, held=CTRL)
    desk.wait()
    assert desk.name == f"户{middle + 1:05}"
    assert desk.at == (middle + 1, "members")
    assert desk.text(middle, "head_name") == name
    assert desk.has_keyboard()


def test_a_new_household_is_gone_to_and_the_keyboard_with_it(desk, answers):
    def drive(dialog):
        dialog.put("head_name", "新来的")
        dialog.put("village", "低岭村")
        dialog.save()

    desk.go(30, "members")
    answers.dialogs = [drive]
    desk.press(Key.Key_Plus, held=CTRL)
    desk.wait()
    assert desk.name == "新来的"
    assert desk.has_keyboard()


def test_a_change_elsewhere_takes_the_half_typed_text_and_stays(desk, bench):
    desk.go(30, "members")
    desk.press("6")
    shell, texts = desk.window.shell, {"head_name": "别处来的", "village": "低岭村"}
    shell.do(lambda: registers.add(bench, HOUSEHOLDS, texts))
    desk.wait()
    assert desk.text(30, "members") == "6"
    assert desk.at == (30, "members")
    assert desk.has_keyboard()


def test_typing_in_a_cell_that_takes_none_reads_no_further_rows_and_leads_nowhere(many, monkeypatch):
    many.go(3, "code")
    locked = next(at for at, info in enumerate(many.front.model.shown) if not info.editable)
    many.table.go_to(3, locked)
    QApplication.processEvents()
    read = []
    monkeypatch.setattr(type(many.front.model), "rows_between", lambda _model, *wanted: read.append(wanted) or [])
    QTest.keyClicks(many.table, "zq9")
    assert read == []
    assert (many.table.currentIndex().row(), many.table.currentIndex().column()) == (3, locked)
    assert editor(many) is None
