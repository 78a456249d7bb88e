"""What changes with the years for a household (class, members, account), kept so that earlier years stay as they were.

The household itself holds what counts now. A change counts from the year at work on, until the next one: what held
before is kept for the years up to the one before. Papers and calculations of a year read what counts for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, select
from sqlalchemy.orm import Session

from fupin_desktop.storage import bulk
from fupin_desktop.storage.entities import Base, EarlierFacts, Household, Participation
from fupin_desktop.storage.unit import Unit, table_of

NAMES = ("household_class", "own_class", "members", "bank_name", "account_name", "bank_account")
"""Attributes that are kept by year."""
_KEPT = table_of(EarlierFacts)


class Facts(NamedTuple):
    """What counted for a household in a year; the attributes are those of :data:`NAMES`, in their order."""

    household_class: str | None
    own_class: str | None
    members: int | None
    bank_name: str
    account_name: str
    bank_account: str


def of_year(session: Session, year: int, keys: Sequence[str] | None = None) -> dict[str, Facts]:
    """What counted in a year, by household; those for whom it is what the household itself holds are left out.

    Args:
        session: A session.
        year: The year.
        keys: Only these households; None for all.
    """
    return {key: Facts(*facts) for key, (_, *facts) in _records(session.connection(), year, keys).items()}


def any_of(session: Session, year: int) -> bool:
    """Whether for some household in a year something else counted than the household itself holds."""
    return session.scalar(select(EarlierFacts.key).where(EarlierFacts.until_year >= year).limit(1)) is not None


def value(attribute: Any, year: int) -> ColumnElement[Any]:
    """The SQL of what counted in a year of an attribute of the household."""
    kept: Any = getattr(EarlierFacts, attribute.key)
    mine = (EarlierFacts.household_key == Household.key, EarlierFacts.until_year >= year)
    first = select(kept).where(*mine).order_by(EarlierFacts.until_year).limit(1).correlate(Household).scalar_subquery()
    others = select(EarlierFacts.household_key).where(EarlierFacts.until_year >= year)
    return case((Household.key.in_(others), first), else_=attribute)


def update_many(unit: Unit, entity: type[Base], rows: Sequence[Any], names: Sequence[str], year: int) -> None:
    """Change records as ``Unit.update_many``, those of households for the year at work and those after it.

    Args:
        unit: The write.
        entity: What the records are.
        rows: Tuples of key and values.
        names: Columns of the values.
        year: The year at work.
    """
    kept = [name for name in names if name in NAMES] if entity is Household else []
    if not kept or not rows:
        unit.update_many(entity, rows, names)
        return
    unit.session.flush()
    wanted = {row[0]: dict(zip(names, row[1:], strict=True)) for row in rows}
    _keep_earlier(unit, wanted, kept, year)
    records = _records(unit.connection, year, list(wanted))
    lasting = [name for name in names if name not in kept]
    unit.update_many(Household, [_row(key, wanted[key], names) for key in wanted if key not in records], names)
    if lasting:
        unit.update_many(Household, [_row(key, wanted[key], lasting) for key in wanted if key in records], lasting)
    unit.update_many(EarlierFacts, [_row(records[key][0], wanted[key], kept) for key in wanted if key in records], kept)


def _row(key: str, values: Mapping[str, Any], names: Sequence[str]) -> tuple[Any, ...]:
    return key, *(values[name] for name in names)


def remove(unit: Unit, entity: type[Base], keys: Iterable[str]) -> None:
    """Remove what was kept of households that go."""
    if entity is Household:
        statement = (
            select(_KEPT.c.key).where(_KEPT.c.household_key.in_(part)) for part in bulk.chunks(list(keys))
        )
        unit.delete_many(EarlierFacts, [key for one in statement for key in unit.connection.execute(one).scalars()])


def _keep_earlier(unit: Unit, wanted: Mapping[str, Mapping[str, Any]], kept: Sequence[str], year: int) -> None:
    """Keep for the years before what counts until now, of the households for which it changes."""
    first = unit.connection.execute(select(func.min(table_of(Participation).c.year))).scalar()
    if first is None or first >= year:
        return
    before = _facts_of(unit.connection, list(wanted), year)
    changing = [
        key for key, facts in before.items() if any(getattr(facts, name) != wanted[key][name] for name in kept)
    ]
    there = set()
    for part in bulk.chunks(changing):
        statement = select(_KEPT.c.household_key).where(_KEPT.c.until_year == year - 1)
        there |= set(unit.connection.execute(statement.where(_KEPT.c.household_key.in_(part))).scalars())
    rows = [(key, year - 1, *before[key]) for key in changing if key not in there]
    unit.insert_many(EarlierFacts, rows, ("household_key", "until_year", *NAMES))


def _facts_of(connection: Connection, keys: Sequence[str], year: int) -> dict[str, Facts]:
    """What counts for households in a year."""
    found = {key: Facts(*row) for key, row in bulk.fetch_rows(connection, table_of(Household), NAMES, keys).items()}
    return found | {key: Facts(*facts) for key, (_, *facts) in _records(connection, year, keys).items()}


def _records(connection: Connection, year: int, keys: Sequence[str] | None) -> dict[str, tuple[Any, ...]]:
    """Key and facts of the kept record that counts in a year, by household."""
    columns = (_KEPT.c.household_key, _KEPT.c.key, *(_KEPT.c[name] for name in NAMES))
    statement = select(*columns).where(_KEPT.c.until_year >= year).order_by(_KEPT.c.until_year.desc())
    parts = [statement] if keys is None else [
        statement.where(_KEPT.c.household_key.in_(part)) for part in bulk.chunks(keys)
    ]
    return {row[0]: tuple(row[1:]) for one in parts for row in connection.execute(one)}
