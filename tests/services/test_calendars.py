from datetime import date

import pytest

from fupin_desktop.domain.calendar import PeriodRule, period, say_period
from fupin_desktop.domain.statutory import statutory_days
from fupin_desktop.services.calendars import work_calendar


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 10, 1), False),
        (date(2026, 10, 7), False),
        (date(2026, 10, 8), True),
        (date(2026, 10, 10), True),
        (date(2026, 11, 14), False),
        (date(2026, 11, 16), True),
    ],
)
def test_the_published_days(day, worked):
    assert work_calendar().is_working(day) is worked


def test_edits_lie_over_the_published_days_and_leave_them_alone():
    edited = work_calendar({date(2026, 11, 16): False, date(2026, 11, 14): True})
    assert not edited.is_working(date(2026, 11, 16))
    assert edited.is_working(date(2026, 11, 14))
    assert work_calendar().is_working(date(2026, 11, 16))


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_days_that_are_free_by_law_are_free_in_what_is_published(year):
    days = [*statutory_days(year)]
    assert len(set(days)) == 13
    assert not any(work_calendar().is_working(day) for day in days)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2027, 1, 1), False), (date(2027, 1, 4), True), (date(2027, 2, 5), False), (date(2027, 2, 8), False),
        (date(2027, 2, 9), True), (date(2027, 4, 5), False), (date(2027, 6, 9), False), (date(2027, 9, 15), False),
        (date(2027, 10, 1), False), (date(2028, 1, 25), False), (date(2028, 1, 28), False), (date(2028, 5, 1), False),
        (date(2028, 5, 29), True), (date(2028, 10, 2), False),
    ],
)  # fmt: skip
def test_a_year_that_is_not_published_yet_has_the_days_that_are_free_by_law(day, worked):
    assert work_calendar().is_working(day) is worked
    assert not work_calendar().knows(day.year)


def test_a_period_over_new_year_does_not_count_a_day_that_is_free_by_law():
    found = period(date(2026, 12, 28), PeriodRule(7, working=True), work_calendar())
    assert say_period(found) == "2026年12月28日至2027年1月6日(共7个工作日)"
    assert [sentence[:5] for sentence in found.warnings] == ["2027年"]


def test_known_years():
    assert work_calendar().knows(2026)
    assert not work_calendar().knows(2060)
    assert work_calendar(years=[2060]).knows(2060)
    assert work_calendar(years=[2060]).knows(2026)


def test_an_unknown_year_warns():
    start = date(2059, 12, 29)
    found = period(start, PeriodRule(7, working=True), work_calendar())
    assert [sentence[:5] for sentence in found.warnings] == ["2059年", "2060年"]
    assert period(start, PeriodRule(7, working=True), work_calendar(years=[2059, 2060])).warnings == ()
