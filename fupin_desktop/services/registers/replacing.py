"""Finding a text in the cells of a query's rows, and what they would say with another in its place."""

from __future__ import annotations

from collections.abc import Sequence

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
        find: The text; numbers as they are typed, without grouping.
        put: What comes in its place.
        whole: Whether it must be all that stands in the cell.
    """
    if not find:
        return []
    every = enumerate(columns(query.register))
    chosen = [(place, info) for place, info in every if info.key in names and info.editable]
    found: list[CellEdit] = []
    keys = all_keys(bench, query)
    for start in range(0, len(keys), _PART):
        for row in rows(bench, query.register, query.year, keys[start : start + _PART]):
            for place, info in chosen:
                text = row.cells[place].replace(",", "") if Kind(info.kind) in _GROUPED else row.cells[place]
                if text == find if whole else find in text:
                    found.append(CellEdit(row.key, info.key, text.replace(find, put)))
    return found
