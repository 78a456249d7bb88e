"""What a file holds and what importing it would do, before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.domain.text import compact
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import schemes
from fupin_desktop.services.imports.answers import NOTHING, Answers
from fupin_desktop.services.imports.choosing import choose_sheet
from fupin_desktop.services.imports.classes import settle_classes
from fupin_desktop.services.imports.columns import OwnClasses, read_columns
from fupin_desktop.services.imports.comparison import Comparison, ResultTable
from fupin_desktop.services.imports.given import fill_given, sound
from fupin_desktop.services.imports.headings import ListKind
from fupin_desktop.services.imports.hidden import as_chosen
from fupin_desktop.services.imports.households.importer import HOUSEHOLD_LISTS
from fupin_desktop.services.imports.importer import Importer
from fupin_desktop.services.imports.keeping import kept_texts
from fupin_desktop.services.imports.mapping import Mapping, Proposal, propose
from fupin_desktop.services.imports.parsed import Parsed
from fupin_desktop.services.imports.quantities import settle_quantities
from fupin_desktop.services.imports.stacking import one_below_the_other
from fupin_desktop.services.imports.years import note_other_years
from fupin_desktop.services.list_layouts.kept import Texts, differing
from fupin_desktop.services.sheets.blocks import in_the_file
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import RawWorkbook, open_workbook
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.entities import ColumnMapping, ImportRun, Village

_VILLAGE = re.compile(r"(?:[市县区镇乡]|街道|^)([^市县区镇乡\s:：()0-9]{1,6}?村)")
_STEPS = 4


@dataclass(frozen=True, slots=True)
class Alone:
    """What is known of a list that is read without a data file.

    Attributes:
        villages: Village names as they are to be written.
        year: Year that it is read for; 0 where any will do.
        kinds: Kinds of list that are preferred; empty where any will do.
        classes: Own classes of household, with what each counts as.
    """

    villages: frozenset[str] = frozenset()
    year: int = 0
    kinds: tuple[ListKind, ...] = ()
    classes: OwnClasses = field(default_factory=dict)


@dataclass(slots=True)
class Preview:
    """A file read and compared, nothing written.

    Attributes:
        path: The file.
        importer: How its lists are imported.
        workbook: Its content.
        proposals: What was recognised on every sheet.
        sheet: Name of the chosen sheet.
        mapping: How it is read.
        village: Village given to rows that name none; empty where none is given.
        parsed: Records and findings.
        alike: Sheets that look alike, where nothing tells which of them is meant.
        raw: The chosen sheet, tables that stand side by side one below the other.
        answers: What the clerk answered so far.
        kept: What the rows say in columns that no register has, by row.
        comparison: What an import would do; None without a data file.
        year: The year that participation and items belong to.
        imported_at: When the same file was imported last; None where it was not.
        revision: State of the data file it was compared with.
        today: Nobody is born later.
        made: Moment of reading, by the workbench's clock; stamps what is written of it.
    """

    path: Path
    importer: Importer
    workbook: RawWorkbook
    proposals: tuple[Proposal, ...]
    sheet: str
    mapping: Mapping
    village: str
    parsed: Parsed[Any]
    raw: RawSheet
    answers: Answers = NOTHING
    alike: tuple[str, ...] = ()
    kept: dict[int, Texts] = field(default_factory=dict, repr=False)
    comparison: Comparison | None = None
    year: int = 0
    imported_at: datetime | None = None
    revision: int = -1
    today: date = field(default=date.min, repr=False)
    made: datetime = field(default=datetime(2000, 1, 1), repr=False)  # noqa: DTZ001 - local time as everywhere

    @property
    def findings(self) -> list[Finding]:
        """Everything that is wrong, in reading order."""
        return self.parsed.findings

    @property
    def good(self) -> list[Any]:
        """Records that can be taken in."""
        return self.parsed.good

    @property
    def bad(self) -> list[Any]:
        """Records that cannot."""
        return self.parsed.bad

    @property
    def bad_rows(self) -> set[int]:
        """Rows (from 0) that cannot be taken in."""
        return self.parsed.bad_rows

    @property
    def good_count(self) -> int:
        """Data rows that can be taken in."""
        return self.parsed.rows - len(self.bad_rows)

    @property
    def missing(self) -> list[str]:
        """What has to be mapped or given before anything can be imported, as labels; empty where all is there."""
        given = sound(self.mapping, self.answers.given, self.today)
        wanted = self.mapping.kind.missing({*self.mapping.columns, *given})
        needs_village = self.comparison is not None and self.importer.takes_village(self.mapping)
        if needs_village and not self.village and not self.mapping.names_village:
            wanted.append("行政村")
        return wanted

    @property
    def tables(self) -> list[ResultTable]:
        """What an import would do, as tables to look at."""
        return [] if self.comparison is None else self.importer.tables(self.comparison)

    @property
    def summary(self) -> str:
        """The counts in one line."""
        unit = self.importer.unit
        text = f"{len(self.parsed.records)} {unit} {self.parsed.rows} 行"
        if self.bad_rows:
            text += f"，其中 {len(self.bad_rows)} 行有错"
        if self.comparison is not None:
            found = self.comparison
            text += f"；新增 {len(found.added)} {unit}，有变化 {len(found.changed)} {unit}"
            text += f"，没有变化 {found.unchanged} {unit}"
            text += f"，台账里有而文件里没有 {len(found.missing)} {unit}" if found.missing else ""
        return text

    def require_mapping(self) -> None:
        """Make sure that the sheet is known and the columns that are needed were found.

        Raises:
            NotAllowed: Several sheets look alike, or columns are missing; the sentence names them.
        """
        if self.alike:
            names = "、".join(f"“{name}”" for name in self.alike)
            todo = "请选定一张工作表(命令行用 --sheet)，或删去不用的。"
            sentence = f"“{self.path.name}”里有 {len(self.alike)} 张表一样像名册：{names}，分不清要读哪一张。"
            raise NotAllowed(sentence, todo=todo)
        if self.missing:
            names = "、".join(f"“{label}”" for label in self.missing)
            todo = "请指定表头所在的行和各列的含义；没有行政村列的，请指定一个村；整张名单都一样的，请填一次。"
            raise NotAllowed(f"“{self.path.name}”的工作表“{self.sheet}”里没有找到{names}。", todo=todo)


def prepare(
    bench: Workbench | None,
    path: Path,
    *,
    importer: Importer = HOUSEHOLD_LISTS,
    sheet: str | None = None,
    mapping: Mapping | None = None,
    village: str | None = None,
    today: date | None = None,
    answers: Answers = NOTHING,
    password: str = "",
    alone: Alone = Alone(),
    progress: Progress | None = None,
) -> Preview:
    """Read a file, find what it holds, and compare it with the data file.

    Args:
        bench: The office's data; None reads the file alone.
        path: A spreadsheet, a web page with tables or a text table.
        importer: How its lists are imported.
        sheet: Sheet to read; None takes the one that fits best.
        mapping: How to read it; None takes what was remembered for its headings, else what they say.
        village: Village of rows that name none; None looks for one in the title.
        today: Nobody is born later; None takes the workbench's day, or the latest day without one.
        answers: What the clerk answered to its questions.
        password: What opens it, where it is encrypted.
        alone: What is known where there is no data file.
        progress: Told how far it is.

    Raises:
        PasswordWanted: It is encrypted, and this is not its password.
        Situation: The file cannot be read, or has no such sheet.
        Cancelled: By ``progress``.
    """
    _tell(progress, 0, "读取文件")
    with quiet_memory():
        workbook = open_workbook(Path(path), password)
        return prepare_workbook(
            bench, Path(path), workbook, importer=importer, sheet=sheet, mapping=mapping, village=village, today=today,
            answers=answers, alone=alone, progress=progress,
        )  # fmt: skip


def prepare_workbook(
    bench: Workbench | None,
    path: Path,
    workbook: RawWorkbook,
    *,
    importer: Importer = HOUSEHOLD_LISTS,
    sheet: str | None = None,
    mapping: Mapping | None = None,
    village: str | None = None,
    today: date | None = None,
    answers: Answers = NOTHING,
    alone: Alone = Alone(),
    progress: Progress | None = None,
) -> Preview:
    """As :func:`prepare`, for a workbook that was read already: the wizard asks again after each choice."""
    _tell(progress, 1, "识别表头")
    proposals = tuple([propose(one, importer.family) for one in workbook.sheets])
    chosen, proposed, alike = choose_sheet(workbook, proposals, sheet, importer.family, alone.kinds)
    villages = _registered_villages(bench) if bench is not None else alone.villages
    reading = mapping or _remembered(bench, proposed, importer)
    place = village if village is not None else _guess_village(chosen, reading, villages)
    day = today or (bench.today if bench is not None else date.max)
    chosen, hidden = as_chosen(chosen, reading.heading, reading.used, visible_only=answers.visible_only)
    chosen, reading, notes = one_below_the_other(chosen, reading, importer.family)
    chosen = _mended(chosen, answers)
    _tell(progress, 2, "检查数据")
    classes = alone.classes if bench is None else schemes.own_classes(bench) if importer is HOUSEHOLD_LISTS else {}
    columns = read_columns(chosen, reading, today=day, villages=villages, classes=classes)
    columns.findings += [*notes, *hidden]
    fill_given(columns, answers.given, day)
    settle_quantities(columns)
    settle_classes(columns)
    year = bench.year if bench is not None else alone.year
    if year and (importer is HOUSEHOLD_LISTS or reading.kind.yearly):
        note_other_years(columns, chosen, path, year, answers, asks=bench is not None)
    parsed = importer.read(columns, place, villages, answers)
    parsed.findings = [in_the_file(finding, chosen) for finding in parsed.findings]
    preview = Preview(
        path, importer, workbook, proposals, chosen.name, reading, place, parsed, chosen, answers, alike,
        kept_texts(chosen, reading, columns.rows), today=day,
    )  # fmt: skip
    if bench is not None:
        preview.made = bench.clock()
        _tell(progress, 3, "与台账比较")
        compare_with(bench, preview)
    _tell(progress, _STEPS, "完成")
    return preview


def _mended(sheet: RawSheet, answers: Answers) -> RawSheet:
    """The sheet with the cells that were corrected in the preview."""
    if not answers.mended:
        return sheet
    rows = list(sheet.rows)
    for (row, column), text in answers.mended.items():
        cells = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
        cells[column] = text
        rows[row] = cells
    return replace(sheet, rows=rows)


def compare_with(bench: Workbench, preview: Preview) -> None:
    """Compare the good records with the data file as it is now; what is wrong there joins the findings."""
    preview.year, preview.revision = bench.year, bench.store.revision
    with bench.read() as session:
        preview.comparison = preview.importer.compare(
            bench, session, preview.good, preview.mapping, preview.village, preview.answers
        )
        again = select(ImportRun.at).where(ImportRun.sha256 == preview.workbook.sha256, ImportRun.year == bench.year)
        preview.imported_at = session.scalars(again.order_by(ImportRun.at.desc())).first()
    _note_faults(preview, preview.comparison)
    if preview.kept:
        good = {row: key for row, key in preview.comparison.known.items() if row not in preview.bad_rows}
        said = {key: preview.kept[row] for row, key in good.items() if row in preview.kept}
        with bench.read() as session:
            preview.comparison.kept = differing(session, said, bench.year)


def _note_faults(preview: Preview, comparison: Comparison) -> None:
    """Faults seen only from the data file: the records stay out, the findings are told at their cells."""
    if not comparison.faults:
        return
    parsed, mapping = preview.parsed, preview.mapping
    rows = {record.row: record.rows for record in parsed.records}
    for row, key, fault in comparison.faults:
        column = mapping.column_of(key)
        place = (-1, "") if column is None else (column, mapping.headings[column])
        parsed.findings.append(in_the_file(at(fault, preview.sheet, row, *place), preview.raw))
        if fault.severity is Severity.MUST:
            parsed.bad_rows.update(rows.get(row, [row]))
    parsed.findings.sort(key=lambda finding: (finding.row, finding.column))


def _tell(progress: Progress | None, done: int, text: str) -> None:
    if progress is not None:
        progress(done, _STEPS, text)


def _registered_villages(bench: Workbench) -> frozenset[str]:
    with bench.read() as session:
        return frozenset(session.scalars(select(Village.name)))


def _remembered(bench: Workbench | None, proposed: Mapping, importer: Importer) -> Mapping:
    """The mapping with what the clerk chose for the same headings before."""
    if bench is None:
        return proposed
    with bench.read() as session:
        kept = session.get(ColumnMapping, proposed.signature)
        return proposed if kept is None else proposed.remembered(kept.mapping, importer.family)


def _guess_village(sheet: RawSheet, mapping: Mapping, villages: Iterable[str]) -> str:
    """The village named in the title rows or the sheet's name, where exactly one is."""
    if mapping.names_village:
        return ""
    title = [compact(cell) for row in sheet.rows[: mapping.heading_row] for cell in row if isinstance(cell, str)]
    texts = [*title, compact(sheet.name)]
    registered = {village for village in villages if any(village in text for text in texts)}
    longest = {one for one in registered if not any(one != other and one in other for other in registered)}
    named = longest or {found for text in texts for found in _VILLAGE.findall(text)}
    return named.pop() if len(named) == 1 else ""
