"""Opening an office: the data file, the clock and the clerk, and what the parts of the office ask of each other."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.services import attachments
from fupin_desktop.services.workbench import AT_START, REGISTERED, Workbench
from fupin_desktop.storage.store import open_store

if TYPE_CHECKING:
    from fupin_desktop.services.fund_guards import FundGuards


def open_workbench(data_folder: Path, *, clock: Callable[[], datetime], clerk: str | None = None) -> Workbench:
    """Open, or make, the data file of a folder.

    Args:
        data_folder: The office's folder.
        clock: Gives the moment, local time.
        clerk: Name of the clerk; None takes the one the office registered.

    Raises:
        Situation: Busy, newer, damaged, not writable; see ``storage.store.open_store``.
    """
    store = open_store(data_folder, now=clock())
    attachments.remove_copies(data_folder)
    try:
        store.look_ahead(AT_START)
        registered = store.glance(REGISTERED)
    except BaseException:
        store.close()
        raise
    of_office, year = registered[0] if registered else ("", 0)
    named = of_office if clerk is None else clerk
    return Workbench(store, data_folder, clock, named, year or clock().year, _fund_guards)


def _fund_guards() -> FundGuards:
    """The papers of the money; loaded when money first moves, since the window opens without them."""
    from fupin_desktop.services.fund_papers import guarding

    return guarding
