"""Copies of attached files beside the copies of backups at the second place, and the way back from there.

Attached files never change, so each is copied once and not with every backup: as a file of its own where the office is
plain, into one encrypted file where it has a password.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import told_as_situation, write_atomically
from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.paths import private_folder, rename
from fupin_desktop.services.attachments import FOLDER, Attached, copy_content, verify
from fupin_desktop.services.files import write_bytes
from fupin_desktop.storage.backup_files import opens
from fupin_desktop.storage.driver import connect_with
from fupin_desktop.storage.encryption import is_encrypted, key_of
from fupin_desktop.storage.store import DATA_FILE
from fupin_desktop.storage.trouble import told

STORE = "附件.加密"
_MAKE = "CREATE TABLE IF NOT EXISTS files (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL)"
_NAME_LENGTH = 64


def copy_out(folder: Path, place: Path) -> tuple[int, list[str]]:
    """Copy to a second place what is not there yet.

    Args:
        folder: The office's data folder.
        place: The second place.

    Returns:
        How many files were copied, and the names of those that are damaged here, which were not.

    Raises:
        Situation: The place is gone, full or not writable; what was copied before stays.
    """
    wanted = list(_files(folder / FOLDER))
    if not wanted:
        return 0, []
    key = key_of(folder) if is_encrypted(folder / DATA_FILE) else None
    return _into_files(wanted, folder, place) if key is None else _into_store(wanted, folder, place, key)


def bring_back(place: Path, folder: Path, key: bytes | None = None) -> int:
    """Copy back from a second place what is missing here, after a backup was restored from there.

    Args:
        place: The folder that the backup lies in.
        folder: The office's data folder.
        key: Data key of a backup with a password of its own; None takes that of the folder.

    Returns:
        How many files were copied; one that is damaged there stays away.

    Raises:
        Situation: The data folder is full or not writable.
    """
    if place.resolve().is_relative_to(folder.resolve()):
        return 0  # one of the folder's own backups, whose files are here
    found, _damaged = _into_files(list(_files(place / FOLDER)), place, folder)
    key = key or key_of(folder)
    if key is not None and (place / STORE).is_file() and opens(place / STORE, key):
        found += _out_of_store(place / STORE, folder, key)
    return found


def _files(folder: Path) -> Iterator[Attached]:
    """The attached files below a folder, by their names."""
    for path in sorted(folder.glob("??/*")):
        if len(path.name) == _NAME_LENGTH and path.is_file():
            yield Attached(path.name, path.name, path.stat().st_size)


def _has(folder: Path, file: Attached) -> bool:
    there = file.place(folder)
    return there.is_file() and there.stat().st_size == file.size


def _into_files(wanted: list[Attached], source: Path, target: Path) -> tuple[int, list[str]]:
    copied, damaged = 0, []
    for file in wanted:
        if _has(target, file):
            continue
        there = file.place(target)
        try:
            with told_as_situation(there):
                private_folder(there.parent)
            write_atomically(there, partial(_copy, file, source))
            copied += 1
        except (UnreadableFile, FileMissing):
            damaged.append(file.name)
    return copied, damaged


def _copy(file: Attached, source: Path, stream: BinaryIO) -> None:
    copy_content(file.place(source), stream, file)


def _into_store(wanted: list[Attached], folder: Path, place: Path, key: bytes) -> tuple[int, list[str]]:
    copied, damaged = 0, []
    if (place / STORE).is_file() and not opens(place / STORE, key):
        with told():  # of a former password, for the backups of then
            rename(place / STORE, place / f"{STORE}.旧")
    with _store(place / STORE, key) as kept:
        kept.execute(_MAKE)
        there = {name for (name,) in kept.execute("SELECT sha256 FROM files").fetchall()}
        for file in wanted:
            if file.sha256 in there:
                continue
            try:
                verify(folder, file)
            except (UnreadableFile, FileMissing):
                damaged.append(file.name)
                continue
            kept.execute("INSERT INTO files VALUES (?, ?)", (file.sha256, file.place(folder).read_bytes()))
            kept.commit()
            copied += 1
    return copied, damaged


def _out_of_store(store: Path, folder: Path, key: bytes) -> int:
    copied = 0
    with _store(store, key) as kept:
        for name, size in kept.execute("SELECT sha256, length(content) FROM files").fetchall():
            file = Attached(name, name, size)
            if _has(folder, file):
                continue
            (content,) = kept.execute("SELECT content FROM files WHERE sha256 = ?", (name,)).fetchone()
            if hashlib.sha256(content).hexdigest() == name:
                private_folder(file.place(folder).parent)
                write_bytes(file.place(folder), content)
                copied += 1
    return copied


@contextmanager
def _store(path: Path, key: bytes) -> Iterator[sqlite3.Connection]:
    with told(), closing(connect_with(path, "rwc", key)) as connection:
        yield connection
