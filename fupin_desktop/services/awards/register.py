"""An award register read straight from a workbook, for calculations without a data file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.errors import UnreadableFile
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.services.imports.headings import ENTRIES, HOUSEHOLDS
from fupin_desktop.services.imports.households.parsing import parse
from fupin_desktop.services.imports.households.records import HouseholdRecord, to_applicant
from fupin_desktop.services.imports.mapping import Mapping, propose
from fupin_desktop.services.imports.parsed import Parsed
from fupin_desktop.services.imports.stacking import one_below_the_other
from fupin_desktop.services.imports.unread import unread_sheets
from fupin_desktop.services.sheets.blocks import in_the_file
from fupin_desktop.services.sheets.findings import Finding
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import RawWorkbook, open_workbook

_USABLE = (ENTRIES, HOUSEHOLDS)
_TODO = "请按手册“名册各列”准备奖补登记表(一条种养项目一行)。"


@dataclass(frozen=True, slots=True)
class AwardRegister:
    """What a workbook gives the calculation.

    Attributes:
        sheet: Name of the sheet that was read.
        applicants: Households without a must finding, in the order of the file.
        findings: Everything that is wrong, by row.
        left_out: Households with a must finding, by name; they are not among ``applicants``.
        has_village: Whether the sheet itself names the villages.
        has_entries: Whether the sheet has a column of products.
        unread: Other sheets of the workbook that look like registers with rows in them.
    """

    sheet: str
    applicants: tuple[Applicant, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...]
    has_village: bool
    has_entries: bool
    unread: tuple[str, ...] = ()

    @property
    def bad(self) -> tuple[Finding, ...]:
        """Findings that keep a row out."""
        return tuple(finding for finding in self.findings if finding.must)


def read_award_register(path: Path, *, today: date, village: str, place: str = "") -> AwardRegister:
    """Read an award register from a spreadsheet.

    Args:
        path: The .xlsx, .xls or .ods file.
        today: Nobody is born later.
        village: Village of all households where the sheet names none.
        place: The scheme's place; villages written a little differently are taken as it.

    Raises:
        Situation: The file cannot be read, or holds no award register.
    """
    with quiet_memory():
        book = open_workbook(path)
        (sheet, mapping), unread = _best(book)
        sheet, mapping, notes = one_below_the_other(sheet, mapping)
        parsed = parse(sheet, mapping, today=today, village=village, villages=frozenset({place} if place else ()))
    if not parsed.records:
        raise UnreadableFile(f"“{book.name}”的工作表“{sheet.name}”里没有一户。", todo=_TODO)
    return AwardRegister(
        sheet=sheet.name,
        applicants=tuple(to_applicant(record) for record in parsed.good),
        findings=(*notes, *(in_the_file(finding, sheet) for finding in parsed.findings)),
        left_out=tuple(_left_out(parsed)),
        has_village="place.village" in mapping.columns,
        has_entries="farm.product" in mapping.columns,
        unread=unread,
    )


def _best(book: RawWorkbook) -> tuple[tuple[RawSheet, Mapping], tuple[str, ...]]:
    """The sheet that looks most like a register, with its mapping; and the names of others that look like one."""
    found = [(proposal.score, sheet, proposal.mapping) for sheet in book.sheets for proposal in (propose(sheet),)]
    usable = [(score, sheet, mapping) for score, sheet, mapping in found if mapping and mapping.kind in _USABLE]
    if not usable:
        other = next((mapping.kind.label for _, _, mapping in found if mapping), "")
        told = f"“{book.name}”是{other}，不是奖补登记表。" if other else f"“{book.name}”里找不到奖补登记表的表头。"
        raise UnreadableFile(told, todo=_TODO)
    _, sheet, best = max(usable, key=lambda one: one[0])
    if lacking := one_below_the_other(sheet, best)[1].missing():
        raise UnreadableFile(f"工作表“{sheet.name}”缺少列：{'、'.join(lacking)}。", todo=_TODO)
    return (sheet, best), unread_sheets([(one, mapping) for _, one, mapping in usable], sheet.name)


def _left_out(parsed: Parsed[HouseholdRecord]) -> Iterator[str]:
    for record in parsed.bad:
        yield record.head_name or record.code or f"第{record.row + 1}行"
