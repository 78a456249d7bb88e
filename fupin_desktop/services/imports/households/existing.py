"""What the data file already holds of the households that an import may touch."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from fupin_desktop.services.imports.households.grouping import FARM_NAMES, HOUSEHOLD_NAMES, YEAR_NAMES
from fupin_desktop.services.imports.households.persons import PERSON_NAMES
from fupin_desktop.storage import earlier_facts
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import FarmItem, Household, Participation, Person, Town, Village
from fupin_desktop.storage.unit import table_of

Row = tuple[Any, ...]
_MANY = 5_000


@dataclass(slots=True)
class Known:
    """A household of the data file; ``values`` are in the order of ``HOUSEHOLD_NAMES``."""

    key: str
    village: str
    town: str
    values: Row

    def value(self, name: str) -> Any:
        """One value by its column."""
        return self.values[HOUSEHOLD_NAMES.index(name)]


@dataclass(slots=True)
class Existing:
    """All households, findable by number, code and name."""

    households: list[Known] = field(default_factory=list)
    by_number: dict[str, Known] = field(default_factory=dict)
    by_code: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[tuple[str, str, str], list[Known]] = field(default_factory=lambda: defaultdict(list))


def load_existing(session: Session, year: int) -> Existing:
    """All households of the data file, with what counts in a year."""
    table, villages, towns = table_of(Household), table_of(Village), table_of(Town)
    found = Existing()
    if not session.execute(select(func.count()).select_from(table)).scalar():
        return found
    columns = [table.c[name] for name in HOUSEHOLD_NAMES]
    joined = table.join(villages, villages.c.key == table.c.village_key).join(towns, towns.c.key == villages.c.town_key)
    statement = select(table.c.key, villages.c.name, towns.c.name, *columns).select_from(joined).order_by(table.c.key)
    number, code, name, group = (
        HOUSEHOLD_NAMES.index(one) for one in ("head_id_number", "code", "head_name", "group_name")
    )
    earlier = earlier_facts.of_year(session, year)
    for row in session.execute(statement):
        values = row[3:] if row[0] not in earlier else _as_of(row[3:], earlier[row[0]])
        known = Known(row[0], row[1], row[2], values)
        found.households.append(known)
        if known.values[number]:
            found.by_number.setdefault(known.values[number], known)
        if known.values[code]:
            found.by_code[known.values[code]].append(known)
        found.by_name[known.village, known.values[group], known.values[name]].append(known)
    return found


def _as_of(values: Row, facts: earlier_facts.Facts) -> Row:
    """Values with those that counted in the year."""
    kept = facts._asdict()
    return tuple([kept.get(name, value) for name, value in zip(HOUSEHOLD_NAMES, values, strict=True)])


def load_years(session: Session, keys: Sequence[str], year: int) -> dict[str, Row]:
    """Participation of the households in the year: key, then ``YEAR_NAMES``."""
    rows = _of_households(session, table_of(Participation), YEAR_NAMES, keys, year)
    return {key: values[0] for key, values in rows.items()}


def load_farm(session: Session, keys: Sequence[str], year: int) -> dict[str, list[Row]]:
    """Farm items of the households in the year: key, then ``FARM_NAMES``."""
    return _of_households(session, table_of(FarmItem), FARM_NAMES, keys, year)


def load_persons(session: Session, keys: Sequence[str]) -> dict[str, list[Row]]:
    """Persons of the households: key, then ``PERSON_NAMES``."""
    return _of_households(session, table_of(Person), PERSON_NAMES, keys, None)


def _of_households(
    session: Session, table: Table, names: Sequence[str], keys: Sequence[str], year: int | None
) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    columns = [table.c.household_key, table.c.key, *[table.c[name] for name in names]]
    statement = select(*columns).order_by(table.c.key)
    if year is not None:
        statement = statement.where(table.c.year == year)
    if len(keys) > _MANY:
        statements = [statement]  # one walk through the table is quicker than thousands of questions
    else:
        statements = [statement.where(table.c.household_key.in_(part)) for part in chunks(keys)]
    for one in statements:
        for row in session.execute(one):
            found[row[0]].append(row[1:])
    return found
