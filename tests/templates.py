"""Data files made once in a test run's process and copied, where many tests begin with the same office."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.store import DATA_FILE

Make = Callable[[Path], Workbench]


@cache
def _made(make: Make, _tables: frozenset[str]) -> TemporaryDirectory[str]:
    """The folder with the office that ``make`` makes, in these tables; it goes with the process."""
    folder = TemporaryDirectory(prefix="fupin-template-")
    make(Path(folder.name)).close()
    return folder


def copied(make: Make, folder: Path, clock: Callable[[], object]) -> Workbench:
    """The office that ``make`` makes, opened in a folder of its own.

    Records of two copies have the same keys: where two offices meet in a test, one of them is made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(Path(_made(make, frozenset(Base.metadata.tables)).name) / DATA_FILE, folder)
    return open_workbench(folder, clock=clock)
