"""The register table: a view that behaves like the spreadsheets its users know."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from fupin_desktop.ui import theme
from fupin_desktop.ui.models.register_cells import CellModel
from fupin_desktop.ui.tabs.registers.cells import CellDelegate, Suggest
from fupin_desktop.ui.tabs.registers.header import RegisterHeader
from fupin_desktop.ui.widgets.cell_editors import CellEditor

Index = QModelIndex | QPersistentModelIndex
Scroll = QAbstractItemView.ScrollHint
Trigger = QAbstractItemView.EditTrigger


class RegisterTable(QTableView):
    """Cells are typed into at once, Enter goes down, Tab right; the first columns may stay while it moves sideways.

    Signals:
        current_moved: The current cell is another one.
        copy_asked, cut_asked, paste_asked, fill_asked, clear_asked: Keys or menu entries of the edit menu.
        delete_asked: Ctrl+- was pressed: remove the chosen rows.
        add_asked: Ctrl++ was pressed: add a row.
    """

    current_moved = Signal()
    copy_asked = Signal()
    cut_asked = Signal()
    paste_asked = Signal()
    fill_asked = Signal()
    clear_asked = Signal()
    delete_asked = Signal()
    add_asked = Signal()

    def __init__(self, suggest: Suggest, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = RegisterHeader(self)
        self.setHorizontalHeader(self.head)
        self.delegate = CellDelegate(self, suggest)
        self.setItemDelegate(self.delegate)
        self.delegate.left.connect(self.move_by)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(Trigger.AnyKeyPressed | Trigger.DoubleClicked | Trigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.head.sectionResized.connect(lambda *_sizes: self.viewport().update())
        self._keys: dict[QKeySequence.StandardKey, Callable[[], None]] = {
            QKeySequence.StandardKey.Copy: self.copy_asked.emit, QKeySequence.StandardKey.Cut: self.cut_asked.emit,
            QKeySequence.StandardKey.Paste: self.paste_asked.emit,
        }
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours of the theme in force."""
        self.delegate.restyle()
        height = QFontMetrics(theme.font()).height() + 10
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(height)
        rows.setMinimumSectionSize(height)
        rows.setDefaultAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.setHighlightSections(False)
        self.head.setFixedHeight(QFontMetrics(theme.font("note")).height() + 14)
        self.viewport().update()

    def cells(self) -> CellModel:
        """The model shown."""
        model = self.model()
        assert isinstance(model, CellModel)
        return model

    # ---- columns that stay ----
    def freeze(self, columns: int) -> None:
        """Let the first columns stay while the table moves sideways."""
        self.head.frozen = columns
        self.head.viewport().update()
        self.viewport().update()

    def indexAt(self, place: QPoint) -> QModelIndex:
        """The cell seen at a place."""
        if place.x() < self.head.frozen_width:
            return self.model().index(self.rowAt(place.y()), self.head.section_at(place.x()))
        return super().indexAt(place)

    def visualRect(self, index: Index) -> QRect:
        """Where a cell is seen."""
        rect = super().visualRect(index)
        if index.isValid() and index.column() < self.head.frozen:
            rect.moveLeft(self.head.sectionPosition(index.column()))
        return rect

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

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What stays is painted anew when the rest moves below it."""
        super().scrollContentsBy(dx, dy)
        if dx and self.head.frozen:
            self.viewport().update()
            self.head.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The moving columns, then those that stay over them."""
        super().paintEvent(event)
        if self.head.frozen and self.head.offset() and event.rect().left() <= self.head.frozen_width:
            painter = QPainter(self.viewport())
            self._paint_frozen(painter, event.rect())
            painter.end()

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

    # ---- selection ----
    def currentChanged(self, current: Index, previous: Index) -> None:
        """The whole row of the current cell is tinted."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_moved.emit()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """What stays is not where Qt takes it to be."""
        super().selectionChanged(selected, deselected)
        if self.head.offset():
            self.viewport().update(0, 0, self.head.frozen_width, self.viewport().height())

    def move_by(self, rows: int, columns: int) -> None:
        """Move the current cell; at the end of a row Tab goes on in the next one."""
        at = self.currentIndex()
        model = self.model()
        row, column = at.row() + rows, at.column() + columns
        if column >= model.columnCount():
            row, column = row + 1, 0
        elif column < 0:
            row, column = row - 1, model.columnCount() - 1
        row = max(0, min(row, model.rowCount() - 1))
        self.setCurrentIndex(model.index(row, column))

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current and bring it into sight."""
        index = self.model().index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def choose_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Choose a rectangle of cells; its first one becomes current."""
        model = self.model()
        first = model.index(top, left)
        block = QItemSelection(first, model.index(min(bottom, model.rowCount() - 1), right))
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def chosen_rows(self) -> list[tuple[int, int]]:
        """Chosen rows as ranges, first to last, apart from each other."""
        ranges = sorted((each.top(), each.bottom()) for each in self.selectionModel().selection().toList())
        joined: list[tuple[int, int]] = []
        for first, last in ranges:
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], last))
            else:
                joined.append((first, last))
        return joined

    def chosen_columns(self) -> list[int]:
        """Places of the chosen columns."""
        chosen = self.selectionModel().selection().toList()
        return sorted({column for each in chosen for column in range(each.left(), each.right() + 1)})

    # ---- keys ----
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in Excel; any other key begins typing."""
        if not self._takes(event):
            super().keyPressEvent(event)

    def _takes(self, event: QKeyEvent) -> bool:
        for keys, act in self._keys.items():
            if event.matches(keys):
                act()
                return True
        key, held = Qt.Key(event.key()), event.modifiers()
        ctrl, shift = bool(held & Qt.KeyboardModifier.ControlModifier), bool(held & Qt.KeyboardModifier.ShiftModifier)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_by(-1 if shift else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.move_by(0, -1 if key == Qt.Key.Key_Backtab else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not ctrl:
            self.clear_asked.emit()
        elif ctrl and key in _CTRL:
            getattr(self, _CTRL[key]).emit()
        else:
            return False
        return True

    def edit(self, index: Index, trigger: Trigger | None = None, event: QEvent | None = None) -> bool:  # type: ignore[override]
        """Tell the editor whether a typed letter opens it."""
        self.delegate.typing = trigger == Trigger.AnyKeyPressed
        if trigger is None:
            super().edit(index)
            return True
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A word committed without being composed before (a sign, handwriting) opens the editor and stands in it.

        What is composed letter by letter Qt hands to the editor itself.
        """
        if not event.commitString() or self.state() is QAbstractItemView.State.EditingState:
            super().inputMethodEvent(event)
            return
        self.delegate.typing = True
        super().edit(self.currentIndex())
        opened = QApplication.focusWidget()
        if isinstance(opened, CellEditor):
            opened.selectAll()
            QApplication.sendEvent(opened, event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab belongs to the cells; Ctrl+Tab leaves the table."""
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame of the current cell comes with the keyboard; a first cell is there to begin at."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.go_to(0, 0)
        self.viewport().update()

    # ---- the window's edit menu ----
    def copy(self) -> None:
        """复制 of the edit menu."""
        self.copy_asked.emit()

    def cut(self) -> None:
        """剪切 of the edit menu."""
        self.cut_asked.emit()

    def paste(self) -> None:
        """粘贴 of the edit menu."""
        self.paste_asked.emit()


_CTRL = {
    Qt.Key.Key_D: "fill_asked", Qt.Key.Key_Minus: "delete_asked", Qt.Key.Key_Plus: "add_asked",
    Qt.Key.Key_Equal: "add_asked",
}
