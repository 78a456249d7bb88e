"""Connections of the driver itself, which never make a file where one has gone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Literal

Mode = Literal["ro", "rw", "rwc"]


def address(path: Path, mode: Mode) -> str:
    """The URI of a data file; SQLite wants four slashes before a network share."""
    uri = path.resolve().as_uri()
    if not uri.startswith("file:///"):
        uri = f"file:////{uri.removeprefix('file://')}"
    return f"{uri}?mode={mode}"


def connect(path: Path, mode: Mode) -> sqlite3.Connection:
    """A connection for reading, for writing, or for making the file where it is missing.

    Raises:
        sqlite3.OperationalError: The file cannot be opened that way.
    """
    return sqlite3.connect(address(path, mode), uri=True, check_same_thread=False)
