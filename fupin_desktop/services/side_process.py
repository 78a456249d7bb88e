"""Work done in a process of its own beside this one.

The process is spawned on every system alike: it inherits no window, no open data file and no lock, only the function it
is to run and its arguments, which must be fit for ``pickle``. It ends with the program, whatever happens to that.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

from fupin_desktop.domain.memory import quiet_memory


class ProcessLost(Exception):  # noqa: N818 - nothing is lost but time: the work can be done here
    """The process ended without a word: it was killed, or could not be started."""


def processors() -> int:
    """How many processors this program may use at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class SideProcess:
    """A function that runs beside this process.

    Args:
        work: A function of a module.
        arguments: What it is called with.
    """

    def __init__(self, work: Callable[..., object], *arguments: object) -> None:
        context = get_context("spawn")
        self._outcome, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(there, work, arguments), daemon=True)
        self._started = True
        try:
            self._process.start()
        except OSError:
            self._started = False
        there.close()

    def wait(self) -> None:
        """Wait until the work is done.

        Raises:
            ProcessLost: The process is gone without having done it.
            Exception: What the work itself raised.
        """
        if not self._started:
            raise ProcessLost
        try:
            fault = self._outcome.recv()
        except (EOFError, OSError):
            raise ProcessLost from None
        finally:
            self.stop()
        if fault is not None:
            raise fault

    def stop(self) -> None:
        """End the process, whether its work is done or not."""
        if self._started:
            self._started = False
            self._process.terminate()
            self._process.join()
        self._outcome.close()


def _run(there: Connection, work: Callable[..., object], arguments: tuple[object, ...]) -> None:
    """The process: do the work, and say what came of it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches the program too, which then ends this process
    fault: BaseException | None = None
    try:
        with quiet_memory():
            work(*arguments)
    except BaseException as raised:
        fault = raised
    there.send(fault)
