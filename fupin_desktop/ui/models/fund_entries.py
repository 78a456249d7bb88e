"""The entries of the fund ledger as a table; a row's texts are made when it is first seen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.override import override
from fupin_desktop.services.funds import EntryLine, Opening
from fupin_desktop.services.funds.model import OPENING, carried_word
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.widgets.tips import shown

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ZERO = Decimal("0.00")


class Column(NamedTuple):
    """A column: key, heading, a text as wide as it is, whether it holds money."""

    key: str
    heading: str
    usual: str
    money: bool = False


_AMOUNT = "1,000,000.00"
DATED, SOURCE, WORDS, NUMBER, WHO = "dated", "source", "words", "number", "who"
AVAILABLE, IN_HAND = "available", "in_hand"
COLUMNS = (
    Column(DATED, "日期", "2026-06-30"), Column(SOURCE, "资金来源", "财政专项资金"), Column(WORDS, "摘要", ""),
    Column("received", "到账(元)", _AMOUNT, money=True), Column("allocated", "安排(元)", _AMOUNT, money=True),
    Column("paid", "拨付(元)", _AMOUNT, money=True), Column(AVAILABLE, "可安排余额", _AMOUNT, money=True),
    Column(IN_HAND, "账面余额", _AMOUNT, money=True), Column(NUMBER, "凭证号", "〔2026〕12号"),
    Column(WHO, "经办", "李文静"),
)
PLACES = {column.key: place for place, column in enumerate(COLUMNS)}
_OF_KIND = {EntryKind.RECEIVED: "received", EntryKind.ALLOCATED: "allocated", EntryKind.PAID: "paid"}


def words(line: EntryLine) -> str:
    """摘要: what happened, to whom, and the remark."""
    parts = [f"冲销{line.kind.label}" if line.counters_key else line.kind.label]
    if line.kind is EntryKind.ASSIGNED:
        parts.append(f"{format_money(line.amount)} 元")
    if line.target is not None:
        parts.append(line.target.name)
    if line.payee:
        parts.append(f"付{line.payee}")
    text = " ".join(parts)
    if line.note:
        text = f"{text}：{line.note}"
    if line.countered:
        whole = line.countered == line.amount
        text = f"{text} (已冲销)" if whole else f"{text} (已冲销 {format_money(line.countered)})"
    return text


def cells(line: EntryLine) -> tuple[str, ...]:
    """The texts of a row, in the order of ``COLUMNS``."""
    amounts = ["", "", ""]
    if line.kind in _OF_KIND:
        amounts[list(_OF_KIND).index(line.kind)] = format_money(line.amount)
    return (
        f"{line.dated:%Y-%m-%d}", line.source_shown, words(line), *amounts, format_money(line.available_after),
        format_money(line.in_hand_after), line.paper_no, line.who,
    )


def opening_cells(one: Opening) -> tuple[str, ...]:
    """The texts of the line with which a source carried over begins."""
    told = f"{carried_word(one.year)}，截至 {one.dated:%Y-%m-%d}"
    balances = format_money(one.available), format_money(one.in_hand)
    return OPENING, one.source_shown, told, "", "", "", *balances, "", ""


def sums(lines: Sequence[EntryLine]) -> dict[EntryKind, Decimal]:
    """Yuan of the lines by kind."""
    found = dict.fromkeys(EntryKind, ZERO)
    for line in lines:
        found[line.kind] += line.amount
    return found


class EntriesModel(QAbstractTableModel):
    """Thousands of entries, above them what is carried over from earlier years, which is no entry.

    Attributes:
        openings: The first rows.
        lines: The entries, in the rows below.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.openings: tuple[Opening, ...] = ()
        self.lines: tuple[EntryLine, ...] = ()
        self._texts: dict[int, tuple[str, ...]] = {}

    def show_lines(self, lines: Sequence[EntryLine], openings: Sequence[Opening] = ()) -> bool:
        """Show these; whether they are others than before."""
        shown, first = tuple(lines), tuple(openings)
        if (shown, first) == (self.lines, self.openings):
            return False
        chars = set("".join(one.source for one in first))
        for line in shown:
            chars.update(line.source, line.note, line.payee, line.who, line.target.name if line.target else "")
        fonts.ensure("".join(chars))
        self.beginResetModel()
        self.lines, self.openings = shown, first
        self._texts.clear()
        self.endResetModel()
        return True

    def line_at(self, row: int) -> EntryLine | None:
        """The entry of a row; None for what is carried over."""
        at = row - len(self.openings)
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def opening_at(self, row: int) -> Opening | None:
        """What is carried over in a row; None for an entry."""
        return self.openings[row] if 0 <= row < len(self.openings) else None

    def place_of(self, key: str) -> int | None:
        """The row of an entry; None where it is not shown."""
        first = len(self.openings)
        return next((place for place, line in enumerate(self.lines, first) if line.key == key), None)

    def texts(self, row: int) -> tuple[str, ...]:
        """The texts of a row."""
        found = self._texts.get(row)
        if found is None:
            one = self.opening_at(row)
            found = opening_cells(one) if one is not None else cells(self.lines[row - len(self.openings)])
            self._texts[row] = found
        return found

    # ---- Qt's model ----
    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self.openings) + len(self.lines)

    @override
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Headings."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = COLUMNS[section]
        if role == Role.TextAlignmentRole:
            return _side(column)
        if role == Role.ToolTipRole and column.key in (AVAILABLE, IN_HAND):
            return f"这一笔以后，这项资金来源的{column.heading}"
        return column.heading if role == Role.DisplayRole else None

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts; counter-entries in red, what they took back and what is carried over in grey."""
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return shown(self.texts(index.row())[index.column()], role)
        if role == Role.TextAlignmentRole:
            return _side(COLUMNS[index.column()])
        if role == Role.ForegroundRole:
            line = self.line_at(index.row())
            return self._ink(line) if line is not None else theme.colour("muted")
        return None

    @staticmethod
    def _ink(line: EntryLine) -> Any:
        if line.counters_key:
            return theme.colour("must")
        return theme.colour("muted") if line.countered == line.amount else None


def _side(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.money else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
