"""Whether the records are what the log says: the log is played again, and what comes out compared with the tables.

Finds what was written past the program: a changed amount, a removed household, a record smuggled in. What the log never
told, because a migration made it or it is kept by itself, is only counted.
"""

from __future__ import annotations

import json
import marshal
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import DateTime, LargeBinary, Table

from fupin_desktop.storage.base import key_column
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.log import Action
from fupin_desktop.storage.unit import entity_named

_TOLD = 5
_NOTED = "settings"
"""Where the program notes what is nobody's operation, as the day of the last check."""
_UNKNOWN = ...
_LOG = """
SELECT e.action, e.columns, e.body FROM change_entries e JOIN change_sets s ON s.key = e.set_key
WHERE e.entity = ? ORDER BY s.number, e.position
"""


class Replayed(NamedTuple):
    """What came of one table.

    Attributes:
        table: The table.
        held: Records it holds.
        changed: Keys of records that are not as they were logged, some of them.
        changed_count: How many.
        lost: Keys of records that are gone though nothing in the log removed them, some of them.
        lost_count: How many.
        unlogged: Records that the log never told of.
    """

    table: str
    held: int
    changed: tuple[str, ...]
    changed_count: int
    lost: tuple[str, ...]
    lost_count: int
    unlogged: int


def tables() -> list[str]:
    """The tables whose records are logged."""
    return [name for name in Base.metadata.tables if entity_named(name).logged]


def replay(connection: sqlite3.Connection, name: str) -> Replayed:
    """Compare the records of a table with the log.

    Args:
        connection: A connection of the driver.
        name: The table.
    """
    table = Base.metadata.tables[name]
    columns = [column.name for column in table.columns if _is_compared(table, column.name)]
    states = _states(connection, table, columns)
    moments = [place for place, column in enumerate(columns) if isinstance(table.c[column].type, DateTime)]
    key, listed = key_column(table).name, ", ".join(f'"{column}"' for column in columns)
    count, unlogged, changed = 0, 0, []
    for row in connection.execute(f'SELECT "{key}", {listed or "1"} FROM "{name}"'):  # noqa: S608 - names of our own
        count += 1
        known = states.pop(row[0], _UNKNOWN)
        if known is _UNKNOWN:
            unlogged += name != _NOTED
        elif known is None or not _agree(marshal.loads(known), row[1:], moments):  # noqa: S302 - packed below
            changed.append(row[0])
    lost = [key for key, state in states.items() if state is not None]
    return Replayed(
        name, count, tuple(changed[:_TOLD]), len(changed), tuple(lost[:_TOLD]), len(lost), unlogged
    )  # fmt: skip


def _is_compared(table: Table, column: str) -> bool:
    """Large content has its own checksum; what the program keeps by itself may be made anew."""
    field = of(entity_named(table.name)).get(column)
    return not isinstance(table.c[column].type, LargeBinary) and not (field is not None and field.derived)


def _states(connection: sqlite3.Connection, table: Table, columns: Sequence[str]) -> dict[str, Any]:
    """What the log makes of every record, packed small; None for a removed one."""
    places = {column: place for place, column in enumerate(columns)}
    key = key_column(table).name
    states: dict[str, Any] = {}
    for action, written, body in connection.execute(_LOG, (table.name,)):
        names = json.loads(written)
        for row in json.loads(body):
            if action == Action.UPDATE:
                _put(states, row[0], places, names, row[1 + len(names) :])
            elif action == Action.INSERT:
                states[row[names.index(key)]] = None
                _put(states, row[names.index(key)], places, names, row)
            else:
                states[row[names.index(key)]] = None
    return states


def _put(
    states: dict[str, Any], key: str, places: Mapping[str, int], names: Sequence[str], values: Sequence[Any]
) -> None:
    packed = states.get(key)
    state = [_UNKNOWN] * len(places) if packed is None else marshal.loads(packed)  # noqa: S302 - packed below
    for name, value in zip(names, values, strict=True):
        place = places.get(name)
        if place is not None:
            state[place] = value
    states[key] = marshal.dumps(state)


def _agree(logged: Sequence[Any], stored: Sequence[Any], moments: Sequence[int]) -> bool:
    return all(
        one is _UNKNOWN or one == other or (place in moments and _moment(one) == _moment(other))
        for place, (one, other) in enumerate(zip(logged, stored, strict=False))
    )


def _moment(text: Any) -> Any:
    return datetime.fromisoformat(text) if isinstance(text, str) else text
