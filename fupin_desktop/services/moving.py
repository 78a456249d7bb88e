"""Taking the office's data to another folder: all of it copied and checked there, what is here stays until then."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from fupin_desktop.errors import NotAllowed
from fupin_desktop.paths import private_folder, rename
from fupin_desktop.services.attachments import VIEWED
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.encryption import share_key
from fupin_desktop.storage.lock import LOCK_NAME
from fupin_desktop.storage.store import DATA_FILE
from fupin_desktop.storage.trouble import told

_LEFT_HERE = {LOCK_NAME, DATA_FILE, f"{DATA_FILE}-wal", f"{DATA_FILE}-shm", "日志", "首页.json", "导出暂存", VIEWED}
"""What another folder makes for itself: the lock, the logs, the kept first page, files under way; the data file goes by
itself."""


def copy_data(bench: Workbench, folder: Path, progress: Progress) -> Path:
    """Copy the open data with backups, own forms and files into an empty folder, and check the copy.

    Args:
        bench: The office.
        folder: Where to; made where it is missing.
        progress: Told how far it is.

    Returns:
        The folder, ready to be opened. The old one stays as it was.

    Raises:
        NotAllowed: The folder holds data already, or lies inside the present one.
        Situation: It is full, gone or not writable, or the copy is not what the data are; nothing is left there.
        Cancelled: By ``progress``; nothing is left there.
    """
    here = bench.data_folder.resolve()
    if folder.resolve().is_relative_to(here):
        raise NotAllowed("新的文件夹不能在现在的数据文件夹里面。", todo="请选别的文件夹。")
    if (folder / DATA_FILE).exists():
        raise NotAllowed(f"“{folder}”里已经有一份台账数据。", todo="请选一个空的文件夹，或者直接打开那里的数据。")
    wanted = belongings(here)
    made: list[Path] = []
    with told():
        try:
            private_folder(folder)
            for place, path in enumerate(wanted):
                progress(place, len(wanted) + 1, f"正在复制 {path.name}")
                _copy(path, folder / path.relative_to(here), made)
            progress(len(wanted), len(wanted) + 1, "正在复制数据文件")
            _copy_data_file(bench, folder, made)
        except BaseException:
            for path in made:
                path.unlink(missing_ok=True)
            raise
    return folder


def belongings(folder: Path) -> list[Path]:
    """What an office has besides its data file: backups, attached files, own forms and layouts, keys."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not _stays(path.relative_to(folder)))


def _stays(path: Path) -> bool:
    return path.parts[0] in _LEFT_HERE or path.name.endswith(".part")


def _copy(source: Path, target: Path, made: list[Path]) -> None:
    private_folder(target.parent)
    if not target.exists():
        made.append(target)
        shutil.copy2(source, target)


def _copy_data_file(bench: Workbench, folder: Path, made: list[Path]) -> None:
    """The data file last, so that a folder half copied is never taken for an office's."""
    part = folder / "fupin_moved.part"
    made.append(part)
    with bench.store.held():
        bench.store.rescue(part)
        share_key(bench.data_folder, folder)
        with closing(connect(part, "rw")) as copy:
            if copy.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the copy is damaged")
    rename(part, folder / DATA_FILE)
