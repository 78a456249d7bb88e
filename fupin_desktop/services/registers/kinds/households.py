"""The registered households (农户) with their taking part in the year at work."""

from __future__ import annotations

from fupin_desktop.domain.vocabulary import HouseholdClass, HouseholdSize
from fupin_desktop.domain.vocabulary import Participation as Taking
from fupin_desktop.services.registers import household_counts
from fupin_desktop.services.registers.by_year import POOR
from fupin_desktop.services.registers.description import Group, Identity, Layout, Register, Sheet, Unique
from fupin_desktop.services.registers.household_finance import EDGE_UNHELPED, HAS_LOAN, INSURED, LINKED
from fupin_desktop.services.registers.household_size import SIZE
from fupin_desktop.services.registers.kinds import commendations, farm_items, household_incomes, microcredits, persons
from fupin_desktop.services.registers.kinds.farm_items import SHEET_ITEM, SHEET_YEAR
from fupin_desktop.services.registers.parts import (
    IN_VILLAGE,
    OF_HOUSEHOLDS,
    PARTICIPATION,
    VILLAGE,
    Filter,
    NamedFilter,
    of_year,
    own,
)
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage import summaries
from fupin_desktop.storage.entities import Household, Participation
from fupin_desktop.storage.unit import Unit

_TAKING_PART = Filter("kind", values=(Taking.BASE.label, Taking.SCATTERED.label))
_LARGE, _SMALL = (Filter("size", values=(size.label,)) for size in (HouseholdSize.LARGE, HouseholdSize.SMALL))

_POOR = Filter("household_class", values=tuple(HouseholdClass(name).label for name in POOR))
_HELPED = Filter(
    "household_class",
    values=(HouseholdClass.POOR.label, HouseholdClass.OUT_OF_POVERTY.label, HouseholdClass.MONITORED.label),
)


def _refresh_sums(unit: Unit, touched: Touched) -> None:
    """The sums of new households, and of those whose area of the year was typed."""
    if touched.left:
        return
    measured = touched.with_any(Participation, frozenset({"area_milli"}))
    summaries.refresh(unit, (*touched.added, *measured), touched.year)
    counted = touched.with_any(Household, household_counts.COUNTED)
    household_counts.follow(unit, touched.bench, (*counted, *measured), touched.year)


REGISTER = Register(
    name="households",
    title="农户",
    unit="户",
    keyword="户",
    tab="households",
    entity=Household,
    parent=VILLAGE,
    yearly=PARTICIPATION,
    columns=(
        *own("code", "head_name", "head_id_number"),
        IN_VILLAGE,
        *own("group_name", "household_class", "own_class", "members"),
        *of_year("kind", "products_text", "area_total_milli"),
        SIZE,
        *of_year("cost_total_fen", "area_milli", "earlier_fen", "priority"),
        *own("phone", "bank_name", "account_name", "bank_account", "recognised_by", "cause", "guide"),
        *own("cultivated_milli", "water_milli", "orchard_milli", "forest_milli", "cooperative"),
        *own("production_income_fen", "helper", "loan_wish", "loan_refusal", "risk", "recognised_on", "cleared_on"),
        *own("note"),
        HAS_LOAN,
        INSURED,
        LINKED,
        EDGE_UNHELPED,
    ),
    search=OF_HOUSEHOLDS,
    identity=(Identity(("code",)), Identity(("head_id_number",))),
    unique=(Unique(("head_id_number",)),),
    derive=_refresh_sums,
    children=(
        *(persons.REGISTER, farm_items.REGISTER, household_incomes.REGISTER, microcredits.REGISTER),
        commendations.REGISTER,
    ),
    filters={
        "participating": NamedFilter((_TAKING_PART,), counted="参与"),
        "missing:participation": NamedFilter(
            (Filter("kind", blank=True),), counted="未填", where_any=True,
            lacking="没有填写参与情况，参与户数、面积和奖补都没有计入",
        ),
        "large": NamedFilter((_TAKING_PART, _LARGE)),
        "small": NamedFilter((_TAKING_PART, _SMALL)),
        "of_large_size": NamedFilter((_LARGE,), counted="大户"),
        "missing:id": NamedFilter((Filter("head_id_number", blank=True),), lacking="没有证件号码"),
        "missing:account": NamedFilter((Filter("bank_account", blank=True),), lacking="没有银行账号"),
        "missing:cost": NamedFilter(
            (Filter("products_text", blank=False), Filter("cost_total", blank=True)), lacking="没有核定成本"
        ),
        "missing:guide": NamedFilter((Filter("guide", blank=True),), lacking="没有产业发展指导员", duty="清远 二16"),
        "helped": NamedFilter((_HELPED,)),
        "with_industry": NamedFilter((_POOR, Filter("products_text", blank=False))),
        "with_guide": NamedFilter((_POOR, Filter("guide", blank=False))),
        "missing:members": NamedFilter((Filter("members", blank=True),)),
        "missing:phone": NamedFilter((Filter("phone", blank=True),)),
        "wants_loan": NamedFilter(
            (Filter("loan_wish", values=("是",)), Filter("has_loan", values=("否",))),
            lacking="有贷款意愿，还没有小额信贷", badge="能贷尽贷", duty="清远 二13",
        ),
        "unlinked": NamedFilter(
            (_HELPED, Filter("linked", values=("否",)), Filter("products_text", blank=True)),
            lacking="没有利益联结，也没有自己的产业", badge="精准对接", duty="清远 二19",
        ),
        "edge": NamedFilter(
            (Filter("household_class", values=(HouseholdClass.EDGE.label,)), Filter("edge_unhelped", values=("是",))),
            lacking="边缘户还没有技术指导、培训或金融保险", badge="边缘户", duty="清远 二18",
        ),
        "uninsured": NamedFilter(
            (Filter("products_text", blank=False), Filter("insured", values=("否",))),
            lacking="有种养产业，还没有农业保险", badge="应保尽保", duty="清远 二14",
        ),
    },
    layout=Layout(
        first=(
            *("head_name", "village", "group_name", "household_class", "members", "kind", "products_text"),
            *("area_total", "size", "cost_total", "head_id_number", "phone", "bank_name", "bank_account"),
        ),
        groups=(
            Group(
                "基本",
                (
                    *("head_name", "head_id_number", "village", "group_name", "household_class", "own_class"),
                    *("members", "phone", "code"),
                ),
            ),
            Group("本年", ("kind", "area", "earlier", "priority")),
            Group("账户", ("bank_name", "account_name", "bank_account")),
            Group(
                "其他",
                (
                    *("recognised_by", "cause", "guide", "cooperative", "cultivated", "water", "orchard", "forest"),
                    *("production_income", "helper", "risk", "recognised_on", "cleared_on", "loan_wish"),
                    *("loan_refusal", "note"),
                ),
            ),
        ),
        sums=(("members", "人口"), ("area_total", "面积"), ("cost_total", "成本")),
        empty=("还没有农户", "可以导入 Excel 名册，也可以一户一户地新增。"),
    ),
    sheet=Sheet(
        "奖补登记表",
        (
            *("code", "head_name", "head_id_number", "town.name", "village.name", "group_name", "household_class"),
            *("own_class", "members", *SHEET_YEAR, "bank_name", "account_name", "bank_account", "phone"),
            *(f"row.{name}" for name in SHEET_ITEM),
        ),
        rows=farm_items.REGISTER,
        order=("group_name",),
    ),
)
