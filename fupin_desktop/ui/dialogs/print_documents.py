"""批量打印: which documents, as how many jobs of the printer, and whether they leave the office."""

from __future__ import annotations

from PySide6.QtWidgets import QButtonGroup, QCheckBox, QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from fupin_desktop.ui.widgets.labels import button, label


class PrintDocumentsDialog(QDialog):
    """Asks how many documents are printed; the printer's own dialog follows.

    Args:
        word: What such a document is called.
        chosen: Number of chosen documents.
        listed: Number of listed documents.
        parent: The window.
    """

    def __init__(self, word: str, chosen: int, listed: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("批量打印")
        self.setMinimumWidth(440)
        self.only_chosen = QRadioButton(f"选中的 {chosen:,} 份{word} (Ctrl、Shift 可以多选)")
        self.listed = QRadioButton(f"列出的全部 {listed:,} 份")
        self.only_chosen.setEnabled(chosen > 0)
        (self.only_chosen if chosen > 1 else self.listed).setChecked(True)
        self.apart = QRadioButton("每份一个打印任务 (可以随时取消，已打印的不重复)")
        self.together = QRadioButton("全部合成一个打印任务 (同一种纸的连着印，不会插进别人的文件)")
        self.apart.setChecked(True)
        self.copy = QCheckBox("对外副本：隐去证件号、电话、账号")
        self._groups = [_grouped(self, self.only_chosen, self.listed), _grouped(self, self.apart, self.together)]
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        self.go = button("下一步…", self.accept, "primary")
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(9)
        for piece in (self.only_chosen, self.listed, None, self.apart, self.together, None, self.copy):
            if piece is None:
                column.addSpacing(4)
            else:
                column.addWidget(piece)
        column.addWidget(label("已批准的按批准时存档的原样打印；不合规定的带“草稿”字样。", "note", wrap=True))
        column.addLayout(row)

    @property
    def all_listed(self) -> bool:
        """Whether all listed documents are printed."""
        return self.listed.isChecked()


def _grouped(owner: QWidget, *choices: QRadioButton) -> QButtonGroup:
    """Choices of which one holds."""
    group = QButtonGroup(owner)
    for choice in choices:
        group.addButton(choice)
    return group
