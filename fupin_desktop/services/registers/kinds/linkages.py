"""How entities bring households along in a year (利益联结, 清远 二11); the counts of projects follow from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.household_counts import count_projects
from fupin_desktop.services.registers.parts import (
    HOUSEHOLD,
    VILLAGE,
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
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Entity, Household, Linkage, Project, Village
from fupin_desktop.storage.fields import Field, Kind
from fupin_desktop.storage.unit import Unit


def _village() -> ColumnElement[Any]:
    """Key of the village of the household, or of the collective, that is brought along."""
    return func.coalesce(Household.village_key, Linkage.village_key)


CLAUSE = "清远 二11"
BROUGHT = replace(HOUSEHOLD, above=replace(VILLAGE, found_by=_village))
IN_HOUSEHOLD = Reference(
    *("household_key", Household), name="head_name", codes=("code", "head_id_number"), source="household",
    key="household",
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
        floor, gained = values["floor"], sum(values[name] or 0 for name in ("dividend", "wages", "rent", "margin"))
        if floor and ends is not None and ends < checked.today and gained < floor:
            yield Finding(key, "floor", "合同已到期，本年收益低于保底收益，请核对。", clause=CLAUSE)


def _count(unit: Unit, touched: Touched) -> None:
    """The numbers of households and persons that the projects concerned bring along."""
    unit.session.flush()
    projects = touched.once("project_key")
    for part in chunks([*touched.written.get(Linkage, {}), *touched.added]):
        named = select(Linkage.project_key).where(Linkage.key.in_(part), Linkage.project_key.is_not(None))
        projects |= {key for key in unit.session.scalars(named) if key}
    count_projects(unit, touched.bench, projects, touched.year)


REGISTER = Register(
    name="linkages",
    title="利益联结",
    unit="条",
    keyword="联结",
    tab="ledgers",
    section="主体与联结",
    searched=False,
    entity=Linkage,
    parent=BROUGHT,
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
    later=("starts_on", "ends_on"),
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
