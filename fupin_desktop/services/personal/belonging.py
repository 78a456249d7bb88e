"""What belongs to a household or person: every record that refers to it, and what refers to those."""

from __future__ import annotations

from collections import deque

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.storage import bulk
from fupin_desktop.storage.base import key_column
from fupin_desktop.storage.entities import Base

HOUSEHOLD_TABLE, PERSON_TABLE = "households", "persons"
GONE = "已删除"
"""Beginning of the name of a household whose personal data were removed."""
LOOSE = ("award_results", "payment_rows", "acceptance_rows")
"""Tables of accounts that name a household without a reference, because it may be gone while they stay."""
Keys = dict[str, list[str]]


def belonging(session: Session, table: str, keys: list[str]) -> Keys:
    """Keys of the records themselves and of all that belong to them, by table.

    Args:
        session: A session.
        table: ``households`` or ``persons``.
        keys: The records.
    """
    found: Keys = {table: keys}
    queue = deque([table])
    while queue:
        above = queue.popleft()
        for name, other in Base.metadata.tables.items():
            for column in other.columns:
                if any(one.column.table.name == above for one in column.foreign_keys):
                    known = set(found.get(name, ()))
                    fresh = [
                        key
                        for part in bulk.chunks(found[above])
                        for key in session.execute(select(key_column(other)).where(column.in_(part))).scalars()
                        if key not in known
                    ]
                    if fresh:
                        found[name] = [*found.get(name, ()), *fresh]
                        queue.append(name)
    return found


def old_accounts(session: Session, household: str, before: int) -> Keys:
    """Keys of payments and acceptances of a household of the years before one, which still name it.

    Calculated awards are not among them: they are what was decided, and archives.
    """
    found: Keys = {}
    for rows, batch in (("payment_rows", "payment_batches"), ("acceptance_rows", "acceptance_batches")):
        table, above = Base.metadata.tables[rows], Base.metadata.tables[batch]
        wanted = select(table.c.key).join(above, above.c.key == table.c.batch_key)
        old = wanted.where(table.c.household_key == household, above.c.year < before)
        keys = session.execute(old.where(table.c.head_name.not_like(f"{GONE}%"))).scalars().all()
        if keys:
            found[rows] = list(keys)
    return found


def accounts(session: Session, household: str) -> Keys:
    """Keys of the accounts of a household by table: calculated awards, payments, acceptances."""
    found: Keys = {}
    for name in LOOSE:
        table = Base.metadata.tables[name]
        keys = session.execute(select(table.c.key).where(table.c.household_key == household)).scalars().all()
        if keys:
            found[name] = list(keys)
    return found


def documents(session: Session, household: str) -> Keys:
    """Keys of the documents made for a household, of their typed values, opinions, reasons and kept papers."""
    applications = Base.metadata.tables["applications"]
    keys = session.execute(select(applications.c.key).where(applications.c.place_key == household)).scalars().all()
    return belonging(session, "applications", list(keys)) if keys else {}
