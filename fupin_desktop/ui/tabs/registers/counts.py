"""The count line: how many rows, how many of them fulfil a named filter, sums; found beside the clerk's work."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.state import State

_LARGE_AFTER_MS = 120


class Counts(QObject):
    """Tells the count line of the register in front a moment after its rows are shown.

    Counts and sums need a look at all rows: of many rows they are found in another thread.

    Signals:
        told: The line.
    """

    told = Signal(str)

    def __init__(self, shell: Shell, state: State, parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._state = shell, state
        self._counting: object = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self.tell)

    def tell_soon(self) -> None:
        """Tell when the rows are drawn; of many rows when the clerk pauses, for counting slows the next key down."""
        self._timer.start(_LARGE_AFTER_MS if self._state.front.large else 0)

    def tell(self) -> None:
        """Count now."""
        self._timer.stop()
        front = self._state.front
        count = front.counting()
        if not front.large:
            self._counting = None
            self._shell.read(count, self.told.emit)
        elif self._counting is None:
            asked = self._counting = self._asked()
            self._shell.read_aside(count, lambda line: self._counted(asked, line), self._failed)

    def _asked(self) -> object:
        return self._state.front, self._state.front.query, self._shell.bench.revision

    def _failed(self, trouble: BaseException) -> None:
        self._counting = None
        self._shell.tasks.tell(trouble)

    def _counted(self, asked: object, line: str) -> None:
        """Show counts found beside; where something else was asked or written meanwhile, count again."""
        if self._counting is None:
            return
        self._counting = None
        if asked == self._asked():
            self.told.emit(line)
        else:
            self._timer.start()
