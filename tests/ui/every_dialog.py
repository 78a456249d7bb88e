"""All dialogs that the program has."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from PySide6.QtWidgets import QDialog

import fupin_desktop.ui


def every_dialog() -> set[type[QDialog]]:
    """Classes of its dialogs, those included that others are built upon."""
    for found in pkgutil.walk_packages(fupin_desktop.ui.__path__, "fupin_desktop.ui."):
        import_module(found.name)
    known, waiting = set(), [QDialog]
    while waiting:
        for one in waiting.pop().__subclasses__():
            waiting.append(one)
            if one.__module__.startswith("fupin_desktop.ui"):
                known.add(one)
    return known
