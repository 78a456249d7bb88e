"""Who is paid into which account, and what is wrong with accounts (REGISTERS G5)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain import credit_code, identity
from fupin_desktop.domain.bank import account_fault, luhn_ok
from fupin_desktop.domain.masking import mask_account
from fupin_desktop.domain.text import quoted
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.storage.entities import Entity, Household, PaymentRow, Town, Village

_PART = 500
_DETAILS = ("account_name", "bank_name", "account", "id_number")
"""What a bank looks at before it pays."""


class Payee(NamedTuple):
    """A household, or a business entity, as it is registered now.

    Of an entity ``head_name`` is its name and ``id_number`` its 统一社会信用代码.
    """

    head_name: str
    id_number: str
    town: str
    village: str
    group_name: str
    bank_name: str
    account_name: str
    account: str
    phone: str
    entity: bool = False

    @property
    def holder(self) -> str:
        """Whose account it is, where there is one: the payee's own unless another name is registered."""
        return self.account_name or (self.head_name if self.account else "")


def payees(session: Session, households: Collection[str]) -> dict[str, Payee]:
    """Households and entities by key, those that are gone left out."""
    columns = (
        Household.key, Household.head_name, Household.head_id_number, Town.name, Village.name, Household.group_name,
        Household.bank_name, Household.account_name, Household.bank_account, Household.phone,
    )  # fmt: skip
    joined = select(*columns).join(Village, Village.key == Household.village_key)
    joined = joined.join(Town, Town.key == Village.town_key)
    keys = sorted(households)
    found = {}
    for start in range(0, len(keys), _PART):
        for row in session.execute(joined.where(Household.key.in_(keys[start : start + _PART]))):
            found[row[0]] = Payee(*row[1:])
    return found | _entities(session, [key for key in keys if key not in found])


def _entities(session: Session, keys: Sequence[str]) -> dict[str, Payee]:
    """Business entities by key."""
    one = Entity
    columns = (
        one.key, one.name, one.credit_code, Town.name, Village.name, one.bank_name, one.account_name, one.bank_account,
        one.phone,
    )  # fmt: skip
    joined = select(*columns).outerjoin(Village, Village.key == one.village_key)
    joined = joined.outerjoin(Town, Town.key == Village.town_key)
    found = {}
    for start in range(0, len(keys), _PART):
        for row in session.execute(joined.where(one.key.in_(keys[start : start + _PART]))):
            key, name, code, town, village, bank, holder, account, phone = (value or "" for value in row)
            found[key] = Payee(name, code, town, village, "", bank, holder, account, phone, entity=True)
    return found


def filled_in(row: PaymentRow, payee: Payee | None) -> dict[str, str]:
    """The account details of a row as they are registered now; of a household that is gone as they were."""
    if payee is None:
        return {name: getattr(row, name) for name in (*_DETAILS, "phone")}
    return {
        "account_name": payee.holder,
        "bank_name": payee.bank_name,
        "account": payee.account,
        "phone": payee.phone,
        "id_number": payee.id_number or row.id_number,
    }


def problems(session: Session, rows: Sequence[PaymentRow]) -> Iterator[Problem]:
    """What is wrong with the accounts of the rows that are paid; subjects are the rows' keys."""
    paid = [row for row in rows if row.amount_fen > 0]
    known = payees(session, {row.household_key for row in paid})
    shared = _shared(session, paid, known)
    for row in paid:
        payee = known.get(row.household_key)
        yield from _of_entity(row, payee) if payee is not None and payee.entity else _of_person(row, payee)
        others = [head for key, head in shared.get(row.account, {}).items() if key != row.household_key]
        yield from _of_account(row, others)
    yield from _doubled(paid)


def _of_person(row: PaymentRow, payee: Payee | None) -> Iterator[Problem]:
    if payee is None:
        told = f"{row.head_name}户已不在农户台账，请核对还应不应该发放。"
        yield _problem("household_gone", Severity.WARNING, told, row)
    elif payee.head_name != row.head_name:
        told = f"公示时户主是{row.head_name}，现在登记的是{payee.head_name}，请核对收款人。"
        yield _problem("head_changed", Severity.WARNING, told, row)
    if not row.id_number:
        told = f"{row.head_name}没有登记身份证号，银行可能退回。"
        yield _problem("id_missing", Severity.WARNING, told, row, "id_number")
    elif fault := identity.check(row.id_number).fault:
        told = f"{row.head_name}的身份证号有误({fault})，银行可能退回。"
        yield _problem("id_wrong", Severity.WARNING, told, row, "id_number")


def _of_entity(row: PaymentRow, payee: Payee) -> Iterator[Problem]:
    if payee.head_name != row.head_name:
        told = f"公示时的主体是{row.head_name}，现在登记的是{payee.head_name}，请核对收款单位。"
        yield _problem("head_changed", Severity.WARNING, told, row)
    if not row.id_number:
        told = f"{row.head_name}没有登记统一社会信用代码，银行可能退回。"
        yield _problem("id_missing", Severity.WARNING, told, row, "id_number")
    elif fault := credit_code.fault(credit_code.normalise(row.id_number)):
        yield _problem("id_wrong", Severity.WARNING, f"{row.head_name}的{fault}", row, "id_number")


def _of_account(row: PaymentRow, others: Sequence[str]) -> Iterator[Problem]:
    name = row.head_name
    if not row.account:
        told = f"{name}没有登记账号，请在台账补填，或留到下一批。"
        yield _problem("account_missing", Severity.MUST, told, row)
        return
    if fault := account_fault(row.account):
        yield _problem("account_wrong", Severity.MUST, f"{name}的账号有误：{fault}。", row)
    elif not luhn_ok(row.account):
        told = f"{name}的账号 {mask_account(row.account)} 不合银行卡校验规则；是存折、一卡通的不要紧，请核对。"
        yield _problem("account_luhn", Severity.WARNING, told, row)
    if not row.bank_name:
        yield _problem("bank_missing", Severity.WARNING, f"{name}没有登记开户行。", row, "bank_name")
    if others:
        told = f"{name}的账号 {mask_account(row.account)} 也登记在{'、'.join(others[:3])}；确实共用的请写明原因。"
        yield _problem("account_shared", Severity.PRINCIPLE, told, row, reason=row.account_reason)
    if row.account_name and row.account_name != name:
        told = f"{name}的账户名是{quoted(row.account_name)}，与户主不同；确实由他人代收的请写明原因。"
        yield _problem("account_holder", Severity.PRINCIPLE, told, row, "account_name", reason=row.account_reason)


def _shared(
    session: Session, rows: Sequence[PaymentRow], known: Mapping[str, Payee]
) -> Mapping[str, Mapping[str, str]]:
    """For each account of the rows: the names of all households and entities that have it, by key."""
    owners: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        if row.account:
            of_entity = row.household_key in known and known[row.household_key].entity
            owners[row.account][row.household_key] = row.head_name if of_entity else f"{row.head_name}户"
    accounts = sorted(owners)
    columns = (Household.key, Household.head_name, Household.bank_account)
    for start in range(0, len(accounts), _PART):
        named = select(*columns).where(Household.bank_account.in_(accounts[start : start + _PART]))
        for key, head, account in session.execute(named):
            owners[account].setdefault(key, f"{head}户")
        of_entities = select(Entity.key, Entity.name, Entity.bank_account)
        of_entities = of_entities.where(Entity.bank_account.in_(accounts[start : start + _PART]))
        for key, name, number in session.execute(of_entities):
            owners[number or ""].setdefault(key, name)
    return owners


def _doubled(rows: Sequence[PaymentRow]) -> Iterator[Problem]:
    """One person is paid once in a batch, whatever households are registered for them."""
    seen: dict[str, PaymentRow] = {}
    for row in rows:
        first = seen.setdefault(row.id_number, row) if row.id_number else row
        if first is not row:
            told = f"{row.head_name}与第 {first.position} 行{first.head_name}的身份证号相同，同一个人不能发两次。"
            yield _problem("same_person", Severity.MUST, told, row, "id_number")


def unchanged(session: Session, rows: Sequence[PaymentRow]) -> Iterator[Problem]:
    """What came back of another batch and is paid again to the very account that it came back from."""
    keys, returned = [row.key for row in rows], dict[str, PaymentRow]()
    for start in range(0, len(keys), _PART):
        query = select(PaymentRow).where(PaymentRow.again_key.in_(keys[start : start + _PART]))
        returned |= {old.again_key: old for old in session.scalars(query)}
    for row in rows:
        old = returned.get(row.key)
        if old is not None and all(getattr(old, name) == getattr(row, name) for name in _DETAILS):
            told = f"{row.head_name}的款因“{old.return_reason}”退回，账户和退回时一样；请改正账户，没有错的请写明原因。"
            yield _problem("account_unchanged", Severity.PRINCIPLE, told, row, reason=row.account_reason)


def _problem(
    code: str, severity: Severity, told: str, row: PaymentRow, field: str = "account", reason: str = ""
) -> Problem:
    return Problem(f"payment.{code}", severity, told, field=field, subjects=(row.key,), reason=reason)
