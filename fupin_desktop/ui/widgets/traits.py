"""Traits of widgets by the names that Qt gives them, for what the first page is made of.

Qt's namespace ``Qt`` is one class of 92 enumerations, which Python needs 15 ms to make as soon as one of them is
named. The first page is drawn without: it names values by their words, and places widgets by stretches of layouts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtCore import Qt


def set_trait(thing: QObject, name: str, value: str) -> None:
    """Set a property of Qt's to one of its values by name, e.g. ``textFormat`` to ``PlainText``.

    Raises:
        ValueError: There is no such property or value.
    """
    if not thing.setProperty(name, value):
        raise ValueError(f"{type(thing).__name__} has no {name} {value}")


def hand() -> Qt.CursorShape:
    """The cursor over what leads somewhere; it is set when the mouse comes, since none is there before."""
    from PySide6.QtCore import Qt

    return Qt.CursorShape.PointingHandCursor
