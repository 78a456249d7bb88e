"""What happened to the records of a register that belong, or belonged, to one record: those removed are told too."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.values import show
from fupin_desktop.storage.entities import ChangeEntry, ChangeSet
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.log import Action

_WORDS = {Action.INSERT: "新增", Action.DELETE: "删除"}
Head = tuple[datetime, str, str, int]


def past_lines(session: Session, child: Register, key: str, limit: int) -> list[HistoryLine]:
    """The changes of the records of a register that belong to a record, or of one of them, the newest first.

    For lists of few changes: it reads the log of the whole register from its end.

    Args:
        session: The session.
        child: The register.
        key: Key of what the records belong to, or of one record.
        limit: Operations read at most.
    """
    entity: Any = child.entity
    link = child.parent.column if child.parent is not None else "key"
    named = select(entity.key, getattr(entity, child.search.names[0]))
    there = named.where((getattr(entity, link) == key) | (entity.key == key))
    names: dict[str, str] = {record: name for record, name in session.execute(there)}  # noqa: C416 - rows, not pairs
    columns = (
        *(ChangeSet.at, ChangeSet.who, ChangeSet.title, ChangeSet.number),
        *(ChangeEntry.action, ChangeEntry.columns, ChangeEntry.body),
    )
    query = select(*columns).join(ChangeEntry, ChangeEntry.set_key == ChangeSet.key)
    query = query.where(ChangeEntry.entity == entity.__tablename__)
    query = query.order_by(ChangeSet.number.desc(), ChangeEntry.position.desc()).limit(limit)
    lines: list[HistoryLine] = []
    for at, who, title, number, action, written, body in session.execute(query):
        head, names_of, rows = (at, who, title, number), json.loads(written), json.loads(body)
        if action == Action.UPDATE:
            lines += _changed(child, head, names_of, rows, names)
        else:
            values = [dict(zip(names_of, row, strict=True)) for row in rows]
            own = [row for row in values if key in (row[link], row["key"])]
            names |= {row["key"]: row[child.search.names[0]] for row in own if row["key"] not in names}
            lines += _came_or_went(child, head, Action(action), own)
    return lines


def _came_or_went(child: Register, head: Head, action: Action, rows: list[dict[str, Any]]) -> Iterator[HistoryLine]:
    """Records added or removed, each by its name and its first sum."""
    fields = of(child.entity)
    summed = next((field for field in fields.values() if field.is_summed), None)
    for row in rows:
        amount = f" {show(summed, row[summed.name])} {summed.unit}" if summed else ""
        told = f"{row[child.search.names[0]]}{amount}"
        added = action is Action.INSERT
        texts = ("", told) if added else (told, "")
        yield HistoryLine(*head[:3], f"{_WORDS[action]}{child.title}", *texts, head[3])


def _changed(
    child: Register, head: Head, columns: list[str], rows: list[list[Any]], names: Mapping[str, str]
) -> Iterator[HistoryLine]:
    """Fields that really changed; what the program keeps by itself is no news."""
    fields, width = of(child.entity), len(columns)
    for key, *values in rows:
        for column, before, after in zip(columns, values[:width], values[width:], strict=True):
            field = fields.get(column)
            if key in names and before != after and field is not None and not field.derived:
                texts = show(field, before), show(field, after)
                yield HistoryLine(*head[:3], f"{names[key]} {field.label}", *texts, head[3])
