"""Removing a person's data by law: from the records and from what the log says of them before and after.

Nothing of it can be undone. What is rewritten in the log is told by the removing operation with the digests of what it
is now, and what it was stays in the chain by its digest (``storage.chain``).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, and_, func, or_, select, update

from fupin_desktop.storage import bulk, chain, changes
from fupin_desktop.storage.document_type import dump_document
from fupin_desktop.storage.entities import Base, ChangeEntry, ChangeSet
from fupin_desktop.storage.log import CHAINED, Action, Entry, encode, key_name
from fupin_desktop.storage.unit import Unit, table_of

_SETS, _ENTRIES = table_of(ChangeSet), table_of(ChangeEntry)
_PARTS = tuple(_ENTRIES.c[name] for name in ("set_key", "position", *CHAINED, "digest"))
Told = tuple[str, str, str]
"""Key of an operation, position in it, digest of what stands there now."""
Values = Mapping[str, Mapping[str, Any]]
"""What is put into a record's columns, by its key."""


def forget(unit: Unit, wanted: Mapping[str, Values], names: Mapping[str, str]) -> int:
    """Put other values into records, and into everything the log has of these columns.

    Args:
        unit: The write; it logs what was put in, and not what was there.
        wanted: By table and key the columns with their new values.
        names: What stands in titles of operations now, by the name that stood there.

    Returns:
        How many operations of the log were rewritten.
    """
    for table, values in wanted.items():
        _put(unit, table, values)
    told: dict[str, dict[str, str]] = {}
    for key, position, digest in (*_rewrite(unit, wanted), *_retitle(unit, wanted, names)):
        told.setdefault(key, {})[position] = digest
    changes.seal(unit.connection, {table: list(values) for table, values in wanted.items()})
    rows = [(key, None, digests) for key, digests in told.items()]
    unit.log_only(Entry(chain.REDACTED, Action.UPDATE, ("digest",), rows))
    return len(rows)


def _put(unit: Unit, table: str, values: Values) -> None:
    """Change the records, each set of columns together, without telling the log what was there."""
    groups: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
    for key, given in values.items():
        groups.setdefault(tuple(given), []).append((key, *given.values()))
    stored = Base.metadata.tables[table]
    for columns, rows in groups.items():
        bulk.update_rows(unit.connection, stored, columns, rows)
        unit.log_only(Entry(table, Action.UPDATE, columns, [(row[0], *row[1:], *row[1:]) for row in rows]))


# ---- the log ----
def _rewrite(unit: Unit, wanted: Mapping[str, Values]) -> list[Told]:
    """Rewrite the entries about the records."""
    found: list[Told] = []
    for table, values in wanted.items():
        for row in _about(unit, table, values):
            body = _cleaned(table, row, values)
            if body != row.body:
                found.append(_replace(unit, row, body))
    return found


def _about(unit: Unit, table: str, values: Values) -> Sequence[Row[Any]]:
    keys = sorted(values)
    found: dict[tuple[str, int], Row[Any]] = {}
    mine = _ENTRIES.c.set_key != unit.set_key
    for part in bulk.chunks(keys):
        single = and_(_ENTRIES.c.size == 1, _ENTRIES.c.first_key.in_(part))
        batch = and_(_ENTRIES.c.size > 1, _ENTRIES.c.first_key <= part[-1], _ENTRIES.c.last_key >= part[0])
        statement = select(*_PARTS).where(_ENTRIES.c.entity == table, mine, or_(single, batch))
        found |= {(row.set_key, row.position): row for row in unit.connection.execute(statement)}
    return list(found.values())


def _cleaned(table: str, row: Row[Any], values: Values) -> str:
    """The body of an entry with the new values in the place of the old ones."""
    names: list[str] = json.loads(row.columns)
    update_of = row.action == Action.UPDATE
    at = 0 if update_of else names.index(key_name(table)) if key_name(table) in names else 0
    rows = json.loads(row.body)
    for one in rows:
        for name, given in values.get(one[at], {}).items():
            if name not in names:
                continue
            value = dump_document(given) if isinstance(given, dict) else given
            place = names.index(name)
            for where in (1 + place, 1 + len(names) + place) if update_of else (place,):
                one[where] = value if one[where] not in (None, "") else one[where]
    return encode(rows)


def _replace(unit: Unit, row: Row[Any], body: str) -> Told:
    """Put a body into an entry that keeps the digest of what it was."""
    parts = {name: getattr(row, name) for name in CHAINED}
    kept = row.digest or chain.entry_digest([parts[name] for name in CHAINED]).hex()
    here = and_(_ENTRIES.c.set_key == row.set_key, _ENTRIES.c.position == row.position)
    unit.connection.execute(update(_ENTRIES).where(here).values(body=body, digest=kept))
    now = chain.entry_digest([{**parts, "body": body}[name] for name in CHAINED]).hex()
    return row.set_key, str(row.position), now


def _retitle(unit: Unit, wanted: Mapping[str, Values], names: Mapping[str, str]) -> list[Told]:
    """Take names out of the titles of operations on these records; all their entries are told then."""
    if not names:
        return []
    found: list[Told] = []
    touched: set[str] = set()
    for table, values in wanted.items():
        for part in bulk.chunks(sorted(values)):
            about = select(_ENTRIES.c.set_key).where(changes.touching(table, part))
            touched |= set(unit.connection.execute(about).scalars())
    for part in bulk.chunks(sorted(touched - {unit.set_key})):
        says = or_(*(func.instr(_SETS.c.title, name) > 0 for name in names))
        for row in unit.connection.execute(select(_SETS).where(_SETS.c.key.in_(part), says)).all():
            found += _rename(unit, row, names)
    return found


def _rename(unit: Unit, row: Row[Any], names: Mapping[str, str]) -> list[Told]:
    title = row.title
    for name in sorted(names, key=len, reverse=True):  # 张三丰 before 张三, who stands in it
        title = title.replace(name, names[name])
    unit.connection.execute(update(_SETS).where(_SETS.c.key == row.key).values(title=title))
    head = chain.Head(
        row.number, row.key, row.operation, title, row.who, chain.moment(row.at), row.kind, row.reverts_key
    )
    entries = unit.connection.execute(select(*_PARTS).where(_ENTRIES.c.set_key == row.key)).all()
    return [(row.key, chain.HEAD, chain.head_digest(head)), *(_replace(unit, entry, entry.body) for entry in entries)]
