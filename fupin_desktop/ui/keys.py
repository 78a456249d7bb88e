"""Tab and F6 of a window; what they do is loaded at the first press: it wants widgets that a start does without."""

from __future__ import annotations

from collections.abc import Callable
from weakref import ref

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget


def keep_order(window: QWidget) -> None:
    """Let Tab go through a window in reading order, F6 out of a table or paper, and Shift+F6 back."""
    for keys, forward in (("F6", True), ("Shift+F6", False)):
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.activated.connect(_leaving(window, forward))
    weak = ref(window)

    def step(forward: bool) -> bool:
        known = weak()
        return known is not None and _go(known, forward)

    window.focusNextPrevChild = step  # type: ignore[method-assign]  # Qt asks the object itself first


def go_by_keys(dialog: QDialog) -> None:
    """Let a dialog be worked by keyboard alone, from its first field on."""
    from fupin_desktop.ui import tab_order

    keep_order(dialog)
    tab_order.prepare(dialog)


def _leaving(window: QWidget, forward: bool) -> Callable[[], object]:
    return lambda: _go(window, forward)


def _go(window: QWidget, forward: bool) -> bool:
    from fupin_desktop.ui import tab_order

    return tab_order.go(window, forward=forward)
