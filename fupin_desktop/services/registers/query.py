"""A question to a register, and its SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, cast, false, func, or_, select, true

from fupin_desktop.domain.text import clean, clean_name
from fupin_desktop.services.registers.by_year import counting
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import OWN, Filter
from fupin_desktop.services.registers.search import Finder
from fupin_desktop.services.registers.sources import joined, sources
from fupin_desktop.services.values import read, show
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Village
from fupin_desktop.storage.fields import Kind

_TEXTS = {Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT}


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows of a register, in which order.

    Attributes:
        register: The register.
        year: Year at work: that of year-bound records and of what records have for each year.
        text: Search text: name, pinyin initials, ID tail, village, code; several words must all be found.
        village: Name of a village; None for all.
        filters: Conditions on columns.
        sort: Column keys with True for descending; rows that tie are in the register's own order, else in that in which
            they were registered.
        parent: Key of what the records belong to; empty for all.
        about: Own attribute, and the key that stands there: the records that are about one of another register.
    """

    register: Register
    year: int
    text: str = ""
    village: str | None = None
    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    parent: str = ""
    about: tuple[str, str] = ("", "")


class Builder:
    """Builds the SQL of one query, joining only what it needs."""

    def __init__(self, bench: Workbench, query: Query) -> None:
        self._bench = bench
        self.query = query
        self.register = query.register
        self.columns = layout(query.register)
        self.entity: Any = query.register.entity

    def key(self) -> ColumnElement[str]:
        """The key of a row."""
        return self.entity.key  # type: ignore[no-any-return]

    def value(self, column: Column) -> Any:
        """The SQL of a column's stored value."""
        if column.computed is not None:
            return column.computed.expression(self._bench, self.query.year)
        return counting(self._bench, column.attribute, self.query.year)

    def order(self, column: Column) -> Any:
        """What a column sorts by."""
        computed = column.computed
        if computed is not None and not computed.order:
            return self.value(column)
        return counting(self._bench, column.order, self.query.year)

    def parent_key(self) -> ColumnElement[str] | None:
        """Key of what a row belongs to; None where its register belongs to nothing."""
        parent = self.register.parent
        return getattr(self.entity, parent.column) if parent is not None else None

    def conditions(self, without: str = "") -> tuple[list[ColumnElement[bool]], set[str]]:
        """The conditions and the sources they need; ``without`` leaves a column's own filters out."""
        query, register = self.query, self.register
        made: list[ColumnElement[bool]] = []
        needed: set[str] = set()
        if register.year:
            made.append(getattr(self.entity, register.year) == query.year)
        if query.parent and register.parent is not None:
            made.append(getattr(self.entity, register.parent.column) == query.parent)
        if query.about[0]:
            made.append(getattr(self.entity, query.about[0]) == query.about[1])
        if query.village is not None:
            self._in_village(query.village, made, needed)
        holding, of_filters = self.holding([one for one in query.filters if one.column != without])
        made, needed = [*made, *holding], needed | of_filters
        finder = Finder(self._bench, register, query.year)
        for word in clean(query.text).split():
            # Names are kept with one kind of dot, whichever is typed.
            made.append(or_(*(finder.found_by(one) for one in dict.fromkeys((word, clean_name(word))))))
        return made, needed

    def holding(self, filters: Sequence[Filter]) -> tuple[list[ColumnElement[bool]], set[str]]:
        """The conditions of some filters alone, and the sources they need."""
        made: list[ColumnElement[bool]] = []
        needed: set[str] = set()
        for found in filters:
            if found.column in self.columns:
                self._filter(self.columns[found.column], found, made, needed)
        return made, needed

    def _in_village(self, name: str, made: list[ColumnElement[bool]], needed: set[str]) -> None:
        """Only records that belong to a village of this name; a register without villages has none."""
        beside = OWN
        for parent in self.register.parents:
            if parent.entity is Village:
                link = parent.key_beside(sources(self.register)[beside].entity)
                made.append(_among(link, Village, Village.name, [name]))
                needed.add(beside)
                return
            beside = parent.name
        made.append(false())

    def _filter(self, column: Column, found: Filter, made: list[ColumnElement[bool]], needed: set[str]) -> None:
        link = self._link(column) if found.values else None
        if link is not None:
            made.append(_among(link[0], *_target(column), found.values))
            needed.add(link[1])
        else:
            made.append(self._condition(column, found))
            needed.add(column.source)

    def _link(self, column: Column) -> tuple[Any, str] | None:
        """The attribute that refers to the village or other record whose name a column shows, and its source."""
        if column.reference is not None:
            return getattr(self.entity, column.reference.column), OWN
        beside = OWN
        for parent in self.register.parents:
            named = column.field.name == Village.name.key
            if named and parent.entity is Village and column.source == parent.name:
                return parent.key_beside(sources(self.register)[beside].entity), beside
            beside = parent.name
        return None

    def _condition(self, column: Column, found: Filter) -> ColumnElement[bool]:
        value = self.value(column)
        parts: list[ColumnElement[bool]] = []
        if found.values:
            parts.append(or_(*(self.equals(column, shown) for shown in found.values)))
        if found.contains:
            # Texts are kept clean; those that the program itself wrote are as they are.
            sought = dict.fromkeys((found.contains, clean(found.contains)))
            parts.append(or_(*(value.contains(text, autoescape=True) for text in sought if text)))
        if found.low:
            parts.append(_compared(column, value, found.low, least=True))
        if found.high:
            parts.append(_compared(column, value, found.high, least=False))
        if found.blank is not None:
            blank = _is_blank(column, value)
            parts.append(blank if found.blank else ~blank)
        return and_(true(), *parts)

    def equals(self, column: Column, shown: str) -> ColumnElement[bool]:
        """The condition that a column shows a text; an empty one is “not given”."""
        value = self.value(column)
        if shown and column.field.several:
            return (MARK + value + MARK).contains(f"{MARK}{shown}{MARK}", autoescape=True)  # type: ignore[no-any-return]
        if shown and column.field.kind is Kind.FILES:
            return self._names_files(column, shown)
        stored = read(column.field, shown).value if shown else None
        if column.computed is not None and column.computed.equals is not None:
            return column.computed.equals(self._bench, stored) if stored or not shown else false()
        if not shown:
            return _is_blank(column, value)
        if column.field.kind in _TEXTS and stored != shown:
            return value.in_([one for one in (shown, stored) if one is not None])  # type: ignore[no-any-return]
        return value == (shown if stored is None else stored)  # type: ignore[no-any-return]

    def _names_files(self, column: Column, shown: str) -> ColumnElement[bool]:
        """The condition that a column names these files; what is kept of files holds more than their names."""
        kept = cast(column.attribute, String)
        with self._bench.read() as session:
            known = session.scalars(select(kept).where(column.attribute.is_not(None)).distinct()).all()
        return kept.in_([text for text in known if show(column.field, json.loads(text)) == shown])

    def joined(self, statement: Select[Any], needed: set[str]) -> Select[Any]:
        """The statement from the register's entity with the sources it needs."""
        return joined(self.register, statement, needed, self.query.year)

    def filtered(self, statement: Select[Any], extra: set[str], without: str = "") -> Select[Any]:
        """The statement with joins and conditions."""
        conditions, needed = self.conditions(without)
        return self.joined(statement, needed | extra).where(*conditions)

    def count(self) -> Select[Any]:
        """How many rows."""
        return self.filtered(select(func.count()), set())

    def sorting(self) -> tuple[list[ColumnElement[Any]], set[str]]:
        """What rows are ordered by; the key comes last, in the direction of the first column."""
        order: list[ColumnElement[Any]] = []
        needed: set[str] = set()
        chosen = [(self.columns[name], down) for name, down in self.query.sort if name in self.columns]
        for column, down in chosen:
            by = self.order(column)
            order.append(by.desc() if down else by.asc())
            needed.add(column.source)
        if self.register.place:
            order += self.own_order()
        down = bool(chosen and chosen[0][1])
        order.append(self.key().desc() if down else self.key().asc())
        return order, needed

    def own_order(self) -> list[ColumnElement[Any]]:
        """What keeps the records of one parent together, in their places."""
        parent = self.parent_key()
        own = getattr(self.entity, self.register.place).asc()
        return [own] if parent is None or self.query.parent else [parent.asc(), own]

    def ordered_keys(self) -> Select[Any]:
        """The keys of all rows in order."""
        order, needed = self.sorting()
        return self.filtered(select(self.key()), needed).order_by(*order)


def _target(column: Column) -> tuple[Any, Any]:
    """The entity and the attribute whose name a column shows."""
    if column.reference is None:
        return Village, Village.name
    return column.reference.entity, getattr(column.reference.entity, column.reference.name)


def _among(link: Any, target: Any, name: Any, names: Sequence[str]) -> ColumnElement[bool]:
    """The condition that a reference leads to a record of one of these names; an empty name is no record."""
    among = link.in_(select(target.key).where(name.in_(names)))
    return or_(among, link.is_(None)) if "" in names else among


def _is_blank(column: Column, value: ColumnElement[Any]) -> ColumnElement[bool]:
    """Not given: NULL, and for texts also empty."""
    return or_(value.is_(None), value == "") if column.field.kind in _TEXTS else value.is_(None)


def _compared(column: Column, value: ColumnElement[Any], typed: str, *, least: bool) -> ColumnElement[bool]:
    """A bound as typed; one that is no value of the column matches nothing."""
    stored = read(column.field, typed).value
    if stored is None or not isinstance(stored, int | date | str):
        return false()
    return value >= stored if least else value <= stored

