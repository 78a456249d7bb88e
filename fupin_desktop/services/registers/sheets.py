"""The workbook of a register that can be changed and imported again: its columns, and its rows as stored values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import case, func, inspect, select
from sqlalchemy.orm import Session

from fupin_desktop.services.registers.by_year import of_year
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.registers.description import Register, Sheet
from fupin_desktop.services.registers.parts import OWN
from fupin_desktop.services.registers.sources import joined, sources
from fupin_desktop.storage import earlier_facts
from fupin_desktop.storage.fields import Field, of

_ROW = "row"


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A register's workbook.

    Attributes:
        register: The register.
        title: Of the sheet.
        own: Columns of the record, by source and attribute; the last ones may be those of its children.
        below: Attributes of the child register of which each record is a row.
    """

    register: Register
    title: str
    own: tuple[tuple[str, str], ...]
    below: tuple[str, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the columns in their order."""
        found = [self._field(source, name) for source, name in self.own]
        child = self._sheet.rows
        return (*found, *((of(child.entity)[name] for name in self.below) if child else ()))

    def _field(self, source: str, name: str) -> Field:
        """The field of a column; one that names another record is called as the register calls it."""
        field = of(inspect(self._entity(source)).mapper.class_)[name]
        for column in layout(self.register).values():
            if column.reference is not None and (column.source, column.reference.name) == (source, name):
                return replace(field, label=column.info.label)
        return field

    @property
    def _sheet(self) -> Sheet:
        return self.register.sheet or Sheet(self.title)

    def _entity(self, source: str) -> Any:
        return sources(self.register)[source].entity

    def rows(self, session: Session, year: int) -> Iterator[Sequence[Any]]:
        """Stored values of every row, by place and then as registered."""
        return (values for _keys, values in self.keyed(session, year))

    def keyed(self, session: Session, year: int) -> Iterator[tuple[tuple[str, ...], Sequence[Any]]]:
        """As :meth:`rows`, each row with the key of its record, and of its child where it is one."""
        child = self._sheet.rows if self.below else None
        below = self._below(session, child, year) if child is not None else {}
        blank = [("", *(None,) * len(self.below))]
        for key, *values in session.execute(self._statement(year, other=earlier_facts.any_of(session, year))):
            for child_key, *row in below.get(key, blank):
                yield (key, child_key) if child_key else (key,), (*values, *row)

    def _statement(self, year: int, *, other: bool) -> Any:
        entity: Any = self.register.entity
        known = sources(self.register)
        wanted = [
            self._column(source, name, known[source].entity, year, other=other) for source, name in self.own
        ]
        order = [
            getattr(parent.entity, name) for parent in reversed(self.register.parents) for name in parent.order
        ]
        needed = {source for source, _name in self.own} | {one.name for one in self.register.parents if one.order}
        statement = joined(self.register, select(entity.key, *wanted), needed, year)
        if self.register.year:
            statement = statement.where(getattr(entity, self.register.year) == year)
        own = [getattr(entity, name) for name in self._sheet.order]
        return statement.order_by(*order, *own, entity.key)

    def _column(self, source: str, name: str, entity: Any, year: int, *, other: bool) -> Any:
        marked = self._marked(source, name, entity)
        return of_year(getattr(entity, name), year, other=other) if marked is None else marked

    def _marked(self, source: str, name: str, entity: Any) -> Any:
        """What a column that refers to another record says: its name, or its number where others have the name.

        The number of what a record belongs to has a column of its own.
        """
        above = self.register.parent.column if self.register.parent else ""
        for column in layout(self.register).values():
            to = column.reference
            if to is not None and to.codes and to.column != above and (column.source, to.name) == (source, name):
                shown, whole = getattr(entity, name), getattr(to.entity, name)
                shared = select(whole).group_by(whole).having(func.count() > 1)
                marks = [func.nullif(getattr(entity, code), "") for code in to.codes]
                return case((shown.in_(shared), func.coalesce(*marks, shown)), else_=shown)
        return None

    def _below(self, session: Session, child: Register, year: int) -> dict[str, list[tuple[Any, ...]]]:
        """Values of the child records by the key of what they belong to."""
        entity: Any = child.entity
        link = getattr(entity, child.parent.column) if child.parent is not None else entity.key
        statement = select(link, entity.key, *(getattr(entity, name) for name in self.below)).order_by(entity.key)
        if child.year:
            statement = statement.where(getattr(entity, child.year) == year)
        found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        for parent, *values in session.execute(statement):
            found[parent].append(tuple(values))
        return found


@cache
def of_register(register: Register) -> RegisterSheet:
    """The workbook of a register: as its description says, else its place and every column that is typed."""
    sheet = register.sheet or Sheet(f"{register.title}台账")
    names = [tuple(name.rpartition(".")[::2]) for name in sheet.columns] or _usual(register)
    own = tuple((source, name) for source, name in names if source != _ROW)
    return RegisterSheet(register, sheet.title, own, tuple(name for source, name in names if source == _ROW))


def _usual(register: Register) -> list[tuple[str, ...]]:
    """Town and village where records belong to them, then every column that is typed or names a parent."""
    above = [(parent.name, "name") for parent in reversed(register.parents) if parent.name in ("town", "village")]
    own = [
        (column.source, column.reference.name if column.reference else column.field.name)
        for column in layout(register).values()
        if column.computed is None and not column.field.derived
    ]
    if register.computed_by:
        own = [*((OWN, name) for name in register.search.names if (OWN, name) not in own), *own]
    placed = [*above, *(one for one in _numbers(register) if one not in own)]
    return [*placed, *(one for one in own if one not in placed)]


def _numbers(register: Register) -> list[tuple[str, str]]:
    """The number of what records belong to, beside its name, where it has one."""
    parent = register.parent
    return [(parent.name, parent.search.code)] if parent is not None and parent.search.code else []

