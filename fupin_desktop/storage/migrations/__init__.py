"""Versions of the data file. Alembic is loaded only when an older file is brought up to date."""

from __future__ import annotations

from pathlib import Path

VERSION_TABLE = "alembic_version"
KNOWN = ("0001",)
HEAD = KNOWN[-1]


def script_folder() -> Path:
    """The folder that Alembic reads."""
    return Path(__file__).resolve().parent


def upgrade(path: Path, to: str = HEAD) -> None:
    """Bring a data file to a version, all steps in one transaction.

    Raises:
        DBAPIError: A step failed; the file is as it was.
    """
    from alembic import command
    from alembic.config import Config

    from fupin_desktop.storage.engine import WRITING, make_engine

    config = Config()
    config.set_main_option("script_location", str(script_folder()).replace("%", "%%"))
    engine = make_engine(path)
    try:
        with engine.execution_options(**{WRITING: True}).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, to)
    finally:
        engine.dispose()
