"""Typing on the paper: every kind of field, moving, the input method, undo, refused texts, places that are locked."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit

from fupin_desktop.ui.paper.entries import ChoiceEntry, LongEntry, SeveralEntry
from fupin_desktop.ui.paper.line_entries import DateEntry
from tests.ui.paper_driving import commit

Key = Qt.Key
SHIFT, CTRL, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


# ---- moving ------------------------------------------------------------------------------------------------------


def test_tab_goes_in_reading_order_past_what_is_locked(owner):
    seen = []
    owner.view.focus_moved.connect(seen.append)
    for _ in range(20):
        owner.key(Key.Key_Tab)
    assert seen[:10] == [
        "leader", "phone", "kind", "poor", "links", "started", "amount", "own_amount", "measures", "bank",
    ]
    rows = [f"members[{row}].{column}" for row in (0, 1, 2) for column in ("name", "area", "role")]
    assert seen[10:19] == rows
    assert len(seen) == 19  # of the empty rows for the pen only the first one is a stop


def test_backtab_and_shift_enter_go_back(owner):
    owner.view.focus_field("own_amount")
    owner.key(Key.Key_Backtab, SHIFT)
    assert owner.view.focused == "amount"
    owner.key(Key.Key_Return, SHIFT)
    assert owner.view.focused == "started"
    owner.key(Key.Key_Return)
    assert owner.view.focused == "amount"


def test_tab_behind_the_last_cell_leaves_the_paper(owner, qtbot):
    after = QLineEdit(owner.view)
    after.show()
    owner.view.setFocus()
    owner.view.focus_field("members[2].role")
    assert not owner.view.go(1)
    assert owner.view.focused == "members[2].role"


def test_arrows_go_to_neighbours_locked_ones_included(owner):
    owner.view.focus_field("phone")
    owner.key(Key.Key_Up)
    assert owner.view.focused == "village"
    owner.key(Key.Key_Right)
    assert owner.view.focused == "leader"
    owner.key(Key.Key_Down)
    assert owner.view.focused == "kind"
    owner.key(Key.Key_Left)
    assert owner.view.focused == "phone"


def test_ctrl_home_and_end(owner):
    owner.view.focus_field("amount")
    owner.key(Key.Key_End, CTRL)
    assert owner.view.focused == "members[2].role"
    owner.key(Key.Key_Home, CTRL)
    assert owner.view.focused == "leader"


def test_enter_after_typing_writes_and_moves_on(owner):
    commit(owner, "leader", "Li")
    assert owner.typed == [("leader", "Li")]
    assert owner.view.focused == "phone"
    assert owner.view.entry is None
    assert owner.view.hasFocus()


def test_nothing_is_written_where_nothing_differs(owner):
    owner.click("leader")
    owner.key(Key.Key_Return)
    owner.view.focus_field("leader")
    owner.key(Key.Key_F2)
    assert owner.view.entry.text() == "陈观保"
    owner.key(Key.Key_Tab)
    assert owner.typed == []
    assert owner.view.focused == "phone"


def test_escape_restores(owner):
    owner.click("leader")
    owner.type("x")
    owner.key(Key.Key_Escape)
    assert owner.view.entry is None
    assert owner.typed == []
    assert owner.view.text_at("leader") == "陈观保"


def test_losing_the_keyboard_writes(owner):
    aside = QLineEdit(owner.view)
    aside.show()
    owner.click("phone")
    owner.type("07595551234")
    aside.setFocus()
    assert owner.typed == [("phone", "07595551234")]
    assert aside.hasFocus()


def test_commit_writes_what_is_being_typed(owner):
    owner.view.commit()
    owner.click("phone")
    owner.type("13822541234")
    owner.view.commit()
    assert owner.typed == [("phone", "13822541234")]


# ---- kinds of fields ----------------------------------------------------------------------------------------------


def test_money_shows_capitals_while_it_is_typed(owner):
    owner.view.focus_field("amount")
    owner.type("360000.5")
    assert owner.view._host.hint.isVisible()
    assert owner.view._host.hint.text() == "人民币叁拾陆万元零伍角整"
    owner.key(Key.Key_Return)
    assert not owner.view._host.hint.isVisible()
    assert owner.data["amount"] == Decimal("360000.50")
    assert owner.data["total"] == Decimal("384000.50")
    assert owner.view.text_at("total") == "384,000.50"


def test_money_that_is_none_says_so_while_it_is_typed(owner):
    owner.view.focus_field("amount")
    owner.type("12x")
    assert owner.view._host.hint.property("tone") == "must"


def test_choice_opens_its_list_and_takes_the_marked_one(owner):
    owner.click("kind")
    entry = owner.view.entry
    assert isinstance(entry, ChoiceEntry)
    assert entry.offered == ["种植", "养殖", "加工"]
    owner.key(Key.Key_Down)
    owner.key(Key.Key_Return)
    assert owner.typed == [("kind", "养殖")]


def test_choice_is_found_by_pinyin_initials(owner):
    owner.view.focus_field("kind")
    owner.type("jg")
    assert owner.view.entry.offered == ["加工"]
    owner.key(Key.Key_Return)
    assert owner.typed == [("kind", "加工")]


def test_a_blank_opens_a_choice(owner):
    owner.view.focus_field("poor")
    owner.key(Key.Key_Space)
    assert owner.view.entry.offered == ["是", "否"]
    owner.key(Key.Key_Down)
    owner.key(Key.Key_Down)
    owner.key(Key.Key_Return)
    assert owner.data["poor"] is False


def test_a_choice_can_be_cleared(owner):
    owner.view.focus_field("kind")
    owner.key(Key.Key_Delete)
    assert owner.typed == [("kind", "")]
    assert owner.data["kind"] is None


def test_text_with_choices_takes_others_too(owner):
    commit(owner, "bank", "xx")
    assert owner.data["bank"] == "xx"


def test_several_are_ticked(owner):
    owner.click("links")
    assert isinstance(owner.view.entry, SeveralEntry)
    owner.key(Key.Key_Space)
    owner.key(Key.Key_Down)
    owner.key(Key.Key_Down)
    owner.key(Key.Key_Space)
    owner.key(Key.Key_Return)
    assert owner.data["links"] == ["土地流转", "入股分红"]
    owner.click("links")
    assert owner.view.entry.taken() == "土地流转、入股分红"
    owner.key(Key.Key_Space)
    owner.key(Key.Key_Return)
    assert owner.data["links"] == ["入股分红"]


@pytest.mark.parametrize("text", ["2026-3-1", "2026.3.1", "3.1", "3-1", "20260301", "2026/3/1"])
def test_dates_in_usual_writings(owner, text):
    commit(owner, "started", text)
    assert owner.typed == [("started", "2026-03-01")]
    assert owner.data["started"] == date(2026, 3, 1)
    assert owner.view.text_at("started") == "2026年3月1日"


def test_a_short_date_keeps_the_year_that_stands_there(owner):
    commit(owner, "started", "2025-12-30")
    commit(owner, "started", "1.2")
    assert owner.data["started"] == date(2025, 1, 2)


def test_a_day_of_the_calendar(owner):
    owner.view.focus_field("started")
    owner.type("2026-3-1")
    owner.key(Key.Key_F4)
    entry = owner.view.entry
    assert isinstance(entry, DateEntry)
    assert isinstance(entry.calendar, QCalendarWidget)
    assert entry.calendar.selectedDate() == QDate(2026, 3, 1)
    entry.calendar.clicked.emit(QDate(2026, 4, 9))
    assert owner.view.entry is None
    assert owner.data["started"] == date(2026, 4, 9)
    assert owner.view.focused == "started"


def test_a_choice_clicked_in_its_list_is_written_at_once(owner):
    owner.click("kind")
    shown = owner.view.entry.list
    place = shown.visualItemRect(shown.item(2)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert owner.view.entry is None
    assert owner.typed == [("kind", "加工")]
    assert owner.view.focused == "kind"
    assert owner.view.hasFocus()


def test_long_text_grows_and_breaks_lines(owner):
    owner.click("measures")
    entry = owner.view.entry
    assert isinstance(entry, LongEntry)
    before = entry.height()
    entry.insertPlainText("对大户按亩奖补")
    for _ in range(8):
        owner.key(Key.Key_Return, ALT)
    assert entry.height() > before
    entry.insertPlainText("对小户另行安排")
    owner.key(Key.Key_Return)
    assert owner.data["measures"] == "对大户按亩奖补" + "\n" * 8 + "对小户另行安排"


def test_long_text_tells_when_it_is_too_long(owner):
    owner.click("measures")
    owner.view.entry.insertPlainText("字" * 200)
    assert "200 / 200" in owner.view._host.hint.text()
    owner.view.entry.insertPlainText("字")
    assert owner.view._host.hint.text() == "最多 200 个字，现在有 201 个。"


def test_a_long_text_is_kept_while_its_writer_pauses(owner):
    owner.click("measures")
    owner.view.entry.insertPlainText("对大户按亩奖补")
    assert owner.view._host._pause.isActive()
    owner.view._host._pause.timeout.emit()
    assert owner.typed == [("measures", "对大户按亩奖补")]
    assert owner.view.entry is not None
    owner.key(Key.Key_Return)
    assert owner.typed == [("measures", "对大户按亩奖补")]


def test_escape_after_a_pause_brings_back_what_stood_there(owner):
    owner.click("leader")
    owner.type("ab")
    owner.view._host._pause.timeout.emit()
    assert owner.data["leader"] == "ab"
    owner.key(Key.Key_Escape)
    assert owner.data["leader"] == "陈观保"


# ---- the input method ---------------------------------------------------------------------------------------------


def test_the_first_composed_letter_is_not_lost(owner):
    owner.view.focus_field("leader")
    assert owner.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(owner.view, QInputMethodEvent("c", []))
    entry = owner.view.entry
    assert entry is not None
    assert entry.text() == ""
    assert owner.view.hasFocus()  # the input method goes on composing where it began
    QApplication.sendEvent(owner.view, QInputMethodEvent("ch", []))
    assert owner.view.entry is entry
    chosen = QInputMethodEvent("", [])
    chosen.setCommitString("陈")
    QApplication.sendEvent(owner.view, chosen)
    assert entry.text() == "陈"
    assert entry.hasFocus()
    owner.key(Key.Key_Return)
    assert owner.typed == [("leader", "陈")]


def test_composing_called_off_leaves_what_stood_there(owner):
    owner.view.focus_field("leader")
    QApplication.sendEvent(owner.view, QInputMethodEvent("c", []))
    QApplication.sendEvent(owner.view, QInputMethodEvent("", []))
    assert owner.view.entry is None
    assert owner.typed == []
    assert owner.view.text_at("leader") == "陈观保"


def test_a_word_committed_at_once_stands_in_the_cell(owner):
    owner.view.focus_field("measures")
    event = QInputMethodEvent("", [])
    event.setCommitString("塘㙍镇")
    QApplication.sendEvent(owner.view, event)
    assert owner.view.entry.toPlainText() == "塘㙍镇"
    owner.key(Key.Key_Return)
    assert owner.data["measures"] == "塘㙍镇"


def test_the_input_method_stays_out_of_locked_cells(owner):
    owner.view.focus_field("total")
    assert not owner.view.inputMethodQuery(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(owner.view, QInputMethodEvent("c", []))
    assert owner.view.entry is None


@pytest.mark.parametrize(("path", "welcome"), [("leader", True), ("measures", True), ("total", False)])
def test_the_system_is_told_whether_an_input_method_is_welcome(owner, path, welcome):
    owner.view.focus_field(path)
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(owner.view, query)
    assert query.isAccepted()
    assert query.value(Qt.InputMethodQuery.ImEnabled) is welcome


def test_the_input_methods_window_stands_at_the_cell(owner):
    owner.view.focus_field("leader")
    rect = owner.view.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    assert rect.contains(owner.place("leader"))


# ---- undo, clipboard ----------------------------------------------------------------------------------------------


def test_undo_and_redo_are_asked_for(owner):
    owner.view.focus_field("leader")
    owner.key(Key.Key_Z, CTRL)
    owner.key(Key.Key_Y, CTRL)
    assert owner.others == [("undo_wanted",), ("redo_wanted",)]


def test_copy_cut_and_paste_of_one_cell(owner):
    owner.view.focus_field("leader")
    owner.key(Key.Key_X, CTRL)
    assert QGuiApplication.clipboard().text() == "陈观保"
    assert owner.data["leader"] is None
    owner.view.focus_field("bank")
    owner.key(Key.Key_V, CTRL)
    assert owner.data["bank"] == "陈观保"
    owner.view.focus_field("total")
    owner.key(Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "174,000.00"
    owner.key(Key.Key_V, CTRL)
    owner.key(Key.Key_X, CTRL)
    assert owner.data["total"] == Decimal("174000.00")
