"""A record of a register with everything that belongs to it, in one reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.windows import Row, rows
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Card:
    """A record and its children, as their registers show them.

    Attributes:
        register: The register of the record.
        row: The record.
        children: Rows by child register, those of year-bound ones of the year at work.
    """

    register: Register
    row: Row
    children: dict[Register, tuple[Row, ...]]


def card(bench: Workbench, register: Register, key: str) -> Card | None:
    """What is known of a record in the year at work; None where it is gone."""
    found = rows(bench, register, bench.year, [key])
    if not found:
        return None
    with bench.read() as session:
        below = {child: _children(session, child, key, bench.year) for child in register.children}
    return Card(
        register, found[0], {child: tuple(rows(bench, child, bench.year, keys)) for child, keys in below.items()}
    )


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
