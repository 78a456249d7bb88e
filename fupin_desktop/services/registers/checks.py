"""What is doubtful in the rows being shown: faults of fields, values shared, a register's checks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Checked, Finding, Register
from fupin_desktop.services.registers.parts import FIRST
from fupin_desktop.services.registers.unique import repeated
from fupin_desktop.services.values import doubt, doubted
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import RegisterReason

Faults = dict[str, dict[str, str]]


def row_problems(
    bench: Workbench, session: Session, register: Register, records: Sequence[Any], year: int
) -> Faults:
    """Sentences by record key and column key; records are ``(key, parent key, values…)`` in column order."""
    found: Faults = {}
    for key, column, sentence in _findings(bench, session, register, records, year):
        found.setdefault(key, {}).setdefault(column, sentence)
    return found


def _findings(
    bench: Workbench, session: Session, register: Register, records: Sequence[Any], year: int
) -> Iterator[tuple[str, str, str]]:
    checked, today = _checked(register), bench.today
    for record in records:
        for place, column in checked:
            if sentence := _fault(column, record[place], today):
                yield record[0], column.info.key, sentence
    for unique in register.unique:
        yield from repeated(session, register, unique, records, year)
    found = list(check(bench, session, register, records, year))
    asking = [one.key for one in found if one.severity is Severity.PRINCIPLE]
    reasons = kept(session, register, asking) if asking else {}
    for one in found:
        if one.severity is not Severity.PRINCIPLE or (one.key, one.column, one.sentence) not in reasons:
            yield one.key, one.column, one.sentence


@cache
def _checked(register: Register) -> list[tuple[int, Column]]:
    """The columns in whose values something can be wrong, by their places in a record."""
    numbered = enumerate(layout(register).values(), FIRST)
    return [
        (place, column) for place, column in numbered
        if column.info.editable and (column.field.required or doubted(column.field))
    ]


def code_of(register: Register, column: str) -> str:
    """By what the reason for a departure is kept that is told at a column."""
    return f"{register.name}.{column}"


def kept(session: Session, register: Register, keys: Sequence[str]) -> dict[tuple[str, str, str], str]:
    """The written reasons of records by key, column and sentence: a reason holds for what it was given for."""
    found = {}
    for part in chunks(list(dict.fromkeys(keys))):
        where = (RegisterReason.register == register.name, RegisterReason.record_key.in_(part))
        for one in session.scalars(select(RegisterReason).where(*where)):
            found[one.record_key, one.code.removeprefix(f"{register.name}."), one.sentence] = one.reason
    return found


def check(
    bench: Workbench, session: Session, register: Register, records: Sequence[Any], year: int
) -> Iterator[Finding]:
    """What the register's own checks find in records as :func:`row_problems` has them."""
    if register.checks and records:
        names = list(layout(register))
        values = {record[0]: dict(zip(names, record[FIRST:], strict=True)) for record in records}
        parents = {record[0]: record[1] for record in records if record[1]}
        checked = Checked(session, values, year, bench.today, bench, parents, {key: key for key in values})
        for one in register.checks:
            yield from one(checked)


def _fault(column: Column, value: Any, today: date) -> str | None:
    field = column.field
    if value is None or value == "":
        return f"{field.label}不能空着。" if field.required else None
    found = doubt(field, value, today)
    return found.text if found else None
