"""What must hold in the ledger at the end of every day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage.entities import FundEntry, FundSource

Mark = tuple[str, str]
_TODO = "请减少金额、改日期，或先登记到账。"


class _Move(NamedTuple):
    """分 of one kind, day and target of a source."""

    source_key: str
    dated: date
    kind: str
    mark: Mark
    fen: int


class _State:
    """Sums of one source up to a day, 分."""

    def __init__(self) -> None:
        self.sums: dict[str, int] = defaultdict(int)
        self.allocated: dict[Mark, int] = defaultdict(int)
        self.paid: dict[Mark, int] = defaultdict(int)
        self.has_assignment = False

    def take(self, move: _Move) -> None:
        self.sums[move.kind] += move.fen
        if move.kind == EntryKind.ASSIGNED:
            self.has_assignment = True
        elif move.kind == EntryKind.ALLOCATED:
            self.allocated[move.mark] += move.fen
        elif move.kind == EntryKind.PAID:
            self.paid[move.mark] += move.fen


def check(session: Session, since: Mapping[str, date]) -> None:
    """All sources named must hold on each day from the one given on; what is posted is in the session's transaction.

    Args:
        session: The session.
        since: First day to look at, by key of the source.

    Raises:
        NotAllowed: A rule is broken; the sentence names source, day and amounts.
    """
    for key, moves in groupby(_moves(session, since), key=itemgetter(0)):
        state = _State()
        for dated, of_day in groupby(moves, key=itemgetter(1)):
            for move in of_day:
                state.take(move)
            if dated >= since[key]:
                _check_day(session, key, dated, state)


def _moves(session: Session, keys: Collection[str]) -> Iterator[_Move]:
    """The sums of each source by day, kind and target, in order of source and day."""
    mark = case((FundEntry.target_key == "", FundEntry.target_name), else_=FundEntry.target_key)
    columns = (FundEntry.source_key, FundEntry.dated, FundEntry.kind, FundEntry.target_kind, mark)
    query = select(*columns, func.sum(FundEntry.amount_fen)).where(FundEntry.source_key.in_(keys))
    query = query.group_by(*columns).order_by(FundEntry.source_key, FundEntry.dated)
    for source, dated, kind, target_kind, target, fen in session.execute(query):
        yield _Move(source, dated, kind, (target_kind or "", target), fen)


def _check_day(session: Session, key: str, dated: date, state: _State) -> None:
    """The three rules of a day: received ≤ assigned, allocated ≤ received, paid ≤ allocated for each target."""
    sums = state.sums
    if state.has_assignment:
        pair = (EntryKind.ASSIGNED, sums[EntryKind.ASSIGNED]), (EntryKind.RECEIVED, sums[EntryKind.RECEIVED])
        _compare(session, key, dated, pair)
    pair = (EntryKind.RECEIVED, sums[EntryKind.RECEIVED]), (EntryKind.ALLOCATED, sums[EntryKind.ALLOCATED])
    _compare(session, key, dated, pair)
    for mark, paid in state.paid.items():
        pair = (EntryKind.ALLOCATED, state.allocated[mark]), (EntryKind.PAID, paid)
        _compare(session, key, dated, pair, mark)


def _compare(
    session: Session, key: str, dated: date, pair: Sequence[tuple[EntryKind, int]], mark: Mark | None = None
) -> None:
    """The second sum of the pair must not be above the first."""
    (limiting, limit), (limited, used) = pair
    if used <= limit:
        return
    source = session.get(FundSource, key)
    name = source.name if source else ""
    towards = f"(对象：{_target_name(session, key, mark)})" if mark else ""
    raise NotAllowed(
        f"“{name}”到{say_date(dated)}{limiting.label} {_yuan(limit)} 元{towards}，"
        f"{limited.label}合计将达 {_yuan(used)} 元，超出 {_yuan(used - limit)} 元。",
        todo=_TODO if limited is not EntryKind.PAID else "请减少金额、改日期，或先安排资金。",
    )


def _target_name(session: Session, key: str, mark: Mark) -> str:
    found = select(FundEntry.target_name).where(
        FundEntry.source_key == key,
        FundEntry.target_kind == mark[0],
        (FundEntry.target_key == mark[1]) | (FundEntry.target_name == mark[1]),
    )
    return session.scalars(found.order_by(FundEntry.at.desc()).limit(1)).first() or ""


def _yuan(fen: int) -> str:
    return format_money(from_fen(fen))
