"""A frameless vertical scroll area around a column of widgets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QScrollBar, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.traits import set_trait

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent, QWheelEvent

Maker = Callable[[], QWidget]
_SOON_MS = 120
_UNBOUNDED = 16_777_215  # Qt's “no maximum”


def scroll_area() -> QScrollArea:
    """A frameless area whose page takes its size, and scrolls where the screen is smaller than that needs."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    return area


def scrolling(page: QWidget) -> QScrollArea:
    """A page that scrolls where the screen is smaller than it needs."""
    area = scroll_area()
    put(area, page)
    return area


def put(area: QScrollArea, page: QWidget) -> None:
    """Let a page scroll in an area, on the ground on which the area lies: Qt else paints that of the main window."""
    area.setWidget(page)
    page.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)


class PassingScrollBar(QScrollBar):
    """The lower bar of a table in a column: the wheel goes on turning the column when the mouse comes over it."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only what turns sideways is the bar's own."""
        if event.angleDelta().x():
            super().wheelEvent(event)
        else:
            event.ignore()


class _Page(QFrame):
    """What a column lies on.

    Args:
        drawn: Called when it is drawn.
    """

    def __init__(self, drawn: Callable[[], object]) -> None:
        super().__init__()
        self._drawn = drawn

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._drawn()


class ScrollColumn(QScrollArea):
    """A column that scrolls when it grows beyond its place; ``column`` is its layout."""

    def __init__(self, *, ground: str = "paper", spacing: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        set_trait(self, "horizontalScrollBarPolicy", "ScrollBarAlwaysOff")
        self.setProperty("role", ground)
        inner = _Page(self._drawn)
        inner.setProperty("role", ground)
        self.column = vbox(on=inner, margins=0, spacing=spacing)
        self.setWidget(inner)
        self._inner = inner
        self._rest: list[Maker] = []
        self._new: list[QWidget] = []
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._make_rest)

    def fill(self, makers: Sequence[Maker], *, first: int | None = None) -> None:
        """Replace the contents by what the makers make; room that is left stays below them.

        Args:
            makers: Make one widget each.
            first: How many are made at once, for a window that has still to be drawn; the others follow a moment
                after it was, however long that takes. None makes all of them at once.
        """
        clear(self.column)
        self._new.clear()
        self.column.addStretch(1)
        now = len(makers) if first is None else first
        self._add(makers[:now])
        self._rest = list(makers[now:])
        self._inner.update()

    def _add(self, makers: Sequence[Maker]) -> None:
        made = [make() for make in makers]
        for row in made:
            self.column.insertWidget(self.column.count() - 1, row)
        self._new += made

    def _drawn(self) -> None:
        if self._rest and not self._soon.isActive():
            self._soon.start()

    def _make_rest(self) -> None:
        rest, self._rest = self._rest, []
        self._add(rest)
        if self.maximumHeight() < _UNBOUNDED:
            self.fit()

    def fit(self) -> None:
        """Take no more height than the contents need; call it after filling."""
        width = self.width()
        layout = self.column
        self._show_new()
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        self.setMaximumHeight(max(needed, 1))

    def _show_new(self) -> None:
        """Rows just added count: Qt shows them only later, and a layout leaves out what is not shown.

        Qt lays the whole column out at each of them; once is enough.
        """
        self.column.setEnabled(False)
        while self._new:
            self._new.pop().show()
        self.column.setEnabled(True)
        if self.isVisible():
            self.column.activate()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks lines elsewhere."""
        super().resizeEvent(event)
        if self.maximumHeight() < _UNBOUNDED and event.oldSize().width() != event.size().width():
            self.fit()


class RowColumn(ScrollColumn):
    """A column of rows that shows whole ones alone: none is cut at the lower edge, scrolling goes from row to row."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(spacing=0, parent=parent)
        self.verticalScrollBar().valueChanged.connect(self._snap)

    def rows(self) -> list[QWidget]:
        """The rows shown, from above."""
        found = (self.column.itemAt(place).widget() for place in range(self.column.count()))
        return [row for row in found if row is not None]

    @override
    def _add(self, makers: Sequence[Maker]) -> None:
        super()._add(makers)
        if self.isVisible():
            self._show_new()
            self._end_with_a_row()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other rows end where there is room."""
        super().resizeEvent(event)
        self._end_with_a_row()

    def _end_with_a_row(self) -> None:
        """Leave the room free in which the last row would be cut."""
        self.column.activate()
        rows, room = self.rows(), self.height()
        ends = [row.geometry().bottom() + 1 for row in rows]
        whole = max((end for end in ends if end <= room), default=room)
        cut = bool(ends) and ends[-1] > room
        self.setViewportMargins(0, 0, 0, room - whole if cut else 0)
        if rows:
            self.verticalScrollBar().setSingleStep(max(rows[0].height(), 1))

    def _snap(self, value: int) -> None:
        """Begin with a row wherever it was scrolled to; the end of the list stays its end."""
        bar = self.verticalScrollBar()
        tops = [row.y() for row in self.rows()]
        if tops and value not in tops and value < bar.maximum():
            bar.setValue(min(tops, key=lambda top: abs(top - value)))
