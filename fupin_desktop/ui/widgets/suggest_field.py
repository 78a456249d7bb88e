"""A line in a dialog with a list of what may stand there; letters find by beginning, part or pinyin initials."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.cell_editors import ChoiceEditor


class SuggestField(ChoiceEditor):
    """The list of a cell's editor in a dialog: it belongs to the window, so that it takes no click from other widgets.

    Args:
        parent: A widget of the dialog, which must be its window already.
        suggest: Gives the list for what is typed; for nothing typed, all.
        closed: Whether nothing else may stand there, so that leaving the line takes the first of the list.
    """

    def __init__(self, parent: QWidget, suggest: Callable[[str], Sequence[str]], *, closed: bool) -> None:
        super().__init__(parent, suggest, closed=closed)
        self.setFrame(True)
        self.setProperty("role", "")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and Escape belong to an open list; Enter takes what is marked in it."""
        if self.takes(event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.offered:
            self.take()
            return
        super().keyPressEvent(event)

    def take(self) -> None:
        """Put what is marked in the list into the line, and close the list."""
        self.setText(self.taken())
        self.close_list()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What is marked in the list is taken with the keyboard's leaving."""
        if self.offered:
            self.take()
        super().focusOutEvent(event)
