"""The whole check of a data file, which is too slow for each start: pages, indexes, references, documents, words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from fupin_desktop.storage.driver import Mode, connect
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.table_names import called

_PAGES = 5
_JSON_TEXT = {"change_entries": ("columns", "body")}
"""Columns of JSON that are plain text to SQLAlchemy."""


def full_check(path: Path, mode: Mode = "rw") -> list[str]:
    """What is wrong with a data file, one Chinese sentence each; empty where nothing is.

    It reads through a connection of its own, so that the header is read anew as well.

    Args:
        path: The data file.
        mode: How it is opened; ``fixed`` where nothing can be written beside it.
    """
    try:
        with closing(connect(path, mode)) as connection:
            return [*_pages(connection), *_references(connection), *_documents(connection), *_words(connection)]
    except sqlite3.Error as error:
        return [f"数据文件读不下去：{error}。"]


def _pages(connection: sqlite3.Connection) -> Iterator[str]:
    for (text,) in connection.execute(f"PRAGMA integrity_check({_PAGES})"):
        if text != "ok":
            yield f"数据页或索引有错：{text}。"


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    broken: dict[tuple[str, str], int] = {}
    for table, _row, parent, _number in connection.execute("PRAGMA foreign_key_check"):
        broken[table, parent] = broken.get((table, parent), 0) + 1
    for (table, parent), count in broken.items():
        yield f"“{called(table)}”有 {count:,} 条记录指向“{called(parent)}”里不存在的记录。"


def _documents(connection: sqlite3.Connection) -> Iterator[str]:
    from fupin_desktop.storage.document_type import Document
    from fupin_desktop.storage.entities import Base

    wanted = {
        table.name: tuple(column.name for column in table.columns if isinstance(column.type, Document))
        for table in Base.metadata.tables.values()
    }
    for table, columns in {**wanted, **_JSON_TEXT}.items():
        for column in columns:
            broken = f'SELECT count(*) FROM "{table}" WHERE "{column}" IS NOT NULL AND NOT json_valid("{column}")'  # noqa: S608
            if count := connection.execute(broken).fetchone()[0]:
                yield f"“{called(table)}”有 {count:,} 条记录的内容不完整({column})。"


def _words(connection: sqlite3.Connection) -> Iterator[str]:
    from fupin_desktop.storage.entities import Base
    from fupin_desktop.storage.unit import entity_named

    for table in Base.metadata.tables:
        for name, field in of(entity_named(table)).items():
            if field.choices is None:
                continue
            codes = [word.value for word in field.choices]
            marks = ",".join("?" * len(codes))
            strange = f"""SELECT count(*) FROM "{table}" WHERE "{name}" NOT IN ({marks}, '')"""  # noqa: S608
            if count := connection.execute(strange, codes).fetchone()[0]:
                yield f"“{called(table)}”有 {count:,} 条记录的“{field.label}”不是可选的值。"
