"""Everything that the office keeps about one household or person, for who asks for it (个人信息保护法 第四十五条)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.services import exports, files
from fupin_desktop.services.personal.belonging import HOUSEHOLD_TABLE, accounts, belonging, documents
from fupin_desktop.services.values import show
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import bulk
from fupin_desktop.storage.entities import Base, ChangeEntry, KeptColumns, Village
from fupin_desktop.storage.fields import Field, Kind, of
from fupin_desktop.storage.table_names import called, word_columns
from fupin_desktop.storage.unit import entity_named, table_of

_ENTRIES = table_of(ChangeEntry)
_HEADINGS = ("资料", "记录", "项目", "内容")
_WHERE_AND_WHEN = {"village_key": "村", "year": "年度"}
"""Columns that no register shows as a field of its own, told all the same."""


@dataclass(frozen=True, slots=True)
class Section:
    """The records of one kind.

    Attributes:
        title: What they are.
        headings: Of the columns.
        rows: Texts.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def everything(bench: Workbench, table: str, key: str) -> list[Section]:
    """All records about a household or person, with all that is filled in; at the end how often the log names them.

    Args:
        bench: The workbench.
        table: ``households`` or ``persons``.
        key: The record.
    """
    with bench.read() as session:
        keys = belonging(session, table, [key])
        if table == HOUSEHOLD_TABLE:
            keys = {**keys, **accounts(session, key), **documents(session, key)}
        sections = [found for name, of_table in keys.items() if (found := _section(session, name, of_table))]
        return [*sections, *_kept(session, [one for of_table in keys.values() for one in of_table]), _log(session, key)]


def _kept(session: Session, keys: Sequence[str]) -> list[Section]:
    """What columns of imported lists said besides."""
    rows = session.scalars(select(KeptColumns).where(KeptColumns.owner_key.in_(keys)).order_by(KeptColumns.year)).all()
    told = [(f"{row.year}", str(name), str(text)) for row in rows for name, text in row.texts.items()]
    return [Section(called(KeptColumns.__tablename__), ("年度", "列", "内容"), tuple(told))] if told else []


def _section(session: Session, name: str, keys: Sequence[str]) -> Section | None:
    table = Base.metadata.tables[name]
    fields = [field for field in of(entity_named(name)).values() if not field.derived]
    besides = [column for column in _WHERE_AND_WHEN if column in table.c and column not in of(entity_named(name))]
    rows = bulk.fetch_rows(session.connection(), table, [*besides, *(field.name for field in fields)], keys)
    first = len(besides)
    names = [
        _names(session, name, field, [values[at] for values in rows.values()]) for at, field in enumerate(fields, first)
    ]
    villages = dict(session.execute(select(Village.key, Village.name)).all())
    shown = [
        (
            *(str(villages.get(value, value or "")) for value in values[:first]),
            *(show(field, value, known) for field, value, known in zip(fields, values[first:], names, strict=True)),
        )
        for values in rows.values()
    ]
    headings = [*(_WHERE_AND_WHEN[column] for column in besides), *(field.heading for field in fields)]
    filled = [at for at in range(len(headings)) if any(row[at] for row in shown)]
    if not any(at >= first for at in filled):
        return None
    return Section(
        called(name), tuple(headings[at] for at in filled), tuple(tuple(row[at] for at in filled) for row in shown)
    )


def _names(session: Session, name: str, field: Field, values: Sequence[Any]) -> dict[str, str]:
    """The names of the records that a REFERENCE field names."""
    keys = sorted({str(value) for value in values if value})
    if field.kind is not Kind.REFERENCE or not keys:
        return {}
    target = next(iter(Base.metadata.tables[name].c[field.name].foreign_keys)).column.table
    words = word_columns(tuple(column.name for column in target.columns))[:1]
    found = bulk.fetch_rows(session.connection(), target, words, keys) if words else {}
    return {key: str(row[0] or "") for key, row in found.items()}


def _log(session: Session, key: str) -> Section:
    about = select(func.count(_ENTRIES.c.set_key.distinct())).where(func.instr(_ENTRIES.c.body, key) > 0)
    count = session.execute(about).scalar_one()
    return Section(called("change_sets"), ("涉及的操作(项)",), ((f"{count:,}",),))


def write_everything(bench: Workbench, table: str, key: str, name: str, path: Path) -> list[Path]:
    """Write everything about a household or person as a workbook, a sheet for each kind, and as a PDF beside it.

    Args:
        bench: The workbench.
        table: ``households`` or ``persons``.
        key: The record.
        name: Whom it is about, for the title.
        path: The xlsx file.

    Raises:
        Situation: A file cannot be written there.
    """
    from fupin_desktop.documents.drawing.pdf import pdf_bytes
    from fupin_desktop.documents.drawing.tables_workbook import tables_bytes

    sections = everything(bench, table, key)
    title = f"{name} 个人资料"
    tables = [(one.title, one.headings, one.rows) for one in sections]
    files.write_bytes(path, tables_bytes(title, tables, bench.clock()))
    paper = exports.rows_paper(bench, title, _HEADINGS, list(_flat(sections)))
    files.write_bytes(path.with_suffix(".pdf"), pdf_bytes(paper))
    return [path, path.with_suffix(".pdf")]


def _flat(sections: Sequence[Section]) -> Iterator[tuple[str, ...]]:
    for section in sections:
        for number, row in enumerate(section.rows, 1):
            for heading, text in zip(section.headings, row, strict=True):
                if text:
                    yield section.title, f"{number}", heading, text
