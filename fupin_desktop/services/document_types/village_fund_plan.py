"""“一村一品”产业扶贫村专项资金使用计划呈批表 (吴川 附件5)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from fupin_desktop.policy.applications import EVERY, OF_MONEY, OF_PLANS
from fupin_desktop.services.documents.place_kinds import VILLAGES
from fupin_desktop.services.documents.type import DocumentType, Money
from fupin_desktop.services.fund_papers import approving, claims, document, facts
from fupin_desktop.services.fund_papers.bindings import BINDINGS, behind

_CLAUSE = "吴川 三(二)5"

TYPE = DocumentType(
    form_id="village_fund_plan",
    word="呈批表",
    title="使用计划呈批表",
    order=21,
    tab="funds",
    places=replace(VILLAGES, gone=document.GONE),
    several=True,
    cancellable=True,
    checks=(*EVERY, *OF_MONEY, *OF_PLANS),
    clauses=dict.fromkeys(("fund.sources", "fund.available"), _CLAUSE),
    bindings=BINDINGS,
    money=Money(prefix="村计", rows="uses"),
    columns=document.plan_columns,
    completed=document.with_source_numbers,
    fund_facts=facts.plan_facts,
    behind=behind,
    past=document.entered,
    further_reasons=partial(claims.scheme_reasons, "uses"),
    on_approve=approving.allocate,
    on_cancel=approving.cancel_plan,
    progress=document.paid_plans,
)
