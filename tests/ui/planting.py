"""Words that look like HTML behind whatever a clerk typed anywhere: shown as text, they are harmless."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Base
from fupin_desktop.storage.fields import Kind, of
from fupin_desktop.storage.unit import entity_named

WORDS = "<b>陈"
_FOUND_BY = {("towns", "name"), ("villages", "name"), ("farm_items", "product"), ("farm_items", "unit")}
"""What pictures are found by, and what awards are calculated from."""


def plant(bench: Workbench) -> int:
    """Put the words behind every typed text of an office's file, past the log; how many texts were changed."""
    with closing(sqlite3.connect(bench.store.path)) as connection:
        for name in Base.metadata.tables:
            for column, field in of(entity_named(name)).items():
                free = field.kind is Kind.TEXT and not field.derived and not field.choices and not column.startswith("code")
                if free and (name, column) not in _FOUND_BY:
                    connection.execute(f"UPDATE {name} SET {column} = {column} || ? WHERE {column} <> ''", (WORDS,))
        connection.execute("UPDATE change_sets SET title = title || ?, who = who || ?", (WORDS, WORDS))
        connection.commit()
        return connection.total_changes
