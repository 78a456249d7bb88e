"""Count, sum and average of the chosen cells, told in the status line as spreadsheets do."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer

from fupin_desktop.ui.models.register_cells import NUMBERS
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable
from fupin_desktop.ui.widgets.selection_sums import told

_AFTER_MS = 100
_AT_ONCE = 200
"""Rows read while the window waits; more are read beside its work."""
_AT_MOST = 5000
"""Rows read for it; of more rows only their number is told."""


class SelectionSums(QObject):
    """Tells of the selection a moment after it rests.

    Args:
        shell: Hands the words to the status line.
        state: Knows the register in front.
        table: Knows the selection.
    """

    def __init__(self, shell: Shell, state: State, table: RegisterTable) -> None:
        super().__init__(table)
        self._shell, self._state, self._table = shell, state, table
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.tell)
        self._asked = 0
        table.selection_moved.connect(self._timer.start)

    def tell(self) -> None:
        """Tell now; nothing for a single cell."""
        self._timer.stop()
        self._asked += 1
        blocks = self._table.chosen_blocks()
        cells = sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in blocks)
        rows = sum(last - first + 1 for first, last in self._table.chosen_rows())
        if cells <= 1:
            self._shell.selection_told.emit("")
        elif rows > _AT_MOST:
            self._shell.selection_told.emit(f"选中 {rows:,} 行")
        elif rows > _AT_ONCE:
            asked = self._asked
            self._shell.read_aside(lambda: told(list(self._texts(blocks))), lambda text: self._read(asked, text))
        else:
            texts = self._shell.read(lambda: list(self._texts(blocks))) or []
            self._shell.selection_told.emit(told(texts))

    def _read(self, asked: int, text: str) -> None:
        """Tell what was read beside the clerk's work, unless something else has been chosen since."""
        if asked == self._asked:
            self._shell.selection_told.emit(text)

    def _texts(self, blocks: Iterable[tuple[int, int, int, int]]) -> Iterable[tuple[str, bool]]:
        """The texts of the chosen cells that are filled in, and whether they are numbers."""
        model = self._state.front.model
        for top, left, bottom, right in blocks:
            for row in model.rows_between(top, bottom):
                for column in range(left, right + 1):
                    text = model.plain(row, column)
                    if text:
                        yield text, model.info(column).kind in NUMBERS
