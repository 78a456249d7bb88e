"""Tells a bug: the data are safe, here is a report to copy."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label

NOW = "程序出了一个错误，刚才的操作没有完成。"
BEFORE = "上次程序没有正常退出。"
SAFE = "已保存的数据没有变动，数据文件完好。请把下面的报告复制给技术人员；报告里的长号码已经遮盖。"


class CrashDialog(QDialog):
    """What happened, what is safe, the report, 复制报告."""

    def __init__(self, report: str, *, before: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("程序错误")
        self.resize(720, 460)
        layout = vbox(
            label(BEFORE if before else NOW, "title"), label(SAFE, wrap=True), on=self, margins=(20, 18, 20, 14),
            spacing=10,
        )  # fmt: skip
        self.report = QPlainTextEdit(report)
        self.report.setAccessibleName("错误报告")
        self.report.setReadOnly(True)
        self.report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        layout.addWidget(self.report, 1)
        self.copy = button("复制报告", self._copy)
        row = hbox(self.copy, STRETCH, button("继续", self.accept, "primary"))
        layout.addLayout(row)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.report.toPlainText())
        self.copy.setText("已复制")
