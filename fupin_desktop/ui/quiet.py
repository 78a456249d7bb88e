"""Filling widgets and models without their signals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QSignalBlocker


@contextmanager
def quiet(*things: QObject) -> Iterator[None]:
    """Block the signals of widgets or models while they are filled."""
    blockers = [QSignalBlocker(thing) for thing in things]
    try:
        yield
    finally:
        for blocker in blockers:
            blocker.unblock()
