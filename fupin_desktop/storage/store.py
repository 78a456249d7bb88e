"""The store: one office's data file, opened, checked, locked, and written in whole operations.

SQLAlchemy is loaded at the first session: the window is up before, on what the driver alone can read.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fupin_desktop.errors import DataFileReplaced, DataLocked, DataReadOnly, NotWritable
from fupin_desktop.paths import PRIVATE_FILE, PRIVATE_FOLDER, private_folder
from fupin_desktop.storage import opening
from fupin_desktop.storage.driver import connect, connect_with
from fupin_desktop.storage.encryption import is_encrypted, is_locked, key_of
from fupin_desktop.storage.lock import FolderLock
from fupin_desktop.storage.trouble import told

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from fupin_desktop.storage.unit import Purpose, Unit

Query = tuple[str, tuple[Any, ...]]
Rows = list[tuple[Any, ...]]
DATA_FILE = "fupin.sqlite"
BACKUP_FOLDER = "备份"
_READ_ONLY = "数据放在这台电脑的这个用户不能写入的地方，只能查看和打印，不能修改。"
STAGE = "导出暂存"
"""Folder of what is being made for a stick; plain, and gone when it is carried."""
ASIDE_KEPT = 3
"""Replaced data files kept among the backups; older ones are removed."""


class Store:
    """An open data file; made by :func:`open_store`.

    Attributes:
        path: The data file.
        backup_folder: Where its backups go.
        revision: Counts the committed writes since it was opened; what was read before is stale when it rises.
        read_only: Whether it lies where this user of the PC cannot write; then it can be looked at alone.
        unchecked: Whether it is so large that its pages were not looked at when it was opened.
    """

    def __init__(self, path: Path, lock: FolderLock, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.unchecked = opening.is_checked_later(path)
        self.backup_folder = path.parent / BACKUP_FOLDER
        self.revision = 0
        self._lock = lock
        self._writing = threading.RLock()
        self._writer: int | None = None
        self._identity = _identity(path)
        self._seen: tuple[int, dict[Query, Rows]] = 0, {}

    @cached_property
    def engine(self) -> Engine:
        """Its SQLAlchemy engine."""
        from fupin_desktop.storage.engine import make_engine

        return make_engine(self.path, fixed=self.read_only)

    @cached_property
    def _writers(self) -> Engine:
        from fupin_desktop.storage.engine import WRITING

        return self.engine.execution_options(**{WRITING: True})

    def glance(self, sql: str, parameters: tuple[Any, ...] = ()) -> Rows:
        """The rows of a plain SELECT, read by the driver alone; for what the start must know.

        Raises:
            Situation: The file cannot be read.
        """
        at, seen = self._seen
        if at == self.revision and (sql, parameters) in seen:
            return list(seen[sql, parameters])
        with told(), closing(self.looking()) as connection:
            return connection.execute(sql, parameters).fetchall()

    def look_ahead(self, queries: Iterable[Query]) -> None:
        """Read at once what will be glanced at, for SQLite reads a file's tables anew for every connection.

        It holds until the first write: nobody else writes the file while its folder is locked.

        Raises:
            Situation: The file cannot be read.
        """
        with told(), closing(self.looking()) as connection:
            self._seen = self.revision, {query: connection.execute(*query).fetchall() for query in queries}

    def looking(self) -> sqlite3.Connection:
        """A connection of the driver for reading; the caller closes it."""
        return connect(self.path, "fixed") if self.read_only else opening.connect_quietly(self.path)

    def require_writable(self) -> None:
        """Make sure that the data can be changed.

        Raises:
            DataReadOnly: They are open for looking alone.
        """
        if self.read_only:
            raise DataReadOnly(_READ_ONLY)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session for reading, of one consistent state of the file; it must not change anything.

        Raises:
            Situation: The file cannot be read.
        """
        from sqlalchemy import event
        from sqlalchemy.orm import Session

        with told(files=False), Session(self.engine, autoflush=False, expire_on_commit=False) as session:
            event.listen(session, "before_flush", _refuse)
            yield session

    @contextmanager
    def write(
        self, operation: str, title: str, who: str, at: datetime, *, undoable: bool = True
    ) -> Iterator[Unit]:
        """A write: one transaction with its change log; an error in the body takes everything back.

        Args:
            operation: Name of the service operation, e.g. ``registers.set_cells``.
            title: What the clerk reads in the undo menu and the history.
            who: Name of the clerk.
            at: Moment of the write, local time.
            undoable: Whether undo may take it back.

        Raises:
            Situation: Disk full, file gone, busy or damaged; nothing was written then.
        """
        from fupin_desktop.storage.unit import Purpose

        with self.write_for(Purpose(operation, title, who, at, undoable=undoable)) as unit:
            yield unit

    @contextmanager
    def write_for(self, purpose: Purpose) -> Iterator[Unit]:
        """Like :meth:`write`, for a purpose made elsewhere."""
        from sqlalchemy.orm import Session

        from fupin_desktop.storage.unit import Unit

        self.require_writable()
        with self.held(), told(files=False), Session(self._writers, expire_on_commit=False) as session:
            unit = Unit(session, purpose)
            session.connection()
            yield unit
            unit.finish()
            self.require_file()
            session.commit()
            self.revision += 1

    def end_connections(self) -> None:
        """Close what reads and writes the file, and forget what was read; it is opened anew when it is next needed."""
        self._seen = 0, {}
        if "engine" in self.__dict__:
            self.engine.dispose()

    def compact(self) -> None:
        """Write the file anew without what was removed from it, which lies in free pages until then.

        Raises:
            Situation: The disk is full or the file busy; it is as it was.
        """
        with self.held(), told():
            self.end_connections()
            with closing(connect(self.path, "rw")) as connection:
                connection.execute("PRAGMA busy_timeout=5000")
                connection.execute("VACUUM")
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def taken_over(self) -> None:
        """Go on with the file that has been put in the place of the one that was open."""
        for name in ("_writers", "engine"):
            self.__dict__.pop(name, None)
        self._identity = _identity(self.path)
        self.revision += 1

    def require_file(self) -> None:
        """Make sure that the data file is still the one that was opened; a deleted one can be written to, and is lost.

        Raises:
            DataFileReplaced: It was deleted, moved or replaced.
        """
        if _identity(self.path) != self._identity:
            raise DataFileReplaced(f"数据文件“{self.path.name}”在打开期间被删除、移走或换成了别的文件。")

    def rescue(self, target: Path) -> None:
        """Save what is open into another file, also where the data file itself is gone.

        Raises:
            Situation: The place is full or not writable, or nothing can be read any more.
        """
        with told(), self.engine.connect() as connection, closing(self._beginning(target)) as copy:
            driver = connection.connection.driver_connection
            opened: sqlite3.Connection = driver  # type: ignore[assignment] # SQLCipher's does the same
            opened.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")

    def _beginning(self, target: Path) -> sqlite3.Connection:
        """A new file for a copy, encrypted as the open one is, wherever it goes."""
        key = key_of(self.path) if is_encrypted(self.path) else None
        return connect(target, "rwc") if key is None else connect_with(target, "rwc", key)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep writers of other threads out; a write inside a write of the same thread is a bug."""
        with self._writing:
            if self._writer == threading.get_ident():
                raise RuntimeError("a write inside a write")
            self._writer = threading.get_ident()
            try:
                yield
            finally:
                self._writer = None

    def close(self) -> None:
        """Close the file and give the folder free."""
        if "engine" in self.__dict__:
            self.engine.dispose()
        self._lock.release()


def _identity(path: Path) -> tuple[int, int]:
    """What tells a file from another one of its name; nothing where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_dev, found.st_ino


def _refuse(session: Session, *_rest: object) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading session must not change records")


def open_store(folder: Path, *, now: datetime) -> Store:
    """Open the data file of a folder, making folder and file where they are missing.

    The folder is locked, the file checked, and a file of an older version backed up and then brought up to date. Where
    this user cannot write, as on a write-protected stick, the data are opened for looking alone.

    Args:
        folder: The office's data folder.
        now: Names the backup before an upgrade.

    Raises:
        DataFileBusy: Another running program holds the folder.
        DataLocked: The file is encrypted and the folder not unlocked.
        DataFileNewer: A newer version of the program wrote the file; it stays untouched.
        DataFileDamaged: The check failed; the file stays untouched. Of a large file the caller has every page checked
            afterwards, see :attr:`Store.unchecked`.
        NotWritable, PlaceGone, DiskFull: The folder or file cannot be written.
    """
    path = folder / DATA_FILE
    with told():
        private_folder(folder)
    lock = FolderLock(folder)
    try:
        lock.acquire()
    except NotWritable:
        return _open_fixed(path, lock)
    try:
        with told():
            _require_key(path)
            if path.exists() and not os.access(path, os.W_OK):
                return _open_fixed(path, lock)
            state = opening.inspect_file(path, at_start=True)
            opening.prepare(path, state, folder / BACKUP_FOLDER, now)
            _keep_private(path)
            clear_left_overs(folder)
            return Store(path, lock)
    except BaseException:
        lock.release()
        raise


def _open_fixed(path: Path, lock: FolderLock) -> Store:
    """For looking alone.

    Raises:
        NotWritable: It would have to be written first, or may not be read either.
        DataLocked, DataFileNewer, DataFileDamaged: As :func:`open_store`.
    """
    with told():
        _require_key(path)
        opening.require_readable(path)
    return Store(path, lock, read_only=True)


def _keep_private(path: Path) -> None:
    """What an earlier version or a copy by hand left readable to every user of the PC is closed to them."""
    for one, mode in ((path, PRIVATE_FILE), (path.parent / BACKUP_FOLDER, PRIVATE_FOLDER)):
        with suppress(OSError):
            if one.stat().st_mode & 0o077:
                one.chmod(mode)


def _require_key(path: Path) -> None:
    """Refuse an encrypted file whose key nobody has given yet.

    Raises:
        DataLocked: It is such a file.
    """
    if is_locked(path):
        raise DataLocked(f"“{path.parent.name}”里的数据有密码。")


def clear_left_overs(folder: Path) -> None:
    """Remove what killed starts, backups, restores, exports left behind, and all but the last replaced data files."""
    shutil.rmtree(folder / STAGE, ignore_errors=True)
    backups = folder / BACKUP_FOLDER
    for left_over in (*folder.glob("fupin*.part*"), *backups.glob("fupin_*.part*")):
        left_over.unlink(missing_ok=True)
    for old in sorted(backups.glob("replaced_*.sqlite"), reverse=True)[ASIDE_KEPT:]:
        for ending in ("", "-wal", "-shm"):
            old.with_name(old.name + ending).unlink(missing_ok=True)
