"""The list of a register: its columns, and those by which a row says to whom it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache

from sqlalchemy import inspect

from fupin_desktop.services.imports.headings import PLACE, Family, ImportField, ListKind, about
from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import YEAR as OF_YEAR
from fupin_desktop.services.registers.parts import Parent
from fupin_desktop.storage.entities import Town, Village
from fupin_desktop.storage.fields import Field, Kind, of

OWN, ABOVE, YEAR = "own", "above", "year"
"""Groups of fields: the record's own, those that name what it belongs to, and the year of the data."""
_YEAR = Field("year", "年度", Kind.INTEGER, aliases=("数据年度", "所属年度"))


@cache
def family_of(register: Register) -> Family:
    """The one kind of list that a register is imported from."""
    kind = ListKind(
        register.name,
        f"{register.title}(一行一{register.unit})",
        lambda: fields_of(register),
        tuple((key,) for key in _required(register)),
        names=frozenset(f"{OWN}.{name}" for name in register.search.names),
        repeated=(ABOVE, "place"),
        free=frozenset(key for key, one in fields_of(register).items() if one.field.label in ("备注", "说明", "摘要")),
        besides=lambda: _besides(register),
        yearly=register.title if register.year else "",
        later=tuple(f"{OWN}.{name}" for name in register.later),
    )
    return Family((kind,), lambda _headings: kind)


def _besides(register: Register) -> Iterator[str]:
    """Headings of the columns that are shown and not imported: files, sums, what is told of parents."""
    taken = {one.field.heading for one in fields_of(register).values()}
    for column in layout(register).values():
        if column.info.heading not in taken:
            yield from (column.info.heading, column.info.label)
    yield from of(Town)["name"].headings


@cache
def fields_of(register: Register) -> Mapping[str, ImportField]:
    """What the columns of a list can hold, by key: every typed column, and by what the parents are found."""
    found: dict[str, ImportField] = {}
    named: dict[str, Column] = {}
    for key, column in layout(register).items():
        if not column.info.editable or column.field.kind is Kind.FILES or column.source == OF_YEAR:
            continue
        if names_parent(register, column):
            named[register.parents[0].name] = column
        else:
            found[f"{OWN}.{column.stored_in}"] = ImportField(f"{OWN}.{column.stored_in}", OWN, key, column.field)
    for name in register.search.names:
        if f"{OWN}.{name}" not in found and register.computed_by:
            found[f"{OWN}.{name}"] = ImportField(f"{OWN}.{name}", OWN, name, of(register.entity)[name])
    for parent in register.parents:
        for name, field in _naming(parent, named.get(parent.name)).items():
            key = "place.village" if parent.entity is Village else f"{parent.name}.{name}"
            told = ("place", "village", field, PLACE) if parent.entity is Village else (
                (ABOVE, name, field, about(parent.entity))
            )
            found.setdefault(key, ImportField(key, *told))
    if register.year:
        found[f"{YEAR}.year"] = ImportField(f"{YEAR}.year", YEAR, "year", _YEAR)
    return found


def names_parent(register: Register, column: Column) -> bool:
    """Whether a column says what a record belongs to."""
    parent = register.parent
    return parent is not None and column.reference is not None and column.stored_in == parent.column


def _naming(parent: Parent, column: Column | None) -> dict[str, Field]:
    """The fields by which a parent is named in a list: its names, number and ID number; also as a column calls it."""
    fields, search = of(parent.entity), parent.search
    wanted = [name for name in (search.id_number, search.code, *search.names) if name in fields]
    if parent.entity is Village:
        return {name: fields[name] for name in search.names}
    if parent.name == "town":
        return {}
    made = {name: replace(fields[name], name=name) for name in wanted}
    if column is not None and column.reference is not None and column.reference.name in made:
        field = made[column.reference.name]
        headings = (field.label, *field.aliases, *column.field.aliases)
        made[field.name] = replace(field, label=column.info.label, aliases=headings)
    return made


def _required(register: Register) -> list[str]:
    """Keys of the columns without which a list holds no record.

    Villages can be given for a whole list, and what other offices' lists lack is filled in later.
    """
    fields, entity = fields_of(register), inspect(register.entity)
    return [
        key
        for key, one in fields.items()
        if one.group == OWN and one.field.required and key.removeprefix(f"{OWN}.") in entity.columns
        and key.removeprefix(f"{OWN}.") not in register.later
    ]
