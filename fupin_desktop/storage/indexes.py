"""Indexes put aside while very many records come in at once: built at the end, they cost a third."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, func, select

from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.unit import table_of

FROM = 20_000


@contextmanager
def built_after(connection: Connection, entities: Sequence[type[Base]], coming: int) -> Iterator[None]:
    """Put the indexes of some tables aside and build them again at the end, inside the same transaction.

    Only where it pays: many records come into tables that hold few. After an error the transaction is taken back, and
    the indexes with it. Unique constraints stay in force all the time.

    Args:
        connection: The connection of the write.
        entities: The tables.
        coming: How many records are about to be added to the largest.
    """
    tables = [table_of(entity) for entity in entities]
    present = max(connection.execute(select(func.count()).select_from(table)).scalar_one() for table in tables)
    if coming < FROM or present > coming // 4:
        yield
        return
    indexes = sorted((index for table in tables for index in table.indexes), key=lambda index: index.name or "")
    for index in indexes:
        index.drop(connection)
    yield
    for index in indexes:
        index.create(connection)
