"""The data rows of a sheet as columns of stored values."""

from __future__ import annotations

from collections import abc
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from fupin_desktop.domain.text import compact
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services.imports.converters import Converter, converter, refusing, village_converter, warning
from fupin_desktop.services.imports.headings import CLASS, ImportField
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.told import told_cells, told_doubles
from fupin_desktop.services.sheets.conversion import Units, read_units
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.table import Table, read_table
from fupin_desktop.services.values import Context, Place

OWN_CLASS = "household.own_class"
OwnClasses = abc.Mapping[str, HouseholdClass]
NO_CLASSES: OwnClasses = MappingProxyType({})


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


def read_columns(
    sheet: RawSheet,
    mapping: Mapping,
    *,
    today: date,
    villages: frozenset[str],
    classes: OwnClasses = NO_CLASSES,
) -> Columns:
    """Convert the mapped columns of a sheet; rows without data, totals and footnotes are left out.

    Args:
        sheet: The raw sheet.
        mapping: Which column holds which field.
        today: Nobody is born later.
        villages: Village names as the office registered them.
        classes: The office's own classes of household, with what each counts as.
    """
    kind, keys, table = mapping.kind, list(enumerate(mapping.columns)), data_rows(sheet, mapping)
    notes = [at(warning("row_left_out", reason, "不用处理"), sheet.name, row) for row, reason in table.left_out.items()]
    found = Columns(sheet.name, mapping, table.rows, findings=notes)
    labels = {key: one.field.label for key, one in kind.fields.items()}
    found.findings += told_doubles(sheet.name, mapping.heading, mapping.doubles, labels)
    found.findings += told_cells(sheet, mapping.heading, table, {number for number, key in keys if key})
    units = read_units(sheet, mapping.heading, {number: kind.fields[key].field for number, key in keys if key})
    found.findings += units.told
    for number, key in keys:
        if key is not None:
            convert = _converter(number, kind.fields[key], units, today, villages)
            if key == CLASS and classes:
                _take_own(found, convert, table.columns[number], classes)
            _convert(found, number, key, table.columns[number], convert)
    return found


def _take_own(found: Columns, convert: Converter, raw: Sequence[Cell], classes: OwnClasses) -> None:
    """Own classes in the column of 户类别: what they count as, and their words where no other column has them."""
    words = {cell: compact(cell) for cell in set(raw) if isinstance(cell, str) and compact(cell) in classes}
    convert.update({cell: classes[word].value for cell, word in words.items()})
    if OWN_CLASS not in found.mapping.columns:
        found.values[OWN_CLASS] = [words.get(cell) if isinstance(cell, str) else None for cell in raw]


def data_rows(sheet: RawSheet, mapping: Mapping) -> Table:
    """The raw rows of a sheet that hold data."""
    kind, keys = mapping.kind, list(enumerate(mapping.columns))
    return read_table(
        sheet,
        mapping.heading,
        names={number for number, key in keys if key in kind.names},
        repeated={number for number, key in keys if kind.repeats(key)},
        free={number for number, key in keys if key in kind.free},
    )


def _converter(number: int, field: ImportField, units: Units, today: date, villages: frozenset[str]) -> Converter:
    if field.is_village:
        return village_converter(villages)
    if number in units.unknown:
        return refusing(units.unknown[number])
    return converter(field.field, Context(Place.IMPORTED, today, times=units.of(number)))


def _convert(found: Columns, number: int, key: str, raw: Sequence[Cell], convert: Converter) -> None:
    """Convert one column and note what is wrong with its cells."""
    if bool in set(map(type, raw)):
        raw = [("是" if cell else "否") if isinstance(cell, bool) else cell for cell in raw]
    found.values[key] = convert.column(raw)
    if convert.faults:
        heading, faults = found.mapping.headings[number], convert.faults
        for place, cell in enumerate(raw):
            if cell in faults:
                found.findings.append(at(faults[cell], found.sheet, found.rows[place], number, heading))
