"""Assets formed with project money (项目资产, 清远 二11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, func, select

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Link, Register
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
from fupin_desktop.services.registers.standing import due_filters, standing
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Asset, Entity, Project, ProjectFund
from fupin_desktop.storage.fields import Field, Kind

CLAUSE = "清远 二11"
_BUSINESS = "经营性"
_SELF = "自营"


def _funds(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """The sources of the project's money by name."""
    named = select(func.group_concat(ProjectFund.name, "、")).where(ProjectFund.project_key == Asset.project_key)
    return named.correlate(Asset).scalar_subquery()


def _checks(checked: Checked) -> Iterable[Finding]:
    """Days in their order; a business asset run by others has its contract and what it owes."""
    for key, values in checked.records.items():
        if (values["value"] or 0) <= 0:
            yield Finding(key, "value", "资产原值应大于 0。", Severity.MUST)
        starts, ends = values["starts_on"], values["ends_on"]
        if starts and ends and ends < starts:
            yield Finding(key, "ends_on", "合同止日在起日之前，请核对。", Severity.MUST)
        if values["kind"] == _BUSINESS and values["way"] not in ("", _SELF) and values["yearly"] is None:
            yield Finding(key, "yearly", "经营性资产由别人经营的，请填写年应收。", clause=CLAUSE)
        if ends is not None and ends < checked.today and values["way"] not in ("", _SELF):
            yield Finding(key, "ends_on", f"经营合同 {ends:%Y-%m-%d} 已到期，请续签或收回。", clause=CLAUSE)


REGISTER = Register(
    name="assets",
    title="项目资产",
    unit="项",
    keyword="资产",
    tab="ledgers",
    section="项目",
    entity=Asset,
    parent=VILLAGE,
    columns=(
        *own("name", "kind"),
        IN_VILLAGE,
        Reference("project_key", Project, codes=("code",), key="project"),
        *own("formed_on", "value_fen"),
        Computed(Field("funds", "资金来源", Kind.TEXT), _funds),
        *own("quantity_milli", "unit", "place", "owner_name"),
        Reference("entity_key", Entity, codes=("credit_code",), key="entity"),
        *own("way", "contract", "starts_on", "ends_on"),
        standing(lambda: Asset.ends_on),
        *own("yearly_fen", "keeper", "state", "note"),
    ),
    search=Search(("name",)),
    identity=(Identity(("name", "village_key")),),
    checks=(_checks,),
    filters={
        "idle": NamedFilter((Filter("state", values=("闲置", "损坏")),), counted="闲置或损坏"),
        **due_filters("资产经营合同已到期", "资产经营合同 30 天内到期"),
    },
    papers=("asset_list",),
    layout=Layout(
        first=(
            *("name", "kind", "village", "project", "value", "owner_name", "entity", "way", "yearly", "keeper"),
            *("state",),
        ),
        groups=(
            Group("资产", ("name", "kind", "village", "project", "formed_on", "value", "quantity", "unit", "place")),
            Group("权属和管护", ("owner_name", "keeper", "state")),
            Group("经营", ("entity", "way", "starts_on", "ends_on", "yearly", "note")),
        ),
        sums=(("value", "原值"), ("yearly", "年应收")),
        empty=("还没有资产", "项目完工后形成的资产逐项登记。"),
    ),
    links=(Link("收益", "proceeds", "asset_key"),),
)
