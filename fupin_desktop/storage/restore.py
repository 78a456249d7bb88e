"""Putting a backup in the place of a damaged data file; the damaged one is kept aside."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

from fupin_desktop.errors import FileMissing
from fupin_desktop.storage.backup_files import copy_verified
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.lock import FolderLock
from fupin_desktop.storage.opening import quick_check
from fupin_desktop.storage.store import BACKUP_FOLDER, DATA_FILE
from fupin_desktop.storage.trouble import told

_BESIDES = ("", "-wal", "-shm")


def restore(folder: Path, backup: Path, now: datetime) -> Path | None:
    """Make a backup the data file of a folder; the program must not have the folder open.

    Args:
        folder: The office's data folder.
        backup: The backup file, of this folder or brought from elsewhere.
        now: Names the file kept aside.

    Returns:
        Where the former data file was put; None where there was none.

    Raises:
        FileMissing: There is no such backup.
        DataFileDamaged: The backup itself is damaged; nothing was changed.
        DataFileBusy: The folder is open in a running program.
    """
    if not backup.is_file():
        raise FileMissing(f"找不到备份文件“{backup.name}”。")
    lock = FolderLock(folder)
    lock.acquire()
    try:
        with told():
            return _restore(folder, backup, now)
    finally:
        lock.release()


def _restore(folder: Path, backup: Path, now: datetime) -> Path | None:
    """The copy is whole and checked before the former file is moved."""
    target = folder / DATA_FILE
    beside = target.with_suffix(".part")
    try:
        with closing(connect(backup, "ro")) as connection:
            quick_check(connection)
        copy_verified(backup, beside)
        aside = _put_aside(target, folder / BACKUP_FOLDER, now)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return aside


def _put_aside(target: Path, folder: Path, now: datetime) -> Path | None:
    """Move the former data file with what SQLite keeps beside it."""
    if not target.exists():
        return None
    folder.mkdir(exist_ok=True)
    aside = folder / f"replaced_{now.strftime('%Y-%m-%d_%H%M%S')}.sqlite"
    for ending in _BESIDES:
        found = target.with_name(target.name + ending)
        if found.exists():
            found.replace(aside.with_name(aside.name + ending))
    return aside
