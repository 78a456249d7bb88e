"""Money is neither made nor lost by any order of operations; a simple book beside the ledger says what must happen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import funds
from fupin_desktop.services.funds import EntryDraft, FundForm, FundTarget, LedgerFilter, imports, ledger
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundEntry, FundSource
from tests.services.funds.office import ledger_paper, money_office

TODAY = date(2026, 3, 2)
START = date(2026, 1, 30)
SPAN = 31
SOURCES = 2
A, R, L, P = EntryKind
PLACES = 4
_years = count(2025, -1)


def targets_of(year: int) -> tuple[FundTarget, ...]:
    """Targets of one play: two plans, a scheme, and an old plan that only the ledger knows by name."""
    return (
        FundTarget(TargetKind.PLAN, f"a{year}", "计划甲"),
        FundTarget(TargetKind.PLAN, f"b{year}", "计划乙"),
        FundTarget(TargetKind.SCHEME, f"c{year}", "奖补方案"),
        FundTarget(TargetKind.PLAN, "", f"{year}年旧计划"),
    )


@dataclass
class Item:
    """An entry of the simple book; ``left`` is what counter-entries have not taken of it."""

    source: int
    kind: EntryKind
    fen: int
    day: date
    target: int | None
    left: int


@dataclass
class Book:
    """Lists and loops only: rules are checked for every day of the span, one after another."""

    items: list[Item] = field(default_factory=list)
    bound: set[int] = field(default_factory=set)

    def sum(self, source: int, kind: EntryKind, day: date = TODAY, target: int | None = None) -> int:
        return sum(
            one.fen for one in self.items
            if one.source == source and one.kind is kind and one.day <= day and target in (None, one.target)
        )  # fmt: skip

    def holds(self, source: int) -> bool:
        days = sorted({one.day for one in self.items if one.source == source})
        return all(self._holds_on(source, day) for day in days)

    def _holds_on(self, source: int, day: date) -> bool:
        assigned, received, allocated = (self.sum(source, kind, day) for kind in (A, R, L))
        limited = any(one.source == source and one.kind is A and one.day <= day for one in self.items)
        pairs = [(self.sum(source, L, day, t), self.sum(source, P, day, t)) for t in range(PLACES)]
        return (not limited or received <= assigned) and allocated <= received and all(a >= p for a, p in pairs)

    def takes(self, *new: Item) -> bool:
        """Put entries in where all rules hold with them, else leave everything as it was."""
        before = [(one, one.left) for one in self.items]
        self.items += new
        if all(self.holds(source) for source in {one.source for one in new}):
            return True
        self.items = [one for one, _left in before]
        for one, left in before:
            one.left = left
        return False


# Few amounts and days, so that operations meet: on one day, at a limit, one 分 above it.
fens = st.one_of(st.sampled_from([100, 100, 200, 200, 1, 101, 0]), st.integers(1, 400))
days = st.sampled_from([0, 0, 7, 7, 14, 14, 30, SPAN, SPAN + 1]).map(lambda n: START + timedelta(days=n))
sources = st.integers(0, SOURCES - 1)
places = st.integers(0, PLACES - 1)
operations = st.one_of(
    st.tuples(st.just("receive"), sources, fens, days),
    st.tuples(st.just("allocate"), sources, places, fens, days),
    st.tuples(st.just("allocate"), sources, places, fens, days),
    st.tuples(st.just("allocate"), sources, places, fens, days),
    st.tuples(st.just("pay"), sources, places, fens, days),
    st.tuples(st.just("pay"), sources, places, fens, days),
    st.tuples(st.just("counter"), st.integers(0, 60), days, st.none() | fens),
    st.tuples(st.just("reverse"), places, days),
    st.tuples(st.just("together"), st.lists(st.tuples(sources, places, fens, days), min_size=2, max_size=3)),
    st.tuples(st.just("void"), sources),
)


class Play:
    """The same operations on the ledger and in the simple book."""

    def __init__(self, bench: Workbench, year: int, amounts: list[tuple[int, date | None]]) -> None:
        self.bench, self.year, self.book = bench, year, Book()
        self.voided: set[int] = set()
        self.targets = targets_of(year)
        self.keys: list[str] = []
        self.sources: list[str] = []
        for number, (fen, came) in enumerate(amounts):
            form = FundForm(FundKind.OTHER, f"{year}年来源{number}", Decimal(fen) / 100, received_on=came if fen else None, year=year)
            funds.add(bench, form)
            self.sources.append(funds.balances(bench, year)[-1].key)
            if fen:
                day = came or min(date(year, 1, 1), TODAY)
                self.book.items.append(Item(number, A, fen, day, None, fen))
                self.book.items += [Item(number, R, fen, came, None, fen)] if came else []
            self.follow()

    def rows(self) -> list[FundEntry]:
        with self.bench.read() as session:
            query = select(FundEntry).where(FundEntry.source_key.in_(self.sources)).order_by(FundEntry.key)
            return list(session.scalars(query))

    def follow(self) -> None:
        """The keys of the ledger's entries, in the order of the book's."""
        self.keys = [one.key for one in self.rows()]
        assert len(self.keys) == len(self.book.items)

    def run(self, name: str, *given: Any) -> None:
        wanted, act = getattr(self, f"_{name}")(*given)
        if wanted:
            act()
        else:
            with pytest.raises(NotAllowed):
                act()
        self.follow()

    def _add(self, source: int, kind: EntryKind, fen: int, day: date, place: int | None = None) -> bool:
        possible = fen > 0 and day <= TODAY and source not in self.voided
        return possible and self.book.takes(Item(source, kind, fen, day, place, fen))

    def _receive(self, source: int, fen: int, day: date) -> tuple[bool, Callable[[], object]]:
        return self._add(source, R, fen, day), lambda: funds.receive(self.bench, self.sources[source], yuan(fen), day)

    def _allocate(self, source: int, place: int, fen: int, day: date) -> tuple[bool, Callable[[], object]]:
        given = self.bench, self.sources[source], self.targets[place], yuan(fen), day
        return self._add(source, L, fen, day, place), lambda: funds.allocate(*given)

    def _pay(self, source: int, place: int, fen: int, day: date) -> tuple[bool, Callable[[], object]]:
        given = self.bench, self.sources[source], self.targets[place], yuan(fen), day
        return self._add(source, P, fen, day, place), lambda: funds.pay(*given)

    def _counter(self, number: int, day: date, fen: int | None) -> tuple[bool, Callable[[], object]]:
        if not self.keys:
            return False, lambda: funds.counter(self.bench, "0" * 32, day, "冲")
        number %= len(self.keys)
        item, key = self.book.items[number], self.keys[number]
        wanted = self._taken(item, item.left if fen is None else fen, day)
        return wanted, lambda: funds.counter(self.bench, key, day, "冲", None if fen is None else yuan(fen))

    def _taken(self, item: Item, fen: int, day: date) -> bool:
        if not 0 < fen <= item.left or not item.day <= day <= TODAY:
            return False
        item.left -= fen
        done = self.book.takes(Item(item.source, item.kind, -fen, day, item.target, 0))
        if not done:
            item.left += fen
        return done

    def _reverse(self, place: int, day: date) -> tuple[bool, Callable[[], object]]:
        """All that is allocated to a target is taken back at once, as when a plan is corrected."""
        live = [one for one in self.book.items if one.kind is L and one.target == place and one.left]
        wanted = not live or day <= TODAY
        new = [Item(one.source, L, -one.left, max(day, one.day), place, 0) for one in live]
        if live and wanted and (wanted := self.book.takes(*new)):
            for one in live:
                one.left = 0

        def act() -> None:
            with self.bench.write("tests.reverse", "冲", undoable=False) as unit:
                ledger.post(self.bench, unit, *ledger.reversals(unit.session, self.targets[place], day, "冲"))

        return wanted, act

    def _together(self, drafts: list[tuple[int, int, int, date]]) -> tuple[bool, Callable[[], object]]:
        possible = all(fen > 0 and day <= TODAY and source not in self.voided for source, _, fen, day in drafts)
        wanted = possible and self.book.takes(*(Item(one, L, fen, day, place, fen) for one, place, fen, day in drafts))

        def act() -> None:
            with self.bench.write("tests.plans", "安排", undoable=False) as unit:
                made = (
                    EntryDraft(self.sources[one], L, yuan(fen), day, self.targets[place])
                    for one, place, fen, day in drafts
                )
                ledger.post(self.bench, unit, *made)

        return wanted, act

    def _void(self, source: int) -> tuple[bool, Callable[[], object]]:
        wanted = source not in self.voided and self.book.sum(source, L) == 0
        if wanted:
            self.voided.add(source)
            live = sorted((one for one in self.book.items if one.source == source and one.left), key=lambda one: one.day)
            self.book.items += [Item(source, one.kind, -one.left, TODAY, one.target, 0) for one in live]
            for one in live:
                one.left = 0
        return wanted, lambda: funds.void(self.bench, self.sources[source], "重复")


def yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    made = money_office(tmp_path_factory.mktemp("money") / "数据")
    yield made
    made.close()


arrivals = st.lists(
    st.tuples(st.sampled_from([200, 400, 1000, 0]), days.filter(lambda day: day <= TODAY) | st.none()),
    min_size=SOURCES, max_size=SOURCES,
)  # fmt: skip


@given(arrivals, st.lists(operations, min_size=5, max_size=30))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_money_is_neither_made_nor_lost(bench: Workbench, amounts: Any, steps: list[Any]) -> None:
    play = Play(bench, next(_years), amounts)
    kept: list[tuple[Any, ...]] = []
    for step in steps:
        play.run(*step)
        now = [row_of(one) for one in play.rows()]
        assert now[: len(kept)] == kept, "what is written stays as it was written"
        kept = now
    for day in {one.day for one in play.book.items} | {TODAY}:
        check_balances(play, day)
    check_figures(play)
    check_targets(play)
    check_running(play)


def row_of(entry: FundEntry) -> tuple[Any, ...]:
    return tuple(getattr(entry, column.name) for column in FundEntry.__table__.columns)


def check_balances(play: Play, day: date) -> None:
    """The balances told are the rows added up, and none is below 0."""
    rows = [one for one in play.rows() if one.dated <= day]
    found = funds.balances(play.bench, play.year, day, include_voided=True)
    assert [one.key for one in found] == play.sources
    for number, one in enumerate(found):
        told = (one.assigned, one.received, one.allocated, one.paid)
        added = [sum(row.amount_fen for row in rows if (row.source_key, row.kind) == (one.key, kind)) for kind in EntryKind]
        assert told == tuple(yuan(fen) for fen in added)
        assert added == [play.book.sum(number, kind, day) for kind in EntryKind]
        assert min(one.available, one.unpaid, one.in_hand, *told) >= 0


def check_figures(play: Play) -> None:
    """The rows behind each figure add up to it."""
    for one in funds.balances(play.bench, play.year, include_voided=True):
        for column in ("assigned", "received", "allocated", "paid", "available", "unpaid", "in_hand"):
            behind = funds.behind(play.bench, one.key, column, TODAY, play.year)
            assert behind.rows[-1][-2] == f"{getattr(one, column):,.2f}"


def check_targets(play: Play) -> None:
    """What all targets got is what all sources gave, in total and pair by pair."""
    balances = funds.balances(play.bench, play.year, include_voided=True)
    with_money = [one for one in funds.targets(play.bench, play.year) if one.by_source]
    assert sum((one.allocated for one in with_money), Decimal(0)) == sum((one.allocated for one in balances), Decimal(0))
    assert sum((one.paid for one in with_money), Decimal(0)) == sum((one.paid for one in balances), Decimal(0))
    for one in with_money:
        place = play.targets.index(one.target)
        for share in one.by_source:
            source = play.sources.index(share.source_key)
            assert share.allocated == yuan(play.book.sum(source, L, target=place))
            assert share.paid == yuan(play.book.sum(source, P, target=place))
            assert share.left >= 0


def check_running(play: Play) -> None:
    """The balances after each entry are the sums up to it; whole countering restores exactly."""
    lines = funds.entries(play.bench, LedgerFilter(play.year))
    assert [one.key for one in lines] == [
        one.key for one in sorted(play.rows(), key=lambda one: (one.dated, one.at, one.key))
    ]
    sums: dict[tuple[str, EntryKind], Decimal] = defaultdict(Decimal)
    by_key = dict(zip(play.keys, play.book.items, strict=True))
    for line in lines:
        sums[line.source_key, line.kind] += line.amount
        received = sums[line.source_key, R]
        assert line.available_after == received - sums[line.source_key, L]
        assert line.in_hand_after == received - sums[line.source_key, P]
        assert line.left == yuan(by_key[line.key].left)


@given(fens.filter(bool), fens.filter(bool), days.filter(lambda day: day <= TODAY))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_counter_entries_restore_exactly(bench: Workbench, first: int, second: int, day: date) -> None:
    year = next(_years)
    funds.add(bench, FundForm(FundKind.OTHER, "来源", yuan(first + second), received_on=day, year=year))
    (before,) = funds.balances(bench, year)
    target = targets_of(year)[0]
    for fen in (first, second):
        funds.allocate(bench, before.key, target, yuan(fen), day)
        funds.pay(bench, before.key, target, yuan(fen), day)
    assert funds.balances(bench, year)[0].in_hand == 0
    lines = [one for one in funds.entries(bench, LedgerFilter(year)) if one.kind in (L, P)]
    for line in sorted(lines, key=lambda one: one.kind is L):
        funds.counter(bench, line.key, day, "冲")
    assert funds.balances(bench, year) == [before]
    assert funds.balances(bench, year, day) == [replace(before)]
    with bench.read() as session:
        assert session.scalars(select(FundSource.key).where(FundSource.year == year)).all() == [before.key]


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """Another office, to take ledgers over into."""
    made = money_office(tmp_path_factory.mktemp("other") / "数据")
    yield made
    made.close()


@given(arrivals, st.lists(operations, min_size=5, max_size=30))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_ledger_taken_over_is_the_same_ledger(
    bench: Workbench, other: Workbench, tmp_path_factory: pytest.TempPathFactory, amounts: Any, steps: list[Any]
) -> None:
    play = Play(bench, next(_years), amounts)
    for step in steps:
        play.run(*step)
    folder, which = tmp_path_factory.mktemp("lists"), LedgerFilter(play.year)
    imports.write_list(bench, which, folder / "清单.xlsx")
    ledger_paper(bench, which).write(folder / "台账.xlsx")
    other.year = bench.year = play.year
    found = imports.read_ledger(other, folder / "清单.xlsx") if play.keys else None
    if found is not None:
        assert [one.text for one in found.faults] == []
        imports.take(other, found)
        assert book_of(other, play.year) == book_of(bench, play.year)
        for office in (bench, other):
            again = imports.read_ledger(office, folder / "台账.xlsx")
            assert (len(again.good), again.known, again.faults) == (0, len(play.keys), ())


def book_of(bench: Workbench, year: int) -> list[tuple[Any, ...]]:
    """The ledger as it is told: what each line says, what is left of it, the balances after each day."""
    lines = funds.entries(bench, LedgerFilter(year))
    after = {(line.source, line.dated): (line.available_after, line.in_hand_after) for line in lines}
    told = [
        (line.source, line.dated, line.kind, line.amount, line.target.name if line.target else "", line.note, line.left)
        for line in lines
    ]
    return [*sorted(told), *sorted(after.items())]
