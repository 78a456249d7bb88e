"""Progress of long work on the button of the taskbar, and a flash when it ends behind other windows."""

from __future__ import annotations

import sys
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from fupin_desktop.ui.tasks import Job, Tasks

_CLASS, _INTERFACE = "{56FDF344-FD6D-11D0-958A-006097C9A090}", "{EA1AFB91-9E28-4B86-90E9-9E9F8A5EEFAF}"
"""COM's TaskbarList, and the third version of what it offers (ITaskbarList3, Windows 7 and later)."""
_INIT, _SET_VALUE, _SET_STATE = 3, 9, 10
"""Places of HrInit, SetProgressValue, SetProgressState in it."""
_IN_PROCESS = 1
_NONE, _UNKNOWN = 0, 1


class Bar(Protocol):
    """The button of a window on the taskbar."""

    def show(self, done: int, total: int) -> None:
        """Show how far work is; a total of 0 for work of unknown length."""

    def clear(self) -> None:
        """Show nothing any more."""


class WindowsBar:
    """The taskbar of Windows; where COM refuses it, nothing is shown.

    Args:
        window: Identifier of the window.
    """

    def __init__(self, window: int) -> None:
        self._window, self._list = window, _taskbar_list()

    def show(self, done: int, total: int) -> None:
        """Show how far work is."""
        if total > 0:
            self._call(_SET_VALUE, done, total)
        else:
            self._call(_SET_STATE, _UNKNOWN)

    def clear(self) -> None:
        """Show nothing any more."""
        self._call(_SET_STATE, _NONE)

    def _call(self, place: int, *numbers: int) -> None:
        if self._list is not None and sys.platform == "win32":
            import ctypes

            kinds = [ctypes.c_ulonglong if place == _SET_VALUE else ctypes.c_int] * len(numbers)
            call = ctypes.WINFUNCTYPE(ctypes.c_long, ctypes.c_void_p, *kinds)(place, "call")
            call(self._list, self._window, *numbers)


def _taskbar_list() -> object:
    """COM's object; None where there is none."""
    if sys.platform == "win32":
        import ctypes
        from ctypes import wintypes

        ole = ctypes.windll.ole32
        ids = [(ctypes.c_byte * 16)() for _ in range(2)]
        for text, found in zip((_CLASS, _INTERFACE), ids, strict=True):
            if ole.CLSIDFromString(text, found):
                return None
        made = ctypes.c_void_p()
        if ole.CoCreateInstance(ids[0], None, wintypes.DWORD(_IN_PROCESS), ids[1], ctypes.byref(made)):
            return None
        init = ctypes.WINFUNCTYPE(ctypes.c_long)(_INIT, "HrInit")
        return None if init(made) else made
    return None


class TaskProgress(QObject):
    """Shows on the taskbar what the progress dialog shows.

    Args:
        tasks: Whose work it is.
        bar: Its button on the taskbar; None takes that of Windows, and nothing elsewhere.
    """

    def __init__(self, tasks: Tasks, window: QWidget, bar: Bar | None = None) -> None:
        super().__init__(window)
        self._tasks, self._window, self._bar, self._shown = tasks, window, bar, False
        tasks.lasting.connect(self._begin)
        tasks.busy_changed.connect(self._busy)

    def _begin(self, job: Job) -> None:
        if self._bar is None and sys.platform == "win32":
            self._bar = WindowsBar(int(self._window.winId()))
        self._shown = True
        self._tell(0, 0, "")
        job.told.connect(self._tell)

    def _tell(self, done: int, total: int, _text: str) -> None:
        if self._bar is not None and self._shown:
            self._bar.show(done, total)

    def _busy(self, busy: bool) -> None:
        if busy or not self._shown:
            return
        self._shown = False
        if self._bar is not None:
            self._bar.clear()
        if not self._window.isActiveWindow():
            QApplication.alert(self._window)
