"""How entities bring households along in a year (利益联结, 清远 二11); the counts of projects follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, case, distinct, func, select

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.vocabulary import HouseholdClass, Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import (
    HOUSEHOLD,
    Carried,
    Computed,
    Filter,
    NamedFilter,
    Reference,
    Search,
    Shown,
    own,
)
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Entity, Household, Linkage, Participation, Project, Village
from fupin_desktop.storage.fields import Field, Kind
from fupin_desktop.storage.unit import Unit

CLAUSE = "清远 二11"
HELPED = (HouseholdClass.POOR.value, HouseholdClass.OUT_OF_POVERTY.value, HouseholdClass.MONITORED.value)
"""Classes that count as 贫困户 among those brought along."""
IN_HOUSEHOLD = Reference(
    *("household_key", Household), name="head_name", codes=("code",), source="household", key="household"
)  # fmt: skip
_GAINS = ("dividend_fen", "wages_fen", "rent_fen", "margin_fen")


def _gained(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """What the household gained in the year: dividend, wages, rent, margin."""
    first, *others = (func.coalesce(getattr(Linkage, name), 0) for name in _GAINS)
    return sum(others, start=first)


def _checks(checked: Checked) -> Iterable[Finding]:
    """A household or a collective; days in their order; a guaranteed amount is reached."""
    for key, values in checked.records.items():
        if not values["household"] and not values["collective"]:
            yield Finding(key, "household", "请填写带动的农户，或带动的村集体。", Severity.MUST, CLAUSE)
        starts, ends = values["starts_on"], values["ends_on"]
        if starts and ends and ends < starts:
            yield Finding(key, "ends_on", "终止日期在起始日期之前，请核对。", Severity.MUST)
        floor, gained = values["floor"], values["gained"] or 0
        if floor and ends is not None and ends < checked.today and gained < floor:
            yield Finding(key, "floor", "合同已到期，本年收益低于保底收益，请核对。", clause=CLAUSE)


def _count(unit: Unit, touched: Touched) -> None:
    """The numbers of households and persons that the projects concerned bring along."""
    unit.session.flush()
    keys = [*touched.written.get(Linkage, {}), *touched.added]
    named = select(Linkage.project_key).where(Linkage.key.in_(keys), Linkage.project_key.is_not(None))
    projects = set(unit.session.scalars(named)) if keys else set()
    if touched.left:
        projects |= set(unit.session.scalars(select(Linkage.project_key).where(Linkage.project_key.is_not(None))))
    large = touched.bench.parameters.value("large_household_area", touched.bench.today).value
    _refresh_projects(unit, projects, touched.year, to_milli(large))


def _refresh_projects(unit: Unit, projects: Iterable[str | None], year: int, large_from: int) -> None:
    """Take the numbers of projects from their linkages of a year; those without linkages keep what was typed."""
    area = func.coalesce(Participation.area_total_milli, 0)
    columns = (
        func.count(distinct(Household.key)),
        func.count(distinct(case((Household.household_class.in_(HELPED), Household.key)))),
        func.count(distinct(case((area >= large_from, Household.key)))),
    )
    of_year = (Participation.household_key == Household.key) & (Participation.year == year)
    for project in sorted(filter(None, projects)):
        linked = (Linkage.project_key == project, Linkage.year == year)
        found = unit.session.execute(
            select(*columns).join(Linkage, Linkage.household_key == Household.key)
            .outerjoin(Participation, of_year).where(*linked)
        ).one()
        members = select(func.sum(Household.members)).where(
            Household.key.in_(select(Linkage.household_key).where(*linked))
        )
        if found[0]:
            values = (found[0], found[1], unit.session.scalar(members) or 0, found[2], found[0] - found[2])
            unit.update_many(Project, [(project, *values)], _NUMBERS)


_NUMBERS = ("households", "poor_households", "persons", "large_households", "small_households")


REGISTER = Register(
    name="linkages",
    title="利益联结",
    unit="条",
    keyword="联结",
    tab="ledgers",
    section="主体与联结",
    searched=False,
    entity=Linkage,
    parent=HOUSEHOLD,
    year="year",
    columns=(
        IN_HOUSEHOLD,
        Shown("village", "name", "village"),
        Shown("household", "group_name"),
        Shown("household", "household_class"),
        Reference("entity_key", Entity, codes=("credit_code",), key="entity"),
        Reference("project_key", Project, codes=("code",), key="project"),
        Reference("village_key", Village, key="collective"),
        *own("way", "contract_no", "starts_on", "ends_on", "area_milli", "share_fen", "floor_fen"),
        Computed(Field("gained", "本年收益", Kind.MONEY, unit="元", help="分红、工资、租金和差价的合计。"), _gained),
        *own("dividend_fen", "wages_fen", "rent_fen", "margin_fen", "work_days", "contract", "note"),
    ),
    search=Search(("contract_no",)),
    identity=(Identity(("household_key", "entity_key", "way")), Identity(("village_key", "entity_key", "way"))),
    unique=(Unique(("household_key", "entity_key", "way"), Severity.MUST),),
    derive=_count,
    checks=(_checks,),
    carried=Carried(
        (
            *("entity_key", "project_key", "village_key", "way", "contract_no", "starts_on", "ends_on", "area_milli"),
            *("share_fen", "floor_fen", "note"),
        ),
        left=(("dividend_fen", "联结分红"), ("wages_fen", "务工工资")),
    ),
    filters={"missing:contract": NamedFilter((Filter("contract_no", blank=True),))},
    papers=("linkage_roster",),
    layout=Layout(
        first=(
            *("household", "village", "household_class", "entity", "way", "project", "starts_on", "ends_on", "gained"),
            *("dividend", "wages", "rent", "margin", "work_days"),
        ),
        groups=(
            Group("联结", ("household", "collective", "entity", "project", "way", "contract_no")),
            Group("合同", ("starts_on", "ends_on", "area", "share", "floor")),
            Group("本年收益", ("dividend", "wages", "rent", "margin", "work_days", "note")),
        ),
        sums=(("gained", "收益"), ("wages", "工资"), ("work_days", "工日")),
        empty=("还没有利益联结", "逐户登记由哪家主体、用什么方式带动，也可以导入花名册。"),
    ),
)
