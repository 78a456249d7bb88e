"""Where files are made before they are carried: a folder of the data folder, so that no trace is left elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.store import STAGE


@contextmanager
def folder(bench: Workbench) -> Iterator[Path]:
    """A fresh folder for the files; what a killed run left goes too."""
    found = bench.data_folder / STAGE
    shutil.rmtree(found, ignore_errors=True)
    found.mkdir(mode=0o700)
    try:
        yield found
    finally:
        shutil.rmtree(found, ignore_errors=True)
