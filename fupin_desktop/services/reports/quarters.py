"""The quarters of a year as the quarterly tables know them, and the days they are due (清远 三(三))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from fupin_desktop.domain.project_words import Quarter

EARLIER_DAYS = 3
"""Days before the county's day on which a town hands in, where the office sets no other number."""
_WORDS = {quarter: f"第{quarter.label}" for quarter in Quarter}


def key_of(quarter: Quarter) -> str:
    """The place of a report of a quarter, as its document keeps it."""
    return f"q{quarter.value}"


def quarter_of(place_key: str) -> Quarter | None:
    """The quarter of a report's place; None for another place."""
    return next((quarter for quarter in Quarter if key_of(quarter) == place_key), None)


def word(quarter: Quarter) -> str:
    """第三季度."""
    return _WORDS[quarter]


def previous(year: int, quarter: Quarter) -> tuple[int, Quarter]:
    """The quarter before."""
    order = list(Quarter)
    place = order.index(quarter)
    return (year, order[place - 1]) if place else (year - 1, order[-1])


def following(year: int, quarter: Quarter) -> tuple[int, Quarter]:
    """The quarter after."""
    order = list(Quarter)
    place = order.index(quarter) + 1
    return (year, order[place]) if place < len(order) else (year + 1, order[0])


def last_ended(today: date) -> tuple[int, Quarter]:
    """The last quarter that has ended: the one that is reported on."""
    return previous(today.year, list(Quarter)[(today.month - 1) // 3])


def county_day(year: int, quarter: Quarter, days: Sequence[tuple[int, int]]) -> date:
    """The day by which the county reports a quarter to the city.

    Args:
        year: Year of the quarter.
        quarter: The quarter.
        days: Month and day of each report, ascending, as the policy has them; the first one is of the last quarter
            of the year before.
    """
    place = (list(Quarter).index(quarter) + 1) % len(days)
    return date(year + (place == 0), *days[place])


def town_day(year: int, quarter: Quarter, days: Sequence[tuple[int, int]], earlier: int) -> date:
    """The day by which the town hands in to the county, so many days earlier."""
    return county_day(year, quarter, days) - timedelta(days=earlier)
