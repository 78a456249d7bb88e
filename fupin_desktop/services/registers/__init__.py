"""The editable registers (台账), each described in ``kinds``: reading them in windows, editing, adding, removing."""

from __future__ import annotations

from fupin_desktop.services.registers.columns import ColumnInfo, columns
from fupin_desktop.services.registers.description import Beside, Register
from fupin_desktop.services.registers.edits import (
    CellEdit,
    Outcome,
    add,
    paste,
    removal_notice,
    remove,
    set_cells,
)
from fupin_desktop.services.registers.kinds.farm_items import REGISTER as FARM_ITEMS
from fupin_desktop.services.registers.kinds.households import REGISTER as HOUSEHOLDS
from fupin_desktop.services.registers.kinds.persons import REGISTER as PERSONS
from fupin_desktop.services.registers.owners import NOBODY, Owner, beside, owner_of
from fupin_desktop.services.registers.parts import Filter
from fupin_desktop.services.registers.pasted import split_block, within
from fupin_desktop.services.registers.query import Query
from fupin_desktop.services.registers.windows import (
    Row,
    Totals,
    ValueCount,
    all_keys,
    count,
    counts,
    counts_of_parents,
    position,
    rows,
    totals,
    values,
    window,
    window_keys,
)

__all__ = [
    "FARM_ITEMS",
    "HOUSEHOLDS",
    "NOBODY",
    "PERSONS",
    "Beside",
    "CellEdit",
    "ColumnInfo",
    "Filter",
    "Outcome",
    "Owner",
    "Query",
    "Register",
    "Row",
    "Totals",
    "ValueCount",
    "add",
    "all_keys",
    "beside",
    "columns",
    "count",
    "counts",
    "counts_of_parents",
    "owner_of",
    "paste",
    "position",
    "removal_notice",
    "remove",
    "rows",
    "set_cells",
    "split_block",
    "totals",
    "values",
    "window",
    "window_keys",
    "within",
]
