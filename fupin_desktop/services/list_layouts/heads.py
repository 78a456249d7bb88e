"""The rows above the data of a list as they came, titles and heading: kept with an import, given back on export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

Area = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""


@dataclass(frozen=True, slots=True)
class Head:
    """The rows above the data of a list.

    Attributes:
        rows: Cells of each row, one for each column of the layout; empty texts for none.
        merges: Merged ranges, none over another.
        heading: How many of the rows, the last ones, are the heading.
    """

    rows: tuple[tuple[Any, ...], ...]
    merges: tuple[Area, ...]
    heading: int

    def of_year(self, came: int, year: int) -> Head:
        """The same with the year in which it came replaced in its titles."""
        titles = len(self.rows) - self.heading
        rows = [tuple([_of_year(cell, came, year) for cell in row]) for row in self.rows[:titles]]
        return replace(self, rows=(*rows, *self.rows[titles:]))

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"rows": list(map(list, self.rows)), "merges": list(map(list, self.merges)), "heading": self.heading}

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> Head:
        """As :meth:`to_dict` gave it."""
        rows, merges = kept["rows"], kept["merges"]
        return cls(tuple(map(tuple, rows)), tuple(tuple(one) for one in merges), int(kept["heading"]))


def _of_year(cell: Any, came: int, year: int) -> Any:
    return cell.replace(f"{came}年", f"{year}年") if isinstance(cell, str) else cell


def made_head(rows: Sequence[Sequence[Any]], merges: Sequence[Area], columns: Sequence[int], heading: int) -> Head:
    """A head with some of the columns of a file alone.

    Args:
        rows: The rows above the data, cells by column of the file.
        merges: Merged ranges of the file.
        columns: The columns that are kept, in their order.
        heading: How many of the rows, the last ones, are the heading.
    """
    new = {column: place for place, column in enumerate(columns)}
    kept = tuple(tuple(_placed(row, columns)) for row in rows)
    return Head(kept, tuple(_apart(_moved(merges, new, len(rows)))), heading)


def _placed(row: Sequence[Any], columns: Sequence[int]) -> list[Any]:
    """The cells of the columns; what stands between them goes to the next one that is free."""
    cells = [row[column] if column < len(row) else "" for column in columns]
    for column, cell in enumerate(row):
        if cell != "" and column not in columns:
            free = [place for place, kept in enumerate(columns) if cells[place] == "" and kept > column]
            free += [place for place, kept in enumerate(columns) if cells[place] == "" and kept < column][::-1]
            if free:
                cells[free[0]] = cell
    return cells


def _moved(merges: Sequence[Area], new: Mapping[int, int], rows: int) -> Iterator[Area]:
    """The merged ranges above the data, by the places that their columns have now; single cells are none."""
    for first_row, first, last_row, last in merges:
        places = [place for column, place in new.items() if first <= column <= last]
        if places and last_row < rows and (len(places) > 1 or last_row > first_row):
            yield first_row, min(places), last_row, max(places)


def _apart(areas: Iterator[Area]) -> Iterator[Area]:
    """The ranges that lie over none before them."""
    taken: set[tuple[int, int]] = set()
    for area in areas:
        first_row, first, last_row, last = area
        cells = {(row, column) for row in range(first_row, last_row + 1) for column in range(first, last + 1)}
        if not cells & taken:
            taken |= cells
            yield area
