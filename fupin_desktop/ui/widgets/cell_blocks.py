"""The chosen cells of a table as a block: copied, cut, pasted, filled down, emptied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView

from fupin_desktop.domain.reading.words import read_flag
from fupin_desktop.services.registers.pasted import split_block, within

Texts = Mapping[tuple[int, int], str]
Flag = QItemSelectionModel.SelectionFlag
_TICK = Qt.ItemDataRole.CheckStateRole


@runtime_checkable
class TakesBlock(Protocol):
    """A model that takes many typed texts at once, by row and column, as one step."""

    def put_block(self, cells: Texts) -> object:
        """Take them."""


class CellBlocks:
    """What the edit menu of a spreadsheet does with the chosen cells of a table.

    Args:
        table: The table; its model may change.
        add_row: Adds a row below the last one, for pasted rows that find none; None takes no more rows than there are.
    """

    def __init__(self, table: QTableView, add_row: Callable[[], object] | None = None) -> None:
        self._table, self._add_row = table, add_row

    def _chosen(self) -> list[list[tuple[int, int]]]:
        """The chosen cells row by row, those of hidden columns left out."""
        found: dict[int, set[int]] = {}
        for rows, columns in chosen_blocks(self._table):
            for row in rows:
                found.setdefault(row, set()).update(columns)
        return [[(row, column) for column in sorted(found[row])] for row in sorted(found)]

    def copy(self) -> None:
        """The chosen cells as a spreadsheet's block."""
        model = self._table.model()
        lines = [[" ".join(_text(model, cell, Qt.ItemDataRole.DisplayRole).split()) for cell in row]
                 for row in self._chosen()]
        QApplication.clipboard().setText("\n".join("\t".join(line) for line in lines))

    def cut(self) -> None:
        """Copy the chosen cells and empty them."""
        self.copy()
        self.clear()

    def clear(self) -> None:
        """Empty the chosen cells that are typed into."""
        self._put({cell: "" for row in self._chosen() for cell in row})

    def fill_down(self) -> None:
        """Write the chosen cells of the first row into those below; of a single one, what stands above it."""
        rows = self._chosen()
        if not rows:
            return
        model, single = self._table.model(), len(rows) == 1
        above = rows[0][0][0] - 1 if single else rows[0][0][0]
        texts = {column: _text(model, (above, column), Qt.ItemDataRole.EditRole) for _row, column in rows[0]}
        below = rows if single else rows[1:]
        into = [cell for row in below for cell in row if above >= 0 and cell[1] in texts]
        self._put({cell: texts[cell[1]] for cell in into})

    def paste(self) -> None:
        """Put a spreadsheet's block into the cells from the current one on; a single cell into all that are chosen."""
        at, block = self._table.currentIndex(), split_block(QApplication.clipboard().text())
        row, column = at.row(), at.column()
        if not at.isValid() or not block:
            return
        block = within(block, self._table.model().rowCount() - row)
        if self._add_row is not None:
            for _row in range(self._table.model().rowCount(), row + len(block)):
                self._add_row()
        chosen = [cell for cells in self._chosen() for cell in cells]
        if len(chosen) > 1 and len(block) == len(block[0]) == 1:
            self._put(dict.fromkeys(chosen, block[0][0]))
            return
        hidden, width = self._table.isColumnHidden, self._table.model().columnCount()
        columns = [one for one in range(column, width) if not hidden(one)]
        self._put({
            (row + down, into): word
            for down, line in enumerate(block) for into, word in zip(columns, line, strict=False)
        })
        go_to(self._table, row, column)

    def _put(self, cells: Texts) -> None:
        """Put texts into the cells among them that are typed into; 是 and 否, in any of their words, into ticks."""
        model = self._table.model()
        for cell, text in cells.items():
            _tick(model, cell, text)
        into = {cell: text for cell, text in cells.items() if _editable(model, cell)}
        if isinstance(model, TakesBlock):
            if into:
                model.put_block(into)
            return
        for cell, text in into.items():
            model.setData(model.index(*cell), text, Qt.ItemDataRole.EditRole)


def _ticked(model: Any, cell: tuple[int, int]) -> bool:
    """Whether a cell that is typed into holds a tick instead of a text."""
    flags = model.index(*cell).flags()
    return bool(flags & Qt.ItemFlag.ItemIsUserCheckable) and not flags & Qt.ItemFlag.ItemIsEditable


def _text(model: Any, cell: tuple[int, int], role: Qt.ItemDataRole) -> str:
    """What a cell says, a tick as 是 or 否."""
    index = model.index(*cell)
    if index.isValid() and _ticked(model, cell):
        return "是" if Qt.CheckState(index.data(_TICK)) is Qt.CheckState.Checked else "否"
    return str(index.data(role) or "")


def _tick(model: Any, cell: tuple[int, int], text: str) -> None:
    """Set the tick of a cell that holds one; what is neither yes nor no changes nothing, no word takes it away."""
    index = model.index(*cell)
    if not index.isValid() or not _ticked(model, cell):
        return
    read = read_flag(text, "")
    if read.issue is None:
        state = Qt.CheckState.Checked if read.value else Qt.CheckState.Unchecked
        model.setData(index, state.value, _TICK)


def _editable(model: Any, cell: tuple[int, int]) -> bool:
    index = model.index(*cell)
    return bool(index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable)


def go_to(table: QTableView, row: int, column: int) -> None:
    """Make a cell current and choose it alone, or its row where the table has it so."""
    index = table.model().index(row, column)
    table.selectionModel().setCurrentIndex(index, alone(table))
    table.scrollTo(index)


def alone(table: QTableView) -> QItemSelectionModel.SelectionFlag:
    """How cells are chosen and no others: whole rows where the table has it so."""
    rows = table.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows
    return Flag.ClearAndSelect | Flag.Rows if rows else Flag.ClearAndSelect


def chosen_blocks(table: QTableView) -> list[tuple[range, list[int]]]:
    """Rows and shown columns of the chosen rectangles; where none is, of the current cell."""
    chosen, at = table.selectionModel(), table.currentIndex()
    found = [
        (range(one.top(), one.bottom() + 1), range(one.left(), one.right() + 1))
        for one in (chosen.selection().toList() if chosen is not None else ())
    ]
    if not found and at.isValid():
        found = [(range(at.row(), at.row() + 1), range(at.column(), at.column() + 1))]
    return [(rows, [one for one in columns if not table.isColumnHidden(one)]) for rows, columns in found]
