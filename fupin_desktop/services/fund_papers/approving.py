"""What the approval of a plan does to the ledger, in the same transaction: its sources are allocated to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.strictness import FUND_PLAN
from fupin_desktop.services.documents.loaded import Loaded
from fupin_desktop.services.fund_papers import money, papers
from fupin_desktop.services.fund_papers.papers import ZERO, text
from fupin_desktop.services.funds import ledger
from fupin_desktop.services.funds.model import EntryDraft
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application
from fupin_desktop.storage.unit import Unit


def allocate(bench: Workbench, unit: Unit, loaded: Loaded, before: Application | None) -> None:
    """Post what an approved plan allocates; of a correction first the counter-entries of the version before.

    Raises:
        NotAllowed: A source has not so much, or more was paid already than the correction leaves; nothing is posted
            and the plan is not approved.
    """
    application = loaded.application
    root = papers.root_of(unit.session, application.key)
    target = money.target(root, application.place)
    on = approved_on(loaded) or bench.today
    drafts = []
    why = next((one.reason for one in loaded.reasons if one.code == FUND_PLAN), "")
    if before is not None:
        reason = f"{before.number or '使用计划'}更正为第 {application.version} 版"
        drafts += ledger.reversals(unit.session, target, on, reason, application.key)
        on = max([on, *(one.dated for one in drafts)])
    for source_key, amount in sources_of(unit.session, application.year, loaded.data).items():
        drafts.append(
            EntryDraft(
                source_key, EntryKind.ALLOCATED, amount, on, target=target, paper_key=application.key,
                paper_no=application.number, note=str(loaded.data.get("reasons") or ""), reason=why,
            )
        )
    ledger.post(bench, unit, *drafts)


def cancel_plan(bench: Workbench, unit: Unit, application: Application, reason: str) -> None:
    """Take back what a plan was allocated by counter-entries.

    Raises:
        NotAllowed: Money was paid, or approval sheets rest on the plan; nothing is posted.
    """
    root = papers.root_of(unit.session, application.key)
    _refuse_paid(application, sum((one.paid for one in money.shares(unit.session, root).values()), ZERO))
    resting = [one for one in money.sheets_of(papers.all_papers(unit.session), root) if one.live]
    if resting:
        told = "、".join(one.number or one.place for one in resting[:3])
        raise NotAllowed(f"还有 {len(resting)} 份审批表依据这份计划({told})，不能作废。", todo="请先作废或撤回审批表。")
    target = money.target(root, application.place)
    told = f"{application.number or '使用计划'}作废：{reason}"
    ledger.post(bench, unit, *ledger.reversals(unit.session, target, bench.today, told, application.key))


def cancel_sheet(_bench: Workbench, unit: Unit, application: Application, _reason: str) -> None:
    """A sheet had nothing allocated, so that there is nothing to take back.

    Raises:
        NotAllowed: Money was paid by it.
    """
    root = papers.root_of(unit.session, application.key)
    _refuse_paid(application, money.paid_by_root(unit.session, papers.all_papers(unit.session))[root])


def _refuse_paid(application: Application, paid: Decimal) -> None:
    if paid:
        raise NotAllowed(
            f"“{application.place}”已拨付 {format_money(paid)} 元，不能作废。",
            todo="请先在资金台账冲销拨付，或用“更正”。",
        )


def approved_on(loaded: Loaded) -> date | None:
    """The day of the last opinion of a document."""
    said = [(loaded.data.get(field.name) or {}).get("date") for field in loaded.form.opinions]
    dated = [day for day in said if isinstance(day, date)]
    return max(dated) if dated else None


def sources_of(session: Session, year: int, data: Mapping[str, Any]) -> dict[str, Decimal]:
    """Yuan of each source of the ledger that a plan names, in the order of its table.

    Raises:
        NotAllowed: The ledger has no such source, or more than one.
    """
    known = money.candidates(session, year)
    found: dict[str, Decimal] = {}
    for row in data.get("sources") or ():
        name = text(row, "source")
        meant = money.meant(known, name, text(row, "document_no"))
        if len(meant) != 1:
            raise NotAllowed(f"资金台账里找不到唯一的“{name}”。", todo="请核对名称和文号，或先在资金台账登记。")
        found[meant[0].key] = found.get(meant[0].key, ZERO) + (row.get("amount") or ZERO)
    return found
