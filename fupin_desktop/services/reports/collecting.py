"""Sheets for the villages to fill for a quarter, one workbook each; they are read back by the importer of the register.

A sheet holds a row for each project of the village, with what is registered of the quarter already, under the headings
by which the register 季度进展 knows its columns.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from fupin_desktop.documents.atomic import told_as_situation
from fupin_desktop.domain.project_words import ProjectScope, Quarter
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import exports
from fupin_desktop.services.documents.context import LARGE
from fupin_desktop.services.registers import ColumnInfo, Filter, Query, columns, registry, windows
from fupin_desktop.services.reports import quarters, reading
from fupin_desktop.services.reports.model import ProjectFacts
from fupin_desktop.services.workbench import Progress, Workbench
from fupin_desktop.storage.fields import Kind

REGISTER, PROJECT, QUARTER = "project_quarters", "project", "quarter"
YEAR_HEADING = "年度"
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def asked() -> tuple[ColumnInfo, ...]:
    """The columns that a village fills."""
    typed = (one for one in columns(registry.of(REGISTER)) if one.editable and one.kind != Kind.FILES.value)
    return tuple(typed)


def headings() -> tuple[str, ...]:
    """The headings of a sheet."""
    return (YEAR_HEADING, *(one.heading for one in asked()))


def rows_by_village(bench: Workbench, year: int, quarter: Quarter) -> dict[str, list[tuple[str, ...]]]:
    """The rows of each village's sheet."""
    large_from = Decimal(bench.parameters.value(LARGE, bench.today).value)
    with bench.read() as session:
        found = [one for scope in ProjectScope for one in reading.projects(session, scope, year, quarter, large_from)]
    known = _registered(bench, year, quarter)
    sheets: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for one in found:
        sheets[one.place.village].append((f"{year}", *_cells(one, quarter, known)))
    return dict(sheets)


def _registered(bench: Workbench, year: int, quarter: Quarter) -> dict[str, dict[str, str]]:
    """What is registered of the quarter, by the project's name and the column's key."""
    register = registry.of(REGISTER)
    query = Query(register, year, filters=(Filter(QUARTER, (quarter.label,)),))
    keys = [one.key for one in columns(register)]
    rows = (dict(zip(keys, row.cells, strict=True)) for row in windows.rows(
        bench, register, year, windows.all_keys(bench, query)
    ))  # fmt: skip
    return {row[PROJECT]: row for row in rows}


def _cells(one: ProjectFacts, quarter: Quarter, known: dict[str, dict[str, str]]) -> Sequence[str]:
    row = {**known.get(one.name, {}), PROJECT: one.name, QUARTER: quarter.label}
    return [row.get(column.key, "") for column in asked()]


def write_sheets(
    bench: Workbench, year: int, quarter: Quarter, folder: Path, progress: Progress | None = None
) -> list[Path]:
    """Write a workbook for each village that has a project to tell of.

    Args:
        bench: The workbench.
        year: Year of the quarter.
        quarter: The quarter.
        folder: Where to; made where it is missing.
        progress: Told of each village.

    Raises:
        NotAllowed: No village has a project.
        Situation: A file cannot be written; those written stay.
        Cancelled: By ``progress``.
    """
    sheets = rows_by_village(bench, year, quarter)
    if not sheets:
        raise NotAllowed("没有要填报的项目。", todo="请先在台账的项目库里登记项目，并推进到公示以后。")
    with told_as_situation(folder):
        folder.mkdir(parents=True, exist_ok=True)
    written = []
    for done, (village, rows) in enumerate(sheets.items()):
        title = f"{village}{year}年{quarters.word(quarter)}项目进展采集表"
        if progress is not None:
            progress(done, len(sheets), title)
        path = folder / f"{_FORBIDDEN.sub('', title)}.xlsx"
        exports.write_rows(bench, title, headings(), rows, path)
        written.append(path)
    return written
