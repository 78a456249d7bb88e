"""Undo, redo and the history of a record, read from the change log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage.entities import ChangeEntry, ChangeSet
from fupin_desktop.storage.log import Action
from fupin_desktop.storage.revert import Tell, revert
from fupin_desktop.storage.store import Store
from fupin_desktop.storage.unit import Purpose, Unit, table_of

_SETS = table_of(ChangeSet)
_ENTRIES = table_of(ChangeEntry)


@dataclass(frozen=True, slots=True)
class LoggedOperation:
    """One operation of the log.

    Attributes:
        key: Key of its change set.
        operation: Name of the service operation.
        title: What the clerk reads.
        who: Clerk.
        at: Moment.
        kind: do, undo or redo.
        undone: Whether it is taken back at present.
        can_undo: Whether it is of a kind that can be taken back, and is not taken back.
    """

    key: str
    operation: str
    title: str
    who: str
    at: datetime
    kind: str
    undone: bool
    can_undo: bool


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What an operation did to one record; ``column`` is empty for adding and removing it.

    ``before`` and ``after`` are stored values as JSON has them: 分, thousandths, codes, ISO dates.
    """

    operation: LoggedOperation
    action: Action
    column: str
    before: Any
    after: Any


_OPERATION = tuple(
    _SETS.c[name] for name in ("key", "operation", "title", "who", "at", "kind", "reverted_by", "undoable")
)


def _operation(row: Any) -> LoggedOperation:
    undone = row.reverted_by is not None
    can_undo = row.kind == "do" and row.undoable and not undone
    return LoggedOperation(row.key, row.operation, row.title, row.who, row.at, row.kind, undone, can_undo)


def _first(connection: Connection, condition: ColumnElement[bool]) -> LoggedOperation | None:
    statement = select(*_OPERATION).where(condition).order_by(_SETS.c.number.desc()).limit(1)
    row = connection.execute(statement).first()
    return _operation(row) if row else None


def undoable(connection: Connection) -> LoggedOperation | None:
    """The operation that undo would take back: the last one done and not taken back."""
    return _first(connection, and_(_SETS.c.kind == "do", _SETS.c.reverted_by.is_(None), _SETS.c.undoable))


def undoable_of(connection: Connection, records: Mapping[str, Collection[str]]) -> LoggedOperation | None:
    """The last operation done and not taken back that touched some records.

    Args:
        connection: A connection.
        records: Keys of records by table.
    """
    ranges = [_touching(table, keys) for table, keys in records.items() if keys]
    if not ranges:
        return None
    near = select(_ENTRIES.c.set_key).where(or_(*ranges))
    condition = and_(_SETS.c.key.in_(near), _SETS.c.kind == "do", _SETS.c.reverted_by.is_(None), _SETS.c.undoable)
    rows = connection.execute(select(*_OPERATION).where(condition).order_by(_SETS.c.number.desc()))
    return next((operation for operation in map(_operation, rows) if touches(connection, operation.key, records)), None)


def touches(connection: Connection, set_key: str, records: Mapping[str, Collection[str]]) -> bool:
    """Whether an operation changed one of some records, given by table."""
    return any(keys and not records_of(connection, set_key, table).isdisjoint(keys) for table, keys in records.items())


def records_of(connection: Connection, set_key: str, table: str) -> set[str]:
    """Keys of the records of a table that an operation changed."""
    statement = select(_ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body)
    found: set[str] = set()
    for row in connection.execute(statement.where(_ENTRIES.c.set_key == set_key, _ENTRIES.c.entity == table)):
        place = 0 if Action(row.action) is Action.UPDATE else json.loads(row.columns).index("key")
        found.update(values[place] for values in json.loads(row.body))
    return found


def redoable(connection: Connection) -> LoggedOperation | None:
    """The operation that redo would do again: the one undone last, while nothing new was done since."""
    undo = _SETS.alias()
    statement = (
        select(*_OPERATION)
        .join(undo, undo.c.key == _SETS.c.reverted_by)
        .where(_SETS.c.redo_open)
        .order_by(undo.c.number.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return _operation(row) if row else None


def find(connection: Connection, set_key: str) -> LoggedOperation | None:
    """An operation of the log by its key."""
    return _first(connection, _SETS.c.key == set_key)


def undo(
    store: Store, who: str, at: datetime, set_key: str | None = None, tell: Tell | None = None
) -> tuple[LoggedOperation, Unit] | None:
    """Take back the last operation, or a chosen one.

    Args:
        store: The data file.
        who: Clerk.
        at: Moment.
        set_key: Key of the chosen one; None for the last.
        tell: Told how many of how many batches are done; what it raises takes everything back.

    Returns:
        The operation and the write that took it back; None where there is nothing to undo.

    Raises:
        NotAllowed: It is taken back already, cannot be, or records were changed since.
    """
    with store.session() as session:
        operation = undoable(session.connection()) if set_key is None else find(session.connection(), set_key)
    if operation is None:
        return None
    if operation.undone:
        raise NotAllowed(f"“{operation.title}”已经撤销过了。", todo="需要恢复请用“重做”。")
    if not operation.can_undo:
        raise NotAllowed(f"“{operation.title}”不能撤销。", todo="请直接修改。")
    purpose = Purpose("history.undo", f"撤销：{operation.title}", who, at, "undo", operation.key)
    with store.write_for(purpose) as unit:
        revert(unit, operation.key, tell)
        _mark(unit, operation.key, unit.set_key or operation.key, redo_open=bool(unit.set_key))
    return operation, unit


def redo(store: Store, who: str, at: datetime, tell: Tell | None = None) -> tuple[LoggedOperation, Unit] | None:
    """Do the operation undone last again, by reverting its undo; the arguments are those of :func:`undo`.

    Raises:
        NotAllowed: Records were changed since.
    """
    with store.session() as session:
        operation = redoable(session.connection())
        undone_by = _reverted_by(session.connection(), operation)
    if operation is None or undone_by is None:
        return None
    purpose = Purpose("history.redo", f"重做：{operation.title}", who, at, "redo", undone_by)
    with store.write_for(purpose) as unit:
        revert(unit, undone_by, tell)
        _mark(unit, operation.key, None, redo_open=False)
    return operation, unit


def _reverted_by(connection: Connection, operation: LoggedOperation | None) -> str | None:
    if operation is None:
        return None
    return connection.execute(select(_SETS.c.reverted_by).where(_SETS.c.key == operation.key)).scalar()


def _mark(unit: Unit, set_key: str, reverted_by: str | None, *, redo_open: bool) -> None:
    values = {"reverted_by": reverted_by, "redo_open": redo_open}
    unit.connection.execute(update(_SETS).where(_SETS.c.key == set_key).values(values))


def latest(connection: Connection, limit: int) -> list[LoggedOperation]:
    """The last operations, the newest first, undos and redos included."""
    newest = select(*_OPERATION).order_by(_SETS.c.number.desc()).limit(limit)
    return [_operation(row) for row in connection.execute(newest)]


def of_record(connection: Connection, table: str, key: str, limit: int) -> list[FieldChange]:
    """What happened to one record, the newest first; at most ``limit`` operations are read."""
    single = and_(_ENTRIES.c.size == 1, _ENTRIES.c.first_key == key)
    batch = and_(_ENTRIES.c.size > 1, _ENTRIES.c.first_key <= key, _ENTRIES.c.last_key >= key)
    statement = (
        select(*_OPERATION, _ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body)
        .join(_ENTRIES, _ENTRIES.c.set_key == _SETS.c.key)
        .where(_ENTRIES.c.entity == table, or_(single, batch))
        .order_by(_SETS.c.number.desc(), _ENTRIES.c.position.desc())
        .limit(limit)
    )
    return [change for row in connection.execute(statement) for change in _field_changes(row, key)]


def of_records(connection: Connection, table: str, keys: Collection[str], limit: int) -> dict[str, list[FieldChange]]:
    """What happened to several records of a table, by key, the newest first; at most ``limit`` operations are read."""
    if not keys:
        return {}
    statement = (
        select(*_OPERATION, _ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body)
        .join(_ENTRIES, _ENTRIES.c.set_key == _SETS.c.key)
        .where(_touching(table, keys))
        .order_by(_SETS.c.number.desc(), _ENTRIES.c.position.desc())
        .limit(limit)
    )
    rows = connection.execute(statement).all()
    return {key: [change for row in rows for change in _field_changes(row, key)] for key in keys}


def _touching(table: str, keys: Collection[str]) -> ColumnElement[bool]:
    """Entries of single records among the keys, and batches whose range meets theirs."""
    single = and_(_ENTRIES.c.size == 1, _ENTRIES.c.first_key.in_(keys))
    batch = and_(_ENTRIES.c.size > 1, _ENTRIES.c.first_key <= max(keys), _ENTRIES.c.last_key >= min(keys))
    return and_(_ENTRIES.c.entity == table, or_(single, batch))


def seal(connection: Connection, records: Mapping[str, Collection[str]]) -> None:
    """Operations that touched these records, by table, can no longer be undone nor redone.

    For what others have relied on since: a submitted paper must not change behind those who sign it.
    """
    for table, keys in records.items():
        if keys:
            touched = select(_ENTRIES.c.set_key).where(_touching(table, keys))
            closed = {"undoable": False, "redo_open": False}
            connection.execute(update(_SETS).where(_SETS.c.key.in_(touched)).values(closed))


def _field_changes(row: Any, key: str) -> Iterator[FieldChange]:
    action, columns, operation = Action(row.action), json.loads(row.columns), _operation(row)
    if action is not Action.UPDATE:
        place = columns.index("key")
        if any(values[place] == key for values in json.loads(row.body)):
            yield FieldChange(operation, action, "", None, None)
        return
    width = len(columns)
    for values in json.loads(row.body):
        if values[0] == key:
            for place, name in enumerate(columns, start=1):
                yield FieldChange(operation, action, name, values[place], values[place + width])
