"""What is still to be paid to each household: what it gets in all, less what batches pay already."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import and_, func, not_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.payments import PaymentRowState
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.payments import accounts
from fupin_desktop.services.payments.model import CLAUSE, Due
from fupin_desktop.storage.entities import PaymentBatch, PaymentRow

WHOLE = 10_000
"""A share that pays all, in ten-thousandths."""
RECOVER = "前批已发超过应发，应追回"


class Taken(NamedTuple):
    """What batches of an object pay already.

    Attributes:
        by_household: 分 by household.
        names: Head of each of them.
        by_person: Household by identity number.
    """

    by_household: Mapping[str, int]
    names: Mapping[str, PaymentRow]
    by_person: Mapping[str, str]


def counted() -> Any:
    """The condition on rows that count as paid or to be paid; what came back and is paid again counts there."""
    again = and_(PaymentRow.state == PaymentRowState.RETURNED.value, PaymentRow.again_key != "")
    return not_(again)


def taken(session: Session, object_key: str, but: str = "") -> Taken:
    """What batches of an object pay, drafts included.

    Args:
        session: A session.
        object_key: The object.
        but: A batch that is left out.
    """
    statement = (
        select(PaymentRow)
        .join(PaymentBatch, PaymentBatch.key == PaymentRow.batch_key)
        .where(PaymentBatch.object_key == object_key, PaymentBatch.key != but, counted())
    )
    sums: dict[str, int] = defaultdict(int)
    names: dict[str, PaymentRow] = {}
    persons: dict[str, str] = {}
    for row in session.scalars(statement.order_by(PaymentRow.key)):
        sums[row.household_key] += row.amount_fen
        names[row.household_key] = row
        if row.id_number:
            persons[row.id_number] = row.household_key
    return Taken(dict(sums), names, persons)


def paid_fen(session: Session, object_key: str) -> dict[str, int]:
    """What batches of an object pay, drafts included, in 分 by household."""
    row = PaymentRow
    statement = (
        select(row.household_key, func.sum(row.amount_fen))
        .join(PaymentBatch, PaymentBatch.key == row.batch_key)
        .where(PaymentBatch.object_key == object_key, counted())
        .group_by(row.household_key)
    )
    return dict(session.execute(statement).all())


def left_fen(given: Iterable[tuple[str, int]], paid: Mapping[str, int]) -> int:
    """分 that no batch pays yet, of what each household gets and what it is paid already."""
    return sum(max(fen - paid.get(key, 0), 0) for key, fen in given)


def rows(session: Session, dues: Sequence[Due], before: Taken, share: int) -> Iterator[dict[str, Any]]:
    """The rows of a new batch: households with something left, then those that money is to come back from.

    Args:
        session: A session.
        dues: What each household gets.
        before: What batches pay already.
        share: Share of the whole that is paid up to now, in ten-thousandths; 分 are rounded down in advances.
    """
    found = [due for due in dues if _amount(due, before, share)]
    gone = [_gone(row) for key, row in before.names.items() if key not in {due.household_key for due in dues}]
    found += [due for due in gone if before.by_household[due.household_key] > 0]
    known = accounts.payees(session, {due.household_key for due in found})
    for due in sorted(found, key=lambda due: _amount(due, before, share) < 0):
        payee = known.get(due.household_key)
        amount = _amount(due, before, share)
        yield {
            "household_key": due.household_key,
            "town": payee.town if payee else "",
            "village": payee.village if payee else due.village,
            "group_name": payee.group_name if payee else due.group_name,
            "head_name": due.head_name,
            "id_number": (payee.id_number if payee else "") or due.id_number,
            "item": due.item,
            "quantity_milli": due.quantity_milli,
            "unit": due.unit,
            "standard": due.standard,
            "award_fen": due.fen,
            "before_fen": before.by_household.get(due.household_key, 0),
            "amount_fen": amount,
            "account_name": payee.holder if payee else "",
            "bank_name": payee.bank_name if payee else "",
            "account": payee.account if payee else "",
            "phone": payee.phone if payee else "",
            "state": (PaymentRowState.RECOVER if amount < 0 else PaymentRowState.PENDING).value,
            "note": RECOVER if amount < 0 else "",
        }


def _amount(due: Due, before: Taken, share: int) -> int:
    """分 of this batch; below 0 only against the whole amount, for an advance takes nothing back."""
    paid = before.by_household.get(due.household_key, 0)
    if due.fen < paid:
        return due.fen - paid
    return max(due.fen * share // WHOLE - paid, 0)


def _gone(row: PaymentRow) -> Due:
    """A household that was paid and is in the list no more: it gets nothing."""
    return Due(
        row.household_key, row.head_name, row.id_number, row.village, row.group_name, row.item, None, "", "", 0
    )


def problems(
    session: Session, batch: PaymentBatch, rows: Sequence[PaymentRow], given: Iterable[tuple[str, int]]
) -> Iterator[Problem]:
    """Whoever is paid twice for one thing, or more than they get, of what each household gets."""
    before = taken(session, batch.object_key, batch.key)
    gets = dict(given)
    for row in rows:
        if row.amount_fen <= 0:
            continue
        paid = before.by_household.get(row.household_key, 0)
        if paid + row.amount_fen > gets.get(row.household_key, 0):
            told = f"{row.head_name}在别的批次已发或已列，加上这一批超过应发金额，不能重复发放。"
            yield Problem("payment.paid_twice", Severity.MUST, told, CLAUSE, "amount", (row.key,))
        other = before.by_person.get(row.id_number, row.household_key) if row.id_number else row.household_key
        if other != row.household_key:
            told = f"{row.head_name}的身份证号已在别的批次以另一户发放，同一个人不能发两次。"
            yield Problem("payment.person_twice", Severity.MUST, told, CLAUSE, "id_number", (row.key,))
