"""The small buttons beside the row of a list that is in focus."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtWidgets import QFrame, QToolButton, QWidget

from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.tips import as_tip

ADD, REMOVE, UP, DOWN = "add", "remove", "up", "down"
WORDS = {
    ADD: ("＋", "加一行 (Insert)"),
    REMOVE: ("－", "删一行 (Ctrl+-)"),
    UP: ("↑", "上移 (Alt+↑)"),
    DOWN: ("↓", "下移 (Alt+↓)"),
}
"""What each act shows on its button, and its tool tip."""
_SIDE = 22
_GAP = 4


class RowTools(QFrame):
    """Add, remove, move up, move down.

    Signals:
        asked: The act: ``add``, ``remove``, ``up`` or ``down``.
    """

    asked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._ground = parent
        self.setProperty("role", "card")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = vbox(on=self, margins=2, spacing=0)
        self.buttons = {act: self._button(act) for act in WORDS}
        for button in self.buttons.values():
            column.addWidget(button)
        self.resize(_SIDE + 6, 4 * _SIDE + 6)
        self.hide()

    def _button(self, act: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(WORDS[act][0])
        button.setToolTip(as_tip(WORDS[act][1]))
        button.setAccessibleName(WORDS[act][1])
        button.setProperty("role", "flat")
        button.setFixedSize(_SIDE, _SIDE)
        button.setStyleSheet("padding: 0;")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False, name=act: self.asked.emit(name))
        return button

    def show_beside(self, row: QRectF, allowed: frozenset[str]) -> None:
        """Stand at the right end of a row.

        Args:
            row: The row, in the parent's pixels.
            allowed: Acts that can be done now.
        """
        for act, button in self.buttons.items():
            button.setEnabled(act in allowed)
        room = self._ground.rect()
        x = min(round(row.right()) + _GAP, room.width() - self.width() - 2)
        y = round(row.center().y() - self.height() / 2)
        self.move(x, min(max(y, 2), max(2, room.height() - self.height() - 2)))
        self.setVisible(row.bottom() > 0 and row.top() < room.height())
        self.raise_()
