"""The tables that the columns of a register come from, and how they are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, inspect
from sqlalchemy.orm import aliased

from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import OWN, YEAR, Parent, Reference, Yearly

Condition = Callable[[int], ColumnElement[bool]]


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A table that columns come from.

    Attributes:
        name: Its name within the register.
        entity: The entity, or an alias of it.
        beside: Name of the source it is joined to.
        on: Gives the condition of the join for a year.
        outer: Whether a record may have none.
    """

    name: str
    entity: Any
    beside: str
    on: Condition
    outer: bool


@cache
def sources(register: Register) -> dict[str, Source]:
    """The sources of a register by name; each stands after the one it is joined to."""
    entity: Any = register.entity
    found = {OWN: Source(OWN, entity, OWN, lambda _year: entity.key == entity.key, outer=False)}
    if register.yearly:
        found[YEAR] = _yearly(register.yearly, entity, OWN)
    beside = found[OWN]
    for parent in register.parents:
        beside = found[parent.name] = _parent(parent, beside)
        if parent.yearly:
            found.setdefault(YEAR, _yearly(parent.yearly, parent.entity, parent.name))
    for spec in register.columns:
        if isinstance(spec, Reference) and source_of(spec) not in found:
            found[source_of(spec)] = _referenced(spec, entity)
    return found


def source_of(reference: Reference) -> str:
    """Name of the source of a referenced record."""
    return reference.source or key_of(reference)


def key_of(reference: Reference) -> str:
    """Key of the column of a reference."""
    return reference.key or reference.column.removesuffix("_key")


def _nullable(entity: Any, column: str) -> bool:
    return bool(inspect(entity).mapper.columns[column].nullable)


def _parent(parent: Parent, beside: Source) -> Source:
    entity: Any = parent.entity
    link = parent.key_beside(beside.entity)
    outer = beside.outer or _nullable(beside.entity, parent.column)
    return Source(parent.name, entity, beside.name, lambda _year: entity.key == link, outer)


def _yearly(yearly: Yearly, of: Any, beside: str) -> Source:
    entity: Any = yearly.entity
    link = getattr(entity, yearly.column)
    return Source(YEAR, entity, beside, lambda year: and_(link == of.key, entity.year == year), outer=True)


def _referenced(spec: Reference, entity: Any) -> Source:
    target: Any = aliased(spec.entity)
    link = getattr(entity, spec.column)
    return Source(source_of(spec), target, OWN, lambda _year: target.key == link, _nullable(entity, spec.column))


def joined(register: Register, statement: Select[Any], needed: Iterable[str], year: int) -> Select[Any]:
    """The statement from the register's entity with the sources it needs."""
    known = sources(register)
    wanted: set[str] = set()
    for name in needed:
        while name not in wanted:
            wanted.add(name)
            name = known[name].beside
    statement = statement.select_from(register.entity)
    for name, source in known.items():
        if name in wanted and name != OWN:
            statement = statement.join(source.entity, source.on(year), isouter=source.outer)
    return statement
