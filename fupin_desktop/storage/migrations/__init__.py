"""Versions of the data file. Alembic is loaded only when an older file is brought up to date."""

from __future__ import annotations

from pathlib import Path

from fupin_desktop.errors import DataFileDamaged

VERSION_TABLE = "alembic_version"
KNOWN = tuple(f"{number:04d}" for number in range(1, 19))
HEAD = KNOWN[-1]


def script_folder() -> Path:
    """The folder that Alembic reads."""
    return Path(__file__).resolve().parent


def upgrade(path: Path, to: str = HEAD) -> None:
    """Bring a data file to a version, all steps in one transaction.

    Foreign keys are checked at the end and not at each statement, because a step may rebuild tables.

    Raises:
        DBAPIError: A step failed; the file is as it was.
        DataFileDamaged: A step left a reference to nothing; the file is as it was.
    """
    from alembic import command
    from alembic.config import Config

    from fupin_desktop.storage.engine import WRITING, make_engine

    config = Config()
    config.set_main_option("script_location", str(script_folder()).replace("%", "%%"))
    engine = make_engine(path, enforce=False, create=True)
    try:
        with engine.execution_options(**{WRITING: True}).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                raise DataFileDamaged("数据文件升级后没有通过核对，已退回原样。")
    finally:
        engine.dispose()
