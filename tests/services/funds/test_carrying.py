"""What is left of a year is in the ledger of the next one, nothing registered anew (上年结转)."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import EntryKind, FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme import Source
from fupin_desktop.services import funds, home
from fupin_desktop.services.funds import EntryDraft, FundForm, LedgerFilter, ledger
from fupin_desktop.services.funds.tracing import COLUMNS
from fupin_desktop.services.workbench import Workbench
from tests.services.funds.office import PLAN, D, add, entry_keys, keep_scheme, on, village

OLD = FundForm(FundKind.SUPERIOR, "专项", D(1000), "粤财1号", date(2025, 6, 1), year=2025)
LAST = date(2025, 12, 31)
FIGURES = ("assigned", "received", "allocated", "paid", "available", "unpaid", "in_hand")


def used(bench: Workbench, allocated: str = "600", paid: str = "250.01") -> str:
    """A source of 2025 of which so much was used on the last day of its year."""
    key = add(bench, OLD)
    funds.allocate(bench, key, PLAN, D(allocated), LAST)
    funds.pay(bench, key, PLAN, D(paid), LAST, "种子站")
    return key


def shown(bench: Workbench, year: int = 2026, day: date | None = None) -> list[str]:
    return [one.shown for one in funds.balances(bench, year, day)]


@pytest.mark.parametrize(
    ("allocated", "paid", "carried"),
    [("1000", "1000", False), ("1000", "999.99", True), ("999.99", "999.99", True), ("1000", "0.01", True)],
)
def test_a_fen_is_carried_over_and_nothing_is_not(bench: Workbench, allocated: str, paid: str, carried: bool) -> None:
    key = used(bench, allocated, paid)
    assert shown(bench) == (["专项(2025年度结转)"] if carried else [])
    assert shown(bench, 2025) == ["专项"]
    assert [one.source_key for one in funds.openings(bench, LedgerFilter(2026))] == ([key] if carried else [])


def test_money_that_has_still_to_arrive_is_carried_over(bench: Workbench) -> None:
    key = add(bench, replace(OLD, received_on=None))
    assert shown(bench) == ["专项(2025年度结转)"]
    funds.receive(bench, key, D(1000), on(1))
    assert [one.received for one in funds.balances(bench, 2026, on(1))] == [1000]


def test_a_source_used_up_comes_back_with_an_entry_of_the_year(bench: Workbench) -> None:
    key = used(bench, "1000", "1000")
    before = funds.balances(bench, 2025, LAST)
    (paid,) = [line.key for line in funds.entries(bench, LedgerFilter(2025, kind=EntryKind.PAID))]
    funds.counter(bench, paid, on(3), "退回", D("0.01"))
    (one,) = funds.balances(bench, 2026)
    assert (one.key, one.in_hand, one.carried, one.carried_word) == (key, D("0.01"), True, "2025年度结转")
    (line,) = funds.entries(bench, LedgerFilter(2026))
    assert (line.amount, line.in_hand_after, line.source_shown) == (D("-0.01"), D("0.01"), "专项(2025年度结转)")
    assert funds.balances(bench, 2025, LAST) == before
    assert shown(bench, 2024) == []


def test_the_year_begins_with_the_balances_of_the_last_one(bench: Workbench) -> None:
    key, own = used(bench), add(bench, replace(OLD, year=2026, received_on=on(2), document_no="粤财2号"))
    funds.pay(bench, key, PLAN, D(100), on(4), "合作社")
    assert shown(bench) == ["专项", "专项(2025年度结转)"]
    (opening,) = funds.openings(bench, LedgerFilter(2026))
    assert (opening.available, opening.in_hand, opening.dated) == (400, D("749.99"), LAST)
    lines = funds.entries(bench, LedgerFilter(2026))
    assert [(line.source_shown, line.kind.value) for line in lines] == [
        ("专项", "assigned"), ("专项", "received"), ("专项(2025年度结转)", "paid"),
    ]  # fmt: skip
    assert (lines[-1].available_after, lines[-1].in_hand_after) == (400, D("649.99"))
    assert len(funds.entries(bench, LedgerFilter(0))) == 7
    earlier = funds.openings(bench, LedgerFilter(2026, key, until=date(2025, 7, 1)))
    assert [(one.in_hand, one.dated) for one in earlier] == [(1000, date(2025, 7, 1))]
    assert funds.openings(bench, LedgerFilter(2026, own)) == funds.openings(bench, LedgerFilter(0)) == []


def test_every_figure_opens_rows_that_add_up_to_it(bench: Workbench) -> None:
    key = used(bench)
    add(bench, replace(OLD, year=2026, received_on=on(2)))
    funds.pay(bench, key, PLAN, D(100), on(4), "合作社")
    found = funds.behind(bench, key, "in_hand")
    assert found.title == "专项(2025年度结转)：账面余额"
    assert found.rows[0] == ("2025-12-31", "专项(2025年度结转)", "上年结转", "", "", "", "749.99", "")
    assert [row[-2] for row in found.rows[1:]] == ["-100.00", "649.99"]
    assert found.rows[-1][2] == "1 笔"
    known = funds.balances(bench, 2026, on(3))
    for column in FIGURES:
        total = sum((getattr(one, column) for one in known), D(0))
        rows = funds.behind(bench, "", column, on(3)).rows
        amounts = [D(row[-2].replace(",", "")) for row in rows]
        assert sum(amounts[:-1]) == amounts[-1] == total, column


def test_targets_of_the_year_are_those_of_its_sources(bench: Workbench) -> None:
    used(bench)
    (plan,) = [one for one in funds.targets(bench, 2026) if one.by_source]
    assert (plan.target, plan.left) == (PLAN, D("349.99"))


def test_a_void_source_is_told_in_the_year_it_was_voided_and_no_longer(bench: Workbench) -> None:
    key = add(bench, OLD)
    funds.void(bench, key, "重复登记")
    assert shown(bench) == []
    assert [(one.shown, one.voided) for one in funds.balances(bench, 2026, include_voided=True)] == [
        ("专项(2025年度结转)", True)
    ]  # fmt: skip
    assert [line.in_hand_after for line in funds.entries(bench, LedgerFilter(2026))][-1] == 0
    assert funds.behind(bench, "", "received").rows[-1][-2] == "0.00"
    assert funds.balances(bench, 2027, include_voided=True) == []


def test_what_was_drawn_in_error_is_left_again(bench: Workbench) -> None:
    key = used(bench)
    before = funds.balances(bench, 2026)
    funds.allocate(bench, key, PLAN, D(400), on(5))
    assert [one.available for one in funds.balances(bench, 2026)] == [0]
    with pytest.raises(NotAllowed, match="超出 0.01 元"):
        funds.allocate(bench, key, PLAN, D("0.01"), on(5))
    (made,) = entry_keys(bench, key, EntryKind.ALLOCATED)
    funds.counter(bench, made, on(6), "多安排")
    assert funds.balances(bench, 2026) == before


def test_schemes_of_the_year_draw_on_what_is_left(bench: Workbench) -> None:
    key = used(bench)
    add(bench, replace(OLD, year=2026, received_on=on(2)))
    own, carried = funds.balances(bench, 2026)
    drawn = funds.as_source(replace(carried, document_no=""))
    assert (drawn.name, drawn.amount, funds.as_source(own).amount) == ("专项(2025年度结转)", 400, 1000)
    scheme = keep_scheme(bench, drawn, replace(funds.as_source(own), amount=D(1)))
    assert [(one.key == key, one.planned) for one in funds.balances(bench, 2026)] == [(False, 1), (True, 400)]
    assert funds.check(bench, 2026) == []
    funds.allocate_scheme(bench, scheme, on(20))
    assert [one.available for one in funds.balances(bench, 2026)] == [999, 0]
    keep_scheme(bench, Source(FundKind.SUPERIOR, D("400.01"), drawn.name), key=scheme)
    (problem,) = funds.check(bench, 2026)
    assert problem.sentence == "“专项(2025年度结转)”共 400.00 元，各方案列支 400.01 元，超出来源金额。"


def test_a_village_gets_carried_money_for_those_who_take_part_now(bench: Workbench) -> None:
    key = add(bench, OLD)
    with pytest.raises(NotAllowed, match="参与产业"):
        funds.allocate(bench, key, village(bench), D(1), LAST)
    funds.allocate(bench, key, village(bench), D(1), on(1))


def test_the_first_page_has_the_money_on_the_first_of_january(bench: Workbench) -> None:
    used(bench)
    bench.clock.now = datetime(2026, 1, 1, 8, 0)  # type: ignore[attr-defined]  # noqa: DTZ001
    (bar,) = home.overview(bench, bench.today).funds
    assert (bar.amount, bar.used, bar.left) == (1000, 600, 400)


# ---- random books over three years ----
YEARS, TODAY = (2024, 2025, 2026), date(2026, 3, 2)


def book(dice: random.Random, source: str, year: int) -> list[EntryDraft]:
    """Entries of a source that break no rule, from a day of its year on; often all of it is used."""
    day = date(year, 1, 1) + timedelta(days=dice.randrange(60 if year == 2026 else 360))
    fen = dict.fromkeys(EntryKind, 0)
    drafts = []

    def move(kind: EntryKind, amount: int) -> None:
        nonlocal day
        if amount and day <= TODAY:
            target = PLAN if kind in (EntryKind.ALLOCATED, EntryKind.PAID) else None
            drafts.append(EntryDraft(source, kind, from_fen(amount), day, target))
            fen[kind] += amount
        day += timedelta(days=dice.randrange(120))

    def part(whole: int) -> int:
        return whole if dice.random() < 0.6 else dice.randrange(whole + 1)

    move(EntryKind.ASSIGNED, dice.randrange(1, 100_000))
    for _ in range(3):
        move(EntryKind.RECEIVED, part(fen[EntryKind.ASSIGNED] - fen[EntryKind.RECEIVED]))
        move(EntryKind.ALLOCATED, part(fen[EntryKind.RECEIVED] - fen[EntryKind.ALLOCATED]))
        move(EntryKind.PAID, part(fen[EntryKind.ALLOCATED] - fen[EntryKind.PAID]))
    return drafts


def sums(drafts: list[EntryDraft], until: date) -> dict[EntryKind, Decimal]:
    return {kind: sum((one.amount for one in drafts if one.kind is kind and one.dated <= until), D(0)) for kind in EntryKind}


@pytest.mark.parametrize("seed", range(6))
def test_each_year_tells_all_that_is_not_used_up(bench: Workbench, seed: int) -> None:
    dice = random.Random(seed)
    books: dict[str, tuple[int, list[EntryDraft]]] = {}
    for place in range(9):
        form = FundForm(FundKind.OTHER, f"资金{place}", D(0), year=YEARS[place % 3])
        key = funds.add(bench, form).keys[0]
        books[key] = form.year, book(dice, key, form.year)
    with bench.write("tests.post", "登记", undoable=False) as unit:
        ledger.post(bench, unit, *(draft for _year, drafts in books.values() for draft in drafts))
    for year in YEARS:
        begins, last = date(year, 1, 1), date(year, 12, 31)
        expected = set()
        for key, (own, drafts) in books.items():
            before = sums(drafts, begins - timedelta(days=1))
            left = before[EntryKind.RECEIVED] > before[EntryKind.PAID] or before[EntryKind.ASSIGNED] > before[EntryKind.RECEIVED]
            if own == year or (own < year and (left or any(begins <= one.dated <= last for one in drafts))):
                expected.add(key)
        known = {one.key: one for one in funds.balances(bench, year, last)}
        assert set(known) == expected
        every = [sums(drafts, last) for own, drafts in books.values() if own <= year]
        for figure, more, less in (("in_hand", "received", "paid"), ("available", "received", "allocated")):
            whole = sum((one[EntryKind(more)] - one[EntryKind(less)] for one in every), D(0))
            assert sum((getattr(one, figure) for one in known.values()), D(0)) == whole
        check_year(bench, year, last, known)


def check_year(bench: Workbench, year: int, last: date, known: dict[str, funds.FundBalance]) -> None:
    """Entries, what they begin with and the rows behind each figure agree with the balances."""
    which = LedgerFilter(year, until=last)
    reached = {one.source_key: (one.available, one.in_hand) for one in funds.openings(bench, which)}
    assert set(reached) == {key for key, one in known.items() if one.carried}
    for line in funds.entries(bench, which):
        available, in_hand = reached.get(line.source_key, (D(0), D(0)))
        available += {EntryKind.RECEIVED: line.amount, EntryKind.ALLOCATED: -line.amount}.get(line.kind, D(0))
        in_hand += {EntryKind.RECEIVED: line.amount, EntryKind.PAID: -line.amount}.get(line.kind, D(0))
        assert (available, in_hand) == (line.available_after, line.in_hand_after)
        reached[line.source_key] = available, in_hand
    for key, one in known.items():
        assert reached.get(key, (0, 0)) == (one.available, one.in_hand)
    for column in COLUMNS.keys() - {"outstanding"}:
        total = sum((getattr(one, column) for one in known.values()), D(0))
        rows = funds.behind(bench, "", column, last, year).rows
        amounts = [D(row[-2].replace(",", "")) for row in rows]
        assert sum(amounts[:-1], D(0)) == amounts[-1] == total
