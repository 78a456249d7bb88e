"""What must hold in the ledger at the end of every day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.text import quoted
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage.entities import FundDonor, FundEntry, FundSource

Mark = tuple[str, str]
_TODO = {
    EntryKind.RECEIVED: "请减少金额、改日期，或先更正下达金额",
    EntryKind.ALLOCATED: "请减少金额、改日期，或先登记到账",
    EntryKind.PAID: "请减少金额、改日期，或先安排资金",
}


class Move(NamedTuple):
    """分 of one kind, day and target of a source."""

    dated: date
    kind: str
    mark: Mark
    fen: int


class Excess(NamedTuple):
    """What is too much on a day: the limited sum is above the limiting one, in total or for one target."""

    dated: date
    limiting: EntryKind
    limit: int
    limited: EntryKind
    used: int
    mark: Mark | None = None

    def told(self, source: str, target: str = "") -> tuple[str, str]:
        """What is wrong and what to do, as sentences without their full stop."""
        towards = f"(对象：{target})" if target else ""
        sentence = (
            f"{quoted(source)}到{say_date(self.dated)}{self.limiting.label} {_yuan(self.limit)} 元{towards}，"
            f"{self.limited.label}合计将达 {_yuan(self.used)} 元，超出 {_yuan(self.used - self.limit)} 元"
        )
        return sentence, _TODO[self.limited]


class State:
    """Sums of one source up to a day, 分, as its entries are taken one after another."""

    def __init__(self) -> None:
        self.sums: dict[str, int] = defaultdict(int)
        self.allocated: dict[Mark, int] = defaultdict(int)
        self.paid: dict[Mark, int] = defaultdict(int)
        self.assignments = 0

    def take(self, move: Move) -> None:
        """Let an entry count."""
        self.assignments += move.kind == EntryKind.ASSIGNED
        self._add(move, move.fen)

    def give_back(self, move: Move) -> None:
        """Let an entry count no more."""
        self.assignments -= move.kind == EntryKind.ASSIGNED
        self._add(move, -move.fen)

    def _add(self, move: Move, fen: int) -> None:
        self.sums[move.kind] += fen
        if move.kind == EntryKind.ALLOCATED:
            self.allocated[move.mark] += fen
        elif move.kind == EntryKind.PAID:
            self.paid[move.mark] += fen

    def excess(self, dated: date) -> Excess | None:
        """Received ≤ assigned where something was assigned, allocated ≤ received, paid ≤ allocated for each target."""
        assigned, received, allocated, _paid = (self.sums[kind] for kind in EntryKind)
        if self.assignments and received > assigned:
            return Excess(dated, EntryKind.ASSIGNED, assigned, EntryKind.RECEIVED, received)
        if allocated > received:
            return Excess(dated, EntryKind.RECEIVED, received, EntryKind.ALLOCATED, allocated)
        for mark, paid in self.paid.items():
            if paid > self.allocated[mark]:
                return Excess(dated, EntryKind.ALLOCATED, self.allocated[mark], EntryKind.PAID, paid, mark)
        return None


def first_excess(moves: Iterable[Move], since: date) -> Excess | None:
    """The first day from ``since`` on at whose end a source's entries, in order of their days, break a rule."""
    state = State()
    for dated, of_day in groupby(moves, key=itemgetter(0)):
        for move in of_day:
            state.take(move)
        if dated >= since and (found := state.excess(dated)):
            return found
    return None


def check(session: Session, since: Mapping[str, date]) -> None:
    """All sources named must hold on each day from the one given on; what is posted is in the session's transaction.

    Args:
        session: The session.
        since: First day to look at, by key of the source.

    Raises:
        NotAllowed: A rule is broken; the sentence names source, day and amounts.
    """
    for key, moves in moves_of(session, since).items():
        if found := first_excess(moves, since[key]):
            source = session.get(FundSource, key)
            target = _target_name(session, key, found.mark) if found.mark else ""
            sentence, todo = found.told(source.name if source else "", target)
            raise NotAllowed(f"{sentence}。", todo=f"{todo}。")


def moves_of(session: Session, keys: Collection[str]) -> dict[str, list[Move]]:
    """The sums by day, kind and target of each source, in order of the days."""
    mark = case((FundEntry.target_key == "", FundEntry.target_name), else_=FundEntry.target_key)
    columns = (FundEntry.source_key, FundEntry.dated, FundEntry.kind, FundEntry.target_kind, mark)
    query = select(*columns, func.sum(FundEntry.amount_fen)).where(FundEntry.source_key.in_(keys))
    query = query.group_by(*columns).order_by(FundEntry.source_key, FundEntry.dated)
    found: dict[str, list[Move]] = {}
    for source, dated, kind, target_kind, target, fen in session.execute(query):
        found.setdefault(source, []).append(Move(dated, kind, (target_kind or "", target), fen))
    return found


def check_donors(session: Session, keys: Collection[str]) -> None:
    """What is assigned is not corrected below what the list of donors holds; nothing assigned sets no limit.

    Raises:
        NotAllowed: It is; the sentence names source and amounts.
    """
    assigned = func.coalesce(func.sum(FundEntry.amount_fen), 0)
    for key, fen in donor_sums(session, keys).items():
        where = (FundEntry.source_key == key, FundEntry.kind == EntryKind.ASSIGNED.value)
        limit = session.execute(select(assigned).where(*where)).scalar_one()
        if 0 < limit < fen:
            source = session.get(FundSource, key)
            raise NotAllowed(too_many_donors(source.name if source else "", fen, limit), todo="请先改捐赠名单。")


def donor_sums(session: Session, keys: Collection[str]) -> dict[str, int]:
    """分 in the list of donors of each source that has one."""
    if not keys:
        return {}
    query = select(FundDonor.source_key, func.sum(FundDonor.amount_fen)).where(FundDonor.source_key.in_(keys))
    return {key: fen for key, fen in session.execute(query.group_by(FundDonor.source_key))}  # noqa: C416 - rows


def too_many_donors(source: str, fen: int, limit: int) -> str:
    """The sentence on a list of donors above what is assigned."""
    amounts = f"捐赠名单合计 {_yuan(fen)} 元，下达金额 {_yuan(limit)} 元，少了 {_yuan(fen - limit)} 元"
    return f"{quoted(source)}的{amounts}。"


def _target_name(session: Session, key: str, mark: Mark) -> str:
    found = select(FundEntry.target_name).where(
        FundEntry.source_key == key,
        FundEntry.target_kind == mark[0],
        (FundEntry.target_key == mark[1]) | (FundEntry.target_name == mark[1]),
    )
    return session.scalars(found.order_by(FundEntry.at.desc()).limit(1)).first() or ""


def _yuan(fen: int) -> str:
    return format_money(from_fen(fen))
