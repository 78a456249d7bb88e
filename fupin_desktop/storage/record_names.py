"""What records are called by what the data file says of them now: a word of their own after that of their owner."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from fupin_desktop.storage import bulk
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.table_names import called, word_columns
from fupin_desktop.storage.unit import entity_named

_OWNERS = ("household_key", "village_key", "application_key", "project_key", "entity_key", "source_key", "batch_key")
"""Columns whose record tells whose a record without a word of its own is."""


def target_of(table: Table, column: str) -> Table | None:
    """The table whose records a column names; None where it names none."""
    named = table.c[column].foreign_keys if column in table.c else ()
    return next((one.column.table for one in named), None)


def reference_label(table: Table, column: str) -> str:
    """What a column that names records without being a field of its own is called, e.g. 行政村; empty for another."""
    target = target_of(table, column)
    if target is None:
        return ""
    fields = of(entity_named(target.name))
    words = word_columns(tuple(one.name for one in target.columns))
    return next((fields[word].label for word in words if word in fields), called(target.name))


def names_of(connection: Connection, table: Table, keys: Sequence[str]) -> dict[str, str]:
    """Names of records that are still there, by their keys."""
    columns = tuple(column.name for column in table.columns)
    words = word_columns(columns)
    owners = [name for name in _OWNERS if name in columns][:1]
    rows = bulk.fetch_rows(connection, table, [*owners, *words], keys)
    owned = [dict(zip(owners, values, strict=False)) for values in rows.values()]
    found = {}
    for (key, values), owner in zip(rows.items(), owners_of(connection, table, owned), strict=True):
        word = next((str(value) for value in values[len(owners) :] if value), "")
        found[key] = " ".join(part for part in (owner, word) if part)
    return found


def owner_keys(values: Mapping[str, Any]) -> list[str]:
    """Keys of what a record of these values belongs to, the nearest first."""
    return [str(values[name]) for name in _OWNERS if values.get(name)]


def owners_of(connection: Connection, table: Table, records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The words of what records of these values belong to, asked for all at once; empty where that has none."""
    targets = {name: target for name in _OWNERS if (target := target_of(table, name)) is not None}
    named = [next(((targets[one], str(values[one])) for one in targets if values.get(one)), None) for values in records]
    keys: dict[Table, dict[str, None]] = {target: {} for target in targets.values() if target is not table}
    for one in named:
        if one is not None and one[0] in keys:
            keys[one[0]][one[1]] = None
    found = {(target, key): word for target, asked in keys.items() for key, word in _words(connection, target, asked)}
    return ["" if one is None else found.get(one, "") for one in named]


def _words(connection: Connection, table: Table, keys: Mapping[str, None]) -> Iterator[tuple[str, str]]:
    """The word of each record that is there."""
    wanted = word_columns(tuple(column.name for column in table.columns))
    if wanted:
        for key, words in bulk.fetch_rows(connection, table, wanted, list(keys)).items():
            yield key, next((str(word) for word in words if word), "")
