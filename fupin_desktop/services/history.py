"""Undo, redo, and what happened to a record."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Table, select
from sqlalchemy.orm import Session

from fupin_desktop.services import offices
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.overview import RecentOperation
from fupin_desktop.services.printing import print_lines
from fupin_desktop.services.registers import Register, Row, registry
from fupin_desktop.services.registers.cards import Card
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.registers.past import past_lines
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import MANY, Change, Progress, Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.changes import FieldChange, LoggedOperation
from fupin_desktop.storage.entities import AwardScheme, Base, FundSource, Notice, Office, Village
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.log import Action
from fupin_desktop.storage.record_names import names_of, reference_label, target_of
from fupin_desktop.storage.revert import Tell
from fupin_desktop.storage.unit import Unit, table_of

_ENTITIES: dict[str, type[Base]] = {
    "villages": Village,
    "schemes": AwardScheme,
    "notices": Notice,
    "funds": FundSource,
    "offices": Office,
}
_AT_ONCE = 500
_SHORT = 10
"""Up to so many changes of records are taken back in the time of a key stroke."""
_PRINTED = {"schemes", "awards", "notices", "funds"}
_UNDONE, _REDONE = "已撤销", "已重做"
_YEAR_BEGUN, _YEAR = "years.begin", re.compile(r"\d{4}")
_ACTIONS = {Action.INSERT: "新增", Action.DELETE: "删除"}


def can_undo(bench: Workbench) -> str | None:
    """Title of the operation that undo takes back, or None."""
    return bench.cached("history.can_undo", lambda: _title(bench, undo=True))


def can_redo(bench: Workbench) -> str | None:
    """Title of the operation that redo does again, or None."""
    return bench.cached("history.can_redo", lambda: _title(bench, undo=False))


def _title(bench: Workbench, *, undo: bool) -> str | None:
    find = changes.undoable if undo else changes.redoable
    with bench.read() as session:
        operation = find(session.connection())
    return operation.title if operation else None


def lasts(bench: Workbench, *, undo: bool) -> bool:
    """Whether so many records come back (or go again) that it takes a moment, and its progress should be shown."""
    find = changes.undoable if undo else changes.redoable
    with bench.read() as session:
        connection = session.connection()
        operation = find(connection)
        return operation is not None and changes.size(connection, operation.key) > _AT_ONCE


def undo(bench: Workbench, progress: Progress | None = None) -> Change | None:
    """Take back the last operation; None where there is nothing.

    A whole import takes seconds; ``progress`` is told, and may raise ``Cancelled``, which leaves all as it was.

    Raises:
        NotAllowed: Records were changed since in a way that would be lost, or the year is closed.
    """
    bench.require_open("history.undo")
    with bench.read() as session:
        last = changes.undoable(session.connection())
    bench.require_right(last.operation if last is not None else "")
    return _told(bench, changes.undo(bench.store, bench.clerk, bench.clock(), None, _tell(progress, "撤销")), _UNDONE)


def undo_one(bench: Workbench, key: str, progress: Progress | None = None) -> Change | None:
    """Take back one chosen operation, such as a whole import.

    Raises:
        NotAllowed: It is taken back already, its records were changed since, or the year is closed.
    """
    bench.require_open("history.undo")
    _require_right(bench, key)
    return _told(bench, changes.undo(bench.store, bench.clerk, bench.clock(), key, _tell(progress, "撤销")), _UNDONE)


def redo_one(bench: Workbench, key: str, progress: Progress | None = None) -> Change | None:
    """Do one chosen operation again that was taken back.

    Raises:
        NotAllowed: It is not taken back, its records were changed since, or the year is closed.
    """
    bench.require_open("history.redo")
    _require_right(bench, key)
    return _told(bench, changes.redo(bench.store, bench.clerk, bench.clock(), _tell(progress, "重做"), key), _REDONE)


def _require_right(bench: Workbench, key: str) -> None:
    """Who may not do an operation may not take it back either."""
    with bench.read() as session:
        found = changes.find(session.connection(), key)
    if found is not None:
        bench.require_right(found.operation)


def redo(bench: Workbench, progress: Progress | None = None) -> Change | None:
    """Do again what was undone last; None where there is nothing.

    Raises:
        NotAllowed: Records were changed since, or the year is closed.
    """
    bench.require_open("history.redo")
    return _told(bench, changes.redo(bench.store, bench.clerk, bench.clock(), _tell(progress, "重做")), _REDONE)


def _tell(progress: Progress | None, word: str) -> Tell | None:
    if progress is None:
        return None
    return lambda done, total: progress(done, total, f"{word} {done}/{total}")


def _told(bench: Workbench, done: tuple[LoggedOperation, Unit] | None, word: str) -> Change | None:
    if done is None:
        return None
    operation, unit = done
    keys = unit.changed
    few = keys if len(keys) <= MANY else ()
    change = Change(unit.purpose.operation, unit.purpose.title, unit.nouns, few, f"{word}：{operation.title}")
    return _with_year(bench, operation, change, back=word == _UNDONE)


def _with_year(bench: Workbench, operation: LoggedOperation, change: Change, *, back: bool) -> Change:
    """Go back to the year before with a year that is taken back, and on with one that is begun again."""
    year = _YEAR.search(operation.title) if operation.operation == _YEAR_BEGUN else None
    if year is None:
        return change
    begun = int(year[0])
    here, there = (begun, begun - 1) if back else (begun - 1, begun)
    if bench.year != here:
        return change
    moved = offices.set_year(bench, there)
    return change._replace(nouns=change.nouns | moved.nouns, message=f"{change.message}。{moved.message}")


def recent(bench: Workbench, limit: int = 50) -> list[RecentOperation]:
    """The last operations, the newest first; undos and redos are told by ``undone``."""
    with bench.read() as session:
        latest = changes.latest(session.connection(), limit)
    return [RecentOperation(one.key, one.at, one.who, one.title, one.undone, one.can_undo) for one in latest]


def entries(bench: Workbench, noun: str, key: str, limit: int = 100) -> list[HistoryLine]:
    """What happened to one record, the newest first.

    A household's lines include those of its years, a fund source's those of its donors.

    Args:
        bench: The workbench.
        noun: Stem of the record's noun.
        key: Its key.
        limit: Operations read at most.
    """
    with bench.read() as session:
        found = _changes(session.connection(), noun, key, limit)
        others = print_lines(session, key, limit) if noun in _PRINTED else []
        others += _below(session, noun, key, limit)
        names = _names(session.connection(), found)
    lines = [*(line for entity, change in found if (line := _line(entity, change, names))), *others]
    return sorted(lines, key=lambda line: line.number, reverse=True)


def _below(session: Session, noun: str, key: str, limit: int) -> list[HistoryLine]:
    """Lines of the registers whose records are told as a part of what they belong to, as donors of their source."""
    entity = _ENTITIES.get(noun)
    parts = [
        one
        for one in registry.all()
        if entity is not None and one.entity.noun == noun and one.parent is not None and one.parent.entity is entity
    ]
    return [line for part in parts for line in past_lines(session, part, key, limit)]


def _changes(connection: Connection, noun: str, key: str, limit: int) -> list[tuple[type[Base], FieldChange]]:
    """The changes of a record, and for a record of a register those of the records beside it for each year."""
    entity, yearly = _ENTITIES.get(noun), None
    if entity is None and noun in registry.names():
        register = registry.of(noun)
        entity, yearly = register.entity, register.yearly
    if entity is None:
        return []
    found = [(entity, change) for change in changes.of_record(connection, table_of(entity).name, key, limit)]
    if yearly is not None:
        table = table_of(yearly.entity)
        for beside in connection.execute(select(table.c.key).where(table.c[yearly.column] == key)).scalars():
            history = changes.of_record(connection, table.name, beside, limit)
            found += [(yearly.entity, change) for change in history if change.column]
    return found


def of_card(bench: Workbench, card: Card, limit: int = 20) -> list[HistoryLine]:
    """What happened to a record and its children, the newest first; theirs begin with their names."""
    lines = entries(bench, card.register.name, card.row.key, limit)
    for child, rows in card.children.items():
        if rows:
            lines += _of_children(bench, child, rows, limit)
    return sorted(lines, key=lambda line: line.number, reverse=True)[:limit]


def _of_children(bench: Workbench, child: Register, rows: Sequence[Row], limit: int) -> Iterator[HistoryLine]:
    """What happened to the records of one register, asked for all at once; each line begins with a record's name."""
    called = _called(child, rows)
    if child.yearly is not None:  # what is kept for each year is a record of its own
        for row in rows:
            yield from (_named(called[row.key], line) for line in entries(bench, child.name, row.key, limit))
        return
    table = table_of(child.entity).name
    with bench.read() as session:
        connection = session.connection()
        told = changes.of_records(connection, table, called, limit * len(called))
        found = [(child.entity, change) for some in told.values() for change in some]
        names = _names(connection, found)
    for key, some in told.items():
        for change in some:
            if line := _line(child.entity, change, names):
                yield _named(called[key], line)


def _called(child: Register, rows: Sequence[Row]) -> dict[str, str]:
    """What the records of a register are called: by short names of their own, others as what they are."""
    own = [not column.source and column.stored_in == child.search.names[0] for column in layout(child).values()]
    place = own.index(True)
    names = {row.key: row.cells[place] for row in rows}
    return {key: name if 0 < len(name) <= _SHORT else child.title for key, name in names.items()}


def _named(name: str, line: HistoryLine) -> HistoryLine:
    return replace(line, label=f"{name} {line.label}")


def _names(connection: Connection, found: Sequence[tuple[type[Base], FieldChange]]) -> dict[str, str]:
    """Names of the records that changed columns named before and name now."""
    keys: dict[Table, set[str]] = defaultdict(set)
    for entity, change in found:
        target = target_of(table_of(entity), change.column)
        if target is not None:
            keys[target] |= {one for one in (change.before, change.after) if one}
    known = [names_of(connection, target, sorted(named)) for target, named in keys.items()]
    return {key: name for names in known for key, name in names.items()}


def _line(entity: type[Base], change: FieldChange, names: Mapping[str, str]) -> HistoryLine | None:
    operation = change.operation
    if not change.column:
        label = _ACTIONS[change.action]
        return HistoryLine(operation.at, operation.who, operation.title, label, "", "", operation.number)
    field = of(entity).get(change.column)
    label = reference_label(table_of(entity), change.column) if field is None else "" if field.derived else field.label
    if not label:
        return None
    before, after = (
        names.get(one or "", "") if field is None else show(field, one, names) for one in (change.before, change.after)
    )
    return HistoryLine(operation.at, operation.who, operation.title, label, before, after, operation.number)
