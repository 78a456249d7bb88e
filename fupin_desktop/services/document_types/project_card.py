"""All that is registered of one project on a sheet (项目卡, 清远 二21)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from fupin_desktop.policy.rules.phrases import plain
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, below, chosen, head, joined, period
from fupin_desktop.storage.entities import Performance

_BELOW = {"funds": "project_funds", "quarters": "project_quarters", "risks": "risks", "steps": "project_steps"}
_MARKS = (("insured", "已投保"), ("traced", "纳入追溯"), ("records", "有生产记录台账"))


def _query(subject: LedgerSubject) -> Bound:
    """The chosen project with its money, quarters of the year, risks and steps.

    Raises:
        NotAllowed: None is chosen.
    """
    bench, one = subject.bench, chosen(subject)
    rows = {name: below(bench, register, subject.key) for name, register in _BELOW.items()}
    aims = select(Performance.project_key, Performance.goal).where(Performance.project_key == subject.key)
    with bench.read() as session:
        goal = joined(session.execute(aims.where(Performance.year == bench.year)).all()).get(subject.key, "")
    data = {**one, **head(bench, "产业扶贫项目卡"), **rows, "goal": goal, "marks": _marks(one)}
    data["scale"] = f"{plain(one['quantity'])} {one['unit']}" if one["quantity"] is not None else ""
    data["period"] = period(one["starts_on"], one["ends_on"])
    return Bound(data, bench.today)


def _marks(one: dict[str, Any]) -> str:
    said = [words for name, words in _MARKS if one[name] == "是"]
    return "、".join(filter(None, (*said, one["certifications"], one["brands"])))


def _named(subject: LedgerSubject) -> str:
    return f"项目卡 {chosen(subject)['name']}"


TYPE = DocumentType("project_card", "项目卡", "项目卡", order=51, tab="ledgers", query=_query, named=_named)
