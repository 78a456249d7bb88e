"""Reading a register window by window: 100 000 rows without loading them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select, true
from sqlalchemy.orm import Session

from fupin_desktop.services.registers.checks import row_problems
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import YEAR, Filter
from fupin_desktop.services.registers.query import Builder, Query
from fupin_desktop.services.values import show
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks

SMALL = 5000
_PARTED = "\n"
_KEYS = "keys"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register.

    Attributes:
        key: Key of its record.
        cells: Texts as shown, in the order of the register's columns.
        problems: Sentences by column key.
        parent: Key of what it belongs to; empty where it belongs to nothing.
    """

    key: str
    cells: tuple[str, ...]
    problems: dict[str, str] = field(default_factory=dict)
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """Number of rows, sums by column key as shown, and of how many rows the further conditions hold, in their order."""

    count: int
    sums: dict[str, str]
    holding: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueCount:
    """A value of a column as shown, with how many rows have it."""

    text: str
    count: int


class _Found(NamedTuple):
    """How many rows a query has, and their keys where they are few."""

    number: int
    few: tuple[str, ...] | None


def _few(bench: Workbench, query: Query) -> tuple[str, ...] | None:
    """The keys of a query of few rows, as they stand where nothing sorts them; None where there are more."""
    return _found(bench, query).few


def count(bench: Workbench, query: Query) -> int:
    """How many rows a query has."""
    return _found(bench, query).number


def _found(bench: Workbench, query: Query) -> _Found:
    plain = replace(query, sort=())
    return bench.cached(("registers.found", plain), lambda: _find(bench, plain))


def _find(bench: Workbench, query: Query) -> _Found:
    """Count the rows of a query, and their keys where they are few."""
    builder = Builder(bench, query)
    place = query.register.place
    with bench.read() as session:
        if query.text and not place:
            # Which rows have a text is seen by looking at all of them: once, for their number and their keys.
            both: list[ColumnElement[Any]] = [func.count(), func.aggregate_strings(builder.key(), _PARTED)]
            number, keys = session.execute(builder.filtered(select(*both), set())).one()
            if number > SMALL:
                return _Found(number, None)
            return _Found(number, tuple(sorted(keys.split(_PARTED))) if number else ())
        found = builder.filtered(select(builder.key()), set())
        if place:
            found = found.order_by(*builder.own_order(), builder.key())
        few = session.scalars(found.limit(SMALL + 1)).all()
        if len(few) <= SMALL:
            return _Found(len(few), tuple(few if place else sorted(few)))
        return _Found(session.scalar(builder.count()) or 0, None)


def counts(bench: Workbench, asked: Sequence[Register]) -> dict[Register, int]:
    """How many rows each of some registers has in the year at work, read at once and without their keys."""

    def find() -> dict[Register, int]:
        with bench.read() as session:
            return {one: session.scalar(Builder(bench, Query(one, bench.year)).count()) or 0 for one in asked}

    return bench.cached(("registers.counts", tuple(asked), bench.year), find)


def counts_of_parents(bench: Workbench, query: Query) -> dict[str, int]:
    """How many rows of a query belong to each record that has some, by its key; its register must have a parent."""
    builder = Builder(bench, query)
    parent = builder.parent_key()
    assert parent is not None
    with bench.read() as session:
        wanted: list[ColumnElement[Any]] = [parent, func.count()]
        counted = builder.filtered(select(*wanted), set()).group_by(parent)
        return {key: number for key, number in session.execute(counted)}  # noqa: C416 - a row is no plain pair


def all_keys(bench: Workbench, query: Query) -> tuple[str, ...]:
    """The keys of all rows of a query, in order; for exports, selections and small queries."""
    few = _few(bench, query)
    if few is not None and not query.sort:
        return few
    return bench.cached(("registers.keys", query), lambda: _sorted_keys(bench, query, few))


def _sorted_keys(bench: Workbench, query: Query, few: tuple[str, ...] | None) -> tuple[str, ...]:
    """All keys in order; where they are few and known, without asking for the conditions again."""
    builder = Builder(bench, query)
    statement = builder.ordered_keys()
    if few is not None:
        order, needed = builder.sorting()
        statement = builder.joined(select(builder.key()), needed).where(builder.key().in_(few)).order_by(*order)
    with bench.read() as session:
        return tuple(session.scalars(statement))


def _all_in_year(bench: Workbench, register: Register, year: int) -> bool:
    """Whether every record has its yearly one, so that none is lost by going through those."""
    yearly: Any = register.yearly.entity if register.yearly else None

    def find() -> bool:
        with bench.read() as session:
            of_year = select(func.count()).select_from(yearly).where(yearly.year == year)
            return session.scalar(of_year) == session.scalar(select(func.count()).select_from(register.entity))

    return bench.cached(("registers.all_in_year", register, year), find)


def _through_years(bench: Workbench, query: Query) -> bool:
    """Whether the order is best read off an index of the yearly records."""
    if len(query.sort) != 1:
        return False
    column = layout(query.register).get(query.sort[0][0])
    return column is not None and column.indexed and _all_in_year(bench, query.register, query.year)


def _statement(bench: Workbench, query: Query) -> Select[Any]:
    """The keys of a query of many rows, in order, as SQL that reads no more rows than it must."""
    builder = Builder(bench, query)
    yearly = query.register.yearly
    if yearly is None or not _through_years(bench, query):
        return builder.ordered_keys()
    order, _needed = builder.sorting()
    conditions, needed = builder.conditions()
    of_year: Any = yearly.entity
    key = getattr(of_year, yearly.column)
    statement = select(key).where(of_year.year == query.year, *conditions)
    if needed - {YEAR} or query.text:
        statement = statement.join(builder.entity, builder.key() == key)
    return statement.order_by(*order[:-1], key.desc() if query.sort[0][1] else key.asc())


def window_keys(bench: Workbench, query: Query, offset: int, limit: int) -> Sequence[str]:
    """The keys of some rows of a query."""
    if _few(bench, query) is not None:
        return all_keys(bench, query)[offset : offset + limit]
    with bench.read() as session:
        return session.scalars(_statement(bench, query).limit(limit).offset(offset)).all()


def window(bench: Workbench, query: Query, offset: int, limit: int) -> list[Row]:
    """Some rows of a query, ready to be shown."""
    return rows(bench, query.register, query.year, window_keys(bench, query, offset, limit))


def rows(bench: Workbench, register: Register, year: int, keys: Sequence[str]) -> list[Row]:
    """The rows of these keys in this order; keys without a record are left out."""
    found: dict[str, Any] = {}
    with bench.read() as session:
        for part in chunks(keys):
            found.update((record[0], record) for record in records_of(bench, session, register, year, part))
        shown = [found[key] for key in keys if key in found]
        problems = row_problems(bench, session, register, shown, year)
    return [_row(register, record, problems.get(record[0], {})) for record in shown]


def records_of(bench: Workbench, session: Session, register: Register, year: int, keys: Sequence[str]) -> list[Any]:
    """Key, key of the parent and stored values of records, in the order of the columns."""
    statement = bench.cached(("registers.records", register, year), lambda: _records(bench, register, year))
    return list(session.execute(statement, {_KEYS: keys}))


def _records(bench: Workbench, register: Register, year: int) -> Select[Any]:
    """What reads records; building it takes longer than reading some."""
    builder = Builder(bench, Query(register, year))
    parent = builder.parent_key()
    known = layout(register).values()
    statement = select(builder.key(), literal("") if parent is None else parent, *map(builder.value, known))
    sources = {column.source for column in known}
    wanted = builder.key().in_(bindparam(_KEYS, expanding=True))
    return builder.joined(statement, sources).where(wanted)


def _row(register: Register, record: Any, problems: dict[str, str]) -> Row:
    values = zip(layout(register).values(), record[2:], strict=True)
    return Row(record[0], tuple([show(column.field, value) for column, value in values]), problems, record[1] or "")


def position(bench: Workbench, query: Query, key: str) -> int | None:
    """Place of a record in a query, from 0; None where it is not among its rows."""
    if _few(bench, query) is not None or len(query.sort) > 1 or query.register.place:
        keys = all_keys(bench, query)
        return keys.index(key) if key in keys else None
    builder = Builder(bench, query)
    with bench.read() as session:
        among = builder.filtered(select(builder.key()), set()).where(builder.key() == key)
        if session.scalar(among) is None:
            return None
        before, needed = _before(session, builder, query, key)
        return session.scalar(builder.filtered(select(func.count()), needed).where(before)) or 0


def _before(session: Session, builder: Builder, query: Query, key: str) -> tuple[ColumnElement[bool], set[str]]:
    """The condition that a row comes before the record; what is not given comes first, as SQLite sorts it."""
    own = builder.key()
    chosen = [(builder.columns[name], down) for name, down in query.sort if name in builder.columns]
    if not chosen:
        return own < key, set()
    column, down = chosen[0]
    order, needed = builder.order(column), {column.source}
    value = session.scalar(builder.joined(select(order), needed).where(own == key))
    earlier_key = own > key if down else own < key
    if value is None:
        ties = and_(order.is_(None), earlier_key)
        return (or_(order.is_not(None), ties) if down else ties), needed
    smaller = order > value if down else or_(order.is_(None), order < value)
    return or_(smaller, and_(order == value, earlier_key)), needed


def totals(bench: Workbench, query: Query, also: Sequence[tuple[Filter, ...]] = ()) -> Totals:
    """Number of rows of a query, the sums of its summed columns, and of how many rows further conditions hold.

    All in one pass over the rows: of many of them each pass takes longer than a clerk's key.
    """
    summed = [column for column in layout(query.register).values() if column.info.summed]

    def find() -> Totals:
        builder = Builder(bench, query)
        needed = {column.source for column in summed}
        wanted: list[ColumnElement[Any]] = [func.count(), *(func.sum(builder.value(column)) for column in summed)]
        for conditions in also:
            holding, sources = builder.holding(conditions)
            wanted.append(func.sum(case((and_(true(), *holding), 1), else_=0)))
            needed |= sources
        with bench.read() as session:
            found = session.execute(builder.filtered(select(*wanted), needed)).one()
        sums, held = found[1 : 1 + len(summed)], found[1 + len(summed) :]
        told = {one.info.key: show(one.field, _whole(value)) for one, value in zip(summed, sums, strict=True)}
        return Totals(found[0], told, tuple(_whole(value) for value in held))

    return bench.cached(("registers.totals", replace(query, sort=()), tuple(also)), find)


def _whole(value: int | Decimal | None) -> int:
    """A sum as a whole number; some databases give it as a decimal."""
    return int(value or 0)


def values(bench: Workbench, query: Query, column: str, limit: int = 1000) -> list[ValueCount]:
    """The distinct values of a column within a query, its own filters left out, the most frequent first."""
    chosen = layout(query.register)[column]
    if chosen.computed is not None and chosen.computed.equals is not None:
        return _counted(bench, query, chosen)
    builder = Builder(bench, query)
    value, counted = builder.value(chosen), func.count()
    statement = builder.filtered(select(value, counted), {chosen.source}, without=column)
    with bench.read() as session:
        found = session.execute(statement.group_by(value).order_by(counted.desc(), value).limit(limit)).all()
    return _merged(chosen, [(value, number) for value, number in found])


def _merged(column: Column, found: Sequence[tuple[Any, int]]) -> list[ValueCount]:
    """Values by their shown text; NULL and empty are the same to the clerk."""
    numbers: dict[str, int] = {}
    for value, number in found:
        text = show(column.field, value)
        for word in text.split(MARK) if column.field.several else (text,):
            numbers[word] = numbers.get(word, 0) + number
    return [ValueCount(text, number) for text, number in numbers.items()]


def _counted(bench: Workbench, query: Query, column: Column) -> list[ValueCount]:
    """The choices of a computed column, each counted by its own condition."""
    key = column.info.key
    others = tuple(one for one in query.filters if one.column != key)
    found = [
        ValueCount(text, count(bench, replace(query, filters=(*others, Filter(key, values=(text,))), sort=())))
        for text in (*column.info.choices, "")
    ]
    return [one for one in found if one.count]
