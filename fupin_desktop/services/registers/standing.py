"""How things stand against the day they are due (期限): a column, and the filters that list them on the first page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, case

from fupin_desktop.domain.register_words import Standing
from fupin_desktop.services.registers.parts import Computed, Filter, NamedFilter
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Field, Kind

SOON_DAYS = 30
KEY = "standing"


def standing(day: Callable[[], Any], done: Callable[[], ColumnElement[bool]] | None = None) -> Computed:
    """A column that tells how records stand against a day.

    Args:
        day: Gives the attribute with the day.
        done: Gives what tells that a record is done with; None where that never happens.
    """

    def expression(bench: Workbench, _year: int) -> ColumnElement[Any]:
        due, today = day(), bench.today
        settled = [(done(), Standing.DONE.value)] if done is not None else []
        return case(
            *settled,
            (due < today, Standing.LATE.value),
            (due <= today + timedelta(days=SOON_DAYS), Standing.SOON.value),
            (due.is_not(None), Standing.OPEN.value),
        )

    return Computed(Field(KEY, "期限情况", Kind.CHOICE, choices=Standing), expression)


def due_filters(late: str, soon: str) -> dict[str, NamedFilter]:
    """The filters of what is late and of what is due within 30 days.

    Args:
        late: What the late rows lack, e.g. 风险防范已过期限.
        soon: The same of those due soon.
    """
    return {
        "late": NamedFilter((Filter(KEY, values=(Standing.LATE.label,)),), "逾期", late, "已过期", "late"),
        "soon": NamedFilter((Filter(KEY, values=(Standing.SOON.label,)),), "", soon, "将到期", "soon"),
    }
