"""What is told of the columns and cells of a table, at every door: headings twice, 同上, values below merged cells."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from fupin_desktop.domain.reading.raw import plain
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.sheets.doubles import Double
from fupin_desktop.services.sheets.facts import column_letters
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.heading import Heading
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.table import Table
from fupin_desktop.services.values import Fault

_MOST_COVERED = 20
"""So many cells are named one by one; a whole column painted over is told once."""


def told_doubles(
    sheet: str, heading: Heading, doubles: Iterable[Double], labels: Mapping[str, str]
) -> Iterator[Finding]:
    """Headings over more than one column: which one was taken, or that nobody knows.

    Args:
        sheet: Name of the sheet.
        heading: The heading.
        doubles: What stands twice in it.
        labels: What the fields are called, by key.
    """
    for double in doubles:
        text = heading.texts[double.columns[0]]
        places = "、".join(f"{column_letters(column)}列" for column in double.columns)
        if double.chosen >= 0:
            chosen = f"{column_letters(double.chosen)}列"
            fault = warning("heading_twice", f"表头“{text}”有{len(double.columns)}列({places})，取了{chosen}")
        else:
            sentence = f"表头“{text}”有{len(double.columns)}列({places})，分不清哪一列是{labels[double.key]}，没有读"
            fault = must("heading_twice", sentence, "请在“各列的含义”里指定，或改正表头")
        yield at(fault, sheet, heading.first_row - 1, max(double.chosen, double.columns[0]), text)


def told_cells(sheet: RawSheet, heading: Heading, table: Table, columns: Collection[int]) -> Iterator[Finding]:
    """Cells of the columns read that said 同上, with what was taken for them, and values below merged cells."""
    for (row, number), above in table.dittos.items():
        if number in columns:
            said = f"“{sheet.cell(row, number)}”"
            fault = warning("ditto", f"{said}按上一行的“{above}”读") if above != "" else (
                must("ditto", f"{said}上面没有可用的内容", "请填写内容")
            )
            yield at(fault, sheet.name, row, number, heading.texts[number])
    covered = [(place, below) for place, below in table.covered.items() if place[1] in columns]
    for (row, number), below in covered[:_MOST_COVERED]:
        yield at(_covered(below), sheet.name, row, number, heading.texts[number])
    for number in sorted({place[1] for place, _below in covered[_MOST_COVERED:]}):
        fault = warning("covered", "合并格下面还有更多看不见的值，都没有算")
        yield at(fault, sheet.name, heading.first_row - 1, number, heading.texts[number])


def _covered(below: Cell) -> Fault:
    return warning("covered", f"合并格下面还有看不见的“{plain(below)}”，没有算", "要算的，请取消合并，每行分别填写")
