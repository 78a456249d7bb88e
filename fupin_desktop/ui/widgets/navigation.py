"""Where keys lead in a table, as in Excel: the frame goes there, and the selection with it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt

Key = Qt.Key


class Cell(NamedTuple):
    """Row and column of a cell."""

    row: int
    column: int


_STEPS = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}
_TO_THE_END = 1 << 30


def led_to(key: Qt.Key, ctrl: bool, at: Cell, rows: int, columns: int, page: int) -> Cell | None:
    """The cell to which a key leads; None for a key that leads nowhere.

    A register has a record in each row, so that Ctrl with an arrow leads to the first or last row or column.

    Args:
        key: The key.
        ctrl: Whether Ctrl is held.
        at: Where it starts.
        rows: How many rows there are.
        columns: How many columns there are.
        page: How many rows fit on the screen.
    """
    if key in _STEPS:
        down, right = _STEPS[key]
        far = _TO_THE_END if ctrl else 1
        found = Cell(at.row + down * far, at.column + right * far)
    elif key == Key.Key_Home:
        found = Cell(0 if ctrl else at.row, 0)
    elif key == Key.Key_End:
        found = Cell(_TO_THE_END if ctrl else at.row, _TO_THE_END)
    elif key in (Key.Key_PageUp, Key.Key_PageDown) and not ctrl:
        found = Cell(at.row + (page if key == Key.Key_PageDown else -page), at.column)
    else:
        return None
    return Cell(max(0, min(found.row, rows - 1)), max(0, min(found.column, columns - 1)))


def stepped(at: Cell, down: int, right: int, rows: int, columns: int) -> Cell:
    """The cell beside another; at the end of a row Tab goes on in the next one."""
    row, column = at.row + down, at.column + right
    if column >= columns:
        row, column = row + 1, 0
    elif column < 0:
        row, column = row - 1, columns - 1
    if not 0 <= row < rows and right:
        return at
    return Cell(max(0, min(row, rows - 1)), column)
