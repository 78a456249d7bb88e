"""Tables side by side in one sheet are read as one table."""

from __future__ import annotations

from collections.abc import Sequence

from fupin_desktop.services.imports.converters import warning
from fupin_desktop.services.imports.headings import FAMILY, Family
from fupin_desktop.services.imports.mapping import Mapping
from fupin_desktop.services.sheets import heading as headings
from fupin_desktop.services.sheets.blocks import side_by_side, stacked
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.heading import Heading
from fupin_desktop.services.sheets.raw import RawSheet


def one_below_the_other(
    sheet: RawSheet, mapping: Mapping, family: Family = FAMILY
) -> tuple[RawSheet, Mapping, list[Finding]]:
    """A sheet of tables side by side as one table, with the mapping of the first, and what is told of it."""
    names = [column for column, key in enumerate(mapping.columns) if key in mapping.kind.names]
    names += [double.columns[0] for double in mapping.doubles if double.key in mapping.kind.names]
    heading = headings.heading_at(sheet, mapping.heading_row, mapping.heading_rows, family.knows)
    starts = side_by_side(heading, [column for column in names if column < len(heading.texts)])
    if len(starts) <= 1:
        return sheet, mapping, []
    note = told_beside(sheet.name, heading, starts)
    reading = mapping.cut(starts) if len(mapping.headings) > starts[1] else mapping
    return stacked(sheet, heading, starts), reading, [note]


def told_beside(sheet: str, heading: Heading, starts: Sequence[int]) -> Finding:
    """That tables stand side by side and are read as one.

    Args:
        sheet: Name of the sheet.
        heading: Their heading, along the whole row.
        starts: First columns of the tables.
    """
    told = warning("side_by_side", f"并排有{len(starts)}栏，右边的接在左边下面一起读")
    return at(told, sheet, heading.first_row - 1, starts[1], heading.texts[starts[1]])
