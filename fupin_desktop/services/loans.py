"""What follows from loans: what is still owed, when it is due at last, and the subsidy of their interest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen, to_fen
from fupin_desktop.domain.register_words import DayCount, RateTerm, SubsidyState
from fupin_desktop.policy.loans import EntityLimits, LoanFacts, Terms, subsidised_interest
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import (
    BaseRate,
    EntityLoan,
    InterestSubsidy,
    Microcredit,
    MicrocreditRenewal,
    MicrocreditRepayment,
)
from fupin_desktop.storage.unit import Unit

_COMPUTED = ("days", "principal_fen", "rate", "due_fen", "working")
_BASIS = {DayCount.ACTUAL_360: 360, DayCount.ACTUAL_365: 365}
_PER_CENT = Decimal("0.01")


def refresh_loans(unit: Unit, bench: Workbench, keys: Iterable[str]) -> None:
    """Balance, last due day and open subsidies of loans whose amount, repayments or renewals changed."""
    wanted = sorted(set(keys))
    unit.session.flush()
    rows: list[tuple[Any, ...]] = []
    for part in chunks(wanted):
        repaid, renewed = _repayments(unit.session, part), _renewals(unit.session, part)
        loans = unit.session.execute(
            select(Microcredit.key, Microcredit.amount_fen, Microcredit.due_on).where(Microcredit.key.in_(part))
        )
        for key, amount, due in loans:
            balance = (amount or 0) - sum(fen for _day, fen in repaid[key])
            rows.append((key, balance, max((day for day in (due, *renewed[key]) if day), default=None)))
    unit.update_many(Microcredit, rows, ("balance_fen", "final_due_on"))
    unit.session.expire_all()
    _refresh_open(unit, bench, InterestSubsidy.loan_key, _of_same_households(unit.session, wanted))


def _of_same_households(session: Session, keys: Sequence[str]) -> list[str]:
    """Loans and all others of their households, which share what is subsidised at most."""
    one = Microcredit
    found: set[str] = set()
    for part in chunks(keys):
        households = select(one.household_key).where(one.key.in_(part))
        found |= set(session.scalars(select(one.key).where(one.household_key.in_(households))))
    return sorted(found)


def refresh_loans_of(unit: Unit, bench: Workbench, households: Iterable[str]) -> None:
    """Open subsidies of the loans that households still have after one of theirs was removed."""
    unit.session.flush()
    for part in chunks(sorted(set(households))):
        left = unit.session.scalars(select(Microcredit.key).where(Microcredit.household_key.in_(part))).all()
        _refresh_open(unit, bench, InterestSubsidy.loan_key, left)


def refresh_entity_loans(unit: Unit, bench: Workbench, keys: Iterable[str]) -> None:
    """Base rate and open subsidies of loans of entities whose amount, rate or days changed."""
    wanted = sorted(set(keys))
    refresh_base_rates(unit, wanted)
    _refresh_open(unit, bench, InterestSubsidy.entity_loan_key, wanted)


def _refresh_open(unit: Unit, bench: Workbench, link: Any, loans: Sequence[str]) -> None:
    """Compute the subsidies of loans anew that nobody has checked yet."""
    open_ = InterestSubsidy.state == SubsidyState.COMPUTED.value
    found = [
        key
        for part in chunks(loans)
        for key in unit.session.scalars(select(InterestSubsidy.key).where(link.in_(part), open_))
    ]
    refresh_subsidies(unit, bench, found)


def _repayments(session: Session, keys: Sequence[str]) -> Mapping[str, list[tuple[date, int]]]:
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    paid = MicrocreditRepayment
    statement = select(paid.loan_key, paid.paid_on, paid.principal_fen).where(paid.loan_key.in_(keys))
    for key, day, fen in session.execute(statement.order_by(paid.paid_on, paid.key)):
        if day:
            found[key].append((day, fen or 0))
    return found


def _renewals(session: Session, keys: Sequence[str]) -> Mapping[str, list[date]]:
    found: dict[str, list[date]] = defaultdict(list)
    renewal = MicrocreditRenewal
    statement = select(renewal.loan_key, renewal.new_due_on).where(renewal.loan_key.in_(keys))
    for key, day in session.execute(statement):
        if day:
            found[key].append(day)
    return found


class _Loan(NamedTuple):
    """A loan with the terms of its subsidy."""

    facts: LoanFacts
    cap: Decimal | None
    years: int | None


def refresh_subsidies(unit: Unit, bench: Workbench, keys: Iterable[str], new: Collection[str] = ()) -> None:
    """Compute subsidies anew; what is checked, posted or paid stays as it was, unless it is new."""
    unit.session.flush()
    one = InterestSubsidy
    columns = (one.key, one.loan_key, one.entity_loan_key, one.from_on, one.to_on, one.day_count)
    rows = []
    for part in chunks(sorted(set(keys))):
        statement = select(*columns, one.state).where(one.key.in_(part))
        every = unit.session.execute(statement).all()
        found = [row for row in every if row.state == SubsidyState.COMPUTED.value or row.key in new]
        households = _households(unit.session, bench, [row.loan_key for row in found if row.loan_key])
        entities = _entities(unit.session, [row.entity_loan_key for row in found if row.entity_loan_key])
        for row in found:
            loan = households.get(row.loan_key) or entities.get(row.entity_loan_key)
            rows.append((row.key, *_figures(loan, row.from_on, row.to_on, row.day_count)))
    unit.update_many(InterestSubsidy, rows, _COMPUTED)


def _figures(loan: _Loan | None, start: date | None, end: date | None, counted: str) -> tuple[Any, ...]:
    if loan is None or start is None or end is None:
        return None, None, None, None, ""
    terms = Terms(_BASIS[DayCount(counted)], loan.cap, loan.years)
    made = subsidised_interest(loan.facts, start, end, terms)
    rate = int(loan.facts.rate / _PER_CENT)
    return made.days, to_fen(made.principal), rate, to_fen(made.amount), made.working


def subsidy_of(
    session: Session, bench: Workbench, start: date, end: date, counted: str, *, loan_key: str = "",
    entity_loan_key: str = "",
) -> int:
    """分 that a loan of a household, or of an entity, is subsidised with in a period.

    Args:
        session: A session.
        bench: The workbench.
        start: First day of the period.
        end: The day after its last one.
        counted: Stored name of the day count.
        loan_key: A microcredit.
        entity_loan_key: A loan of an entity.
    """
    found = _households(session, bench, [loan_key]) if loan_key else _entities(session, [entity_loan_key])
    return _figures(found.get(loan_key or entity_loan_key), start, end, counted)[3] or 0


def _households(session: Session, bench: Workbench, keys: Sequence[str]) -> dict[str, _Loan]:
    cap = Decimal(bench.parameters.value("microcredit_subsidised_cap", bench.today).value)
    years = int(bench.parameters.value("microcredit_subsidised_years", bench.today).value)
    found = {}
    for loans in _by_household(session, _of_same_households(session, keys)).values():
        for place, (key, facts) in enumerate(loans):
            found[key] = _Loan(replace(facts, earlier=tuple(one for _, one in loans[:place])), cap, years)
    return found


def _by_household(session: Session, keys: Sequence[str]) -> Mapping[str, list[tuple[str, LoanFacts]]]:
    """What the interest of loans rests on, by household, the one lent first before the others."""
    found: dict[str, list[tuple[str, LoanFacts]]] = defaultdict(list)
    loan, repaid = Microcredit, _repayments(session, keys)
    columns = (loan.key, loan.household_key, loan.amount_fen, loan.lent_on, loan.due_on, loan.final_due_on)
    statement = select(*columns, loan.rate, loan.subsidy_rate).where(loan.key.in_(keys))
    for row in session.execute(statement.order_by(loan.lent_on, loan.key)):
        rate = row.rate if row.subsidy_rate is None else row.subsidy_rate
        paid = tuple((day, from_fen(fen)) for day, fen in repaid[row.key])
        due = row.final_due_on or row.due_on
        facts = LoanFacts(from_fen(row.amount_fen or 0), row.lent_on, due, per_cent(rate), paid)
        found[row.household_key].append((row.key, facts))
    return found


def _entities(session: Session, keys: Sequence[str]) -> dict[str, _Loan]:
    loan = EntityLoan
    columns = (loan.key, loan.amount_fen, loan.lent_on, loan.due_on, loan.repaid_on, loan.rate)
    made = {}
    for row in session.execute(select(*columns).where(loan.key.in_(keys))):
        end = min(day for day in (row.due_on, row.repaid_on) if day)
        facts = LoanFacts(from_fen(row.amount_fen or 0), row.lent_on, end, per_cent(row.rate))
        made[row.key] = _Loan(facts, None, None)
    return made


def per_cent(stored: int | None) -> Decimal:
    """A stored percentage in per cent."""
    return (stored or 0) * _PER_CENT


def limits_of(bench: Workbench) -> EntityLimits:
    """The limits of loans of entities in force today (清远 二13)."""
    names = ("entity_loan_per_household", "entity_loan_cap", "entity_loan_rate_margin")
    return EntityLimits(*(Decimal(bench.parameters.value(name, bench.today).value) for name in names))


def refresh_base_rates(unit: Unit, keys: Iterable[str] | None = None) -> None:
    """The base rate of the day on which each loan of an entity was lent; of all loans where no keys are given."""
    unit.session.flush()
    base_rate = base_rates(unit.session)
    statement = select(EntityLoan.key, EntityLoan.lent_on, EntityLoan.due_on, EntityLoan.base_rate)
    if keys is not None:
        statement = statement.where(EntityLoan.key.in_(list(keys)))
    rows = []
    for key, lent, due, known in unit.session.execute(statement):
        now = base_rate(lent, due)
        if now != known:
            rows.append((key, now))
    unit.update_many(EntityLoan, rows, ("base_rate",))


def base_rates(session: Session) -> Callable[[date | None, date | None], int | None]:
    """What tells the base rate of a loan by its day and the day it is due; None where none is registered."""
    rates: dict[str, list[tuple[date, int]]] = defaultdict(list)
    statement = select(BaseRate.term, BaseRate.since, BaseRate.rate).order_by(BaseRate.since)
    for term, since, rate in session.execute(statement):
        if since and rate is not None:
            rates[term].append((since, rate))

    def of(lent: date | None, due: date | None) -> int | None:
        known = [rate for since, rate in rates[term_of(lent, due)] if since <= lent] if lent and due else []
        return known[-1] if known else None

    return of


def term_of(lent: date, due: date) -> RateTerm:
    """The term whose base rate holds for a loan."""
    months = (due.year - lent.year) * 12 + due.month - lent.month + (1 if due.day > lent.day else 0)
    if months <= 12:
        return RateTerm.ONE_YEAR
    return RateTerm.FIVE_YEARS if months <= 60 else RateTerm.LONGER
