"""The State Council's working calendar, with the office's own corrections laid over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from fupin_desktop.domain import statutory
from fupin_desktop.domain.calendar import WorkCalendar


@cache
def _published() -> WorkCalendar:
    """The days of all published years, and those of later ones that are free by law.

    The library is loaded only when a calendar is asked for.
    """
    import chinese_calendar

    days = dict.fromkeys(chinese_calendar.holidays, False) | dict.fromkeys(chinese_calendar.workdays, True)
    first, last = min(days).year, max(chinese_calendar.holidays).year
    by_law = (day for year in statutory.YEARS if year > last for day in statutory.statutory_days(year))
    return WorkCalendar(dict.fromkeys(by_law, False) | days, frozenset(range(first, last + 1)))


def work_calendar(edits: Mapping[date, bool] | None = None, years: Iterable[int] = ()) -> WorkCalendar:
    """The calendar of holidays (放假) and make-up working days (调休上班).

    Args:
        edits: Days the office has corrected or added: True is worked, False is free.
        years: Further years the office vouches for, beyond those published when the program was built.
    """
    published = _published()
    if not edits and not years:
        return published
    return WorkCalendar({**published.days, **(edits or {})}, published.years | frozenset(years))
