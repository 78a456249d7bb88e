"""导入台账: what a file would bring, every problem with its cell; all of it or only the good rows are taken."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QRadioButton,
    QTableView,
    QVBoxLayout,
)

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services.funds import imports
from fupin_desktop.services.funds.imports import LedgerImport
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.ask import XLSX
from fupin_desktop.ui.models.fund_import import FileModel, views
from fupin_desktop.ui.papers import save_paper
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.labels import button, label, link, say
from fupin_desktop.ui.widgets.segments import Segments

_WIDEST = 260


class FundImportDialog(QDialog):
    """Counts, tables, choice; where the service refuses, the dialog stays.

    Args:
        shell: The window.
        found: The file as read.
    """

    def __init__(self, shell: Shell, found: LedgerImport) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("导入资金台账")
        self.resize(1080, 620)
        self._shell, self.found = shell, found
        self._views = {view.key: view for view in views(found)}
        self.counts, self.sums = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.switch = Segments([(view.key, f"{view.word} {len(view.lines):,}") for view in self._views.values()])
        self.table, self.told = QTableView(), label("", wrap=True)
        self.all, self.good = QRadioButton("全部导入"), QRadioButton("只导入没有问题的行")
        self._build()
        self._tell()
        self.switch.chosen.connect(self.show_view)
        self.show_view("problems" if found.faults else "entries")

    def _build(self) -> None:
        self.table.setProperty("boxed", "true")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setAlternatingRowColors(True)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.take = button("导入", self.finish, "primary")
        self.take.setDefault(True)
        head, choice, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.switch)
        head.addStretch(1)
        head.addWidget(link("空表…", self.template, tip="写出一份空的台账，照着填好再导入"))
        for one in (self.all, self.good):
            choice.addWidget(one)
        choice.addStretch(1)
        choice.setSpacing(18)
        foot.addLayout(choice, 1)
        foot.addWidget(button("取消", self.reject))
        foot.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(9)
        for piece in (self.counts, self.sums):
            column.addWidget(piece)
        column.addLayout(head)
        column.addWidget(self.table, 1)
        column.addWidget(self.told)
        column.addLayout(foot)

    def _tell(self) -> None:
        """Counts, and what can be done."""
        found = self.found
        new = len(self._views["sources"].lines) if "sources" in self._views else 0
        warnings = len(found.problems) - len(found.faults)
        parts = [f"{found.path.name}：新记录 {len(found.good):,} 条", f"新来源 {new} 笔", f"已有 {found.known:,} 条"]
        parts += [f"{word} {count} 处" for word, count in (("错误", len(found.faults)), ("提醒", warnings)) if count]
        say(self.counts, " · ".join(parts))
        sums = (f"{kind.label} {format_money(found.total(kind))}" for kind in EntryKind)
        say(self.sums, f"{found.year} 年度，将要导入：{'，'.join(sums)} 元")
        faults = bool(found.faults)
        self.all.setEnabled(not faults)
        (self.good if faults else self.all).setChecked(True)
        some = bool(found.good) or any(line[0] == "新增" for view in self._views.values() for line in view.lines)
        self.take.setEnabled(some)
        if faults:
            told = "有错的行改好以后才能全部导入；现在可以只导入没有问题的行，改好后再导入一次，已有的不会重复。"
        else:
            told = "没有发现错误。导入前会先备份。" if some else "没有变化：文件里的内容台账里都有了。"
        say(self.told, told)

    def show_view(self, key: str) -> None:
        """Bring 记录, 新增来源 or 问题 to the front."""
        view = self._views.get(key) or self._views["entries"]
        self.switch.show_key(view.key)
        self.model = FileModel(view)
        self.model.setParent(self)
        self.table.setModel(self.model)
        self.table.resizeColumnsToContents()
        for place in range(len(view.headings)):
            self.table.setColumnWidth(place, min(self.table.columnWidth(place) + 8, _WIDEST))
        last = len(view.headings) - (2 if view.key == "problems" else 1)
        self.table.horizontalHeader().setSectionResizeMode(last, QHeaderView.ResizeMode.Stretch)

    def template(self) -> None:
        """An empty ledger to fill in."""
        save_paper(self._shell, "资金台账空表", "资金台账(空表).xlsx", XLSX, imports.write_template)

    def finish(self) -> None:
        """Take it in."""
        bench, found, only_good = self._shell.bench, self.found, self.good.isChecked()
        self._shell.run(
            "正在导入资金台账", lambda _report: imports.take(bench, found, only_good), self._taken, cancellable=False,
        )

    def _taken(self, _change: Change) -> None:
        self.accept()
