"""A row of buttons above a table or paper: the chief action first, notes and exports at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from fupin_desktop.ui.widgets.boxes import STRETCH, hbox
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import button

_NOTE = 50
"""How much more of the free room the note takes than the stretch, which holds the buttons apart where it is hidden."""


class ToolRow(QWidget):
    """Buttons left, a stretch, a grey note, buttons right."""

    def __init__(self, *, margins: tuple[int, int, int, int] = (10, 8, 10, 8), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left, self._right = hbox(spacing=8), hbox(spacing=8)
        self.note = OneLine(at_right=True)
        hbox(self._left, STRETCH, (self.note, _NOTE), self._right, on=self, margins=margins, spacing=8)

    def add(
        self, text: str, clicked: Callable[[], object] | None = None, *, primary: bool = False, right: bool = False,
        tip: str = "",
    ) -> QPushButton:
        """Add a button; returns it."""
        made = button(text, clicked, "primary" if primary else "", tip=tip)
        self.add_widget(made, right=right)
        return made

    def add_menu(
        self, text: str, entries: Sequence[tuple[str, Callable[[], object]]], *, right: bool = True,
    ) -> QPushButton:
        """Add a button that opens a menu of (text, action); returns the button."""
        made = button(text)
        menu = QMenu(made)
        for entry, clicked in entries:
            menu.addAction(entry).triggered.connect(lambda _checked=False, run=clicked: run())
        made.setMenu(menu)
        made.setStyleSheet("padding-right: 24px;")
        self.add_widget(made, right=right)
        return made

    def add_widget(self, widget: QWidget, *, right: bool = False) -> None:
        """Add any widget to the left or right group."""
        (self._right if right else self._left).addWidget(widget)
