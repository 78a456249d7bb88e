"""The error workbook: the rows that stayed out, coloured and explained, to be mended and imported again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from fupin_desktop.documents.drawing.marked_workbook import Mark, MarkedRow, MarkedSheet, write_marked
from fupin_desktop.services.imports.preview import Preview
from fupin_desktop.services.sheets.findings import Finding
from fupin_desktop.services.sheets.heading import EXPLANATION
from fupin_desktop.services.sheets.raw import Cell, RawSheet

_WITH_OTHERS = "同一户的其他行有错，这一户整户没有导入。"


def error_workbook(preview: Preview, path: Path) -> int:
    """Write the rows with faults under the file's own heading.

    Rows of households that stay out are written with all their rows; where nothing stays out, the rows with warnings.

    Args:
        preview: What was found.
        path: The xlsx file.

    Returns:
        The number of rows written.

    Raises:
        Situation: The file cannot be written there.
    """
    findings: dict[int, list[Finding]] = defaultdict(list)
    for finding in preview.findings:
        if finding.code != "import.row_left_out":
            findings[finding.row].append(finding)
    rows = sorted(preview.bad_rows or findings)
    raw, first = preview.raw, preview.mapping.first_row
    width = max((len(cells) for cells in raw.rows), default=0)
    values = {row: _values(raw, row, width) for row in rows}
    _fill_merged(preview, values)
    marked = MarkedSheet(
        title=preview.sheet,
        explained=EXPLANATION,
        above=[_values(raw, row, width) for row in range(first)],
        heading_row=preview.mapping.heading_row,
        merges=[merge for merge in raw.merges if merge[2] < first],
        rows=[_marked(preview, row, values[row], findings[row]) for row in rows],
    )
    marked = _without_old_explanations(marked)
    write_marked(path, marked, made=preview.made)
    return len(rows)


def _values(raw: RawSheet, row: int, width: int) -> list[Cell]:
    cells = raw.rows[row]
    return [*cells, *[""] * (width - len(cells))]


def _fill_merged(preview: Preview, values: dict[int, list[Cell]]) -> None:
    """Merged cells are resolved where a row stands without the one that holds the value."""
    raw, mapping = preview.raw, preview.mapping
    for first_row, first_column, last_row, last_column in raw.merges:
        if first_row < mapping.first_row:
            continue
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                key = mapping.columns[column] if column < len(mapping.columns) else None
                if row in values and mapping.kind.repeats(key):
                    values[row][column] = raw.cell(first_row, first_column)


def _marked(preview: Preview, row: int, values: list[Cell], findings: list[Finding]) -> MarkedRow:
    marks: dict[int, Mark] = {}
    lines = []
    for finding in findings:
        heading = f"{finding.heading}：" if finding.heading else ""
        lines.append(f"{heading}{finding.sentence}。{finding.todo}。")
        if finding.column >= 0 and marks.get(finding.column) is not Mark.MUST:
            marks[finding.column] = Mark.MUST if finding.must else Mark.WARNING
    if row in preview.bad_rows and not any(finding.must for finding in findings):
        lines.append(_WITH_OTHERS)
    return MarkedRow(values, "\n".join(lines), marks)


def _without_old_explanations(marked: MarkedSheet) -> MarkedSheet:
    """A file that is an error workbook itself loses its old column of explanations."""
    heading = marked.above[marked.heading_row] if marked.above else []
    if not heading or heading[0] != EXPLANATION:
        return marked
    marked.above = [values[1:] for values in marked.above]
    marked.merges = [
        (first_row, first_column - 1, last_row, last_column - 1)
        for first_row, first_column, last_row, last_column in marked.merges
        if first_column
    ]
    for row in marked.rows:
        row.values = row.values[1:]
        row.marks = {place - 1: mark for place, mark in row.marks.items() if place}
    return marked
