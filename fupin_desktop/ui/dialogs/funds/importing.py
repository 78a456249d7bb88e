"""导入台账: what a file would bring, every problem with its cell; all of it or only the good rows are taken."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QRadioButton,
    QTableView,
)

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services.funds import imports
from fupin_desktop.services.funds.imports import LedgerImport, Reading
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.ask import XLSX
from fupin_desktop.ui.models.fund_import import FileModel, views
from fupin_desktop.ui.papers import save_paper
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link, say
from fupin_desktop.ui.widgets.plain_table import only_look
from fupin_desktop.ui.widgets.segments import Segments
from fupin_desktop.ui.widgets.selection_sums import sums_label

_WIDEST = 260


class FundImportDialog(QDialog):
    """Counts, tables, choice; where the service refuses, the dialog stays.

    Args:
        found: The file as read.
    """

    def __init__(self, shell: Shell, found: LedgerImport) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("导入资金台账")
        self.resize(1080, 620)
        self._shell, self.found = shell, found
        self.counts, self.sums = label("", "title", wrap=True), label("", "muted", wrap=True)
        self.switch = Segments([])
        self.sheet, self.visible_only = QComboBox(), QCheckBox()
        self.table, self.told = QTableView(), label("", wrap=True)
        self.all, self.good = QRadioButton("全部导入"), QRadioButton("只导入没有问题的行")
        self._build()
        self.switch.chosen.connect(self.show_view)
        self._show(found)

    def _build(self) -> None:
        only_look(self.table, "读到的资金记录")
        self.table.setWordWrap(False)
        self.take = button("导入", self.finish, "primary")
        self.take.setDefault(True)
        template = link("空表…", self.template, tip="写出一份空的台账，照着填好再导入")
        head = hbox(self.switch, (sums_label(self.table), 1), template)
        choice = hbox(self.all, self.good, STRETCH, spacing=18)
        foot = hbox((choice, 1), button("取消", self.reject), self.take)
        vbox(
            self.counts, self.sums, self._questions(), head, (self.table, 1), self.told, foot, on=self,
            margins=(18, 16, 18, 14), spacing=9,
        )  # fmt: skip

    def _questions(self) -> QHBoxLayout:
        """What some files leave open: which sheet, and whether hidden rows count."""
        self.sheet.addItem("每一张认得出表头的", "")
        for raw in self.found.sheets:
            fonts.ensure(raw.name)
            self.sheet.addItem(f"只读“{raw.name}”", raw.name)
        self.sheet.setAccessibleName("工作表")
        self.which = label("工作表", "muted")
        row = hbox(self.which, self.sheet, self.visible_only, STRETCH, spacing=10)
        self.sheet.activated.connect(lambda _place: self._read_again())
        self.visible_only.toggled.connect(lambda _on: self._read_again())
        return row

    def _ask(self) -> None:
        """Show the questions that this file leaves open, with what was answered."""
        found, reading = self.found, self.found.reading
        with quiet(self.sheet, self.visible_only):
            self.sheet.setCurrentIndex(max(0, self.sheet.findData(reading.sheet)))
            self.visible_only.setText(f"只读看得见的行(有 {found.hidden} 行被筛选掉或隐藏)")
            self.visible_only.setChecked(reading.visible_only)
        for piece in (self.which, self.sheet):
            piece.setVisible(len(found.sheets) > 1)
        self.visible_only.setVisible(found.hidden > 0)

    def _read_again(self) -> None:
        """Read the file as it is chosen now; what cannot be read leaves the choice as it was."""
        bench, found = self._shell.bench, self.found
        reading = Reading(str(self.sheet.currentData()), visible_only=self.visible_only.isChecked())
        self._shell.run(
            f"正在读取 {found.path.name}", lambda _report: imports.read_again(bench, found, reading), self._show,
            failed=self._not_read, cancellable=False,
        )  # fmt: skip

    def _not_read(self, trouble: BaseException) -> None:
        self._ask()
        self._shell.tasks.tell(trouble)

    def _show(self, found: LedgerImport) -> None:
        """Show a reading of the file."""
        self.found = found
        self._views = {view.key: view for view in views(found)}
        self.switch.set_options([(view.key, f"{view.word} {len(view.lines):,}") for view in self._views.values()])
        self._ask()
        self._tell()
        self.show_view("problems" if found.faults else "entries")

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
