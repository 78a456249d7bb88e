"""A record of any register in a dossier: its card, what belongs to it, what is about it, its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.services.dossiers.parts import Dossier, Part, Rows, rows_page
from fupin_desktop.services.registers import Query, Register, Row, columns, registry, rows, window
from fupin_desktop.services.registers.columns import layout
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Kind

MOST = 100_000
_WORDS = 24
"""Columns of a list on paper; the workbook has all of them."""


def card_part(bench: Workbench, dossier: Dossier, register: Register, key: str, title: str) -> Row | None:
    """The card of a record as the first paper; None where the record is gone."""
    found = rows(bench, register, bench.year, [key])
    if not found:
        return None
    infos = columns(register)
    facts = tuple((info.label, cell) for info, cell in zip(infos, found[0].cells, strict=True) if cell)
    table = Rows(title, ("项目", "内容"), facts)
    dossier.add(Part(title, "", 0, lambda: rows_page(bench, table), tuple(_files(bench, register, key))))
    dossier.tables.append(table)
    return found[0]


def _files(bench: Workbench, register: Register, key: str) -> Iterator[Mapping[str, Any]]:
    """The files attached to a record."""
    with bench.read() as session:
        record = session.get(register.entity, key)
        for column in layout(register).values():
            if column.field.kind is Kind.FILES and not column.source and record is not None:
                yield from getattr(record, column.stored_in) or ()


def belonging(bench: Workbench, session: Session, dossier: Dossier, register: Register, key: str) -> None:
    """The records that belong to a record, of all years, and those of other registers that are about it."""
    for child in register.children:
        if child.parent is not None:
            entity: Any = child.entity
            link = getattr(entity, child.parent.column)
            keys = list(session.scalars(select(entity.key).where(link == key).order_by(entity.key)))
            _listed(bench, dossier, child, keys)
    for link_ in register.links:
        other = registry.of(link_.register)
        about: Any = other.entity
        column = getattr(about, link_.column)
        keys = list(session.scalars(select(about.key).where(column == key).order_by(about.key)))
        _listed(bench, dossier, other, keys)


def of_village(bench: Workbench, dossier: Dossier, name: str) -> None:
    """The rows of a village in every register that has villages, of the year at work."""
    for register in registry.all():
        if any(parent.name == "village" for parent in register.parents):
            found = window(bench, Query(register, bench.year, village=name), 0, MOST)
            _put(bench, dossier, register, found)


def _listed(bench: Workbench, dossier: Dossier, register: Register, keys: Sequence[str]) -> None:
    by_year: dict[int, list[str]] = {bench.year: list(keys)}
    if register.year:
        with bench.read() as session:
            entity: Any = register.entity
            year = getattr(entity, register.year)
            by_year = {}
            for key, of in session.execute(select(entity.key, year).where(entity.key.in_(keys)).order_by(year)):
                by_year.setdefault(of, []).append(key)
    for year, mine in by_year.items():
        word = f"{year}年度" if register.year else ""
        _put(bench, dossier, register, rows(bench, register, year, mine), word)


def _put(bench: Workbench, dossier: Dossier, register: Register, found: Sequence[Row], word: str = "") -> None:
    """A list on paper without columns that are empty, and the whole of it in the workbook."""
    if not found:
        return
    infos = columns(register)
    lines = tuple(tuple(one.cells) for one in found)
    title = f"{word}{register.title}"
    dossier.tables.append(Rows(title, tuple(info.heading for info in infos), lines))
    kept = [place for place in range(len(infos)) if any(line[place] for line in lines)][:_WORDS]
    shown = tuple(tuple(line[place] for place in kept) for line in lines)
    table = Rows(title, tuple(infos[place].heading for place in kept), shown)
    dossier.add(Part(title, f"{len(lines)} {register.unit}", 0, lambda: rows_page(bench, table)))
