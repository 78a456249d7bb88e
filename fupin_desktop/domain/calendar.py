"""Working days, periods of publicity (公示期) and how dates are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked.

    Attributes:
        days: Days that differ from Monday to Friday: True is worked (调休上班), False is free (放假).
        years: Years whose holidays are known.
    """

    days: Mapping[date, bool] = field(default_factory=dict)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; a day of which nothing is known goes by Monday to Friday."""
        return self.days.get(day, day.weekday() < _SATURDAY)

    def knows(self, year: int) -> bool:
        """Whether the holidays of the year are known."""
        return year in self.years

    def next_working(self, day: date) -> date:
        """The day itself where it is worked, else the next that is."""
        while not self.is_working(day):
            day += _DAY
        return day


@dataclass(frozen=True, slots=True)
class PeriodRule:
    """How a period is counted.

    Attributes:
        days: Length, 1 or more.
        working: Whether working days are counted instead of natural ones.
        start_counted: Whether the day of posting is the first day.
        roll_to_working: Whether an end on a free day moves to the next working day.
    """

    days: int
    working: bool = False
    start_counted: bool = True
    roll_to_working: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A counted period, both ends included.

    Attributes:
        first: First day that counts.
        last: Last day.
        days: Days from first to last, of the kind the rule counts: what “共N天” says.
        warnings: Chinese sentences on years whose holidays are not known.
        working: Whether ``days`` are working days.
    """

    first: date
    last: date
    days: int
    warnings: tuple[str, ...] = ()
    working: bool = False


def period(start: date, rule: PeriodRule, calendar: WorkCalendar) -> Period:
    """The period of a notice posted on ``start``: 11月9日 with 5 natural days ends on 11月13日.

    Raises:
        ValueError: The rule has less than one day, or the period leaves the years dates can hold.
    """
    if rule.days < 1:
        raise ValueError("公示期至少为1天")
    try:
        return _working(start, rule, calendar) if rule.working else _natural(start, rule, calendar)
    except OverflowError:
        raise ValueError("公示期超出了日期的范围") from None


def _natural(start: date, rule: PeriodRule, calendar: WorkCalendar) -> Period:
    """A period of natural days."""
    first = start if rule.start_counted else start + _DAY
    last = end = first + timedelta(days=rule.days - 1)
    if rule.roll_to_working:
        last = calendar.next_working(end)
    warnings = _unknown(end, last, calendar) if rule.roll_to_working else ()
    return Period(first, last, (last - first).days + 1, warnings)


def _working(start: date, rule: PeriodRule, calendar: WorkCalendar) -> Period:
    """A period of working days; it begins on the first day that counts and ends on a working day anyway."""
    first = last = calendar.next_working(start if rule.start_counted else start + _DAY)
    for _ in range(rule.days - 1):
        last = calendar.next_working(last + _DAY)
    return Period(first, last, rule.days, _unknown(start, last, calendar), working=True)


def _unknown(first: date, last: date, calendar: WorkCalendar) -> tuple[str, ...]:
    """A sentence for each year of the span whose holidays are not known."""
    return tuple(
        f"{year}年的放假安排尚未收录，暂按周一至周五上班、法定节日放假推算，请对照国务院放假通知核对，并在日历中补充"
        for year in range(first.year, last.year + 1)
        if not calendar.knows(year)
    )


def say_date(day: date) -> str:
    """The date as official papers write it, without leading zeros: 2026年11月9日."""
    return f"{day.year}年{day.month}月{day.day}日"


def say_period(span: Period) -> str:
    """The period as notices write it: 2026年11月9日至11月13日(共5天); the year is repeated where it changes."""
    last = say_date(span.last)
    if span.last.year == span.first.year:
        last = last.partition("年")[2]
    unit = "个工作日" if span.working else "天"
    return f"{say_date(span.first)}至{last}(共{span.days}{unit})"
