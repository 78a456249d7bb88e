"""The fields that open in the cells of registers and of the paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.boxes import vbox

_MOST = 9


class CellEditor(QLineEdit):
    """A line in a cell.

    Attributes:
        typed_over: Whether it was opened by typing, which replaces what stood there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setProperty("role", "cell")
        self.typed_over = False
        self.textEdited.connect(fonts.ensure)

    def taken(self) -> str:
        """What is to be written."""
        return self.text()


class ChoiceEditor(CellEditor):
    """A line with a list of what may stand there; letters find by beginning or pinyin initials.

    Args:
        parent: The table's viewport.
        suggest: Gives the list for what is typed; for nothing typed, all.
        closed: Whether nothing else may stand there, so that Enter takes the first of the list.
    """

    def __init__(self, parent: QWidget, suggest: Callable[[str], Sequence[str]], *, closed: bool) -> None:
        super().__init__(parent)
        self._suggest, self._closed = suggest, closed
        self._window = parent.window()
        self._frame = QFrame(self._window)
        self._frame.setProperty("role", "card")
        self._frame.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frame.hide()
        self.list = QListWidget(self._frame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._clicked)
        vbox(self.list, on=self._frame, margins=3)
        self.textEdited.connect(lambda text: self.offer(text))
        self.destroyed.connect(self._frame.deleteLater)

    @property
    def offered(self) -> list[str]:
        """What the list shows now."""
        return [self.list.item(row).text() for row in range(self.list.count())] if self._frame.isVisible() else []

    def offer(self, typed: str) -> None:
        """Show the list for what is typed."""
        found = list(self._suggest(typed.strip()))
        self.list.clear()
        for text in found:
            fonts.ensure(text)
            QListWidgetItem(text, self.list)
        if not found or found == [typed]:
            self._frame.hide()
            return
        if typed.strip() and self._closed:
            self.list.setCurrentRow(0)
        elif not typed.strip() and self.text() and self.text() in found:  # an arrow goes on from what stands there
            self.list.setCurrentRow(found.index(self.text()))
        self._place()

    def _place(self) -> None:
        rows = min(self.list.count(), _MOST)
        height = sum(self.list.sizeHintForRow(row) for row in range(rows)) + 14
        width = max(self.width(), self.list.sizeHintForColumn(0) + 40)
        window = self._window
        corner = self.mapTo(window, QPoint(0, self.height() + 1))
        if corner.y() + height > window.height():
            corner.setY(self.mapTo(window, QPoint(0, 0)).y() - height - 1)
        self._frame.setGeometry(min(corner.x(), window.width() - width - 4), corner.y(), width, height)
        self._frame.show()
        self._frame.raise_()

    @override
    def taken(self) -> str:
        """The entry marked in the list, else what is typed."""
        item = self.list.currentItem() if self._frame.isVisible() else None
        return item.text() if item is not None else self.text()

    def takes(self, event: QKeyEvent) -> bool:
        """Arrows move in the list; Alt+Down or F4 opens it; Escape closes it first."""
        key = Qt.Key(event.key())
        opens = key == Qt.Key.Key_F4 or (key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if opens:
            self.offer("")
            return True
        if not self._frame.isVisible():
            return False
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
            return True
        if key == Qt.Key.Key_Escape:
            self._frame.hide()
            return True
        return False

    def close_list(self) -> None:
        """Hide the list."""
        self._frame.hide()

    def _clicked(self, item: QListWidgetItem) -> None:
        self.setText(item.text())
        self._frame.hide()
        self.setFocus()
        self.setModified(True)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Opened by F2 or a double click: the whole list is there at once."""
        super().focusInEvent(event)
        if self._closed and not self.typed_over:
            self.offer("")

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list goes with the keyboard."""
        super().focusOutEvent(event)
        self._frame.hide()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        """The list goes with the field."""
        super().hideEvent(event)
        self._frame.hide()
