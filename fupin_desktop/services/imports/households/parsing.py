"""From a raw sheet and its mapping to records with everything that is wrong."""

from __future__ import annotations

from datetime import date

from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.services.imports.answers import NOTHING, Answers
from fupin_desktop.services.imports.columns import Columns, read_columns
from fupin_desktop.services.imports.converters import must
from fupin_desktop.services.imports.headings import PAYMENTS, PERSONS
from fupin_desktop.services.imports.households.grouping import group_households
from fupin_desktop.services.imports.households.persons import group_persons
from fupin_desktop.services.imports.households.records import HouseholdRecord
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.parsed import Parsed, parsed
from fupin_desktop.services.imports.quantities import settle_quantities
from fupin_desktop.services.sheets.raw import RawSheet


def parse(
    sheet: RawSheet, mapping: Mapping, *, today: date, village: str = "", villages: frozenset[str] = frozenset()
) -> Parsed[HouseholdRecord]:
    """Read the households of a sheet.

    Args:
        sheet: The raw sheet.
        mapping: Which column holds which field.
        today: Nobody is born later.
        village: Village of all rows that name none.
        villages: Village names as the office registered them.
    """
    columns = read_columns(sheet, mapping, today=today, villages=villages)
    settle_quantities(columns)
    return gather(columns, village, villages)


def gather(
    columns: Columns, village: str, villages: frozenset[str], answers: Answers = NOTHING
) -> Parsed[HouseholdRecord]:
    """The households of converted columns; what is wrong is noted there."""
    kind = columns.mapping.kind
    first_is_head = answers.first_is_head
    households = group_persons(columns, first_is_head=first_is_head) if kind is PERSONS else group_households(columns)
    if kind is not PAYMENTS:
        _place(columns, households, village_name(village, villages))
    return parsed(households, columns.findings, len(columns.rows))


def _place(columns: Columns, households: list[HouseholdRecord], village: str) -> None:
    """Give households without a place the default; where the list names villages, every household needs one."""
    named = "place.village" in columns.values
    for record in households:
        if record.village is None:
            record.village = village or None
            if named and not village:
                fault = must("no_village", "没有填写行政村", "请填写行政村，或在导入时指定一个村")
                columns.find(record.row, "place.village", fault)
