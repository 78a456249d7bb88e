"""What columns of lists said of records that no register has a column for: kept by year, given back on export."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import KeptColumns
from fupin_desktop.storage.unit import Unit

Texts = dict[str, Any]
"""Values as they stood in the file, by the heading of their column."""


def texts_of(session: Session, owners: Sequence[str], year: int) -> dict[str, Texts]:
    """What lists said of records in a year, or last before it, by key of the record.

    Args:
        session: For reading.
        owners: Keys of the records.
        year: The year at work.
    """
    found: dict[str, Texts] = defaultdict(dict)
    statement = select(KeptColumns.owner_key, KeptColumns.texts).order_by(KeptColumns.year)
    for part in chunks(owners):
        chosen = statement.where(KeptColumns.owner_key.in_(part), KeptColumns.year <= year)
        for owner, texts in session.execute(chosen):
            found[owner].update(texts)
    return found


def differing(session: Session, said: Mapping[str, Texts], year: int) -> dict[str, Texts]:
    """What lists say now and did not say before, by key of the record."""
    before = texts_of(session, list(said), year)
    found = {}
    for owner, texts in said.items():
        known = before.get(owner, {})
        changed = {heading: value for heading, value in texts.items() if known.get(heading) != value}
        if changed:
            found[owner] = changed
    return found


def keep(unit: Unit, said: Mapping[str, Texts], year: int) -> None:
    """Keep what lists say of records in a year; headings that a list does not have stay as they were.

    Args:
        unit: The write.
        said: What they say, by key of the record.
        year: The year at work.
    """
    known: dict[str, tuple[str, Texts]] = {}
    statement = select(KeptColumns.owner_key, KeptColumns.key, KeptColumns.texts).where(KeptColumns.year == year)
    for part in chunks(list(said)):
        for owner, key, texts in unit.session.execute(statement.where(KeptColumns.owner_key.in_(part))):
            known[owner] = key, texts
    added = [(owner, year, texts) for owner, texts in said.items() if texts and owner not in known]
    changed = [
        (known[owner][0], {**known[owner][1], **texts}) for owner, texts in said.items() if texts and owner in known
    ]
    unit.insert_many(KeptColumns, added, ("owner_key", "year", "texts"))
    unit.update_many(KeptColumns, changed, ("texts",))


def forget(unit: Unit, owners: Sequence[str]) -> None:
    """Remove what is kept of records that are removed."""
    keys: list[str] = []
    for part in chunks(owners):
        keys += unit.session.scalars(select(KeptColumns.key).where(KeptColumns.owner_key.in_(part)))
    unit.delete_many(KeptColumns, keys)
