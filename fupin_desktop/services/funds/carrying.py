"""Money carried over (上年结转): sources of earlier years in the ledger of a year, nothing registered anew."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import EntryKind, FundKind
from fupin_desktop.services.funds.model import LedgerFilter, Opening
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundEntry, FundSource

_KINDS = tuple(EntryKind)


def in_ledger_of(year: int) -> ColumnElement[bool]:
    """The condition on sources that the ledger of a year shows.

    They are its own and those of earlier years of which something was left, or still to arrive, when the year began,
    or that have entries dated in it.
    """
    begins, entry, source = date(year, 1, 1), aliased(FundEntry), aliased(FundSource)
    before = {kind: _sum(entry, kind, entry.dated < begins) for kind in _KINDS}
    left = or_(
        func.max(entry.dated) >= begins,
        before[EntryKind.RECEIVED] > before[EntryKind.ALLOCATED],
        before[EntryKind.RECEIVED] > before[EntryKind.PAID],
        before[EntryKind.ASSIGNED] > before[EntryKind.RECEIVED],
    )
    carried = (
        select(entry.source_key)
        .join(source, source.key == entry.source_key)
        .where(source.year < year, entry.dated <= date(year, 12, 31))
        .group_by(entry.source_key)
        .having(left)
    )
    return or_(FundSource.year == year, FundSource.key.in_(carried))


def openings(bench: Workbench, which: LedgerFilter) -> list[Opening]:
    """What the carried sources of a year begin it with; source and last day of the filter count, nothing else.

    Args:
        bench: The workbench.
        which: What is chosen; of a day before the year the balances are those of that day.
    """
    if not which.year:
        return []
    with bench.read() as session:
        return openings_in(session, which)


def openings_in(session: Session, which: LedgerFilter) -> list[Opening]:
    """Like :func:`openings`, of a session."""
    last = date(which.year, 1, 1) - timedelta(days=1)
    until = min(last, which.until or last)
    sums = [_sum(FundEntry, kind) for kind in _KINDS]
    joined = and_(FundEntry.source_key == FundSource.key, FundEntry.dated <= until)
    query = select(FundSource, *sums).outerjoin(FundEntry, joined)
    query = query.where(in_ledger_of(which.year), FundSource.year < which.year)
    if which.source_key:
        query = query.where(FundSource.key == which.source_key)
    query = query.group_by(FundSource.key).order_by(FundSource.year.desc(), FundSource.key)
    return [_opening(record, until, fen) for record, *fen in session.execute(query)]


def _opening(record: FundSource, dated: date, fen: list[int | None]) -> Opening:
    amounts: dict[EntryKind, Decimal] = {kind: from_fen(one or 0) for kind, one in zip(_KINDS, fen, strict=True)}
    texts = (record.key, record.name, FundKind(record.kind), record.document_no, record.year)
    return Opening(*texts, dated, amounts, voided=record.voided)


def _sum(entry: Any, kind: EntryKind, *where: Any) -> Any:
    return func.sum(case((and_(entry.kind == kind.value, *where), entry.amount_fen), else_=0))
