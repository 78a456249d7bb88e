"""Days that are free by law whatever is arranged around them (法定节日): 全国年节及纪念日放假办法, from 2025 on.

The State Council announces in November how the days of the next year are arranged (放假调休). Until that is known,
these are the days that are free for certain.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

_MOVING = {
    2025: (129, 4, 531, 1006),
    2026: (217, 5, 619, 925),
    2027: (206, 5, 609, 915),
    2028: (126, 4, 528, 1003),
    2029: (213, 4, 616, 922),
    2030: (203, 5, 605, 912),
    2031: (123, 5, 624, 1001),
    2032: (211, 4, 612, 919),
    2033: (131, 4, 601, 908),
    2034: (219, 5, 620, 927),
    2035: (208, 5, 610, 916),
    2036: (128, 4, 530, 1004),
    2037: (215, 4, 618, 924),
    2038: (204, 5, 607, 913),
    2039: (124, 5, 527, 1002),
    2040: (212, 4, 614, 920),
    2041: (201, 4, 603, 910),
    2042: (122, 4, 622, 928),
    2043: (210, 5, 611, 917),
    2044: (130, 4, 531, 1005),
    2045: (217, 4, 619, 925),
}
"""By year: 春节 (month and day of 正月初一), 清明 (the day of April), 端午, 中秋."""
_FIXED = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
_EVE, _AFTER = 1, 2
YEARS = range(min(_MOVING), max(_MOVING) + 1)
"""The years whose days are known."""


def statutory_days(year: int) -> Iterator[date]:
    """The days of a year that are free by law, 除夕 among them; none of a year outside :data:`YEARS`."""
    if year not in YEARS:
        return
    spring, tomb_sweeping, dragon_boat, mid_autumn = _MOVING[year]
    first = date(year, *divmod(spring, 100))
    yield from (first + timedelta(days=day) for day in range(-_EVE, _AFTER + 1))
    yield date(year, 4, tomb_sweeping)
    yield from (date(year, *divmod(day, 100)) for day in (dragon_boat, mid_autumn))
    yield from (date(year, month, day) for month, day in _FIXED)
