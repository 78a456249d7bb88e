from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_desktop.domain.calendar import Period, PeriodRule, WorkCalendar, period, say_date, say_period

MONDAY = date(2026, 11, 9)
HOLIDAYS = {date(2026, 10, day): False for day in range(1, 8)} | {date(2026, 10, 10): True, date(2026, 9, 20): True}
CALENDAR = WorkCalendar(HOLIDAYS, frozenset({2026}))


def test_practice_of_notices():
    found = period(MONDAY, PeriodRule(5), CALENDAR)
    assert found == Period(MONDAY, date(2026, 11, 13), 5)
    assert say_period(found) == "2026年11月9日至11月13日(共5天)"


@pytest.mark.parametrize(
    ("rule", "first", "last", "days"),
    [
        (PeriodRule(1), (11, 9), (11, 9), 1),
        (PeriodRule(10), (11, 9), (11, 18), 10),
        (PeriodRule(5, start_counted=False), (11, 10), (11, 14), 5),
        (PeriodRule(6, roll_to_working=True), (11, 9), (11, 16), 8),
        (PeriodRule(5, roll_to_working=True), (11, 9), (11, 13), 5),
        (PeriodRule(5, working=True), (11, 9), (11, 13), 5),
        (PeriodRule(7, working=True), (11, 9), (11, 17), 7),
        (PeriodRule(7, working=True, start_counted=False), (11, 10), (11, 18), 7),
    ],
)
def test_kinds_of_counting(rule, first, last, days):
    found = period(MONDAY, rule, CALENDAR)
    assert (found.first, found.last, found.days) == (date(2026, *first), date(2026, *last), days)
    assert found.warnings == ()


def test_holidays_and_make_up_days():
    assert not CALENDAR.is_working(date(2026, 10, 1))
    assert CALENDAR.is_working(date(2026, 10, 10))
    assert not CALENDAR.is_working(date(2026, 10, 11))
    assert CALENDAR.next_working(date(2026, 10, 1)) == date(2026, 10, 8)
    found = period(date(2026, 9, 28), PeriodRule(7, working=True), CALENDAR)
    assert found.last == date(2026, 10, 12)
    assert say_period(found) == "2026年9月28日至10月12日(共7个工作日)"


def test_a_free_day_of_posting_begins_on_the_next_working_day():
    saturday = date(2026, 11, 14)
    assert period(saturday, PeriodRule(2, working=True), CALENDAR).first == date(2026, 11, 16)
    assert period(saturday, PeriodRule(2), CALENDAR).first == saturday


def test_an_unknown_year_is_a_warning_where_it_matters():
    start = date(2026, 12, 28)
    working = period(start, PeriodRule(7, working=True), CALENDAR)
    assert working.last == date(2027, 1, 5)
    assert len(working.warnings) == 1
    assert "2027年的放假安排尚未收录" in working.warnings[0]
    assert period(start, PeriodRule(3, roll_to_working=True), CALENDAR).warnings == ()
    rolled = period(start, PeriodRule(7, roll_to_working=True), CALENDAR)
    assert rolled.last == date(2027, 1, 4)
    assert rolled.warnings == working.warnings
    assert period(start, PeriodRule(10), CALENDAR).warnings == ()


def test_the_year_is_repeated_where_it_changes():
    assert say_period(period(date(2026, 12, 30), PeriodRule(5), CALENDAR)) == "2026年12月30日至2027年1月3日(共5天)"
    assert say_date(date(2026, 1, 2)) == "2026年1月2日"


@pytest.mark.parametrize("days", [0, -1])
def test_a_period_has_at_least_a_day(days):
    with pytest.raises(ValueError, match="至少为1天"):
        period(MONDAY, PeriodRule(days), CALENDAR)


@pytest.mark.parametrize("working", [True, False])
def test_a_period_beyond_all_dates_is_told(working):
    with pytest.raises(ValueError, match="超出了日期的范围"):
        period(date(9999, 12, 30), PeriodRule(5, working=working), CALENDAR)


rules = st.builds(PeriodRule, st.integers(1, 40), st.booleans(), st.booleans(), st.booleans())


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), rules)
def test_periods_hold_what_they_say(start, rule):
    found = period(start, rule, CALENDAR)
    days = [found.first + timedelta(offset) for offset in range((found.last - found.first).days + 1)]
    assert days[0] == found.first >= start + timedelta(0 if rule.start_counted else 1)
    assert days[-1] == found.last
    counted = sum(map(CALENDAR.is_working, days)) if rule.working else len(days)
    assert found.days == counted >= rule.days
    if rule.working or rule.roll_to_working:
        assert CALENDAR.is_working(found.last)
