"""“一镇一业”产业扶贫镇专项资金使用计划呈批表 (吴川 附件3)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from fupin_desktop.policy.applications import EVERY, OF_MONEY, OF_PLANS
from fupin_desktop.services.documents.place_kinds import TOWNS
from fupin_desktop.services.documents.type import DocumentType, Money
from fupin_desktop.services.fund_papers import approving, claims, document, facts
from fupin_desktop.services.fund_papers.bindings import BINDINGS, behind

_CLAUSE = "吴川 三(一)4"

TYPE = DocumentType(
    form_id="town_fund_plan",
    word="呈批表",
    title="使用计划呈批表",
    order=20,
    tab="funds",
    places=replace(TOWNS, gone=document.GONE),
    several=True,
    cancellable=True,
    checks=(*EVERY, *OF_MONEY, *OF_PLANS, "fund.range"),
    clauses=dict.fromkeys(("fund.sources", "fund.available"), _CLAUSE),
    bindings=BINDINGS,
    money=Money(prefix="镇计", rows="uses", paid_by_sheets=True),
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
