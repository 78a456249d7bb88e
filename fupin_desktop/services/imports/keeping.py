"""Columns that no register holds: kept with the record of each row, so that a file handed back loses nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services.imports.headings import CLASS, CLASSES, PAYMENTS
from fupin_desktop.services.imports.mapping import NUMBERING, Mapping
from fupin_desktop.services.list_layouts.heads import made_head
from fupin_desktop.services.list_layouts.kept import Texts
from fupin_desktop.services.sheets.conversion import units_above_table
from fupin_desktop.services.sheets.heading import normalise
from fupin_desktop.services.sheets.raw import Cell, RawSheet
from fupin_desktop.services.sheets.units import unit_of

_CLASSED = {CLASS, *CLASSES}
_OURS = frozenset(("", *(one.label for one in HouseholdClass)))
"""Words of a class that need not be kept, for the register has the same."""


def kept_columns(mapping: Mapping) -> dict[int, str]:
    """The columns that are kept as they stand, with their names: those that hold no field, and words of classes.

    The words of a class are kept beside what they mean, because systems have more of them than the register. A list
    of payments changes accounts alone.
    """
    if mapping.kind is PAYMENTS:
        return {}
    found: dict[int, str] = {}
    taken: set[str] = set()
    for number, (heading, key) in enumerate(zip(mapping.headings, mapping.columns, strict=True)):
        unknown = key is None and normalise(heading) not in mapping.kind.besides
        if heading and heading not in NUMBERING and (unknown or key in _CLASSED):
            found[number] = named_apart(heading, taken)
            taken.add(found[number])
    return found


def as_came(sheet: RawSheet, mapping: Mapping) -> list[dict[str, str]]:
    """The layout in which a list came: each heading with the field that its column holds, or its name as kept.

    A unit that stood above the table stands in the headings of its columns.
    """
    kept, above = kept_columns(mapping), units_above_table(sheet, mapping.heading)
    found = []
    for number, (heading, key) in enumerate(zip(mapping.headings, mapping.columns, strict=True)):
        field = mapping.kind.fields[key].field if key is not None else None
        said = unit_of(heading, field, above) if field is not None else None
        if said is not None and field is not None and unit_of(heading, field) is None:
            heading = f"{heading}({said.name})"
        if heading:
            found.append({"heading": heading, "field": key or "", "kept": kept.get(number, "")})
    return found


def head_as_came(sheet: RawSheet, mapping: Mapping) -> dict[str, Any] | None:
    """The rows above the data as they came; None for nothing but one row of headings."""
    if mapping.heading_rows == 1 and not any(map(any, sheet.rows[: mapping.heading_row])):
        return None
    rows = [[_plain(cell) for cell in row] for row in sheet.rows[: mapping.first_row]]
    columns = [number for number, heading in enumerate(mapping.headings) if heading]
    reaching = [first for first, _left, last, _right in sheet.merges if mapping.heading_row <= last < mapping.first_row]
    heading = mapping.first_row - min([mapping.heading_row, *reaching])
    return made_head(rows, sheet.merges, columns, heading).to_dict()


def named_apart(heading: str, taken: Collection[str]) -> str:
    """A heading, numbered where it stands there already."""
    name, number = heading, 1
    while name in taken:
        number += 1
        name = f"{heading}#{number}"
    return name


def kept_texts(sheet: RawSheet, mapping: Mapping, rows: Iterable[int]) -> dict[int, Texts]:
    """What the kept columns say, by row; empty cells say nothing."""
    rows = list(rows)
    columns = {
        number: name for number, name in kept_columns(mapping).items()
        if mapping.columns[number] is None or not {sheet.cell(row, number) for row in rows} <= _OURS
    }  # fmt: skip
    if not columns:
        return {}
    classed = {number for number in columns if mapping.columns[number] is not None}
    found: dict[int, Texts] = {}
    for row in rows:
        cells = sheet.rows[row]
        given = {number: cells[number] for number in columns if number < len(cells) and cells[number] != ""}
        kept = {number: cell for number, cell in given.items() if number not in classed or cell not in _OURS}
        texts = {columns[number]: _plain(cell) for number, cell in kept.items()}
        if texts:
            found[row] = texts
    return found


def _plain(cell: Cell) -> str | int | Decimal:
    """A cell as it is kept: texts and numbers as they are, to the last digit, all else as it is written."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ") if cell.time() != time() else cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else Decimal(repr(cell))
    return cell
