"""取用: the amounts of award calculations and projects become rows of a plan or a sheet; they are seen beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
)

from fupin_desktop.domain.area import format_quantity
from fupin_desktop.domain.money import format_money
from fupin_desktop.services import fund_papers
from fupin_desktop.services.documents.model import Outcome
from fupin_desktop.services.fund_papers import Offer
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.panes import panes
from fupin_desktop.ui.widgets.plain_table import only_look
from fupin_desktop.ui.widgets.tips import as_tip
from fupin_desktop.ui.widgets.wrapping import wrap_items

_COLUMNS = (
    ("item", "项目"), ("place", "地点"), ("quantity", "数量"), ("unit", "单位"), ("price", "单价(元)"),
    ("amount", "金额(元)"), ("households_large", "大户"), ("households_small", "小户"), ("payee", "收款单位(户)"),
    ("account", "账号"), ("evidence", "依据"), ("note", "备注"),
)
_MONEY = ("price", "amount")
_WIDEST = 240


class TakeDialog(QDialog):
    """What can be taken over, and the rows it would bring; what is refused is told, and the dialog stays.

    Args:
        key: The document.
        offers: What it can take over.
    """

    def __init__(self, shell: Shell, key: str, offers: Sequence[Offer]) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("取用奖补、项目")
        self.resize(860, 560)
        self._shell, self._key, self.offers = shell, key, tuple(offers)
        self.list, self.table, self.told = QListWidget(), QTableWidget(), label("", "note", wrap=True)
        self._build()
        for offer in self.offers:
            text = f"{offer.title}\n{offer.sentence}"
            fonts.ensure(text)
            QListWidgetItem(text, self.list).setToolTip(as_tip(offer.sentence))
        self.list.currentRowChanged.connect(lambda _row: self._show())
        self.list.setCurrentRow(0)

    def _build(self) -> None:
        self.list.setProperty("boxed", "true")
        wrap_items(self.list)
        self.list.setAccessibleName("可以取用的")
        only_look(self.table, "可以取用的金额", rows=False)
        split = panes(self.list, self.table, below=True, sizes=(170, 260), handle=8)
        self.go = button("取用", self.finish, "primary")
        self.go.setDefault(True)
        row = hbox((self.told, 1), button("取消", self.reject), self.go)
        note = "选一项，看清下面的明细再取用；同一项再次取用时，替换原来取用的行，手工填的行不动。"
        vbox(label(note, "muted", wrap=True), (split, 1), row, on=self, margins=(16, 14, 16, 12), spacing=10)

    @property
    def offer(self) -> Offer | None:
        """The one chosen."""
        row = self.list.currentRow()
        return self.offers[row] if 0 <= row < len(self.offers) else None

    def _show(self) -> None:
        """The rows of the offer chosen."""
        offer = self.offer
        self.go.setEnabled(offer is not None)
        rows = offer.rows if offer else ()
        columns = [(key, word) for key, word in _COLUMNS if any(row.get(key) not in (None, "") for row in rows)]
        self.table.setColumnCount(len(columns))
        self.table.setRowCount(len(rows))
        self.table.setHorizontalHeaderLabels([word for _key, word in columns])
        for place, row in enumerate(rows):
            for at, (key, _word) in enumerate(columns):
                self.table.setItem(place, at, _item(key, row.get(key)))
        self.table.resizeColumnsToContents()
        for at in range(len(columns)):
            self.table.setColumnWidth(at, min(self.table.columnWidth(at) + 8, _WIDEST))
        if columns:
            self.table.horizontalHeader().setSectionResizeMode(len(columns) - 1, QHeaderView.ResizeMode.Stretch)
        say(self.told, f"{len(rows)} 行，合计 {format_money(offer.amount)} 元" if offer else "")

    def finish(self) -> None:
        """Take it over."""
        offer, bench, key = self.offer, self._shell.bench, self._key
        if offer is None:
            return
        self._shell.do(lambda: fund_papers.take(bench, key, offer.key), self._taken)

    def _taken(self, outcome: Outcome) -> None:
        if outcome.faults:
            said = "；".join(dict.fromkeys(outcome.faults.values()))
            self._shell.ask.message(self, "没有取用", f"{said}。")
            return
        self.accept()


def _item(key: str, value: object) -> QTableWidgetItem:
    number = isinstance(value, Decimal | int)
    if isinstance(value, Decimal):
        text = format_money(value) if key in _MONEY else format_quantity(value)
    else:
        text = "" if value is None else f"{value}"
    fonts.ensure(text)
    item = QTableWidgetItem(text)
    item.setToolTip(as_tip(text))
    if number:
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
