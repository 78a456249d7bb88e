"""What is doubtful in the rows being shown: faults of fields, values shared, a register's checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from fupin_desktop.domain import bank, identity, phone
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Checked, Finding, Register, Unique
from fupin_desktop.services.values import show
from fupin_desktop.storage.fields import Kind, of

FIRST = 2
"""Place of the first column's value in a record as it is read: its key and that of the household go before."""
Faults = dict[str, dict[str, str]]


def row_problems(session: Session, register: Register, records: Sequence[Any], year: int, today: date) -> Faults:
    """Sentences by record key and column key; records are ``(key, household key, values…)`` in column order."""
    found: Faults = {}
    for key, column, sentence in _findings(session, register, records, year, today):
        found.setdefault(key, {}).setdefault(column, sentence)
    return found


def _findings(
    session: Session, register: Register, records: Sequence[Any], year: int, today: date
) -> Iterator[tuple[str, str, str]]:
    numbered = enumerate(layout(register).values(), FIRST)
    checked = [(place, column) for place, column in numbered if column.info.editable]
    for record in records:
        for place, column in checked:
            if sentence := _fault(column, record[place], today):
                yield record[0], column.info.key, sentence
    for unique in register.unique:
        yield from _repeated(session, register, unique, records, year)
    for one in check(session, register, records, year, today):
        yield one.key, one.column, one.sentence


def check(
    session: Session, register: Register, records: Sequence[Any], year: int, today: date
) -> Iterator[Finding]:
    """What the register's own checks find in records as :func:`row_problems` has them."""
    if register.checks and records:
        names = list(layout(register))
        values = {record[0]: dict(zip(names, record[FIRST:], strict=True)) for record in records}
        for one in register.checks:
            yield from one(Checked(session, values, year, today))


def _fault(column: Column, value: Any, today: date) -> str | None:
    field = column.field
    if value is None or value == "":
        return f"{field.label}不能空着。" if field.required else None
    match field.kind:
        case Kind.ID_NUMBER:
            fault = identity.check(value, today).fault
            return f"{fault}。" if fault else None
        case Kind.PHONE if not phone.phone_ok(value):
            return f"“{value}”不像电话号码，请核对。"
        case Kind.ACCOUNT:
            fault = bank.account_fault(value)
            return f"{fault}。" if fault else None
        case Kind.AREA | Kind.INTEGER if field.at_most is not None and value > field.at_most:
            return f"{field.label}超过 {show(field, field.at_most)}{field.unit}，请核对。"
    return None


def _repeated(
    session: Session, register: Register, unique: Unique, records: Sequence[Any], year: int
) -> Iterator[tuple[str, str, str]]:
    """Records that share what they should not with any other of the register, shown or not."""
    values = {key: whole for key, whole in _values(session, register, unique, records).items() if all(whole)}
    attributes = [getattr(register.entity, name) for name in unique.names]
    wanted = tuple_(*attributes).in_(set(values.values())) if len(attributes) > 1 else (
        attributes[0].in_({whole[0] for whole in values.values()})
    )
    statement = select(*attributes).where(wanted).group_by(*attributes).having(func.count() > 1)
    if register.year:
        statement = statement.where(getattr(register.entity, register.year) == year)
    shared = {tuple(row) for row in session.execute(statement)} if values else set()
    sentence, column = _sentence(register, unique), _told_at(register, unique)
    yield from ((key, column, sentence) for key, whole in values.items() if whole in shared)


def _values(
    session: Session, register: Register, unique: Unique, records: Sequence[Any]
) -> dict[str, tuple[Any, ...]]:
    """The values that should be unique, by record key; read again only where a column shows another record's name."""
    entity: Any = register.entity
    known = enumerate(layout(register).values(), FIRST)
    places = {column.stored_in: place for place, column in known if column.reference is None and not column.source}
    if set(unique.names) <= places.keys():
        return {record[0]: tuple(record[places[name]] for name in unique.names) for record in records}
    statement = select(entity.key, *(getattr(entity, name) for name in unique.names))
    found = session.execute(statement.where(entity.key.in_([record[0] for record in records])))
    return {row[0]: tuple(row[1:]) for row in found}


def _sentence(register: Register, unique: Unique) -> str:
    known = of(register.entity)
    if len(unique.names) == 1 and known[unique.names[0]].kind is Kind.ID_NUMBER:
        return "这个证件号码登记了不止一次，请核对。"
    columns = {column.stored_in: column.info.label for column in layout(register).values()}
    labels = "、".join(columns[name] for name in unique.names if name in columns)
    return f"另有记录的{labels}与这一条相同，请核对。"


def _told_at(register: Register, unique: Unique) -> str:
    """Key of the column that a shared value is told at."""
    columns = {column.stored_in: key for key, column in layout(register).items()}
    return next((columns[name] for name in unique.names if name in columns), "")
