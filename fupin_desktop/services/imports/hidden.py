"""Rows and columns that do not show in the file: read and told with their numbers, or left out as the clerk chose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from fupin_desktop.services.imports.converters import warning
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.heading import Heading
from fupin_desktop.services.sheets.raw import EMPTY_ROW, RawSheet

_MOST_NAMED = 6


def hidden_rows(sheet: RawSheet, first_row: int) -> list[int]:
    """Rows below a heading that hold something and do not show, from 0."""
    return sorted(row for row in sheet.hidden_rows if row >= first_row)


def as_chosen(
    sheet: RawSheet, heading: Heading, columns: Collection[int], *, visible_only: bool
) -> tuple[RawSheet, list[Finding]]:
    """The sheet with or without its hidden rows, and what is told of them and of hidden columns that are read.

    Args:
        sheet: The sheet.
        heading: Its heading.
        columns: The columns that are read.
        visible_only: Whether hidden rows are left out.
    """
    found, notes = hidden_rows(sheet, heading.first_row), [*_columns(sheet, heading, columns)]
    if not found:
        return sheet, notes
    which = f"有{len(found)}行被筛选掉或隐藏({said_rows(row + 1 for row in found)})"
    if visible_only:
        notes.append(at(warning("hidden_left_out", f"{which}，没有读"), sheet.name, heading.first_row - 1))
        gone = set(found)
        kept = [EMPTY_ROW if row in gone else cells for row, cells in enumerate(sheet.rows)]
        return replace(sheet, rows=kept, hidden_rows=frozenset()), notes
    todo = "只要看得见的行，请选“只读看得见的行”"
    notes.append(at(warning("hidden_rows", f"{which}，也读了", todo), sheet.name, heading.first_row - 1))
    return sheet, notes


def _columns(sheet: RawSheet, heading: Heading, columns: Collection[int]) -> Iterator[Finding]:
    for column in sorted(sheet.hidden_columns & set(columns)):
        text = heading.texts[column]
        fault = warning("hidden_column", f"“{text}”这一列是隐藏的，也读了")
        yield at(fault, sheet.name, heading.first_row - 1, column, text)


def said_rows(numbers: Iterable[int]) -> str:
    """Row numbers in words: 第3、5～9行."""
    runs = _runs(list(numbers))
    words = "、".join(f"{first}" if first == last else f"{first}～{last}" for first, last in runs[:_MOST_NAMED])
    return f"第{words}行{'等' if len(runs) > _MOST_NAMED else ''}"


def _runs(numbers: Collection[int]) -> list[tuple[int, int]]:
    ordered = sorted(numbers)
    ends = [before for before, after in pairwise(ordered) if after != before + 1]
    starts = [after for before, after in pairwise(ordered) if after != before + 1]
    return list(zip([ordered[0], *starts], [*ends, ordered[-1]], strict=True))
