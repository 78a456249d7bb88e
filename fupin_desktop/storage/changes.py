"""Undo, redo and the history of a record, read from the change log."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage import bulk
from fupin_desktop.storage.entities import ChangeEntry, ChangeSet
from fupin_desktop.storage.log import Action, Entry, key_name
from fupin_desktop.storage.revert import Tell, revert
from fupin_desktop.storage.store import Store
from fupin_desktop.storage.unit import Purpose, Unit, table_of

_SETS = table_of(ChangeSet)
_ENTRIES = table_of(ChangeEntry)


@dataclass(frozen=True, slots=True)
class LoggedOperation:
    """One operation of the log.

    Attributes:
        number: Its number in the log, rising by one.
        key: Key of its change set.
        operation: Name of the service operation.
        title: What the clerk reads.
        who: Clerk.
        at: Moment.
        kind: do, undo or redo.
        undone: Whether it is taken back at present.
        can_undo: Whether it is of a kind that can be taken back, and is not taken back.
        reverts_key: The operation that an undo or redo reverts.
        undone_by: The undo that took it back.
    """

    number: int
    key: str
    operation: str
    title: str
    who: str
    at: datetime
    kind: str
    undone: bool
    can_undo: bool
    reverts_key: str | None = None
    undone_by: str | None = None


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


_ASKED_AT_ONCE = 20
_BY_CHOICE = ("settings.",)
"""Beginnings of the names of operations that undo leaves out in turn, and takes back where it is asked for."""
OPERATION = tuple(
    _SETS.c[name]
    for name in ("number", "key", "operation", "title", "who", "at", "kind", "reverts_key", "reverted_by", "undoable")
)
"""The columns that :func:`read_operation` reads."""


def read_operation(row: Any) -> LoggedOperation:
    """A row of :data:`OPERATION`."""
    undone = row.reverted_by is not None
    kind_allows = row.undoable or row.operation.startswith(_BY_CHOICE)
    return LoggedOperation(
        row.number, row.key, row.operation, row.title, row.who, row.at, row.kind, undone,
        row.kind == "do" and kind_allows and not undone, row.reverts_key, row.reverted_by,
    )  # fmt: skip


def _first(connection: Connection, condition: ColumnElement[bool]) -> LoggedOperation | None:
    statement = select(*OPERATION).where(condition).order_by(_SETS.c.number.desc()).limit(1)
    row = connection.execute(statement).first()
    return read_operation(row) if row else None


def undoable(connection: Connection) -> LoggedOperation | None:
    """The operation that undo would take back: the last one done and not taken back."""
    return _first(connection, and_(_SETS.c.kind == "do", _SETS.c.reverted_by.is_(None), _SETS.c.undoable))


def undoable_of(connection: Connection, records: Mapping[str, Collection[str]]) -> LoggedOperation | None:
    """The last operation done and not taken back that touched some records.

    Args:
        connection: A connection.
        records: Keys of records by table.
    """
    ranges = [touching(table, keys) for table, keys in records.items() if keys]
    if not ranges:
        return None
    near = select(_ENTRIES.c.set_key).where(or_(*ranges))
    condition = and_(_SETS.c.key.in_(near), _SETS.c.kind == "do", _SETS.c.reverted_by.is_(None), _SETS.c.undoable)
    rows = connection.execute(select(*OPERATION).where(condition).order_by(_SETS.c.number.desc()))
    operations = map(read_operation, rows)
    return next((operation for operation in operations if touches(connection, operation.key, records)), None)


def touches(connection: Connection, set_key: str, records: Mapping[str, Collection[str]]) -> bool:
    """Whether an operation changed one of some records, given by table."""
    return any(keys and not records_of(connection, set_key, table).isdisjoint(keys) for table, keys in records.items())


def records_of(connection: Connection, set_key: str, table: str) -> set[str]:
    """Keys of the records of a table that an operation changed."""
    statement = select(_ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body)
    found: set[str] = set()
    for row in connection.execute(statement.where(_ENTRIES.c.set_key == set_key, _ENTRIES.c.entity == table)):
        place = 0 if Action(row.action) is Action.UPDATE else json.loads(row.columns).index(key_name(table))
        found.update(values[place] for values in json.loads(row.body))
    return found


def redoable(connection: Connection) -> LoggedOperation | None:
    """The operation that redo would do again: the one undone last, while nothing new was done since."""
    undo = _SETS.alias()
    statement = (
        select(*OPERATION)
        .join(undo, undo.c.key == _SETS.c.reverted_by)
        .where(_SETS.c.redo_open)
        .order_by(undo.c.number.desc())
        .limit(1)
    )
    row = connection.execute(statement).first()
    return read_operation(row) if row else None


def size(connection: Connection, set_key: str) -> int:
    """How many changes of records an operation is made of."""
    counted = select(func.coalesce(func.sum(_ENTRIES.c.size), 0)).where(_ENTRIES.c.set_key == set_key)
    return int(connection.execute(counted).scalar_one())


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
        raise NotAllowed(f"“{operation.title}”不能撤销。", todo=_other_way(operation))
    purpose = Purpose("history.undo", f"撤销：{operation.title}", who, at, "undo", operation.key)
    with store.write_for(purpose) as unit:
        revert(unit, operation.key, tell)
        _mark(unit, operation.key, unit.set_key or operation.key, redo_open=bool(unit.set_key))
    return operation, unit


_OTHER_WAYS = {
    "funds.": "台账记录不能抹掉，请用冲销更正。",
    "fund_papers.": "款项已经登记，请用冲销更正。",
    "payments.": "发放的记录请用“退回”“追回”更正。",
    "applications.": "提交和签署过的文件请用“退回”“撤回”或“作废”。",
    "years.": "请重新打开或结束这个年度。",
    "printing.": "打印过的纸不能收回。",
    "store.": "请从“备份与恢复”里恢复另一份备份。",
    "personal.": "个人资料已经依法删除，不能恢复。",
}


def _other_way(operation: LoggedOperation) -> str:
    """What to do instead of undoing an operation that is not undone."""
    if operation.kind != "do":
        return "撤销过的操作请用“重做”。"
    return next((way for name, way in _OTHER_WAYS.items() if operation.operation.startswith(name)), "请直接修改。")


def redo(
    store: Store, who: str, at: datetime, tell: Tell | None = None, set_key: str | None = None
) -> tuple[LoggedOperation, Unit] | None:
    """Do the operation undone last again, or a chosen one, by reverting its undo; arguments as in :func:`undo`.

    Raises:
        NotAllowed: Records were changed since, or the chosen one is not undone.
    """
    with store.session() as session:
        operation = redoable(session.connection()) if set_key is None else find(session.connection(), set_key)
        if operation is not None and not operation.undone:
            raise NotAllowed(f"“{operation.title}”没有被撤销。")
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
    newest = select(*OPERATION).order_by(_SETS.c.number.desc()).limit(limit)
    return [read_operation(row) for row in connection.execute(newest)]


def of_record(connection: Connection, table: str, key: str, limit: int) -> list[FieldChange]:
    """What happened to one record, the newest first; at most ``limit`` operations are read."""
    single = and_(_ENTRIES.c.size == 1, _ENTRIES.c.first_key == key)
    batch = and_(_ENTRIES.c.size > 1, _ENTRIES.c.first_key <= key, _ENTRIES.c.last_key >= key)
    statement = (
        select(*OPERATION, _ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body)
        .join(_ENTRIES, _ENTRIES.c.set_key == _SETS.c.key)
        .where(_ENTRIES.c.entity == table, or_(single, batch))
        .order_by(_SETS.c.number.desc(), _ENTRIES.c.position.desc())
        .limit(limit)
    )
    return [change for row in connection.execute(statement) for _key, change in _field_changes(row, table, (key,))]


def of_records(connection: Connection, table: str, keys: Collection[str], limit: int) -> dict[str, list[FieldChange]]:
    """What happened to several records of a table, by key, the newest first.

    At most ``limit`` operations are read, of so many records as are asked for at once. Of a batch of records the log
    knows the range of its keys alone: only batches whose range has one of these keys are read, which takes long.
    """
    found: dict[str, list[FieldChange]] = {key: [] for key in keys}
    for some in bulk.chunks(list(found), _ASKED_AT_ONCE):
        batches = [and_(_ENTRIES.c.size > 1, _ENTRIES.c.first_key <= key, _ENTRIES.c.last_key >= key) for key in some]
        single = and_(_ENTRIES.c.size == 1, _ENTRIES.c.first_key.in_(some))
        statement = (
            select(*OPERATION, _ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body)
            .join(_ENTRIES, _ENTRIES.c.set_key == _SETS.c.key)
            .where(_ENTRIES.c.entity == table, or_(single, *batches))
            .order_by(_SETS.c.number.desc(), _ENTRIES.c.position.desc())
            .limit(limit)
        )
        for row in connection.execute(statement):
            for key, change in _field_changes(row, table, some):
                found[key].append(change)
    return found


def added_in(connection: Connection, table: str, keys: Collection[str]) -> dict[str, int]:
    """Numbers of the operations that added records of a table, by key."""
    if not keys:
        return {}
    statement = (
        select(_SETS.c.number, _ENTRIES.c.columns, _ENTRIES.c.body)
        .join(_ENTRIES, _ENTRIES.c.set_key == _SETS.c.key)
        .where(touching(table, keys), _ENTRIES.c.action == Action.INSERT.value)
        .order_by(_SETS.c.number)
    )
    found: dict[str, int] = {}
    for number, columns, body in connection.execute(statement):
        place = json.loads(columns).index(key_name(table))
        found |= {values[place]: number for values in json.loads(body) if values[place] in keys}
    return found


def changed_after(connection: Connection, number: int, records: Mapping[str, Collection[str]]) -> bool:
    """Whether any operation after one touched some records.

    Args:
        connection: Of the data file.
        number: Number of the operation.
        records: Keys by table; none means every record of the table.
    """
    return any(_changed_after(connection, number, table, keys) for table, keys in records.items())


def _changed_after(connection: Connection, number: int, table: str, keys: Collection[str]) -> bool:
    where = touching(table, keys) if keys else _ENTRIES.c.entity == table
    after = (
        select(_ENTRIES.c.action, _ENTRIES.c.columns, _ENTRIES.c.body)
        .join(_SETS, _ENTRIES.c.set_key == _SETS.c.key)
        .where(_SETS.c.number > number, where)
    )
    rows = connection.execute(after)
    return any(not keys or _concerns(row, table, keys) for row in rows)


def _concerns(row: Any, table: str, keys: Collection[str]) -> bool:
    """Whether an entry is of one of the records; the range of a batch may only enclose their keys."""
    columns = tuple(json.loads(row.columns))
    rows = [tuple(values) for values in json.loads(row.body)]
    return not set(keys).isdisjoint(Entry(table, Action(row.action), columns, rows).keys())


def touching(table: str, keys: Collection[str]) -> ColumnElement[bool]:
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
            touched = select(_ENTRIES.c.set_key).where(touching(table, keys))
            closed = {"undoable": False, "redo_open": False}
            connection.execute(update(_SETS).where(_SETS.c.key.in_(touched)).values(closed))


def _field_changes(row: Any, table: str, keys: Collection[str]) -> Iterator[tuple[str, FieldChange]]:
    """What an entry says of some records, each with its key."""
    action, columns, operation = Action(row.action), json.loads(row.columns), read_operation(row)
    if action is not Action.UPDATE:
        place = columns.index(key_name(table))
        for values in json.loads(row.body):
            if values[place] in keys:
                yield values[place], FieldChange(operation, action, "", None, None)
        return
    width = len(columns)
    for values in json.loads(row.body):
        if values[0] in keys:
            for place, name in enumerate(columns, start=1):
                yield values[0], FieldChange(operation, action, name, values[place], values[place + width])
