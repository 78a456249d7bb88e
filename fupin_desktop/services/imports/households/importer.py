"""Lists of households, entries, persons and payments, gathered into households."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from fupin_desktop.override import override
from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.comparison import Comparison, ResultTable
from fupin_desktop.services.imports.headings import FAMILY, PAYMENTS
from fupin_desktop.services.imports.households.comparing import compare
from fupin_desktop.services.imports.households.parsing import asks_taking, gather
from fupin_desktop.services.imports.households.records import HouseholdRecord
from fupin_desktop.services.imports.households.towns import ask_towns
from fupin_desktop.services.imports.households.writing import Writer
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.parsed import Parsed
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.unit import Unit

_OF_ADDED = ("户主姓名", "证件号码", "行政村", "村民小组", "种养项目")
_OF_CHANGED = ("户主姓名", "行政村", "变化(原来 → 导入后)")
_OF_MISSING = ("户主姓名", "行政村", "村民小组", "户编号")


class HouseholdImporter(Importer):
    """Gathers rows into households.

    Attributes:
        registers: Names of the registers that its lists fill.
    """

    registers = frozenset({"households", "farm_items", "persons"})

    family, unit, title = FAMILY, "户", "名册"
    accepted, grouped = "农户名册、奖补登记表、人口名单或发放名单", True

    @override
    def takes_village(self, mapping: Mapping) -> bool:
        """Every list but that of payments adds households, which belong to a village."""
        return mapping.kind is not PAYMENTS

    @override
    def read(
        self, columns: Columns, village: str, villages: frozenset[str], answers: Answers
    ) -> Parsed[HouseholdRecord]:
        """The households of the rows."""
        return gather(columns, village, villages, answers)

    @override
    def compare(
        self, bench: Workbench, session: Session, records: Sequence[HouseholdRecord], mapping: Mapping, village: str,
        answers: Answers,
    ) -> Comparison:
        """Set the households against the registered ones."""
        named = "place.village" in mapping.columns
        assumed = answers.taking is not None and asks_taking(mapping)
        found = compare(session, records, mapping.kind, bench.year, answers, named=named, assumed=assumed)
        if not answers.other_town:
            ask_towns(session, found)
        return found

    @override
    def tables(self, found: Comparison) -> list[ResultTable]:
        """Added, changed and missing households."""
        return [
            ResultTable("新增的户", len(found.added), _OF_ADDED, lambda: _added(found)),
            ResultTable("有变化的户", len(found.changed), _OF_CHANGED, lambda: _changed(found)),
            ResultTable("文件里没有的户", len(found.missing), _OF_MISSING, lambda: _missing(found)),
        ]

    @override
    def write(
        self, unit: Unit, bench: Workbench, mapping: Mapping, found: Comparison, progress: Progress | None
    ) -> dict[int, str]:
        """Write the households with their years, items and persons; keys of what is new by row."""
        return Writer(unit, bench, mapping, found, progress).write()


def _added(found: Comparison) -> list[tuple[str, ...]]:
    return [
        (one.head_name or "", one.head_id_number or "", one.village or "", one.group_name or "",
         "、".join(farm.product or "" for farm in one.farm))
        for one in found.added
    ]  # fmt: skip


def _changed(found: Comparison) -> list[tuple[str, ...]]:
    """One line for every change, before → after."""
    return [(str(one.known.value("head_name")), one.known.village, line) for one in found.changed for line in one.lines]


def _missing(found: Comparison) -> list[tuple[str, ...]]:
    return [
        (str(one.value("head_name")), one.village, str(one.value("group_name")), str(one.value("code")))
        for one in found.missing
    ]


HOUSEHOLD_LISTS = HouseholdImporter()
