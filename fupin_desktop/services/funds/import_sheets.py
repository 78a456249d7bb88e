"""Reading the sheets of a ledger kept elsewhere: headings recognised, every cell read exactly or told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import NamedTuple

from fupin_desktop.domain.reading.texts import NO_CODE
from fupin_desktop.domain.reading.words import read_word
from fupin_desktop.domain.text import compact
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.services.funds.model import OPENING
from fupin_desktop.services.imports.converters import warning
from fupin_desktop.services.imports.hidden import as_chosen
from fupin_desktop.services.imports.mapping import NUMBERING
from fupin_desktop.services.imports.stacking import told_beside
from fupin_desktop.services.imports.told import told_cells, told_doubles
from fupin_desktop.services.sheets.blocks import in_the_file, side_by_side, stacked
from fupin_desktop.services.sheets.conversion import Units, read_units
from fupin_desktop.services.sheets.doubles import Double, assign
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.heading import Heading, Vocabulary, best
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.table import read_table
from fupin_desktop.services.values import Context, Fault, Place, read
from fupin_desktop.storage.fields import Field, Kind, Style
from fupin_desktop.storage.search_keys import initials

AMOUNTS = {"assigned": EntryKind.ASSIGNED, "received": EntryKind.RECEIVED, "allocated": EntryKind.ALLOCATED,
           "paid": EntryKind.PAID}  # fmt: skip
HEADINGS: dict[str, tuple[str, ...]] = {
    "number": ("序号",),
    "dated": ("日期", "记账日期", "发生日期", "业务日期", "时间"),
    "source_kind": ("资金类别", "资金种类", "资金性质"),
    "source": ("资金名称", "资金来源", "来源名称", "来源"),
    "document_no": ("文号", "下达文号", "文件号", "发文字号", "指标文号"),
    "kind": ("类型", "事项", "收支类型", "业务类型"),
    "target_kind": ("对象类别", "对象类型"),
    "target": ("安排对象", "对象", "用款单位", "使用单位", "项目名称", "项目"),
    "payee": ("收款单位(户)", "收款单位", "收款人", "收款户", "收款方"),
    "paper_no": ("凭证号(文号)", "凭证号", "凭证", "凭证字号", "票据号", "单据号"),
    "amount": ("金额", "发生额", "资金金额"),
    "assigned": ("下达", "下达金额", "计划金额", "指标金额"),
    "received": ("到账", "到账金额", "到位金额", "收入", "收入金额"),
    "allocated": ("安排", "安排金额", "已安排", "分配金额"),
    "paid": ("拨付", "拨付金额", "已拨付", "支出", "支出金额", "支付金额"),
    "assigned_on": ("下达日期", "下达时间", "发文日期"),
    "received_on": ("到账日期", "到账时间", "到位日期"),
    "counters": ("冲销序号", "冲销第几号"),
    "original_plan": ("原定用途", "原定方案", "指定用途"),
    "donors": ("捐赠人说明", "捐款人", "捐赠人"),
    "note": ("摘要", "备注", "说明"),
}
"""The columns of a ledger and the headings by which they are known, our own first."""
_DAYS = frozenset({"dated", "assigned_on", "received_on"})
_MONEY = frozenset({"amount", *AMOUNTS})
_TEXT = Field("text", "文字", Kind.TEXT)
_FIELDS = {
    **{name: Field(name, HEADINGS[name][0], Kind.DATE) for name in _DAYS},
    **{name: Field(name, "金额", Kind.MONEY, unit="元", signed=True) for name in _MONEY},
}
"""How the columns that are no texts are read; what is taken back has an amount below 0."""
_COUNTERED = "冲销"
_NAMING = ("source", "dated")
_NUMBERS = {
    "document_no": Field("document_no", "文号", Kind.TEXT, style=Style.CODE),
    "paper_no": Field("paper_no", "凭证号", Kind.TEXT, style=Style.CODE),
}
"""What a date in such a column was before a spreadsheet program made it one is asked."""
_MARKS = ("document_no", "paper_no", "target", "payee")
"""Columns in which 无, 0 or 待补 stands for nothing."""
_RECKONED = ("余额", "结余", "结存", "可用余额", "账面余额", "可安排", "合计", "小计")
"""Headings of columns that ledgers only reckon."""
_FREE = ("source", "target", "payee", "document_no", "paper_no", "original_plan", "donors", "note")


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's heading is and what its columns hold.

    Attributes:
        entries: Whether it is a list of entries; else one of sources.
        heading: Where it stands.
        places: Column number by column name.
        headings: Heading by column name.
        units: In which units its amounts are.
        doubles: Headings that stand over more than one column.
    """

    entries: bool
    heading: Heading
    places: Mapping[str, int]
    headings: Mapping[str, str]
    units: Units = field(default_factory=Units)
    doubles: tuple[Double, ...] = ()

    @property
    def used(self) -> frozenset[int]:
        """The columns that are read."""
        return frozenset(self.places.values())

    @property
    def names(self) -> tuple[int, ...]:
        """The columns that say what a row is about."""
        chosen = [self.places[name] for name in _NAMING if name in self.places]
        return (*chosen, *(double.columns[0] for double in self.doubles if double.key in _NAMING))


@dataclass(slots=True)
class SheetRow:
    """One row as read; amounts are 分, below 0 for what is taken back.

    Attributes:
        raw: The sheet it stands on.
        row: Place, counted from 0.
        texts: Cleaned texts by column.
        layout: The heading it stands below.
        dates: Dates by column.
        fen: Amounts by column.
        faults: What is wrong, or to be looked at.
    """

    raw: RawSheet = field(repr=False)
    row: int
    layout: Layout
    texts: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    fen: dict[str, int] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self.raw.name

    @property
    def places(self) -> Mapping[str, int]:
        """Column number by column name."""
        return self.layout.places

    def text(self, column: str) -> str:
        """A text, empty where there is none."""
        return self.texts.get(column, "")

    @property
    def wrong(self) -> bool:
        """Whether something keeps it out; what is only to be looked at does not."""
        return any(fault.must for fault in self.faults)

    def tell(self, fault: Fault, *columns: str) -> None:
        """A fault at the first of the columns that the sheet has, else at the row."""
        column = next((name for name in columns if name in self.places), "")
        place, heading = (self.places[column], self.layout.headings[column]) if column else (-1, "")
        self.faults.append(in_the_file(at(fault, self.sheet, self.row, place, heading), self.raw))


class LedgerSheet(NamedTuple):
    """A sheet of a ledger.

    Attributes:
        sheet: The sheet as it is read, tables that stand side by side one below the other.
        layout: Its heading.
        told: What is told of the sheet as a whole.
    """

    sheet: RawSheet
    layout: Layout
    told: list[Finding]

    def rows(self) -> Iterator[SheetRow]:
        """The rows that hold something; sums, notes and lines of what is carried over are left out."""
        sheet, layout = self.sheet, self.layout
        free = {layout.places[name] for name in _FREE if name in layout.places}
        table = read_table(sheet, layout.heading, free=free)
        self.told.extend(told_cells(sheet, layout.heading, table, layout.used))
        for place, number in enumerate(table.rows):
            row = SheetRow(sheet, number, layout)
            for column, at_column in layout.places.items():
                _read(row, column, table.columns[at_column][place])
            if _is_opening(sheet.rows[number], row):
                continue
            if set(row.texts) - {"number"} or row.dates or row.fen or row.faults:
                yield row


def open_sheet(sheet: RawSheet, *, visible_only: bool = False) -> LedgerSheet | None:
    """The sheet under the best heading among its first rows, of one or two rows; None where there is none.

    Args:
        sheet: The sheet as it stands in the file.
        visible_only: Whether hidden and filtered rows are left out.
    """
    found = best(sheet, _knows, _layout)
    if found is None:
        return None
    sheet, told = as_chosen(sheet, found[1].heading, found[1].used, visible_only=visible_only)
    sheet, layout, beside = _one_below_the_other(sheet, found[1])
    columns = {place: _FIELDS[name] for name, place in layout.places.items() if name in _MONEY}
    layout = replace(layout, units=read_units(sheet, layout.heading, columns))
    labels = {name: headings[0] for name, headings in HEADINGS.items()}
    told += [*beside, *layout.units.told, *told_doubles(sheet.name, layout.heading, layout.doubles, labels)]
    return LedgerSheet(sheet, layout, [*told, *_told_unused(sheet, layout)])


def _told_unused(sheet: RawSheet, layout: Layout) -> Iterator[Finding]:
    """The columns that hold nothing of a ledger; those that number rows or only reckon are expected."""
    known = layout.used | {column for double in layout.doubles for column in double.columns}
    unused = [
        text for column, text in enumerate(layout.heading.texts)
        if text and column not in known and text not in (*NUMBERING, *_RECKONED)
    ]  # fmt: skip
    if unused:
        fault = warning("unused_columns", f"没有用上的列：{'、'.join(unused)}", "要用的，请改成认得的列名")
        yield at(fault, sheet.name, layout.heading.row)


def _one_below_the_other(sheet: RawSheet, layout: Layout) -> tuple[RawSheet, Layout, list[Finding]]:
    """A sheet of tables side by side as one table, with what is told of it."""
    starts = side_by_side(layout.heading, layout.names)
    if len(starts) <= 1:
        return sheet, layout, []
    heading, note = layout.heading, told_beside(sheet.name, layout.heading, starts)
    first = replace(heading, texts=heading.texts[: starts[1]], groups=heading.groups[: starts[1]])
    judged = _layout(first)
    return stacked(sheet, heading, starts), judged[1] if judged else layout, [note]


def _knows(text: str) -> bool:
    return bool(_vocabulary().matches(text))


def entry_kind(text: str) -> tuple[EntryKind | None, bool]:
    """The kind a word means, and whether it says that something is taken back (冲销到账)."""
    plain = compact(text)
    code = read_word(plain.replace(_COUNTERED, ""), "类型", EntryKind, initials).value
    return EntryKind(code) if code else None, _COUNTERED in plain


def fund_kind(text: str) -> FundKind | None:
    """The kind of source a word means, quotation marks and dots aside."""
    code = read_word(text, "资金类别", FundKind, initials).value
    return FundKind(code) if code else None


def target_kind(text: str) -> TargetKind | None:
    """The kind of target a word means."""
    code = read_word(text, "对象类别", TargetKind, initials).value
    return TargetKind(code) if code else None


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(HEADINGS)


def _layout(heading: Heading) -> tuple[int, Layout] | None:
    """A heading as that of a ledger, the better the more columns are known, of one row rather than of two."""
    columns, doubles = assign(heading, _vocabulary())
    places = {column: place for place, column in enumerate(columns) if column}
    unclear = {double.key for double in doubles if double.chosen < 0}
    known = set(places) | unclear
    amounts = set(AMOUNTS) & known
    entries = {"dated", "source"} <= known and bool(amounts or {"amount", "kind"} <= known)
    sources = "source" in known and "dated" not in known and bool(amounts or "amount" in known)
    if not entries and not sources:
        return None
    named = {column: heading.texts[place] for column, place in places.items()}
    return 2 * len(places) - heading.rows, Layout(entries, heading, places, named, doubles=doubles)


def _is_opening(cells: list[Cell], row: SheetRow) -> bool:
    """A line that tells with what a source begins the year: no entry, for it has no amount but the balances."""
    first = next((compact(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")
    return first == OPENING and not row.fen


def _read(row: SheetRow, column: str, cell: Cell) -> None:
    """One cell into its row."""
    place, units = row.places[column], row.layout.units
    if place in units.unknown and cell != "":
        row.tell(units.unknown[place], column)
        return
    field = _NUMBERS.get(column, _TEXT) if isinstance(cell, date) else _TEXT
    value, faults = read(_FIELDS.get(column, field), cell, Context(Place.LEDGER, times=units.of(place)))
    for fault in faults:
        row.tell(fault._replace(code=f"import.{fault.code}"), column)
    if value is None or any(fault.must for fault in faults):
        return
    if column in _DAYS:
        row.dates[column] = value
    elif column not in _MONEY:
        if column not in _MARKS or compact(value) not in NO_CODE:
            row.texts[column] = value
    elif value:
        row.fen[column] = value
