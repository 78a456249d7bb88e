"""Backup files: written by SQLite's backup API, checked whole, compressed, named by date and change number, rotated."""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, NamedTuple

from fupin_desktop.errors import DataFileDamaged, DataLocked
from fupin_desktop.paths import begin_private, drop, private_folder, rename
from fupin_desktop.storage.driver import connect, connect_with
from fupin_desktop.storage.encryption import KEYS_FILE, is_encrypted, key_of
from fupin_desktop.storage.trouble import is_of_sqlite, told

DAYS, WEEKS, MONTHS = 7, 5, 12
FORCED_KEPT = 10
MEMBER = "fupin.sqlite"
"""Name of the data file inside a compressed backup."""
_STAMP = "%Y-%m-%d_%H%M%S"
_NAME = re.compile(r"fupin_(\d{4}-\d\d-\d\d_\d{6})_([a-z]+)(?:_(\d+))?\.(?:sqlite|zip)", re.ASCII)
_LEVEL = 4
"""zlib level: 6 saves another 3 % of a register's size and takes twice as long."""
_PIECE = 1 << 20
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, KeyError, ValueError, NotImplementedError,
    RuntimeError, sqlite3.DatabaseError, DataFileDamaged,
)  # fmt: skip
"""What zipfile and SQLite raise on a damaged backup."""
_LOCKED_TODO = "请输入做这份备份时的密码；忘记密码的，用那时的恢复码。"
_DAMAGED_BACKUP = "备份文件“{}”已损坏，不能使用。"


class Reason(StrEnum):
    """Why a backup was made; part of its file name."""

    DAILY = "daily"
    IMPORT = "import"
    UPGRADE = "upgrade"
    MANUAL = "manual"
    RESTORE = "restore"


class Backup(NamedTuple):
    """A backup file with what its name tells.

    Attributes:
        path: The file.
        at: Moment it was made, by the PC's clock of then.
        reason: Why it was made.
        number: Number of the last operation it holds; 0 where its name does not tell (made by version 0.1).
    """

    path: Path
    at: datetime
    reason: Reason
    number: int = 0

    @property
    def rank(self) -> tuple[int, datetime, str]:
        """How far it goes: by operations, because the PC's clock may have been wrong."""
        return self.number, self.at, self.path.name


def listed(folder: Path) -> list[Backup]:
    """The backups of a folder, the one that goes furthest first; other files are left out."""
    found = [backup for path in folder.glob("fupin_*") if (backup := _of_name(path)) is not None]
    return sorted(found, key=lambda backup: backup.rank, reverse=True)


def said_name(path: Path) -> str:
    """A backup as a clerk knows it: by its moment, else by the name that somebody gave it."""
    backup = _of_name(path)
    return f"“{path.name}”" if backup is None else f"{backup.at:%Y-%m-%d %H:%M}"


def _of_name(path: Path) -> Backup | None:
    """A backup by its name; None for a file of another name, as somebody may have given it by hand."""
    match = _NAME.fullmatch(path.name)
    if match is None or match[2] not in set(Reason):
        return None
    try:
        at = datetime.fromisoformat(match[1].replace("_", "T"))  # strptime() has to load the names of months
    except ValueError:
        return None
    return Backup(path, at, Reason(match[2]), int(match[3] or 0))


def write_backup(source: Path, folder: Path, now: datetime, reason: Reason) -> Backup:
    """Write a verified, compressed backup of a data file; it appears under its name only when it is whole.

    Raises:
        Situation: Disk full, folder gone, or the copy is not what the file is; no half backup stays.
    """
    with told():
        private_folder(folder)
        for left_over in folder.glob("fupin_*.part*"):
            drop(left_over)
        plain, packed = folder / "fupin_copy.part", folder / "fupin_packed.part"
        try:
            number = copy_verified(source, plain)
            pack(plain, packed, keys_text(source.parent))
            target = folder / f"fupin_{now.strftime(_STAMP)}_{reason.value}_{number}.zip"
            rename(packed, target)
        finally:
            drop(plain)
            drop(packed)
    return Backup(target, now.replace(microsecond=0), reason, number)


def copy_verified(source: Path, target: Path) -> int:
    """Copy a data file as it stands, its write-ahead log included, into one file, and verify the copy.

    Returns:
        Number of the last operation that the copy holds.

    Raises:
        DataFileDamaged: The copy is not what the file is.
    """
    target.unlink(missing_ok=True)
    with closing(connect(source, "rw")) as origin, closing(connect(target, "rwc")) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        verify(copy, counts_of(origin))
        return last_number(copy)


def last_number(connection: sqlite3.Connection) -> int:
    """Number of the last operation in the change log; 0 where there is none."""
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'change_sets'").fetchone()[0]
    return int(connection.execute("SELECT coalesce(max(number), 0) FROM change_sets").fetchone()[0]) if tables else 0


def counts_of(connection: sqlite3.Connection) -> dict[str, int]:
    """Records of each table."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = [name for (name,) in connection.execute(named).fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def verify(copy: sqlite3.Connection, counts: dict[str, int]) -> None:
    """A backup must pass the whole check, indexes included, and hold as many records as its origin.

    Raises:
        DataFileDamaged: It does not.
    """
    whole = copy.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    if not whole or counts_of(copy) != counts:
        raise DataFileDamaged("备份写好后没有通过核对，已删除。", todo="请检查磁盘，然后重新备份。")


def keys_text(folder: Path) -> str:
    """The keys file of a folder, which goes with its backups so that they can be opened elsewhere; empty for none."""
    path = folder / KEYS_FILE
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def keys_in(backup: Path) -> str:
    """The keys file that an encrypted backup brings along; empty for none."""
    try:
        with zipfile.ZipFile(backup) as archive:
            return archive.read(KEYS_FILE).decode("utf-8") if KEYS_FILE in archive.namelist() else ""
    except (*_BROKEN, OSError):
        return ""


def pack(plain: Path, packed: Path, keys: str = "") -> None:
    """Compress a copy, and read it back.

    Args:
        plain: The copy; an encrypted one cannot get smaller and is stored as it is.
        packed: The archive to be written.
        keys: The keys file that goes with it.

    Raises:
        DataFileDamaged: What is read back is not what was written.
    """
    begin_private(packed)
    encrypted = is_encrypted(plain)
    kind = zipfile.ZIP_STORED if encrypted else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(packed, "w", kind, compresslevel=_LEVEL) as archive:
        archive.write(plain, MEMBER)
        if keys and encrypted:
            archive.writestr(KEYS_FILE, keys)
    with packed.open("rb+") as written:
        os.fsync(written.fileno())
    with zipfile.ZipFile(packed) as archive, archive.open(MEMBER) as member, plain.open("rb") as origin:
        if _digest(member) != _digest(origin):
            raise DataFileDamaged("备份写好后没有通过核对，已删除。", todo="请检查磁盘，然后重新备份。")


def _digest(stream: Iterable[bytes] | BinaryIO) -> str:
    import hashlib  # no start makes a backup

    digest = hashlib.sha256()
    read = getattr(stream, "read")  # noqa: B009 - files and members of archives alike
    while piece := read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


def unpack(backup: Path, target: Path, key: bytes | None = None) -> None:
    """The data file that a backup holds, checked whole.

    Args:
        backup: The backup.
        target: Where the data file goes.
        key: Data key of an encrypted one; None takes that of the target's folder.

    Raises:
        DataLocked: It is encrypted, and nobody has unlocked it.
        DataFileDamaged: The backup is damaged or is none; nothing is left behind.
    """
    key = key or key_of(target)
    locked = DataLocked(f"备份文件“{backup.name}”有密码。", todo=_LOCKED_TODO)
    keys = keys_in(backup)
    if key is None and keys:
        raise locked
    fault = DataFileDamaged(
        _DAMAGED_BACKUP.format(backup.name), safe="数据文件没有被改动。", todo="请换一份较早的备份。"
    )
    target.unlink(missing_ok=True)
    try:
        begin_private(target)
        if zipfile.is_zipfile(backup):
            with zipfile.ZipFile(backup) as archive, archive.open(MEMBER) as member, target.open("wb") as plain:
                shutil.copyfileobj(member, plain, _PIECE)
            encrypted = is_encrypted(target)
            if encrypted and keys and not opens(target, key):
                raise locked
            with closing(connect_with(target, "rw", key) if encrypted else connect(target, "rw")) as connection:
                sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        else:
            copy_verified(backup, target)
            sound = True
    except Exception as error:
        target.unlink(missing_ok=True)
        if not is_broken(error) and not is_of_sqlite(error):
            raise
        raise fault from error
    if not sound:
        target.unlink(missing_ok=True)
        raise fault


def is_broken(error: BaseException) -> bool:
    """Whether an error tells of a damaged archive: by a false place in it zipfile seeks before its beginning."""
    return isinstance(error, _BROKEN) or (isinstance(error, OSError) and error.errno == errno.EINVAL)


def opens(path: Path, key: bytes | None) -> bool:
    """Whether a data key is the one of an encrypted file, as far as its first page tells; a damaged one it does not."""
    with closing(connect_with(path, "ro", key)) as connection:
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except Exception as error:
            if not is_of_sqlite(error):
                raise
            return False
    return True


def copy_beside(backup: Backup, folder: Path) -> Path:
    """Copy a backup to a second place, read it back there, and remove there what newer ones supersede.

    Raises:
        Situation: The place is gone, full or not writable, or what was read back differs; no half file stays.
    """
    target, part = folder / backup.path.name, folder / f"{backup.path.stem}.part"
    with told():
        try:
            begin_private(part)
            with backup.path.open("rb") as source, part.open("wb") as copy:
                shutil.copyfileobj(source, copy, _PIECE)
                copy.flush()
                os.fsync(copy.fileno())
            with backup.path.open("rb") as source, part.open("rb") as copy:
                if _digest(source) != _digest(copy):
                    raise DataFileDamaged("第二处备份写好后没有通过核对，已删除。", todo="请换一个U盘或文件夹。")
            rename(part, target)
        finally:
            drop(part)
        remove(superseded(listed(folder), target))
    return target


def remove(backups: Iterable[Backup]) -> None:
    """Remove superseded backups; one that cannot be removed now is no fault of the one just made."""
    for old in backups:
        drop(old.path)


def superseded(backups: Iterable[Backup], made: Path | None = None) -> list[Backup]:
    """Backups to be removed: daily ones beyond 7 days, 5 weeks and 12 months, forced ones beyond the last ten.

    Of each day, ISO week and month the daily backup that goes furthest counts; of several that hold the same
    operations the last one. The one just made always stays, whatever the PC's clock says.

    Args:
        backups: All backups of a folder.
        made: The one just made.
    """
    furthest_first = sorted(backups, key=lambda backup: backup.rank, reverse=True)
    daily = _by_content([backup for backup in furthest_first if backup.reason is Reason.DAILY])
    forced = [backup for backup in furthest_first if backup.reason is not Reason.DAILY]
    kept = {
        made,
        *_furthest_of(daily, lambda at: at.date(), DAYS),
        *_furthest_of(daily, lambda at: at.isocalendar()[:2], WEEKS),
        *_furthest_of(daily, lambda at: (at.year, at.month), MONTHS),
        *(backup.path for backup in forced[:FORCED_KEPT]),
    }
    return [backup for backup in furthest_first if backup.path not in kept]


def _by_content(furthest_first: list[Backup]) -> list[Backup]:
    """One backup of each state; those whose number is not known are all states of their own."""
    seen: set[int] = set()
    found = []
    for backup in furthest_first:
        if backup.number and backup.number in seen:
            continue
        seen.add(backup.number)
        found.append(backup)
    return found


def _furthest_of(furthest_first: list[Backup], period: Callable[[datetime], object], count: int) -> list[Path]:
    """The furthest backup of each of the last periods that have one."""
    furthest: dict[object, Path] = {}
    for backup in furthest_first:
        furthest.setdefault(period(backup.at), backup.path)
    return list(furthest.values())[:count]
