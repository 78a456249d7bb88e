"""Rules of loans: how much an entity may be lent (清远 二13), and the interest of a loan that is subsidised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from fupin_desktop.domain.money import format_money

_FEN = Decimal("0.01")


class Limit(NamedTuple):
    """A limit as it applies to a loan.

    Attributes:
        field: What is limited: ``amount`` or ``rate``.
        kept: Whether the loan keeps to it.
        working: The limit, worked out, against the loan.
    """

    field: str
    kept: bool
    working: str


@dataclass(frozen=True, slots=True)
class EntityLimits:
    """The limits of 清远 二13.

    Attributes:
        per_household: Yuan for each household brought along.
        cap: Yuan in all.
        margin: Percentage points above the base rate.
    """

    per_household: Decimal
    cap: Decimal
    margin: Decimal

    def of(self, amount: Decimal, households: int, rate: Decimal, base: Decimal | None) -> tuple[Limit, ...]:
        """Each limit with its working.

        Args:
            amount: Yuan lent to the entity, all its running loans together.
            households: Registered poor households (建档立卡贫困户) that it brings along.
            rate: Yearly rate in percent.
            base: Base rate of the day in percent; None where none is registered, which leaves the rate open.
        """
        return tuple(self._limits(amount, households, rate, base))

    def _limits(self, amount: Decimal, households: int, rate: Decimal, base: Decimal | None) -> Iterator[Limit]:
        most = self.per_household * households
        counted = f"带动建档立卡贫困户 {households} 户 × {_plain(self.per_household)} 元 = {_plain(most)} 元"
        yield Limit("amount", amount <= most, f"{counted}，贷款 {_plain(amount)} 元{_above(amount, most)}")
        told = f"上限 {_plain(self.cap)} 元，贷款 {_plain(amount)} 元{_above(amount, self.cap)}"
        yield Limit("amount", amount <= self.cap, told)
        if base is not None:
            top = base + self.margin
            sum_ = f"基准利率 {_plain(base)}% + {_plain(self.margin)} 个百分点 = {_plain(top)}%"
            over = f"，高出 {_plain(rate - top)} 个百分点" if rate > top else ""
            yield Limit("rate", rate <= top, f"{sum_}，贷款利率 {_plain(rate)}%{over}")


@dataclass(frozen=True, slots=True)
class LoanFacts:
    """What the interest of a loan rests on; money in yuan.

    Attributes:
        amount: What was lent.
        lent_on: The day; interest begins with it.
        due_on: The day it is due, after renewals; no interest of this day.
        rate: Yearly rate in percent that is subsidised.
        repayments: Days on which principal was repaid, with yuan.
        earlier: Loans of the same household lent before; they take from the principal that is subsidised at most first.
    """

    amount: Decimal
    lent_on: date
    due_on: date
    rate: Decimal
    repayments: tuple[tuple[date, Decimal], ...] = ()
    earlier: tuple[LoanFacts, ...] = ()

    def end(self, years: int | None) -> date:
        """The day from which nothing is subsidised any more, where that is for so many years at most."""
        return self.due_on if years is None else min(self.due_on, _years_after(self.lent_on, years))

    def owed(self, day: date) -> Decimal:
        """Yuan owed on a day of the loan, after what was repaid on it."""
        return self.amount - sum((amount for paid, amount in self.repayments if paid <= day), Decimal(0))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is subsidised.

    Attributes:
        basis: Days of a year, 360 or 365.
        cap: Principal of a household that is subsidised at most, in yuan; None for all of it.
        years: Years from the day of lending; None without end.
    """

    basis: int
    cap: Decimal | None = None
    years: int | None = None


class Piece(NamedTuple):
    """Days of a period with one principal, and what earlier loans of the household leave less of it for."""

    start: date
    end: date
    principal: Decimal
    taken: Decimal = Decimal(0)

    @property
    def days(self) -> int:
        """Days that bear interest; not the last one."""
        return (self.end - self.start).days


class Subsidised(NamedTuple):
    """The subsidised interest of a period.

    Attributes:
        days: Days that are subsidised.
        principal: The greatest principal that is.
        amount: Yuan, rounded half up to 分.
        working: How it was computed.
    """

    days: int
    principal: Decimal
    amount: Decimal
    working: str


def subsidised_interest(loan: LoanFacts, start: date, end: date, terms: Terms) -> Subsidised:
    """The interest of a loan from a day to another that is subsidised; of the last day itself none.

    Args:
        loan: The loan.
        start: First day of the period.
        end: Day after the last day that counts.
        terms: What is subsidised.
    """
    every = [piece for piece in _pieces(loan, start, end, terms) if piece.days > 0]
    pieces = [piece for piece in every if piece.principal > 0]
    exact = sum((Fraction(one.principal) * one.days for one in pieces), Fraction(0)) * Fraction(loan.rate) / 100
    exact /= terms.basis
    amount = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(_FEN, ROUND_HALF_UP)
    most = max((one.principal for one in pieces), default=Decimal(0))
    working = f"{_told(pieces, loan.rate, terms)}，合计 {format_money(amount)} 元" if pieces else _nothing(every)
    return Subsidised(sum(one.days for one in pieces), most, amount, working)


def _told(pieces: Sequence[Piece], rate: Decimal, terms: Terms) -> str:
    return "；".join(
        f"{one.start:%Y-%m-%d} 至 {one.end:%Y-%m-%d} {one.days} 天："
        f"{format_money(one.principal)} × {_plain(rate)}% × {one.days} ÷ {terms.basis}"
        + (f"(本户先放的贷款已贴 {format_money(one.taken)} 元)" if one.taken else "")
        for one in pieces
    )


def _nothing(every: Sequence[Piece]) -> str:
    taken = max((one.taken for one in every), default=Decimal(0))
    if taken:
        return f"本户先放的贷款已按 {format_money(taken)} 元本金贴息，到了每户的上限，这一笔不再贴息"
    return "这一期没有应计贴息的天数"


def _pieces(loan: LoanFacts, start: date, end: date, terms: Terms) -> Iterator[Piece]:
    """The period by what was owed, within the loan's term and the years that are subsidised."""
    first, last = max(start, loan.lent_on), min(end, loan.end(terms.years))
    cuts = sorted({day for day in _turns(loan, terms) if first < day < last})
    for begin, stop in zip((first, *cuts), (*cuts, last), strict=True):
        owed = loan.owed(begin)
        if terms.cap is None:
            yield Piece(begin, stop, owed)
            continue
        taken = min(terms.cap, _taken(loan.earlier, begin, terms))
        left = min(owed, terms.cap - taken)
        yield Piece(begin, stop, left, taken if left < min(owed, terms.cap) else Decimal(0))


def _turns(loan: LoanFacts, terms: Terms) -> Iterator[date]:
    """Days on which the principal changes that is subsidised."""
    yield from (day for day, _amount in loan.repayments)
    for one in loan.earlier:
        yield from (one.lent_on, one.end(terms.years), *(day for day, _amount in one.repayments))


def _taken(earlier: Sequence[LoanFacts], day: date, terms: Terms) -> Decimal:
    """Yuan owed on a day of earlier loans that are subsidised on it."""
    running = (one.owed(day) for one in earlier if one.lent_on <= day < one.end(terms.years))
    return sum(running, Decimal(0))


def _years_after(day: date, years: int) -> date:
    """The same day some years later; the first of March for a 29 February that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _above(amount: Decimal, most: Decimal) -> str:
    return f"，超出 {_plain(amount - most)} 元" if amount > most else ""


def _plain(value: Decimal) -> str:
    """A number without zeros that say nothing, with thousands set apart."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text or "0"
