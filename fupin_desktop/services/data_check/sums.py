"""The part of the check that adds up: the ledger, calculations, payments against the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.payments import BatchState, PaymentRowState
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services.data_check.model import Finding, Part, Tell
from fupin_desktop.services.payments import money
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardResult, AwardRun, FundEntry, FundSource, PaymentBatch, PaymentRow

_LEDGER = "请在“资金管理”里打开这一笔，和凭证核对，用冲销更正。"
_RUN = "请重新测算，并和公示、备案的名单核对。"
_BATCH = "请在“数据 → 发放…”里打开这一批，和银行回单、资金台账核对。"
_NEXT = {EntryKind.RECEIVED: EntryKind.ALLOCATED, EntryKind.ALLOCATED: EntryKind.PAID}


def sums(bench: Workbench, tell: Tell) -> Part:
    """What must come to the same, or be covered by what it rests on."""
    tell("金额")
    with bench.read() as session:
        counted = (FundEntry, AwardRun, PaymentBatch)
        counts = [session.scalar(select(func.count()).select_from(one)) or 0 for one in counted]
        findings = (*_sources(session), *_counters(session), *_runs(session), *_batches(session))
    told = "资金台账 {:,} 笔、测算 {:,} 次、发放 {:,} 批".format(*counts)
    return Part("金额", told, findings)


def _sources(session: Session) -> Iterator[Finding]:
    """Of each source no more is allocated than came, no more paid than allocated, and nothing is below 0."""
    statement = (
        select(FundSource.name, FundEntry.source_key, FundEntry.kind, func.sum(FundEntry.amount_fen))
        .join(FundSource, FundSource.key == FundEntry.source_key)
        .group_by(FundEntry.source_key, FundEntry.kind)
    )
    totals: dict[tuple[str, str], dict[EntryKind, int]] = {}
    for name, key, kind, fen in session.execute(statement):
        totals.setdefault((key, name), {})[EntryKind(kind)] = fen
    for (_key, name), of in totals.items():
        for kind, fen in of.items():
            if fen < 0:
                yield Finding(f"“{name}”的{kind.label}合计是 {_yuan(fen)} 元，小于 0。", _LEDGER)
        for above, below in _NEXT.items():
            if of.get(below, 0) > of.get(above, 0):
                told = f"{below.label} {_yuan(of[below])} 元，多于{above.label} {_yuan(of.get(above, 0))} 元"
                yield Finding(f"“{name}”{told}。", _LEDGER)


def _counters(session: Session) -> Iterator[Finding]:
    """Counter-entries take back no more than was entered."""
    taken = (
        select(FundEntry.counters_key, func.sum(FundEntry.amount_fen).label("fen"))
        .where(FundEntry.counters_key.is_not(None))
        .group_by(FundEntry.counters_key)
        .subquery()
    )
    statement = (
        select(FundSource.name, FundEntry.dated, FundEntry.amount_fen, taken.c.fen)
        .join(taken, taken.c.counters_key == FundEntry.key)
        .join(FundSource, FundSource.key == FundEntry.source_key)
        .where(FundEntry.amount_fen + taken.c.fen < 0)
    )
    for name, dated, fen, back in session.execute(statement):
        told = f"{dated:%Y-%m-%d} 的 {_yuan(fen)} 元被冲销了 {_yuan(-back)} 元，超出原来的金额"
        yield Finding(f"“{name}”{told}。", _LEDGER)


def _runs(session: Session) -> Iterator[Finding]:
    """The total of a calculation is that of its households."""
    added = func.coalesce(func.sum(AwardResult.award_fen), 0)
    statement = (
        select(AwardRun.at, AwardRun.award_fen, AwardRun.households, added, func.count(AwardResult.key))
        .join(AwardResult, AwardResult.run_key == AwardRun.key, isouter=True)
        .group_by(AwardRun.key)
        .having((added != AwardRun.award_fen) | (func.count(AwardResult.key) < AwardRun.households))
    )
    for at, fen, households, total, count in session.execute(statement):
        told = f"写明 {households:,} 户 {_yuan(fen)} 元，逐户相加是 {count:,} 户 {_yuan(total)} 元"
        yield Finding(f"{at:%Y-%m-%d %H:%M} 的奖补测算{told}。", _RUN)


def _batches(session: Session) -> Iterator[Finding]:
    """What households of a paid batch got is what the ledger paid for it; nobody got more than the award."""
    for batch in session.scalars(select(PaymentBatch)):
        rows = session.scalars(select(PaymentRow).where(PaymentRow.batch_key == batch.key)).all()
        yield from _rows(batch, rows)
        if batch.state != BatchState.PAID:
            continue
        paid = sum(row.amount_fen for row in rows if row.state == PaymentRowState.PAID and row.amount_fen > 0)
        entered = money.in_ledger(session, batch)
        if entered != from_fen(paid):
            told = f"逐户已发 {_yuan(paid)} 元，资金台账拨付 {format_money(entered)} 元"
            yield Finding(f"“{batch.title}”第 {batch.number} 批{told}。", _BATCH)


def _rows(batch: PaymentBatch, rows: Sequence[PaymentRow]) -> Iterator[Finding]:
    for row in rows:
        if row.before_fen + row.amount_fen > row.award_fen:
            told = f"应发 {_yuan(row.award_fen)} 元，连这一批共 {_yuan(row.before_fen + row.amount_fen)} 元"
            yield Finding(f"“{batch.title}”第 {batch.number} 批的{row.head_name}{told}。", _BATCH)


def _yuan(fen: int) -> str:
    return format_money(from_fen(fen))
