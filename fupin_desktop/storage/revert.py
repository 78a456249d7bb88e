"""Taking a logged operation back, from the log alone, whatever its tables are."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.exc import IntegrityError

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage import bulk
from fupin_desktop.storage.base import key_column
from fupin_desktop.storage.entities import Base, ChangeEntry, ChangeSet
from fupin_desktop.storage.log import Action, Entry, from_log, key_name, read_entries
from fupin_desktop.storage.table_names import called
from fupin_desktop.storage.unit import Unit, entity_named, table_of

Tell = Callable[[int, int], None]
_CHANGED_SINCE = "其中有 {count} 条{name}后来又被修改或删除，不能单独撤销这一步。{later}"
_USED_SINCE = "其中的记录后来已被别的资料引用，不能单独撤销这一步。"
_USED_BY = "其中的{name}后来已被{users}引用，不能单独撤销这一步。"
_TOLD = 3
_OTHER_SHAPE = "这一步是旧版本程序记录的，不能再撤销。"


def revert(unit: Unit, set_key: str, tell: Tell | None = None) -> None:
    """Take back all changes of a change set, the last first; the unit logs it as a change of its own.

    Args:
        unit: The write.
        set_key: Key of the change set.
        tell: Told how many of how many batches are taken back.

    Raises:
        NotAllowed: A record was changed, removed or referred to since, so that taking back would lose that.
    """
    entries = table_of(ChangeEntry)
    columns = (entries.c.entity, entries.c.action, entries.c.columns, entries.c.body)
    stored = unit.connection.execute(
        select(*columns).where(entries.c.set_key == set_key).order_by(entries.c.position.desc())
    ).all()
    try:
        for done, entry in enumerate(read_entries(tuple(row) for row in stored)):
            if tell is not None:
                tell(done, len(stored))
            _known_shape(entry)
            _REVERT[entry.action](unit, from_log(entry), set_key)
        unit.session.flush()
    except IntegrityError as error:
        raise NotAllowed(_USED_SINCE, todo="请先撤销后来的修改。") from error


def _known_shape(entry: Entry) -> None:
    """A log written for columns that exist no more cannot be replayed."""
    table = Base.metadata.tables.get(entry.table)
    if table is None or any(name not in table.c for name in entry.columns):
        raise NotAllowed(_OTHER_SHAPE, todo="请直接修改记录。")


def _require(unit: Unit, entry: Entry, expected: dict[str, tuple[Any, ...]], set_key: str) -> None:
    """The records must stand as the operation left them."""
    found = bulk.fetch_rows(unit.connection, Base.metadata.tables[entry.table], entry.columns, list(expected))
    differing = {key for key, values in expected.items() if found.get(key) != values}
    if differing:
        later = _told(list(_later(unit, entry.table, differing, set_key)))
        told = _CHANGED_SINCE.format(count=len(differing), name=called(entry.table), later=later)
        raise NotAllowed(told, todo="请先撤销后来的修改，或直接修改记录。")


def _later(unit: Unit, table: str, keys: Collection[str], set_key: str) -> Iterator[str]:
    """The operations that changed records after another one, the newest first."""
    sets, entries = table_of(ChangeSet), table_of(ChangeEntry)
    mine = select(sets.c.number).where(sets.c.key == set_key).scalar_subquery()
    single = and_(entries.c.size == 1, entries.c.first_key.in_(bulk.few(keys)))
    batch = and_(entries.c.size > 1, entries.c.first_key <= max(keys), entries.c.last_key >= min(keys))
    statement = (
        select(sets.c.title, sets.c.who, sets.c.at, entries.c.action, entries.c.columns, entries.c.body)
        .join(entries, entries.c.set_key == sets.c.key)
        .where(sets.c.number > mine, entries.c.entity == table, or_(single, batch))
        .order_by(sets.c.number.desc(), entries.c.position.desc())
    )
    for row in unit.connection.execute(statement):
        place = 0 if row.action == Action.UPDATE else json.loads(row.columns).index(key_name(table))
        if any(values[place] in keys for values in json.loads(row.body)):
            yield f"“{row.title}”({row.who} {row.at:%Y-%m-%d %H:%M})".replace("( ", "(")


def _told(operations: list[str]) -> str:
    """The operations as a sentence; an operation of many parts once."""
    found = list(dict.fromkeys(operations))
    if not found:
        return ""
    more = f"等 {len(found)} 项" if len(found) > _TOLD else ""
    return f"后来的操作：{'、'.join(found[:_TOLD])}{more}。"


def _require_unused(unit: Unit, entry: Entry) -> None:
    """Nothing may refer to the records that are to go, but for what has gone already."""
    table = Base.metadata.tables[entry.table]
    users = []
    for other in Base.metadata.sorted_tables:
        for column in other.columns:
            if any(one.column is key_column(table) for one in column.foreign_keys):
                count = sum(
                    unit.connection.execute(select(func.count()).select_from(other).where(column.in_(part))).scalar_one()
                    for part in bulk.chunks(entry.keys())
                )
                users += [f" {count:,} 条{called(other.name)}"] if count else []
    if users:
        told = _USED_BY.format(name=called(entry.table), users="、".join(users))
        raise NotAllowed(told, todo="请先撤销后来的操作，或删除那些记录。")


def _take_out(unit: Unit, entry: Entry, set_key: str) -> None:
    """Added records go again."""
    keys = entry.keys()
    _require(unit, entry, dict(zip(keys, entry.rows, strict=True)), set_key)
    try:
        unit.delete_many(entity_named(entry.table), keys)
    except IntegrityError:
        _require_unused(unit, entry)
        raise


def _put_back(unit: Unit, entry: Entry, _set_key: str) -> None:
    """Removed records come back with the keys they had."""
    unit.insert_many(entity_named(entry.table), entry.rows, entry.columns)


def _set_back(unit: Unit, entry: Entry, set_key: str) -> None:
    """Changed values become what they were before."""
    width = len(entry.columns)
    _require(unit, entry, {row[0]: row[1 + width :] for row in entry.rows}, set_key)
    unit.update_many(entity_named(entry.table), [row[: 1 + width] for row in entry.rows], entry.columns)


_REVERT = {Action.INSERT: _take_out, Action.DELETE: _put_back, Action.UPDATE: _set_back}
