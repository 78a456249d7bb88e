"""The fund sources of a year as a list: the sum of all first, then each with its money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.services.funds import FundBalance, FundFigures
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.fund_bar import parts_of
from fupin_desktop.ui.widgets.tips import as_tip

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
ZERO = Decimal("0.00")
ALL = "全部资金"
VOIDED = "已作废"
FIGURES = (("received", "到账"), ("allocated", "已安排"), ("paid", "已拨付"), ("available", "可安排"))
"""Figures of a row, by the names that ``services.funds.behind`` takes."""


@dataclass(frozen=True, slots=True)
class SourceRow(FundFigures):
    """A source in the list, or the sum of all.

    Attributes:
        key: Its key; empty for the sum.
        name: As shown.
        under: Kind and 文号, or how many sources there are.
        assigned, received, allocated, paid: Yuan.
        voided: Whether it counts no more.
        tip: Tool tip.
        carried: Its name with its year where it is carried over from an earlier one (上年结转); else empty.
    """

    key: str
    name: str
    under: str
    assigned: Decimal = ZERO
    received: Decimal = ZERO
    allocated: Decimal = ZERO
    paid: Decimal = ZERO
    voided: bool = False
    tip: str = ""
    carried: str = ""

    @property
    def called(self) -> str:
        """Its name, told apart from one of the same name of another year."""
        return self.carried or self.name

    @property
    def parts(self) -> tuple[Decimal, ...]:
        """Yuan of each part of its bar."""
        return parts_of(self.assigned, self.received, self.allocated, self.paid)

    @property
    def whole(self) -> Decimal:
        """Yuan that its whole bar stands for."""
        return max(self.assigned, self.received)


def row_of(found: FundBalance) -> SourceRow:
    """A source as the list shows it."""
    under = " · ".join(part for part in (found.carried_word, found.kind.label, found.document_no) if part)
    bound = f"原定用途：{found.original_plan}" if found.original_plan else ""
    donors = f"捐赠人：{found.donors}" if found.donors else ""
    tip = "\n".join(part for part in (found.name, under, bound, donors, found.note) if part)
    return SourceRow(
        found.key, found.name, under, found.assigned, found.received, found.allocated, found.paid, found.voided, tip,
        found.shown if found.carried else "",
    )


def sum_of(rows: Sequence[SourceRow], year: int) -> SourceRow:
    """All sources that count, together."""
    good = [row for row in rows if not row.voided]

    def total(name: str) -> Decimal:
        return sum((getattr(row, name) for row in good), ZERO)

    carried = sum(bool(row.carried) for row in good)
    told = f"，含结转 {carried} 笔" if carried else ""
    return SourceRow(
        "", ALL, f"{year} 年度 {len(good)} 笔{told}", total("assigned"), total("received"), total("allocated"),
        total("paid"), tip=ALL,
    )


class SourcesModel(QAbstractListModel):
    """The sum of all sources, then each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[SourceRow, ...] = ()

    def show_rows(self, found: Sequence[FundBalance], year: int) -> None:
        """Show the sources of a year."""
        rows = tuple(row_of(one) for one in found)
        shown = (sum_of(rows, year), *rows)
        if shown == self.rows:
            return
        fonts.ensure("".join(f"{row.name}{row.under}" for row in shown))
        if [row.key for row in shown] == [row.key for row in self.rows]:
            self.rows = shown
            self.dataChanged.emit(self.index(0), self.index(len(shown) - 1))
            return
        self.beginResetModel()
        self.rows = shown
        self.endResetModel()

    def row_at(self, index: Index) -> SourceRow | None:
        """The source of a row."""
        return self.rows[index.row()] if index.isValid() and index.row() < len(self.rows) else None

    def index_of(self, key: str) -> QModelIndex:
        """Where a source stands; an invalid index for nowhere."""
        for place, row in enumerate(self.rows):
            if row.key == key:
                return self.index(place)
        return QModelIndex()

    # ---- Qt's model ----
    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """The sum and the sources."""
        return 0 if parent.isValid() else len(self.rows)

    @override
    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Words of a row."""
        row = self.row_at(index)
        if row is None:
            return None
        words = {Role.DisplayRole: row.name, Role.ToolTipRole: as_tip(row.tip), Role.UserRole: row}
        if role == Role.AccessibleTextRole:
            told = "，".join(f"{word} {format_money(getattr(row, name))}" for name, word in FIGURES)
            return f"{row.name} {row.under} {told}"
        return words.get(Role(role))
