"""What SQLite and the file system say, told as situations."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from fupin_desktop.errors import (
    DataFileBusy,
    DataFileDamaged,
    DiskFull,
    NotWritable,
    PlaceGone,
    Situation,
)

_PRIMARY = 0xFF
_WORDS = {
    "database or disk is full": sqlite3.SQLITE_FULL, "disk I/O error": sqlite3.SQLITE_IOERR,
    "unable to open database file": sqlite3.SQLITE_CANTOPEN, "is locked": sqlite3.SQLITE_BUSY,
    "readonly database": sqlite3.SQLITE_READONLY, "malformed": sqlite3.SQLITE_CORRUPT,
    "not a database": sqlite3.SQLITE_NOTADB,
}  # fmt: skip
_FULL = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}


def is_of_sqlite(error: object) -> bool:
    """Whether the standard library's driver raised it or SQLCipher's, which is not loaded to find out."""
    if isinstance(error, sqlite3.Error):
        return True
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return cipher is not None and isinstance(error, cipher.Error)


def _code_of(text: str) -> int:
    """The code behind SQLite's own words; SQLCipher's driver gives no code where a copy or an export stops."""
    return next((code for words, code in _WORDS.items() if words in text), 0)


def _of_sqlite(error: BaseException) -> Situation | None:
    code = (getattr(error, "sqlite_errorcode", None) or _code_of(str(error))) & _PRIMARY
    match code:
        case sqlite3.SQLITE_FULL:
            return DiskFull("磁盘空间不够，这一步没有写成。")
        case sqlite3.SQLITE_IOERR | sqlite3.SQLITE_CANTOPEN:
            return PlaceGone("数据文件读写不了，所在的磁盘或U盘可能已断开。")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return DataFileBusy("数据文件正被另一个程序占用。")
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_AUTH:
            return NotWritable("数据文件是只读的，不能写入。")
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return DataFileDamaged("数据文件已损坏。")
    return None


def situation_of(error: BaseException) -> Situation | None:
    """The situation behind a database or file error, or None where it is a bug."""
    origin = getattr(error, "orig", None)  # SQLAlchemy hands on the driver's error so; it is not imported for this
    if isinstance(origin, BaseException) and is_of_sqlite(origin):
        error = origin
    if is_of_sqlite(error):
        return _of_sqlite(error)
    if not isinstance(error, OSError):
        return None
    if error.errno in _FULL:
        return DiskFull("磁盘空间不够，没有写完。")
    if error.errno in _DENIED:
        return NotWritable(f"没有权限写入“{error.filename or '数据文件夹'}”。")
    return PlaceGone(f"读写不了“{error.filename or '数据文件夹'}”，所在的磁盘或U盘可能已断开。")


@contextmanager
def told(*, files: bool = True) -> Iterator[None]:
    """Turn database and file errors of the body into situations; anything else passes as it is.

    Args:
        files: Whether errors of the file system are meant too; not where the body is somebody else's work.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, OSError) and not files:
            raise
        situation = situation_of(error)
        if situation is None:
            raise
        raise situation from error
