"""What a write to a register touched, for the steps that follow from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import literal, select

from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Base

if TYPE_CHECKING:
    from fupin_desktop.services.registers.parts import Parent
    from fupin_desktop.services.workbench import Workbench
    from fupin_desktop.storage.unit import Unit

ByEntity = Mapping[type[Base], Mapping[str, Mapping[str, Any]]]
"""Written values by entity, key of the register's record and attribute."""
ParentsByYear = dict[int, set[str]]


@dataclass(frozen=True, slots=True)
class Touched:
    """What a write changed, added or removed.

    Attributes:
        entity: The entity of the register.
        parent: What its records belong to.
        of_year: Own attribute with the year of a year-bound record; empty for lasting ones.
        year: The year at work.
        bench: The workbench, for parameters and the day.
        written: Values changed in records that were there; those of the record's year stand under its own key.
        added: Keys of new records.
        left: Parents of removed records, by year.
        former: What records changed or removed referred to before, by key and attribute; of those changed only the
            attributes written.
    """

    entity: type[Base]
    parent: Parent | None
    of_year: str
    year: int
    bench: Workbench
    written: ByEntity = field(default_factory=dict)
    added: tuple[str, ...] = ()
    left: Mapping[int, set[str]] = field(default_factory=dict)
    former: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def moved(self) -> bool:
        """Whether records came or went."""
        return bool(self.added or self.left)

    def names(self, entity: type[Base]) -> set[str]:
        """Attributes of an entity that were changed."""
        return {name for values in self.written.get(entity, {}).values() for name in values}

    def with_any(self, entity: type[Base], names: frozenset[str]) -> list[str]:
        """Keys of the records of which one of these attributes was changed."""
        return [key for key, values in self.written.get(entity, {}).items() if names & values.keys()]

    def once(self, name: str) -> set[str]:
        """Keys that records changed or removed held in an attribute before."""
        return {values[name] for values in self.former.values() if values.get(name)}

    def parents_by_year(self, unit: Unit) -> ParentsByYear:
        """Keys of the parents that all records concerned have and had before, by the year of the record."""
        keys = [*self.written.get(self.entity, {}), *self.added]
        found = parents_by_year(unit, self, keys)
        for year, parents in self.left.items():
            found[year] |= parents
        return found


def parents_by_year(unit: Unit, touched: Touched, keys: list[str]) -> ParentsByYear:
    """Keys of the parents of records by the year of the record; a lasting record counts for the year at work."""
    unit.session.flush()
    found: ParentsByYear = defaultdict(set)
    if touched.parent is None:
        return found
    entity: Any = touched.entity
    of_year = getattr(entity, touched.of_year) if touched.of_year else literal(touched.year)
    parent = getattr(entity, touched.parent.column)
    for part in chunks(keys):
        for key, at, owner in unit.session.execute(select(entity.key, of_year, parent).where(entity.key.in_(part))):
            found[at] |= {owner, touched.former.get(key, {}).get(touched.parent.column, owner)}
    return found
