"""One write: data and change log in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any, Literal

from sqlalchemy import Connection, Table, event, inspect, select, update
from sqlalchemy.orm import ORMExecuteState, Session
from sqlalchemy.orm.util import identity_key

from fupin_desktop.storage import bulk, chain, refusing
from fupin_desktop.storage.base import key_column
from fupin_desktop.storage.entities import Base, ChangeSet
from fupin_desktop.storage.keys import new_key, new_keys
from fupin_desktop.storage.log import Action, Entry, LogWriter

_OWNERS = ("household_key", "application_key")
_LOOKED_UP = 1000
_ASIDE = ("offices.set_year",)
"""Operations that leave open what could be redone: another year is looked at, which undoing a new year does too."""
SetKind = Literal["do", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a write is for.

    Attributes:
        operation: Name of the service operation, e.g. ``registers.set_cells``.
        title: What the clerk reads in the undo menu and the history.
        who: Name of the clerk.
        at: Moment of the write.
        kind: do, undo or redo.
        reverts_key: Change set that an undo or redo reverts.
        undoable: Whether undo may take it back.
        looks: Whether it is taken back whatever it did, so that it may touch closed years, too.
    """

    operation: str
    title: str
    who: str
    at: datetime
    kind: SetKind = "do"
    reverts_key: str | None = None
    undoable: bool = True
    looks: bool = False


def table_of(entity: type[Base]) -> Table:
    """The table of an entity."""
    table = entity.__table__
    assert isinstance(table, Table)
    return table


@cache
def entity_named(table: str) -> type[Base]:
    """The entity of a table's name."""
    return next(mapper.class_ for mapper in Base.registry.mappers if mapper.class_.__tablename__ == table)


@cache
def _order_of(table: str) -> int:
    """Place of a table after those that it refers to."""
    return [one.name for one in Base.metadata.sorted_tables].index(table)


class Unit:
    """A write in progress. Leave its context normally to commit; any error takes everything back.

    Edits of entities in ``session`` are logged when they are flushed; many records at once go through
    :meth:`insert_many`, :meth:`update_many` and :meth:`delete_many`.

    Attributes:
        session: The session of the write.
        set_key: Key of the change set, empty until something changed.
        tables: Names of the tables changed so far.
        changed: Keys of the records changed so far, in order, each once; with those of the households or applications
            they belong to, so that whatever shows a household learns of its items and years.
    """

    def __init__(self, session: Session, purpose: Purpose) -> None:
        self.session = session
        self.purpose = purpose
        self.set_key = ""
        self.tables: set[str] = set()
        self._changed: dict[str, None] = {}
        self._log: LogWriter | None = None
        self._follows = chain.START
        self._number, self._last = 0, 0
        event.listen(session, "after_flush", self._log_flush)
        event.listen(session, "do_orm_execute", _refuse_unlogged)

    @property
    def changed(self) -> tuple[str, ...]:
        """Keys of the records changed so far."""
        return tuple(self._changed)

    @property
    def nouns(self) -> frozenset[str]:
        """Stems of the nouns changed so far."""
        return frozenset(entity_named(table).noun for table in self.tables) - {""}

    @cached_property
    def _closed(self) -> frozenset[int]:
        return frozenset() if self.purpose.looks else refusing.closed_years(self.connection)

    @property
    def connection(self) -> Connection:
        """The connection of the transaction, for reading and for statements on unlogged tables."""
        return self.session.connection()

    def insert_many(self, entity: type[Base], rows: Sequence[Any], columns: Sequence[str] | None = None) -> list[str]:
        """Add many records.

        Args:
            entity: Their class.
            rows: Mappings by column; or tuples, then ``columns`` names their values. A missing key is made, missing
                columns take their default.
            columns: Names for tuples.

        Returns:
            The keys, in the order of the rows.
        """
        if not rows:
            return []
        self.session.flush()
        names, values = bulk.as_tuples(rows) if columns is None else (tuple(columns), list(rows))
        names, values = _completed(table_of(entity), names, values)
        bulk.insert_rows(self.connection, table_of(entity), names, values)
        entry = Entry(table_of(entity).name, Action.INSERT, names, values)
        self._keep(entity, entry)
        return entry.keys()

    def update_many(self, entity: type[Base], rows: Sequence[Any], columns: Sequence[str] | None = None) -> list[str]:
        """Change many records; rows that change nothing are left out, the last row of a key counts.

        Args:
            entity: Their class.
            rows: Mappings with ``key`` and the columns to set, the same columns in each; or tuples of key and values,
                then ``columns`` names the values after the key.
            columns: Names for tuples, without the key.

        Returns:
            Keys of the records that really changed.
        """
        _refuse_frozen(entity)
        if not rows:
            return []
        self.session.flush()
        if columns is None:
            given = tuple(name for name in rows[0] if name != "key")
            wanted = [(row["key"], *(row[name] for name in given)) for row in rows]
        else:
            given, wanted = tuple(columns), list(rows)
        table = table_of(entity)
        last = {row[0]: row for row in wanted}
        before = bulk.fetch_rows(self.connection, table, given, list(last))
        changing = [row for key, row in last.items() if key in before and before[key] != row[1:]]
        bulk.update_rows(self.connection, table, given, changing)
        logged = [(row[0], *before[row[0]], *row[1:]) for row in changing]
        self._keep(entity, Entry(table.name, Action.UPDATE, given, logged))
        for record in self._held(entity, [row[0] for row in changing]):
            self.session.refresh(record)
        return [row[0] for row in changing]

    def delete_many(self, entity: type[Base], keys: Sequence[str]) -> list[str]:
        """Remove many records; children must be removed before.

        Returns:
            Keys of the records that were there.
        """
        if not keys:
            return []
        self.session.flush()
        table = table_of(entity)
        names = tuple(column.name for column in table.columns)
        before = bulk.fetch_rows(self.connection, table, names, keys)
        present = [key for key in dict.fromkeys(keys) if key in before]
        bulk.delete_rows(self.connection, table, present)
        self._keep(entity, Entry(table.name, Action.DELETE, names, [before[key] for key in present]))
        for record in self._held(entity, present):
            self.session.expunge(record)
        return present

    def log_only(self, entry: Entry) -> None:
        """Log an entry of what was done by statements of the caller's own; for the removal of personal data alone."""
        keys = entry.keys()
        if keys:
            self.tables.add(entry.table)
            self._changed.update(dict.fromkeys(keys if entry.table != chain.REDACTED else ()))
            self._writer().add(entry)

    def note(self) -> None:
        """Log the operation though it changes no record, as a changed password."""
        self._writer()

    @property
    def log_head(self) -> tuple[int, str]:
        """Number and hash of the last operation before this write; 0 and ``chain.START`` where there is none."""
        return self._newest() if self._log is None else (self._last, self._follows)

    def _newest(self) -> tuple[int, str]:
        sets = table_of(ChangeSet)
        newest = select(sets.c.number, sets.c.hash).order_by(sets.c.number.desc()).limit(1)
        number, found = self.connection.execute(newest).first() or (0, chain.START)
        return number, found or chain.START

    def finish(self) -> None:
        """Link the finished operation to the one before it; the last thing before the commit."""
        self.session.flush()
        if self._log is None:
            return
        purpose, sets = self.purpose, table_of(ChangeSet)
        head = chain.Head(
            self._number, self.set_key, purpose.operation, purpose.title, purpose.who, chain.moment(purpose.at),
            purpose.kind, purpose.reverts_key,
        )  # fmt: skip
        made = chain.link(self._follows, head, self._log.digests)
        self.connection.execute(update(sets).where(sets.c.key == self.set_key).values(hash=made))

    def _held(self, entity: type[Base], keys: Sequence[str]) -> list[Base]:
        """Those of the records that the session already holds as objects."""
        held = self.session.identity_map
        if not held:
            return []
        return [held[identity] for key in keys if (identity := identity_key(entity, key)) in held]

    def _keep(self, entity: type[Base], entry: Entry) -> None:
        """Log an entry and remember what it touched."""
        if not entity.logged or not entry.rows:
            return
        if self._closed:
            refusing.refuse(self.connection, entity, entry, self._closed)
        keys = entry.keys()
        self.tables.add(entry.table)
        self._changed.update(dict.fromkeys(keys))
        self._changed.update(dict.fromkeys(self._owning(entry, keys)))
        if entity.frozen and entry.action is Action.INSERT:
            entry = _witnessed(entity, entry)
        self._writer().add(entry)

    def _owning(self, entry: Entry, keys: list[str]) -> list[str]:
        """Keys of the households or applications that records belong to, if to any; not for a whole register."""
        table = Base.metadata.tables[entry.table]
        owner = entity_named(entry.table).owner or next((name for name in _OWNERS if name in table.c), "")
        if not owner or len(keys) > _LOOKED_UP:
            return []
        if owner in entry.columns and entry.action is not Action.UPDATE:
            place = entry.columns.index(owner)
            return [row[place] for row in entry.rows if row[place]]
        return [row[0] for row in bulk.fetch_rows(self.connection, table, (owner,), keys).values() if row[0]]

    def _writer(self) -> LogWriter:
        if self._log is None:
            self.set_key = new_key()
            self._log = LogWriter(self.connection, self.set_key)
            self._open_set()
        return self._log

    def _open_set(self) -> None:
        """Write the head of the change set; a new operation closes what could be redone."""
        sets = table_of(ChangeSet)
        self._last, self._follows = self._newest()
        self._number = self._last + 1
        purpose = self.purpose
        if purpose.kind == "do" and purpose.operation not in _ASIDE:
            self.connection.execute(update(sets).where(sets.c.redo_open).values(redo_open=False))
        row = {
            "key": self.set_key,
            "number": self._number,
            "operation": purpose.operation,
            "title": purpose.title,
            "who": purpose.who,
            "at": purpose.at,
            "kind": purpose.kind,
            "undoable": purpose.undoable and purpose.kind == "do",
            "reverts_key": purpose.reverts_key,
            "reverted_by": None,
            "redo_open": False,
        }
        self.connection.execute(sets.insert(), row)

    def _log_flush(self, session: Session, _context: Any) -> None:
        """Log what a flush of entities wrote, equal changes together, parents before their children."""
        grouped: dict[tuple[str, Action, tuple[str, ...]], Entry] = {}
        for found in _flushed(session):
            entry = grouped.setdefault((found.table, found.action, found.columns), found)
            if entry is not found:
                entry.rows.extend(found.rows)
        for entry in sorted(grouped.values(), key=_place):
            self._keep(entity_named(entry.table), entry)


def _witnessed(entity: type[Base], entry: Entry) -> Entry:
    """What the log keeps of added frozen records: their keys, and what tells an altered one."""
    names = (key_column(table_of(entity)).name, *entity.witness)
    places = [entry.columns.index(name) for name in names if name in entry.columns]
    kept = tuple(entry.columns[place] for place in places)
    return Entry(entry.table, entry.action, kept, [tuple([row[place] for place in places]) for row in entry.rows])


def _refuse_unlogged(state: ORMExecuteState) -> None:
    """Statements on entities would bypass the log."""
    if state.is_insert or state.is_update or state.is_delete:
        raise RuntimeError("use insert_many, update_many or delete_many of the unit")


def _refuse_frozen(entity: type[Base]) -> None:
    """What is frozen is written once; a change of it is a fault of the program."""
    if entity.frozen:
        raise RuntimeError(f"{entity.__name__} records never change")


def _place(entry: Entry) -> tuple[int, int]:
    order = _order_of(entry.table)
    match entry.action:
        case Action.INSERT:
            return 0, order
        case Action.UPDATE:
            return 1, order
    return 2, -order


def _flushed(session: Session) -> list[Entry]:
    """One entry for each record that a flush adds, changes or removes."""
    made = [_whole(record, Action.INSERT) for record in session.new]
    made += [entry for record in session.dirty if (entry := _changed(record))]
    made += [_whole(record, Action.DELETE) for record in session.deleted]
    return [entry for entry in made if entity_named(entry.table).logged]


def _whole(record: Any, action: Action) -> Entry:
    """All values of a record; a removed one as it was in the file, not as it was edited before its removal."""
    table = table_of(type(record))
    names = tuple(column.name for column in table.columns)
    if action is Action.INSERT:
        values = tuple([getattr(record, name) for name in names])
    else:
        values = tuple([_stored(record, name) for name in names])
    return Entry(table.name, action, names, [values])


def _stored(record: Any, name: str) -> Any:
    history = inspect(record).attrs[name].history
    return history.deleted[0] if history.deleted else getattr(record, name)


def _changed(record: Any) -> Entry | None:
    """The changed values of a record, or None where an edit came back to what was there."""
    table = table_of(type(record))
    state = inspect(record)
    names, before, after = [], [], []
    for column in table.columns:
        history = state.attrs[column.name].history
        if not history.added:
            continue
        old = history.deleted[0] if history.deleted else None
        if old != history.added[0]:
            names.append(column.name)
            before.append(old)
            after.append(history.added[0])
    if not names:
        return None
    _refuse_frozen(type(record))
    return Entry(table.name, Action.UPDATE, tuple(names), [(state.identity[0], *before, *after)])


def _completed(
    table: Table, names: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> tuple[tuple[str, ...], list[tuple[Any, ...]]]:
    """Rows with keys made and constant defaults put in where a column was not given."""
    missing = {name: value for name, value in bulk.constant_defaults(table).items() if name not in names}
    if missing:
        tail = tuple(missing.values())
        names, rows = names + tuple(missing), [row + tail for row in rows]
    if "key" not in names and "key" in table.c:
        keys = new_keys(len(rows))
        names, rows = ("key", *names), [(key, *row) for key, row in zip(keys, rows, strict=True)]
    return names, rows

