"""Bringing attached files into the form of their office: encrypted where it has a password, plain where it has none.

Each is written whole in the other form before the former one is removed, so that a killed run leaves every file in the
one form or the other; both are read (``services.attachments``), and the next start goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import BinaryIO

from fupin_desktop.documents.atomic import told_as_situation, write_atomically
from fupin_desktop.errors import FileMissing, UnreadableFile
from fupin_desktop.paths import private_folder
from fupin_desktop.services import attachments
from fupin_desktop.services.attachments import FOLDER, Attached
from fupin_desktop.storage import sealed_files
from fupin_desktop.storage.encryption import key_of

_NAME_LENGTH = 64


def plain_files(place: Path) -> Iterator[Path]:
    """The contents that lie plain in the folder of attached files of a place."""
    yield from (path for path in sorted(_all(place)) if len(path.name) == _NAME_LENGTH)


def sealed(place: Path) -> Iterator[Path]:
    """The contents that lie encrypted in the folder of attached files of a place."""
    yield from (path for path in sorted(_all(place)) if path.suffix == sealed_files.ENDING)


def _all(place: Path) -> Iterator[Path]:
    return (path for path in (place / FOLDER).glob("??/*") if path.is_file())


def seal_left(folder: Path) -> int:
    """Encrypt what lies plain in an encrypted office; nothing is done in a plain one.

    Raises:
        Situation: It could not be written; what was not reached stays plain.
    """
    key = key_of(folder)
    return 0 if key is None else seal_all(folder, key)


def seal_all(place: Path, key: bytes) -> int:
    """Encrypt the contents of a place; a damaged one too, which is told when it is read.

    Raises:
        Situation: It could not be written; what was not reached stays plain.
    """
    count = 0
    for path in plain_files(place):
        target = attachments.sealed_place(place, path.name, key)
        if not target.is_file():
            with told_as_situation(target):
                private_folder(target.parent)
            pieces = sealed_files.sealed(attachments.pieces_of(path), key)
            write_atomically(target, partial(_write, pieces))
        _gone(path)
        count += 1
    return count


def unseal_all(place: Path, key: bytes) -> list[str]:
    """Decrypt the contents of a place.

    Returns:
        Names of those on the disk that are damaged, or of another key; they stay as they are.

    Raises:
        Situation: It could not be written; what was not reached stays encrypted.
    """
    left = []
    for path in sealed(place):
        try:
            found = what_is_in(path, key)
        except (UnreadableFile, FileMissing):
            left.append(path.name)
            continue
        target = attachments.plain_place(place, found.sha256)
        if not target.is_file():
            with told_as_situation(target):
                private_folder(target.parent)
            write_atomically(target, partial(_write, attachments.unsealed(path, key, path.name)))
        _gone(path)
    return left


def what_is_in(path: Path, key: bytes) -> Attached:
    """What an encrypted file holds, by its content.

    Raises:
        UnreadableFile: It is damaged, or of another key.
        FileMissing: It is gone.
    """
    return attachments.measured(attachments.unsealed(path, key, path.name), path.name)


def _write(pieces: Iterator[bytes], stream: BinaryIO) -> None:
    stream.writelines(pieces)


def _gone(path: Path) -> None:
    """Remove the former form, and its folder where it was the last in it."""
    path.unlink(missing_ok=True)
    with suppress(OSError):
        path.parent.rmdir()
