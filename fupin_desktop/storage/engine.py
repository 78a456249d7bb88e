"""The SQLAlchemy engine of a data file, with the pragmas that keep it safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event

from fupin_desktop.storage.driver import Mode, connect, module_for

WRITING = "fupin_writing"
_FOREIGN_KEYS = "PRAGMA foreign_keys=ON"
_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=5000",
    "PRAGMA cache_size=-32000",
    "PRAGMA temp_store=MEMORY",
)


def prepare_connection(connection: Any, _record: Any = None) -> None:
    """Set up a fresh driver connection; transactions are begun by us, so that SQLite's own rules hold."""
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(pragma).close()


def _prepare_fixed(connection: Any, _record: Any) -> None:
    """The same where nothing can be written: no file for a log is asked for."""
    connection.isolation_level = None
    for pragma in _PRAGMAS[2:]:
        connection.execute(pragma).close()


def _enforce(connection: Any, _record: Any) -> None:
    connection.execute(_FOREIGN_KEYS).close()


def _begin(connection: Connection) -> None:
    """Begin at once as a writer where a write is meant, so that no later statement finds the file taken."""
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def make_engine(path: Path, *, enforce: bool = True, create: bool = False, fixed: bool = False) -> Engine:
    """The engine on a data file.

    Args:
        path: The data file.
        create: Whether the file is made where it is missing; else that is an error, so that no empty file takes the
            place of one whose stick was pulled.
        fixed: Whether it lies where nothing can be written.
        enforce: Whether foreign keys are enforced; only a migration, which rebuilds tables, goes without.
    """
    mode: Mode = "fixed" if fixed else "rwc" if create else "rw"
    # Values of records never come into error messages, and so never into a log or crash report.
    engine = create_engine(
        "sqlite://",
        creator=lambda: connect(path, mode),
        module=module_for(path),
        poolclass=QueuePool,
        hide_parameters=True,
    )
    event.listen(engine, "connect", _prepare_fixed if fixed else prepare_connection)
    if enforce:
        event.listen(engine, "connect", _enforce)
    event.listen(engine, "begin", _begin)
    return engine
