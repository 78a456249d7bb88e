"""An award register read straight from a workbook, for calculations without a data file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fupin_desktop.errors import UnreadableFile
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.services.imports.answers import NOTHING, Answers
from fupin_desktop.services.imports.columns import NO_CLASSES, OwnClasses
from fupin_desktop.services.imports.headings import ENTRIES, HOUSEHOLDS, ListKind
from fupin_desktop.services.imports.households.records import HouseholdRecord, to_applicant
from fupin_desktop.services.imports.parsed import Parsed
from fupin_desktop.services.imports.preview import Alone, Preview, prepare, prepare_workbook
from fupin_desktop.services.imports.unread import unread_sheets
from fupin_desktop.services.sheets.findings import Finding

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
        unused: Headings of columns that hold nothing of a register.
    """

    sheet: str
    applicants: tuple[Applicant, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...]
    has_village: bool
    has_entries: bool
    unread: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def bad(self) -> tuple[Finding, ...]:
        """Findings that keep a row out."""
        return tuple(finding for finding in self.findings if finding.must)


def read_award_register(
    path: Path,
    *,
    today: date,
    village: str,
    place: str = "",
    year: int = 0,
    sheet: str | None = None,
    kind: ListKind | None = None,
    answers: Answers = NOTHING,
    password: str = "",
    classes: OwnClasses = NO_CLASSES,
) -> AwardRegister:
    """Read an award register from a spreadsheet, as the import of the window reads it.

    Args:
        path: A spreadsheet, a web page with tables or a text table.
        today: Nobody is born later.
        village: Village of all households where the sheet names none.
        place: The scheme's place; villages written a little differently are taken as it.
        year: The scheme's year; rows of another year stay out. 0 where any will do.
        sheet: Sheet to read; None takes the one that fits best.
        kind: What one row stands for; None takes what is recognised.
        answers: What was answered to the questions of the list.
        password: What opens the file, where it is encrypted.
        classes: The scheme's own classes of household, with what each counts as.

    Raises:
        Situation: The file cannot be read, or holds no award register.
    """
    alone = Alone(frozenset({place} if place else ()), year, _USABLE, classes)
    preview = prepare(
        None, path, sheet=sheet, village=village, today=today, answers=answers, password=password, alone=alone
    )
    if kind is not None and preview.mapping.kind is not kind:
        preview = prepare_workbook(
            None, path, preview.workbook, sheet=preview.sheet, mapping=preview.mapping.with_kind(kind), village=village,
            today=today, answers=answers, alone=alone,
        )  # fmt: skip
    _refuse_others(preview)
    preview.require_mapping()
    if not preview.parsed.records:
        raise UnreadableFile(f"“{path.name}”的工作表“{preview.sheet}”里没有一户。", todo=_TODO)
    return _register(preview)


def _refuse_others(preview: Preview) -> None:
    """Refuse lists that hold no items and no households of their own, and sheets without their columns.

    Raises:
        UnreadableFile: It is such a list.
    """
    name, mapping = preview.path.name, preview.mapping
    if mapping.kind not in _USABLE:
        raise UnreadableFile(f"“{name}”是{mapping.kind.label}，不是奖补登记表。", todo=_TODO)
    if not any(mapping.columns):
        raise UnreadableFile(f"“{name}”里找不到奖补登记表的表头。", todo=_TODO)
    if lacking := mapping.missing():
        raise UnreadableFile(f"工作表“{preview.sheet}”缺少列：{'、'.join(lacking)}。", todo=_TODO)


def _register(preview: Preview) -> AwardRegister:
    mapping = preview.mapping
    mappings = [proposal.mapping for proposal in preview.proposals]
    usable = [one if one is None or one.kind in _USABLE else None for one in mappings]
    return AwardRegister(
        sheet=preview.sheet,
        applicants=tuple(to_applicant(record) for record in preview.good),
        findings=tuple(preview.findings),
        left_out=tuple(_left_out(preview.parsed)),
        has_village="place.village" in mapping.columns,
        has_entries="farm.product" in mapping.columns,
        unread=unread_sheets(zip(preview.workbook.sheets, usable, strict=True), preview.sheet),
        unused=tuple(mapping.unused),
    )


def _left_out(parsed: Parsed[HouseholdRecord]) -> Iterator[str]:
    for record in parsed.bad:
        yield record.head_name or record.code or f"第{record.row + 1}行"
