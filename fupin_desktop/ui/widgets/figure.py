"""A large number with its caption; a click leads to the rows behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.labels import label, restyle, say
from fupin_desktop.ui.widgets.tips import as_tip
from fupin_desktop.ui.widgets.traits import hand, set_trait

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent


class Figure(QWidget):
    """One number of an overview, e.g. “612 / 建档立卡贫困户”."""

    clicked = Signal()

    def __init__(
        self, value: str, caption: str, *, leads: bool = False, role: str = "figure", tip: str = "点开查看对应的农户",
        parent: QWidget | None = None,
    ) -> None:
        """Show a number; ``role`` is that of its label, ``tip`` says where a click leads."""
        super().__init__(parent)
        self._leads = leads
        layout = vbox(on=self, margins=0, spacing=1)
        self._words = caption
        self._value, self._caption = label(value, role), label(caption, "note")
        layout.addWidget(self._value)
        layout.addWidget(self._caption)
        self.setAccessibleName(f"{caption} {value}")
        if leads:
            set_trait(self, "focusPolicy", "TabFocus")
            self.setToolTip(as_tip(tip))

    @property
    def value(self) -> str:
        """The number shown."""
        return self._value.text()

    def set_value(self, value: str, tone: str = "") -> None:
        """Change the number and its tone."""
        say(self._value, value)
        if (self._value.property("tone") or "") != tone:
            self._value.setProperty("tone", tone)
            restyle(self._value)
        self.setAccessibleName(f"{self._words} {value}")

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is over a number that leads to its rows."""
        if self._leads:
            self.setCursor(hand())
        super().enterEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click follows the number."""
        from PySide6.QtCore import Qt

        inside = self.rect().contains(event.position().toPoint())
        if self._leads and inside and event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and blank follow the number too."""
        from PySide6.QtCore import Qt

        if self._leads and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)
