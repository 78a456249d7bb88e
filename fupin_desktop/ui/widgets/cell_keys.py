"""Excel's keys in a small table: the frame by Ctrl+arrows, Home and End; Enter, Delete, copy and paste of cells."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView
from typing_extensions import override

from fupin_desktop.services.registers.pasted import split_block
from fupin_desktop.ui.widgets.navigation import Cell, led_to

Flag = QItemSelectionModel.SelectionFlag


class CellKeys(QObject):
    """Gives a table the keys that registers have; a cell being typed in keeps its own.

    Args:
        table: The table.
        typed: Whether its cells are typed into: Enter leads down, Delete empties, Ctrl+V pastes.
        copies: Whether Ctrl+C copies the chosen cells; not where the table copies in a way of its own.
        add_row: Adds a row below the last one, for pasted rows that find none; None takes no more rows than there are.
    """

    def __init__(
        self, table: QTableView, *, typed: bool = False, copies: bool = True,
        add_row: Callable[[], object] | None = None,
    ) -> None:
        super().__init__(table)
        self._table, self._typed, self._copies, self._add_row = table, typed, copies, add_row
        self._reach: Cell | None = None
        table.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the table itself."""
        editing = self._table.state() is QAbstractItemView.State.EditingState
        if not editing and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._takes(event)
        return super().eventFilter(watched, event)

    def _takes(self, event: QKeyEvent) -> bool:
        if self._copies and event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif self._typed and event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif self._typed and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_down(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif self._typed and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            return self._leads(event)
        return True

    # ---- the frame ----
    @property
    def _at(self) -> Cell:
        index = self._table.currentIndex()
        return Cell(index.row(), index.column())

    def go_down(self, rows: int = 1) -> None:
        """As Enter does."""
        at = self._at
        self._go_to(Cell(max(0, min(at.row + rows, self._table.model().rowCount() - 1)), at.column))

    def _leads(self, event: QKeyEvent) -> bool:
        model, held = self._table.model(), event.modifiers()
        ctrl, shift = bool(held & Qt.KeyboardModifier.ControlModifier), bool(held & Qt.KeyboardModifier.ShiftModifier)
        if not model.rowCount() or held & Qt.KeyboardModifier.AltModifier:
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
        index = self._table.model().index(*cell)
        self._table.selectionModel().setCurrentIndex(index, self._alone())
        self._table.scrollTo(index)

    def _alone(self) -> QItemSelectionModel.SelectionFlag:
        """How cells are chosen and no others: whole rows where the table has it so."""
        rows = self._table.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
        return Flag.ClearAndSelect | Flag.Rows if rows else Flag.ClearAndSelect

    def _extend_to(self, cell: Cell) -> None:
        model = self._table.model()
        if self._table.selectionMode() == QAbstractItemView.SelectionMode.SingleSelection:
            self._go_to(cell)
            return
        self._reach = cell
        at = self._at
        first = model.index(min(at.row, cell.row), min(at.column, cell.column))
        last = model.index(max(at.row, cell.row), max(at.column, cell.column))
        self._table.selectionModel().select(QItemSelection(first, last), self._alone())
        self._table.scrollTo(model.index(*cell))

    # ---- cells ----
    def _chosen(self) -> list[list[tuple[int, int]]]:
        """The chosen cells row by row, those of hidden columns left out."""
        found: dict[int, list[int]] = {}
        for index in self._table.selectionModel().selectedIndexes() or [self._table.currentIndex()]:
            if index.isValid() and not self._table.isColumnHidden(index.column()):
                found.setdefault(index.row(), []).append(index.column())
        return [[(row, column) for column in sorted(found[row])] for row in sorted(found)]

    def copy(self) -> None:
        """The chosen cells as a spreadsheet's block."""
        model = self._table.model()
        lines = [[" ".join(str(model.index(*cell).data() or "").split()) for cell in row] for row in self._chosen()]
        QApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def clear(self) -> None:
        """Empty the chosen cells that are typed into."""
        for row in self._chosen():
            for cell in row:
                self._put(*cell, "")

    def paste(self) -> None:
        """Put a spreadsheet's block into the cells from the current one on."""
        at = self._at
        if at.row < 0:
            return
        for down, line in enumerate(split_block(QApplication.clipboard().text())):
            if at.row + down >= self._table.model().rowCount():
                if self._add_row is None:
                    break
                self._add_row()
            for right, word in enumerate(line):
                self._put(at.row + down, at.column + right, word)
        self._go_to(at)

    def _put(self, row: int, column: int, text: str) -> None:
        model = self._table.model()
        index = model.index(row, column)
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            model.setData(index, text, Qt.ItemDataRole.EditRole)
