"""Writing read values to their entities, with everything that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from fupin_desktop.services.registers import derived
from fupin_desktop.services.registers.columns import VILLAGE, Column, Register
from fupin_desktop.storage import bulk, summaries
from fupin_desktop.storage.entities import Base, FarmItem, Household, Participation, Person
from fupin_desktop.storage.unit import Unit, table_of

Typed = Mapping[str, Mapping[Column, Any]]
ByEntity = dict[type[Base], dict[str, dict[str, Any]]]


def _by_entity(typed: Typed) -> ByEntity:
    """Values by entity and record; a village column writes its household's reference."""
    found: ByEntity = defaultdict(lambda: defaultdict(dict))
    for key, values in typed.items():
        for column, value in values.items():
            if column.info.key == VILLAGE:
                found[Household][key]["village_key"] = value
            else:
                found[column.entity][key][column.field.name] = value
    return found


def write(unit: Unit, register: Register, typed: Typed, year: int) -> None:
    """Change records, and what is derived from them."""
    found = _by_entity(typed)
    if Participation in found:
        _write_years(unit, found.pop(Participation), year)
    for entity, records in found.items():
        _update(unit, entity, records)
    _derive(unit, register, found)


def _update(unit: Unit, entity: type[Base], records: Mapping[str, Mapping[str, Any]]) -> None:
    """Change records, those with the same columns together."""
    grouped: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for key, values in records.items():
        grouped[tuple(values)].append((key, *values.values()))
    for names, rows in grouped.items():
        unit.update_many(entity, rows, names)


def _write_years(unit: Unit, records: Mapping[str, Mapping[str, Any]], year: int) -> None:
    """Change the households' participation of the year, made where it is missing."""
    households = _present(unit, list(records))
    known = _years(unit, households, year)
    missing = [(key, year) for key in households if key not in known]
    unit.insert_many(Participation, missing, ("household_key", "year"))
    years = _years(unit, households, year)
    _update(unit, Participation, {years[key]: values for key, values in records.items() if key in years})
    if any("area_milli" in values for values in records.values()):
        summaries.refresh(unit, households, year)


def _present(unit: Unit, keys: Sequence[str]) -> list[str]:
    """Those of the households that are still there, in order."""
    found = bulk.fetch_rows(unit.connection, table_of(Household), (), keys)
    return [key for key in keys if key in found]


def _years(unit: Unit, households: Sequence[str], year: int) -> dict[str, str]:
    """Keys of participations by household."""
    return {
        household: key
        for part in bulk.chunks(households)
        for household, key in unit.session.execute(
            select(Participation.household_key, Participation.key).where(
                Participation.household_key.in_(part), Participation.year == year
            )
        )
    }


def _touching(records: Mapping[str, Mapping[str, Any]], names: frozenset[str]) -> list[str]:
    return [key for key, values in records.items() if names & values.keys()]


def _derive(unit: Unit, register: Register, found: ByEntity) -> None:
    if register is Register.HOUSEHOLDS:
        changed = _touching(found.get(Household, {}), derived.HOUSEHOLD_WORDS)
        derived.refresh_households(unit, changed)
        moved = _touching(found.get(Household, {}), frozenset({"village_key"}))
        derived.refresh_persons(unit, derived.persons_of(unit, moved))
    elif register is Register.PERSONS:
        derived.refresh_persons(unit, _touching(found.get(Person, {}), derived.PERSON_WORDS))
    else:
        derived.refresh_sums_of_items(unit, _touching(found.get(FarmItem, {}), derived.ITEM_SUMS))


def insert(unit: Unit, register: Register, typed: Mapping[Column, Any], year: int, household: str) -> str:
    """Add a record, and what is derived from it; its key."""
    found = {entity: records[""] for entity, records in _by_entity({"": typed}).items()}
    own = dict(found.get(register.entity, {}))
    if register is not Register.HOUSEHOLDS:
        own["household_key"] = household
    if register is Register.FARM_ITEMS:
        own["year"] = year
    (key,) = unit.insert_many(register.entity, [own])
    if register is Register.HOUSEHOLDS:
        unit.insert_many(Participation, [{"household_key": key, "year": year, **found.get(Participation, {})}])
        derived.refresh_households(unit, [key])
        summaries.refresh(unit, [key], year)
    elif register is Register.FARM_ITEMS:
        summaries.refresh(unit, [household], year)
    else:
        derived.refresh_persons(unit, [key])
    return key
