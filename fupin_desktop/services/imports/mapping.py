"""Which column holds which field: proposed from the headings, changed by hand, remembered."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, replace
from typing import Any

from fupin_desktop.domain.text import compact
from fupin_desktop.services.imports.headings import (
    ListKind,
    all_fields,
    fields_for,
    is_paid_heading,
    matches,
    normalise,
)
from fupin_desktop.services.sheets.reader import RawSheet

_SEARCHED = 30
EXPLANATION = "问题说明"


@dataclass(frozen=True, slots=True)
class Mapping:
    """How a sheet is read.

    Attributes:
        kind: What one row stands for.
        heading_row: First row of the heading, from 0.
        heading_rows: 1, or 2 where groups stand above.
        headings: Text of every column's heading.
        columns: Field key of every column, None where it is left out.
    """

    kind: ListKind
    heading_row: int
    heading_rows: int
    headings: tuple[str, ...]
    columns: tuple[str | None, ...]

    @property
    def first_row(self) -> int:
        """First row below the heading."""
        return self.heading_row + self.heading_rows

    @property
    def signature(self) -> str:
        """Fingerprint of the arrangement of headings, under which the mapping is remembered."""
        text = "\n".join(normalise(heading) for heading in self.headings if heading)
        return hashlib.sha256(text.encode()).hexdigest()

    def column_of(self, key: str) -> int | None:
        """The column that holds a field."""
        return self.columns.index(key) if key in self.columns else None

    def with_column(self, column: int, key: str | None) -> Mapping:
        """The mapping with one column given another field; a field stands in one column only."""
        columns = [None if other == key else other for other in self.columns]
        columns[column] = key
        return replace(self, columns=tuple(columns))

    def with_kind(self, kind: ListKind) -> Mapping:
        """The mapping proposed for the same headings as another kind of list."""
        return replace(self, kind=kind, columns=assign(self.headings, kind))

    def missing(self) -> list[str]:
        """What a list of this kind cannot be read without, as labels; empty where all is there."""
        keys = set(self.columns)
        name, code, number = ("person.name", "household.code", "person.id_number")
        if self.kind is not ListKind.PERSONS:
            name, code, number = "household.head_name", "household.code", "household.head_id_number"
        wanted = [all_fields()[name].field.label] if name not in keys else []
        if not {code, number} & keys:
            wanted.append(f"{all_fields()[number].field.label}或{all_fields()[code].field.label}")
        if self.kind is ListKind.PAYMENTS and "household.bank_account" not in keys:
            wanted.append(all_fields()["household.bank_account"].field.label)
        return wanted

    def to_dict(self) -> dict[str, Any]:
        """The part that is remembered, as plain data."""
        columns = [key for heading, key in zip(self.headings, self.columns, strict=True) if heading]
        return {"kind": self.kind.value, "columns": columns}

    def remembered(self, kept: MappingType[str, Any]) -> Mapping:
        """The mapping with what was remembered for these headings laid over it; what no longer fits is left out."""
        kind = ListKind.from_label(str(kept.get("kind", "")))
        keys = list(kept.get("columns", []))
        named = [place for place, heading in enumerate(self.headings) if heading]
        if not isinstance(kind, ListKind) or len(keys) != len(named):
            return self
        known = fields_for(kind)
        columns: list[str | None] = [None] * len(self.columns)
        for place, key in zip(named, keys, strict=True):
            columns[place] = key if key in known else None
        return replace(self, kind=kind, columns=tuple(columns))


def assign(headings: tuple[str, ...], kind: ListKind) -> tuple[str | None, ...]:
    """The field of every column: the strongest matches first, each field once."""
    offers = [
        (-strength, column, key)
        for column, heading in enumerate(headings)
        for key, strength in matches(heading, kind).items()
    ]
    columns: list[str | None] = [None] * len(headings)
    taken: set[str] = set()
    for _, column, key in sorted(offers):
        if columns[column] is None and key not in taken:
            columns[column] = key
            taken.add(key)
    return tuple(columns)


def recognise_kind(headings: tuple[str, ...]) -> ListKind:
    """What one row of a list with these headings stands for."""
    persons, entries = set(assign(headings, ListKind.PERSONS)), set(assign(headings, ListKind.ENTRIES))
    if {"person.relation", "person.code"} & persons and "person.name" in persons:
        return ListKind.PERSONS
    if "farm.product" in entries:
        return ListKind.ENTRIES
    if "household.bank_account" in entries and any(is_paid_heading(heading) for heading in headings):
        return ListKind.PAYMENTS
    return ListKind.HOUSEHOLDS


@dataclass(frozen=True, slots=True)
class Proposal:
    """A mapping found for a sheet, with how well it fits; ``mapping`` None where no heading row was found."""

    mapping: Mapping | None
    score: int


def propose(sheet: RawSheet) -> Proposal:
    """Find the heading of a sheet within its first rows, and map its columns."""
    best = Proposal(None, 0)
    for row in range(min(_SEARCHED, len(sheet.rows))):
        if not sheet.rows[row]:
            continue
        for rows in (1, 2) if row + 1 < _SEARCHED else (1,):
            headings = _headings(sheet, row, rows)
            found = _judge(headings, row, rows)
            if found.score > best.score:
                best = found
    return best


def heading_at(sheet: RawSheet, row: int, rows: int = 1) -> Mapping:
    """The mapping proposed when the clerk points at the heading row."""
    headings = _headings(sheet, row, rows)
    kind = recognise_kind(headings)
    return Mapping(kind, row, rows, headings, assign(headings, kind))


def _judge(headings: tuple[str, ...], row: int, rows: int) -> Proposal:
    """Score a row as heading: fields found, less what cannot be a heading; two rows must gain two fields over one."""
    if sum(1 for heading in headings if heading) < 2:
        return Proposal(None, 0)
    kind = recognise_kind(headings)
    mapping = Mapping(kind, row, rows, headings, assign(headings, kind))
    found = sum(1 for key in mapping.columns if key)
    if found < 2:
        return Proposal(None, 0)
    score = found * 10 - 15 * (rows - 1) - 5 * len(mapping.missing())
    return Proposal(mapping, max(score, 1))


def _headings(sheet: RawSheet, row: int, rows: int) -> tuple[str, ...]:
    """Heading texts; with two rows the lower stands for itself where it is known, else behind its group."""
    upper = _texts(sheet, row)
    if rows == 1:
        return upper
    lower = _texts(sheet, row + 1)
    width = max(len(upper), len(lower))
    pairs = zip(_wide(upper, width), _wide(lower, width), strict=True)
    return tuple([_joined(above, below) for above, below in pairs])


def _joined(above: str, below: str) -> str:
    if not below or below == above:
        return above
    both = above + below
    if above and (matches(both, ListKind.ENTRIES) or not _known(below)):
        return both
    return below


def _known(heading: str) -> bool:
    return bool(matches(heading, ListKind.ENTRIES) or matches(heading, ListKind.PERSONS))


def _wide(texts: tuple[str, ...], width: int) -> tuple[str, ...]:
    return texts + ("",) * (width - len(texts))


def _texts(sheet: RawSheet, row: int) -> tuple[str, ...]:
    """Texts of a row, merged cells filled; a column explained by an earlier error workbook is left out."""
    cells = list(sheet.rows[row]) if row < len(sheet.rows) else []
    for first_row, first_column, last_row, last_column in sheet.merges:
        if first_row <= row <= last_row:
            cells += [""] * (min(last_column + 1, 512) - len(cells))
            for column in range(first_column, min(last_column + 1, len(cells))):
                cells[column] = sheet.cell(first_row, first_column)
    texts = tuple([compact(cell) if isinstance(cell, str) else "" for cell in cells])
    return tuple(["" if text == EXPLANATION else text for text in texts])
