"""Values that no two records of a register may share: typed ones against all records, and shown ones among all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register, Unique
from fupin_desktop.services.registers.parts import FIRST
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.fields import Kind, of

DUPLICATE_ID, DUPLICATE = "register.duplicate_id", "register.duplicate"


class Duplicates:
    """Looks for records that share what they must not."""

    def __init__(self, bench: Workbench, register: Register, unique: Unique, parent: str) -> None:
        self._bench, self._register, self._unique = bench, register, unique
        self._parent = {register.parent.column: parent} if register.parent is not None and parent else {}

    def among(self, typed: Mapping[str, Mapping[Column, Any]]) -> list[Problem]:
        """The findings of what was typed."""
        values = {key: {column.stored_in: value for column, value in row.items()} for key, row in typed.items()}
        touched = {key: row for key, row in values.items() if row.keys() & set(self._unique.names)}
        shared: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for key, whole in self._completed(touched).items():
            if self._unique.compares(whole):
                shared[whole].append(key)
        owners = self._owners(list(shared), set(typed)) if shared else {}
        columns = {column.stored_in: column.info.key for row in typed.values() for column in row}
        return [
            self._problem(whole, key, self._told_at(touched[key], columns), owners.get(whole))
            for whole, keys in shared.items()
            for key in keys
            if whole in owners or len(keys) > 1
        ]

    def _told_at(self, row: Mapping[str, Any], columns: Mapping[str, str]) -> str:
        return next(columns[name] for name in self._unique.names if name in row)

    def _completed(self, touched: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[Any, ...]]:
        """The unique values of each record as they will be: typed ones over those that are there."""
        names = self._unique.names
        there: dict[str, tuple[Any, ...]] = {}
        partly = [key for key, row in touched.items() if not set(names) <= row.keys()]
        if partly:
            entity: Any = self._register.entity
            with self._bench.read() as session:
                for part in chunks(partly):
                    statement = select(entity.key, *(getattr(entity, name) for name in names))
                    rows = session.execute(statement.where(entity.key.in_(part)))
                    there.update((row[0], tuple(row[1:])) for row in rows)
        return {
            key: tuple(
                row[name] if name in row else there[key][place] if key in there else self._parent.get(name)
                for place, name in enumerate(names)
            )
            for key, row in touched.items()
        }

    def _owners(self, wanted: list[tuple[Any, ...]], edited: set[str]) -> dict[tuple[Any, ...], str]:
        """Names of other records by the values they share; within the year where the register is year-bound."""
        register, entity = self._register, self._register.entity
        own: Any = entity
        attributes = [getattr(entity, name) for name in self._unique.names]
        statement = select(own.key, getattr(entity, register.search.names[0]), *attributes)
        if register.year:
            statement = statement.where(getattr(entity, register.year) == self._bench.year)
        known, found = set(wanted), {}
        with self._bench.read() as session:
            for part in chunks(list(dict.fromkeys(whole[0] for whole in wanted))):
                for key, name, *values in session.execute(statement.where(attributes[0].in_(part))):
                    if key not in edited and tuple(values) in known:
                        found[tuple(values)] = name
        return found

    def _problem(self, whole: tuple[Any, ...], key: str, column: str, owner: str | None) -> Problem:
        other = f"已登记在“{owner}”名下" if owner is not None else "在这次填写中出现了不止一次"
        code = DUPLICATE_ID if is_id(self._register, self._unique) else DUPLICATE
        sentence = f"{self._named(whole)} {other}，请核对。"
        return Problem(code, self._unique.severity, sentence, field=column, subjects=(key,) if key else ())

    def _named(self, whole: tuple[Any, ...]) -> str:
        """What is shared; of an ID number not every digit."""
        if is_id(self._register, self._unique):
            return f"证件号码 {whole[0][:6]}…{whole[0][-4:]}"
        return f"{labels(self._register, self._unique)}相同的记录"


def repeated(
    session: Session, register: Register, unique: Unique, records: Sequence[Any], year: int
) -> Iterator[tuple[str, str, str]]:
    """Records that share what they should not with any other of the register, shown or not."""
    found = _values(session, register, unique, records)
    values = {key: whole for key, whole in found.items() if unique.compares(whole)}
    shared = _shared(session, register, unique, set(values.values()), year)
    sentence, column = _sentence(register, unique), _told_at(register, unique)
    yield from ((key, column, sentence) for key, whole in values.items() if whole in shared)


def _shared(
    session: Session, register: Register, unique: Unique, values: Collection[tuple[Any, ...]], year: int
) -> set[tuple[Any, ...]]:
    """Those of some values that more than one record has."""
    attributes = [getattr(register.entity, name) for name in unique.names]
    places = [unique.names.index(name) for name in unique.needed]
    asked = tuple_(*[attributes[place] for place in places]) if len(places) > 1 else attributes[places[0]]
    wanted = {tuple([whole[place] for place in places]) if len(places) > 1 else whole[places[0]] for whole in values}
    statement = select(*attributes).group_by(*attributes).having(func.count() > 1)
    if register.year:
        statement = statement.where(getattr(register.entity, register.year) == year)
    return {
        tuple(row) for part in chunks(list(wanted)) for row in session.execute(statement.where(asked.in_(part)))
    }


def _values(
    session: Session, register: Register, unique: Unique, records: Sequence[Any]
) -> dict[str, tuple[Any, ...]]:
    """The values that should be unique, by record key; read again only where a column shows another record's name."""
    entity: Any = register.entity
    known = enumerate(layout(register).values(), FIRST)
    places = {column.stored_in: place for place, column in known if column.reference is None and not column.source}
    if set(unique.names) <= places.keys():
        return {record[0]: tuple(record[places[name]] for name in unique.names) for record in records}
    statement = select(entity.key, *(getattr(entity, name) for name in unique.names))
    keys = [record[0] for record in records]
    found = (row for part in chunks(keys) for row in session.execute(statement.where(entity.key.in_(part))))
    return {row[0]: tuple(row[1:]) for row in found}


def _sentence(register: Register, unique: Unique) -> str:
    if is_id(register, unique):
        return "这个证件号码登记了不止一次，请核对。"
    return f"另有记录的{labels(register, unique)}与这一条相同，请核对。"


def _told_at(register: Register, unique: Unique) -> str:
    """Key of the column that a shared value is told at."""
    columns = {column.stored_in: key for key, column in layout(register).items()}
    return next((columns[name] for name in unique.names if name in columns), "")


def is_id(register: Register, unique: Unique) -> bool:
    """Whether it is an ID number that should be unique."""
    field = of(register.entity).get(unique.names[0])
    return len(unique.names) == 1 and field is not None and field.kind is Kind.ID_NUMBER


def labels(register: Register, unique: Unique) -> str:
    """What should be unique, in the words of the columns: 行政村、塘名."""
    columns = {column.stored_in: column.info.label for column in layout(register).values()}
    return "、".join(columns[name] for name in unique.names if name in columns)
