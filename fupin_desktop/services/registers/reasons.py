"""The written reasons of records that depart from rules in principle (原则上): asked for, kept, listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.checks import check, code_of, kept
from fupin_desktop.services.registers.description import Finding, Register
from fupin_desktop.services.registers.windows import records_of
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import RegisterReason


class Asking(NamedTuple):
    """A rule in principle that a record departs from.

    Attributes:
        column: Key of the column it is told at.
        sentence: What departs.
        clause: Clause it rests on; empty for none.
        reason: The reason kept for it; empty while there is none.
    """

    column: str
    sentence: str
    clause: str
    reason: str


class Kept(NamedTuple):
    """A reason as it is listed for the auditor."""

    title: str
    record: str
    sentence: str
    clause: str
    reason: str
    who: str
    at: datetime


def asked(bench: Workbench, register: Register, key: str) -> tuple[Asking, ...]:
    """The rules in principle that a record departs from, each once."""
    with bench.read() as session:
        found = _principles(bench, session, register, key)
        reasons = kept(session, register, [key])
    return tuple(
        Asking(one.column, one.sentence, one.clause, reasons.get((key, one.column, one.sentence), "")) for one in found
    )


def _principles(bench: Workbench, session: Session, register: Register, key: str) -> list[Finding]:
    if not register.checks:
        return []
    records = records_of(bench, session, register, bench.year, [key])
    found: dict[tuple[str, str], Finding] = {}
    for one in check(bench, session, register, records, bench.year):
        if one.severity is Severity.PRINCIPLE:
            found.setdefault((one.column, one.sentence), one)
    return list(found.values())


def explain(bench: Workbench, register: Register, key: str, asking: Asking, reason: str) -> Change:
    """Keep the reason for a departure; one given earlier for the same column is replaced.

    Raises:
        NotAllowed: The reason says nothing, or the record is gone.
    """
    text = reason.strip()
    if not text:
        raise NotAllowed("没有写原因。", todo="请写明为什么这样安排。")
    code = code_of(register, asking.column)
    with bench.write("registers.explain", f"说明原因：{register.title}") as unit:
        record = unit.session.get(register.entity, key)
        if record is None:
            raise NotAllowed(f"这条{register.title}已被删除。", todo="请刷新后再试。")
        where = (RegisterReason.record_key == key, RegisterReason.code == code)
        known = unit.session.scalars(select(RegisterReason).where(*where)).first()
        if known is None:
            known = RegisterReason(register=register.name, record_key=key, code=code)
            unit.session.add(known)
        known.record = str(getattr(record, register.search.names[0]) or "")
        known.sentence, known.clause, known.reason = asking.sentence, asking.clause, text
        known.at, known.who = bench.clock(), bench.clerk
    change = bench.change(unit, "原因已保存，列入“原则上”事项清单。")
    return change._replace(nouns=change.nouns | {register.name})


def listed(bench: Workbench, year: int) -> list[Kept]:
    """The reasons given in a year, of all registers, in the order in which they were given."""
    with bench.read() as session:
        rows = session.scalars(select(RegisterReason).order_by(RegisterReason.at, RegisterReason.key)).all()
    titles = _titles(one.register for one in rows)
    return [
        Kept(titles[one.register], one.record, one.sentence, one.clause, one.reason, one.who, one.at)
        for one in rows
        if one.at.year == year
    ]


def _titles(names: Iterable[str]) -> Mapping[str, str]:
    return {name: registry.of(name).title for name in set(names)}
