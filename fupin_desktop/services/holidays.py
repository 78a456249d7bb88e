"""The office's own days off and make-up days, laid over the published calendar."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from fupin_desktop.services.workbench import CALENDAR_SETTING, CALENDAR_YEARS_SETTING, Change, Workbench


def edited(bench: Workbench) -> tuple[dict[date, bool], frozenset[int]]:
    """The days that the office corrected or added, and the years it vouches for."""
    days = bench.setting(CALENDAR_SETTING) or {}
    own = {date.fromisoformat(day): bool(works) for day, works in days.items()}
    return own, frozenset(bench.setting(CALENDAR_YEARS_SETTING) or ())


def keep(bench: Workbench, days: Mapping[date, bool], years: Iterable[int]) -> Change:
    """Keep the office's own days over the published calendar.

    Args:
        bench: The workbench.
        days: True is worked (调休上班), False is free (放假).
        years: Years whose days are complete, so that nothing is warned of them.
    """
    own = {day.isoformat(): works for day, works in sorted(days.items())}
    return bench.set_settings({CALENDAR_SETTING: own, CALENDAR_YEARS_SETTING: sorted(set(years))}, "修改放假和调休")
