"""A question to a register, and its SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.domain.vocabulary import Participation as Taking
from fupin_desktop.services.registers.columns import SIZE, Column, Register, layout
from fupin_desktop.services.values import read
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Base, FarmItem, Household, Participation, Person, Village
from fupin_desktop.storage.fields import Kind
from fupin_desktop.storage.search_keys import initials, matching

LARGE_PARAMETER = "large_household_area"
_ID_PIECE = re.compile(r"[0-9]{7,17}[0-9Xx]?", re.ASCII)
_AFTER_ID = "Z"


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on one column; the parts given must all hold.

    Attributes:
        column: Key of the column.
        values: Values as shown, any of which may stand there; an empty text is “not given”.
        low: Smallest number or date, as typed.
        high: Greatest number or date, as typed.
        contains: Text that must occur.
        blank: True for not given, False for given.
    """

    column: str
    values: tuple[str, ...] = ()
    low: str = ""
    high: str = ""
    contains: str = ""
    blank: bool | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows of a register, in which order.

    Attributes:
        register: The register.
        year: Year of participation and items.
        text: Search text: name, pinyin initials, ID tail, village, code; several words must all be found.
        village: Name of a village; None for all.
        filters: Conditions on columns.
        sort: Column keys with True for descending; rows that tie are in the order they were registered.
    """

    register: Register
    year: int
    text: str = ""
    village: str | None = None
    filters: tuple[Filter, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()


NAMED_FILTERS: dict[str, tuple[Filter, ...]] = {
    "participating": (Filter("kind", values=(Taking.BASE.label, Taking.SCATTERED.label)),),
    "large": (
        Filter("kind", values=(Taking.BASE.label, Taking.SCATTERED.label)),
        Filter(SIZE, values=(HouseholdSize.LARGE.label,)),
    ),
    "small": (
        Filter("kind", values=(Taking.BASE.label, Taking.SCATTERED.label)),
        Filter(SIZE, values=(HouseholdSize.SMALL.label,)),
    ),
    "missing:id": (Filter("head_id_number", blank=True),),
    "missing:account": (Filter("bank_account", blank=True),),
    "missing:cost": (Filter("products_text", blank=False), Filter("cost_total", blank=True)),
    "missing:guide": (Filter("guide", blank=True),),
    "missing:participation": (Filter("kind", blank=True),),
    "missing:members": (Filter("members", blank=True),),
    "missing:phone": (Filter("phone", blank=True),),
}


def large_from_milli(bench: Workbench) -> int:
    """大户起点 in thousandths of a 亩 (吴川 三(二)4)."""
    value = bench.parameters.value(LARGE_PARAMETER, bench.today).value
    return to_milli(Decimal(str(value)))


class Builder:
    """Builds the SQL of one query, joining only what it needs."""

    def __init__(self, bench: Workbench, query: Query) -> None:
        self._bench = bench
        self.query = query
        self.columns = layout(query.register)
        self.entity: Any = query.register.entity

    def key(self) -> ColumnElement[str]:
        """The key of a row."""
        return self.entity.key  # type: ignore[no-any-return]

    def conditions(self, without: str = "") -> tuple[list[ColumnElement[bool]], set[type[Base]]]:
        """The conditions and the entities they need; ``without`` leaves a column's own filters out."""
        query = self.query
        made: list[ColumnElement[bool]] = []
        needed: set[type[Base]] = set()
        if query.register is Register.FARM_ITEMS:
            made.append(FarmItem.year == query.year)
        if query.village is not None:
            made.append(self._in_villages((query.village,)))
            needed.add(Household)
        for found in query.filters:
            if found.column != without and found.column in self.columns:
                column = self.columns[found.column]
                made.append(self._filter(column, found))
                needed.add(Household if column.entity is Village else column.entity)
        made += [self._word(word) for word in query.text.split()]
        return made, needed

    def _in_villages(self, names: Sequence[str]) -> ColumnElement[bool]:
        return Household.village_key.in_(select(Village.key).where(Village.name.in_(names)))

    def _word(self, word: str) -> ColumnElement[bool]:
        """One word of the search text."""
        if self.query.register is Register.FARM_ITEMS:
            households = FarmItem.household_key.in_(select(Household.key).where(_person_match(Household, word)))
            products = self._products_like(word.lower())
            return or_(households, FarmItem.product.in_(products)) if products else households
        return _person_match(self.entity, word)

    def _products_like(self, word: str) -> list[str]:
        """The products registered in the year that a word names, pinyin initials included."""

        def find() -> list[tuple[str, str]]:
            with self._bench.read() as session:
                named = session.scalars(select(FarmItem.product).where(FarmItem.year == self.query.year).distinct())
                return [(product, f"{product.lower()} {initials(product)}") for product in named]

        known = self._bench.cached(("registers.products", self.query.year), find)
        return [product for product, words in known if word in words]

    def _filter(self, column: Column, found: Filter) -> ColumnElement[bool]:
        if column.entity is Village and found.values:
            return self._in_villages(found.values)
        parts: list[ColumnElement[bool]] = []
        if found.values:
            parts.append(or_(*(self._equals(column, value) for value in found.values)))
        if found.contains:
            parts.append(column.attribute.contains(found.contains, autoescape=True))
        if found.low:
            parts.append(_compared(column, found.low, least=True))
        if found.high:
            parts.append(_compared(column, found.high, least=False))
        if found.blank is not None:
            blank = _is_blank(column)
            parts.append(blank if found.blank else ~blank)
        return and_(true(), *parts)

    def _equals(self, column: Column, shown: str) -> ColumnElement[bool]:
        if column.info.key == SIZE:
            return self._of_size(shown)
        if not shown:
            return _is_blank(column)
        stored = read(column.field, shown).value
        return column.attribute == (shown if stored is None else stored)

    def _of_size(self, shown: str) -> ColumnElement[bool]:
        area = Participation.area_total_milli
        if not shown:
            return area.is_(None)
        start = large_from_milli(self._bench)
        return area >= start if shown == HouseholdSize.LARGE.label else area < start

    def joined(self, statement: Select[Any], needed: set[type[Base]], *, inner: bool = False) -> Select[Any]:
        """The statement from the register's entity with the entities it needs."""
        statement = statement.select_from(self.entity)
        register = self.query.register
        if register is not Register.HOUSEHOLDS and needed & {Household, Village, Participation}:
            statement = statement.join(Household, Household.key == self.entity.household_key)
        if Village in needed:
            statement = statement.join(Village, Village.key == Household.village_key)
        if Participation in needed:
            of_year = and_(Participation.household_key == Household.key, Participation.year == self.query.year)
            statement = statement.join(Participation, of_year, isouter=not inner)
        return statement

    def filtered(self, statement: Select[Any], extra: set[type[Base]], without: str = "") -> Select[Any]:
        """The statement with joins and conditions."""
        conditions, needed = self.conditions(without)
        return self.joined(statement, needed | extra).where(*conditions)

    def count(self) -> Select[Any]:
        """How many rows."""
        return self.filtered(select(func.count()), set())

    def sorting(self) -> tuple[list[ColumnElement[Any]], set[type[Base]]]:
        """What rows are ordered by; the key comes last, in the direction of the first column."""
        order: list[ColumnElement[Any]] = []
        needed: set[type[Base]] = set()
        chosen = [(self.columns[name], down) for name, down in self.query.sort if name in self.columns]
        for column, down in chosen:
            order.append(column.order.desc() if down else column.order.asc())
            needed.add(column.entity)
        down = bool(chosen and chosen[0][1])
        order.append(self.key().desc() if down else self.key().asc())
        return order, needed

    def ordered_keys(self) -> Select[Any]:
        """The keys of all rows in order."""
        order, needed = self.sorting()
        return self.filtered(select(self.key()), needed).order_by(*order)


def _person_match(entity: Any, word: str) -> ColumnElement[bool]:
    """A word found in the search key; a long number also as the beginning of an ID number."""
    found = matching(entity.search_key, word)
    if not _ID_PIECE.fullmatch(word):
        return found
    number = Household.head_id_number if entity is Household else Person.id_number
    piece = word.upper()
    return or_(found, and_(number >= piece, number < piece + _AFTER_ID))


def _is_blank(column: Column) -> ColumnElement[bool]:
    """Not given: NULL, and for texts also empty."""
    attribute = column.attribute
    return or_(attribute.is_(None), attribute == "") if column.field.kind in _TEXTS else attribute.is_(None)


def _compared(column: Column, typed: str, *, least: bool) -> ColumnElement[bool]:
    """A bound as typed; one that is no value of the column matches nothing."""
    stored = read(column.field, typed).value
    if stored is None or not isinstance(stored, int | date | str):
        return false()
    return column.attribute >= stored if least else column.attribute <= stored


_TEXTS = {Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT}
