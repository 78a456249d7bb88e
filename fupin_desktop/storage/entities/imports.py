"""Imports that were made, and how headings were mapped."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import DateTime, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.storage.base import KEY_LENGTH, Base, Keyed
from fupin_desktop.storage.document_type import Document


class ImportRun(Keyed):
    """One file that was taken in; it goes when its import is undone."""

    __tablename__ = "import_runs"
    noun = "imports"

    file_name: Mapped[str] = mapped_column(Text, nullable=False)
    sha256: Mapped[str] = mapped_column(String(64), nullable=False, index=True)
    year: Mapped[int] = mapped_column(default=0, nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    who: Mapped[str] = mapped_column(Text, default="", nullable=False)
    mapping: Mapped[Any] = mapped_column(Document, nullable=True)
    counts: Mapped[Any] = mapped_column(Document, nullable=True)


class ColumnMapping(Base):
    """How the columns of one arrangement of headings were mapped last; kept even when an import is undone."""

    __tablename__ = "column_mappings"
    logged = False

    signature: Mapped[str] = mapped_column(String(64), primary_key=True)
    mapping: Mapped[Any] = mapped_column(Document, nullable=False)
    used_at: Mapped[datetime] = mapped_column(DateTime, nullable=False)


class KeptColumns(Keyed):
    """What columns of imported lists said of a record that no register has a column for; given back on export.

    ``owner_key`` is the key of the record of any register; ``texts`` holds what its row said in a year, by heading,
    as it stood in the file.
    """

    __tablename__ = "kept_columns"
    __table_args__ = (UniqueConstraint("owner_key", "year"),)
    noun = "imports"
    owner = "owner_key"

    owner_key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    year: Mapped[int] = mapped_column(nullable=False)
    texts: Mapped[Any] = mapped_column(Document, nullable=False)
