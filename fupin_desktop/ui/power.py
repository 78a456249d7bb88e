"""Sleep and log-off: what is half typed is saved before, and a clerk is told why the PC should wait for long work."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from fupin_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from PySide6.QtGui import QSessionManager

_SUSPENDS, _RESUMES = 4, {7, 18}
"""What Windows says to a program that asked for it: PBT_APMSUSPEND; PBT_APMRESUMESUSPEND, PBT_APMRESUMEAUTOMATIC."""
_CALLBACK = 2
_WAIT_S = 1.5
"""Windows goes to sleep two seconds after it has told so."""
_LOG_OFF_MS = 4000
_TICK_MS = 60_000
SLEPT = timedelta(minutes=3)
"""A minute's tick that comes so late was slept through."""


class Power(QObject):
    """Tells of sleep, before and after.

    Args:
        clock: Gives the moment, local time.

    Signals:
        suspending: The PC is about to sleep.
        resumed: It is awake again.
    """

    suspending = Signal()
    resumed = Signal()
    _told = Signal(int)

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock, self._last = clock, clock()
        self._saved = threading.Event()
        self._told.connect(self._take)
        self._kept = self._ask_windows()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def tick(self) -> None:
        """Each minute: a much later moment than a minute ago means that the PC has slept."""
        now = self._clock()
        slept, self._last = now - self._last > SLEPT, now
        if slept:
            self.resumed.emit()

    def notified(self, kind: int) -> None:
        """What Windows tells, in a thread of its own; before sleep it waits a moment until what is typed is saved."""
        self._saved.clear()
        self._told.emit(kind)
        if kind == _SUSPENDS:
            self._saved.wait(_WAIT_S)

    def _take(self, kind: int) -> None:
        if kind == _SUSPENDS:
            self.suspending.emit()
        elif kind in _RESUMES:
            self._last = self._clock()
            self.resumed.emit()
        self._saved.set()

    def _ask_windows(self) -> Any:
        """Ask to be told of sleep; what has to be kept so long, None where nobody tells."""
        if sys.platform == "win32":
            import ctypes

            kind = ctypes.WINFUNCTYPE(ctypes.c_ulong, ctypes.c_void_p, ctypes.c_ulong, ctypes.c_void_p)

            class Subscription(ctypes.Structure):
                _fields_ = (("callback", kind), ("context", ctypes.c_void_p))

            def told(_context: object, what: int, _setting: object) -> int:
                self.notified(what)
                return 0

            asked, handle = Subscription(kind(told), None), ctypes.c_void_p()
            try:
                register = ctypes.windll.powrprof.PowerRegisterSuspendResumeNotification
            except (AttributeError, OSError):  # before Windows 8
                return None
            register(_CALLBACK, ctypes.byref(asked), ctypes.byref(handle))
            return asked, handle
        return None


class LogOff(QObject):
    """Saves what is half typed at log-off; while long work runs the PC is asked to wait, with the reason.

    Args:
        tasks: The work.
        save: Saves what is half typed.
    """

    def __init__(self, window: QWidget, tasks: Tasks, save: Callable[[], object]) -> None:
        super().__init__(window)
        self._window, self._tasks, self._save = window, tasks, save
        tasks.lasting.connect(lambda job: self._block(f"正在{job.title.removeprefix('正在')}，请等它完成。"))
        tasks.busy_changed.connect(lambda busy: None if busy else self._block(""))

    def watch(self, app: QApplication) -> None:
        """Listen to the system."""
        app.commitDataRequest.connect(self.commit)

    def commit(self, manager: QSessionManager | None) -> None:
        """The user logs off: save; wait a moment for work that runs, and ask the system to wait for the rest."""
        from PySide6.QtCore import QElapsedTimer

        self._save()
        waited = QElapsedTimer()
        waited.start()
        while self._tasks.busy and waited.elapsed() < _LOG_OFF_MS:
            QApplication.processEvents()
            threading.Event().wait(0.02)
        if self._tasks.busy and manager is not None:
            manager.cancel()

    def _block(self, reason: str) -> None:
        """Tell Windows why it should wait; nothing where ``reason`` is empty."""
        if sys.platform == "win32":
            import ctypes

            user, window = ctypes.windll.user32, int(self._window.winId())
            if reason:
                user.ShutdownBlockReasonCreate(window, ctypes.c_wchar_p(reason))
            else:
                user.ShutdownBlockReasonDestroy(window)
