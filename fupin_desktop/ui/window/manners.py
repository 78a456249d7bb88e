"""What every program of a desktop does: takes dropped files, goes by keys, shows progress outside, minds sleep."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from fupin_desktop.override import override
from fupin_desktop.ui import preferences
from fupin_desktop.ui.dropping import dropped_file
from fupin_desktop.ui.keys import keep_order
from fupin_desktop.ui.power import Power
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.taskbar import TaskProgress
from fupin_desktop.ui.work_focus import WorkFocus

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent

_SOON_MS = 50
_DROPPING = {QEvent.Type.DragEnter, QEvent.Type.Drop}


class Manners(QObject):
    """Keeps them for the main window.

    Args:
        take_file: Takes a file that was dropped.
        front: Gives the tab in front.

    Attributes:
        taskbar: Progress on the taskbar.
        power: Tells of sleep.

    Signals:
        look_changed: The system's own look is another: high contrast was switched on or off.
    """

    look_changed = Signal()

    def __init__(
        self, window: QMainWindow, shell: Shell, take_file: Callable[[Path], object],
        front: Callable[[], OfficeTab],
    ) -> None:
        super().__init__(window)
        self._window, self._shell, self._take_file, self._front = window, shell, take_file, front
        self.taskbar, self.power = TaskProgress(shell.tasks, window), Power(shell.bench.clock, self)
        self.power.suspending.connect(self.save_typed)
        shell.ask.recent.restore(shell.preferences.recent)
        shell.ask.sizes |= shell.preferences.sizes
        keep_order(window)
        self.work_focus = WorkFocus(window)

    def watch_soon(self) -> None:
        """Mind what happens to the window once it was drawn: for that Python makes every kind of Qt's events."""
        QTimer.singleShot(_SOON_MS, self, self._watch)

    def _watch(self) -> None:
        self._window.setAcceptDrops(True)
        self._window.installEventFilter(self)

    def save_typed(self) -> None:
        """Save what is half typed; only the tab in front can hold any."""
        self._front().can_close()

    def keep(self) -> None:
        """Remember the window's place, files and sizes of dialogs for the next start."""
        ask, chosen = self._shell.ask, self._shell.preferences
        chosen.geometry = bytes(self._window.saveGeometry().toBase64().data()).decode()
        chosen.last_folder, chosen.recent = ask.last_folder, ask.recent.stored()
        chosen.dialog_sizes = json.dumps(ask.sizes)
        preferences.save(chosen)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The system's look is another; a single file is dropped anywhere that no tab takes it.

        A file is taken once the program it comes from is free again.
        """
        if event.type() == QEvent.Type.ThemeChange:
            # Told in the midst of Qt's own walk through the windows: the theme is put on after it.
            QTimer.singleShot(0, self, self.look_changed.emit)
        return event.type() in _DROPPING and self._dropped(cast("QDropEvent", event))

    def _dropped(self, event: QDropEvent) -> bool:
        """Whether a file that can be taken comes over the window, or is let go there."""
        path = dropped_file(event)
        if path is None:
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            QTimer.singleShot(0, self, lambda: self._take_file(path))
        return True
