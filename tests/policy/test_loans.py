"""Limits of loans to entities, and subsidised interest, on both sides of every boundary."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_desktop.policy.loans import EntityLimits, LoanFacts, Terms, subsidised_interest

LIMITS = EntityLimits(Decimal(100_000), Decimal(2_000_000), Decimal(3))
D = Decimal


@pytest.mark.parametrize(
    ("amount", "households", "rate", "base", "broken"),
    [
        ("1200000", 12, "6.00", "3.00", []),
        ("1200000.01", 12, "6.00", "3.00", ["带动建档立卡贫困户 12 户 × 100,000 元 = 1,200,000 元，贷款 1,200,000.01 元，超出 0.01 元"]),
        ("2000000", 20, "6.00", None, []),
        ("2000000.01", 30, "6.00", None, ["上限 2,000,000 元，贷款 2,000,000.01 元，超出 0.01 元"]),
        ("100000", 0, "3.00", None, ["带动建档立卡贫困户 0 户 × 100,000 元 = 0 元，贷款 100,000 元，超出 100,000 元"]),
        ("100000", 1, "6.01", "3.00", ["基准利率 3% + 3 个百分点 = 6%，贷款利率 6.01%，高出 0.01 个百分点"]),
        ("100000", 1, "99", None, []),
    ],
)
def test_each_limit_of_an_entity_loan_tells_its_working(
    amount: str, households: int, rate: str, base: str | None, broken: list[str]
) -> None:
    found = LIMITS.of(D(amount), households, D(rate), D(base) if base else None)
    assert [one.working for one in found if not one.kept] == broken


LOAN = LoanFacts(D(60_000), date(2026, 1, 10), date(2027, 1, 10), D("4.35"))


@pytest.mark.parametrize(
    ("start", "end", "terms", "repaid", "days", "amount"),
    [
        (date(2026, 1, 10), date(2026, 4, 10), Terms(360), (), 90, "652.50"),
        (date(2026, 1, 10), date(2026, 4, 10), Terms(365), (), 90, "643.56"),
        (date(2026, 1, 10), date(2026, 4, 10), Terms(360, D(50_000)), (), 90, "543.75"),
        (date(2025, 12, 1), date(2026, 1, 11), Terms(360), (), 1, "7.25"),
        (date(2025, 12, 1), date(2026, 1, 10), Terms(360), (), 0, "0.00"),
        (date(2027, 1, 9), date(2027, 6, 1), Terms(360), (), 1, "7.25"),
        (date(2027, 1, 10), date(2027, 6, 1), Terms(360), (), 0, "0.00"),
        (date(2026, 1, 10), date(2026, 1, 30), Terms(360, D(50_000)), ((date(2026, 1, 20), D(20_000)),), 20, "108.75"),
        (date(2026, 1, 10), date(2026, 1, 30), Terms(360), ((date(2026, 1, 20), D(60_000)),), 10, "72.50"),
    ],
)
def test_interest_is_counted_by_the_days_owed(
    start: date, end: date, terms: Terms, repaid: tuple[tuple[date, Decimal], ...], days: int, amount: str
) -> None:
    loan = LoanFacts(LOAN.amount, LOAN.lent_on, LOAN.due_on, LOAN.rate, repaid)
    found = subsidised_interest(loan, start, end, terms)
    assert (found.days, str(found.amount)) == (days, amount)


def test_the_years_that_are_subsidised_end_on_the_day_of_the_loan() -> None:
    loan = LoanFacts(D(50_000), date(2024, 2, 29), date(2030, 1, 1), D(3))
    first_not = date(2027, 3, 1)
    assert subsidised_interest(loan, first_not - timedelta(days=1), first_not, Terms(360, years=3)).days == 1
    assert subsidised_interest(loan, first_not, first_not + timedelta(days=1), Terms(360, years=3)).days == 0


def test_the_working_shows_each_piece() -> None:
    loan = LoanFacts(D(60_000), date(2026, 1, 10), date(2027, 1, 10), D("4.35"), ((date(2026, 1, 20), D(20_000)),))
    found = subsidised_interest(loan, date(2026, 1, 10), date(2026, 1, 30), Terms(360, D(50_000)))
    assert found.working == (
        "2026-01-10 至 2026-01-20 10 天：50,000.00 × 4.35% × 10 ÷ 360；"
        "2026-01-20 至 2026-01-30 10 天：40,000.00 × 4.35% × 10 ÷ 360，合计 108.75 元"
    )


def test_what_earlier_loans_of_the_household_take_is_not_subsidised_twice() -> None:
    first = LoanFacts(D(30_000), date(2026, 1, 1), date(2026, 2, 1), D(3))
    loan = LoanFacts(D(60_000), date(2026, 1, 10), date(2027, 1, 10), D("4.35"), earlier=(first,))
    found = subsidised_interest(loan, date(2026, 1, 10), date(2026, 3, 1), Terms(360, D(50_000)))
    assert (found.principal, found.working) == (D(50_000), (
        "2026-01-10 至 2026-02-01 22 天：20,000.00 × 4.35% × 22 ÷ 360(本户先放的贷款已贴 30,000.00 元)；"
        "2026-02-01 至 2026-03-01 28 天：50,000.00 × 4.35% × 28 ÷ 360，合计 222.33 元"
    ))  # fmt: skip
    assert subsidised_interest(loan, date(2026, 1, 10), date(2026, 3, 1), Terms(360)).principal == D(60_000)


def test_an_earlier_loan_that_is_past_its_subsidised_years_takes_nothing() -> None:
    first = LoanFacts(D(50_000), date(2023, 1, 10), date(2028, 1, 1), D(3))
    loan = LoanFacts(D(40_000), date(2025, 12, 1), date(2027, 1, 10), D("3.6"), earlier=(first,))
    found = subsidised_interest(loan, date(2026, 1, 9), date(2026, 1, 11), Terms(360, D(50_000), 3))
    assert (found.days, found.amount) == (1, D("4.00"))


@settings(max_examples=60, deadline=None)
@given(
    start=st.integers(0, 400),
    length=st.integers(1, 400),
    repaid=st.lists(st.tuples(st.integers(1, 500), st.integers(1, 15_000)), max_size=4),
    basis=st.sampled_from([360, 365]),
    cap=st.sampled_from([None, D(50_000)]),
)
def test_interest_day_by_day_agrees(
    start: int, length: int, repaid: list[tuple[int, int]], basis: int, cap: Decimal | None
) -> None:
    first = date(2026, 1, 10)
    paid = tuple(sorted((first + timedelta(days=day), D(yuan)) for day, yuan in repaid))
    loan = LoanFacts(D(60_000), first, first + timedelta(days=365), D("3.85"), paid)
    begin = first + timedelta(days=start)
    found = subsidised_interest(loan, begin, begin + timedelta(days=length), Terms(basis, cap))
    exact, counted = Fraction(0), 0
    for number in range(length):
        day = begin + timedelta(days=number)
        owed = D(60_000) - sum((yuan for at, yuan in paid if at <= day), D(0))
        if loan.lent_on <= day < loan.due_on and owed > 0:
            exact += Fraction(min(owed, cap) if cap is not None else owed) * Fraction(loan.rate) / 100 / basis
            counted += 1
    assert found.days == counted
    assert abs(Fraction(found.amount) - exact) <= Fraction(1, 200)
