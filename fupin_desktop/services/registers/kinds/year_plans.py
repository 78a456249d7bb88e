"""The plan of a year (年度方案, 清远 二19, 吴川 二(三))."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.services.registers.description import Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.kinds import plan_tasks
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Computed, Search, own
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import PlanTask, YearPlan
from fupin_desktop.storage.fields import Field, Kind


def _tasks(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    return select(func.count()).where(PlanTask.plan_key == YearPlan.key).correlate(YearPlan).scalar_subquery()


def _done(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    done = select(func.count()).where(PlanTask.plan_key == YearPlan.key, PlanTask.done_on.is_not(None))
    return done.correlate(YearPlan).scalar_subquery()


REGISTER = Register(
    name="year_plans",
    title="年度方案",
    unit="份",
    keyword="年度方案",
    tab="ledgers",
    section="目标考核",
    entity=YearPlan,
    parent=VILLAGE,
    year="year",
    columns=(
        *own("name", "document_no", "issued_on"),
        IN_VILLAGE,
        Computed(Field("tasks", "任务", Kind.INTEGER, unit="项", summed=True), _tasks),
        Computed(Field("done", "已完成", Kind.INTEGER, unit="项", summed=True), _done),
        *own("note", "papers"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name",)),),
    unique=(Unique(("name",)),),
    children=(plan_tasks.REGISTER,),
    layout=Layout(
        first=("name", "document_no", "issued_on", "village", "tasks", "done"),
        groups=(Group("方案", ("name", "document_no", "issued_on", "village", "note")),),
        sums=(("tasks", "任务"), ("done", "已完成")),
        empty=("还没有年度方案", "每年编制的方案在这里登记，任务会列入首页“要办的事”。"),
    ),
)
