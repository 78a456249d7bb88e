"""A board: figures in colour with bars, each number leading to its rows; printed as a paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from fupin_desktop.override import override
from fupin_desktop.services.boards import Board, Cell, villages
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.ledger_papers import LedgerSubject
from fupin_desktop.services.registers.query import Query
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label
from fupin_desktop.ui.widgets.selection_sums import sums_label
from fupin_desktop.ui.widgets.tips import as_tip

_SHARE = Qt.ItemDataRole.UserRole
_TONE = Qt.ItemDataRole.UserRole + 1
_WIDEST, _BAR = 300, 130
_SIZE = (1060, 560)


class BoardDialog(QDialog):
    """Shows a board.

    Args:
        board: What is shown.
        query: The register it was opened from.
    """

    def __init__(self, shell: Shell, board: Board, query: Query, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(board.title)
        self._shell, self._board, self._query = shell, board, query
        self.papers = PaperActions(shell, self._paper, "boards")
        self.table = QTableWidget()
        self.table.setAccessibleName(board.title)
        self._set_up()
        self._fill()
        self.behind = button("打开明细", self._open_current, tip="打开选中数字后面的记录")
        self.preview = button("预览和打印…", self.papers.preview)
        row = hbox(
            self.preview, button("PDF…", self.papers.save_pdf), button("导出 xlsx…", self.papers.save_xlsx),
            self.behind, (sums_label(self.table), 1), button("关闭", self.reject),
        )  # fmt: skip
        told = label("带下划线的数字可以双击，打开后面的记录。", "muted", wrap=True)
        days = self._span_row(*board.span) if board.span is not None else None
        parts = label(board.title, "title", wrap=True), told, days, (self.table, 1), row
        vbox(*parts, on=self, margins=(16, 14, 16, 12), spacing=10)
        self.resize(*_SIZE)
        self._told()

    def _span_row(self, first: date, last: date) -> QHBoxLayout:
        """The days looked at: 离任审计 looks at other days than a year's."""
        self.first, self.last = DayField(first.year), DayField(last.year)
        for word, field, day in (("期间　从", self.first, first), ("到", self.last, last)):
            field.put(day)
            field.setAccessibleName(word)
            field.setMaximumWidth(150)
        self.again = button("重新比较", self.look_again)
        return hbox(label("期间　从"), self.first, label("到"), self.last, self.again, STRETCH)

    def look_again(self) -> None:
        """Compare in the days that are typed; what is no day gets the keyboard."""
        first, last = self.first.day, self.last.day
        if first is None or last is None:
            (self.first if first is None else self.last).setFocus()
            return
        bench = self._shell.bench
        found = self._shell.read(lambda: villages(bench, (first, last)))
        if found is not None:
            self._board = found
            self._fill()
            self._told()

    def _set_up(self) -> None:
        table = self.table
        table.setProperty("boxed", "true")
        align_heads(table)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setItemDelegate(_Bars(table))
        table.verticalHeader().hide()
        CellKeys(table, opens=self._open_current)
        table.itemDoubleClicked.connect(lambda item: self.open(item.row(), item.column()))
        table.currentCellChanged.connect(self._told)

    def _fill(self) -> None:
        table = self.table
        table.setRowCount(len(self._board.rows))
        table.setColumnCount(len(self._board.headings))
        table.setHorizontalHeaderLabels(list(self._board.headings))
        for place, cells in enumerate(self._board.rows):
            fonts.ensure("".join(cell.text for cell in cells))
            for column, cell in enumerate(cells):
                table.setItem(place, column, _item(cell))
        table.resizeColumnsToContents()
        for column in range(len(self._board.headings)):
            barred = any(cells[column].share is not None for cells in self._board.rows)
            table.setColumnWidth(column, _BAR if barred else min(table.columnWidth(column) + 10, _WIDEST))
        table.horizontalHeader().setSectionResizeMode(
            len(self._board.headings) - 1, QHeaderView.ResizeMode.Stretch
        )

    def _told(self, *_cell: int) -> None:
        self.behind.setEnabled(self._target(self.table.currentRow(), self.table.currentColumn()) is not None)

    def _target(self, row: int, column: int) -> Any:
        return self._board.rows[row][column].target if row >= 0 and column >= 0 else None

    def _open_current(self) -> None:
        self.open(self.table.currentRow(), self.table.currentColumn())

    @override
    def open(self, row: int = -1, column: int = -1) -> None:
        """Leave the board for the rows behind a cell; a cell without rows does nothing."""
        target = self._target(row, column)
        if target is not None:
            self.accept()
            self._shell.wanted.emit(target)

    def _paper(self) -> Computed:
        subject = LedgerSubject(self._shell.bench, self._query, span=self._board.span)
        return computed.paper(self._shell.bench, self._board.paper, subject)


def _item(cell: Cell) -> QTableWidgetItem:
    item = QTableWidgetItem(cell.text)
    item.setToolTip(as_tip(cell.text))
    item.setData(_SHARE, cell.share)
    item.setData(_TONE, cell.tone)
    if cell.tone:
        item.setForeground(theme.tone(cell.tone)[0])
        item.setBackground(theme.tone(cell.tone)[1])
    if cell.target is not None:
        font = item.font()
        font.setUnderline(True)
        item.setFont(font)
        item.setForeground(theme.colour("accent"))
    if cell.text[:1].isdigit() or cell.text == "—":
        item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item


class _Bars(QStyledItemDelegate):
    """Paints the bars of cells that have one, behind their text."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        share = index.data(_SHARE)
        super().paint(painter, option, index)
        if share is None:
            return
        room = QRectF(option.rect).adjusted(8, 0, -52, 0)  # type: ignore[attr-defined]
        bar = QRectF(room.left(), room.center().y() - 4, room.width(), 8)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("plain_soft"))
        painter.drawRoundedRect(bar, 4, 4)
        bar.setWidth(bar.width() * share / 100)
        painter.setBrush(theme.tone(index.data(_TONE) or "good")[0])
        painter.drawRoundedRect(bar, 4, 4)
        painter.restore()
