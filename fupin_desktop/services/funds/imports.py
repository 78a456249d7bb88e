"""A fund ledger kept in a spreadsheet taken over: read, set against the ledger, then all of it or its good rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial
from pathlib import Path

from fupin_desktop.documents.drawing.table_workbook import CellKind, TableColumn, Value, write_table
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed, UnreadableFile
from fupin_desktop.services import offices
from fupin_desktop.services.funds import reading
from fupin_desktop.services.funds.import_checks import check_rows
from fupin_desktop.services.funds.import_rows import FoundSource, LedgerRow, match
from fupin_desktop.services.funds.import_sheets import HEADINGS, LedgerSheet, open_sheet
from fupin_desktop.services.funds.ledger import post
from fupin_desktop.services.funds.model import ZERO, EntryLine, LedgerFilter
from fupin_desktop.services.funds.sources import put_source
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.imports.hidden import hidden_rows
from fupin_desktop.services.sheets.blocks import in_the_file
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.reader import open_workbook
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.backup_files import Reason
from fupin_desktop.storage.entities import ImportRun
from fupin_desktop.storage.unit import Unit

_TITLE = "资金台账"
_LIST = (
    "number", "dated", "source_kind", "source", "document_no", "kind", "target_kind", "target", "payee", "paper_no",
    "amount", "counters", "original_plan", "note",
)  # fmt: skip
"""The columns of the plain list, which holds all that a ledger needs on one sheet."""
_WIDTHS = {"number": 6, "source_kind": 22, "source": 30, "document_no": 20, "target": 26, "payee": 22, "note": 30}
_WIDTH = 13
_MADE = datetime(2020, 1, 1)  # noqa: DTZ001 - the empty list has no day of its own


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a ledger file.

    Attributes:
        sheet: Name of the only sheet; empty for every one that shows and has a known heading.
        visible_only: Whether hidden and filtered rows are left out.
    """

    sheet: str = ""
    visible_only: bool = False


ALL = Reading()


@dataclass(frozen=True, slots=True)
class LedgerImport:
    """A ledger file as read, nothing written.

    Attributes:
        path: The file.
        sha256: Fingerprint of it.
        year: Year that its sources belong to.
        sources: Sources that it brings.
        rows: Its entries, those that the ledger has already included.
        problems: What is wrong, each with sheet, cell, sentence and what to do; warnings keep nothing out.
        revision: State of the data file it was set against.
        sheets: Its sheets as they stand in the file.
        reading: What was chosen of them.
        read: Names of the sheets that were read.
        hidden: How many rows of those do not show.
    """

    path: Path
    sha256: str
    year: int
    sources: tuple[FoundSource, ...]
    rows: tuple[LedgerRow, ...]
    problems: tuple[Finding, ...]
    revision: int
    sheets: tuple[RawSheet, ...] = field(default=(), repr=False)
    reading: Reading = ALL
    read: tuple[str, ...] = ()
    hidden: int = 0

    @property
    def good(self) -> tuple[LedgerRow, ...]:
        """New entries that can be taken in."""
        return tuple(row for row in self.rows if row.good and not row.known)

    @property
    def known(self) -> int:
        """How many entries the ledger has already."""
        return sum(row.known for row in self.rows)

    @property
    def faults(self) -> tuple[Finding, ...]:
        """Problems that keep rows out."""
        return tuple(problem for problem in self.problems if problem.must)

    def total(self, kind: EntryKind) -> Decimal:
        """Yuan of one kind in the new entries that can be taken in."""
        return sum((row.draft.amount for row in self.good if row.draft.kind is kind), ZERO)


def read_ledger(bench: Workbench, path: Path, reading: Reading = ALL, password: str = "") -> LedgerImport:
    """Read a ledger from a spreadsheet and set it against the ledger of the year at work.

    Every sheet that shows and has a known heading counts: lists of entries (日期, 资金名称, 类型 and 金额, or a column
    for each kind instead of the last two) and lists of sources (资金类别, 资金名称, 下达, 到账日期). Where a source has
    entries, they alone tell its money.

    Args:
        bench: The office's data.
        path: The file.
        reading: What is read of it.
        password: What opens it, where it is encrypted.

    Raises:
        PasswordWanted: It is encrypted, and this is not its password.
        UnreadableFile: It is no spreadsheet, or no sheet has such a heading.
        Situation: It cannot be read.
    """
    book = open_workbook(path, password)
    return _read(bench, path, book.sha256, book.sheets, reading)


def read_again(bench: Workbench, found: LedgerImport, reading: Reading) -> LedgerImport:
    """Another choice of the same file.

    Raises:
        UnreadableFile: What was chosen has no known heading.
    """
    return _read(bench, found.path, found.sha256, found.sheets, reading)


def take(bench: Workbench, found: LedgerImport, only_good: bool = False) -> Change:
    """Take a ledger file in, in one transaction; what the ledger has already is not added again.

    Args:
        bench: The workbench.
        found: As :func:`read_ledger` returned it; read anew where anything was written since.
        only_good: Whether rows with faults are left out; else any fault keeps all of it out.

    Raises:
        NotAllowed: There are faults and ``only_good`` is off.
        Situation: Nothing was written.
    """
    if (found.revision, found.year) != (bench.revision, bench.year):
        found = read_again(bench, found, found.reading)
    if found.faults and not only_good:
        sentence = f"“{found.path.name}”有 {len(found.faults)} 处错误，没有导入。"
        raise NotAllowed(sentence, todo="请改正后再导入，或选择只导入没有问题的行。")
    title, good = f"导入资金台账 {found.path.name}", found.good
    brought = _needed(found, good)
    if not good and not brought:
        nothing = "没有可以导入的行" if found.faults else "没有变化：文件里的内容台账里都有了"
        return Change("funds.import", title, frozenset(), (), nothing)
    bench.back_up(Reason.IMPORT)
    with bench.write("funds.import", title, undoable=False) as unit:
        keys = {source.key: put_source(bench, unit, source.form).key for source in brought}
        post(bench, unit, *(replace(row.draft, source_key=keys.get(row.source.key, row.source.key)) for row in good))
        _keep_run(bench, unit, found, len(brought))
    return bench.change(unit, f"已{title}：新增来源 {len(brought)} 笔、记录 {len(good)} 条，已有 {found.known} 条")


def write_template(path: Path) -> None:
    """An empty ledger with the headings that :func:`read_ledger` knows.

    Raises:
        Situation: It cannot be written there.
    """
    write_table(path, _TITLE, _columns(), (), made=_MADE)


def write_list(
    bench: Workbench, which: LedgerFilter, path: Path, lines: Sequence[EntryLine] | None = None
) -> int:
    """The entries that a filter chooses as a plain list, which another office's program can read in again.

    Args:
        bench: The workbench.
        which: What is chosen.
        path: The xlsx file.
        lines: The entries where they are chosen more closely than the filter can; None reads them.

    Returns:
        The number of entries.

    Raises:
        Situation: It cannot be written there.
    """
    plans = {one.key: one.original_plan for one in reading.balances(bench, which.year, include_voided=True)}
    lines = reading.entries(bench, which) if lines is None else lines
    numbers = {line.key: str(number) for number, line in enumerate(lines, 1)}
    rows = (_list_row(line, numbers, plans.get(line.source_key, "")) for line in lines)
    return write_table(path, _TITLE, _columns(), rows, made=bench.clock())


def _columns() -> list[TableColumn]:
    return [
        TableColumn(
            f"{HEADINGS[name][0]}(元)" if name == "amount" else HEADINGS[name][0],
            CellKind.MONEY if name == "amount" else CellKind.TEXT,
            _WIDTHS.get(name, _WIDTH),
        )
        for name in _LIST
    ]


def _list_row(line: EntryLine, numbers: Mapping[str, str], original_plan: str) -> list[Value]:
    target = line.target
    return [
        numbers[line.key], f"{line.dated:%Y-%m-%d}", line.source_kind.label, line.source_shown, line.document_no,
        line.kind.label, target.kind.label if target else "", target.name if target else "", line.payee,
        line.paper_no, line.amount, numbers.get(line.counters_key, ""), original_plan, line.note,
    ]  # fmt: skip


def _read(
    bench: Workbench, path: Path, sha256: str, sheets: Sequence[RawSheet], reading: Reading
) -> LedgerImport:
    opened, problems = _opened(path, sheets, reading)
    of_sources = [row for one in opened if not one.layout.entries for row in one.rows()]
    of_entries = [row for one in opened if one.layout.entries for row in one.rows()]
    revision = bench.revision
    with bench.read() as session:
        matched = match(session, bench.year, bench.today, of_sources, of_entries)
        said = partial(offices.clause_words, bench)
        check_rows(session, bench.year, bench.today, matched, bench.fund_guards(), bench.parameters, said)
    problems += [in_the_file(told, one.sheet) for one in opened for told in one.told]
    problems += [fault for row in (*of_sources, *of_entries) for fault in row.faults]
    brought = tuple(source for source in matched.sources if source.new)
    read = tuple(one.sheet.name for one in opened)
    hidden = sum(len(hidden_rows(sheet, one.layout.heading.first_row)) for one, sheet in _pairs(opened, sheets))
    return LedgerImport(
        path, sha256, bench.year, brought, tuple(matched.rows), tuple(problems), revision, tuple(sheets), reading,
        read, hidden,
    )  # fmt: skip


def _pairs(opened: Sequence[LedgerSheet], sheets: Sequence[RawSheet]) -> list[tuple[LedgerSheet, RawSheet]]:
    """The sheets read, each with what stands in the file."""
    raw = {sheet.name: sheet for sheet in sheets}
    return [(one, raw[one.sheet.name]) for one in opened]


def _opened(
    path: Path, sheets: Sequence[RawSheet], reading: Reading
) -> tuple[list[LedgerSheet], list[Finding]]:
    """The sheets that are read, and what is told of those that are not."""
    opened: list[LedgerSheet] = []
    problems: list[Finding] = []
    for sheet in sheets:
        if reading.sheet and sheet.name != reading.sheet:
            continue
        if sheet.fault:
            problems.append(at(must("sheet", sheet.fault, "请删去表外的内容后再导入"), sheet.name, 0))
        elif found := open_sheet(sheet, visible_only=reading.visible_only):
            if sheet.hidden and not reading.sheet:
                todo = "要读的，请取消隐藏，或单独选它"
                fault = warning("hidden_sheet", f"工作表“{sheet.name}”是隐藏的，没有读", todo)
                problems.append(at(fault, sheet.name, 0))
            else:
                opened.append(found)
    if not opened:
        raise UnreadableFile(
            f"“{path.name}”里没有认出资金台账的表头。",
            todo="表头要有“日期、资金名称、类型、金额”，或“资金类别、资金名称、下达”；可先导出空表对照。",
        )
    return opened, problems


def _needed(found: LedgerImport, good: Sequence[LedgerRow]) -> list[FoundSource]:
    """The new sources that good rows name, and those listed without money and without a fault."""
    used = {row.source.key for row in good}
    told = {row.source.key for row in found.rows}
    return [
        source for source in found.sources
        if source.key in used or (source.key not in told and source.row is not None and not source.row.wrong)
    ]  # fmt: skip


def _keep_run(bench: Workbench, unit: Unit, found: LedgerImport, sources: int) -> None:
    """Which file was taken in, when and by whom."""
    counts = {"sources": sources, "entries": len(found.good), "known": found.known}
    unit.session.add(
        ImportRun(
            file_name=found.path.name, sha256=found.sha256, year=found.year, at=bench.clock(), who=bench.clerk,
            mapping=None, counts=counts,
        )
    )  # fmt: skip
    unit.session.flush()
