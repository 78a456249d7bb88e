"""What assets and projects brought in, and how it is shared out (收益分配, 吴川 三(二)3, 清远 二11)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, distinct, func, select

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register
from fupin_desktop.services.registers.kinds import proceeds_shares
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Computed, Reference, Search, own
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Asset, Proceeds, ProceedsShare, Project
from fupin_desktop.storage.fields import Field, Kind

CLAUSE = "吴川 三(二)3"


def _of_shares(counted: Any) -> ColumnElement[Any]:
    found = select(counted).where(ProceedsShare.proceeds_key == Proceeds.key)
    return found.correlate(Proceeds).scalar_subquery()


def _households(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """How many households have a share, each once."""
    return _of_shares(func.count(distinct(ProceedsShare.household_key)))


def _shared(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """What the shares of households add up to."""
    return _of_shares(func.sum(ProceedsShare.amount_fen))


def _shares(checked: Checked) -> dict[str, int]:
    """分 that the shares of households add up to, by registered record."""
    share = ProceedsShare
    found: dict[str, int] = {}
    for part in chunks(sorted(set(checked.registered.values()))):
        summed = select(share.proceeds_key, func.sum(share.amount_fen)).where(share.proceeds_key.in_(part))
        rows = checked.session.execute(summed.group_by(share.proceeds_key))
        found |= {key: int(fen or 0) for key, fen in rows}
    return found


def _checks(checked: Checked) -> Iterable[Finding]:
    """Comes from something; collective and households share it; the household rows are what goes to households."""
    sums = _shares(checked)
    for key, values in checked.records.items():
        if not values["asset"] and not values["project"]:
            yield Finding(key, "project", "请填写收益来自哪项资产或哪个项目。", Severity.MUST)
        income, parts = values["income"] or 0, (values["collective"] or 0) + (values["households"] or 0)
        if parts > income:
            told = [format_money(from_fen(fen)) for fen in (parts, income)]
            sentence = f"村集体和到户合计 {told[0]} 元，超过收入 {told[1]} 元。"
            yield Finding(key, "households", sentence, Severity.MUST, CLAUSE)
        shared, given = sums.get(checked.registered.get(key, ""), 0), values["households"] or 0
        if values["households"] is not None and shared > given:
            yield Finding(key, "households", "分配到户的金额少于各户合计，请先改各户。", Severity.MUST, CLAUSE)
        elif shared and shared != given:
            told = [format_money(from_fen(fen)) for fen in (shared, given)]
            yield Finding(key, "households", f"各户合计 {told[0]} 元，与分配到户 {told[1]} 元不一致。", clause=CLAUSE)


REGISTER = Register(
    name="proceeds",
    title="收益分配",
    unit="笔",
    keyword="收益",
    tab="ledgers",
    section="项目",
    entity=Proceeds,
    parent=VILLAGE,
    year="year",
    columns=(
        *own("title"),
        IN_VILLAGE,
        Reference("asset_key", Asset, key="asset"),
        Reference("project_key", Project, codes=("code",), key="project"),
        *own("income_fen", "scheme", "collective_fen", "households_fen"),
        Computed(Field("shared", "各户合计", Kind.MONEY, unit="元"), _shared),
        Computed(Field("count", "分配户数", Kind.INTEGER, unit="户", summed=True), _households),
        *own("decided_on", "papers", "note"),
    ),
    search=Search(("title",)),
    identity=(Identity(("title", "village_key")),),
    checks=(_checks,),
    children=(proceeds_shares.REGISTER,),
    papers=("proceeds_list",),
    layout=Layout(
        first=("title", "village", "asset", "project", "income", "collective", "households", "shared", "count"),
        groups=(
            Group("收益", ("title", "village", "asset", "project", "income")),
            Group("分配", ("scheme", "collective", "households", "decided_on", "note")),
        ),
        sums=(("income", "收入"), ("collective", "村集体"), ("households", "到户")),
        empty=("还没有收益分配", "每笔收益登记收入、村集体和到户，再逐户分配。"),
    ),
)
