"""The data rows of a sheet as columns of stored values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Any

from fupin_desktop.domain.text import compact
from fupin_desktop.services.imports.converters import Converter, converter, village_converter, warning
from fupin_desktop.services.imports.headings import all_fields, in_ten_thousands
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.reader import Cell, RawSheet
from fupin_desktop.services.values import Context, Place

_TOTALS = frozenset({"合计", "总计", "小计", "共计", "累计", "本页合计", "本页小计", "全村合计", "全镇合计"})
_FOOT = re.compile(r"(?:制表|填表|填报|审核|复核|负责人|经办|单位|注|备注|说明|日期|联系人|盖章)[^:：]{0,10}[:：]")
_STARTS = frozenset("合总小共累本全制填审复负经单注备说日联盖 \t\u3000")
_HEADS = frozenset({"household.head_name", "person.name"})
_LOOKED_AT = 4
FILLED = ("place.", "household.", "year.")


@dataclass(slots=True)
class Columns:
    """The data rows of a sheet.

    Attributes:
        sheet: Sheet name.
        mapping: How it is read.
        rows: Row numbers in the sheet, from 0.
        values: Stored values by field key, in step with ``rows``.
        findings: What is wrong with single cells, and rows left out.
    """

    sheet: str
    mapping: Mapping
    rows: list[int]
    values: dict[str, list[Any]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def column(self, key: str) -> list[Any]:
        """The values of a field, all None where no column holds it."""
        return self.values.get(key) or [None] * len(self.rows)

    def records(self, prefix: str, names: Iterable[str]) -> list[tuple[Any, ...]]:
        """Tuples of the named fields, one a row."""
        return list(zip(*[self.column(f"{prefix}.{name}") for name in names], strict=True))

    def find(self, row: int, key: str, fault: Any) -> None:
        """Note a fault at the cell of a field, or at the row where no column holds the field."""
        column = self.mapping.column_of(key)
        if column is None:
            self.findings.append(at(fault, self.sheet, row))
        else:
            self.findings.append(at(fault, self.sheet, row, column, self.mapping.headings[column]))


def read_columns(sheet: RawSheet, mapping: Mapping, *, today: date, villages: frozenset[str]) -> Columns:
    """Convert the mapped columns of a sheet; rows without data, totals and footnotes are left out.

    Args:
        sheet: The raw sheet.
        mapping: Which column holds which field.
        today: Nobody is born later.
        villages: Village names as the office registered them.
    """
    rows = [number for number in range(mapping.first_row, len(sheet.rows)) if sheet.rows[number]]
    raw = _transposed(sheet, rows, len(mapping.columns))
    kept, notes = _without_totals(sheet, rows, raw, mapping)
    if len(kept) < len(rows):
        raw = [[column[place] for place in kept] for column in raw]
        rows = [rows[place] for place in kept]
    found = Columns(sheet.name, mapping, rows, findings=notes)
    places = {row: place for place, row in enumerate(rows)} if sheet.merges else {}
    for number, key in enumerate(mapping.columns):
        if key is not None:
            column = _filled(raw[number], number, key, sheet, places) if sheet.merges else raw[number]
            _convert(found, number, key, column, _converter(key, mapping.headings[number], today, villages))
    return found


def _transposed(sheet: RawSheet, rows: list[int], width: int) -> list[Sequence[Cell]]:
    columns: list[Sequence[Cell]] = list(zip_longest(*[sheet.rows[row] for row in rows], fillvalue=""))
    return columns + [[""] * len(rows) for _ in range(width - len(columns))]


def _without_totals(
    sheet: RawSheet, rows: list[int], raw: list[Sequence[Cell]], mapping: Mapping
) -> tuple[list[int], list[Finding]]:
    """Places of the rows to keep, and a note on every row left out."""
    looked_at = set(range(min(_LOOKED_AT, len(raw))))
    names = {number for number, key in enumerate(mapping.columns) if key in _HEADS}
    left_out: dict[int, str] = {}
    for number in sorted(looked_at | names):
        heading = mapping.headings[number] if number in names else ""
        texts = {cell for cell in raw[number] if isinstance(cell, str) and (cell[:1] in _STARTS or cell == heading)}
        for text in texts:
            if reason := _reason(text, heading):
                left_out |= {place: reason for place, cell in enumerate(raw[number]) if cell == text}
    notes = [at(warning("row_left_out", text, "不用处理"), sheet.name, rows[place]) for place, text in left_out.items()]
    return [place for place in range(len(rows)) if place not in left_out], sorted(notes, key=lambda note: note.row)


def _reason(cell: str, heading: str) -> str:
    """Why a row with this cell in one of its first columns holds no data; empty where it may."""
    text = compact(cell)
    if text.rstrip(":：") in _TOTALS:
        return "合计行，没有导入"
    if text and text == heading:
        return "重复的表头，没有导入"
    return "表尾说明，没有导入" if _FOOT.match(text) else ""


def _filled(
    raw: Sequence[Cell], number: int, key: str, sheet: RawSheet, places: dict[int, int]
) -> Sequence[Cell]:
    """The column with merged cells filled downwards; amounts of entries and persons are never repeated."""
    if not key.startswith(FILLED):
        return raw
    column = list(raw)
    for first_row, first_column, last_row, last_column in sheet.merges:
        if first_column <= number <= last_column:
            value = sheet.cell(first_row, first_column)
            for row in range(first_row, min(last_row + 1, len(sheet.rows))):
                if row in places:
                    column[places[row]] = value
    return column


def _converter(key: str, heading: str, today: date, villages: frozenset[str]) -> Converter:
    if key == "place.village":
        return village_converter(villages)
    times = 10_000 if in_ten_thousands(heading) else 1
    return converter(all_fields()[key].field, Context(Place.IMPORTED, today, times=times))


def _convert(found: Columns, number: int, key: str, raw: Sequence[Cell], convert: Converter) -> None:
    """Convert one column and note what is wrong with its cells."""
    if bool in set(map(type, raw)):
        raw = [("是" if cell else "否") if isinstance(cell, bool) else cell for cell in raw]
    found.values[key] = list(map(convert.__getitem__, raw))
    if convert.faults:
        heading, faults = found.mapping.headings[number], convert.faults
        for place, cell in enumerate(raw):
            if cell in faults:
                found.findings.append(at(faults[cell], found.sheet, found.rows[place], number, heading))
