"""What breaks into lines where there is too little room: a row of small widgets, the items of a list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QListView, QStyledItemDelegate, QStyleOptionViewItem

from fupin_desktop.override import override

_UNBOUNDED = 16_777_215  # Qt's “no maximum”
_AROUND = 2 * (7 + 1)
"""Pixels of padding and border beside the text of an item, as the style has them; Qt measures lines without."""


def wrap_items(view: QListView) -> None:
    """Let the items of a list break into lines at its edge, also after it became narrower, and none go on beyond it."""
    view.setWordWrap(True)
    view.setResizeMode(QListView.ResizeMode.Adjust)  # Qt else keeps the lines of the first width
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setItemDelegate(_Lines(view))


class _Lines(QStyledItemDelegate):
    """Measures items as wide as they are seen; Qt else leaves the room of the scroll bar to their lines."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        wide = self._view.viewport().width()
        option.rect.setWidth(wide - _AROUND)  # type: ignore[attr-defined]  # PySide's stubs leave its fields out
        return super().sizeHint(option, index).boundedTo(QSize(wide, _UNBOUNDED))


class WrappingRow(QLayout):
    """Places its widgets line by line, each at the right; none is wider than there is room, but for a single widget."""

    def __init__(self, *, spacing: int = 12, line: int = 2) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self._spacing, self._line = spacing, line
        self._items: list[QLayoutItem] = []

    @override
    def addItem(self, item: QLayoutItem) -> None:
        """Take one more."""
        self._items.append(item)

    @override
    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]
        """Give one away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        """What the lines need."""
        return sum(height for _line, height in self._lines(width)) + self._line * max(len(self._lines(width)) - 1, 0)

    @override
    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._items]
        width = sum(size.width() for size in sizes) + self._spacing * max(len(sizes) - 1, 0)
        return QSize(width, max((size.height() for size in sizes), default=0))

    @override
    def minimumSize(self) -> QSize:
        """The widest of them alone."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(
            max((size.width() for size in sizes), default=0), max((size.height() for size in sizes), default=0)
        )

    @override
    def setGeometry(self, rect: QRect) -> None:
        """Put them in their places."""
        super().setGeometry(rect)
        top = rect.y()
        for line, height in self._lines(rect.width()):
            right = rect.x() + rect.width()
            for item in reversed(line):
                size = item.sizeHint()
                right -= size.width()
                item.setGeometry(QRect(QPoint(right, top), size))
                right -= self._spacing
            top += height + self._line

    def _lines(self, width: int) -> list[tuple[list[QLayoutItem], int]]:
        """The items of each line, with its height."""
        lines: list[tuple[list[QLayoutItem], int]] = []
        line: list[QLayoutItem] = []
        used = 0
        for item in self._items:
            needed = item.sizeHint().width()
            if line and used + self._spacing + needed > width:
                lines.append((line, max(one.sizeHint().height() for one in line)))
                line, used = [], 0
            used += needed + (self._spacing if line else 0)
            line.append(item)
        return [*lines, (line, max(one.sizeHint().height() for one in line))] if line else lines
