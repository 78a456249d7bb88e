"""What is done to a data file before it is used: check, refuse, create, upgrade."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fupin_desktop.errors import DataFileDamaged, DataFileNewer, NotWritable
from fupin_desktop.storage import backup_files, migrations
from fupin_desktop.storage.driver import connect
from fupin_desktop.storage.encryption import is_encrypted
from fupin_desktop.storage.trouble import is_of_sqlite

if TYPE_CHECKING:
    from sqlalchemy import MetaData

CHECKED_LATER = 32 << 20
"""Bytes from which a start leaves the check of every page until the window is up: it reads the whole file."""
_NEWER = "数据文件是更新版本的程序写的，本版本不认识它。"
_DAMAGED = "数据文件没有通过完整性检查，可能已损坏。"
_EMPTIED = "数据文件不见了或是空的，而“备份”文件夹里有它的备份。"

_UNCLOSED = "数据文件上次没有正常关闭，放在不能写入的地方打不开。"
_OLDER = "这份数据是旧版程序写的，要先升级，放在不能写入的地方打不开。"
_COPY = "请把整个数据文件夹复制到本机硬盘上，打开那里的数据。"


class FileState(Enum):
    """How a data file stands to this program."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"


def connect_quietly(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, if the file can be read that way; else an ordinary one.

    A write-ahead log without its index file, or a journal to be rolled back, needs an ordinary connection; a killed
    process can leave them.
    """
    connection = connect(path, "ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except Exception as error:
        connection.close()
        if not is_of_sqlite(error):
            raise
        return connect(path, "rw")
    return connection


def quick_check(connection: sqlite3.Connection) -> None:
    """Check the whole file.

    Raises:
        DataFileDamaged: It is damaged.
    """
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise DataFileDamaged(_DAMAGED)


def is_checked_later(path: Path) -> bool:
    """Whether the pages of a data file are so many that a start looks at its length alone."""
    return path.exists() and path.stat().st_size >= CHECKED_LATER and not is_encrypted(path)


def inspect_file(path: Path, *, fixed: bool = False, at_start: bool = False) -> FileState:
    """Check a data file without changing it.

    Args:
        path: The data file.
        fixed: Whether it lies where nothing can be written.
        at_start: Whether the window waits for it: of a large file of the present version the pages are checked later.

    Raises:
        DataFileNewer: Its version is unknown here.
        DataFileDamaged: The check fails, or it is no data file of this program.
    """
    if not path.exists() or path.stat().st_size == 0:
        return FileState.EMPTY
    with closing(connect(path, "fixed") if fixed else connect_quietly(path)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if not tables:
            return FileState.EMPTY
        if migrations.VERSION_TABLE not in tables:
            raise DataFileDamaged("这个文件不是本程序的数据文件。", todo="请选择正确的数据文件夹，或从备份恢复。")
        found = [version for (version,) in connection.execute(f"SELECT version_num FROM {migrations.VERSION_TABLE}")]  # noqa: S608
        if not set(found) <= set(migrations.KNOWN) or not found:
            raise DataFileNewer(_NEWER)
        state = FileState.CURRENT if found == [migrations.HEAD] else FileState.OLDER
        if at_start and state is FileState.CURRENT and is_checked_later(path):
            _require_length(connection, path)
        elif not is_encrypted(path):  # its pages carry checksums, which are looked at whenever one is read
            quick_check(connection)
    return state


def _require_length(connection: sqlite3.Connection, path: Path) -> None:
    """Find what a copy that broke off has left.

    Raises:
        DataFileDamaged: The file is shorter than its pages; those in the write-ahead log may lie behind its end.
    """
    (pages,), (size,) = (connection.execute(f"PRAGMA {what}").fetchone() for what in ("page_count", "page_size"))
    log = path.with_name(f"{path.name}-wal")
    if path.stat().st_size < pages * size and not (log.exists() and log.stat().st_size):
        raise DataFileDamaged(_DAMAGED)


def require_readable(path: Path) -> None:
    """Make sure that a data file can be looked at where it lies, on a write-protected medium or in others' folder.

    Raises:
        NotWritable: It would have to be written first: it is of an older version, was not closed, or is not there.
    """
    if not path.exists():
        raise NotWritable(f"“{path.parent}”里没有台账数据，也不能写入。")
    log = path.with_name(f"{path.name}-wal")
    if log.exists() and log.stat().st_size:
        raise NotWritable(_UNCLOSED, todo=_COPY)
    if inspect_file(path, fixed=True, at_start=True) is not FileState.CURRENT:
        raise NotWritable(_OLDER, todo=_COPY)


def prepare(path: Path, state: FileState, backup_folder: Path, now: datetime) -> None:
    """Bring a data file to the present version; an older one is backed up first.

    Raises:
        DataFileDamaged: There is no data where backups say that there was some.
        Situation: The backup or the upgrade failed; the file is as it was.
    """
    if state is FileState.EMPTY:
        if backup_files.listed(backup_folder) or any(backup_folder.glob("replaced_*.sqlite")):
            raise DataFileDamaged(_EMPTIED)
        _create(path)
    elif state is FileState.OLDER:
        backup_files.write_backup(path, backup_folder, now, backup_files.Reason.UPGRADE)
        migrations.upgrade(path)


def _create(path: Path) -> None:
    """All tables of the present version, in one transaction, so that a killed start leaves an empty file."""
    from fupin_desktop.storage.engine import prepare_connection
    from fupin_desktop.storage.entities import Base

    script = _statements(Base.metadata, frozenset(Base.metadata.tables))
    with closing(connect(path, "rwc")) as connection:
        prepare_connection(connection)
        connection.executescript(f"BEGIN IMMEDIATE;\n{script};\nCOMMIT;")


@cache
def _statements(metadata: MetaData, _tables: frozenset[str]) -> str:
    """What makes the tables of the present version and names it; worked out again where a table was added."""
    from sqlalchemy import create_mock_engine, make_url

    statements: list[str] = []
    table = migrations.VERSION_TABLE
    dialect = make_url("sqlite://").get_dialect()()
    engine = create_mock_engine("sqlite://", lambda made, *_: statements.append(str(made.compile(dialect=dialect))))
    metadata.create_all(engine, checkfirst=False)
    statements += [
        f"CREATE TABLE {table} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {table}_pkc PRIMARY KEY (version_num))",
        f"INSERT INTO {table} VALUES ('{migrations.HEAD}')",  # noqa: S608 - names of the program's own
    ]
    return ";\n".join(statements)
