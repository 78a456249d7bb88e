"""Tasks of a yearly plan with the day they are due (吴川 四)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, case

from fupin_desktop.domain.register_words import TaskState
from fupin_desktop.services.registers.day_checks import not_ahead
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import (
    VILLAGE,
    Computed,
    Filter,
    NamedFilter,
    Parent,
    Reference,
    Search,
    own,
)
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import PlanTask, YearPlan
from fupin_desktop.storage.fields import Field, Kind

PLAN = Parent("plan", YearPlan, "plan_key", "个年度方案", Search(("name",)), above=VILLAGE)
_SOON = 10


def _state(bench: Workbench, _year: int) -> ColumnElement[Any]:
    due, today = PlanTask.due_on, bench.today
    return case(
        (PlanTask.done_on.is_not(None), TaskState.DONE.value),
        (due < today, TaskState.LATE.value),
        (due <= today + timedelta(days=_SOON), TaskState.SOON.value),
        else_=TaskState.OPEN.value,
    )


REGISTER = Register(
    name="plan_tasks",
    title="年度任务",
    unit="项",
    keyword="年度任务",
    tab="ledgers",
    section="目标考核",
    searched=False,
    entity=PlanTask,
    parent=PLAN,
    columns=(
        Reference("plan_key", YearPlan, source="plan", key="plan", label="年度方案"),
        *own("content", "part", "responsible", "due_on"),
        Computed(Field("state", "进展", Kind.CHOICE, choices=TaskState), _state),
        *own("done_on", "result"),
    ),
    search=Search(("content",)),
    order="due_on",
    identity=(Identity(("plan_key", "content")),),
    checks=(not_ahead("done_on", "完成日期在今天以后。"),),
    filters={
        "late": NamedFilter(
            (Filter("state", values=(TaskState.LATE.label,)),), "逾期", "年度任务已过期限", "已过期", "late"
        ),
        "soon": NamedFilter(
            (Filter("state", values=(TaskState.SOON.label,)),), "", f"年度任务 {_SOON} 天内到期", "将到期", "soon"
        ),
    },
    layout=Layout(
        first=("content", "part", "responsible", "due_on", "state", "done_on", "result", "plan"),
        groups=(Group("任务", ("plan", "content", "part", "responsible", "due_on", "done_on", "result")),),
        empty=("还没有年度任务", "先登记年度方案，再把方案里的任务逐项登记。"),
    ),
)
