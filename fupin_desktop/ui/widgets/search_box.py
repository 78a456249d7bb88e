"""Search field with results below it while typing; Enter takes the first, arrows choose, Escape closes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.search_field import make_search
from fupin_desktop.ui.widgets.traits import set_trait

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QListWidget, QListWidgetItem

WAIT_MS = 120


class Found:
    """One search result; no tuple, since Qt's lists would keep one as a list.

    Args:
        text: The line shown.
        value: What is handed back when it is chosen.
    """

    def __init__(self, text: str, value: object) -> None:
        self.text, self.value = text, value


class SearchBox(QLineEdit):
    """A line edit that asks ``find`` a moment after the last key and shows what it returns.

    Signals:
        chosen: The ``value`` of the result taken.
    """

    chosen = Signal(object)

    def __init__(
        self, find: Callable[[str], Sequence[Found]], placeholder: str, *, nothing: str = "没有找到",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._find, self._nothing = find, nothing
        make_search(self, placeholder)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.search_now)
        self.textEdited.connect(lambda _text: self._timer.start())
        self._list: QListWidget | None = None
        self._frame: QFrame | None = None

    @property
    def results(self) -> list[str]:
        """The lines shown now."""
        if self._list is None or not self._list.isVisible():
            return []
        return [self._list.item(row).text() for row in range(self._list.count())]

    def begin(self) -> None:
        """Take the keyboard, with what stands there marked, so that it goes with the first key."""
        self.setFocus()
        self.selectAll()

    def search_now(self) -> None:
        """Ask and show."""
        self._timer.stop()
        text = self.text().strip()
        if not text:
            self._hide()
            return
        self._show(self._find(text))

    def _show(self, found: Sequence[Found]) -> None:
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QListWidgetItem

        results = self._popup()
        results.clear()
        for hit in found:
            fonts.ensure(hit.text)
            item = QListWidgetItem(hit.text, results)
            item.setData(Qt.ItemDataRole.UserRole, hit)
        if not found:
            QListWidgetItem(self._nothing, results).setFlags(Qt.ItemFlag.NoItemFlags)
        else:
            results.setCurrentRow(0)
        self._place(results)

    def _place(self, results: QListWidget) -> None:
        frame = self._frame
        assert frame is not None
        height = sum(results.sizeHintForRow(row) for row in range(results.count())) + 10
        width = max(self.width(), results.sizeHintForColumn(0) + 30)
        corner = self.mapTo(self.window(), QPoint(self.width() - width, self.height() + 3))
        frame.setGeometry(max(4, corner.x()), corner.y(), width, min(height, 420))
        frame.show()
        frame.raise_()

    def _popup(self) -> QListWidget:
        """The list, a child of the window so that the field keeps the keyboard and the input method."""
        if self._list is None:
            from PySide6.QtWidgets import QListWidget

            frame = QFrame(self.window())
            frame.setProperty("role", "card")
            set_trait(frame, "focusPolicy", "NoFocus")
            self._list = QListWidget(frame)
            set_trait(self._list, "focusPolicy", "NoFocus")
            self._list.itemClicked.connect(self._take)
            vbox(self._list, on=frame, margins=4)
            self._frame = frame
            self.window().installEventFilter(self)
        return self._list

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the results, Enter takes one, Escape closes."""
        from PySide6.QtCore import Qt

        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self._hide()
        elif event.key() in moves and self._list is not None and self._list.isVisible():
            self._list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        if self._timer.isActive() or not self.results:
            self.search_now()
        item = self._list.currentItem() if self._list is not None and self.results else None
        if item is not None:
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        from PySide6.QtCore import Qt

        hit = item.data(Qt.ItemDataRole.UserRole)
        if isinstance(hit, Found):
            self._hide()
            self.chosen.emit(hit.value)

    def _hide(self) -> None:
        self._timer.stop()
        if self._frame is not None:
            self._frame.hide()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving the field closes the results."""
        super().focusOutEvent(event)
        self._hide()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A resized window closes the results, which would hang in the wrong place."""
        if event.type() is QEvent.Type.Resize:
            self._hide()
        return super().eventFilter(watched, event)
