"""The print preview of any filled form."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.ui import fonts
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.paper.zoom_box import ZoomBox
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.labels import label
from fupin_desktop.ui.widgets.toolbar import ToolRow

_PORTRAIT, _LANDSCAPE = (860, 700), (1180, 700)


class PreviewDialog(QDialog):
    """Pages as they print, with zoom, the number of the page seen, and buttons of the owner's.

    Args:
        filled: The form.
        actions: Texts and what they do, e.g. ``("PDF", write_pdf)``.
        printing: Prints it; the button 打印… and Ctrl+P.
        offer: What accepts it, where it is shown to be decided on; that button stands out then, not 打印….
    """

    def __init__(
        self, filled: FilledForm, actions: Sequence[tuple[str, Callable[[], object]]] = (),
        parent: QWidget | None = None, *, printing: Callable[[], object] | None = None, offer: str = "",
    ) -> None:
        super().__init__(parent)
        fonts.ensure(filled.title)
        self.setWindowTitle(f"{'预览' if offer else '打印预览'} — {filled.title}")
        self.resize(*(_LANDSCAPE if filled.paper.landscape else _PORTRAIT))
        self.viewer = PageViewer()
        self.page = label("", "muted")
        self.bar = ToolRow()
        self.bar.add_widget(ZoomBox(self.viewer))
        self.bar.add_widget(self.page)
        if printing is not None:
            self.print = self.bar.add("打印…", printing, right=True, primary=not offer, tip="打印 (Ctrl+P)")
            self.print.setAutoDefault(False)
            QShortcut(QKeySequence.StandardKey.Print, self, printing)
        for text, run in actions:
            self.bar.add(text, run, right=True).setAutoDefault(False)
        self.bar.add("关闭", self.reject, right=True).setAutoDefault(False)
        if offer:
            self.bar.add(offer, self.accept, right=True, primary=True).setAutoDefault(False)
        vbox(self.bar, (self.viewer, 1), on=self, margins=0, spacing=0)
        self.viewer.page_seen.connect(self._number)
        self.viewer.show_pages(filled)
        self._number(self.viewer.page)
        self.viewer.setFocus()

    def _number(self, page: int) -> None:
        """Write which page is seen."""
        filled = self.viewer.filled
        self.page.setText(f"第 {page + 1} 页，共 {len(filled.pages)} 页" if filled else "")
