"""How loans and policies stand against the day they are due or end: a column, and the filters of what is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, case

from fupin_desktop.domain.register_words import DueState
from fupin_desktop.services.overview import Urgency
from fupin_desktop.services.registers.parts import Computed, Filter, NamedFilter
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Field, Kind


def due_state(key: str, day: Callable[[], Any], repaid: Callable[[], ColumnElement[bool]] | None = None) -> Computed:
    """A column that tells how records stand against a day.

    Args:
        key: Its key.
        day: Gives the attribute with the day.
        repaid: Gives what tells that nothing is owed any more; None where nothing is ever owed.
    """

    def expression(bench: Workbench, _year: int) -> ColumnElement[Any]:
        due, today = day(), bench.today
        settled = [(repaid(), DueState.REPAID.value)] if repaid is not None else []
        return case(
            *settled,
            (due < today, DueState.OVERDUE.value),
            (due <= today + timedelta(days=30), DueState.WITHIN_30.value),
            (due <= today + timedelta(days=60), DueState.WITHIN_60.value),
            else_=DueState.LATER.value,
        )

    return Computed(Field(key, "到期情况", Kind.CHOICE, choices=DueState), expression)


def due_within_30(key: str, title: str, urgency: Urgency) -> NamedFilter:
    """The filter of what is due within 30 days.

    Args:
        key: Key of the column.
        title: What the records are called.
        urgency: How pressing it is.
    """
    return _filter(key, DueState.WITHIN_30, f"{title} 30 天内到期", urgency)


def loan_filters(key: str, title: str) -> dict[str, NamedFilter]:
    """The filters of loans that are overdue, and of those due within 30 and 60 days.

    Args:
        key: Key of the column.
        title: What the loans are called.
    """
    overdue = Filter(key, values=(DueState.OVERDUE.label,))
    return {
        "overdue": NamedFilter((overdue,), "逾期", f"{title}已逾期", "已逾期", "late"),
        "due:30": due_within_30(key, title, "late"),
        "due:60": _filter(key, DueState.WITHIN_60, f"{title} 60 天内到期", "soon"),
    }


def _filter(key: str, state: DueState, lacking: str, urgency: Urgency) -> NamedFilter:
    return NamedFilter((Filter(key, values=(state.label,)),), "", lacking, "将到期", urgency)
