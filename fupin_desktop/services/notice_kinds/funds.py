"""资金使用计划公示: where the money of an approved plan comes from and what it is for (吴川 附件3, 附件5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState, PublicKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.records import reasons_of, typed_of
from fupin_desktop.services.fund_papers import papers
from fupin_desktop.services.fund_papers.papers import Paper
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Village

ZERO = Decimal("0.00")
_USE = ("item", "place", "quantity", "unit", "amount")


def _offered(bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    every, town = papers.all_papers(session), offices.office(bench).town
    plans = [one for one in every if one.year == year and not one.sheet and one.state is ApplicationState.APPROVED]
    return [Offer(one.root, one.place, _village(session, one) or town) for one in plans]


def _village(session: Session, plan: Paper) -> str:
    found = session.get(Village, plan.place_key) if plan.place_key else None
    return found.name if found is not None else ""


def _settle(asked: Asked) -> Settled:
    bench = asked.bench
    with bench.read() as session:
        plan = papers.approved(papers.all_papers(session), asked.key)
        if plan is None:
            raise NotAllowed("这份使用计划没有批准的版本，不能公示。", todo="请先在“资金审批”里办完审批。")
        typed, place = typed_of(session, plan.key), _village(session, plan)
        reasons = [one.reason for one in reasons_of(session, plan.key)]
    facts = _facts(plan, typed, reasons)
    place = place or offices.office(bench).town
    title = f"关于{place}{facts['project']}资金使用计划的公示"
    notice = notice_of(asked, "funds", title, place, str(typed.get("reporter") or ""), facts, year=plan.year)
    words = (notice.board, notice.publisher, title, *words_of(notice.facts))
    return Settled(notice, Subject(PublicKind.PLAN, asked.key), public_words=words)


def _facts(plan: Paper, typed: Mapping[str, Any], reasons: Sequence[str]) -> dict[str, Any]:
    uses = [_use(row) for row in typed.get("uses") or ()]
    sources = [
        {"name": papers.text(row, "source"), "document": papers.text(row, "document_no"), "amount": row.get("amount")}
        for row in typed.get("sources") or ()
    ]
    return {
        "project": str(typed.get("project") or ""),
        "project_place": str(typed.get("project_place") or ""),
        "operator": str(typed.get("operator") or ""),
        "plan_number": plan.number,
        "word": registry.of(plan.form_id).title,
        "sources": sources,
        "total": papers.amount_of(typed.get("uses") or ()),
        "usage_note": str(typed.get("usage_note") or "").rstrip("。"),
        "performance": str(typed.get("performance") or "").rstrip("。"),
        "reasons": [{"reason": text.rstrip("。")} for text in reasons],
        "rows": uses,
    }


def _use(row: Mapping[str, Any]) -> dict[str, Any]:
    large, small = row.get("households_large") or 0, row.get("households_small") or 0
    shown = {name: row.get(name) for name in _USE}
    return {**shown, "households": large + small or None, "remark": papers.text(row, "note")}


KIND = NoticeKind(
    name="funds",
    title="资金使用计划公示",
    about=PublicKind.PLAN,
    offered=_offered,
    settle=_settle,
    order=50,
    days=PROJECT_DAYS,
)
