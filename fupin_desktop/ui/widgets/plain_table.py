"""A table of lines that are looked at and chosen, not typed into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QAbstractItemView, QTableView, QTableWidget

from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads


def only_look(
    table: QTableView, name: str = "", *, rows: bool = True, opens: Callable[[], object] | None = None
) -> None:
    """Make a table one that is looked at, chosen from and copied, in a box and striped.

    Args:
        table: An empty one, or one that has its model.
        name: What a screen reader calls it.
        rows: Whether whole rows are chosen; else cells.
        opens: What Enter does with the line in front.
    """
    table.setAccessibleName(name)
    table.setProperty("boxed", "true")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    if rows:
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setAlternatingRowColors(True)
    table.verticalHeader().hide()
    align_heads(table)
    CellKeys(table, opens=opens)


def set_widths(table: QTableView, widths: Sequence[int]) -> None:
    """Set the widths of the first columns, in pixels of the small text; larger text gets as much more room."""
    larger = theme.current().size.points / theme.TextSize.SMALL.points
    for place, width in enumerate(widths):
        table.setColumnWidth(place, round(width * larger))


def plain_table(
    headings: Sequence[str], widths: Sequence[int] = (), *, name: str = "", single: bool = False,
    opens: Callable[[], object] | None = None,
) -> QTableWidget:
    """Make an empty table; its last column takes the room that is left.

    Args:
        headings: One a column.
        widths: Of the first columns, in pixels of the small text.
        name: What a screen reader calls it.
        single: Whether one line is chosen at a time.
        opens: What Enter and a double click do with the line in front.
    """  # fmt: skip
    made = QTableWidget(0, len(headings))
    made.setHorizontalHeaderLabels(list(headings))
    only_look(made, name, opens=opens)
    if single:
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    if opens is not None:
        made.doubleClicked.connect(lambda _index: opens())
    made.horizontalHeader().setStretchLastSection(True)
    set_widths(made, widths)
    return made
