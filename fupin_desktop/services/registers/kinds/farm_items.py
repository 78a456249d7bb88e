"""Planting and breeding items (种养项目) of a household in one year."""

from __future__ import annotations

from fupin_desktop.services.registers import household_counts
from fupin_desktop.services.registers.description import Group, Layout, Register, Sheet
from fupin_desktop.services.registers.parts import HOUSEHOLD, OF_HOUSEHOLD, Carried, Reference, Search, of_parent, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage import summaries
from fupin_desktop.storage.entities import Entity, FarmItem, Project
from fupin_desktop.storage.unit import Unit

_SUMMED = frozenset(summaries.ItemFacts._fields)
SHEET_YEAR = ("year.kind", "year.area_milli", "year.earlier_fen", "year.priority")
"""What the workbook tells of a household's year."""
SHEET_ITEM = (
    *("product", "product_group", "unit", "declared_milli", "accepted_milli", "planned_milli", "area_milli"),
    *("cost_fen", "cost_evidence", "income_fen", "other_subsidy_fen", "base_kind", "instalment_year", "note"),
)
"""What it tells of an item."""


def _refresh_sums(unit: Unit, touched: Touched) -> None:
    """The sums of the households concerned, each in the item's own year."""
    if touched.moved or touched.names(FarmItem) & _SUMMED:
        for year, households in touched.parents_by_year(unit).items():
            summaries.refresh(unit, sorted(households), year)
            household_counts.follow(unit, touched.bench, households, year)


REGISTER = Register(
    name="farm_items",
    title="种养项目",
    unit="条",
    keyword="种养",
    tab="households",
    entity=FarmItem,
    parent=HOUSEHOLD,
    year="year",
    columns=(
        *OF_HOUSEHOLD,
        *of_parent("household", "household_class"),
        *own(*SHEET_ITEM),
        Reference("project_key", Project, codes=("code",), key="project"),
        Reference("entity_key", Entity, codes=("credit_code",), key="entity"),
        *own("channels", "photos"),
    ),
    search=Search(names=("product",)),
    carried=Carried(
        (
            *("product", "product_group", "unit", "declared_milli", "planned_milli", "area_milli", "base_kind"),
            *("instalment_year", "project_key", "entity_key", "channels", "note"),
        ),
        counted=("instalment_year",),
        left=(
            *(("accepted_milli", "验收数量"), ("cost_fen", "核定成本"), ("income_fen", "收入")),
            ("other_subsidy_fen", "其他补助"),
        ),
    ),
    derive=_refresh_sums,
    sheet=Sheet(
        "种养项目登记表",
        (
            *("household.code", "household.head_name", "household.head_id_number", "town.name", "village.name"),
            *("household.group_name", "household.household_class", "household.members", *SHEET_YEAR),
            *("household.bank_name", "household.account_name", "household.bank_account", "household.phone"),
            *SHEET_ITEM,
        ),
    ),
    layout=Layout(
        first=(
            *("head_name", "village", "group_name", "household_class", "product", "unit", "declared", "accepted"),
            *("planned", "area", "cost", "income", "other_subsidy", "base_kind"),
        ),
        groups=(
            Group("项目", ("product", "product_group", "unit", "base_kind")),
            Group("项目和主体", ("project", "entity", "channels")),
            Group("数量", ("declared", "accepted", "planned", "area")),
            Group("金额", ("cost", "cost_evidence", "income", "other_subsidy", "instalment_year", "note")),
        ),
        sums=(("area", "面积"), ("cost", "成本"), ("income", "收入")),
        empty=("还没有种养项目", "导入奖补登记表，或在农户资料里逐项新增。"),
    ),
)
