"""Finding a text in the cells of a query's rows, and what they would say with another in its place."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from fupin_desktop.domain.numbers import parse_number
from fupin_desktop.domain.text import clean
from fupin_desktop.services.registers.columns import columns
from fupin_desktop.services.registers.edits import CellEdit
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import all_keys, rows
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.fields import Kind

_PART = 2000
_GROUPED = frozenset({Kind.MONEY, Kind.AREA, Kind.QUANTITY, Kind.INTEGER})


def replacements(
    bench: Workbench, query: Query, names: Sequence[str], find: str, put: str, *, whole: bool = False
) -> list[CellEdit]:
    """The cells of a query in which a text stands, with what is to be typed into them; nothing is written.

    Args:
        bench: The workbench.
        query: Which rows.
        names: Keys of the columns looked through; those that are not typed into are passed over.
        find: The text, in full or half width; numbers as they are typed, grouped or not.
        put: What comes in its place.
        whole: Whether it must be all that stands in the cell.
    """
    sought = clean(find)
    if not sought:
        return []
    every = enumerate(columns(query.register))
    chosen = [(place, info) for place, info in every if info.key in names and info.editable]
    found: list[CellEdit] = []
    keys = all_keys(bench, query)
    for start in range(0, len(keys), _PART):
        for row in rows(bench, query.register, query.year, keys[start : start + _PART]):
            for place, info in chosen:
                text = _replaced(row.cells[place], sought, put, number=Kind(info.kind) in _GROUPED, whole=whole)
                if text is not None:
                    found.append(CellEdit(row.key, info.key, text))
    return found


def _replaced(cell: str, sought: str, put: str, *, number: bool, whole: bool) -> str | None:
    """What a cell would say; None where the text does not stand in it. All that stands in a number is its value."""
    text, wanted = (one.replace(",", "") if number else one for one in (cell, sought))
    if whole:
        same = text == wanted or (number and _value(text) is not None and _value(text) == _value(wanted))
        return put if same else None
    return text.replace(wanted, put) if wanted and wanted in text else None


def _value(text: str) -> Decimal | None:
    """The number that a text is; None where it is none."""
    try:
        return parse_number(text, "").value
    except ValueError:
        return None
