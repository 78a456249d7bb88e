"""Which year a list is of: by its column 年度, else by its title, else asked; no results of another year come in."""

from __future__ import annotations

import re
from pathlib import Path

from fupin_desktop.domain.text import compact
from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.imports.headings import LIST_YEAR, all_fields
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.sheets.findings import at
from fupin_desktop.services.sheets.raw import RawSheet

_OF_YEAR = ("year.earlier_fen", "farm.accepted_milli", "farm.cost_fen", "farm.income_fen", "farm.other_subsidy_fen")
"""What belongs to one year alone, and would be wrong in another."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d)")


def note_other_years(columns: Columns, sheet: RawSheet, path: Path, year: int, *, this_year: bool = False) -> None:
    """Note rows that say another year than the one at work, and ask about results under the title of another year.

    Args:
        columns: The converted columns; what is found is noted there.
        sheet: The sheet, with its title rows.
        path: The file.
        year: The year at work.
        this_year: Whether it was answered that the results are of the year at work.
    """
    if LIST_YEAR in columns.values:
        for row, said in zip(columns.rows, columns.values[LIST_YEAR], strict=True):
            if said is not None and said != year:
                sentence = f"这一行是{said}年度的，现在的年度是{year}"
                columns.find(row, LIST_YEAR, must("other_year", sentence, "请先切换年度，或改正这一格"))
        return
    question = year_question(columns.mapping, sheet, path, year)
    if not question:
        return
    if this_year:
        columns.findings.append(at(warning("titled_year", question), sheet.name, columns.mapping.heading_row))
        return
    todo = "不是今年的，请先切换年度，或把这几列改为不导入；是今年的，请选“就是今年的”"
    for row in columns.rows:
        columns.findings.append(at(must("titled_year", question, todo), sheet.name, row))


def year_question(mapping: Mapping, sheet: RawSheet, path: Path, year: int) -> str:
    """What is asked of results under the title of another year; empty where nothing is."""
    said, titled = results(mapping), titled_year(sheet, mapping, path)
    if not said or titled in (None, year) or LIST_YEAR in mapping.columns:
        return ""
    return f"标题写的是{titled}年，{'、'.join(said)}会登记到{year}年度"


def results(mapping: Mapping) -> list[str]:
    """The columns of a list that belong to one year alone, as labels."""
    return [all_fields()[key].field.label for key in _OF_YEAR if key in mapping.columns]


def titled_year(sheet: RawSheet, mapping: Mapping, path: Path) -> int | None:
    """The one year that title rows, sheet and file name; None where they name none, or several."""
    title = [compact(cell) for row in sheet.rows[: mapping.heading_row] for cell in row if isinstance(cell, str)]
    found = {year for text in (*title, compact(sheet.name), compact(path.stem)) for year in _YEAR.findall(text)}
    return int(found.pop()) if len(found) == 1 else None
