"""The fields for days and amounts, and the switch between views."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fupin_desktop.ui.widgets.calendar import CalendarPop
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.money_field import MoneyField
from fupin_desktop.ui.widgets.segments import Segments
from tests.ui.scheme_typing import type_text


@pytest.fixture
def day(app, qtbot):
    made = DayField(2026)
    qtbot.addWidget(made)
    made.show()
    made.told = []
    made.day_changed.connect(lambda: made.told.append(made.day))
    return made


@pytest.fixture
def amount(app, qtbot):
    made = MoneyField()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("typed", "found"), [
    ("2026-3-1", date(2026, 3, 1)), ("2026年3月1日", date(2026, 3, 1)), ("20260301", date(2026, 3, 1)),
    ("3.1", date(2026, 3, 1)), ("", None),
])
def test_a_day_is_typed_in_any_usual_way(day, typed, found):
    type_text(day, typed)
    day.editingFinished.emit()
    assert day.day == found
    assert day.text() == (f"{found:%Y-%m-%d}" if found else "")
    assert day.fault == ""


def test_what_is_no_day_is_marked_until_it_is_mended(day):
    type_text(day, "2月30")
    assert day.property("wrong") == "true"
    assert day.day is None
    assert day.told == []
    day.clear()
    type_text(day, "2.28")
    assert day.property("wrong") == ""
    assert day.told[-1] == date(2026, 2, 28)


def test_a_day_is_told_once(day):
    day.choose(date(2026, 5, 6))
    day.choose(date(2026, 5, 6))
    day.put(None)
    assert day.told == [date(2026, 5, 6)]
    assert day.text() == ""


def test_the_calendar_opens_at_the_day_and_gives_one(day):
    day.put(date(2026, 3, 1))
    QTest.keyClick(day, Qt.Key.Key_F4)
    pop = next(one for one in day.findChildren(CalendarPop) if one.isVisible())
    assert pop.calendar.selectedDate() == QDate(2026, 3, 1)
    pop.calendar.clicked.emit(QDate(2026, 4, 9))
    QApplication.processEvents()
    assert day.told == [date(2026, 4, 9)]
    assert day.text() == "2026-04-09"


def test_an_amount_stands_in_capital_characters_too(amount):
    type_text(amount.line, "¥1,680.32")
    assert amount.value == Decimal("1680.32")
    assert amount.told.text() == "人民币壹仟陆佰捌拾元零叁角贰分"
    amount.line.editingFinished.emit()
    assert amount.line.text() == "1,680.32"


@pytest.mark.parametrize("typed", ["12万万", "1.234", "-5", "许多", "1000000000000"])
def test_what_is_no_amount_says_why(amount, typed):
    type_text(amount.line, typed)
    assert amount.value is None
    assert amount.fault
    assert amount.told.text() == amount.fault
    assert amount.line.property("wrong") == "true"
    amount.put(Decimal("0.01"))
    assert amount.fault == ""
    assert amount.line.property("wrong") == ""
    amount.put(None)
    assert amount.value is None
    assert amount.fault == ""


def test_one_of_the_views_is_down(app, qtbot):
    made = Segments([("a", "甲"), ("b", "乙"), ("c", "丙")])
    qtbot.addWidget(made)
    assert made.key == ""
    made.show_key("b")
    assert made.key == "b"
    with qtbot.waitSignal(made.chosen) as told:
        made.buttons["c"].click()
    assert told.args == ["c"]
    assert [made.buttons[key].isChecked() for key in "abc"] == [False, False, True]
