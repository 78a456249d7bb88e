"""Balances, entries and targets of the ledger as they are shown; each is one query, however many entries there are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.money import format_money, from_fen, to_fen
from fupin_desktop.domain.text import clean, quoted
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, Severity, TargetKind
from fupin_desktop.policy.funds import LEDGER_CLAUSE, ORIGINAL_PLAN_CLAUSE
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.strictness import ORIGINAL_PLAN, strictness
from fupin_desktop.services.funds import rules
from fupin_desktop.services.funds.carrying import in_ledger_of, openings_in
from fupin_desktop.services.funds.ledger import at_target
from fupin_desktop.services.funds.model import (
    ZERO,
    EntryLine,
    FundBalance,
    LedgerFilter,
    SourceShare,
    TargetBalance,
)
from fupin_desktop.services.funds.planned import Planned, planned
from fupin_desktop.services.funds.sources import TEXTS
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import AwardScheme, FundEntry, FundSource, Town, Village

_IN_FEN = FundEntry.amount_fen
DONORS_CLAUSE = "吴川 三(二)5"
_KINDS = tuple(EntryKind)


def balances(
    bench: Workbench, year: int, on: date | None = None, include_voided: bool = False
) -> list[FundBalance]:
    """The fund sources of a year in the order they were registered, then those carried over from earlier years.

    Args:
        bench: The workbench.
        year: Year of the ledger.
        on: Entries up to this day count; None for all.
        include_voided: Whether those voided are shown too.
    """

    def find() -> tuple[FundBalance, ...]:
        with bench.read() as session:
            return tuple(balances_in(session, year, on, include_voided))

    return list(bench.cached(("funds.balances", year, on, include_voided), find))


def balances_in(
    session: Session, year: int, on: date | None = None, include_voided: bool = False
) -> list[FundBalance]:
    """Like :func:`balances`, of a session."""
    until = [] if on is None else [FundEntry.dated <= on]
    sums = [func.sum(case((FundEntry.kind == kind.value, _IN_FEN), else_=0)) for kind in _KINDS]
    taken = FundEntry.__table__.alias()
    back = select(func.sum(taken.c.amount_fen)).where(taken.c.counters_key == FundEntry.key).scalar_subquery()
    stands = _IN_FEN + func.coalesce(back, 0) > 0
    first = [
        func.min(case((and_(FundEntry.kind == kind.value, stands), FundEntry.dated)))
        for kind in (EntryKind.ASSIGNED, EntryKind.RECEIVED)
    ]
    query = select(FundSource, *first, *sums).outerjoin(FundEntry, and_(FundEntry.source_key == FundSource.key, *until))
    query = query.where(in_ledger_of(year)).group_by(FundSource.key)
    query = query.order_by(FundSource.year.desc(), FundSource.key)
    if not include_voided:
        query = query.where(FundSource.voided.is_(False))
    rows = session.execute(query).all()
    by_schemes = planned(session, [row[0] for row in rows], year)
    return [_balance(row, by_schemes, year) for row in rows]


def _balance(row: Any, by_schemes: Planned, year: int) -> FundBalance:
    record, assigned_on, came, *sums = row
    amounts = {kind: from_fen(fen or 0) for kind, fen in zip(_KINDS, sums, strict=True)}
    return FundBalance(
        FundKind(record.kind),
        record.name,
        amounts[EntryKind.ASSIGNED],
        received_on=came,
        year=record.year,
        assigned_on=assigned_on,
        key=record.key,
        received=amounts[EntryKind.RECEIVED],
        allocated=amounts[EntryKind.ALLOCATED],
        paid=amounts[EntryKind.PAID],
        planned=from_fen(by_schemes.named.get(record.key, 0)),
        awarded=from_fen(by_schemes.awarded.get(record.key, 0)),
        explained=tuple(by_schemes.explained.get(record.key, ())),
        voided=record.voided,
        carried=record.year < year,
        **{name: getattr(record, name) for name in TEXTS if name != "name"},
    )


def check(bench: Workbench, year: int) -> list[Problem]:
    """Problems of the ledger.

    Schemes draw more than came in, or draw on money bound to its original plan, which in principle takes a written
    reason; a list of donors is above what is assigned, which an undo can bring about.
    """
    with bench.read() as session:
        known = balances_in(session, year)
        earlier = {one.source_key: one.sums[EntryKind.ALLOCATED] for one in openings_in(session, LedgerFilter(year))}
        donated = rules.donor_sums(session, [one.key for one in known])
    found: list[Problem] = []
    for one in known:
        there = max(one.assigned, one.received) - earlier.get(one.key, ZERO)
        if one.planned > there:
            amounts = format_money(there), format_money(one.planned)
            sentence = "{}共 {} 元，各方案列支 {} 元，超出来源金额。".format(quoted(one.shown), *amounts)
            found.append(Problem("fund.overdrawn", Severity.MUST, sentence, LEDGER_CLAUSE, subjects=(one.key,)))
        if one.planned and one.original_plan:
            found.append(_other_plan(bench, one, year))
        given, assigned = donated.get(one.key, 0), to_fen(one.assigned)
        if 0 < assigned < given:
            sentence = rules.too_many_donors(one.shown, given, assigned)
            found.append(Problem("fund.donors", Severity.MUST, sentence, DONORS_CLAUSE, subjects=(one.key,)))
    return found


def _other_plan(bench: Workbench, one: FundBalance, year: int) -> Problem:
    """Award schemes draw on money of an original plan; their written reasons settle it in principle (吴川 三(二)2)."""
    severity, clause = strictness(bench.parameters, ORIGINAL_PLAN, date(year, 12, 31))
    principle = severity is Severity.PRINCIPLE
    reason = "；".join(dict.fromkeys(one.explained)) if principle and all(one.explained) else ""
    todo = "；确需如此的，请在方案里写明理由。" if principle else "。"
    sentence = f"{quoted(one.shown)}已有原定用途({one.original_plan})，应按原方案使用，不列入新的奖补方案{todo}"
    return Problem(
        "fund.original_plan", severity, sentence, clause or ORIGINAL_PLAN_CLAUSE, subjects=(one.key,), reason=reason
    )


def entries(bench: Workbench, which: LedgerFilter) -> list[EntryLine]:
    """The entries that a filter chooses, in the order of day, writing and key, with the balances after each."""
    with bench.read() as session:
        return [_line(row, which.year) for row in session.execute(_entries(which))]


def _entries(which: LedgerFilter) -> Select[Any]:
    """The running balances are those of all entries of a source, so they are summed before the filter chooses."""
    taken = FundEntry.__table__.alias()
    running = (
        select(
            FundEntry.__table__,
            FundSource.name.label("source"),
            FundSource.kind.label("source_kind"),
            FundSource.document_no,
            FundSource.year.label("source_year"),
            _running(EntryKind.RECEIVED, EntryKind.ALLOCATED).label("available"),
            _running(EntryKind.RECEIVED, EntryKind.PAID).label("in_hand"),
            select(func.coalesce(func.sum(taken.c.amount_fen), 0))
            .where(taken.c.counters_key == FundEntry.key)
            .scalar_subquery()
            .label("countered"),
        )
        .join(FundSource, FundSource.key == FundEntry.source_key)
        .where(*([in_ledger_of(which.year)] if which.year else []))
        .subquery()
    )
    column = running.c
    return select(running).where(*_chosen(column, which)).order_by(column.dated, column.at, column.key)


def _running(more: EntryKind, less: EntryKind) -> Any:
    """What one kind brought of a source and another took, up to each entry."""
    signed = case((FundEntry.kind == more.value, _IN_FEN), (FundEntry.kind == less.value, -_IN_FEN), else_=0)
    order = (FundEntry.dated, FundEntry.at, FundEntry.key)
    return func.sum(signed).over(partition_by=FundEntry.source_key, order_by=order)


def _chosen(column: Any, which: LedgerFilter) -> Iterable[Any]:
    if which.year:
        yield or_(column.source_year == which.year, column.dated >= date(which.year, 1, 1))
    if which.source_key:
        yield column.source_key == which.source_key
    if which.kind:
        yield column.kind == which.kind.value
    if which.target_kind:
        yield column.target_kind == which.target_kind.value
    if which.target_key:
        yield column.target_key == which.target_key
    if which.since:
        yield column.dated >= which.since
    if which.until:
        yield column.dated <= which.until
    if text := clean(which.text):
        names = ("source", "document_no", "target_name", "payee", "paper_no", "note")
        yield or_(*(column[name].contains(text, autoescape=True) for name in names))


def _line(row: Any, year: int) -> EntryLine:
    target = None
    if row.target_kind:
        target = FundTarget(TargetKind(row.target_kind), row.target_key, row.target_name)
    return EntryLine(
        row.key,
        row.source_key,
        row.source,
        FundKind(row.source_kind),
        row.document_no,
        EntryKind(row.kind),
        from_fen(row.amount_fen),
        row.dated,
        target,
        row.paper_key,
        row.paper_no,
        row.payee,
        row.counters_key or "",
        row.note,
        row.at,
        row.who,
        from_fen(row.available),
        from_fen(row.in_hand),
        from_fen(-row.countered),
        row.source_year if row.source_year < year else 0,
    )


def target_balance(bench: Workbench, target: FundTarget) -> TargetBalance:
    """What a target got and what is paid for it."""
    with bench.read() as session:
        return target_balance_in(session, target)


def target_balance_in(session: Session, target: FundTarget, on: date | None = None) -> TargetBalance:
    """Like :func:`target_balance`, of a session, with the entries up to a day where one is given."""
    where = (*at_target(target), *(() if on is None else (FundEntry.dated <= on,)))
    columns = (FundSource.key, FundSource.name, FundSource.document_no)
    query = select(*columns, _sum(EntryKind.ALLOCATED), _sum(EntryKind.PAID)).join_from(FundSource, FundEntry)
    query = query.where(*where).group_by(*columns).order_by(FundSource.key)
    return TargetBalance(target, tuple(_shares(session.execute(query))))


def _sum(kind: EntryKind) -> Any:
    return func.sum(case((FundEntry.kind == kind.value, _IN_FEN), else_=0))


def _shares(rows: Iterable[Any]) -> Iterable[SourceShare]:
    """Sources from which all was taken back are left out."""
    for key, name, document_no, allocated, paid in rows:
        if allocated or paid:
            yield SourceShare(key, name, document_no, from_fen(allocated), from_fen(paid))


def targets(bench: Workbench, year: int) -> list[TargetBalance]:
    """All that money of a year can go or went to: the town, its villages, the year's schemes, and what the ledger has.

    Use plans are among them once something is allocated to them, which their approval does.
    """
    columns = (FundEntry.target_kind, FundEntry.target_key, FundEntry.target_name)
    of_source = (FundSource.key, FundSource.name, FundSource.document_no)
    query = select(*columns, *of_source, _sum(EntryKind.ALLOCATED), _sum(EntryKind.PAID))
    query = query.join_from(FundEntry, FundSource).where(in_ledger_of(year), FundEntry.target_kind.is_not(None))
    query = query.group_by(*columns, FundSource.key).order_by(FundSource.key)
    with bench.read() as session:
        known = {target.mark: target for target in _candidates(session, year)}
        shares: dict[tuple[TargetKind, str], dict[str, SourceShare]] = {mark: {} for mark in known}
        for kind, key, name, *share in session.execute(query):
            target = FundTarget(TargetKind(kind), key, name)
            known.setdefault(target.mark, target)
            of_target = shares.setdefault(target.mark, {})
            for found in _shares([share]):
                of_target[found.source_key] = _added(of_target.get(found.source_key), found)
    return [TargetBalance(target, tuple(shares[mark].values())) for mark, target in known.items()]


def _added(one: SourceShare | None, other: SourceShare) -> SourceShare:
    """The shares of two spellings of one target."""
    if one is None:
        return other
    return one._replace(allocated=one.allocated + other.allocated, paid=one.paid + other.paid)


def _candidates(session: Session, year: int) -> Iterable[FundTarget]:
    for key, name in session.execute(select(Town.key, Town.name).order_by(Town.key)):
        yield FundTarget(TargetKind.TOWN, key, name)
    for key, name in session.execute(select(Village.key, Village.name).order_by(Village.position, Village.key)):
        yield FundTarget(TargetKind.VILLAGE, key, name)
    schemes = select(AwardScheme.key, AwardScheme.name).where(AwardScheme.year == year)
    for key, name in session.execute(schemes.order_by(AwardScheme.place, AwardScheme.batch, AwardScheme.key)):
        yield FundTarget(TargetKind.SCHEME, key, name)


def known_targets(session: Session, year: int) -> list[FundTarget]:
    """The town, its villages, the year's schemes, then all under the names that the year's entries give them."""
    columns = (FundEntry.target_kind, FundEntry.target_key, FundEntry.target_name)
    query = select(*columns).join_from(FundEntry, FundSource).distinct()
    query = query.where(in_ledger_of(year), FundEntry.target_kind.is_not(None))
    return [
        *_candidates(session, year),
        *(FundTarget(TargetKind(kind), key, name) for kind, key, name in session.execute(query) if kind),
    ]
