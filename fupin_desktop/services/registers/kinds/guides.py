"""Guides of poor households (产业发展指导员, 清远 二16); a household names its guide."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.services.registers.day_checks import in_order
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.kinds import guide_visits
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    VILLAGE,
    Computed,
    Filter,
    NamedFilter,
    Search,
    own,
)
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Guide, GuideVisit, Household
from fupin_desktop.storage.fields import Field, Kind


def _households(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    return select(func.count()).where(Household.guide == Guide.name).correlate(Guide).scalar_subquery()


def _last_visit(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    visit = GuideVisit
    return select(func.max(visit.visited_on)).where(visit.guide_key == Guide.key).correlate(Guide).scalar_subquery()


def _this_quarter(bench: Workbench, _year: int) -> ColumnElement[Any]:
    """Visits since the quarter of today began."""
    today, visit = bench.today, GuideVisit
    start = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    counted = select(func.count()).where(visit.guide_key == Guide.key, visit.visited_on >= start)
    return counted.correlate(Guide).scalar_subquery()


REGISTER = Register(
    name="guides",
    title="产业发展指导员",
    unit="名",
    keyword="指导员",
    tab="ledgers",
    section="人员培训",
    entity=Guide,
    parent=VILLAGE,
    columns=(
        *own("name", "origin"),
        IN_VILLAGE,
        *own("unit", "phone", "since", "until", "duties"),
        Computed(Field("households", "指导户数", Kind.INTEGER, unit="户", summed=True), _households),
        Computed(Field("quarter_visits", "本季走访", Kind.INTEGER, unit="次", summed=True), _this_quarter),
        Computed(Field("last_visit", "最近走访", Kind.DATE), _last_visit),
        *own("note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name",)),),
    unique=(Unique(("name",)),),
    later=("origin",),
    checks=(in_order("since", "until", "聘期止日在起日之前。"),),
    children=(guide_visits.REGISTER,),
    filters={
        "unvisiting": NamedFilter(
            (Filter("quarter_visits", high="0"), Filter("households", low="1")),
            lacking="指导员本季还没有走访", badge="未走访",
        ),
        "idle": NamedFilter((Filter("households", high="0"),)),
    },
    layout=Layout(
        first=(
            *("name", "origin", "village", "unit", "phone", "households", "quarter_visits", "last_visit", "since"),
            *("until", "duties"),
        ),
        groups=(Group("指导员", ("name", "origin", "village", "unit", "phone", "since", "until", "duties", "note")),),
        sums=(("households", "指导"), ("quarter_visits", "本季走访")),
        empty=("还没有产业发展指导员", "逐名新增；农户资料里的“产业发展指导员”填写姓名。"),
    ),
)
