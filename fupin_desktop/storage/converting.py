"""Encrypting a plain data file, decrypting one, and doing the same with its backups; the old file stands until the end.

A copy is written beside the file in the other form, compared with it, flushed and renamed over it. A run that is killed
before leaves the old file, one killed later the new one: both open, because the file itself tells which it is.
"""

from __future__ import annotations

import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

from fupin_desktop.errors import DataFileBusy, DataFileDamaged
from fupin_desktop.paths import begin_private, flush_folder, rename
from fupin_desktop.storage import backup_files, encryption
from fupin_desktop.storage.driver import address, connect, connect_with, spelled
from fupin_desktop.storage.store import Store
from fupin_desktop.storage.trouble import told

PART = "fupin_converted.part"
_UNFLUSHED = ("PRAGMA converted.journal_mode=OFF", "PRAGMA converted.synchronous=OFF")
"""The copy counts only once it is whole and flushed; each table by itself need not be."""


def convert(store: Store, key: bytes | None) -> None:
    """Bring the open data file into the other form; the store goes on with it.

    Args:
        store: The open store; writers wait.
        key: Data key that it is encrypted with from now on; None for none.

    Raises:
        DataFileBusy: Something is still reading it; nothing was changed.
        Situation: The disk is full or the copy is not what the file is; nothing was changed.
    """
    folder, former = store.path.parent, encryption.key_of(store.path)
    with store.held(), told():
        store.require_file()
        part = folder / PART
        try:
            copy_as(store.path, part, former, key)
            store.end_connections()
            _end_log(store.path)
            rename(part, store.path)
        finally:
            part.unlink(missing_ok=True)
        _remember(folder, key)
        store.taken_over()


def _remember(folder: Path, key: bytes | None) -> None:
    if key is None:
        encryption.lock(folder)
    else:
        encryption.unlock(folder, key)


def _end_log(path: Path) -> None:
    """Bring the write-ahead log into the file: one that stayed behind would be taken for the new file's.

    Raises:
        DataFileBusy: Something is still reading the file.
    """
    with closing(connect(path, "rw")) as connection:
        connection.execute("PRAGMA busy_timeout=5000")
        if connection.execute("PRAGMA journal_mode=DELETE").fetchone() != ("delete",):
            raise DataFileBusy("数据文件还在使用，没有改动。", todo="请等正在做的事结束，然后再试一次。")
    flush_folder(path.parent)  # its journal is gone before another file takes its name


def copy_as(source: Path, target: Path, former: bytes | None, key: bytes | None) -> None:
    """Copy a data file into another form and compare the two.

    Args:
        source: The data file.
        target: Where the copy goes; what is there is removed.
        former: Data key of the source; None where it is plain.
        key: Data key of the copy; None for a plain one.

    Raises:
        DataFileDamaged: The copy is not what the file is.
    """
    target.unlink(missing_ok=True)
    with closing(connect_with(source, "rw", former)) as origin:
        words = spelled(key) if key else "''"
        begin_private(target)
        origin.execute(f"ATTACH DATABASE ? AS converted KEY {words}", (address(target, "rwc"),))
        for pragma in _UNFLUSHED:
            origin.execute(pragma)
        origin.execute("SELECT sqlcipher_export('converted')")
        origin.execute("DETACH DATABASE converted")
        counts = backup_files.counts_of(origin)
    with closing(connect_with(target, "rw", key)) as copy:
        backup_files.verify(copy, counts)
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def convert_backups(folder: Path, former: bytes | None, key: bytes | None, slots: str) -> list[str]:
    """Bring the backups of a folder into the other form.

    Args:
        folder: Where the backups are.
        former: Data key of those that are encrypted.
        key: Data key that they are encrypted with from now on; None for none.
        slots: Text of the keys file, which goes with each encrypted backup; empty for plain ones.

    Returns:
        Names of those that could not be converted; they stay as they are.

    Raises:
        Situation: The disk is full or the folder gone.
    """
    left = []
    for backup in backup_files.listed(folder):
        try:
            _convert_backup(backup.path, former, key, slots)
        except DataFileDamaged:
            left.append(backup.path.name)
    for aside in folder.glob("replaced_*.sqlite"):
        _convert_aside(aside, former, key, left)
    return left


def _convert_backup(path: Path, former: bytes | None, key: bytes | None, slots: str) -> None:
    plain, part, packed = (path.with_name(f"fupin_{name}.part") for name in ("read", "converted", "packed"))
    with told():
        try:
            backup_files.unpack(path, plain, former)
            _copied(plain, part, former, key)
            backup_files.pack(part, packed, slots)
            rename(packed, path.with_suffix(".zip"))
            if path.suffix != ".zip":
                path.unlink()
        finally:
            for left_over in (plain, part, packed):
                left_over.unlink(missing_ok=True)


def _copied(source: Path, target: Path, former: bytes | None, key: bytes | None) -> None:
    """Copy into the other form, whichever the source is in.

    Raises:
        DataFileDamaged: It cannot be read.
    """
    try:
        copy_as(source, target, former if encryption.is_encrypted(source) else None, key)
    except (sqlite3.Error, zipfile.BadZipFile) as error:
        raise DataFileDamaged(f"“{source.name}”读不出来。") from error


def _convert_aside(aside: Path, former: bytes | None, key: bytes | None, left: list[str]) -> None:
    """A replaced data file, as far as it can be read: it may have been replaced because it was damaged."""
    part = aside.with_name("fupin_aside.part")
    try:
        _copied(aside, part, former, key)
        rename(part, aside)
        for ending in ("-wal", "-shm"):
            aside.with_name(aside.name + ending).unlink(missing_ok=True)
    except Exception:
        left.append(aside.name)
    finally:
        part.unlink(missing_ok=True)

