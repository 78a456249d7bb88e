"""“一镇一业”产业扶贫镇专项资金使用审批表 (吴川 附件4)."""

from __future__ import annotations

from functools import partial

from fupin_desktop.policy.applications import EVERY, OF_MONEY
from fupin_desktop.services.documents.type import DocumentType, Money, Places
from fupin_desktop.services.fund_papers import approving, claims, document, facts
from fupin_desktop.services.fund_papers.bindings import BINDINGS, behind

TYPE = DocumentType(
    form_id="town_fund_approval",
    word="审批表",
    title="资金审批表",
    order=22,
    tab="funds",
    places=Places(
        document.drawable_plans, document.plan_name, none_yet="还没有已批准的呈批表；批准以后才能申请拨付。"
    ),
    several=True,
    cancellable=True,
    checks=(
        *EVERY, *OF_MONEY, "fund.plan", "fund.left", "fund.since", "fund.acceptance", "fund.accepted", "fund.account",
        "fund.evidence",
    ),
    bindings=BINDINGS,
    money=Money(prefix="镇批", rows="items", sheet=True),
    columns=document.sheet_columns,
    fund_facts=facts.sheet_facts,
    behind=behind,
    past=document.entered,
    further_reasons=partial(claims.scheme_reasons, "items"),
    on_cancel=approving.cancel_sheet,
    progress=document.paid_sheets,
)
