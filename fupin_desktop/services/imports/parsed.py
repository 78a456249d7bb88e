"""What a sheet holds once its rows are records, with everything that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, TypeVar

from fupin_desktop.services.sheets.findings import Finding


class Record(Protocol):
    """A record out of one row of a sheet or several."""

    @property
    def row(self) -> int:
        """Its first row in the sheet, from 0."""

    @property
    def rows(self) -> list[int]:
        """All its rows, from 0."""


AnyRecord = TypeVar("AnyRecord", bound=Record)


@dataclass(slots=True)
class Parsed(Generic[AnyRecord]):
    """What a sheet holds.

    Attributes:
        records: All records, in the order of their first rows.
        findings: Everything that is wrong, by row and column.
        bad_rows: Rows (from 0) that cannot be taken in: with one bad row the whole record stays out.
        rows: Number of data rows.
    """

    records: Sequence[AnyRecord]
    findings: list[Finding]
    bad_rows: set[int] = field(default_factory=set)
    rows: int = 0

    @property
    def good(self) -> list[AnyRecord]:
        """Records without a must finding."""
        if not self.bad_rows:
            return list(self.records)
        return [record for record in self.records if record.row not in self.bad_rows]

    @property
    def bad(self) -> list[AnyRecord]:
        """Records with one."""
        return [record for record in self.records if record.row in self.bad_rows]

    def all_rows(self) -> Iterator[int]:
        """Every row that belongs to one of the records."""
        for record in self.records:
            yield from record.rows


def parsed(records: Sequence[AnyRecord], findings: Iterable[Finding], rows: int) -> Parsed[AnyRecord]:
    """Records with their findings in reading order; nothing is taken in by halves.

    Args:
        records: The records.
        findings: What is wrong.
        rows: Number of data rows.
    """
    ordered = sorted(findings, key=lambda finding: (finding.row, finding.column))
    bad_rows = {finding.row for finding in ordered if finding.must}
    spread = set(bad_rows)
    if bad_rows:
        for record in records:
            if any(row in bad_rows for row in record.rows):
                spread.update(record.rows)
    return Parsed(records, ordered, spread, rows)
