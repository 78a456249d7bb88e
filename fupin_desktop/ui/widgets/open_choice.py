"""A list to choose from, in whose line anything else can be typed."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox


def open_choice() -> QComboBox:
    """An empty one; Enter in it goes on to the dialog.

    Qt's own completer stands in the way: it takes the first Enter for itself wherever the whole text is marked, as it
    is in a field that is entered by Tab.
    """
    made = QComboBox()
    made.setEditable(True)
    made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    made.setCompleter(None)  # type: ignore[arg-type]  # it takes none, whatever its signature says
    return made
