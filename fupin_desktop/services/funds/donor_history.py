"""What happened to the donors of a source, those that were taken out included."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.values import show
from fupin_desktop.storage.entities import ChangeEntry, ChangeSet, FundDonor
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.log import Action

_WORDS = {Action.INSERT: "新增捐赠人", Action.DELETE: "删除捐赠人"}
_TABLE = FundDonor.__tablename__


class DonorLine(NamedTuple):
    """One change, as :class:`services.history.HistoryLine` has it."""

    at: datetime
    who: str
    title: str
    label: str
    before: str
    after: str


def donor_lines(session: Session, key: str, limit: int) -> list[DonorLine]:
    """The changes of the donors of a source, or of one donor, the newest first.

    Args:
        session: The session.
        key: Key of the source or of a donor.
        limit: Operations read at most.
    """
    columns = (ChangeSet.at, ChangeSet.who, ChangeSet.title, ChangeEntry.action, ChangeEntry.columns, ChangeEntry.body)
    query = select(*columns).join(ChangeEntry, ChangeEntry.set_key == ChangeSet.key)
    query = query.where(ChangeEntry.entity == _TABLE).order_by(ChangeSet.number.desc(), ChangeEntry.position.desc())
    there = select(FundDonor.key, FundDonor.name).where((FundDonor.source_key == key) | (FundDonor.key == key))
    names: dict[str, str] = {donor: name for donor, name in session.execute(there)}  # noqa: C416 - rows, not pairs
    lines: list[DonorLine] = []
    for at, who, title, action, written, body in session.execute(query.limit(limit)):
        head = (at, who, title)
        names_of, rows = json.loads(written), json.loads(body)
        if action == Action.UPDATE:
            lines += _changed(head, names_of, rows, names)
        else:
            values = [dict(zip(names_of, row, strict=True)) for row in rows]
            lines += _came_or_went(head, Action(action), values, key, names)
    return lines


Head = tuple[datetime, str, str]


def _came_or_went(
    head: Head, action: Action, rows: list[dict[str, Any]], key: str, names: dict[str, str]
) -> Iterator[DonorLine]:
    """Donors added or taken out; the names of those taken out are learned for what happened to them before."""
    fields = of(FundDonor)
    for row in rows:
        if key not in (row["source_key"], row["key"]):
            continue
        names.setdefault(row["key"], row["name"])
        told = f"{row['name']} {show(fields['amount_fen'], row['amount_fen'])} 元"
        added = action is Action.INSERT
        yield DonorLine(*head, _WORDS[action], "" if added else told, told if added else "")


def _changed(head: Head, columns: list[str], rows: list[list[Any]], names: Mapping[str, str]) -> Iterator[DonorLine]:
    """Fields that really changed; where a donor stands in the list is no news."""
    fields, width = of(FundDonor), len(columns)
    for key, *values in rows:
        for column, before, after in zip(columns, values[:width], values[width:], strict=True):
            if key in names and before != after and column != "position":
                shown = (show(fields[column], value) for value in (before, after))
                yield DonorLine(*head, f"{names[key]} {fields[column].label}", *shown)
