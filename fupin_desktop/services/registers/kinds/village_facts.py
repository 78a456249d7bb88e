"""What the registers say of the villages themselves (村资料): marks and facts that targets and applications take."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement

from fupin_desktop.services.registers.description import Group, Identity, Layout, Register
from fupin_desktop.services.registers.parts import TOWN, Computed, Filter, NamedFilter, Search, Shown, own
from fupin_desktop.services.registers.village_needs import NEEDS
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Village
from fupin_desktop.storage.fields import Field, Kind


def _name(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    return Village.name  # type: ignore[return-value]


_YES, _NO = ("是",), ("否",)
_POOR = Filter("poor_village", values=_YES)


def _lacking(column: str, word: str, duty: str) -> NamedFilter:
    """The poor villages without something that each should have."""
    return NamedFilter((_POOR, Filter(column, values=_NO)), lacking=f"省定贫困村没有{word}", badge="待补齐", duty=duty)


REGISTER = Register(
    name="village_facts",
    title="村资料",
    unit="村",
    keyword="村",
    tab="ledgers",
    section="目标考核",
    searched=False,
    entity=Village,
    parent=TOWN,
    columns=(
        Computed(Field("village", "行政村", Kind.TEXT, help="村在“数据 → 村资料”里登记和改名。"), _name),
        Shown("town", "name", "town"),
        *own("poor_village", "focus_village", "demonstration", "base_possible", "main_product", "cultivated_milli"),
        *NEEDS,
        *own("total_households", "total_persons", "assisting_unit", "secretary", "first_secretary", "leader"),
        *own("leader_phone", "team_leader", "team_phone", "phone", "board_place", "email", "note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name",)),),
    order="position",
    computed_by="村在“数据 → 村资料”里登记，这里填写各村的情况。",
    filters={
        "poor": NamedFilter((_POOR,), counted="省定贫困村"),
        "focus_demonstrations": NamedFilter(
            (Filter("demonstration", values=_YES), Filter("focus_village", values=_YES))
        ),
        "scattered_demonstrations": NamedFilter(
            (Filter("demonstration", values=_YES), Filter("focus_village", values=("", *_NO)))
        ),
        "demonstrations": NamedFilter((Filter("demonstration", values=_YES),), counted="示范村"),
        "based": NamedFilter((Filter("base_possible", values=_YES),)),
        "missing:information": _lacking("information_post", "益农信息社", "清远 二9"),
        "missing:selling": _lacking("selling_post", "电商", "清远 二7, 吴川 三(二)7"),
        "missing:commissioner": _lacking("commissioner", "科技特派员", "清远 二15"),
        "missing:insurance": NamedFilter(
            (Filter("lacks_insurance", values=_YES),),
            lacking="农业保险没有覆盖全部有产业的户", badge="应保尽保", duty="清远 二14",
        ),
        "missing:group": _lacking("group", "一村一品领导小组", "吴川 四"),
    },
    papers=("industry_scale", "household_industry", "fund_statistics"),
    board="targets",
    layout=Layout(
        first=(
            *("village", "town", "poor_village", "focus_village", "demonstration", "base_possible", "main_product"),
            *("cultivated", "total_households", "total_persons", "assisting_unit"),
        ),
        groups=(
            Group("村", ("poor_village", "focus_village", "demonstration", "base_possible", "main_product")),
            Group("规模", ("cultivated", "total_households", "total_persons")),
            Group("人员", ("secretary", "first_secretary", "leader", "leader_phone", "team_leader", "team_phone")),
            Group("联系", ("assisting_unit", "phone", "board_place", "email", "note")),
        ),
        sums=(("total_households", "总户数"), ("cultivated", "耕地")),
        empty=("还没有登记村", "在“数据 → 村资料”里登记村。"),
    ),
)
