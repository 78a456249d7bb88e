"""What a family of lists brings to an import: how rows become records, are compared and are written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.services.imports.answers import Answers
from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.comparison import Comparison, ResultTable
from fupin_desktop.services.imports.headings import Family
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.imports.parsed import Parsed
from fupin_desktop.services.registers.description import Register
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.unit import Unit


class Importer(ABC):
    """How the lists of a family are imported.

    Attributes:
        family: The kinds of list.
        unit: What its records are counted in: 户, 条.
        title: What is imported, for titles: 名册, 捐赠名单.
        accepted: The lists that are understood, in Chinese.
        grouped: Whether several rows make up one record.
        register: The register whose records the rows are; None where a list holds records of several.
    """

    family: Family
    unit: str
    title: str
    accepted: str
    grouped: bool = False
    register: Register | None = None

    @abstractmethod
    def takes_village(self, mapping: Mapping) -> bool:
        """Whether a village can be given for all rows that name none."""

    @abstractmethod
    def read(self, columns: Columns, village: str, villages: frozenset[str], answers: Answers) -> Parsed[Any]:
        """The records of the rows.

        Args:
            columns: The converted columns; what is wrong is noted there.
            village: Village of all rows that name none; empty where none is given.
            villages: Village names as the office registered them.
            answers: What the clerk answered to the questions of the list.
        """

    @abstractmethod
    def compare(
        self, bench: Workbench, session: Session, records: Sequence[Any], mapping: Mapping, village: str,
        answers: Answers,
    ) -> Comparison:
        """Compare records without faults with the data file.

        Args:
            bench: The workbench, with the year and the day.
            session: For reading.
            records: The records.
            mapping: How the list was read.
            village: Village of all rows that name none; empty where none is given.
            answers: What the clerk answered to the questions of the list.
        """

    @abstractmethod
    def tables(self, found: Comparison) -> list[ResultTable]:
        """A comparison as tables to look at."""

    @abstractmethod
    def write(
        self, unit: Unit, bench: Workbench, mapping: Mapping, found: Comparison, progress: Progress | None
    ) -> dict[int, str]:
        """Write what a comparison found, in one transaction; keys of the new records by row."""

    def counts(self, found: Comparison) -> str:
        """The counts of a comparison in words."""
        added, changed = f"新增 {len(found.added)} {self.unit}", f"修改 {len(found.changed)} {self.unit}"
        kept = f"，原样留存其他列 {len(found.kept)} 条" if found.kept else ""
        return f"{added}，{changed}，没有变化 {found.unchanged} {self.unit}{kept}"
