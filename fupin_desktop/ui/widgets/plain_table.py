"""A table of lines that are looked at and chosen, not typed into."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QAbstractItemView, QTableWidget

from fupin_desktop.ui.widgets.cell_keys import CellKeys


def plain_table(
    headings: Sequence[str], widths: Sequence[int] = (), *, name: str = "", single: bool = False,
    opens: Callable[[], object] | None = None,
) -> QTableWidget:
    """Make an empty table; its last column takes the room that is left.

    Args:
        headings: One a column.
        widths: Pixels of the first columns.
        name: What a screen reader calls it.
        single: Whether one line is chosen at a time.
        opens: What Enter and a double click do with the line in front.
    """  # fmt: skip
    made = QTableWidget(0, len(headings))
    made.setAccessibleName(name)
    made.setProperty("boxed", "true")
    made.setHorizontalHeaderLabels(list(headings))
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    if single:
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setAlternatingRowColors(True)
    made.verticalHeader().hide()
    CellKeys(made, opens=opens)
    if opens is not None:
        made.doubleClicked.connect(lambda _index: opens())
    made.horizontalHeader().setStretchLastSection(True)
    for place, width in enumerate(widths):
        made.setColumnWidth(place, width)
    return made
