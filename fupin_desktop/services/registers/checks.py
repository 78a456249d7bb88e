"""What is doubtful in the rows being shown: the checks that receivers of the lists make (DOMAIN 6 and 7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain import bank, identity, phone
from fupin_desktop.services.registers.columns import Column, Register, layout
from fupin_desktop.services.values import show
from fupin_desktop.storage.entities import Household, Person
from fupin_desktop.storage.fields import Kind

_FIRST = 2
Faults = dict[str, dict[str, str]]


def row_problems(session: Session, register: Register, records: Sequence[Any], today: date) -> Faults:
    """Sentences by record key and column key; records are ``(key, household key, values…)`` in column order."""
    numbered = enumerate(layout(register).values(), _FIRST)
    checked = [(place, column) for place, column in numbered if column.info.editable]
    repeated = _repeated(session, register, records)
    found: Faults = {}
    for record in records:
        sentences = {
            column.info.key: sentence
            for place, column in checked
            if (sentence := _fault(column, record[place], today, repeated))
        }
        if sentences:
            found[record[0]] = sentences
    return found


def _fault(column: Column, value: Any, today: date, repeated: frozenset[str]) -> str | None:
    field = column.field
    if value is None or value == "":
        return f"{field.label}不能空着。" if field.required else None
    match field.kind:
        case Kind.ID_NUMBER:
            return _id_fault(value, today, repeated)
        case Kind.PHONE if not phone.phone_ok(value):
            return f"“{value}”不像电话号码，请核对。"
        case Kind.ACCOUNT:
            return _account_fault(value)
        case Kind.AREA | Kind.INTEGER if field.at_most is not None and value > field.at_most:
            return f"{field.label}超过 {show(field, field.at_most)}{field.unit}，请核对。"
    return None


def _id_fault(value: str, today: date, repeated: frozenset[str]) -> str | None:
    fault = identity.check(value, today).fault
    if fault:
        return f"{fault}。"
    return "这个证件号码登记了不止一次，请核对。" if value in repeated else None


def _account_fault(value: str) -> str | None:
    fault = bank.account_fault(value)
    return f"{fault}。" if fault else None


def _repeated(session: Session, register: Register, records: Sequence[Any]) -> frozenset[str]:
    """ID numbers of these records that stand in more than one record of their register."""
    name = {Register.HOUSEHOLDS: "head_id_number", Register.PERSONS: "id_number"}.get(register)
    if name is None:
        return frozenset()
    place = list(layout(register)).index(name) + _FIRST
    numbers = {record[place] for record in records if record[place]}
    column = Household.head_id_number if register is Register.HOUSEHOLDS else Person.id_number
    statement = select(column).where(column.in_(numbers)).group_by(column).having(func.count() > 1)
    return frozenset(session.scalars(statement))
