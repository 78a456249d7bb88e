"""Reading typed cells of a register into stored values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.registers import lists, references
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.unique import Duplicates
from fupin_desktop.services.values import Context, Place, typed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Kind


def is_must(problem: Problem) -> bool:
    """Whether a problem keeps a cell from being taken."""
    return problem.severity is Severity.MUST


class Reader:
    """Reads typed or pasted texts of one register."""

    def __init__(self, bench: Workbench, register: Register, place: Place = Place.TYPED) -> None:
        self._bench = bench
        self._register = register
        self._columns = layout(register)
        self._context = Context(place, bench.today, lists=lambda name: lists.words(bench, name))

    def read(self, name: str, text: str, key: str) -> tuple[Column | None, Any, list[Problem]]:
        """Column, stored value and problems of a typed cell; the column is None where nothing is to be stored."""
        column = self._columns.get(name)
        if column is None or not column.info.editable:
            label = column.info.label if column else name
            return None, None, [self._problem(name, key, f"“{label}”由程序填写，不能修改。")]
        value, found = self._value(column, text, key)
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

    def _value(self, column: Column, text: str, key: str) -> tuple[Any, tuple[Problem, ...]]:
        """The stored value of a text; for a reference the key of the record it names."""
        if column.field.kind is Kind.FILES:
            return typed(column.field, text, replace(self._context, files=self._attached(column, key)))
        if column.reference is None:
            return typed(column.field, text, self._context)
        name, known = references.naming(self._bench, column.reference, clean(text))
        return typed(replace(column.field, kind=Kind.REFERENCE), name, replace(self._context, names=known))

    def _attached(self, column: Column, key: str) -> dict[str, dict[str, Any]]:
        """The files that a record has, by name."""
        entity: Any = self._register.entity
        with self._bench.read() as session:
            files = session.scalars(select(column.attribute).where(entity.key == key)).first()
        return {one["name"]: one for one in files or ()}

    def duplicates(self, typed: Mapping[str, Mapping[Column, Any]], parent: str = "") -> list[Problem]:
        """A finding for each typed value that another record has already, or that was typed twice.

        Args:
            typed: Values by record key; that of a new record is not yet known and told by any other text.
            parent: Key of what new records belong to.
        """
        return [
            found
            for unique in self._register.unique
            for found in Duplicates(self._bench, self._register, unique, parent).among(typed)
        ]


def _default(column: Column) -> Any:
    """The value of an emptied cell that cannot be “not given”: an earlier award of 0 yuan, the first instalment."""
    default = column.attribute.property.columns[0].default
    return default.arg if default is not None else None
