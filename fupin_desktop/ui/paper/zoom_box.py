"""The zoom of a paper, as a small group of buttons for any toolbar."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.tips import as_tip

_OFFERED = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
_FIT = "适合宽度"


class ZoomBox(QWidget):
    """Smaller, the zoom in force with a menu of others, larger."""

    def __init__(self, viewer: PageViewer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._viewer = viewer
        self.smaller = self._button("－", "缩小 (Ctrl+滚轮)")
        self.larger = self._button("＋", "放大 (Ctrl+滚轮)")
        self.chosen = self._button("", "显示比例")
        self.chosen.setProperty("drops", "true")
        self.smaller.clicked.connect(viewer.zoom_out)
        self.larger.clicked.connect(viewer.zoom_in)
        self.chosen.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chosen.setMenu(self._menu())
        hbox(self.smaller, self.chosen, self.larger, on=self, margins=0, spacing=0)
        viewer.zoom_changed.connect(self._show)
        self._show(viewer.zoom)

    def _button(self, text: str, tip: str) -> QToolButton:
        made = QToolButton(self)
        made.setText(text)
        made.setToolTip(as_tip(tip))
        made.setAccessibleName(tip)
        made.setProperty("role", "flat")
        return made

    def _menu(self) -> QMenu:
        """The zooms offered."""
        menu = QMenu(self)
        self._add(menu, _FIT, None)
        menu.addSeparator()
        for zoom in _OFFERED:
            self._add(menu, f"{zoom:.0%}", zoom)
        return menu

    def _add(self, menu: QMenu, text: str, zoom: float | None) -> None:
        menu.addAction(text).triggered.connect(lambda _checked=False: self._viewer.set_zoom(zoom))

    def _show(self, zoom: float) -> None:
        """Write the zoom in force."""
        self.chosen.setText(f"{zoom:.0%}")
