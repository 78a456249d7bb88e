"""A record of a register with everything that belongs to it, in one reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.list_layouts.kept import texts_of
from fupin_desktop.services.overview import Target
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import Row, count, rows
from fupin_desktop.services.workbench import Workbench

ABOUT = "about:"
"""Begins the filter of a target that shows the records about another: ``about:entity_key=…``."""


@dataclass(frozen=True, slots=True)
class LinkCount:
    """Records of another register that are about the record.

    Attributes:
        text: Their number in words: 带动 27 户.
        count: Their number.
        target: Where they are shown.
    """

    text: str
    count: int
    target: Target


@dataclass(frozen=True, slots=True)
class Card:
    """A record and its children, as their registers show them.

    Attributes:
        register: The register of the record.
        row: The record.
        children: Rows by child register, those of year-bound ones of the year at work.
        links: What leads on from the record: records about it, and by column key those that its columns show.
        kept: What imported lists said of the record in columns that the register does not have, by heading.
    """

    register: Register
    row: Row
    children: dict[Register, tuple[Row, ...]]
    links: tuple[LinkCount, ...] = ()
    shown: Mapping[str, Target] = field(default_factory=dict)
    kept: Mapping[str, str] = field(default_factory=dict)


def card(bench: Workbench, register: Register, key: str) -> Card | None:
    """What is known of a record in the year at work; None where it is gone."""
    found = rows(bench, register, bench.year, [key])
    if not found:
        return None
    with bench.read() as session:
        record = session.get(register.entity, key)
        if record is None:  # long work beside, an import taken back, removed it since
            return None
        below = {child: _children(session, child, key, bench.year) for child in register.children}
        shown = _shown(register, record)
        kept = texts_of(session, [key], bench.year).get(key, {})
    children = {child: tuple(rows(bench, child, bench.year, keys)) for child, keys in below.items()}
    said = {heading: str(value) for heading, value in kept.items()}
    return Card(register, found[0], children, _links(bench, register, key), shown, said)


def _links(bench: Workbench, register: Register, key: str) -> tuple[LinkCount, ...]:
    """The records of other registers that are about a record, those of the year where they are year-bound."""
    made = []
    for link in register.links:
        other = registry.of(link.register)
        number = count(bench, Query(other, bench.year, about=(link.column, key)))
        text = f"{link.word} {number:,} {link.unit or other.unit}"
        target = Target(other.tab, f"{ABOUT}{link.column}={key}", register=other.name)
        made.append(LinkCount(text, number, target))
    return tuple(made)


def told_about(bench: Workbench, register: Register, column: str, key: str) -> str:
    """Which record the rows of a register are about, in words: 经营主体：塘㙍种植合作社."""
    found = next((one for one in layout(register).values() if one.reference and one.stored_in == column), None)
    if found is None or found.reference is None:
        return ""
    with bench.read() as session:
        record: Any = session.get(found.reference.entity, key)
    return f"{found.info.label}：{getattr(record, found.reference.name)}" if record is not None else ""


def _shown(register: Register, record: Any) -> dict[str, Target]:
    """Where the records lie that the columns of a record show by their names, by column key."""
    found: dict[str, Target] = {}
    for name, column in layout(register).items():
        if column.reference is None:
            continue
        other = registry.of_entity(column.reference.entity)
        held = getattr(record, column.reference.column)
        if other is not None and held:
            found[name] = Target(other.tab, key=held, register=other.name)
    return found


def _children(session: Session, child: Register, key: str, year: int) -> list[str]:
    """Keys of the records of a child register that belong to a record, in their order."""
    entity: Any = child.entity
    if child.parent is None:
        return []
    statement = select(entity.key).where(getattr(entity, child.parent.column) == key)
    if child.year:
        statement = statement.where(getattr(entity, child.year) == year)
    order = [getattr(entity, child.order)] if child.order else []
    return list(session.scalars(statement.order_by(*order, entity.key)))
