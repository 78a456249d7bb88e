"""The rows of a query counted and summed by town and village."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, null, select

from fupin_desktop.services.registers.columns import Column, layout
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.registers.parts import OWN
from fupin_desktop.services.registers.query import Builder, Query
from fupin_desktop.services.registers.sources import sources
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Town, Village

_NOWHERE = "(未注明村)"


@dataclass(frozen=True, slots=True)
class VillageSums:
    """A table of counts and sums: a row a village, below those of a town its sum, at the end the sum of all."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def by_village(bench: Workbench, query: Query) -> VillageSums:
    """Count and sum the rows of a query by village; sums of towns and of all are those of the rows above them."""
    summed = [column for column in layout(query.register).values() if column.info.summed]
    found = _found(bench, query, summed)
    told: list[tuple[str, ...]] = []
    towns = list(dict.fromkeys(row[0] for row in found))
    for town in towns:
        rows = [row for row in found if row[0] == town]
        told += [(town, row[1] or _NOWHERE, *_shown(summed, row[2:])) for row in rows]
        if len(towns) > 1:
            told.append((town, "小计", *_shown(summed, _added(rows))))
    if found:
        told.append(("合计", "", *_shown(summed, _added(found))))
    unit = query.register.unit
    headings = ("镇(街)", "行政村", f"数量({unit})", *(column.info.heading for column in summed))
    return VillageSums(headings, tuple(told))


def _found(bench: Workbench, query: Query, summed: list[Column]) -> list[tuple[Any, ...]]:
    """Town, village, number and sums, in the order of the villages; those without a village first."""
    builder = Builder(bench, query)
    beside, key = _village_key(query.register)
    wanted = [func.count(), *(func.sum(builder.value(column)) for column in summed)]
    needed = {column.source for column in summed} | {beside}
    statement = builder.filtered(select(key, *wanted), needed).group_by(key)
    places = select(Village.key, Town.name, Village.name).join(Town, Town.key == Village.town_key)
    with bench.read() as session:
        rows = {row[0]: [int(value or 0) for value in row[1:]] for row in session.execute(statement) if row[1]}
        known = session.execute(places.order_by(Town.name, Village.position, Village.name)).all() if rows else []
    nowhere = [("", "", *rows[None])] if None in rows else []
    return [*nowhere, *((town, village, *rows[key]) for key, town, village in known if key in rows)]


def _village_key(register: Register) -> tuple[str, Any]:
    """The source in which the key of a record's village stands, and its attribute; nothing where it has none."""
    beside, known = OWN, sources(register)
    for parent in register.parents:
        if parent.entity is Village:
            return beside, parent.key_beside(known[beside].entity)
        beside = parent.name
    return OWN, null()


def _added(rows: list[tuple[Any, ...]]) -> list[int]:
    return [sum(values) for values in zip(*(row[2:] for row in rows), strict=True)]


def _shown(summed: list[Column], values: Any) -> list[str]:
    number, *sums = values
    return [f"{number:,}", *(show(column.field, value) for column, value in zip(summed, sums, strict=True))]
