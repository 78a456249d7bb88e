"""Which data files are encrypted (SQLCipher), and the data keys of unlocked folders; ``keys_file`` says who unlocks.

Whether a file is encrypted is read off the file itself: a plain one begins with SQLite's own words, an encrypted one
with random salt. So a conversion that is killed leaves either the one or the other, and both open.
"""

from __future__ import annotations

from pathlib import Path

KEYS_FILE = "fupin.keys"
_MAGIC = b"SQLite format 3\0"
_unlocked: dict[Path, bytearray] = {}


def is_encrypted(path: Path) -> bool:
    """Whether a file has content that is no plain data file; so has a plain one whose beginning is damaged."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_MAGIC))
    except FileNotFoundError:
        return False
    return bool(head) and head != _MAGIC


def is_locked(path: Path) -> bool:
    """Whether a data file is encrypted and nobody has unlocked its folder yet."""
    return is_encrypted(path) and key_of(path) is None and (path.parent / KEYS_FILE).is_file()


def key_of(path: Path) -> bytes | None:
    """The data key for files in an unlocked folder, or anywhere below it; None where they are plain or locked."""
    if not _unlocked:
        return None
    place = path.resolve()
    return next((bytes(_unlocked[folder]) for folder in (place, *place.parents) if folder in _unlocked), None)


def unlock(folder: Path, key: bytes) -> None:
    """Let the program read and write the encrypted files of a folder."""
    _unlocked[folder.resolve()] = bytearray(key)


def share_key(folder: Path, other: Path) -> None:
    """Unlock a folder that is to hold the same data; nothing where they are plain."""
    key = key_of(folder)
    if key is not None:
        unlock(other, key)


def lock(folder: Path) -> None:
    """Forget the data key of a folder; its bytes are overwritten, copies that Python made of it are left to Python."""
    kept = _unlocked.pop(folder.resolve(), bytearray())
    kept[:] = bytes(len(kept))
