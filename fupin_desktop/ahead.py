"""The data folder opened while Qt is still being loaded: checking a large file takes a moment and needs no Python."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path

from fupin_desktop.services.opening import open_workbench
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.data_folder import DATA_FILE


def local_time() -> datetime:
    """The moment by the PC's clock; the only place the window takes it from."""
    return datetime.now()  # noqa: DTZ005 - local time is what papers and the change log show


class Ahead:
    """A data folder being opened in a thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opened: Workbench | None = None
        self._fault: BaseException | None = None
        self._thread = threading.Thread(target=self._open, daemon=True)
        self._thread.start()

    def result(self) -> Workbench:
        """The open workbench, or what opening raised."""
        self._thread.join()
        if self._opened is None:
            assert self._fault is not None
            raise self._fault
        return self._opened

    def _open(self) -> None:
        try:
            self._opened = open_workbench(self.folder, clock=local_time)
        except BaseException as fault:
            self._fault = fault


def begin(remembered: str, data: Path | None, *, sample: bool) -> Ahead | None:
    """Begin to open the data folder; None where there is none yet, or the clerk has to be asked first.

    Args:
        remembered: The folder that this PC remembers; empty for none.
        data: The folder asked for; None takes the remembered one.
        sample: Whether the sample office is wanted, which may have to be made.
    """
    folder = data or Path(remembered)
    if sample or not (data or remembered) or not (folder / DATA_FILE).is_file():
        return None
    return Ahead(folder)
