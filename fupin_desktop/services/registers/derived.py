"""Search words and sums that follow from what was typed, brought up to date in the same write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from fupin_desktop.storage import summaries
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import FarmItem, Household, Person, Village
from fupin_desktop.storage.search_keys import search_key, sort_key
from fupin_desktop.storage.unit import Unit

HOUSEHOLD_WORDS = frozenset({"head_name", "head_id_number", "code", "village_key"})
PERSON_WORDS = frozenset({"name", "id_number", "code"})
ITEM_SUMS = frozenset(summaries.ItemFacts._fields)


def refresh_households(unit: Unit, keys: Iterable[str]) -> None:
    """Search and sort words of these households."""
    unit.session.flush()
    columns = (Household.key, Household.head_name, Household.head_id_number, Village.name, Household.code)
    statement = select(*columns).join(Village, Village.key == Household.village_key)
    words = [
        (key, search_key(name, number, village, code), sort_key(name))
        for part in chunks(list(keys))
        for key, name, number, village, code in unit.session.execute(statement.where(Household.key.in_(part)))
    ]
    unit.update_many(Household, words, ("search_key", "head_sort"))


def refresh_persons(unit: Unit, keys: Iterable[str]) -> None:
    """Search and sort words of these persons."""
    unit.session.flush()
    columns = (Person.key, Person.name, Person.id_number, Village.name, Person.code)
    statement = select(*columns).join(Household, Household.key == Person.household_key).join(Village)
    words = [
        (key, search_key(name, number, village, code), sort_key(name))
        for part in chunks(list(keys))
        for key, name, number, village, code in unit.session.execute(statement.where(Person.key.in_(part)))
    ]
    unit.update_many(Person, words, ("search_key", "name_sort"))


def persons_of(unit: Unit, household_keys: Sequence[str]) -> list[str]:
    """Keys of the persons of these households."""
    return [
        key
        for part in chunks(household_keys)
        for key in unit.session.scalars(select(Person.key).where(Person.household_key.in_(part)))
    ]


def refresh_sums_of_items(unit: Unit, item_keys: Iterable[str]) -> None:
    """The sums of the households of these items, each in the item's own year."""
    unit.session.flush()
    years: dict[int, set[str]] = defaultdict(set)
    for part in chunks(list(item_keys)):
        statement = select(FarmItem.year, FarmItem.household_key).where(FarmItem.key.in_(part))
        for year, household in unit.session.execute(statement):
            years[year].add(household)
    for year, households in years.items():
        summaries.refresh(unit, sorted(households), year)
