"""Which situation each trouble of SQLite and the file system is."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy.exc import OperationalError

from fupin_desktop.errors import DataFileBusy, DataFileDamaged, DiskFull, NotWritable, PlaceGone, Situation, cause_of
from fupin_desktop.storage.driver import cipher, connect_with
from fupin_desktop.storage.trouble import situation_of, told

EXTENDED = 0x1900


def sqlite_error(code: int) -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("told by SQLite")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("code", "situation"),
    [
        (sqlite3.SQLITE_FULL, DiskFull),
        (sqlite3.SQLITE_IOERR, PlaceGone),
        (sqlite3.SQLITE_IOERR | EXTENDED, PlaceGone),
        (sqlite3.SQLITE_CANTOPEN, PlaceGone),
        (sqlite3.SQLITE_BUSY, DataFileBusy),
        (sqlite3.SQLITE_LOCKED, DataFileBusy),
        (sqlite3.SQLITE_READONLY, NotWritable),
        (sqlite3.SQLITE_CORRUPT, DataFileDamaged),
        (sqlite3.SQLITE_NOTADB, DataFileDamaged),
    ],
)
def test_sqlite_errors_bare_and_wrapped(code: int, situation: type[Situation]) -> None:
    bare = sqlite_error(code)
    for error in (bare, OperationalError("SELECT 1", {}, bare)):
        found = situation_of(error)
        assert type(found) is situation
        assert found.happened.endswith("。")
        assert found.todo


@pytest.mark.parametrize(
    ("number", "situation"),
    [(errno.ENOSPC, DiskFull), (errno.EACCES, NotWritable), (errno.EROFS, NotWritable), (errno.ENODEV, PlaceGone)],
)
def test_file_errors_name_the_file(number: int, situation: type[Situation]) -> None:
    found = situation_of(OSError(number, "told by the system", "备份/x.sqlite"))
    assert type(found) is situation
    assert situation is DiskFull or "备份/x.sqlite" in found.happened


@pytest.mark.parametrize("error", [sqlite_error(sqlite3.SQLITE_ERROR), ValueError("a bug"), KeyError("a bug")])
def test_bugs_stay_bugs(error: Exception) -> None:
    assert situation_of(error) is None
    with pytest.raises(type(error)) as caught, told():
        raise error
    assert caught.value is error


def test_file_errors_of_somebody_else_s_work_pass() -> None:
    with pytest.raises(FileNotFoundError), told(files=False):
        raise FileNotFoundError(errno.ENOENT, "a workbook")
    with pytest.raises(DiskFull), told(files=False):
        raise sqlite_error(sqlite3.SQLITE_FULL)


def test_a_situation_keeps_what_lay_behind_it() -> None:
    behind = sqlite_error(sqlite3.SQLITE_FULL)
    with pytest.raises(DiskFull) as caught, told():
        raise behind
    assert caught.value.__cause__ is behind


@pytest.mark.parametrize("code", sorted(errno.errorcode))
def test_the_cause_of_a_file_error_is_told_in_chinese(code):
    """What the system says is English, on a Chinese Windows too."""
    told_ = cause_of(OSError(code, os.strerror(code)))
    assert not re.search("[A-Za-z]", told_)
    assert re.match("[一-鿿]", told_)


def test_a_wrong_key_is_no_database_and_prints_nothing(tmp_path, capfd):
    """What SQLCipher would print is English; the program tells it in its own words."""
    path = tmp_path / "data.sqlite"
    with closing(connect_with(path, "rwc", bytes(32))) as made:
        made.execute("CREATE TABLE villages (name)")
    with closing(connect_with(path, "rw", bytes(range(32)))) as wrong, pytest.raises(cipher().DatabaseError):
        wrong.execute("SELECT * FROM villages")
    assert capfd.readouterr() == ("", "")
