"""A row of a list on its way into a register."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class FlatRecord:
    """A row of a list.

    Attributes:
        row: Its row in the sheet, from 0.
        texts: What it says, by key of its list: stored values, and names of other records.
        values: Stored values by attribute, once names are found.
        parent: Key of what it belongs to; empty where nothing.
    """

    row: int
    texts: dict[str, Any]
    values: dict[str, Any] = field(default_factory=dict)
    parent: str = ""

    @property
    def rows(self) -> list[int]:
        """Its row."""
        return [self.row]
