"""From a raw sheet and its mapping to records with everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.services.imports.columns import Columns, read_columns
from fupin_desktop.services.imports.converters import must
from fupin_desktop.services.imports.headings import PAYMENTS, PERSONS
from fupin_desktop.services.imports.households.grouping import group_households
from fupin_desktop.services.imports.households.persons import group_persons
from fupin_desktop.services.imports.households.records import HouseholdRecord
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.sheets.findings import Finding
from fupin_desktop.services.sheets.reader import RawSheet


@dataclass(slots=True)
class Parsed:
    """What a sheet holds.

    Attributes:
        households: All households, in the order of their first rows.
        findings: Everything that is wrong, by row and column.
        bad_rows: Rows (from 0) that cannot be taken in: with one bad row the whole household stays out.
        rows: Number of data rows.
    """

    households: list[HouseholdRecord]
    findings: list[Finding]
    bad_rows: set[int] = field(default_factory=set)
    rows: int = 0

    @property
    def good(self) -> list[HouseholdRecord]:
        """Households without a must finding."""
        if not self.bad_rows:
            return self.households
        return [record for record in self.households if record.row not in self.bad_rows]

    @property
    def bad(self) -> list[HouseholdRecord]:
        """Households with one."""
        return [record for record in self.households if record.row in self.bad_rows]


def parse(
    sheet: RawSheet,
    mapping: Mapping,
    *,
    today: date,
    village: str = "",
    town: str = "",
    villages: frozenset[str] = frozenset(),
) -> Parsed:
    """Read a sheet.

    Args:
        sheet: The raw sheet.
        mapping: Which column holds which field.
        today: Nobody is born later.
        village: Village of all rows that name none.
        town: Town of all rows that name none.
        villages: Village names as the office registered them.
    """
    columns = read_columns(sheet, mapping, today=today, villages=villages)
    is_persons = mapping.kind is PERSONS
    households = group_persons(columns) if is_persons else group_households(columns)
    if mapping.kind is not PAYMENTS:
        _place(columns, households, village_name(village, villages), town)
    findings = sorted(columns.findings, key=lambda finding: (finding.row, finding.column))
    bad_rows = _whole_households(households, {finding.row for finding in findings if finding.must})
    return Parsed(households, findings, bad_rows, len(columns.rows))


def _place(columns: Columns, households: list[HouseholdRecord], village: str, town: str) -> None:
    """Give households without a place the default; where the list names villages, every household needs one."""
    named = "place.village" in columns.values
    for record in households:
        record.town = record.town or town or None
        if record.village is None:
            record.village = village or None
            if named and not village:
                fault = must("no_village", "没有填写行政村", "请填写行政村，或在导入时指定一个村")
                columns.find(record.row, "place.village", fault)


def _whole_households(households: list[HouseholdRecord], bad_rows: set[int]) -> set[int]:
    """Bad rows spread over the whole household, so that nothing is taken in by halves."""
    if not bad_rows:
        return bad_rows
    spread = set(bad_rows)
    for record in households:
        if any(row in bad_rows for row in record.rows):
            spread.update(record.rows)
    return spread


def all_rows(households: list[HouseholdRecord]) -> Iterator[int]:
    """Every row that belongs to one of the households."""
    for record in households:
        yield from record.rows
