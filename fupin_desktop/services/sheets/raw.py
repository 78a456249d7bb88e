"""A sheet as it stands in a file, whatever the file is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
EMPTY_ROW: list[Cell] = []
"""What rows without content share."""


@dataclass(slots=True)
class RawSheet:
    """A sheet as it stands in the file.

    Attributes:
        name: Sheet name.
        rows: Cells from A1 on, one list a row; an empty row is an empty list. Error cells hold their text (#REF!),
            formulas that were never calculated ``UNCALCULATED``.
        merges: Merged ranges, ``(first row, first column, last row, last column)`` counted from 0.
        hidden: Whether the sheet is hidden.
        fault: Why the sheet was not read, a Chinese sentence; empty where it was.
        hidden_rows: Rows that are hidden or filtered out, from 0.
        hidden_columns: Columns that are hidden, from 0.
        origins: Where each row stood in the file, and by how many columns it was moved, where rows were moved.
    """

    name: str
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    fault: str = ""
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    origins: list[tuple[int, int]] = field(default_factory=list)

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a place counted from 0, empty text outside of the content."""
        cells = self.rows[row] if row < len(self.rows) else EMPTY_ROW
        return cells[column] if column < len(cells) else ""
