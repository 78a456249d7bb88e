"""Count, sum and average of the chosen cells of a table, told as spreadsheets do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation
from functools import partial

from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, Qt, QTimer
from PySide6.QtWidgets import QAbstractItemView, QLabel, QTableView

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.cell_blocks import chosen_blocks
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import say

_AFTER_MS = 100
_AT_MOST = 5000
"""Rows read for it; of more rows only their number is told."""
_COLUMNS = 3
_LOOKS = (QEvent.Type.FocusIn, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Show)


def told(cells: Iterable[tuple[str, bool]]) -> str:
    """“计数 12 · 求和 34.5 · 平均 2.88”; the numbers alone are summed."""
    texts = list(cells)
    numbers = [number for text, is_number in texts if is_number and (number := read_number(text)) is not None]
    parts = [f"计数 {len(texts):,}"]
    if numbers:
        total = sum(numbers, Decimal(0))
        parts += [f"求和 {_shown(total)}", f"平均 {_shown(total / len(numbers))}"]
    return " · ".join(parts)


def read_number(text: str) -> Decimal | None:
    """A number as tables show it, grouped and with a sign; None for any other text."""
    try:
        found = Decimal(text.replace(",", "").removeprefix("¥").strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _shown(value: Decimal) -> str:
    """Grouped, at most three decimals, no zeros at the end."""
    text = f"{value:,.3f}"
    return text.rstrip("0").rstrip(".")


class TableSums(QObject):
    """Tells of the selection of a table a moment after it rests.

    Cells that stand at the right are numbers. Where whole rows are chosen, the amounts of each column are summed for
    themselves: those with decimals, for a number of a row and a year are not to be added.

    Args:
        table: The table; its model may change.
        tell: Is handed the words; empty for a single cell or row.
    """

    def __init__(self, table: QTableView, tell: Callable[[str], object]) -> None:
        super().__init__(table)
        self._table, self._tell = table, tell
        self._followed: QItemSelectionModel | None = None
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self.tell)
        for one in (table, table.viewport()):
            one.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A table that gets another model has another selection."""
        if event.type() in _LOOKS:
            self._follow()
        return super().eventFilter(watched, event)

    def _follow(self) -> None:
        chosen = self._table.selectionModel()
        if chosen is not None and chosen is not self._followed:
            self._followed = chosen
            chosen.selectionChanged.connect(lambda _more, _less: self._timer.start())
            self._timer.start()

    def tell(self) -> None:
        """Tell now."""
        self._timer.stop()
        self._tell(self.words())

    def words(self) -> str:
        """What is told of the selection."""
        if self._table.selectionModel() is None:
            return ""
        blocks = chosen_blocks(self._table)
        rows = sorted({row for rows, _columns in blocks for row in rows})
        if len(rows) > _AT_MOST:
            return f"选中 {len(rows):,} 行"
        if self._table.selectionBehavior() == QAbstractItemView.SelectionBehavior.SelectRows:
            return self._rows_told(rows) if len(rows) > 1 else ""
        texts = [self._cell(row, column) for rows, columns in blocks for row in rows for column in columns]
        return told((text, number) for text, number in texts if text) if len(texts) > 1 else ""

    def _rows_told(self, rows: list[int]) -> str:
        parts, model = [f"选中 {len(rows):,} 行"], self._table.model()
        for column in range(model.columnCount()):
            texts = [text for row in rows for text, number in [self._cell(row, column)] if number and "." in text]
            numbers = [number for text in texts if (number := read_number(text)) is not None]
            if numbers and not self._table.isColumnHidden(column):
                heading = model.headerData(column, Qt.Orientation.Horizontal)
                parts.append(f"{heading} {_shown(sum(numbers, Decimal(0)))}")
        return " · ".join(parts[: 1 + _COLUMNS])

    def _cell(self, row: int, column: int) -> tuple[str, bool]:
        index = self._table.model().index(row, column)
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        right = side is not None and bool(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
        return str(index.data() or ""), right


def sums_label(table: QTableView) -> QLabel:
    """A label that tells of a table's selection, for the foot of a dialog."""
    made = OneLine(role="muted")
    TableSums(table, partial(say, made))
    return made
