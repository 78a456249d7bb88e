"""Copies of attached files beside the copies of backups at the second place, and the way back from there.

Attached files never change, so each is copied once and not with every backup; as it lies in the data folder, encrypted
where the office is.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import told_as_situation, write_atomically
from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.paths import private_folder
from fupin_desktop.services import attachments
from fupin_desktop.services.attached_forms import plain_files, seal_all, seal_left, sealed, what_is_in
from fupin_desktop.services.attachments import FOLDER, Attached, pieces_of
from fupin_desktop.storage.encryption import key_of


def copy_out(folder: Path, place: Path) -> tuple[int, list[str]]:
    """Copy to a second place what is not there yet; what was copied plain before a password was set is encrypted.

    Args:
        folder: The office's data folder.
        place: The second place.

    Returns:
        How many files were copied, and the names of those that are damaged here, which were not.

    Raises:
        Situation: The place is gone, full or not writable; what was copied before stays.
    """
    key = key_of(folder)
    if key is not None:
        seal_left(folder)
        seal_all(place, key)
    copied, damaged = 0, []
    for path in plain_files(folder) if key is None else sealed(folder):
        target = place / FOLDER / path.parent.name / path.name
        if target.is_file() and target.stat().st_size == path.stat().st_size:
            continue
        try:
            _require_whole(path, key)
        except (UnreadableFile, FileMissing):
            damaged.append(path.name)
            continue
        with told_as_situation(target):
            private_folder(target.parent)
        write_atomically(target, partial(_copy, path))
        copied += 1
    return copied, damaged


def _require_whole(path: Path, key: bytes | None) -> None:
    """Make sure that a content is what its name says.

    Raises:
        UnreadableFile, FileMissing: It is not.
    """
    if key is None:
        whole = attachments.measured(pieces_of(path), path.name).sha256 == path.name
    else:
        whole = attachments.sealed_place(path, what_is_in(path, key).sha256, key).name == path.name
    if not whole:
        raise UnreadableFile(f"附件“{path.name}”坏了。")


def _copy(path: Path, stream: BinaryIO) -> None:
    stream.writelines(pieces_of(path))


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
    key = key or key_of(folder)
    found = sum(_kept(folder, Attached(path.name, path.name, path.stat().st_size), path) for path in plain_files(place))
    if key is not None:
        found += sum(_unsealed_back(path, place, folder, key) for path in sealed(place))
    return found


def _unsealed_back(path: Path, place: Path, folder: Path, key: bytes) -> bool:
    """Bring back what lies encrypted there; one of an earlier password stays away."""
    if key == key_of(folder) and (folder / path.relative_to(place)).is_file():
        return False
    try:
        found = what_is_in(path, key)
    except (UnreadableFile, FileMissing):
        return False
    return _kept(folder, found, path, key)


def _kept(folder: Path, file: Attached, path: Path, key: bytes | None = None) -> bool:
    if attachments.is_there(folder, file):
        return False
    try:
        pieces = partial(pieces_of, path) if key is None else partial(attachments.unsealed, path, key, file.name)
        attachments.keep(folder, file, pieces)
    except (UnreadableFile, FileMissing):
        return False
    return True
