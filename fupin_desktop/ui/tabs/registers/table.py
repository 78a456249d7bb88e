"""The register table: a view that behaves like the spreadsheets its users know."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QWidget,
)

from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.models.register_cells import CellModel
from fupin_desktop.ui.tabs.registers.cells import Suggest
from fupin_desktop.ui.tabs.registers.frozen import FrozenTable
from fupin_desktop.ui.widgets.cell_editors import CellEditor
from fupin_desktop.ui.widgets.navigation import Cell, led_to, stepped

Index = QModelIndex | QPersistentModelIndex
Scroll = QAbstractItemView.ScrollHint
Trigger = QAbstractItemView.EditTrigger


class Band(NamedTuple):
    """Chosen rows that lie together, and the columns chosen in each of them."""

    first: int
    last: int
    columns: tuple[int, ...]


class RegisterTable(FrozenTable):
    """Cells are typed into at once, Enter goes down, Tab right; the first columns may stay while it moves sideways.

    Signals:
        current_moved: The current cell is another one.
        selection_moved: Other cells are chosen.
        copy_asked, cut_asked, paste_asked, fill_asked, clear_asked: Keys or menu entries of the edit menu.
        delete_asked: Ctrl+- was pressed: remove the chosen rows.
        add_asked: Ctrl++ was pressed: add a row.
    """

    current_moved = Signal()
    selection_moved = Signal()
    copy_asked = Signal()
    cut_asked = Signal()
    paste_asked = Signal()
    fill_asked = Signal()
    clear_asked = Signal()
    delete_asked = Signal()
    add_asked = Signal()

    def __init__(self, suggest: Suggest, parent: QWidget | None = None) -> None:
        super().__init__(suggest, parent)
        self.delegate.left.connect(self.leave_cell)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(Trigger.AnyKeyPressed | Trigger.DoubleClicked | Trigger.EditKeyPressed)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self._finishing = False
        self._reach: Cell | None = None
        self._pressed: Cell | None = None
        self._entered_at: int | None = None
        self._keys: dict[QKeySequence.StandardKey, Callable[[], None]] = {
            QKeySequence.StandardKey.Copy: self.copy_asked.emit, QKeySequence.StandardKey.Cut: self.cut_asked.emit,
            QKeySequence.StandardKey.Paste: self.paste_asked.emit,
        }
        self._ctrl = {
            Qt.Key.Key_D: self.fill_asked.emit, Qt.Key.Key_Minus: self.delete_asked.emit,
            Qt.Key.Key_Plus: self.add_asked.emit, Qt.Key.Key_Equal: self.add_asked.emit,
        }  # fmt: skip
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

    # ---- selection: the frame is the current cell, and the selection is where the frame is ----
    @override
    def currentChanged(self, current: Index, previous: Index) -> None:
        """The whole row of the current cell is tinted."""
        self._reach = None
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_moved.emit()

    @override
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """What stays is not where Qt takes it to be."""
        super().selectionChanged(selected, deselected)
        if self.head.offset():
            self.viewport().update(0, 0, self.head.frozen_width, self.viewport().height())
        self.selection_moved.emit()

    @property
    def at(self) -> Cell:
        """The current cell; row and column are -1 where there is none."""
        return Cell(self.currentIndex().row(), self.currentIndex().column())

    def go_to(self, row: int, column: int) -> None:
        """Make a cell current, choose it alone and bring it into sight."""
        index = self.model().index(row, column)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self._reach = None
            self.scrollTo(index)

    def move_by(self, rows: int, columns: int) -> None:
        """Move as Enter and Tab do; Enter after some Tabs goes back to the column where the first of them began."""
        at = self.at
        if columns:
            entered_at = at.column if self._entered_at is None else self._entered_at
        elif self._entered_at is not None:
            at, entered_at = Cell(at.row, self._entered_at), None
        else:
            entered_at = None
        self.go_to(*stepped(at, rows, columns, self.model().rowCount(), self.model().columnCount()))
        self._entered_at = entered_at

    def leave_cell(self, rows: int, columns: int) -> None:
        """A key left the editor: move as it leads, or stay with what could not be written for the moment."""
        if self.cells().unwritten(self.currentIndex()):
            self.setFocus()
        else:
            self.move_by(rows, columns)

    def extend_to(self, cell: Cell) -> None:
        """Choose the block from the current cell, which stays current, to another."""
        at, model = self.at, self.model()
        block = QItemSelection(
            model.index(min(at.row, cell.row), min(at.column, cell.column)),
            model.index(max(at.row, cell.row), max(at.column, cell.column)),
        )
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._reach = cell
        self.scrollTo(model.index(*cell))

    def choose_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Choose a rectangle of cells; its first one becomes current."""
        model = self.model()
        first = model.index(top, left)
        last = Cell(min(bottom, model.rowCount() - 1), right)
        self.selectionModel().setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        block = QItemSelection(first, model.index(*last))
        self.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._reach = last

    @override
    def selectAll(self) -> None:
        """Choose all cells; the current one stays current."""
        super().selectAll()
        self._reach = Cell(self.model().rowCount() - 1, self.model().columnCount() - 1)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click with Shift extends the selection from the current cell, which stays current."""
        index = self.indexAt(event.position().toPoint())
        left = event.button() is Qt.MouseButton.LeftButton
        self._entered_at = None
        self._pressed = Cell(index.row(), index.column()) if left and index.isValid() else None
        if self._pressed and event.modifiers() == Qt.KeyboardModifier.ShiftModifier and self.currentIndex().isValid():
            self._pressed = None
            self.finish_typing()
            self.extend_to(Cell(index.row(), index.column()))
        else:
            super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """After a block was dragged over, the cell where it began is current again."""
        super().mouseReleaseEvent(event)
        began, end = self._pressed, self.at
        self._pressed = None
        if began is not None and end != began and not event.modifiers():
            self.setAutoScroll(False)
            self.selectionModel().setCurrentIndex(
                self.model().index(*began), QItemSelectionModel.SelectionFlag.NoUpdate
            )
            self.setAutoScroll(True)
            self._reach = end

    def chosen_rows(self) -> list[tuple[int, int]]:
        """Chosen rows as ranges, first to last, apart from each other; where none is, the row of the current cell."""
        ranges = sorted((top, bottom) for top, _left, bottom, _right in self.chosen_blocks())
        joined: list[tuple[int, int]] = []
        for first, last in ranges:
            if joined and first <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(joined[-1][1], last))
            else:
                joined.append((first, last))
        return joined

    def chosen_columns(self) -> list[int]:
        """Places of the chosen columns."""
        return sorted({
            column for _top, left, _bottom, right in self.chosen_blocks() for column in range(left, right + 1)
        })

    def chosen_bands(self) -> list[Band]:
        """The chosen cells from top to bottom, however many rectangles were chosen with Ctrl held."""
        blocks, bands = self.chosen_blocks(), list[Band]()
        edges = sorted({block[0] for block in blocks} | {block[2] + 1 for block in blocks})
        for first, after in pairwise(edges):
            inside = [block for block in blocks if block[0] <= first <= block[2]]
            columns = tuple(sorted({column for block in inside for column in range(block[1], block[3] + 1)}))
            if columns and bands and bands[-1].last == first - 1 and bands[-1].columns == columns:
                bands[-1] = bands[-1]._replace(last=after - 1)
            elif columns:
                bands.append(Band(first, after - 1, columns))
        return bands

    def chosen_blocks(self) -> list[tuple[int, int, int, int]]:
        """Chosen rectangles as top, left, bottom, right; where none is, the current cell."""
        found = [
            (one.top(), one.left(), one.bottom(), one.right()) for one in self.selectionModel().selection().toList()
        ]
        at = self.at
        return found or ([(at.row, at.column, at.row, at.column)] if at.row >= 0 else [])

    # ---- keys ----
    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys as in Excel; any other key begins typing."""
        if not self._takes(event):
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Look for nothing where a cell takes no typing: Qt would read all rows for each key."""

    def _takes(self, event: QKeyEvent) -> bool:
        for keys, act in self._keys.items():
            if event.matches(keys):
                act()
                return True
        key, held = Qt.Key(event.key()), event.modifiers()
        ctrl, shift = bool(held & Qt.KeyboardModifier.ControlModifier), bool(held & Qt.KeyboardModifier.ShiftModifier)
        if self._leads(key, ctrl, shift, held):
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.move_by(-1 if shift else 1, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.move_by(0, -1 if key == Qt.Key.Key_Backtab else 1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not ctrl:
            self.clear_asked.emit()
        elif ctrl and key in self._ctrl:
            self._ctrl[key]()
        else:
            return False
        return True

    def _leads(self, key: Qt.Key, ctrl: bool, shift: bool, held: Qt.KeyboardModifier) -> bool:
        """Move the frame, or with Shift the end of the selection, where a key leads."""
        rows, columns = self.model().rowCount(), self.model().columnCount()
        start = (self._reach if shift else None) or self.at
        cell = led_to(key, ctrl, start, rows, columns, self._page()) if rows and columns else None
        if cell is None or held & Qt.KeyboardModifier.AltModifier:
            return False
        self._entered_at = None
        if shift and self.currentIndex().isValid():
            self.extend_to(cell)
        else:
            self.go_to(*cell)
        return True

    def _page(self) -> int:
        """How many whole rows fit on the screen."""
        return max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()))

    # ---- the keyboard and the open editor ----
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the table or in one of its editors."""
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def finish_typing(self) -> None:
        """Take what is typed in the open editor, before the rows below it change."""
        focus = QApplication.focusWidget()
        if self.state() is QAbstractItemView.State.EditingState and not self._finishing:
            self._finishing = True
            try:
                editors: Iterable[CellEditor] = self.viewport().findChildren(CellEditor)
                for editor in editors:
                    if editor.isVisible() and (editor is focus or editor.isModified()):
                        self.commitData(editor)
                        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
            finally:
                self._finishing = False

    @override
    def commitData(self, editor: QWidget) -> None:
        """Taking a text may have the rows read again, which must not take the same text a second time."""
        finishing, self._finishing = self._finishing, True
        try:
            super().commitData(editor)
        finally:
            self._finishing = finishing

    @override
    def edit(self, index: Index, trigger: Trigger | None = None, event: QEvent | None = None) -> bool:  # type: ignore[override]
        """Tell the editor whether a typed letter opens it."""
        self.delegate.typing = trigger == Trigger.AnyKeyPressed
        if trigger is None:
            super().edit(index)
            return True
        return super().edit(index, trigger, event)  # type: ignore[arg-type]

    @override
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

    @override
    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab belongs to the cells; Ctrl+Tab leaves the table."""
        return False

    @override
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
