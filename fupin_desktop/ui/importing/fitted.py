"""How wide the columns of a sheet are shown: as wide as their first rows need, within limits."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

WIDEST = 240
_MEASURED, _FITTED = 50, 200
"""Rows that are measured, and columns: a stray sheet has thousands of them, which keep the usual width."""


def fit_columns(table: QTableView, *, widest: int = WIDEST, last: int = 0) -> None:
    """Make columns wide enough for their headings and first rows; Qt would ask ten things of each cell for that.

    Args:
        table: The table, with its model.
        widest: Pixels that no column is wider than.
        last: The same of the last column; 0 for that of the others.
    """
    model, head = table.model(), table.horizontalHeader()
    rows, columns = range(min(_MEASURED, model.rowCount())), range(min(_FITTED, model.columnCount()))
    measured = table.fontMetrics().horizontalAdvance
    first = [model.index(0, column) for column in columns] if rows else []
    sides = max((table.sizeHintForIndex(one).width() - measured(str(one.data() or "")) for one in first), default=0)
    for column in columns:
        texts = {str(model.index(row, column).data() or "") for row in rows}
        wide = max(max(map(measured, texts), default=0) + sides, head.sectionSizeHint(column))
        most = last if last and column == model.columnCount() - 1 else widest
        table.setColumnWidth(column, min(wide + 8, most))
