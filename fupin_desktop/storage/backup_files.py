"""Backup files: written by SQLite's backup API, verified, named by date, rotated."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from fupin_desktop.errors import DataFileDamaged
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.trouble import told

DAYS, WEEKS, MONTHS = 7, 5, 12
FORCED_KEPT = 10
_STAMP = "%Y-%m-%d_%H%M%S"
_NAME = re.compile(r"fupin_(\d{4}-\d\d-\d\d_\d{6})_(\w+)\.sqlite")


class Reason(StrEnum):
    """Why a backup was made; part of its file name."""

    DAILY = "daily"
    IMPORT = "import"
    UPGRADE = "upgrade"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup file with the moment and reason read from its name."""

    path: Path
    at: datetime
    reason: Reason


def listed(folder: Path) -> list[Backup]:
    """The backups of a folder, the newest first; other files are left out."""
    found = []
    for path in folder.glob("fupin_*.sqlite"):
        match = _NAME.fullmatch(path.name)
        if match and match[2] in set(Reason):
            at = datetime.fromisoformat(match[1].replace("_", "T"))
            found.append(Backup(path, at, Reason(match[2])))
    return sorted(found, key=lambda backup: (backup.at, backup.path.name), reverse=True)


def write_backup(source: Path, folder: Path, now: datetime, reason: Reason) -> Backup:
    """Write a verified backup of a data file; it appears under its name only when it is whole.

    Raises:
        Situation: Disk full, folder gone, or the copy is not what the file is; no half backup stays.
    """
    target = folder / f"fupin_{now.strftime(_STAMP)}_{reason.value}.sqlite"
    beside = target.with_suffix(".part")
    with told():
        folder.mkdir(exist_ok=True)
        for left_over in folder.glob("fupin_*.part"):
            left_over.unlink()
        try:
            copy_verified(source, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    return Backup(target, now.replace(microsecond=0), reason)


def copy_verified(source: Path, target: Path) -> None:
    """Copy a data file as it stands, its write-ahead log included, into one file, and verify the copy.

    Raises:
        DataFileDamaged: The copy is not what the file is.
    """
    target.unlink(missing_ok=True)
    with closing(connect(source, "rw")) as origin, closing(connect(target, "rwc")) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        verify(copy, _counts(origin))


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    """Records of each table."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = [name for (name,) in connection.execute(named).fetchall()]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}  # noqa: S608


def verify(copy: sqlite3.Connection, counts: dict[str, int]) -> None:
    """A backup must pass the check and hold as many records as its origin.

    Raises:
        DataFileDamaged: It does not.
    """
    whole = copy.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    if not whole or _counts(copy) != counts:
        raise DataFileDamaged("备份写好后没有通过核对，已删除。", todo="请检查磁盘，然后重新备份。")


def superseded(backups: Iterable[Backup]) -> list[Backup]:
    """Backups to be removed: daily ones beyond 7 days, 5 weeks and 12 months, forced ones beyond the last ten.

    Of each day, ISO week and month the newest daily backup counts.
    """
    newest_first = sorted(backups, key=lambda backup: backup.at, reverse=True)
    daily = [backup for backup in newest_first if backup.reason is Reason.DAILY]
    forced = [backup for backup in newest_first if backup.reason is not Reason.DAILY]
    kept = {
        *_newest_of(daily, lambda at: at.date(), DAYS),
        *_newest_of(daily, lambda at: at.isocalendar()[:2], WEEKS),
        *_newest_of(daily, lambda at: (at.year, at.month), MONTHS),
        *(backup.path for backup in forced[:FORCED_KEPT]),
    }
    return [backup for backup in newest_first if backup.path not in kept]


def _newest_of(newest_first: list[Backup], period: Callable[[datetime], object], count: int) -> list[Path]:
    """The newest backup of each of the last periods that have one."""
    newest: dict[object, Path] = {}
    for backup in newest_first:
        newest.setdefault(period(backup.at), backup.path)
    return list(newest.values())[:count]
