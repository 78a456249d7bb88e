"""Excel's keys in a table: the frame by arrows, Home and End; Enter, Delete, clipboard and filling down of cells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QStyledItemDelegate, QTableView

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.cell_blocks import CellBlocks, alone, go_to
from fupin_desktop.ui.widgets.navigation import Cell, led_to

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_EMPTIES = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class LineDelegate(QStyledItemDelegate):
    """Takes a typed line at once with Enter: Qt does so later, and what is typed meanwhile would go into the same cell.

    Signals:
        entered: It was taken; how many rows it leads down, with Shift up.
    """

    entered = Signal(int)

    @override
    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes what was typed and leads down, as in Excel."""
        enter = isinstance(event, QKeyEvent) and event.key() in _ENTER and event.type() == QEvent.Type.KeyPress
        if not enter or not isinstance(editor, QLineEdit) or not editor.hasAcceptableInput():
            return super().eventFilter(editor, event)
        up = isinstance(event, QKeyEvent) and bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)
        self.entered.emit(-1 if up else 1)
        return True


class CellKeys(QObject):
    """Gives a table the keys that registers have; a cell being typed in keeps its own.

    Args:
        table: The table.
        typed: Whether its cells are typed into: Delete empties, Ctrl+V pastes, Ctrl+X cuts, Ctrl+D fills down.
        opens: What Enter does instead of leading down: opens the row, as a double click does.
        copy: Copies in a way of its own what is chosen; None copies the cells.
        add_row: Adds a row below the last one, for pasted rows that find none; None takes no more rows than there are.
    """

    def __init__(
        self, table: QTableView, *, typed: bool = False, opens: Callable[[], object] | None = None,
        copy: Callable[[], object] | None = None, add_row: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(table)
        self._table, self._opens, self.blocks = table, opens, CellBlocks(table, add_row)
        self._reach: Cell | None = None
        key = QKeySequence.StandardKey
        self._acts: dict[QKeySequence.StandardKey, Callable[[], object]] = {key.Copy: copy or self.blocks.copy}
        if typed:
            self._acts |= {key.Paste: self.blocks.paste, key.Cut: self.blocks.cut}
            self._lead_on()
        self._typed = typed
        table.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the table itself."""
        editing = self._table.state() is QAbstractItemView.State.EditingState
        if not editing and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        act = next((act for keys, act in self._acts.items() if event.matches(keys)), None) or self._act(event)
        if act is None:
            return self._leads(event)
        act()
        return True

    def _act(self, event: QKeyEvent) -> Callable[[], object] | None:
        key, held = event.key(), event.modifiers()
        if key in _ENTER and self._at.row >= 0:
            up = bool(held & Qt.KeyboardModifier.ShiftModifier)
            return self._opens or (lambda: self.go_down(-1 if up else 1))
        if self._typed and key in _EMPTIES and not held & Qt.KeyboardModifier.ControlModifier:
            return self.blocks.clear
        if self._typed and key == Qt.Key.Key_D and held == Qt.KeyboardModifier.ControlModifier:
            return self.blocks.fill_down
        return None

    # ---- the frame ----
    @property
    def _at(self) -> Cell:
        index = self._table.currentIndex()
        return Cell(index.row(), index.column())

    def _lead_on(self) -> None:
        """What was typed and taken by Enter leads down as well."""
        delegate = self._table.itemDelegate()
        if not isinstance(delegate, LineDelegate):
            delegate = LineDelegate(self._table)
            self._table.setItemDelegate(delegate)
        delegate.entered.connect(self.go_down)

    def go_down(self, rows: int = 1) -> None:
        """As Enter does."""
        at = self._at
        self._go_to(Cell(max(0, min(at.row + rows, self._table.model().rowCount() - 1)), at.column))

    def _leads(self, event: QKeyEvent) -> bool:
        model, held = self._table.model(), event.modifiers()
        ctrl, shift = bool(held & Qt.KeyboardModifier.ControlModifier), bool(held & Qt.KeyboardModifier.ShiftModifier)
        if model is None or not model.rowCount() or held & Qt.KeyboardModifier.AltModifier:
            return False
        page = max(1, self._table.viewport().height() // max(1, self._table.verticalHeader().defaultSectionSize()))
        start = (self._reach if shift else None) or self._at
        cell = led_to(Qt.Key(event.key()), ctrl, start, model.rowCount(), model.columnCount(), page)
        if cell is None:
            return False
        cell = self._shown(cell, start)
        if shift and self._at.row >= 0:
            self._extend_to(cell)
        else:
            self._go_to(cell)
        return True

    def _shown(self, cell: Cell, start: Cell) -> Cell:
        """The nearest cell in a column that is shown, back towards where it came from."""
        back = -1 if cell.column > start.column or cell.column == self._table.model().columnCount() - 1 else 1
        column = cell.column
        while self._table.isColumnHidden(column) and 0 <= column + back < self._table.model().columnCount():
            column += back
        return Cell(cell.row, column)

    def _go_to(self, cell: Cell) -> None:
        self._reach = None
        go_to(self._table, *cell)

    def _extend_to(self, cell: Cell) -> None:
        model = self._table.model()
        if self._table.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection:
            self._go_to(cell)
            return
        self._reach = cell
        at = self._at
        first = model.index(min(at.row, cell.row), min(at.column, cell.column))
        last = model.index(max(at.row, cell.row), max(at.column, cell.column))
        self._table.selectionModel().select(QItemSelection(first, last), alone(self._table))
        self._table.scrollTo(model.index(*cell))
