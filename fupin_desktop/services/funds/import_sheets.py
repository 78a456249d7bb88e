"""Reading the sheets of a ledger kept elsewhere: headings recognised, every cell read exactly or told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

from fupin_desktop.domain.money import parse_money, to_fen
from fupin_desktop.domain.numbers import parse_number
from fupin_desktop.domain.reading.raw import ERROR_TEXTS, NOTHING, UNCALCULATED
from fupin_desktop.domain.text import clean, compact
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind
from fupin_desktop.services.funds.model import OPENING
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.heading import Heading, Vocabulary, best
from fupin_desktop.services.sheets.reader import Cell, RawSheet
from fupin_desktop.services.sheets.table import read_table
from fupin_desktop.services.values import Fault, read
from fupin_desktop.storage import fields
from fupin_desktop.storage.entities import FundEntry

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
_KINDS: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.ASSIGNED: ("下达", "指标下达", "下达指标"),
    EntryKind.RECEIVED: ("到账", "到位", "收入", "拨入", "收款", "结转", "上年结转"),
    EntryKind.ALLOCATED: ("安排", "分配", "安排资金"),
    EntryKind.PAID: ("拨付", "支出", "支付", "付款"),
}
_DAYS = frozenset({"dated", "assigned_on", "received_on"})
_COUNTERED = "冲销"
_SERIAL_START, _SERIALS = date(1899, 12, 30), (36_526, 73_050)
_FREE = ("source", "target", "payee", "document_no", "paper_no", "original_plan", "donors", "note")
_SHORT_KINDS = {
    "6·30捐款": FundKind.DONATION_630,
    "6·30捐助": FundKind.DONATION_630,
    "人均2万": FundKind.PER_HEAD_20000,
    "一镇一业": FundKind.TOWN_INDUSTRY,
    "其他": FundKind.OTHER,
}
_SIGNS = str.maketrans("", "", "“”\"'·.、 ")


@dataclass(slots=True)
class SheetRow:
    """One row as read; amounts are 分, below 0 for what is taken back.

    Attributes:
        sheet: Name of the sheet.
        row: Place, counted from 0.
        texts: Cleaned texts by column.
        places: Column number by column name.
        headings: Heading by column name.
        dates: Dates by column.
        fen: Amounts by column.
        faults: What is wrong, or to be looked at.
    """

    sheet: str
    row: int
    places: Mapping[str, int]
    headings: Mapping[str, str]
    texts: dict[str, str] = field(default_factory=dict)
    dates: dict[str, date] = field(default_factory=dict)
    fen: dict[str, int] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

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
        place, heading = (self.places[column], self.headings[column]) if column else (-1, "")
        self.faults.append(at(fault, self.sheet, self.row, place, heading))


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a sheet's heading is and what its columns hold; ``entries`` tells a list of entries from one of sources."""

    entries: bool
    heading: Heading
    places: Mapping[str, int]
    headings: Mapping[str, str]


def find_layout(sheet: RawSheet) -> Layout | None:
    """The best heading among the first rows of a sheet, of one or two rows; None where there is none."""
    found = best(sheet, lambda text: bool(_vocabulary().matches(text)), _layout)
    return found[1] if found else None


def read_rows(sheet: RawSheet, layout: Layout) -> Iterator[SheetRow]:
    """The rows below a heading that hold something; sums, notes and lines of what is carried over are left out."""
    free = {layout.places[name] for name in _FREE if name in layout.places}
    table = read_table(sheet, layout.heading, free=free)
    for place, number in enumerate(table.rows):
        row = SheetRow(sheet.name, number, layout.places, layout.headings)
        for column, at_column in layout.places.items():
            _read(row, column, table.columns[at_column][place])
        if _is_opening(sheet.rows[number], row):
            continue
        if set(row.texts) - {"number"} or row.dates or row.fen or row.faults:
            yield row


def entry_kind(text: str) -> tuple[EntryKind | None, bool]:
    """The kind a word means, and whether it says that something is taken back (冲销到账)."""
    plain = compact(text)
    countered = _COUNTERED in plain
    plain = plain.replace(_COUNTERED, "")
    return next((kind for kind, words in _KINDS.items() if plain in words), None), countered


def fund_kind(text: str) -> FundKind | None:
    """The kind of source a word means, quotation marks and dots aside."""
    plain = compact(text).translate(_SIGNS)
    known = {kind.label: kind for kind in FundKind} | _SHORT_KINDS
    return next((kind for label, kind in known.items() if compact(label).translate(_SIGNS) == plain), None)


def target_kind(text: str) -> TargetKind | None:
    """The kind of target a word means."""
    return _word(TargetKind, text)


def _word(words: type[TargetKind], text: str) -> TargetKind | None:
    found = words.from_label(compact(text))
    return found if isinstance(found, words) else None


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(HEADINGS)


def _layout(heading: Heading) -> tuple[int, Layout] | None:
    """A heading as that of a ledger, with the number of columns known."""
    columns = _vocabulary().assign(heading.texts)
    places = {column: place for place, column in enumerate(columns) if column}
    amounts = set(AMOUNTS) & set(places)
    entries = {"dated", "source"} <= set(places) and bool(amounts or {"amount", "kind"} <= set(places))
    sources = "source" in places and "dated" not in places and bool(amounts or "amount" in places)
    if not entries and not sources:
        return None
    named = {column: heading.texts[place] for column, place in places.items()}
    return len(places), Layout(entries, heading, places, named)


def _is_opening(cells: list[Cell], row: SheetRow) -> bool:
    """A line that tells with what a source begins the year: no entry, for it has no amount but the balances."""
    first = next((compact(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")
    return first == OPENING and not row.fen


def _read(row: SheetRow, column: str, cell: Cell) -> None:
    """One cell into its row."""
    if cell == "" or (isinstance(cell, str) and not clean(cell)):
        return
    if isinstance(cell, str) and (cell == UNCALCULATED or cell.strip() in ERROR_TEXTS):
        row.tell(must("cell_error", "格子里的公式没有算出结果", "请用 Excel 或 WPS 打开并保存，或改成正确的值"), column)
    elif column in _DAYS:
        _read_date(row, column, cell)
    elif column in AMOUNTS or column == "amount":
        _read_amount(row, column, cell)
    else:
        row.texts[column] = _text(cell)


def _text(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return clean(str(cell))


def _read_date(row: SheetRow, column: str, cell: Cell) -> None:
    if isinstance(cell, datetime):
        row.dates[column] = cell.date()
    elif isinstance(cell, date):
        row.dates[column] = cell
    elif (serial := _serial_day(cell)) is not None:
        row.dates[column] = serial
        sentence = f"日期是数字 {_text(cell)}，按表格的日期序号认作 {serial.isoformat()}"
        row.tell(warning("serial", sentence, "请核对日期，没有错就不用改"), column)
    else:
        value, faults = read(fields.of(FundEntry)["dated"], cell)
        for fault in faults:
            row.tell(fault._replace(code=f"import.{fault.code}"), column)
        if value is not None:
            row.dates[column] = value


def _serial_day(cell: Cell) -> date | None:
    """The day of a date that lost its format and shows as the number it is kept as, of the years 2000 to 2099."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return None
    whole = int(cell) == cell and _SERIALS[0] <= cell <= _SERIALS[1]
    return _SERIAL_START + timedelta(days=int(cell)) if whole else None


def _read_amount(row: SheetRow, column: str, cell: Cell) -> None:
    """An amount, exact to the 分; a minus sign or brackets mean below 0; 万元 as the heading says."""
    text = compact(cell) if isinstance(cell, str) else ""
    if isinstance(cell, str) and text in NOTHING:
        return
    times = 10_000 if in_ten_thousands(row.headings[column]) else 1
    try:
        amount = _amount(cell, text)
        fen = to_fen(parse_money(amount * times, negative=True))
    except ValueError as fault:
        row.tell(must("amount", str(fault), "请填写到分为止的数字"), column)
        return
    if fen:
        row.fen[column] = fen


def _amount(cell: Cell, text: str) -> Decimal:
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise ValueError(f"金额应是数字，这里是“{_text(cell)}”")
    if not isinstance(cell, str):
        return Decimal(f"{cell:.15g}")
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1]
    return parse_number(text, "金额", ("元",)).value
