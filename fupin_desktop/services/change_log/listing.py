"""The operations of the log, filtered; the numbers of all that match are found once, their rows read as they are seen.

A filter goes through the log from its end; 500 000 operations take some tenths of a second, beside the clerk's work.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.text import clean
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import chain
from fupin_desktop.storage.changes import OPERATION, LoggedOperation, read_operation
from fupin_desktop.storage.entities import Application, ChangeEntry, ChangeSet
from fupin_desktop.storage.table_names import called
from fupin_desktop.storage.unit import table_of

_SETS, _ENTRIES = table_of(ChangeSet), table_of(ChangeEntry)
_MORE = 200
_KINDS = {"do": "", "undo": "撤销", "redo": "重做"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty does not matter.

    Attributes:
        who: Name of the clerk.
        first: First day.
        last: Last day.
        table: Table of the records changed.
        key: One record, with those that came or went and name it as what they belong to.
        more: Keys of what belongs to it now.
        text: Words of the title, or of the changed values where ``within``; or the code at the foot of a paper.
        within: Whether the changed values are searched too.
    """

    who: str = ""
    first: date | None = None
    last: date | None = None
    table: str = ""
    key: str = ""
    more: tuple[str, ...] = ()
    text: str = ""
    within: bool = False


@dataclass(frozen=True, slots=True)
class Logged:
    """One operation as the list shows it.

    Attributes:
        number: Its number.
        key: Its key, for undo.
        at: Moment.
        who: Clerk.
        title: What was done.
        tables: What was changed, e.g. “农户、家庭成员”.
        count: Records changed.
        state: By whom and when it was taken back, or what it took back; empty for neither.
        undone: Whether it is taken back.
        can_undo: Whether taking it back may be tried.
    """

    number: int
    key: str
    at: datetime
    who: str
    title: str
    tables: str
    count: int
    state: str
    undone: bool
    can_undo: bool


def find(bench: Workbench, wanted: Wanted) -> Sequence[int]:
    """Numbers of the operations wanted, the newest first; the order is that of the log, whatever the clock said."""
    statement = select(_SETS.c.number).where(*_conditions(wanted)).order_by(_SETS.c.number.desc())
    with bench.read() as session:
        return array("q", session.connection().execute(statement).scalars())


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.who:
        found.append(_SETS.c.who == wanted.who)
    if wanted.first is not None:
        found.append(_SETS.c.at >= datetime.combine(wanted.first, time()))
    if wanted.last is not None:
        found.append(_SETS.c.at < datetime.combine(wanted.last + timedelta(days=1), time()))
    if wanted.table:
        found.append(_SETS.c.key.in_(select(_ENTRIES.c.set_key).where(_ENTRIES.c.entity == wanted.table)))
    if wanted.key:
        found.append(_SETS.c.key.in_(_about(wanted.key, wanted.more[:_MORE])))
    if beginning := chain.beginning(wanted.text):
        return [*found, func.substr(_SETS.c.hash, 1, len(beginning)) == beginning]
    found += [_says(word, within=wanted.within) for word in clean(wanted.text).split()]
    return found


def _about(key: str, more: Sequence[str]) -> Select[Any]:
    """Keys of the operations that changed a record or one of its parts, or name it."""
    single = and_(_ENTRIES.c.size == 1, _ENTRIES.c.first_key.in_(more))
    batches = [
        and_(_ENTRIES.c.size > 1, _ENTRIES.c.first_key <= one, _ENTRIES.c.last_key >= one,
             func.instr(_ENTRIES.c.body, one) > 0)
        for one in more
    ]  # fmt: skip
    return select(_ENTRIES.c.set_key).where(or_(func.instr(_ENTRIES.c.body, key) > 0, single, *batches))


def of_record(bench: Workbench, key: str, more: Iterable[str] = ()) -> Wanted:
    """What is wanted for the list of one record: of a document its typed values, opinions and reasons too."""
    from fupin_desktop.services.documents.records import parts_of

    with bench.read() as session:
        there = session.get(Application, key) is not None
        parts = parts_of(session, key) if there else {}
    return Wanted(key=key, more=(*more, *(one for keys in parts.values() for one in keys if one != key)))


def _says(word: str, *, within: bool) -> ColumnElement[bool]:
    said = or_(func.instr(_SETS.c.title, word) > 0, func.instr(_SETS.c.who, word) > 0)
    if not within:
        return said
    inside = select(_ENTRIES.c.set_key).where(func.instr(_ENTRIES.c.body, word) > 0)
    return or_(said, _SETS.c.key.in_(inside))


def rows(bench: Workbench, numbers: Sequence[int]) -> list[Logged]:
    """The operations of some numbers, in their order."""
    if not numbers:
        return []
    with bench.read() as session:
        found = session.connection().execute(select(*OPERATION).where(_SETS.c.number.in_(list(numbers)))).all()
        operations = {row.number: read_operation(row) for row in found}
        parts = _parts(session, [one.key for one in operations.values()])
        linked = [key for one in operations.values() for key in (one.undone_by, one.reverts_key) if key]
        others = _others(session, linked)
    return [_logged(operations[number], parts, others) for number in numbers if number in operations]


def _logged(one: LoggedOperation, parts: Mapping[str, tuple[str, int]], others: Mapping[str | None, Any]) -> Logged:
    tables, count = parts.get(one.key, ("", 0))
    state = _state(one, others)
    return Logged(one.number, one.key, one.at, one.who, one.title, tables, count, state, one.undone, one.can_undo)


def _state(one: LoggedOperation, others: Mapping[str | None, Any]) -> str:
    """By whom and when an operation was taken back, or what it took back."""
    if one.undone_by in others:
        other = others[one.undone_by]
        return f"已由{other.who}于 {other.at:%Y-%m-%d %H:%M} 撤销"
    if one.reverts_key in others:
        other = others[one.reverts_key]
        return f"{_KINDS[one.kind]}的是 {other.at:%Y-%m-%d %H:%M} {other.who}的第 {other.number} 号"
    return ""


def _parts(session: Session, keys: Sequence[str]) -> dict[str, tuple[str, int]]:
    """What operations changed: names of the tables, and how many records."""
    counted = (
        select(_ENTRIES.c.set_key, _ENTRIES.c.entity, func.sum(_ENTRIES.c.size), func.min(_ENTRIES.c.position))
        .where(_ENTRIES.c.set_key.in_(keys))
        .group_by(_ENTRIES.c.set_key, _ENTRIES.c.entity)
        .order_by(func.min(_ENTRIES.c.position))
    )
    found: dict[str, tuple[str, int]] = {}
    for key, table, count, _first in session.connection().execute(counted):
        names, total = found.get(key, ("", 0))
        found[key] = "、".join(part for part in (names, called(table)) if part), total + int(count)
    return found


def _others(session: Session, keys: Sequence[str]) -> dict[str | None, Any]:
    if not keys:
        return {}
    wanted = select(_SETS.c.key, _SETS.c.number, _SETS.c.who, _SETS.c.at).where(_SETS.c.key.in_(keys))
    return {row.key: row for row in session.connection().execute(wanted)}


def people(bench: Workbench) -> list[str]:
    """Everybody who changed something."""
    with bench.read() as session:
        return sorted(name for name in session.connection().execute(select(_SETS.c.who).distinct()).scalars() if name)


def table_choices(bench: Workbench) -> list[tuple[str, str]]:
    """What was ever changed: table and what it is called, in the order of the names."""
    with bench.read() as session:
        used = session.connection().execute(select(_ENTRIES.c.entity).distinct()).scalars().all()
    return sorted(((table, called(table)) for table in used), key=lambda one: one[1])
