"""批量导出: which documents, as what, and whether they leave the office."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from fupin_desktop.services.documents.model import PaperKind
from fupin_desktop.ui.dialogs.many_documents import ManyDocumentsDialog
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox


class ExportDialog(ManyDocumentsDialog):
    """Asks how many documents are written.

    Args:
        word: What such a document is called.
        chosen: Number of chosen documents.
        listed: Number of listed documents.
    """

    def __init__(self, word: str, chosen: int, listed: int, parent: QWidget | None = None) -> None:
        super().__init__("批量导出", "导出…", word, chosen, listed, parent)
        self.pdf, self.xlsx = QCheckBox("PDF"), QCheckBox("xlsx (Excel / WPS)")
        self.pdf.setChecked(True)
        for piece in (self.pdf, self.xlsx):
            piece.toggled.connect(lambda _on: self.go.setEnabled(bool(self.kinds)))
        note = "已批准的按批准时存档的原样导出；对外副本除外。"
        self._lay_out(hbox(self.pdf, self.xlsx, STRETCH), self.copy, note=note)

    @property
    def kinds(self) -> tuple[PaperKind, ...]:
        """As what they are written."""
        kinds: tuple[tuple[PaperKind, QCheckBox], ...] = (("pdf", self.pdf), ("xlsx", self.xlsx))
        return tuple(kind for kind, box in kinds if box.isChecked())
