"""捐赠名单: who gave to a source, typed, pasted or read from a file; kept as one change, written and printed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
)
from typing_extensions import override

from fupin_desktop.services import registers
from fupin_desktop.services.document_types.donors import DonorSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.funds import donor_sheets, donors
from fupin_desktop.services.funds.donor_sheets import FoundDonors
from fupin_desktop.services.funds.donors import DonorSummary
from fupin_desktop.ui import theme
from fupin_desktop.ui.ask import SHEETS
from fupin_desktop.ui.models.fund_donors import KEYS, DonorsModel
from fupin_desktop.ui.models.register_clipboard import to_lines
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import button, label, link, restyle, say
from fupin_desktop.ui.widgets.tint import TintDelegate

_WIDTHS = {"name": 34, "amount": 15, "given_on": 13, "anonymous": 6}
_TOLD_AT_MOST = 3
_UNKNOWN = "没有认出捐赠人和金额两列。请连表头一起复制，或只复制“捐赠人、金额、日期、备注”几列。名单没有变动。"
_AFTER, _INSTEAD = "接在现有名单后面", "替换现有名单"
Trigger = QAbstractItemView.EditTrigger


class DonorsTable(QTableView):
    """The rows.

    Signals:
        copy_asked, paste_asked, add_asked, clear_asked: Ctrl+C, Ctrl+V, Insert, Delete.
    """

    copy_asked = Signal()
    paste_asked = Signal()
    add_asked = Signal()
    clear_asked = Signal()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The clipboard, rows and cells by keyboard."""
        keys = (
            (event.matches(QKeySequence.StandardKey.Copy), self.copy_asked),
            (event.matches(QKeySequence.StandardKey.Paste), self.paste_asked),
            (event.key() == Qt.Key.Key_Insert, self.add_asked), (event.key() == Qt.Key.Key_Delete, self.clear_asked),
        )
        for pressed, asked in keys:
            if pressed:
                asked.emit()
                return
        super().keyPressEvent(event)


class DonorsDialog(QDialog):
    """The list of a source; where the service refuses, the dialog stays as it is.

    Args:
        shell: The window.
        source: The source with its sums.

    Attributes:
        sums: How many donors, how much, how far from what arrived.
        told: What is wrong or to be looked at.
    """

    def __init__(self, shell: Shell, source: DonorSummary) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("捐赠名单")
        self.resize(900, 640)
        self._shell, self._source = shell, source
        kept = shell.read(lambda: donors.donors(shell.bench, source.source_key)) or []
        self._kept = [donor.form for donor in kept]
        self._papers = PaperActions(shell, self._paper, "funds", key=lambda: source.source_key)
        self.model = DonorsModel(source, self._kept, shell.today, self)
        self.table, self.sums, self.told = DonorsTable(), label("", "strong", wrap=True), label("", wrap=True)
        self.public = QCheckBox("公开的一份(匿名的印作“爱心人士”)")
        self.public.setChecked(True)
        self.public.setToolTip("不打勾就是存档的一份，印全部名字")
        self._build()
        self._lay_out()
        self.model.edited.connect(self._tell)
        self._tell()

    def _build(self) -> None:
        self.save = button("保存", self.finish, "primary")
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(label("双击格子就能改；最后一行空着，直接往下填。", "note"), 1)
        self.edits = (
            link("新增一行", self.add, tip="Insert"), link("删除所选行", self.remove),
            link("粘贴", self.paste, tip="从 Excel / WPS 复制的几列，Ctrl+V；有表头的按表头认列"),
            link("导入…", self.bring, tip="从 Excel / WPS 表格读进来，看过再保存"),
        )
        for piece in self.edits:
            head.addWidget(piece)
        foot.addWidget(button("PDF…", self.save_pdf))
        foot.addWidget(button("导出 xlsx…", self.save_xlsx))
        foot.addWidget(button("打印…", self.print_list))
        foot.addWidget(self.public)
        foot.addStretch(1)
        foot.addWidget(button("取消" if not self.model.fixed else "关闭", self.reject))
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(9)
        column.addWidget(label(self._source.name, "title", wrap=True))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.sums)
        column.addWidget(self.told)
        column.addLayout(foot)
        for one in (self.save, *self.edits):
            one.setVisible(not self.model.fixed)

    def _lay_out(self) -> None:
        table = self.table
        table.setProperty("boxed", "true")
        table.setModel(self.model)
        table.setItemDelegate(TintDelegate(table))
        table.setAccessibleName("捐赠名单")
        table.setEditTriggers(Trigger.AnyKeyPressed | Trigger.DoubleClicked | Trigger.EditKeyPressed)
        table.setAlternatingRowColors(True)
        digit = QFontMetrics(theme.font()).horizontalAdvance("0")
        for place, key in enumerate(KEYS):
            table.setColumnWidth(place, _WIDTHS.get(key, 10) * digit)
        table.horizontalHeader().setSectionResizeMode(len(KEYS) - 1, QHeaderView.ResizeMode.Stretch)
        side = table.verticalHeader()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(QFontMetrics(theme.font()).height() + 10)
        for asked, act in (
            (table.copy_asked, self.copy), (table.paste_asked, self.paste), (table.add_asked, self.add),
            (table.clear_asked, self._clear),
        ):
            asked.connect(act)

    # ---- what is said ----
    def _tell(self) -> None:
        """The sums, what is wrong, what is to be looked at."""
        checked = self.model.checked
        say(self.sums, checked.summary.text)
        self._tone(self.sums, "good" if checked.summary.count and not checked.summary.difference else "")
        sentences = [fault.text for fault in checked.faults] or list(checked.notes)
        if self.model.fixed:
            sentences = ["这笔资金已作废，名单只能看、打印。"]
        more = f"等共 {len(sentences)} 处。" if len(sentences) > _TOLD_AT_MOST else ""
        say(self.told, "\n".join(sentences[:_TOLD_AT_MOST]) + more)
        self._tone(self.told, "must" if checked.faults else "principle")
        self.told.setVisible(bool(sentences))

    @staticmethod
    def _tone(target: QLabel, tone: str) -> None:
        if (target.property("tone") or "") != tone:
            target.setProperty("tone", tone)
            restyle(target)

    # ---- rows ----
    def _rows(self) -> list[int]:
        return sorted({index.row() for index in self.table.selectedIndexes()})

    def add(self) -> None:
        """A fresh row below the current one."""
        if not self.model.fixed:
            at = self.table.currentIndex().row() + 1 or len(self.model.rows)
            self._go_to(self.model.put_rows([donors.DonorForm()], at))

    def remove(self) -> None:
        """Take the chosen rows out."""
        rows = self._rows()
        if rows:
            self.model.take_rows(rows)
            self._go_to(min(rows[0], self.model.rowCount() - 1))

    def _go_to(self, row: int, column: int = 0) -> None:
        index = self.model.index(row, column)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()

    def _clear(self) -> None:
        if not self.model.fixed:
            self.model.clear(self.table.selectedIndexes())

    # ---- clipboard and files ----
    def copy(self) -> None:
        """The chosen cells as a spreadsheet's block."""
        chosen = self.table.selectedIndexes()
        columns = sorted({index.column() for index in chosen})
        block = [[self._plain(row, column) for column in columns] for row in self._rows()]
        if block:
            QGuiApplication.clipboard().setText(to_lines(block))

    def _plain(self, row: int, column: int) -> str:
        value = getattr(self.model.row_at(row), KEYS[column])
        return ("是" if value else "") if isinstance(value, bool) else value

    def paste(self) -> None:
        """A block of columns becomes rows at the end; a single column is laid over the cells below the current one."""
        if self.model.fixed:
            return
        text = QGuiApplication.clipboard().text()
        block = registers.split_block(text)
        current = self.table.currentIndex()
        if block and max(map(len, block)) == 1:
            row, column = (current.row(), current.column()) if current.isValid() else (len(self.model.rows), 0)
            self.model.put_texts(row, column, [line[0] if line else "" for line in block])
            self._go_to(row, column)
        elif block:
            self._take_in(donor_sheets.read_text(text), "粘贴")

    def _take_in(self, found: FoundDonors, word: str) -> None:
        if not found.rows:
            self._shell.ask.message(self, f"{word}捐赠名单", _UNKNOWN)
            return
        self._go_to(self.model.put_rows(found.rows))
        self._shell.said.emit(f"已{word} {len(found.rows):,} 行，看过以后点“保存”。")

    def bring(self) -> None:
        """Rows of a file: at the end of those that are there, or in their place; nothing is kept before it is saved."""
        path = self._shell.ask.open_file(self, "导入捐赠名单", SHEETS)
        if path is not None:
            self._shell.run(f"正在读取 {path.name}", lambda _report: donor_sheets.read_file(path), self._brought)

    def _brought(self, found: FoundDonors) -> None:
        there = [row for row in self.model.rows if not row.empty]
        if there and found.rows:
            asked = f"文件里有 {len(found.rows):,} 行，名单里已有 {len(there):,} 行。"
            place = self._shell.ask.choose(self, "导入捐赠名单", asked, [_AFTER, _INSTEAD])
            if place is None:
                return
            if place:
                self.model.take_rows(range(len(self.model.rows)))
        self._take_in(found, "导入")

    # ---- keeping ----
    @property
    def dirty(self) -> bool:
        """Whether anything is not kept yet."""
        return [row for row in self.model.rows if not row.empty] != self._kept

    def keep(self) -> bool:
        """Keep the list; whether it is kept. Where it is refused the sentence is told and nothing typed is lost."""
        if not self.dirty:
            return True
        bench, key, rows = self._shell.bench, self._source.source_key, list(self.model.rows)
        if self._shell.do(lambda: donors.set_donors(bench, key, rows)) is None:
            return False
        kept = self._shell.read(lambda: donors.donors(bench, key)) or []
        self._kept = [donor.form for donor in kept]
        self.model.take_rows(range(len(self.model.rows)))
        self.model.put_rows(self._kept)
        return True

    def finish(self) -> None:
        """保存."""
        if self.keep():
            self.accept()

    @override
    def reject(self) -> None:
        """取消: what is not kept is asked about."""
        asked = "名单改过，还没有保存。"
        if self.dirty and not self._shell.ask.question(
            self, "捐赠名单", asked, yes="不保存", no="继续编辑", danger=True,
        ):
            return
        super().reject()

    # ---- papers ----
    def _paper(self) -> Computed | None:
        """The list as a paper; it is kept first."""
        if not self.keep():
            return None
        bench = self._shell.bench
        subject = DonorSubject(bench, self._source.source_key, self.public.isChecked())
        return computed.paper(bench, "donors", subject)

    def save_pdf(self) -> None:
        """PDF of the list."""
        self._papers.save_pdf()

    def save_xlsx(self) -> None:
        """Workbook of the list; it can be imported again."""
        self._papers.save_xlsx()

    def print_list(self) -> None:
        """打印 the list."""
        self._papers.print()
