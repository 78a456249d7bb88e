"""Connections of the driver itself, which never make a file where one has gone.

Plain files are read by the standard library's SQLite, encrypted ones by SQLCipher, which is loaded only for them.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

from fupin_desktop.errors import DataLocked
from fupin_desktop.paths import begin_private
from fupin_desktop.storage.encryption import KEYS_FILE, is_encrypted, key_of

Mode = Literal["ro", "rw", "rwc", "fixed"]
"""``fixed``: for reading what nobody can change meanwhile, as on a write-protected medium: SQLite makes no file."""


def address(path: Path, mode: Mode) -> str:
    """The URI of a data file; SQLite wants four slashes before a network share."""
    uri = path.resolve().as_uri()
    if not uri.startswith("file:///"):
        uri = f"file:////{uri.removeprefix('file://')}"
    return f"{uri}?mode=ro&immutable=1" if mode == "fixed" else f"{uri}?mode={mode}"


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """A connection for reading, for writing, or for making the file where it is missing.

    A new file in an unlocked folder is made encrypted; one that is there is taken as it is.

    Raises:
        sqlite3.OperationalError: The file cannot be opened that way.
        DataLocked: It is encrypted, and nobody has unlocked its folder.
    """
    if mode == "rwc":
        _begin(path)
    key = key_of(path)
    if key is None and is_encrypted(path) and (path.parent / KEYS_FILE).is_file():
        raise DataLocked(f"“{path.parent.name}”里的数据有密码。")
    if key is None or (_has_content(path) and not is_encrypted(path)):
        return sqlite3.connect(address(path, mode), uri=True, check_same_thread=False)
    return connect_with(path, mode, key)


def connect_with(path: Path, mode: Mode, key: bytes | None) -> sqlite3.Connection:
    """A connection of SQLCipher's: with a data key to an encrypted file, without one to a plain file.

    Its classes are its own, and do what those of the standard library do.
    """
    if mode == "rwc":
        _begin(path)
    opened: Any = cipher().connect(address(path, mode), uri=True, check_same_thread=False)
    opened.execute("PRAGMA cipher_log_level = NONE").close()  # it prints in English what this program tells
    if key is not None:
        opened.execute(f"PRAGMA key = {spelled(key)}").close()
    connection: sqlite3.Connection = opened
    return connection


def _begin(path: Path) -> None:
    """A new file is its owner's alone; what cannot be made is told by SQLite."""
    with suppress(OSError):
        begin_private(path)


def spelled(key: bytes) -> str:
    """A data key as SQLCipher takes it, without stretching it: it is random already."""
    return f"\"x'{key.hex()}'\""


def cipher() -> Any:
    """The module of SQLCipher."""
    from sqlcipher3 import dbapi2

    return dbapi2


def module_for(path: Path) -> Any:
    """The driver module whose connections :func:`connect` gives for a file."""
    plain = key_of(path) is None or (_has_content(path) and not is_encrypted(path))
    return sqlite3 if plain else cipher()


def _has_content(path: Path) -> bool:
    try:
        return path.stat().st_size > 0
    except FileNotFoundError:
        return False
