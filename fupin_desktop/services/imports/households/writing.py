"""Writing the households of an import with their years, items and persons, inside one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from fupin_desktop.services import villages
from fupin_desktop.services.imports.columns import OWN_CLASS
from fupin_desktop.services.imports.comparison import Comparison
from fupin_desktop.services.imports.headings import CLASS, CLASSES, PERSONS
from fupin_desktop.services.imports.households.changed import Changed
from fupin_desktop.services.imports.households.grouping import FARM_NAMES, HOUSEHOLD_NAMES, YEAR_NAMES
from fupin_desktop.services.imports.households.persons import FROM_PERSONS, PERSON_NAMES
from fupin_desktop.services.imports.households.records import FarmRecord, HouseholdRecord, PersonRecord
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.registers import household_counts
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage import earlier_facts, summaries
from fupin_desktop.storage.bulk import constant_defaults
from fupin_desktop.storage.entities import Base, FarmItem, Household, Participation, Person
from fupin_desktop.storage.indexes import built_after
from fupin_desktop.storage.keys import new_keys
from fupin_desktop.storage.search_keys import search_key, sort_key
from fupin_desktop.storage.summaries import ItemFacts, item_area, summarise
from fupin_desktop.storage.unit import Unit, table_of

_PART = 10_000
_ENTITIES: dict[str, type[Base]] = {
    "household": Household,
    "year": Participation,
    "farm": FarmItem,
    "person": Person,
}
_SEARCHED = {"head_name", "head_id_number", "code", "village"}
_NAMED = {"name", "id_number", "code"}
Record = TypeVar("Record")


class Writer:
    """The writing of one import, inside its transaction."""

    def __init__(
        self, unit: Unit, bench: Workbench, mapping: Mapping, found: Comparison, progress: Progress | None
    ) -> None:
        self._unit = unit
        self._bench = bench
        self._mapping = mapping
        self._found = found
        self._progress = progress
        self._total = len(found.added) + len(found.changed)
        self._villages: dict[tuple[str, str], str] = {}
        self._rows: dict[int, str] = {}

    def write(self) -> dict[int, str]:
        """Write everything; keys of what is new, by row: that of the item or person, else of the household."""
        found = self._found
        self._villages = villages.ensure(self._unit, self._places())
        done = 0
        with built_after(self._unit.connection, (Household, Participation, FarmItem, Person), len(found.added)):
            for part in _parts(found.added):
                self._tell(done)
                self._add(part)
                done += len(part)
        self._tell(done)
        self._change(found.changed)
        self._tell(self._total)
        return self._rows

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(done, self._total, f"写入 {done}/{self._total} 户")

    def _places(self) -> list[tuple[str, str]]:
        """Villages needed, each with its town."""
        moved = [one.record for one in self._found.changed if any(change.name == "village" for change in one.values)]
        places = {(one.town or "", one.village or ""): None for one in [*self._found.added, *moved]}
        return list(places)

    def _add(self, records: Sequence[HouseholdRecord]) -> None:
        """Add households with their year, items and persons."""
        keys = new_keys(len(records))
        columns = _columns(records, self._given("household", HOUSEHOLD_NAMES))
        columns["key"] = keys
        columns["village_key"] = [self._villages[record.town or "", record.village or ""] for record in records]
        columns["search_key"] = [_search(record) for record in records]
        columns["head_sort"] = [sort_key(record.head_name or "") for record in records]
        self._insert(Household, columns)
        self._rows.update(zip([record.row for record in records], keys, strict=True))
        pairs = list(zip(keys, records, strict=True))
        self._add_years([(key, one) for key, one in pairs if one.farm or one.year.given])
        self._add_farm([(key, farm) for key, one in pairs for farm in one.farm])
        self._add_persons([(key, one.village or "", person) for key, one in pairs for person in one.persons])

    def _given(self, group: str, names: Sequence[str]) -> list[str]:
        """The columns that the file can have values for; the others keep their defaults."""
        mapped = set(self._mapping.columns)
        if mapped & CLASSES.keys():
            mapped.add(CLASS)
        if group == "household" and self._mapping.kind is PERSONS:
            mapped |= FROM_PERSONS
        mapped.add("year.kind")
        if CLASS in mapped:
            mapped.add(OWN_CLASS)
        return [name for name in names if f"{group}.{name}" in mapped]

    def _add_years(self, pairs: Sequence[tuple[str, HouseholdRecord]]) -> None:
        columns = _columns([record.year for _, record in pairs], self._given("year", YEAR_NAMES))
        sums = [_summary(record) for _, record in pairs]
        columns |= {name: [one[place] for one in sums] for place, name in enumerate(summaries.COLUMNS)}
        columns["household_key"] = [key for key, _ in pairs]
        columns["year"] = [self._bench.year] * len(pairs)
        self._insert(Participation, columns)

    def _add_farm(self, pairs: Sequence[tuple[str, FarmRecord]]) -> None:
        columns = _columns([farm for _, farm in pairs], self._given("farm", FARM_NAMES))
        columns["household_key"] = [key for key, _ in pairs]
        columns["year"] = [self._bench.year] * len(pairs)
        self._rows.update(zip([farm.row for _, farm in pairs], self._insert(FarmItem, columns), strict=True))

    def _add_persons(self, triples: Sequence[tuple[str, str, PersonRecord]]) -> None:
        columns = _columns([person for _, _, person in triples], self._given("person", PERSON_NAMES))
        columns["household_key"] = [key for key, _, _ in triples]
        columns["search_key"] = [
            search_key(person.name or "", person.id_number or "", village, person.code or "")
            for _, village, person in triples
        ]
        columns["name_sort"] = [sort_key(person.name or "") for _, _, person in triples]
        keys = self._insert(Person, columns)
        self._rows.update(zip([person.row for _, _, person in triples], keys, strict=True))

    def _insert(self, entity: type[Base], columns: dict[str, Sequence[Any]]) -> list[str]:
        """Insert rows given as columns, in the order of the table; what the file leaves out takes its default."""
        count = len(columns["household_key"] if "household_key" in columns else columns["key"])
        if not count:
            return []
        table = table_of(entity)
        keys = list(columns.get("key") or new_keys(count))
        columns = {"key": keys, **columns}
        defaults = constant_defaults(table)
        names = tuple(column.name for column in table.columns if column.name in columns or column.name in defaults)
        filled = [_filled(columns.get(name), defaults.get(name), count) for name in names]
        self._unit.insert_many(entity, list(zip(*filled, strict=True)), names)
        return keys

    def _change(self, changed: Sequence[Changed]) -> None:
        """Change registered households; equal sets of columns go together."""
        year = self._bench.year
        updates: dict[tuple[str, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
        for one in changed:
            for (group, key), values in _by_row(one, self._villages).items():
                updates[group, tuple(values)].append((key, *values.values()))
        for (group, names), rows in updates.items():
            earlier_facts.update_many(self._unit, _ENTITIES[group], rows, names, year)
        self._add_years([(one.known.key, one.record) for one in changed if one.new_year])
        self._add_farm([(one.known.key, farm) for one in changed for farm in one.new_farm])
        self._add_persons([(one.known.key, one.village, person) for one in changed for person in one.new_persons])
        summed = [one.known.key for one in changed if _touches_sums(one)]
        if summed:
            summaries.refresh(self._unit, summed, year)
        touched = [one.known.key for one in changed if _touches_sums(one) or _touches_counts(one)]
        household_counts.follow(self._unit, self._bench, touched, year)


def _parts(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    for start in range(0, len(records), _PART):
        yield records[start : start + _PART]


def _search(record: HouseholdRecord) -> str:
    return search_key(
        record.head_name or "", record.head_id_number or "", record.village or "", record.code or ""
    )


def _summary(record: HouseholdRecord) -> tuple[Any, ...]:
    """The sums over a household's items; most have one."""
    whole = record.year.area_milli
    if len(record.farm) == 1:
        farm = record.farm[0]
        area = whole if whole is not None else item_area(_facts(farm))
        return area, farm.cost_fen, farm.product or "", 1
    return summarise([_facts(farm) for farm in record.farm], whole)


def _facts(farm: FarmRecord) -> ItemFacts:
    return ItemFacts(
        farm.product or "", farm.unit or "", farm.declared_milli, farm.accepted_milli, farm.planned_milli,
        farm.area_milli, farm.cost_fen,
    )  # fmt: skip


def _columns(records: Sequence[Any], names: Sequence[str]) -> dict[str, Sequence[Any]]:
    return {name: list(map(attrgetter(name), records)) for name in names}


def _filled(values: Sequence[Any] | None, default: Any, count: int) -> Iterable[Any]:
    """The values of a column with the default where nothing is given."""
    if values is None:
        return [default] * count
    if default is None or None not in values:
        return values
    return [default if value is None else value for value in values]


def _by_row(one: Changed, known_villages: dict[tuple[str, str], str]) -> dict[tuple[str, str], dict[str, Any]]:
    """New values by row; what is derived from a household's name and numbers follows them."""
    rows: dict[tuple[str, str], dict[str, Any]] = defaultdict(dict)
    for change in one.values:
        if change.group == "place":
            place = one.record.town or "", one.record.village or ""
            rows["household", change.key]["village_key"] = known_villages[place]
        else:
            rows[change.group, change.key][change.name] = change.after
    household = [change for change in one.values if change.group in ("household", "place")]
    if any(change.name in _SEARCHED for change in household):
        _derive_household(rows["household", one.known.key], one)
    for change in one.values:
        if change.group == "person" and change.name in _NAMED:
            _derive_person(rows["person", change.key], one)
    return rows


def _derive_household(values: dict[str, Any], one: Changed) -> None:
    name, number, code = (
        values.get(column, one.known.value(column)) for column in ("head_name", "head_id_number", "code")
    )
    values["search_key"] = search_key(name, number, one.village, code)
    values["head_sort"] = sort_key(name)


def _derive_person(values: dict[str, Any], one: Changed) -> None:
    """Search words of a changed person; the record that changed it gives name, number and code."""
    for person in one.record.persons:
        if any(getattr(person, column) == values.get(column) for column in _NAMED if column in values):
            values["search_key"] = search_key(person.name or "", person.id_number or "", one.village, person.code or "")
            values["name_sort"] = sort_key(person.name or "")
            return


def _touches_counts(one: Changed) -> bool:
    """Whether numbers at projects, trainings and incomes depend on what changes."""
    return any(change.group == "household" and change.name in household_counts.COUNTED for change in one.values)


def _touches_sums(one: Changed) -> bool:
    """Whether the sums of the year depend on what changes."""
    return bool(one.new_farm or one.new_year) or any(change.group in ("farm", "year") for change in one.values)
