"""表样: which forms are built in and which are the office's own; taking out, checking, using, giving up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.services import own_forms, printing
from fupin_desktop.services.own_forms import Examined, FormLine
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import fonts
from fupin_desktop.ui.ask import XLSX
from fupin_desktop.ui.papers import tell_written
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads
from fupin_desktop.ui.widgets.labels import button, label, say

HEADINGS = ("表", "用的是", "改动日期", "情况")
FORM_FILES = "表样 (*.toml *.zip)"
_WAYS = ("在 Excel、WPS 里改 (电子表格，格子里是 {{字段}})", "用记事本改 (表样文件)")
_TOLD = "以前的申报表仍用当时的表样；改了表样只影响以后新建的。"


class OwnFormsDialog(QDialog):
    """The list of forms with what can be done to the chosen one.

    Attributes:
        lines: The forms, in the order of the rows.
    """

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("表样")
        self.resize(900, 460)
        self._shell = shell
        self.lines: list[FormLine] = []
        self.table = QTableWidget(0, len(HEADINGS))
        self.table.setAccessibleName("表样")
        self.told = label("", "note", wrap=True)
        self._set_up()
        self.look = button("预览", self.preview)
        self.take_out = button("导出…", self.export, tip="写出表样文件和写法说明，供修改")
        self.back = button("恢复内置…", self.remove)
        row = hbox(
            self.look, self.take_out, button("检查并启用…", self.install),
            button("从电子表格生成…", self.from_workbook), self.back, STRETCH, button("说明", self._help),
            button("关闭", self.accept),
        )  # fmt: skip
        vbox(
            label(_TOLD, "muted", wrap=True), (self.table, 1), self.told, row, on=self, margins=(16, 14, 16, 12),
            spacing=10,
        )  # fmt: skip
        self.load()

    def _set_up(self) -> None:
        table = self.table
        table.setProperty("boxed", "true")
        align_heads(table)
        table.setHorizontalHeaderLabels(list(HEADINGS))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.verticalHeader().hide()
        CellKeys(table, opens=self.preview)
        table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.currentCellChanged.connect(lambda *_cells: self._show_chosen())
        table.cellDoubleClicked.connect(lambda _row, _column: self.preview())

    @property
    def chosen(self) -> FormLine | None:
        """The form of the current row."""
        row = self.table.currentRow()
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def load(self) -> None:
        """Read the forms beside the clerk's work, for they are many; the row stays where it was."""
        bench = self._shell.bench
        self._shell.read_aside(lambda: own_forms.all(bench), self._list)

    def _list(self, lines: list[FormLine]) -> None:
        self.lines, at = lines, max(self.table.currentRow(), 0)
        self.table.setRowCount(len(self.lines))
        for row, line in enumerate(self.lines):
            changed = f"{line.changed_on:%Y-%m-%d}" if line.changed_on else ""
            state = "可在屏幕上填写" if line.fillable else "由程序填写"
            if line.broken:
                state = "有误，不能新建" if line.new else "有误，用内置表样"
            for column, text in enumerate((line.title, line.origin, changed, state)):
                fonts.ensure(text)
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.setCurrentCell(min(at, len(self.lines) - 1), 0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        line = self.chosen
        say(self.told, line.broken if line else "")
        self.told.setVisible(bool(line and line.broken))
        self.back.setEnabled(line is not None and line.origin == own_forms.OWN)
        self.back.setText("停用…" if line is not None and line.new else "恢复内置…")

    def _help(self) -> None:
        self._shell.help_wanted.emit("own_forms.html")

    # ---- the chosen form -------------------------------------------------------------------------------------------
    def preview(self) -> None:
        """Show the form in use as it prints."""
        line, bench, today = self.chosen, self._shell.bench, self._shell.today
        if line is None:
            return

        def read() -> FilledForm:
            text = own_forms.load(bench, line.id).text
            return own_forms.preview(own_forms.examine_text(text, f"{line.id}/form.toml"), today)

        self._shell.read(read, partial(self._show, offer=False))

    def export(self) -> None:
        """Write the form for changing: as a form file, or as a spreadsheet where it can be one."""
        line = self.chosen
        if line is None:
            return
        ways = (self._export_workbook, self._export_file)
        at = self._shell.ask.choose(self, "导出表样", "怎样改：", _WAYS) if line.fillable else 1
        if at is not None:
            ways[at](line)

    def _export_file(self, line: FormLine) -> None:
        bench = self._shell.bench
        folder = self._shell.ask.folder(self, "导出表样到哪个文件夹")
        written = self._shell.read(lambda: own_forms.export(bench, line.id, folder)) if folder else None
        if written is not None:
            text = f"已写出“{written}”。\n\n用记事本改里面的 form.toml，再点“检查并启用”。"
            tell_written(self._shell, written / "form.toml", text, title="已导出", parent=self)

    def _export_workbook(self, line: FormLine) -> None:
        bench = self._shell.bench
        path = self._shell.ask.save_file(self, "导出表样", f"{line.title}.xlsx", XLSX)
        if path is None:
            return

        def work(_report: Report) -> Path:
            own_forms.export_workbook(bench, line.id, path)
            return path

        self._shell.run("正在写出电子表格", work, self._exported, cancellable=False)

    def _exported(self, path: Path) -> None:
        text = f"已写出“{path}”。\n\n用 Excel 或 WPS 改好，选中这张表，再点“从电子表格生成”。"
        tell_written(self._shell, path, text, title="已导出", parent=self)

    def remove(self) -> None:
        """Go back to the built-in form; one that the office alone has is offered no more."""
        line, bench = self.chosen, self._shell.bench
        if line is None or line.origin != own_forms.OWN:
            return
        title, yes, then = "恢复内置表样", "恢复内置", "以后用内置表样"
        if line.new:
            title, yes, then = "停用表样", "停用", "以后不能新建"
        text = f"“{line.title}”{then}。本单位的表样文件改名留在数据文件夹里，已有的申报表不受影响。"
        if self._shell.ask.question(self, title, text, yes=yes):
            self._shell.do(lambda: own_forms.remove(bench, line.id), self._done)

    # ---- a new form ------------------------------------------------------------------------------------------------
    def install(self) -> None:
        """Look at a form file and use it."""
        path = self._shell.ask.open_file(self, "选择表样", FORM_FILES)
        if path is not None:
            self._look_at("正在检查表样", lambda: own_forms.examine(path), path)

    def from_workbook(self) -> None:
        """Make a drawn spreadsheet into the chosen form and use it."""
        line, bench = self.chosen, self._shell.bench
        if line is None:
            return
        path = self._shell.ask.open_file(self, f"选择画好的电子表格，代替“{line.title}”", XLSX)
        if path is not None:
            self._look_at("正在读电子表格", lambda: own_forms.from_workbook(path, line.id, bench), path)

    def _look_at(self, title: str, examine: Callable[[], Examined], path: Path) -> None:
        today = self._shell.today

        def work(_report: Report) -> tuple[Examined, FilledForm | None]:
            examined = examine()
            return examined, own_forms.preview(examined, today) if examined.usable else None

        self._shell.run(title, work, partial(self._examined, path), cancellable=False)

    def _examined(self, path: Path, found: tuple[Examined, FilledForm | None]) -> None:
        """Tell what was found; show a usable form and offer to use it."""
        examined, filled = found
        if examined.problems:
            head = "可以启用，但请留意" if examined.usable else "还不能启用"
            todo = "" if examined.usable else "表样没有变动，原来的照用。请按下面说的改好，再启用一次。"
            self._shell.ask.problems(self, f"{path.name}：{head}", examined.problems, todo)
        if filled is not None and self._show(filled, offer=True):
            self._use(examined)

    def _show(self, filled: FilledForm, *, offer: bool) -> bool:
        """Show a form as it prints; whether it was chosen, where it is offered for use."""
        from fupin_desktop.ui.paper.preview import PreviewDialog
        from fupin_desktop.ui.printing.front import print_paper

        paper = printing.form_paper("forms", "", filled.title, lambda: filled)
        word = "启用这个表样" if offer else ""
        dialog = PreviewDialog(filled, (), self, printing=lambda: print_paper(self._shell, paper), offer=word)
        return self._shell.ask.run(dialog)

    def _use(self, examined: Examined) -> None:
        bench = self._shell.bench
        self._shell.do(lambda: own_forms.install_examined(bench, examined), self._done)

    def _done(self, _change: Change) -> None:
        self.load()
