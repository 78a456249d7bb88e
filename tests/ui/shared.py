"""One window for all tests of a module in which order does not matter: opening one costs more than most tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from fupin_desktop.app import open_window
from fupin_desktop.services import offices
from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.main_window import MainWindow
from tests.conftest import SAMPLE_DAY
from tests.ui.conftest import Answers, moment

OFFICE = offices.OfficeForm(name="塘㙍镇扶贫办", county="吴川市", town="塘㙍镇", clerk="李文静", year=2026)


@contextmanager
def shared_window(folder: Path, prepare: Callable[[Workbench], object]) -> Iterator[MainWindow]:
    """The window on a fresh office of 塘㙍镇, into which ``prepare`` puts what the tests look at."""
    bench = open_workbench(folder, clock=moment)
    offices.setup(bench, OFFICE)
    prepare(bench)
    with _window(bench) as window:
        yield window


@contextmanager
def shared_sample(sample_folder: Path, folder: Path) -> Iterator[MainWindow]:
    """The window on a copy of the sample office."""
    shutil.copytree(sample_folder, folder, ignore=shutil.ignore_patterns("*.lock"))
    with _window(open_workbench(folder, clock=lambda: SAMPLE_DAY)) as window:
        yield window


@contextmanager
def _window(bench: Workbench) -> Iterator[MainWindow]:
    window = open_window(bench, Answers())
    window._clock.stop()  # a daily backup in the midst of a test would keep what it does waiting
    window.resize(1366, 768)
    window.activateWindow()
    QApplication.processEvents()
    window.shell.tasks.wait()
    yield window
    window.shell.tasks.wait()
    window.close()
    window.deleteLater()
    # At once: what a timer of it reads in another module's tests would open the closed data file anew.
    QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    bench.close()
