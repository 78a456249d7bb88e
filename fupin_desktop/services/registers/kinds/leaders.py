"""People who lead others to an income (创业致富带头人, 清远 一(二), 二15)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select

from fupin_desktop.services.registers.by_year import counting
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.household_counts import HELPED
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    VILLAGE,
    Computed,
    Filter,
    NamedFilter,
    Reference,
    Search,
    own,
)
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Entity, Household, Leader, Linkage, Project
from fupin_desktop.storage.fields import Field, Kind


def _brought_along(bench: Workbench, year: int) -> ColumnElement[Any]:
    """How many poor households the leader's entity or project brings along in the year."""
    about = (Linkage.entity_key == Leader.entity_key) | (Linkage.project_key == Leader.project_key)
    helped = counting(bench, Household.household_class, year).in_(HELPED)
    counted = (
        select(func.count(distinct(Linkage.household_key)))
        .join(Household, Household.key == Linkage.household_key)
        .where(about, Linkage.year == year, helped)
    )
    return counted.correlate(Leader).scalar_subquery()


REGISTER = Register(
    name="leaders",
    title="致富带头人",
    unit="人",
    keyword="带头人",
    tab="ledgers",
    section="主体与联结",
    entity=Leader,
    parent=VILLAGE,
    columns=(
        *own("name", "id_number", "sex"),
        IN_VILLAGE,
        Reference("project_key", Project, codes=("code",), key="project"),
        Reference("entity_key", Entity, codes=("credit_code",), key="entity"),
        Computed(Field("brought_along", "带动贫困户", Kind.INTEGER, unit="户", summed=True), _brought_along),
        *own("phone", "recognised_on", "document_no", "trained", "insured", "state", "note"),
    ),
    search=Search(("name",), id_number="id_number"),
    identity=(Identity(("id_number",)), Identity(("name", "village_key"))),
    unique=(Unique(("id_number",)),),
    later=("recognised_on",),
    filters={
        "missing:training": NamedFilter(
            (Filter("trained", blank=True), Filter("state", values=("在岗", "培育中"))),
            lacking="创业致富带头人没有参加过培训", badge="待培训",
        )
    },
    layout=Layout(
        first=("name", "village", "entity", "project", "brought_along", "recognised_on", "document_no", "state"),
        groups=(
            Group("基本", ("name", "id_number", "sex", "village", "phone")),
            Group("带动", ("project", "entity")),
            Group("认定", ("recognised_on", "document_no", "trained", "insured", "state", "note")),
        ),
        sums=(("brought_along", "带动贫困户"),),
        empty=("还没有致富带头人", "每个贫困村培育 3 至 5 名，逐人登记。"),
    ),
)
