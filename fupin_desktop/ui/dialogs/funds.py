"""资金来源: what came in this year, what is allocated and paid, what is left."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QTableView,
    QVBoxLayout,
)

from fupin_desktop.domain.money import format_money, parse_money
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import funds
from fupin_desktop.services.funds import FundBalance, FundForm
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import button, label, say

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
HEADINGS = ("资金名称", "种类", "文号", "到账日期", "金额(元)", "已安排(元)", "已拨付(元)", "账面余额(元)", "原定方案")
_WIDTHS = (186, 170, 120, 88, 98, 98, 98, 98, 90)
_NUMBERS = (4, 5, 6, 7)


class FundsModel(QAbstractTableModel):
    """The fund sources of the year."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[FundBalance] = []

    def show_rows(self, rows: list[FundBalance]) -> None:
        """Show these."""
        fonts.ensure("".join(f"{row.name}{row.document_no}{row.original_plan}" for row in rows))
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many columns."""
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Headings."""
        if role != Role.DisplayRole:
            return None
        return HEADINGS[section] if orientation is Qt.Orientation.Horizontal else f"{section + 1}"

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Texts and alignment."""
        if not index.isValid():
            return None
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return _cells(self.rows[index.row()])[index.column()]
        if role == Role.TextAlignmentRole:
            right = index.column() in _NUMBERS
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


def _cells(one: FundBalance) -> tuple[str, ...]:
    numbers = [format_money(value) for value in (one.amount, one.allocated, one.paid, one.in_hand)]
    came = f"{one.received_on:%Y-%m-%d}" if one.received_on else ""
    return (one.name, one.kind.label, one.document_no, came, *numbers, one.original_plan)


class FundsDialog(QDialog):
    """The list with 登记, 修改, 作废."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("资金来源")
        self.resize(1120, 460)
        self._shell = shell
        self.model, self.table, self.sums = FundsModel(self), QTableView(), label("", "muted")
        self.table.setModel(self.model)
        self.table.setProperty("boxed", "true")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.verticalHeader().hide()
        for place, width in enumerate(_WIDTHS):
            self.table.setColumnWidth(place, width)
        self.table.doubleClicked.connect(lambda _index: self.change())
        row = QHBoxLayout()
        for text, act in (("登记一笔…", self.add), ("修改…", self.change), ("作废…", self.void)):
            row.addWidget(button(text, act))
        row.addStretch(1)
        row.addWidget(button("关闭", self.accept, "primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addWidget(self.sums)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        self.load()

    @property
    def chosen(self) -> FundBalance | None:
        """The source of the current row."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def load(self) -> None:
        """Read the year's sources."""
        bench = self._shell.bench
        rows = self._shell.read(lambda: funds.balances(bench, bench.year)) or []
        self.model.show_rows(rows)
        total, left = sum(row.amount for row in rows), sum(row.in_hand for row in rows)
        say(self.sums, f"{bench.year} 年度 {len(rows)} 笔，共 {total:,.2f} 元，账面余额 {left:,.2f} 元")
        if rows and not self.table.currentIndex().isValid():
            self.table.selectRow(0)

    def add(self) -> None:
        """登记一笔."""
        bench = self._shell.bench
        dialog = FundDialog(self._shell, None)
        if self._shell.ask.run(dialog) and dialog.form is not None:
            form = dialog.form
            self._shell.do(lambda: funds.add(bench, form), self._done)

    def change(self) -> None:
        """修改 the chosen one."""
        bench, chosen = self._shell.bench, self.chosen
        if chosen is None:
            return
        dialog = FundDialog(self._shell, chosen)
        if self._shell.ask.run(dialog) and dialog.form is not None:
            form = dialog.form
            self._shell.do(lambda: funds.update(bench, chosen.key, form), self._done)

    def void(self) -> None:
        """作废 the chosen one, with its reason."""
        bench, chosen = self._shell.bench, self.chosen
        if chosen is None:
            return
        reason = self._shell.ask.text(self, "作废资金来源", f"“{chosen.name}”作废的原因：")
        if reason:
            self._shell.do(lambda: funds.void(bench, chosen.key, reason), self._done)

    def _done(self, _change: Change) -> None:
        self.load()


class FundDialog(QDialog):
    """One source.

    Attributes:
        form: What was typed, after 保存.
    """

    def __init__(self, shell: Shell, fund: FundBalance | None) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("资金来源")
        self.setMinimumWidth(520)
        self._shell = shell
        self.form: FundForm | None = None
        self.kind = QComboBox()
        for kind in FundKind:
            self.kind.addItem(kind.label, kind.value)
        self.lines = {name: QLineEdit() for name in
                      ("name", "amount", "document_no", "received_on", "original_plan", "donors", "note")}
        self.lines["received_on"].setPlaceholderText("如 2026-06-30")
        self.lines["original_plan"].setPlaceholderText("已有原定方案的资金不得另作奖补 (吴川 三(二)2)")
        self._fill(fund)
        form = QFormLayout()
        captions = ("资金名称", "金额(元)", "文号", "到账日期", "原定方案", "捐款人", "备注")
        form.addRow("种类", self.kind)
        for caption, line in zip(captions, self.lines.values(), strict=True):
            form.addRow(caption, line)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        row.addWidget(button("保存", self.save, "primary"))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.addLayout(form)
        column.addLayout(row)

    def _fill(self, fund: FundBalance | None) -> None:
        if fund is None:
            return
        self.kind.setCurrentIndex(self.kind.findData(fund.kind.value))
        for name, line in self.lines.items():
            value = getattr(fund, name)
            text = "" if value is None else f"{value}"
            fonts.ensure(text)
            line.setText(text)

    def save(self) -> None:
        """Read what was typed; what cannot be read is told."""
        try:
            self.form = self._read()
        except NotAllowed as fault:
            self._shell.ask.situation(self, fault)
            return
        self.accept()

    def _read(self) -> FundForm:
        texts = {name: line.text().strip() for name, line in self.lines.items()}
        try:
            amount = parse_money(texts.pop("amount"))
        except ValueError as fault:
            raise NotAllowed(f"{fault}。", todo="请核对金额。") from None
        came = texts.pop("received_on")
        try:
            received = date.fromisoformat(came) if came else None
        except ValueError:
            raise NotAllowed(f"“{came}”不是日期。", todo="请写成 2026-06-30 的样子。") from None
        kind = FundKind(self.kind.currentData())
        return FundForm(
            kind, texts["name"], amount, document_no=texts["document_no"], received_on=received,
            original_plan=texts["original_plan"], donors=texts["donors"], note=texts["note"],
        )
