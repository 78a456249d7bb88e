"""The base of all entities: naming of constraints, the key, and what the change log does with a table."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column

from fupin_desktop.storage.keys import new_key

KEY_LENGTH = 32
_NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all entities.

    Attributes:
        noun: Stem of the record's noun, told in a Change so that tabs know whether to reload.
        logged: Whether the change log keeps changes of this table (not for the log itself and local settings).
        frozen: Whether records are never changed once written; the log then keeps only their keys and ``witness``
            when they are added, and the whole record when it is removed.
        witness: Columns of a frozen record that the log keeps besides its key, so that an alteration is found.
        owner: Column with the key of the record it belongs to, whose key a change tells too; empty for a household or
            document, which are found by their column's name.
        dated_by: Column whose date tells the year a record belongs to, where it has no year of its own; empty where
            that of what it belongs to counts.
        lasting: Whether a year of its own only tells when it began, so that it belongs to none.
    """

    metadata = MetaData(naming_convention=_NAMING)
    noun: ClassVar[str] = ""
    logged: ClassVar[bool] = True
    frozen: ClassVar[bool] = False
    witness: ClassVar[tuple[str, ...]] = ()
    owner: ClassVar[str] = ""
    dated_by: ClassVar[str] = ""
    lasting: ClassVar[bool] = False


class Keyed(Base):
    """An entity with the usual key."""

    __abstract__ = True

    key: Mapped[str] = mapped_column(String(KEY_LENGTH), primary_key=True, default=new_key, sort_order=-1)


@cache
def key_column(table: Table) -> Column[Any]:
    """The column that tells the records of a table apart: ``key``, or the only other one of its primary key."""
    (column,) = table.primary_key.columns
    return column


def reference(target: str, *, nullable: bool = False, index: bool = True) -> MappedColumn[str]:
    """A foreign key to another table's key; removal of children is done, and logged, by the operations."""
    return mapped_column(String(KEY_LENGTH), ForeignKey(f"{target}.key"), nullable=nullable, index=index)
