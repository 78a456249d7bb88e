"""Shows the wording of a clause (依据) and where it stands in its document."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit, QWidget

from fupin_desktop.policy.clauses import Clause
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label


class ClauseDialog(QDialog):
    """Document, headings above it, the wording, 复制."""

    def __init__(self, clause: Clause, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"依据 {clause.name}")
        self.resize(640, 420)
        fonts.ensure(clause.text)
        self.text = QPlainTextEdit(clause.text)
        self.text.setAccessibleName("条款原文")
        self.text.setReadOnly(True)
        copy = button("复制", lambda: QApplication.clipboard().setText(clause.text))
        vbox(
            label(f"《{clause.document}》", "title", wrap=True),
            *(label(heading, "note", wrap=True) for heading in clause.headings), (self.text, 1),
            hbox(copy, STRETCH, button("关闭", self.accept)), on=self, margins=(20, 18, 20, 14), spacing=8,
        )  # fmt: skip
