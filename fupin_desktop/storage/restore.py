"""Going back to a backup: in the place of a damaged file while nothing is open, or into the open, sound one.

Both go through a checked copy that is brought to the present version beside the data file, so that a backup that proves
bad changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from fupin_desktop.errors import DataFileDamaged, FileMissing
from fupin_desktop.paths import private_folder, rename
from fupin_desktop.storage import chain, migrations
from fupin_desktop.storage.backup_files import last_number, listed, said_name, unpack
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.encryption import is_encrypted, key_of
from fupin_desktop.storage.keys import new_key
from fupin_desktop.storage.lock import FolderLock
from fupin_desktop.storage.opening import FileState, inspect_file
from fupin_desktop.storage.store import BACKUP_FOLDER, DATA_FILE, Store
from fupin_desktop.storage.trouble import told

OPERATION = "store.restore"
_BESIDES = ("", "-wal", "-shm")
_ADD_SET = (
    "INSERT INTO change_sets (number, key, operation, title, who, at, kind, reverts_key, undoable, redo_open, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?)"
)


def restore(folder: Path, backup: Path, now: datetime, who: str = "") -> Path | None:
    """Make a backup the data file of a folder; the program must not have the folder open.

    Args:
        folder: The office's data folder.
        backup: The backup file, of this folder or brought from elsewhere.
        now: Names the file kept aside.
        who: Name of the clerk, for the history.

    Returns:
        Where the former data file was put; None where there was none.

    Raises:
        FileMissing: There is no such backup.
        DataFileDamaged: The backup itself is damaged; nothing was changed.
        DataFileNewer: A newer version of the program wrote it; nothing was changed.
        DataFileBusy: The folder is open in a running program.
    """
    lock = FolderLock(folder)
    lock.acquire()
    try:
        target, kept = folder / DATA_FILE, folder / BACKUP_FOLDER
        with told(), _ready(backup, folder, now, who, _furthest(target, kept)) as copy:
            aside = _put_aside(target, kept, now)
            rename(copy, target)
            return aside
    finally:
        lock.release()


def restore_into(store: Store, backup: Path, now: datetime, who: str, key: bytes | None = None) -> None:
    """Put what a backup holds into the open data file: one transaction of SQLite's, all of it or nothing.

    The caller has made a backup of the present state before.

    Args:
        store: The open store; the file stays encrypted or plain as it is.
        backup: The backup file.
        now: Moment of the restoring.
        who: Name of the clerk, for the history.
        key: Data key of a backup that was encrypted with another one than this folder's.

    Raises:
        FileMissing, DataFileDamaged, DataFileNewer, DataLocked: As :func:`restore`; nothing was changed.
        Situation: The file is busy or the disk full; nothing was changed.
    """
    number = int(store.glance("SELECT coalesce(max(number), 0) FROM change_sets")[0][0])
    with store.held(), told(), _ready(backup, store.path.parent, now, who, number, key) as copy:
        store.engine.dispose()
        with closing(connect(copy, "ro")) as origin, closing(connect(store.path, "rw")) as live:
            live.execute("PRAGMA busy_timeout=5000")
            live.execute("PRAGMA synchronous=FULL")
            origin.backup(live)
        store.engine.dispose()
        store.revision += 1


@contextmanager
def looking_into(backup: Path, folder: Path, key: bytes | None = None) -> Iterator[Path]:
    """A checked copy of what a backup holds, to be read and thrown away.

    Args:
        backup: The backup file.
        folder: Where the copy may lie for the while; the office's own folder, so that it leaves no traces elsewhere.
            The copy is encrypted as the folder's files are, whatever the backup is.
        key: Data key of a backup that was encrypted with another one than this folder's.

    Raises:
        FileMissing, DataFileDamaged, DataFileNewer: There is nothing to look into.
        DataLocked: It is encrypted, and this is not its key.
    """
    if not backup.is_file():
        raise FileMissing(f"找不到备份文件“{backup.name}”。")
    copy, raw = folder / "fupin_look.part", folder / "fupin_raw.part"
    try:
        unpack(backup, raw, key)
        _take_form(raw, copy, key or key_of(folder))
        if inspect_file(copy) is FileState.EMPTY:
            raise DataFileDamaged(f"备份文件“{backup.name}”里没有数据。", safe="数据文件没有被改动。")
        yield copy
    finally:
        for one in (copy, raw):
            for ending in _BESIDES:
                one.with_name(one.name + ending).unlink(missing_ok=True)


def _take_form(raw: Path, copy: Path, key: bytes | None) -> None:
    """Bring what a backup held into the form of its folder."""
    wanted, found = key_of(copy), key if is_encrypted(raw) else None
    if wanted == found:
        rename(raw, copy)
    else:
        from fupin_desktop.storage.converting import copy_as

        copy_as(raw, copy, found, wanted)


@contextmanager
def _ready(
    backup: Path, folder: Path, now: datetime, who: str, number: int, key: bytes | None = None
) -> Iterator[Path]:
    """A copy brought to the present version, whose change log tells of the restoring and counts on from ``number``."""
    with looking_into(backup, folder, key) as copy:
        if inspect_file(copy) is FileState.OLDER:
            migrations.upgrade(copy)
        with closing(connect(copy, "rw")) as connection:
            counted = max(number, last_number(connection)) + 1
            title = f"恢复备份 {said_name(backup)}"
            head = chain.Head(
                counted, new_key(), OPERATION, title, who, chain.moment(now.replace(microsecond=0)), "do", None
            )
            connection.execute(_ADD_SET, (*head, chain.link(chain.last(connection), head, ())))
            connection.commit()
            connection.execute("PRAGMA journal_mode=DELETE")
        yield copy


def _furthest(target: Path, kept: Path) -> int:
    """Number of the last operation known of the file to be replaced, which may be damaged, and of its backups."""
    found = max((backup.number for backup in listed(kept)), default=0)
    try:
        with closing(connect(target, "ro")) as connection:
            return max(found, last_number(connection))
    except Exception:
        return found


def _put_aside(target: Path, folder: Path, now: datetime) -> Path | None:
    """Move the former data file with what SQLite keeps beside it."""
    if not target.exists():
        return None
    private_folder(folder)
    aside = folder / f"replaced_{now.strftime('%Y-%m-%d_%H%M%S')}.sqlite"
    for ending in _BESIDES:
        found = target.with_name(target.name + ending)
        if found.exists():
            found.replace(aside.with_name(aside.name + ending))
    return aside
