from datetime import date

import pytest

from fupin_desktop.domain.calendar import PeriodRule, period
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
