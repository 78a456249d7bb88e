"""What an empty place says: a friendly sentence and the action that fills it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fupin_desktop.ui.widgets.boxes import STRETCH, vbox
from fupin_desktop.ui.widgets.labels import button, label, say


class EmptyState(QWidget):
    """Centred text with an optional button."""

    def __init__(
        self, title: str, text: str = "", action: str = "", clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = vbox(STRETCH, on=self, spacing=8)
        self._title, self._text = label(title, "title"), label(text, "muted", wrap=True)
        for piece in (self._title, self._text):
            piece.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(piece)
        self.action = button(action, clicked, "primary")
        layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        self.action.setVisible(bool(action))  # in its place: shown before, it would be a window that takes the keyboard
        layout.addStretch(2)

    def set_text(self, title: str, text: str = "") -> None:
        """Change what it says."""
        say(self._title, title)
        say(self._text, text)
