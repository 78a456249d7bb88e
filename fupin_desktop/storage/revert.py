"""Taking a logged operation back, from the log alone, whatever its tables are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from fupin_desktop.errors import NotAllowed
from fupin_desktop.storage import bulk
from fupin_desktop.storage.entities import Base, ChangeEntry
from fupin_desktop.storage.log import Action, Entry, from_log, read_entries
from fupin_desktop.storage.unit import Unit, entity_named, table_of

Tell = Callable[[int, int], None]
_CHANGED_SINCE = "其中有 {count} 条记录后来又被修改或删除，不能单独撤销这一步。"
_USED_SINCE = "其中的记录后来已被别的资料引用，不能单独撤销这一步。"
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
            _REVERT[entry.action](unit, from_log(entry))
        unit.session.flush()
    except IntegrityError as error:
        raise NotAllowed(_USED_SINCE, todo="请先撤销后来的修改。") from error


def _known_shape(entry: Entry) -> None:
    """A log written for columns that exist no more cannot be replayed."""
    table = Base.metadata.tables.get(entry.table)
    if table is None or any(name not in table.c for name in entry.columns):
        raise NotAllowed(_OTHER_SHAPE, todo="请直接修改记录。")


def _require(unit: Unit, entry: Entry, expected: dict[str, tuple[Any, ...]], names: tuple[str, ...]) -> None:
    """The records must stand as the operation left them."""
    found = bulk.fetch_rows(unit.connection, Base.metadata.tables[entry.table], names, list(expected))
    differing = sum(found.get(key) != values for key, values in expected.items())
    if differing:
        raise NotAllowed(_CHANGED_SINCE.format(count=differing), todo="请先撤销后来的修改，或直接修改记录。")


def _take_out(unit: Unit, entry: Entry) -> None:
    """Added records go again."""
    keys = entry.keys()
    _require(unit, entry, dict(zip(keys, entry.rows, strict=True)), entry.columns)
    unit.delete_many(entity_named(entry.table), keys)


def _put_back(unit: Unit, entry: Entry) -> None:
    """Removed records come back with the keys they had."""
    unit.insert_many(entity_named(entry.table), entry.rows, entry.columns)


def _set_back(unit: Unit, entry: Entry) -> None:
    """Changed values become what they were before."""
    width = len(entry.columns)
    _require(unit, entry, {row[0]: row[1 + width :] for row in entry.rows}, entry.columns)
    unit.update_many(entity_named(entry.table), [row[: 1 + width] for row in entry.rows], entry.columns)


_REVERT = {Action.INSERT: _take_out, Action.DELETE: _put_back, Action.UPDATE: _set_back}
