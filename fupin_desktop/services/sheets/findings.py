"""What is wrong with a cell or row of a workbook, and where."""

from __future__ import annotations

from typing import NamedTuple

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.sheets.facts import column_letters
from fupin_desktop.services.values import Fault


class Finding(NamedTuple):
    """A fault at its place.

    Attributes:
        sheet: Sheet name.
        row: Row, counted from 0.
        column: Column, counted from 0; -1 where the whole row is meant.
        heading: Heading of the column as the file has it; empty for a whole row.
        code: As in :class:`Fault`.
        severity: As in :class:`Fault`.
        sentence: As in :class:`Fault`.
        todo: As in :class:`Fault`.
        origin: Row and column in the file where the row was moved for reading; empty where it was not.
    """

    sheet: str
    row: int
    column: int
    heading: str
    code: str
    severity: Severity
    sentence: str
    todo: str
    origin: tuple[int, ...] = ()

    @property
    def cell(self) -> str:
        """The place as spreadsheets write it: C12, or 第12行 for a whole row."""
        row, column = self.origin or (self.row, self.column)
        return f"第{row + 1}行" if self.column < 0 else f"{column_letters(column)}{row + 1}"

    @property
    def must(self) -> bool:
        """Whether the household cannot be taken in."""
        return self.severity is Severity.MUST

    @property
    def text(self) -> str:
        """The whole sentence with its place."""
        return self.text_at(self.cell)

    def text_at(self, place: str) -> str:
        """The whole sentence with a place."""
        heading = f"“{self.heading}”" if self.heading else ""
        return f"工作表“{self.sheet}”{place}{heading}：{self.sentence}。{self.todo}。"

    def problem(self) -> Problem:
        """The finding as the checks' own kind of problem."""
        return Problem(self.code, self.severity, f"{self.sentence}。{self.todo}。", field=f"{self.sheet}!{self.cell}")


def at(fault: Fault, sheet: str, row: int, column: int = -1, heading: str = "") -> Finding:
    """A fault put at its place."""
    return Finding(sheet, row, column, heading, *fault)
