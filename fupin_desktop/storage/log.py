"""Writing and reading the change log: equal changes of one table are kept as one entry."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Connection, Date, DateTime, Table, insert

from fupin_desktop.storage import chain
from fupin_desktop.storage.base import key_column
from fupin_desktop.storage.document_type import Document, dump_document, load_document
from fupin_desktop.storage.entities import Base, ChangeEntry

BATCH = 500
CHAINED = ("entity", "action", "size", "first_key", "last_key", "columns", "body")
"""The columns of an entry that the chain covers, in its order."""
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Action(StrEnum):
    """What happened to the records of an entry."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Entry:
    """Equal changes of one table.

    Attributes:
        table: Name of the table.
        action: What happened.
        columns: Columns of the rows; for UPDATE those that changed.
        rows: INSERT and DELETE: values of ``columns``. UPDATE: key, values before, values after.
    """

    table: str
    action: Action
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def keys(self) -> list[str]:
        """Keys of the records concerned."""
        place = 0 if self.action is Action.UPDATE else self.columns.index(key_name(self.table))
        return [row[place] for row in self.rows]


def key_name(table: str) -> str:
    """Name of the column that tells the records of a table apart; of one that exists no more the usual one."""
    known = Base.metadata.tables.get(table)
    return "key" if known is None else key_column(known).name


def _to_log(column: Column[Any]) -> Callable[[Any], Any] | None:
    if isinstance(column.type, Document):
        return dump_document
    if isinstance(column.type, Date | DateTime):
        return lambda value: value.isoformat()
    return None


def _from_log(column: Column[Any]) -> Callable[[Any], Any] | None:
    if isinstance(column.type, Document):
        return load_document
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat
    return date.fromisoformat if isinstance(column.type, Date) else None


def _converted(
    rows: Sequence[tuple[Any, ...]], converters: dict[int, Callable[[Any], Any]]
) -> Sequence[tuple[Any, ...]]:
    """The rows with some places converted; None stays None."""
    if not converters:
        return rows
    changed = []
    for row in rows:
        values = list(row)
        for place, convert in converters.items():
            if values[place] is not None:
                values[place] = convert(values[place])
        changed.append(tuple(values))
    return changed


def _places(
    table: Table, action: Action, columns: Sequence[str], choose: Callable[[Column[Any]], Callable[[Any], Any] | None]
) -> dict[int, Callable[[Any], Any]]:
    """Converters by place in a row of an entry."""
    found = [(place, choose(table.c[name])) for place, name in enumerate(columns)]
    if action is not Action.UPDATE:
        return {place: convert for place, convert in found if convert}
    width = len(columns)
    return {at: convert for place, convert in found if convert for at in (1 + place, 1 + width + place)}


def to_log(entry: Entry) -> Entry:
    """The entry with all values as JSON has them; an entry without dates or documents is itself."""
    table = Base.metadata.tables[entry.table]
    converters = _places(table, entry.action, entry.columns, _to_log)
    return Entry(entry.table, entry.action, entry.columns, list(_converted(entry.rows, converters)))


def from_log(entry: Entry) -> Entry:
    """The entry with all values as the entity has them."""
    table = Base.metadata.tables[entry.table]
    converters = _places(table, entry.action, entry.columns, _from_log)
    return Entry(entry.table, entry.action, entry.columns, list(_converted(entry.rows, converters)))


class LogWriter:
    """Writes the entries of one change set, in the transaction of the changes themselves.

    Attributes:
        digests: Those of the entries written so far, for the chain.
    """

    def __init__(self, connection: Connection, set_key: str) -> None:
        self._connection = connection
        self._set_key = set_key
        self._position = 0
        self.digests: list[bytes] = []

    def add(self, entry: Entry) -> None:
        """Keep an entry, cut into batches; batches of new records cover a narrow range of keys."""
        logged = to_log(entry)
        keys = logged.keys()
        columns = json.dumps(logged.columns)
        made = []
        for start in range(0, len(keys), BATCH):
            part = keys[start : start + BATCH]
            made.append(
                {
                    "set_key": self._set_key,
                    "position": self._position,
                    "entity": logged.table,
                    "action": logged.action.value,
                    "size": len(part),
                    "first_key": min(part),
                    "last_key": max(part),
                    "columns": columns,
                    "body": encode(logged.rows[start : start + BATCH]),
                }
            )
            self._position += 1
        if made:
            self._connection.execute(insert(ChangeEntry), made)
            self.digests += [chain.entry_digest([one[name] for name in CHAINED]) for one in made]


def read_entries(rows: Iterable[tuple[str, str, str, str]]) -> Iterator[Entry]:
    """Entries of stored ``(entity, action, columns, body)`` rows, values as JSON has them."""
    for table, action, columns, body in rows:
        yield Entry(table, Action(action), tuple(json.loads(columns)), [tuple(row) for row in json.loads(body)])
