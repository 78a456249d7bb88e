"""Operations of the office run for the window: short ones directly, long ones in one worker thread, in order.

A worker opens its own session of the data file; its result comes back to the window's thread. Situations are told,
the clerk's cancelling leaves everything as it was, anything else is a bug and goes to the crash report.
"""

from __future__ import annotations

import atexit
import time
from collections.abc import Callable
from threading import Event
from typing import Any, TypeVar
from weakref import WeakSet

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from fupin_desktop.errors import Cancelled, DataFileReplaced, DataLocked, Situation
from fupin_desktop.override import override
from fupin_desktop.services.workbench import Progress
from fupin_desktop.ui.ask import Asker

Result = TypeVar("Result")
Report = Progress
Work = Callable[[Report], Result]

SHOW_AFTER_MS = 350
TELL_EVERY_S = 0.04


_all: WeakSet[Tasks] = WeakSet()


@atexit.register
def _finish_all() -> None:
    """Nothing may run any more when PySide deletes what Python holds, which is next: jobs among it."""
    for tasks in list(_all):
        tasks.finish()


class Job(QObject):
    """One long operation on its way.

    Signals:
        told: Done, total, sentence; from the worker.
        ended: Result and exception (one of them None); from the worker.
    """

    told = Signal(int, int, str)
    ended = Signal(object, object)

    def __init__(self, title: str, work: Work[Any], *, cancellable: bool = True, alone: bool = False) -> None:
        super().__init__()
        self.title, self.cancellable, self.alone = title, cancellable, alone
        self._work, self._stop, self._last = work, Event(), 0.0

    def cancel(self) -> None:
        """Ask the worker to stop at its next report."""
        self._stop.set()

    @property
    def cancelling(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def report(self, done: int, total: int, text: str) -> None:
        """Progress of the worker, as operations expect it.

        Raises:
            Cancelled: When the clerk asked to stop.
        """
        if self._stop.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last >= TELL_EVERY_S or done >= total:
            self._last = now
            self.told.emit(done, total, text)

    def go(self) -> None:
        """Do the work, in the worker's thread."""
        try:
            self.report(0, 0, self.title)
            result, trouble = self._work(self.report), None
        except BaseException as caught:
            result, trouble = None, caught
        self.ended.emit(result, trouble)


def _when_back(job: Job, ended: Callable[[Any, BaseException | None], object]) -> None:
    """Call something with what came of a job, in the window's thread."""
    from PySide6.QtCore import Qt  # no start runs a job, see ``widgets.traits``

    job.ended.connect(ended, Qt.ConnectionType.QueuedConnection)


class _Runner(QRunnable):
    """Carries a job into the thread pool."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job

    @override
    def run(self) -> None:
        self._job.go()


class Tasks(QObject):
    """Runs operations for one window.

    Args:
        asker: Tells what went wrong.
        crashed: Told what is a bug.
        wording: Puts a situation into the office's words before it is told.

    Attributes:
        locked: Whether the window is covered and the data are locked: what asks for them then is not told to anybody.
        missed: Whether anything did.

    Signals:
        busy_changed: Whether a long operation is on its way.
        data_file_gone: The data file was taken away while it was open; what is open should be saved elsewhere.
        lasting: The ``Job`` that has run so long that the clerk should see its progress.
    """

    busy_changed = Signal(bool)
    data_file_gone = Signal()
    lasting = Signal(object)

    def __init__(
        self, window: QWidget | None, asker: Asker, crashed: Callable[[BaseException], None],
        wording: Callable[[Situation], object] | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._asker, self._crashed, self._wording = window, asker, crashed, wording
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._jobs: list[Job] = []
        self._beside = QThreadPool(self)
        self._beside.setMaxThreadCount(1)
        self._readings: list[Job] = []
        self.locked, self.missed = False, False
        asker.busy = lambda: not self.still
        self._over = False
        _all.add(self)

    @property
    def still(self) -> bool:
        """Whether nothing is on its way, not even a reading."""
        return not self._jobs and not self._readings

    @property
    def busy(self) -> bool:
        """Whether a long operation runs or waits."""
        return bool(self._jobs)

    def direct(
        self, work: Callable[[], Result], done: Callable[[Result], object] | None = None,
        failed: Callable[[], object] | None = None,
    ) -> Result | None:
        """Do something short (at most 50 ms) at once; trouble is told, then ``failed`` called and None returned.

        Behind a long operation it waits its turn, so that no two write at a time; None is returned then too: what
        follows from it belongs into ``done`` and ``failed``.
        """
        if self.busy:
            self.run(
                "正在处理", lambda _report: work(), done, failed=lambda trouble: self._refused(trouble, failed),
                cancellable=False,
            )
            return None
        return self._at_once(work, done, failed)

    def read(self, work: Callable[[], Result], done: Callable[[Result], object] | None = None) -> Result | None:
        """Read something short at once, also while a long operation writes: what was committed last is read.

        Only behind an operation that exchanges the data file (``alone``) it waits its turn.
        """
        if any(job.alone for job in self._jobs):
            return self.direct(work, done)
        return self._at_once(work, done)

    def _at_once(
        self, work: Callable[[], Result], done: Callable[[Result], object] | None,
        failed: Callable[[], object] | None = None,
    ) -> Result | None:
        try:
            result = work()
        except Exception as caught:
            self._refused(caught, failed)
            return None
        if done is not None:
            done(result)
        return result

    def _refused(self, trouble: BaseException, failed: Callable[[], object] | None) -> None:
        self.tell(trouble)
        if failed is not None:
            failed()

    def run(
        self, title: str, work: Work[Result], done: Callable[[Result], object] | None = None, *,
        failed: Callable[[BaseException], object] | None = None, cancellable: bool = True, alone: bool = False,
    ) -> Job:
        """Do something long in the worker thread; ``lasting`` tells when its progress should be shown.

        Args:
            title: What is done, for the dialog, e.g. “正在导入农户名册”.
            work: Called in the worker with a progress callable, which raises ``Cancelled`` to stop.
            done: Called with the result in the window's thread.
            failed: Called instead of the usual telling when the work raised.
            cancellable: Whether the dialog has a 取消.
            alone: Whether it exchanges the data file, so that nothing may read it meanwhile.
        """
        job = Job(title, work, cancellable=cancellable, alone=alone)

        def ended(result: Any, trouble: BaseException | None) -> None:
            self._end(job)
            self._asker.let_go()
            if trouble is not None:
                (failed or self.tell)(trouble)
            elif done is not None:
                done(result)

        _when_back(job, ended)
        self._begin(job)
        return job

    def aside(
        self, work: Callable[[], Result], done: Callable[[Result], object],
        failed: Callable[[BaseException], object] | None = None,
    ) -> None:
        """Read something in a thread of its own while the clerk works on; nothing waits for it, nothing shows it.

        Args:
            work: Called in the thread; it only reads.
            done: Called with the result in the window's thread.
            failed: Called instead of the usual telling when the work raised.
        """
        if self._over:
            return
        job = Job("", lambda _report: work())

        def ended(result: Any, trouble: BaseException | None) -> None:
            self._readings.remove(job)
            job.deleteLater()
            self._asker.let_go()
            if trouble is not None:
                (failed or self.tell)(trouble)
            else:
                done(result)

        _when_back(job, ended)
        self._readings.append(job)
        self._beside.start(_Runner(job))

    def wait(self) -> None:
        """Let the window live until nothing is on its way; for tests and for closing."""
        while self._jobs or self._readings:
            (self._pool if self._jobs else self._beside).waitForDone(20)
            QApplication.processEvents()

    def end(self) -> None:
        """Let what is on its way finish; no reading is begun any more, by the timers of a window that is closing."""
        self.wait()
        self._over = True

    def finish(self) -> None:
        """Wait in the threads for what is on its way, telling nobody: the program is leaving."""
        from shiboken6 import isValid

        self._over = True
        for pool in (self._pool, self._beside):
            if isValid(pool):
                pool.waitForDone()

    def _begin(self, job: Job) -> None:
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self.busy_changed.emit(True)
            QTimer.singleShot(SHOW_AFTER_MS, self, self._show_progress)
        self._pool.start(_Runner(job))

    def _end(self, job: Job) -> None:
        self._jobs.remove(job)
        job.deleteLater()
        if not self._jobs:
            self.busy_changed.emit(False)

    def _show_progress(self) -> None:
        if self._jobs:
            self.lasting.emit(self._jobs[0])

    def follow(self) -> Job | None:
        """The job that runs now; the progress dialog moves on to it."""
        return self._jobs[0] if self._jobs else None

    def tell(self, trouble: BaseException) -> None:
        """Tell what went wrong: nothing for the clerk's own cancelling, a situation, or a bug."""
        if isinstance(trouble, Cancelled):
            return
        if self.locked and isinstance(trouble, DataLocked):
            self.missed = True
        elif isinstance(trouble, Situation):
            if self._wording is not None:
                self._wording(trouble)
            self._asker.situation(self._window, trouble)
            if isinstance(trouble, DataFileReplaced):
                self.data_file_gone.emit()
        else:
            self._crashed(trouble)
