"""查找和替换 in a register: what is looked for, what comes in its place, and where."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFormLayout, QLineEdit, QWidget

from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label


class ReplaceDialog(QDialog):
    """Asks; the search itself and the writing are the caller's.

    Args:
        column: Heading of the current column; empty where it is not typed into.
        rows: How many rows are looked through.

    Attributes:
        wanted: What is looked for.
        put: What comes in its place.
        whole: Whether it must be all that stands in a cell.
    """

    def __init__(self, column: str, rows: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("查找和替换")
        self.setMinimumWidth(420)
        self.wanted, self.put, self.where = QLineEdit(), QLineEdit(), QComboBox()
        self.whole = QCheckBox("整格内容完全相同才替换")
        self.where.addItem(f"只在“{column}”一列" if column else "所有可以填写的列", bool(column))
        if column:
            self.where.addItem("所有显示的列", False)
        for line in (self.wanted, self.put):
            line.textChanged.connect(fonts.ensure)
        form = QFormLayout()
        form.addRow("查找", self.wanted)
        form.addRow("替换为", self.put)
        form.addRow("范围", self.where)
        form.addRow("", self.whole)
        foot = hbox(STRETCH, button("取消", self.reject))
        self.go = button("查找并替换…", self.accept, "primary")
        self.go.setDefault(True)
        self.go.setEnabled(False)
        self.wanted.textChanged.connect(lambda text: self.go.setEnabled(bool(text)))
        foot.addWidget(self.go)
        note = f"在现在列出的 {rows:,} 行里找；先告诉有多少格，同意了才写，可以整体撤销。"
        vbox(label(note, "note", wrap=True), form, foot, on=self, margins=(18, 16, 18, 14), spacing=10)
        self.wanted.setFocus()

    @property
    def one_column(self) -> bool:
        """Whether only the current column is looked through."""
        return bool(self.where.currentData())
