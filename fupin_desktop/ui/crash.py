"""Bugs caught at the top: logged, shown with a copyable report, the data file as it was.

A report is shown at once where the window still lives, and again at the next start where the program died of it.
"""

from __future__ import annotations

import faulthandler
import re
import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, QTimer, Signal, qVersion

from fupin_desktop import __version__
from fupin_desktop.paths import private_folder

LOG_FOLDER = "日志"
_LAST = "上次异常.txt"
_RUNNING = "运行中"
_FATAL = "崩溃.txt"
_KEPT_REPORTS = 20
SHOWN_AT_MOST = 5
_HARMLESS = "(?i)Windows fatal exception: code 0x8001010[0-9a-f]"
_LONG_NUMBER = r"\d{8,}[\dXx]?|(?:\d{4}[ -]){2,}\d{3,7}|1\d\d[ -]\d{4}[ -]\d{4}"
"""IDs, accounts and phones, in one piece or in groups as people write them."""


def describe(trouble: BaseException, now: datetime) -> str:
    """The report of a bug: versions and traceback, long numbers (IDs, phones, accounts) masked."""
    import platform
    import traceback

    lines = traceback.format_exception(trouble)
    text = (
        f"产业扶贫工作台 {__version__}  {now:%Y-%m-%d %H:%M:%S}\n"
        f"Python {platform.python_version()}, Qt {qVersion()}, {platform.platform()}\n\n{''.join(lines)}"
    )
    return re.sub(_LONG_NUMBER, lambda found: found[0][:2] + "*" * (len(found[0]) - 2), text)


def _serious(fatal: str) -> str:
    """What faulthandler wrote, without the COM exceptions that Windows itself raises and handles (0x8001010x)."""
    blocks = re.split(r"(?m)^(?=Windows fatal exception: )", fatal)
    return "".join(block for block in blocks if not re.match(_HARMLESS, block)).strip()


def _note(text: str) -> None:
    """Into the program's log, with the exception at hand; logging is loaded when it is first needed."""
    import logging

    logging.getLogger(__name__).warning(text, exc_info=True)


class CrashKeeper(QObject):
    """Takes what nobody caught.

    Signals:
        crashed: The report's text; queued to the window's thread, whatever thread it happened in.
    """

    crashed = Signal(str)

    def __init__(self, data_folder: Path, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._folder, self._clock = data_folder / LOG_FOLDER, clock
        self._fatal: TextIO | None = None
        self._show: Callable[[str], object] | None = None
        self._showing, self._shown = False, 0

    def install(self, show: Callable[[str], object]) -> None:
        """Catch what nobody else does; ``show`` is called with the report in the window's thread."""
        self._show = show
        self.crashed.connect(self._tell_soon)
        sys.excepthook = self._hook
        threading.excepthook = lambda caught: self.take(caught.exc_value or RuntimeError("thread ended"))
        try:
            private_folder(self._folder)
            (self._folder / _RUNNING).write_text(__version__, encoding="utf-8")
            self._fatal = (self._folder / _FATAL).open("w", encoding="utf-8")
            faulthandler.enable(self._fatal)
        except OSError:
            _note("no crash log can be kept in the data folder")

    def take(self, trouble: BaseException) -> None:
        """Log a bug and tell the window."""
        if isinstance(trouble, KeyboardInterrupt):
            return
        report = describe(trouble, self._clock())
        self.crashed.emit(report)
        self._write(report)
        if sys.stderr is not None:
            sys.stderr.write(report)

    def left_over(self) -> str:
        """The report of a start that died, once; empty where the last one ended well. Call before ``install``."""
        died = (self._folder / _RUNNING).exists()
        report = _serious(self._read(_FATAL)) or self._read(_LAST) if died else ""
        for name in (_LAST, _RUNNING):
            self._drop(name)
        return report

    def close(self) -> None:
        """The program ends well: nothing to tell at the next start."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        if self._fatal is not None:
            faulthandler.disable()
            self._fatal.close()
            self._fatal = None
        for name in (_LAST, _RUNNING, _FATAL):
            self._drop(name)

    def _tell_soon(self, report: str) -> None:
        """In the window's thread, after what was caught there has come to its end."""
        QTimer.singleShot(0, self, lambda: self._tell(report))

    def _tell(self, report: str) -> None:
        """Show a report, one at a time and not for ever: a bug that comes with every repaint is only logged then."""
        if self._show is None or self._showing or self._shown >= SHOWN_AT_MOST:
            return
        self._showing, self._shown = True, self._shown + 1
        try:
            self._show(report)
        except Exception:
            _note("the crash report could not be shown")
        finally:
            self._showing = False

    def _hook(self, _kind: type[BaseException], trouble: BaseException, _trace: TracebackType | None) -> None:
        self.take(trouble)

    def _write(self, report: str) -> None:
        try:
            private_folder(self._folder)
            (self._folder / f"异常 {self._clock():%Y-%m-%d %H%M%S}.txt").write_text(report, encoding="utf-8")
            (self._folder / _LAST).write_text(report, encoding="utf-8")
            for old in sorted(self._folder.glob("异常 *.txt"))[:-_KEPT_REPORTS]:
                old.unlink()
        except OSError:
            _note("the crash report could not be written")

    def _read(self, name: str) -> str:
        try:
            return (self._folder / name).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _drop(self, name: str) -> None:
        try:
            (self._folder / name).unlink(missing_ok=True)
        except OSError:
            _note("a note in the log folder could not be removed")
