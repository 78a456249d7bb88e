"""Writing read values to their entities, with everything that follows from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.list_layouts import kept
from fupin_desktop.services.registers import registry, search
from fupin_desktop.services.registers.columns import Column
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.owners import refuse_fixed
from fupin_desktop.services.registers.parts import YEAR, Reference, Yearly
from fupin_desktop.services.registers.touched import Touched, parents_by_year
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import bulk, earlier_facts
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.unit import Unit, table_of

Typed = Mapping[str, Mapping[Column, Any]]
_TOGETHER = 2
ByEntity = dict[type[Base], dict[str, dict[str, Any]]]


def _by_entity(register: Register, typed: Typed) -> ByEntity:
    """Values by entity and record of the register."""
    found: ByEntity = defaultdict(lambda: defaultdict(dict))
    for key, values in typed.items():
        for column, value in values.items():
            of_year = column.source == YEAR and register.yearly is not None
            entity = register.yearly.entity if of_year and register.yearly else register.entity
            found[entity][key][column.stored_in] = value
    return found


def write(unit: Unit, register: Register, typed: Typed, bench: Workbench) -> None:
    """Change records, and what is derived from them."""
    found = _by_entity(register, typed)
    if register.yearly and register.yearly.entity in found:
        found[register.yearly.entity] = _write_years(
            unit, register, register.yearly, found[register.yearly.entity], bench.year
        )
    own = found.get(register.entity, {})
    former = _former(unit, register, list(own), {name for values in own.values() for name in values})
    _update(unit, register.entity, own, bench.year)
    follow(unit, register, _touched(register, bench, written=found, former=former))


def _update(unit: Unit, entity: type[Base], records: Mapping[str, Mapping[str, Any]], year: int) -> None:
    """Change records, those with the same columns together; what is kept by year changes from the year on."""
    grouped: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for key, values in records.items():
        grouped[tuple(values)].append((key, *values.values()))
    for names, rows in grouped.items():
        earlier_facts.update_many(unit, entity, rows, names, year)


def _write_years(
    unit: Unit, register: Register, yearly: Yearly, records: dict[str, dict[str, Any]], year: int
) -> dict[str, dict[str, Any]]:
    """Change the records of the year, made where they are missing; what was written, without records that are gone."""
    keys = _present(unit, register.entity, list(records))
    known = _years(unit, yearly, keys, year)
    missing = [(key, year) for key in keys if key not in known]
    unit.insert_many(yearly.entity, missing, (yearly.column, "year"))
    years = _years(unit, yearly, keys, year)
    written = {key: values for key, values in records.items() if key in years}
    _update(unit, yearly.entity, {years[key]: values for key, values in written.items()}, year)
    return written


def _present(unit: Unit, entity: type[Base], keys: Sequence[str]) -> list[str]:
    """Those of the records that are still there, in order."""
    found = bulk.fetch_rows(unit.connection, table_of(entity), (), keys)
    return [key for key in keys if key in found]


def _years(unit: Unit, yearly: Yearly, keys: Sequence[str], year: int) -> dict[str, str]:
    """Keys of the records of the year by those that they stand beside."""
    entity: Any = yearly.entity
    link = getattr(entity, yearly.column)
    return {
        beside: key
        for part in bulk.chunks(keys)
        for beside, key in unit.session.execute(
            select(link, entity.key).where(link.in_(part), entity.year == year)
        )
    }


def _former(
    unit: Unit, register: Register, keys: Sequence[str], names: Collection[str] | None = None
) -> dict[str, dict[str, Any]]:
    """What records refer to before these attributes change, or all of them go; nothing where nothing follows."""
    referring = {spec.column for spec in register.columns if isinstance(spec, Reference)}
    told = sorted(referring if names is None else referring & set(names))
    if register.derive is None or not told:
        return {}
    unit.session.flush()
    found = bulk.fetch_rows(unit.connection, table_of(register.entity), told, keys)
    return {key: dict(zip(told, values, strict=True)) for key, values in found.items()}


def _touched(register: Register, bench: Workbench, **what: Any) -> Touched:
    return Touched(register.entity, register.parent, register.year, bench.year, bench, **what)


def follow(unit: Unit, register: Register, touched: Touched) -> None:
    """Bring stored search words up to date, those of the records below too where the village changed, and derive."""
    entity = register.entity
    words = [*touched.added, *touched.with_any(entity, search.words_of(register))]
    search.refresh(unit, register, words)
    if register.parent is not None:
        moved = touched.with_any(entity, frozenset({register.parent.column}))
        search.refresh_below(unit, register, moved)
    if register.derive is not None:
        register.derive(unit, touched)


def add_rows(
    unit: Unit, register: Register, rows: Sequence[Any], columns: Sequence[str], bench: Workbench
) -> Sequence[str]:
    """Add many records as they are stored, and what is derived from them.

    Args:
        unit: The write.
        register: The register.
        rows: Values of each.
        columns: Attributes that they are of.
        bench: The workbench.

    Returns:
        Their keys.
    """
    keys = unit.insert_many(register.entity, rows, columns)
    follow(unit, register, _touched(register, bench, added=tuple(keys)))
    return keys


def insert(unit: Unit, register: Register, typed: Mapping[Column, Any], bench: Workbench, parent: str) -> str:
    """Add a record, and what is derived from it.

    Args:
        unit: The write.
        register: The register.
        typed: Its values.
        bench: Its year is that of a year-bound record, and of the record beside it.
        parent: Key of what it belongs to; empty where a typed column says so, or it belongs to nothing.

    Returns:
        Its key.
    """
    found = {entity: records[""] for entity, records in _by_entity(register, {"": typed}).items()}
    own = _placed(unit, register, [(found.get(register.entity, {}), parent)], bench.year)
    (key,) = unit.insert_many(register.entity, own)
    if register.yearly:
        of_year = {register.yearly.column: key, "year": bench.year, **found.get(register.yearly.entity, {})}
        unit.insert_many(register.yearly.entity, [of_year])
    follow(unit, register, _touched(register, bench, added=(key,)))
    return key


def insert_typed(
    unit: Unit, register: Register, typed: Sequence[Mapping[Column, Any]], bench: Workbench, parent: str
) -> Sequence[str]:
    """Add records as they were typed, and what is derived from them, all at once.

    Args:
        unit: The write.
        register: The register.
        typed: Their values.
        bench: As for :func:`insert`.
        parent: Key of what they belong to, where no typed column says so.

    Returns:
        Their keys, in the order given.
    """
    if register.yearly is not None or len(typed) < _TOGETHER:
        return [insert(unit, register, values, bench, parent) for values in typed]
    rows = []
    for values in typed:
        own = {column.stored_in: value for column, value in values.items()}
        above = own.pop(register.parent.column, None) if register.parent is not None else None
        rows.append((own, parent or above or ""))
    return insert_many(unit, register, rows, bench)


def insert_many(
    unit: Unit, register: Register, rows: Sequence[tuple[Mapping[str, Any], str]], bench: Workbench
) -> Sequence[str]:
    """Add many records, and what is derived from them.

    Args:
        unit: The write.
        register: The register.
        rows: Own stored values of each by attribute, and the key of what it belongs to; empty where a value says so,
            or it belongs to nothing.
        bench: Its year is that of year-bound records.

    Returns:
        Their keys, in the order of the rows.
    """
    names = {name for values, _ in rows for name in values}
    usual = {name: one for name, one in bulk.constant_defaults(table_of(register.entity)).items() if name in names}
    made = [{**usual, **values} for values in _placed(unit, register, rows, bench.year)]
    keys = unit.insert_many(register.entity, made)
    if register.yearly:
        unit.insert_many(register.yearly.entity, [(key, bench.year) for key in keys], (register.yearly.column, "year"))
    follow(unit, register, _touched(register, bench, added=tuple(keys)))
    return keys


def _placed(
    unit: Unit, register: Register, rows: Sequence[tuple[Mapping[str, Any], str]], year: int
) -> list[dict[str, Any]]:
    """New records with what they belong to, their year, and their place behind those that are there."""
    of_year = {register.year: year} if register.year else {}
    link = register.parent.column if register.parent is not None else ""
    none = {link: None} if link else {}
    made = [{**none, **values, **({link: parent} if link and parent else {}), **of_year} for values, parent in rows]
    if register.place:
        last = _last_places(unit, register, {one.get(link) or "" for one in made})
        for one in made:
            last[one.get(link) or ""] += 1
            one[register.place] = last[one.get(link) or ""]
    return made


def _last_places(unit: Unit, register: Register, parents: Iterable[str]) -> dict[str, int]:
    """The last place taken among the records of each parent, and among those without one; -1 where there are none."""
    place = func.max(getattr(register.entity, register.place))
    link: Any = getattr(register.entity, register.parent.column) if register.parent is not None else None
    found = dict.fromkeys(parents, -1)
    if "" in found:
        last = unit.session.scalar(select(place) if link is None else select(place).where(link.is_(None)))
        found[""] = -1 if last is None else last
    for part in bulk.chunks([one for one in found if one]):
        for parent, last in unit.session.execute(select(link, place).where(link.in_(part)).group_by(link)):
            found[parent] = last
    return found


def update(unit: Unit, register: Register, records: Mapping[str, Mapping[str, Any]], bench: Workbench) -> None:
    """Change records, and what is derived from them.

    Args:
        unit: The write.
        register: The register.
        records: Own stored values by key and attribute.
        bench: The workbench.
    """
    former = _former(unit, register, list(records), {name for values in records.values() for name in values})
    _update(unit, register.entity, records, bench.year)
    follow(unit, register, _touched(register, bench, written={register.entity: records}, former=former))


def guard(unit: Unit, register: Register, keys: Sequence[str], bench: Workbench) -> None:
    """Refuse a change of records whose owners keep them as they are.

    Raises:
        NotAllowed: These records are not to be changed.
    """
    if register.parent is not None and register.parent.fixed is not None:
        parents = parents_by_year(unit, _touched(register, bench), list(keys))
        refuse_fixed(unit.session, register, sorted({key for of_year in parents.values() for key in of_year if key}))


def remove(unit: Unit, register: Register, keys: Sequence[str], bench: Workbench) -> None:
    """Remove records with everything that belongs to them, and bring up to date what was derived from them.

    Raises:
        NotAllowed: They are not to be changed.
    """
    guard(unit, register, keys, bench)
    left = parents_by_year(unit, _touched(register, bench), list(keys)) if register.derive is not None else {}
    former = _former(unit, register, keys)
    _remove_below(unit, register, keys)
    earlier_facts.remove(unit, register.entity, keys)
    _refuse_referred(unit, register, keys)
    unit.delete_many(register.entity, keys)
    kept.forget(unit, keys)
    if register.derive is not None and (left or register.parent is None):
        register.derive(unit, _touched(register, bench, left=left, former=former))


def _refuse_referred(unit: Unit, register: Register, keys: Sequence[str]) -> None:
    """Refuse to remove records that others still name.

    Raises:
        NotAllowed: Some do; the sentence tells how many of which register.
    """
    told: list[str] = []
    for other in registry.all():
        for column in _naming(other, register):
            if below := _linked(unit, other.entity, column, keys):
                told.append(f"{len(below):,} {other.unit}{other.title}")
    if told:
        which = "、".join(dict.fromkeys(told))
        raise NotAllowed(f"还有{which}用到要删除的{register.title}，没有删除。", todo="请先改掉或删除这些记录。")


def _naming(other: Register, register: Register) -> list[str]:
    """Attributes of another register that may hold the key of a record of this one."""
    return sorted(
        {spec.column for spec in other.columns if isinstance(spec, Reference) and spec.entity is register.entity}
    )


def _remove_below(unit: Unit, register: Register, keys: Sequence[str]) -> None:
    """Remove the children of records, theirs before them, and the records of their years."""
    for child in register.children:
        if child.parent is not None:
            below = _linked(unit, child.entity, child.parent.column, keys)
            _remove_below(unit, child, below)
            _refuse_referred(unit, child, below)
            unit.delete_many(child.entity, below)
            kept.forget(unit, below)
    if register.yearly:
        unit.delete_many(register.yearly.entity, _linked(unit, register.yearly.entity, register.yearly.column, keys))


def _linked(unit: Unit, entity: Any, column: str, keys: Sequence[str]) -> list[str]:
    """Keys of the records that hold one of these keys in a column."""
    link = getattr(entity, column)
    return [
        key for part in bulk.chunks(keys) for key in unit.session.scalars(select(entity.key).where(link.in_(part)))
    ]
