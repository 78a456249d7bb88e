"""A table whose first columns stay in place while the others move sideways."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.tabs.registers.cells import CellDelegate, Suggest
from fupin_desktop.ui.tabs.registers.header import NumberHeader, RegisterHeader

Index = QModelIndex | QPersistentModelIndex
Scroll = QAbstractItemView.ScrollHint


class FrozenTable(QTableView):
    """Cells painted by a ``CellDelegate`` below a ``RegisterHeader``.

    Qt knows of no columns that stay: what it moved away is painted a second time over the others, and mouse and
    scrolling are told where it is seen.

    Signals:
        drawn: The rows were painted that :meth:`tell_drawn` asked about.
    """

    drawn = Signal()

    def __init__(self, suggest: Suggest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = RegisterHeader(self)
        self.setHorizontalHeader(self.head)
        self.setVerticalHeader(NumberHeader(self))
        self.delegate = CellDelegate(self, suggest)
        self.setItemDelegate(self.delegate)
        self.head.sectionResized.connect(lambda *_sizes: self.viewport().update())
        self._asked = False

    def tell_drawn(self) -> None:
        """Tell when the rows as they are now have been painted; at once where the table is not seen."""
        self._asked = self.isVisible()
        if self._asked:
            self.viewport().update()
        else:
            self.drawn.emit()

    def freeze(self, columns: int) -> None:
        """Let the first columns stay while the table moves sideways."""
        self.head.frozen = columns
        self.head.viewport().update()
        self.viewport().update()

    @override
    def indexAt(self, place: QPoint) -> QModelIndex:
        """The cell seen at a place."""
        if place.x() < self.head.frozen_width:
            return self.model().index(self.rowAt(place.y()), self.head.section_at(place.x()))
        return super().indexAt(place)

    @override
    def visualRect(self, index: Index) -> QRect:
        """Where a cell is seen."""
        rect = super().visualRect(index)
        if index.isValid() and index.column() < self.head.frozen:
            rect.moveLeft(self.head.sectionPosition(index.column()))
        return rect

    @override
    def scrollTo(self, index: Index, hint: Scroll = Scroll.EnsureVisible) -> None:
        """Bring a cell into sight, not below the columns that stay."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() < self.head.frozen:
            bar.setValue(before)
            return
        hidden = self.head.frozen_width - super().visualRect(index).left()
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    @override
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What stays is painted anew when the rest moves below it."""
        super().scrollContentsBy(dx, dy)
        if dx and self.head.frozen:
            self.viewport().update()
            self.head.viewport().update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """The moving columns, then those that stay over them."""
        super().paintEvent(event)
        if self.head.frozen and self.head.offset() and event.rect().left() <= self.head.frozen_width:
            painter = QPainter(self.viewport())
            self._paint_frozen(painter, event.rect())
            painter.end()
        if self._asked:
            self._asked = False
            self.drawn.emit()

    def _paint_frozen(self, painter: QPainter, area: QRect) -> None:
        model, selection = self.model(), self.selectionModel()
        first = max(self.rowAt(area.top()), 0)
        last = self.rowAt(area.bottom())
        last = model.rowCount() - 1 if last < 0 else last
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state  # type: ignore[attr-defined]
        line = theme.colour("line")
        for row in range(first, last + 1):
            for column in range(self.head.frozen):
                index = model.index(row, column)
                cell = self.visualRect(index)
                option.rect = cell  # type: ignore[attr-defined]
                chosen = QStyle.StateFlag.State_Selected if selection.isSelected(index) else QStyle.StateFlag.State_None
                option.state = plain | chosen  # type: ignore[attr-defined]
                self.delegate.paint(painter, option, index)
                painter.setPen(line)
                painter.drawLine(cell.left(), cell.bottom() + 1, cell.right() + 1, cell.bottom() + 1)
                painter.drawLine(cell.right() + 1, cell.top(), cell.right() + 1, cell.bottom() + 1)
        painter.setPen(QPen(theme.colour("control"), 1))
        edge = self.head.frozen_width - 1
        painter.drawLine(edge, area.top(), edge, self.rowViewportPosition(last) + self.rowHeight(last))
