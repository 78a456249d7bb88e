"""The change log: what each operation changed, written in the same transaction."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.storage.base import KEY_LENGTH, Base, Keyed

HASH_LENGTH = 64


class ChangeSet(Keyed):
    """One operation: who did what when.

    ``kind`` is do, undo or redo. ``reverted_by`` is the undo that took an operation back and is empty again after a
    redo; ``redo_open`` holds while that undo can still be redone. ``hash`` links the operation to the one before it,
    see ``storage.chain``.
    """

    __tablename__ = "change_sets"
    logged = False

    number: Mapped[int] = mapped_column(nullable=False, unique=True)
    operation: Mapped[str] = mapped_column(String(64), nullable=False)
    title: Mapped[str] = mapped_column(Text, nullable=False)
    who: Mapped[str] = mapped_column(Text, nullable=False)
    at: Mapped[datetime] = mapped_column(DateTime, nullable=False)
    kind: Mapped[str] = mapped_column(String(8), default="do", nullable=False)
    undoable: Mapped[bool] = mapped_column(default=True, nullable=False)
    reverts_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), nullable=True)
    reverted_by: Mapped[str | None] = mapped_column(String(KEY_LENGTH), nullable=True)
    redo_open: Mapped[bool] = mapped_column(default=False, nullable=False)
    hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH), nullable=True)


class ChangeEntry(Base):
    """Equal changes of one table within an operation, a single record or a batch.

    ``columns`` is a JSON list of names. ``body`` is a JSON list of rows: for added and removed records the values of
    ``columns``; for changed ones the key, the values before, the values after. ``digest`` is that of what the entry was
    before a person's data were removed from it; NULL where it is as it was written.
    """

    __tablename__ = "change_entries"
    __table_args__ = (Index("ix_change_entries_record", "entity", "size", "first_key", "last_key"),)
    logged = False

    set_key: Mapped[str] = mapped_column(String(KEY_LENGTH), ForeignKey("change_sets.key"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entity: Mapped[str] = mapped_column(String(32), nullable=False)
    action: Mapped[str] = mapped_column(String(8), nullable=False)
    size: Mapped[int] = mapped_column(nullable=False)
    first_key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    last_key: Mapped[str] = mapped_column(String(KEY_LENGTH), nullable=False)
    columns: Mapped[str] = mapped_column(Text, nullable=False)
    body: Mapped[str] = mapped_column(Text, nullable=False)
    digest: Mapped[str | None] = mapped_column(String(HASH_LENGTH), nullable=True)
