"""批量导出: which documents, as what, and whether they leave the office."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from fupin_desktop.services.documents.model import PaperKind
from fupin_desktop.ui.widgets.labels import button, label


class ExportDialog(QDialog):
    """Asks how many documents are written.

    Args:
        word: What such a document is called.
        chosen: Number of chosen documents.
        listed: Number of listed documents.
        parent: The window.
    """

    def __init__(self, word: str, chosen: int, listed: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("批量导出")
        self.setMinimumWidth(440)
        self.only_chosen = QRadioButton(f"选中的 {chosen:,} 份{word} (Ctrl、Shift 可以多选)")
        self.listed = QRadioButton(f"列出的全部 {listed:,} 份")
        self.only_chosen.setEnabled(chosen > 0)
        (self.only_chosen if chosen > 1 else self.listed).setChecked(True)
        self.pdf, self.xlsx = QCheckBox("PDF"), QCheckBox("xlsx (Excel / WPS)")
        self.copy = QCheckBox("对外副本：隐去证件号、电话、账号")
        self.pdf.setChecked(True)
        self.go = button("导出…", self.accept, "primary")
        formats, row = QHBoxLayout(), QHBoxLayout()
        for piece in (self.pdf, self.xlsx):
            piece.toggled.connect(lambda _on: self.go.setEnabled(bool(self.kinds)))
            formats.addWidget(piece)
        formats.addStretch(1)
        row.addStretch(1)
        row.addWidget(button("取消", self.reject))
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 14)
        column.setSpacing(9)
        column.addWidget(self.only_chosen)
        column.addWidget(self.listed)
        column.addSpacing(4)
        column.addLayout(formats)
        column.addWidget(self.copy)
        column.addWidget(label("已批准的按批准时存档的原样导出；对外副本除外。", "note", wrap=True))
        column.addLayout(row)

    @property
    def all_listed(self) -> bool:
        """Whether all listed documents are written."""
        return self.listed.isChecked()

    @property
    def kinds(self) -> tuple[PaperKind, ...]:
        """As what they are written."""
        kinds: tuple[tuple[PaperKind, QCheckBox], ...] = (("pdf", self.pdf), ("xlsx", self.xlsx))
        return tuple(kind for kind, box in kinds if box.isChecked())
