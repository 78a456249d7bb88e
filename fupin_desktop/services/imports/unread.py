"""Sheets of a workbook that look like lists and were not read, so that nobody is left out in silence."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.sheets.raw import RawSheet


def unread_sheets(sheets: Iterable[tuple[RawSheet, Mapping | None]], chosen: str) -> tuple[str, ...]:
    """Names of the other sheets that have the columns of a list and something below its heading.

    Args:
        sheets: Every sheet with what was recognised on it.
        chosen: Name of the sheet that is read.
    """
    return tuple(sheet.name for sheet, mapping in sheets if sheet.name != chosen and _holds_list(sheet, mapping))


def _holds_list(sheet: RawSheet, mapping: Mapping | None) -> bool:
    if mapping is None or mapping.missing():
        return False
    return any(any(row) for row in sheet.rows[mapping.first_row :])


def unread_sentence(chosen: str, other: str) -> str:
    """What a clerk is told of such a sheet."""
    return f"只读了工作表“{chosen}”；工作表“{other}”也像名册，没有读。要一起用的，请合并到一张工作表。"
