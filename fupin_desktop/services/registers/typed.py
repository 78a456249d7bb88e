"""Reading typed cells of a register into stored values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.registers import references
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register, Unique
from fupin_desktop.services.values import Context, Place, typed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.fields import Kind, of

DUPLICATE = "register.duplicate_id"


def is_must(problem: Problem) -> bool:
    """Whether a problem keeps a cell from being taken."""
    return problem.severity is Severity.MUST


class Reader:
    """Reads typed texts of one register."""

    def __init__(self, bench: Workbench, register: Register) -> None:
        self._bench = bench
        self._register = register
        self._columns = layout(register)
        self._context = Context(Place.TYPED, bench.today)

    def read(self, name: str, text: str, key: str) -> tuple[Column | None, Any, list[Problem]]:
        """Column, stored value and problems of a typed cell; the column is None where nothing is to be stored."""
        column = self._columns.get(name)
        if column is None or not column.info.editable:
            label = column.info.label if column else name
            return None, None, [self._problem(name, key, f"“{label}”由程序填写，不能修改。")]
        value, found = self._value(column, text)
        if value is None and column.reference is None and not column.attribute.nullable:
            value = _default(column)
        return column, value, [replace(one, field=name, subjects=(key,) if key else ()) for one in found]

    def missing(self, values: Mapping[str, str], parent: str = "") -> list[Problem]:
        """Required columns of a new record that were not given.

        Args:
            values: Texts by column key.
            parent: Key of what the record belongs to, where the caller knows it.
        """
        above = self._register.parent if parent else None
        return [
            self._problem(name, "", f"{column.info.label}不能空着。")
            for name, column in self._columns.items()
            if column.info.required and column.info.editable and name not in values
            if above is None or column.stored_in != above.column
        ]

    def _problem(self, name: str, key: str, sentence: str) -> Problem:
        return Problem("register.cell", Severity.MUST, sentence, field=name, subjects=(key,) if key else ())

    def _value(self, column: Column, text: str) -> tuple[Any, tuple[Problem, ...]]:
        """The stored value of a text; for a reference the key of the record it names."""
        if column.reference is None:
            return typed(column.field, text, self._context)
        name, known = references.naming(self._bench, column.reference, clean(text))
        return typed(replace(column.field, kind=Kind.REFERENCE), name, replace(self._context, names=known))

    def duplicates(self, typed: Mapping[str, Mapping[Column, Any]], parent: str = "") -> list[Problem]:
        """A finding for each typed value that another record has already, or that was typed twice.

        Args:
            typed: Values by record key; that of a new record is not yet known and told by any other text.
            parent: Key of what new records belong to.
        """
        return [
            found
            for unique in self._register.unique
            for found in _Duplicates(self._bench, self._register, unique, parent).among(typed)
        ]


class _Duplicates:
    """Looks for records that share what they must not."""

    def __init__(self, bench: Workbench, register: Register, unique: Unique, parent: str) -> None:
        self._bench, self._register, self._unique = bench, register, unique
        self._parent = {register.parent.column: parent} if register.parent is not None and parent else {}
        self._fields = of(register.entity)

    def among(self, typed: Mapping[str, Mapping[Column, Any]]) -> list[Problem]:
        """The findings of what was typed."""
        values = {key: {column.stored_in: value for column, value in row.items()} for key, row in typed.items()}
        touched = {key: row for key, row in values.items() if row.keys() & set(self._unique.names)}
        shared: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for key, whole in self._completed(touched).items():
            if all(whole):
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
        code = DUPLICATE if self._is_id else "register.duplicate"
        sentence = f"{self._named(whole)} {other}，请核对。"
        return Problem(code, self._unique.severity, sentence, field=column, subjects=(key,) if key else ())

    @property
    def _is_id(self) -> bool:
        return self._fields[self._unique.names[0]].kind is Kind.ID_NUMBER

    def _named(self, whole: tuple[Any, ...]) -> str:
        """What is shared; of an ID number not every digit."""
        if self._is_id:
            return f"证件号码 {whole[0][:6]}…{whole[0][-4:]}"
        labels = "、".join(self._fields[name].label for name in self._unique.names if name in self._fields)
        return f"{labels}相同的记录"


def _default(column: Column) -> Any:
    """The value of an emptied cell that cannot be “not given”: an earlier award of 0 yuan, the first instalment."""
    default = column.attribute.property.columns[0].default
    return default.arg if default is not None else None
