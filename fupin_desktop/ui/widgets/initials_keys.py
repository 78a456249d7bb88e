"""Letters typed on a closed choice find its entry by pinyin initials, as they do in every search."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.finding import begins_with

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_MODIFIED = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class InitialsKeys(QObject):
    """Filters the keys of choices: letters that follow each other quickly are looked for together."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typed, self._at = "", 0

    def serve(self, window: QWidget) -> None:
        """Serve every choice of a window in which nothing can be typed."""
        box: QComboBox
        for box in window.findChildren(QComboBox):
            if not box.isEditable():
                box.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.KeyPress or not isinstance(watched, QComboBox):
            return False
        key = cast("QKeyEvent", event)
        letter = key.text().lower()
        if not (letter.isascii() and letter.isalnum()) or key.modifiers() & _MODIFIED:
            return False
        quick = key.timestamp() - self._at < QApplication.keyboardInputInterval()
        self._typed, self._at = (self._typed if quick else "") + letter, key.timestamp()
        return self._choose(watched)

    def _choose(self, box: QComboBox) -> bool:
        """Choose the next entry that begins so; one letter again and again goes through all of them."""
        same = len(set(self._typed)) == 1
        start = max(box.currentIndex(), 0) + (1 if same else 0)
        places = [(start + step) % box.count() for step in range(box.count())] if box.count() else []
        for wanted in dict.fromkeys((self._typed, self._typed[:1] if same else self._typed)):
            for place in places:
                if begins_with(wanted, box.itemText(place)):
                    box.setCurrentIndex(place)
                    box.activated.emit(place)
                    return True
        return False
