"""Settings: the office's details, the phones for objections, text size, contrast, how finely is printed."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QTabWidget, QWidget

from fupin_desktop.services import offices
from fupin_desktop.ui import preferences
from fupin_desktop.ui.dialogs.office_form import OfficeFields
from fupin_desktop.ui.dialogs.operators import OperatorsPage, sign_in
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.theme import TextSize
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label


class SettingsDialog(QDialog):
    """Its pages; of 单位资料 and 显示和打印 nothing changes before 保存."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("设置")
        self.resize(620, 520)
        self._shell = shell
        self.fields = OfficeFields(full=True)
        self._before = shell.read(lambda: offices.office(shell.bench)) or offices.OfficeForm()
        self.fields.set_form(self._before)
        self.size_choice, self.contrast = QComboBox(), QCheckBox("高对比度 (黑白分明)")
        for size in TextSize:
            self.size_choice.addItem(size.label, size.value)
        self.size_choice.setCurrentIndex(self.size_choice.findData(shell.preferences.theme.size.value))
        self.contrast.setChecked(shell.preferences.contrast)
        self.print_choice = QComboBox()
        for text, fine in (("标准 (300 dpi)", False), ("精细 (600 dpi，打印较慢)", True)):
            self.print_choice.addItem(text, fine)
        self.print_choice.setCurrentIndex(int(shell.preferences.fine_print))
        pages = self.pages = QTabWidget()
        pages.addTab(self._padded(self.fields), "单位资料")
        pages.addTab(self._look(), "显示和打印")
        self.operators = OperatorsPage(shell, lambda: sign_in(shell, self))
        pages.addTab(self._padded(self.operators, stretch=False), "操作人员")
        self.keep = button("保存", self.save, "primary")
        row = hbox(STRETCH, button("取消", self.reject), self.keep)
        pages.currentChanged.connect(self._give_enter)
        self._give_enter(0)
        vbox((pages, 1), row, on=self, margins=(18, 16, 18, 14))

    def _padded(self, inner: QWidget, *, stretch: bool = True) -> QWidget:
        page = QWidget()
        column = vbox(inner, on=page, margins=(16, 16, 16, 12))
        if stretch:
            column.addStretch(1)
        return page

    def _give_enter(self, place: int) -> None:
        """Enter in a field saves, but not among the operators, whose page changes at once."""
        self.keep.setDefault(place < self.pages.count() - 1)

    def _look(self) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(12)
        form.addRow("文字大小", self.size_choice)
        form.addRow("", self.contrast)
        form.addRow("打印清晰度", self.print_choice)
        form.addRow("数据文件夹", label(str(self._shell.bench.data_folder), "muted", wrap=True))
        return self._padded(page)

    def save(self) -> None:
        """Save the office where it changed, remember the look, close."""
        form, bench = self.fields.form(), self._shell.bench
        if form != self._before:
            self._shell.do(lambda: offices.save(bench, form), lambda _change: self._keep_look())
        else:
            self._keep_look()

    def _keep_look(self) -> None:
        chosen = self._shell.preferences
        chosen.text_size, chosen.contrast = self.size_choice.currentData(), self.contrast.isChecked()
        chosen.fine_print = bool(self.print_choice.currentData())
        preferences.save(chosen)
        self.accept()
