"""Which year a list is of: by its column 年度, else by its title, else asked; no results of another year come in."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from fupin_desktop.domain.text import compact
from fupin_desktop.services.imports.answers import NOTHING, Answers
from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.imports.headings import LIST_YEAR, RECORD_YEAR, all_fields
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.sheets.findings import at
from fupin_desktop.services.sheets.raw import RawSheet

OF_YEAR = ("year.earlier_fen", "farm.accepted_milli", "farm.cost_fen", "farm.income_fen", "farm.other_subsidy_fen")
"""What belongs to one year alone, and would be wrong in another."""
NO_YEAR, TITLED_YEAR = "no_year", "titled_year"
"""Codes of the findings of results without a year, and under the title of another."""
_TODO = "不是今年的，请先切换年度，或把这几列改为不导入；是今年的，请选“就是今年的”"
_YEAR = re.compile(r"(?<!\d)(20\d\d)年(?!\d)")


def note_other_years(
    columns: Columns, sheet: RawSheet, path: Path, year: int, answers: Answers = NOTHING, *, asks: bool = True
) -> None:
    """Note rows that say another year than the one at work, and ask about results under no year or that of another.

    Args:
        columns: The converted columns; what is found is noted there.
        sheet: The sheet, with its title rows.
        path: The file.
        year: The year at work.
        answers: What was answered of the year.
        asks: Whether results of a list that names no year are asked about.
    """
    if answers.year not in (None, 0, year):
        fault = must("other_year", f"说是{answers.year}年度的，现在的年度是{year}", "请先切换年度")
        columns.findings += [at(fault, sheet.name, row) for row in columns.rows]
        return
    if LIST_YEAR in columns.values:
        for row, said in zip(columns.rows, columns.values[LIST_YEAR], strict=True):
            if said is not None and said != year:
                sentence = f"这一行是{said}年度的，现在的年度是{year}"
                columns.find(row, LIST_YEAR, must("other_year", sentence, "请先切换年度，或改正这一格"))
        return
    question = year_question(columns.mapping, sheet, path, year)  # a register compares its own column of years
    if question is None or not (question.titled or asks):
        return
    if question.answered(answers, year):
        if question.titled is None:
            return
        note = warning(question.code, question.text)
        columns.findings.append(at(note, sheet.name, columns.mapping.heading_row))
        return
    fault = must(question.code, question.text, _TODO)
    columns.findings += [at(fault, sheet.name, row) for row in columns.rows]


class YearQuestion(NamedTuple):
    """What is asked of results that no column says the year of.

    Attributes:
        text: The question.
        titled: The other year that the title says; None where nothing says a year.
    """

    text: str
    titled: int | None

    @property
    def code(self) -> str:
        """Code of its finding."""
        return NO_YEAR if self.titled is None else TITLED_YEAR

    def answered(self, answers: Answers, year: int) -> bool:
        """Whether it was answered that the results are of the year at work."""
        return answers.this_year or (self.titled is None and answers.year in (None, year))

    def answer(self, answers: Answers, *, yes: bool) -> Answers:
        """The answers with that to this question: whether the results are of the year at work."""
        return replace(answers, this_year=yes and self.titled is not None, year=None if yes else 0)


def year_question(mapping: Mapping, sheet: RawSheet, path: Path, year: int) -> YearQuestion | None:
    """What is asked of results under the title of another year, or under none; None where nothing is.

    Args:
        mapping: How the list is read.
        sheet: The sheet, with its title rows.
        path: The file.
        year: The year at work.
    """
    said = "、".join(results(mapping))
    if not said or {LIST_YEAR, RECORD_YEAR} & set(mapping.columns):
        return None
    years = titled_years(sheet, mapping, path)
    if year in years:
        return None
    named = "和".join(f"{one}年" for one in sorted(years))
    titled = f"标题写的是{named}" if years else "名册没有写是哪一年的"
    return YearQuestion(f"{titled}，{said}会登记到{year}年度", max(years, default=None))


def results(mapping: Mapping) -> list[str]:
    """The columns of a list that belong to one year alone, as labels; of a year-bound register the records."""
    if mapping.kind.yearly:
        return [mapping.kind.yearly]
    return [all_fields()[key].field.label for key in OF_YEAR if key in mapping.columns]


def titled_years(sheet: RawSheet, mapping: Mapping, path: Path) -> set[int]:
    """The years that title rows, sheet and file name."""
    title = [compact(cell) for row in sheet.rows[: mapping.heading_row] for cell in row if isinstance(cell, str)]
    texts = (*title, compact(sheet.name), compact(path.stem))
    return {int(year) for text in texts for year in _YEAR.findall(text)}
