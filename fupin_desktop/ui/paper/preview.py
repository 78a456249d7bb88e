"""The print preview of any filled form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from fupin_desktop.documents.layout.pages import FilledForm
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.widgets.toolbar import ToolRow

_SIZE = (900, 700)


class PreviewDialog(QDialog):
    """Pages as they print, with buttons of the owner's.

    Args:
        filled: The form.
        actions: Texts and what they do, e.g. ``("PDF", write_pdf)``.
        parent: The window.
    """

    def __init__(
        self, filled: FilledForm, actions: Sequence[tuple[str, Callable[[], object]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"打印预览 — {filled.title}")
        self.resize(*_SIZE)
        self.viewer = PageViewer()
        self.bar = ToolRow()
        for text, run in actions:
            self.bar.add(text, run, right=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.viewer, 1)
        self.viewer.show_pages(filled)
