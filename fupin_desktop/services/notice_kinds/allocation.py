"""年度资金分配公示: what came in, by source and document number, and to whom it was shared out (吴川 三(一)4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, PublicKind, Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import offices
from fupin_desktop.services.funds.carrying import in_ledger_of
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundEntry, FundSource

_FEN = func.sum(FundEntry.amount_fen)


def _offered(bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    if not _shares(session, year):
        return []
    return [Offer(str(year), f"{year}年度资金分配", offices.office(bench).town)]


def _shares(session: Session, year: int) -> list[Any]:
    """Source, to whom (kind, key, name), 分: what the ledger of a year allocated and has not taken back."""
    target = (FundEntry.target_kind, FundEntry.target_key, FundEntry.target_name)
    query = select(FundSource, *target, _FEN).join(FundEntry, FundEntry.source_key == FundSource.key)
    query = query.where(in_ledger_of(year), FundSource.voided.is_(False), FundEntry.kind == EntryKind.ALLOCATED.value)
    rows = session.execute(query.group_by(FundSource.key, *target).order_by(FundSource.key, FundEntry.target_name))
    return [(source, tuple(to), fen) for source, *to, fen in rows if fen]


def _settle(asked: Asked) -> Settled:
    bench, year = asked.bench, int(asked.key)
    with bench.read() as session:
        shares = _shares(session, year)
        rows = [_row(source, name, fen) for source, (_, _, name), fen in shares]
    by_source: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        by_source[row["source"]] += row["amount"]
    town = offices.office(bench).town
    facts = {
        "rows": rows,
        "sources": [{"name": name, "amount": amount} for name, amount in by_source.items()],
        "total": sum(by_source.values(), Decimal("0.00")),
        "targets": len({target for _, target, _ in shares}),
    }
    title = f"关于{town}{year}年度产业扶贫资金分配情况的公示"
    notice = notice_of(asked, "allocation", title, town, "", facts, year=year)
    problems = tuple(_problems(rows, asked.settings.note))
    words = (notice.board, notice.publisher, *words_of(notice.facts))
    return Settled(notice, Subject(PublicKind.ALLOCATION, asked.key), problems, public_words=words)


def _problems(rows: list[dict[str, Any]], note: str) -> list[Problem]:
    found = []
    if not rows:
        found.append(Problem("notice.empty", Severity.MUST, "资金台账里本年度还没有安排，没有可以公示的分配结果。"))
    if not note:
        found.append(Problem("notice.principle", Severity.WARNING, "还没有写分配原则，请在“补充说明”里写明。"))
    return found


def _row(source: FundSource, name: str, fen: int) -> dict[str, Any]:
    return {
        "source": source.name,
        "kind": FundKind(source.kind).label,
        "document": source.document_no,
        "target": name,
        "amount": from_fen(fen),
    }


KIND = NoticeKind(
    name="allocation",
    title="年度资金分配公示",
    about=PublicKind.ALLOCATION,
    offered=_offered,
    settle=_settle,
    order=51,
    days=PROJECT_DAYS,
)
