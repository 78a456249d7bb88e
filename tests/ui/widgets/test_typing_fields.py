"""Fields that are typed into: numbers with a slider, days, amounts, lists that open below a line, the search box."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QValidator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from fupin_desktop.ui.widgets.calendar import CalendarPop
from fupin_desktop.ui.widgets.day_field import DayField, first_wrong
from fupin_desktop.ui.widgets.decimal_spin import DecimalSpin, Turner
from fupin_desktop.ui.widgets.money_field import MoneyField
from fupin_desktop.ui.widgets.name_field import name_field
from fupin_desktop.ui.widgets.search_box import Found, SearchBox
from fupin_desktop.ui.widgets.suggest_field import SuggestField
from tests.ui.cases import cases_of
from tests.ui.scheme_typing import type_text

KEY, ALT = Qt.Key, Qt.KeyboardModifier.AltModifier
STATES = {"good": QValidator.State.Acceptable, "half": QValidator.State.Intermediate, "no": QValidator.State.Invalid}


@pytest.fixture
def window(app, qtbot):
    """An empty window with two lines below each other, the upper one for the field looked at."""
    made = QWidget()
    made.resize(420, 360)
    made.column = QVBoxLayout(made)
    made.other = QLineEdit()
    made.column.addWidget(made.other)
    made.column.addStretch(1)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def put(window, field):
    window.column.insertWidget(0, field)
    field.show()
    field.setFocus()
    QApplication.processEvents()
    return field


# ---- numbers ----
@pytest.mark.parametrize("case", cases_of("turning"))
def test_slider_and_number_agree_and_come_back(app, case):
    first = Decimal(case["first"])
    turner, told = Turner(first, share=case.get("share", False)), []
    turner.value_changed.connect(lambda: told.append(turner.value))
    if "slid" in case:
        turner.slider.setValue(case["slid"])
    else:
        type_text(turner.spin.lineEdit(), case["typed"])
    assert (turner.value, turner.slider.value()) == (Decimal(case["value"]), case["slider"])
    assert told[-1:] == [turner.value]
    turner.reset()
    assert (turner.value, turner.slider.value()) == (first, 100)
    assert Decimal(turner.spin.lineEdit().text()) == first


def test_every_key_moves_the_slider_on(app):
    turner = Turner(Decimal("0.0333"), share=True)
    turner.slider.setValue(100)
    for wanted in (101, 102, 103):
        QTest.keyClick(turner.slider, KEY.Key_Right)
        assert turner.slider.value() == wanted


def test_a_standard_of_nought_is_typed_and_not_slid(app):
    turner = Turner(Decimal(0))
    assert not turner.slider.isEnabled()
    type_text(turner.spin.lineEdit(), "12")
    assert turner.value == 12


@given(st.decimals("0.01", "100000", places=2), st.integers(0, 300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_what_is_slid_is_that_part_of_the_first_value_to_the_fen(app, first, per_cent):
    turner = Turner(first)
    turner.slider.setValue(per_cent)
    assert turner.slider.value() == per_cent
    assert abs(turner.value - first * per_cent / 100) <= Decimal("0.005")


@pytest.mark.parametrize("case", cases_of("spin_texts"))
def test_only_digits_and_one_point_are_typed(app, case):
    state, text, place = DecimalSpin(Decimal(1)).validate(case["text"], 3)
    assert (state, text, place) == (STATES[case["state"]], case["text"], 3)


def test_digits_without_end_are_not_taken(app):
    spin = DecimalSpin(Decimal(1))
    spin.show()
    spin.lineEdit().clear()
    QTest.keyClicks(spin.lineEdit(), "9" * 40)
    assert spin.value == 999_999_999_999
    spin.close()


def test_arrows_stop_at_both_ends(app):
    spin = DecimalSpin(Decimal("0.99"), step=Decimal("0.02"), most=Decimal(1))
    flags = spin.StepEnabledFlag
    assert spin.stepEnabled() == flags.StepUpEnabled | flags.StepDownEnabled
    spin.stepBy(1)
    assert (spin.value, spin.stepEnabled()) == (1, flags.StepDownEnabled)
    spin.stepBy(-100)
    assert (spin.value, spin.stepEnabled()) == (0, flags.StepUpEnabled)
    spin.stepBy(-1)
    assert spin.value == 0


def test_a_half_typed_number_is_written_out_when_the_line_is_left(app):
    spin = DecimalSpin(Decimal("12.5"))
    type_text(spin.lineEdit(), "1200.")
    assert spin.value == 1200
    spin.editingFinished.emit()
    assert spin.lineEdit().text() == "1,200"
    spin.lineEdit().setText("")
    spin.editingFinished.emit()
    assert spin.lineEdit().text() == "1,200"


# ---- days ----
@pytest.fixture
def day(window):
    made = DayField(2026)
    made.told = []
    made.day_changed.connect(lambda: made.told.append(made.day))
    return put(window, made)


def test_the_calendar_opens_by_its_keys_and_its_button(day):
    for opens in (
        lambda: QTest.keyClick(day, KEY.Key_F4), lambda: QTest.keyClick(day, KEY.Key_Down, ALT), day.button.click,
    ):
        opens()
        pop = next(one for one in day.findChildren(CalendarPop) if one.isVisible())
        assert pop.mapToGlobal(QPoint(0, 0)).y() > day.mapToGlobal(QPoint(0, 0)).y()
        pop.close()
    QTest.keyClick(day, KEY.Key_Down)
    assert not [one for one in day.findChildren(CalendarPop) if one.isVisible()]


def test_29_february_is_a_day_of_leap_years_alone(day):
    type_text(day, "2028-2-29")
    assert day.day == date(2028, 2, 29)
    type_text(day, "2027-2-29")
    assert (day.day, day.property("wrong")) == (None, "true")
    assert day.toolTip() == day.fault != ""


def test_a_day_without_a_year_is_of_the_year_at_work(day):
    day.year = 2025
    type_text(day, "12.31")
    day.editingFinished.emit()
    assert (day.day, day.text()) == (date(2025, 12, 31), "2025-12-31")


def test_what_is_wrong_stays_as_it_was_typed_when_the_line_is_left(day):
    day.put(date(2026, 5, 6))
    type_text(day, "五月节")
    day.editingFinished.emit()
    assert (day.text(), day.day, day.told) == ("五月节", None, [])


def test_what_a_field_is_for_is_told_again_once_its_day_can_be_read(day):
    day.setToolTip("空着就是今天")
    type_text(day, "2026-05-06")
    assert day.toolTip() == "空着就是今天"
    type_text(day, "2026-13-01")
    type_text(day, "13月")
    assert day.toolTip() == day.fault
    day.put(date(2026, 5, 6))
    assert day.toolTip() == "空着就是今天"


def test_emptied_the_day_is_told_to_be_gone(day):
    day.put(date(2026, 5, 6))
    type_text(day, "")
    assert day.told == [None]


def test_the_first_field_that_says_no_day_gets_the_keyboard(window, day):
    good, wrong = put(window, DayField(2026)), put(window, DayField(2026))
    good.put(date(2026, 1, 1))
    assert first_wrong(day, good, wrong) == ""
    wrong.setText("2026-13-01")
    assert first_wrong(day, good, wrong) == f"{wrong.fault}。"
    assert QApplication.focusWidget() is wrong


# ---- amounts ----
@pytest.mark.parametrize(("typed", "told"), [
    ("0", "人民币零元整"), ("0.05", "人民币伍分"), ("100000.10", "人民币壹拾万元零壹角整"), ("１２.５", "人民币壹拾贰元伍角整"),
    ("1.5万", "人民币壹万伍仟元整"), ("   ", "大写金额随填写显示"),
])  # fmt: skip
def test_an_amount_is_told_in_capital_characters_while_it_is_typed(app, typed, told):
    amount = MoneyField()
    type_text(amount.line, typed)
    assert amount.told.text() == told
    assert amount.fault == ""


def test_an_amount_that_is_none_is_left_as_it_is(app):
    amount = MoneyField()
    type_text(amount.line, "三千左右")
    amount.line.editingFinished.emit()
    assert amount.line.text() == "三千左右"
    assert amount.told.property("tone") == "must"
    type_text(amount.line, "")
    assert (amount.told.property("tone"), amount.line.property("wrong")) == ("", "")


def test_the_likeliest_name_stands_there_and_another_can_be_typed(app):
    field = name_field(("陈镇", "林委"))
    assert field.currentText() == "陈镇"
    field.setEditText("𡶶小明")
    assert [field.itemText(place) for place in range(field.count())] == ["陈镇", "林委"]
    assert name_field(()).currentText() == ""


# ---- lists below a line ----
NAMES = ("那罗村", "低岭村", "塘㙍村", "低洼村")


def suggest(typed):
    return [name for name in NAMES if typed in name]


@pytest.fixture
def closed(window):
    return put(window, SuggestField(window, suggest, closed=True))


@pytest.fixture
def free(window):
    return put(window, SuggestField(window, suggest, closed=False))


def test_a_closed_list_is_there_at_once_and_leaving_takes_the_first_that_fits(window, closed):
    assert closed.offered == list(NAMES)
    closed.setText("低")
    closed.textEdited.emit("低")
    assert closed.offered == ["低岭村", "低洼村"]
    window.other.setFocus()
    assert closed.text() == "低岭村"
    assert closed.offered == []


def test_the_list_opens_at_what_stands_there_and_an_empty_line_at_nothing(window):
    made = put(window, SuggestField(window, lambda _typed: ["甲村", "", "乙村"], closed=True))
    assert (made.offered, made.list.currentRow()) == (["甲村", "", "乙村"], -1)
    made.setText("乙村")
    QTest.keyClick(made, KEY.Key_F4)
    assert made.list.currentRow() == 2


def test_of_a_free_list_what_is_typed_stays(window, free):
    assert free.offered == []
    free.setText("低")
    free.textEdited.emit("低")
    assert free.offered == ["低岭村", "低洼村"]
    window.other.setFocus()
    assert free.text() == "低"


def test_arrows_choose_in_the_list_and_enter_takes(closed):
    for key, times in ((KEY.Key_Down, 6), (KEY.Key_Up, 1)):
        for _ in range(times):
            QTest.keyClick(closed, key)
    assert closed.list.currentItem().text() == "塘㙍村"
    QTest.keyClick(closed, KEY.Key_Return)
    assert (closed.text(), closed.offered) == ("塘㙍村", [])


def test_escape_closes_the_list_first_and_keys_open_it_again(window, free):
    QTest.keyClick(free, KEY.Key_F4)
    assert free.offered == list(NAMES)
    QTest.keyClick(free, KEY.Key_Escape)
    assert free.offered == []
    assert window.isVisible()
    QTest.keyClick(free, KEY.Key_Down, ALT)
    assert free.offered == list(NAMES)


def test_a_click_in_the_list_is_taken_and_what_is_whole_needs_no_list(free):
    QTest.keyClick(free, KEY.Key_F4)
    item = free.list.item(2)
    QTest.mouseClick(free.list.viewport(), Qt.MouseButton.LeftButton, pos=free.list.visualItemRect(item).center())
    assert (free.text(), free.offered, free.isModified()) == ("塘㙍村", [], True)
    free.textEdited.emit("塘㙍村")
    assert free.offered == []


def test_near_the_lower_edge_the_list_opens_above_its_line(window, free):
    window.column.removeWidget(free)
    free.setParent(window)
    free.move(10, window.height() - free.height() - 2)
    free.show()
    free.setFocus()
    QTest.keyClick(free, KEY.Key_F4)
    frame = free.list.parentWidget()
    assert frame.geometry().bottom() < free.y()


# ---- the search box ----
@pytest.fixture
def search(window):
    box = SearchBox(lambda text: [Found(name, name) for name in suggest(text)], "查找村", nothing="没有这样的村")
    box.taken = []
    box.chosen.connect(box.taken.append)
    return put(window, box)


def test_enter_in_an_emptied_box_takes_nothing_of_what_was_found_before(search):
    search.setText("低")
    QTest.keyClick(search, KEY.Key_Return)
    assert search.taken == ["低岭村"]
    search.clear()
    QTest.keyClick(search, KEY.Key_Return)
    assert search.taken == ["低岭村"]


def test_enter_before_the_pause_is_over_searches_at_once(search):
    search.setText("低")
    search.search_now()
    QTest.keyClick(search, KEY.Key_Backspace)
    search.setText("塘")
    search.textEdited.emit("塘")
    QTest.keyClick(search, KEY.Key_Enter)
    assert search.taken == ["塘㙍村"]


def test_what_is_not_found_is_said_and_not_taken(search):
    search.setText("某")
    QTest.keyClick(search, KEY.Key_Return)
    assert search.results == ["没有这样的村"]
    QTest.keyClick(search, KEY.Key_Down)
    QTest.keyClick(search, KEY.Key_Return)
    assert search.taken == []


def test_results_go_with_the_keyboard_and_with_another_size_of_the_window(window, search):
    for leave in (window.other.setFocus, lambda: window.resize(500, 300)):
        search.setFocus()
        search.setText("村")
        search.search_now()
        assert len(search.results) == 4
        leave()
        QApplication.processEvents()
        assert search.results == []


def test_a_click_takes_its_result(search):
    search.setText("村")
    search.search_now()
    found = search._list
    QTest.mouseClick(found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualItemRect(found.item(3)).center())
    assert search.taken == ["低洼村"]
