"""Closed years: nothing of theirs is added, changed or removed, whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from sqlalchemy import Connection, Table, text

from fupin_desktop.errors import YearClosed
from fupin_desktop.storage import bulk
from fupin_desktop.storage.closed_years import CLOSED
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.log import Action, Entry

_BELONGS = ("application_key", "run_key")
"""Columns that name what a record without an ``owner`` belongs to."""


def closed_years(connection: Connection) -> frozenset[int]:
    """The years that are closed now."""
    return frozenset(connection.execute(text(CLOSED)).scalars())


def refuse(connection: Connection, entity: type[Base], entry: Entry, closed: frozenset[int]) -> None:
    """Refuse a change of records of a closed year.

    Args:
        connection: The connection of the write.
        entity: What the records are.
        entry: What was done to them.
        closed: The closed years.

    Raises:
        YearClosed: One of them belongs to such a year, before the change or after it.
    """
    table = Base.metadata.tables[entry.table]
    way = _way(entry.table)
    if way is None:
        return
    values = _given(entry, way) or list(bulk.fetch_rows(connection, table, (way,), entry.keys()).values())
    if entry.action is Action.UPDATE and way in entry.columns:
        values += [(row[1 + entry.columns.index(way)],) for row in entry.rows]
    for year in _years(connection, entity.__tablename__, way, [row[0] for row in values]):
        if year in closed:
            raise YearClosed(year)


def _given(entry: Entry, way: str) -> list[tuple[object, ...]]:
    """The values of a column that the entry itself holds; none for a change, which tells what it changed alone."""
    if entry.action is Action.UPDATE or way not in entry.columns:
        return []
    place = entry.columns.index(way)
    return [(row[place],) for row in entry.rows]


def _years(connection: Connection, table: str, way: str, values: Sequence[object]) -> Iterator[int]:
    """The years that values of a column lead to: its own, that of its date, or that of what it refers to."""
    known = {value for value in values if value is not None}
    if way == "year":
        yield from (value for value in known if isinstance(value, int))
    elif way == _entity(table).dated_by:
        yield from {int(str(value)[:4]) for value in known}
    elif known:
        above = _referred(table, way)
        further = _way(above.name)
        assert further is not None
        rows = bulk.fetch_rows(connection, above, (further,), [str(value) for value in known])
        yield from _years(connection, above.name, further, [row[0] for row in rows.values()])


def of_a_year(table: str) -> bool:
    """Whether the records of a table belong each to a year."""
    return _way(table) is not None


@cache
def _entity(table: str) -> type[Base]:
    entities: list[type[Base]] = [mapper.class_ for mapper in Base.registry.mappers]
    return next(entity for entity in entities if entity.__tablename__ == table)


def _referred(table: str, column: str) -> Table:
    return next(iter(Base.metadata.tables[table].c[column].foreign_keys)).column.table


@cache
def _way(table: str) -> str | None:
    """The column that leads to a record's year; None where its records belong to no year."""
    columns, entity = Base.metadata.tables[table].c, _entity(table)
    if entity.lasting:
        return None
    if "year" in columns or entity.dated_by:
        return "year" if "year" in columns else entity.dated_by
    owner = entity.owner or next((name for name in _BELONGS if name in columns), "")
    referred = bool(owner) and bool(columns[owner].foreign_keys)
    return owner if referred and _way(_referred(table, owner).name) is not None else None
