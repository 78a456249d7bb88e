"""From converted columns to households with everything that is wrong."""

from __future__ import annotations

from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.services.imports.answers import NOTHING, Answers
from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.converters import must
from fupin_desktop.services.imports.headings import ENTRIES, HOUSEHOLDS, PAYMENTS, PERSONS
from fupin_desktop.services.imports.households.grouping import group_households
from fupin_desktop.services.imports.households.persons import group_persons
from fupin_desktop.services.imports.households.records import HouseholdRecord
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.parsed import Parsed, parsed


def gather(
    columns: Columns, village: str, villages: frozenset[str], answers: Answers = NOTHING
) -> Parsed[HouseholdRecord]:
    """The households of converted columns; what is wrong is noted there."""
    kind = columns.mapping.kind
    first_is_head = answers.first_is_head
    households = group_persons(columns, first_is_head=first_is_head) if kind is PERSONS else group_households(columns)
    if answers.taking is not None and asks_taking(columns.mapping):
        _take_part(households, answers.taking, farming="farm.product" in columns.values)
    if kind is not PAYMENTS:
        _place(columns, households, village_name(village, villages))
    return parsed(households, columns.findings, len(columns.rows))


def asks_taking(mapping: Mapping) -> bool:
    """Whether a list leaves open which households take part (参与情况), without which nobody is paid."""
    return mapping.kind in (ENTRIES, HOUSEHOLDS) and "year.kind" not in mapping.columns


def _take_part(households: list[HouseholdRecord], taking: Participation, *, farming: bool) -> None:
    """What the clerk said of all; in a list of plantings and breedings those without any are left open."""
    for record in households:
        if record.farm or not farming:
            record.year.kind = taking.value


def _place(columns: Columns, households: list[HouseholdRecord], village: str) -> None:
    """Give households without a place the default; where the list names villages, every household needs one."""
    named = "place.village" in columns.values
    for record in households:
        if record.village is None:
            record.village = village or None
            if named and not village:
                fault = must("no_village", "没有填写行政村", "请填写行政村，或在导入时指定一个村")
                columns.find(record.row, "place.village", fault)
