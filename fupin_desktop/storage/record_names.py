"""What records are called by what the data file says of them now: a word of their own after that of their owner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, select

from fupin_desktop.storage import bulk
from fupin_desktop.storage.base import key_column
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
    found = {}
    for key, values in bulk.fetch_rows(connection, table, [*owners, *words], keys).items():
        owner = owner_of(connection, table, dict(zip([*owners, *words], values, strict=True))) if owners else ""
        word = next((str(value) for value in values[len(owners) :] if value), "")
        found[key] = " ".join(part for part in (owner, word) if part)
    return found


def owner_keys(values: Mapping[str, Any]) -> list[str]:
    """Keys of what a record of these values belongs to, the nearest first."""
    return [str(values[name]) for name in _OWNERS if values.get(name)]


def owner_of(connection: Connection, table: Table, values: Mapping[str, Any]) -> str:
    """The word of what a record of these values belongs to; empty where it belongs to nothing that has one."""
    for name in _OWNERS:
        target = target_of(table, name) if values.get(name) else None
        if target is not None:
            wanted = [target.c[one] for one in word_columns(tuple(column.name for column in target.columns))]
            if target is table or not wanted:
                return ""
            row = connection.execute(select(*wanted).where(key_column(target) == values[name])).first()
            return next((str(word) for word in row or () if word), "")
    return ""
