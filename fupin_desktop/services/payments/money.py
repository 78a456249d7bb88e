"""The approved money that a batch is paid under, and what it does to the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money, from_fen, to_fen
from fupin_desktop.domain.payments import PaymentKind, PaymentRowState
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.fund_papers import claims, papers, paying
from fupin_desktop.services.fund_papers.papers import Paper
from fupin_desktop.services.funds import ledger
from fupin_desktop.services.payments.model import ZERO, PaidUnder
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardRun, FundEntry, PaymentBatch, PaymentRow
from fupin_desktop.storage.unit import Unit

NO_PAPER = "还没有批准的资金使用审批表(附件4)或村级使用计划列入这笔资金，批准后才能送财政、银行"


def candidates(session: Session, batch: PaymentBatch, today: date) -> list[PaidUnder]:
    """The approved documents that money of a batch's source is listed in: approval sheets, plans of villages."""
    return list(_listing(session, batch, today))


def _listing(session: Session, batch: PaymentBatch, today: date) -> Iterator[PaidUnder]:
    every = papers.all_papers(session)
    usable = [
        one for one in every if one.state is ApplicationState.APPROVED and not one.money.paid_by_sheets
    ]
    rows = papers.lists_of(session, usable)
    for one in usable:
        is_award = batch.kind == PaymentKind.AWARDS
        amount = _listed(session, every, one, rows[one.key], batch.source_key) if is_award else _free(rows[one.key])
        if amount > 0:
            found = paying.payments_in(session, every, one.key, today)
            left = min(found.left, amount - _drawn(session, every, one, batch))
            yield PaidUnder(one.key, one.place, one.number, amount, left, found.gate)


def of_earlier_list(session: Session, batch: PaymentBatch) -> str:
    """The approved document that is of an earlier calculation of a batch's scheme; empty where there is none."""
    if batch.kind != PaymentKind.AWARDS:
        return ""
    of_scheme = select(AwardRun.key).where(AwardRun.scheme_key == batch.object_key)
    earlier = set(session.scalars(of_scheme)) - {batch.source_key}
    usable = [one for one in papers.all_papers(session) if one.state is ApplicationState.APPROVED]
    rows = papers.lists_of(session, usable)
    return next(
        (
            one.place for one in usable
            if any(claims.run_of(papers.text(row, claims.COLUMN)) in earlier for row in rows[one.key])
        ),
        "",
    )  # fmt: skip


def _listed(session: Session, every: Sequence[Paper], one: Paper, rows: Sequence[papers.Row], run_key: str) -> Decimal:
    """Yuan of a document that are for a calculation."""
    named = [row for row in rows if claims.run_of(papers.text(row, claims.COLUMN)) == run_key]
    plan = papers.approved(every, one.place_key) if one.sheet else None
    if plan is not None:
        resting = claims.resting(papers.lists_of(session, [plan])[plan.key], rows)
        if claims.award_claim(run_key) in resting:
            named += [row for row in rows if not papers.text(row, claims.COLUMN)]
    return papers.amount_of(named)


def _free(rows: Sequence[papers.Row]) -> Decimal:
    """Yuan of a document that are taken over from nothing: what other lists than awards can be paid under."""
    return papers.amount_of(row for row in rows if not papers.text(row, claims.COLUMN))


def _drawn(session: Session, every: Sequence[Paper], one: Paper, batch: PaymentBatch) -> Decimal:
    """Yuan that other batches draw on all versions of a document for the same source, without what came back."""
    keys = [version.key for version in papers.versions(every, one.root)]
    kept = PaymentRow.state.in_((PaymentRowState.PENDING.value, PaymentRowState.PAID.value))
    statement = (
        select(func.coalesce(func.sum(PaymentRow.amount_fen), 0))
        .join(PaymentBatch, PaymentBatch.key == PaymentRow.batch_key)
        .where(PaymentBatch.paper_key.in_(keys), PaymentBatch.key != batch.key, kept, PaymentRow.amount_fen > 0)
        .where(_alike(batch))
    )
    return from_fen(session.scalars(statement).one())


def _alike(batch: PaymentBatch) -> ColumnElement[bool]:
    """Batches that draw on the same rows of a document: of the same awards, or of any other lists."""
    if batch.kind == PaymentKind.AWARDS:
        return PaymentBatch.source_key == batch.source_key
    return PaymentBatch.kind != PaymentKind.AWARDS.value


def chosen(session: Session, batch: PaymentBatch, found: Sequence[PaidUnder]) -> PaidUnder | None:
    """The document a batch is paid under: the one it names, in its version in force; else the only one with money."""
    if batch.paper_key:
        root = papers.root_of(session, batch.paper_key)
        return next((one for one in found if papers.root_of(session, one.key) == root), None)
    usable = [one for one in found if one.left > 0 and not one.gate] or found
    return usable[0] if len(usable) == 1 else None


def refuse_more(paper: PaidUnder | None, amount: Decimal) -> PaidUnder:
    """The document that an amount can be paid under.

    Raises:
        NotAllowed: There is none, it cannot be paid now, or it has not so much.
    """
    if paper is None:
        raise NotAllowed(f"{NO_PAPER}。", todo="请先把名单列入审批表并办完审批；有几份的，请选定从哪一份拨付。")
    if paper.gate:
        raise NotAllowed(f"{paper.gate}。", todo="请办完手续再送。")
    if amount > paper.left:
        raise NotAllowed(
            f"“{paper.name}”为这笔资金批准 {format_money(paper.amount)} 元，还可以拨付 {format_money(paper.left)} 元，"
            f"这一批 {format_money(amount)} 元，超出 {format_money(amount - paper.left)} 元。",
            todo="请把一部分户留到下一批，或更正审批表后重新报批。",
        )
    return paper


def pay(bench: Workbench, unit: Unit, batch: PaymentBatch, paper: PaidUnder, amount: Decimal, households: int) -> None:
    """Write a payment of a batch into the ledger.

    Raises:
        NotAllowed: The document cannot pay so much, or the day does not fit.
    """
    assert batch.paid_on is not None
    keys = paying.pay_within(
        bench, unit, paper.key, batch.paid_on, amount, payee=f"发放明细表 {households} 户", paper_no=batch.paper_no,
        note=f"{batch.title} 第{batch.number}批",
    )
    batch.entries = [*(batch.entries or ()), *keys]


def take_back(
    bench: Workbench, unit: Unit, batches: Sequence[PaymentBatch], amount: Decimal, on: date, why: str
) -> None:
    """Counter-entries for money that came back, in the payments of some batches, the latest first.

    Raises:
        NotAllowed: Less than that was paid by them.
    """
    keys = [key for batch in batches for key in batch.entries or ()]
    rest, drafts = amount, []
    for entry, left in reversed(ledger.live_entries(unit.session, FundEntry.key.in_(keys))):
        part = min(rest, from_fen(left))
        if part > 0:
            drafts.append(ledger.counter_draft(entry, to_fen(part), on, why))
            rest -= part
    if rest > 0:
        raise NotAllowed(
            f"台账里这些批次只有 {format_money(amount - rest)} 元可以冲销，不够 {format_money(amount)} 元。",
            todo="拨付已在资金台账冲销的，不用再登记退回。",
        )
    ledger.post(bench, unit, *drafts)


def in_ledger(session: Session, batch: PaymentBatch) -> Decimal:
    """Yuan that the ledger paid by a batch, counter-entries taken off."""
    live = ledger.live_entries(session, FundEntry.key.in_(list(batch.entries or ())))
    return sum((from_fen(left) for _, left in live), ZERO)
