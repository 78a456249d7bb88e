"""Business entities (经营主体, 清远 二10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select

from fupin_desktop.domain import credit_code
from fupin_desktop.services.registers.by_year import counting
from fupin_desktop.services.registers.description import (
    Checked,
    Finding,
    Group,
    Identity,
    Layout,
    Link,
    Register,
    Unique,
)
from fupin_desktop.services.registers.household_counts import HELPED
from fupin_desktop.services.registers.kinds import entity_supports
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Computed, Filter, NamedFilter, Search, own
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Entity, Household, Linkage
from fupin_desktop.storage.fields import Field, Kind


def _linked(*, helped: bool = False) -> Callable[[Workbench, int], ColumnElement[Any]]:
    """How many households the entity brings along in the year, or only those of poor classes then."""

    def counted(bench: Workbench, year: int) -> ColumnElement[Any]:
        found = (
            select(func.count(distinct(Linkage.household_key)))
            .join(Household, Household.key == Linkage.household_key)
            .where(Linkage.entity_key == Entity.key, Linkage.year == year)
        )
        if helped:
            found = found.where(counting(bench, Household.household_class, year).in_(HELPED))
        return found.correlate(Entity).scalar_subquery()

    return counted


def _checks(checked: Checked) -> Iterable[Finding]:
    """A code that its check character confirms (GB 32100-2015)."""
    for key, values in checked.records.items():
        code = credit_code.normalise(values["credit_code"] or "")
        if code and (told := credit_code.fault(code)):
            yield Finding(key, "credit_code", told)


REGISTER = Register(
    name="entities",
    title="经营主体",
    unit="家",
    keyword="主体",
    tab="ledgers",
    section="主体与联结",
    entity=Entity,
    parent=VILLAGE,
    columns=(
        *own("name", "kind", "credit_code"),
        IN_VILLAGE,
        *own("leader", "phone", "address", "industries", "services", "level", "demonstration", "founded_on"),
        *own("members", "staff", "poor_staff", "area_milli", "sales_fen", "records", "traced", "trained_on"),
        *own("bank_name", "account_name", "bank_account"),
        Computed(Field("linked", "带动户数", Kind.INTEGER, unit="户", summed=True), _linked()),
        Computed(
            Field("poor_linked", "带动贫困户", Kind.INTEGER, unit="户", summed=True),
            _linked(helped=True),
        ),
        *own("papers", "note"),
    ),
    search=Search(("name",), code="credit_code"),
    identity=(Identity(("credit_code",)), Identity(("name",)),),
    unique=(Unique(("credit_code",)), Unique(("name",))),
    checks=(_checks,),
    filters={
        "demonstration": NamedFilter((Filter("demonstration", values=("是",)),), counted="示范"),
        "missing:training": NamedFilter(
            (Filter("trained_on", blank=True),), lacking="主体负责人没有轮训", badge="待培训", duty="清远 二17"
        ),
    },
    layout=Layout(
        first=(
            *("name", "kind", "village", "leader", "phone", "industries", "level", "demonstration", "linked"),
            *("poor_linked",),
        ),
        groups=(
            Group("基本", ("name", "kind", "credit_code", "village", "leader", "phone", "address", "founded_on")),
            Group("经营", ("industries", "services", "level", "demonstration", "area", "sales", "records", "traced")),
            Group("收款账户", ("bank_name", "account_name", "bank_account")),
            Group("人员", ("members", "staff", "poor_staff", "trained_on")),
        ),
        sums=(("poor_linked", "带动贫困户"), ("area", "流转"), ("sales", "年销售")),
        empty=("还没有经营主体", "逐家新增，或从 Excel 名单导入。"),
    ),
    children=(entity_supports.REGISTER,),
    links=(
        Link("带动", "linkages", "entity_key", unit="户次"),
        Link("项目", "projects", "entity_key"),
        Link("资产", "assets", "entity_key"),
        Link("带头人", "leaders", "entity_key"),
        Link("产销", "sales", "entity_key"),
        Link("品牌", "brands", "entity_key"),
    ),
)
