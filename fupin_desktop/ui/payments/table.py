"""A plain table of rows that are chosen and not typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QTableView

from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.plain_table import only_look


def row_height() -> int:
    """Pixels of a row of one line."""
    return QFontMetrics(theme.font()).height() + 10


def table_of_rows(name: str) -> QTableView:
    """A table whose whole rows are chosen; ``name`` is read aloud."""
    table = QTableView()
    only_look(table, name)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(row_height())
    return table


def show_rows(table: QTableView, model: QAbstractItemModel, widths: Sequence[int]) -> None:
    """Show a model with columns of so many characters; the last one takes what is left."""
    table.setModel(model)
    digit = QFontMetrics(theme.font()).horizontalAdvance("0")
    for place, width in enumerate(widths):
        table.setColumnWidth(place, width * digit)
    table.horizontalHeader().setSectionResizeMode(len(widths) - 1, QHeaderView.ResizeMode.Stretch)


def chosen_rows(table: QTableView) -> list[int]:
    """Numbers of the rows chosen, from 0."""
    model = table.selectionModel()
    return sorted({index.row() for index in model.selectedRows()}) if model is not None else []
