"""从移交包打开 at the first start, before there is a window."""

from __future__ import annotations

from pathlib import Path

from fupin_desktop.services.exchange.package import Inside
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.dialogs.progress import ProgressDialog
from fupin_desktop.ui.exchange.opening import PackageOpener
from fupin_desktop.ui.exchange.package import take_over
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.tasks import Job, Tasks


def open_first(proposed: Path, chosen: Preferences, asker: Asker) -> Path | None:
    """Ask for a package and unpack it, with progress.

    Args:
        proposed: Folder proposed for the data.
        chosen: Gets the choices of the screen that the package brings.
        asker: The seam for dialogs.

    Returns:
        The folder, ready to be opened; None where there is none.
    """
    folders: list[Path] = []
    bugs: list[BaseException] = []

    def opened(folder: Path, inside: Inside) -> None:
        take_over(chosen, inside.preferences)
        folders.append(folder)

    def show(job: Job) -> None:
        ProgressDialog(job, tasks).open()

    tasks = Tasks(None, asker, bugs.append)
    tasks.lasting.connect(show)
    PackageOpener(asker, tasks, None, opened).begin(proposed)
    tasks.wait()
    if bugs:
        raise bugs[0]
    return folders[0] if folders else None
