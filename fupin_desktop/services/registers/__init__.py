"""The editable registers (农户台账): households, planting and breeding items, persons."""

from __future__ import annotations

from fupin_desktop.services.registers.columns import ColumnInfo, Register, columns
from fupin_desktop.services.registers.edits import (
    CellEdit,
    Outcome,
    add,
    paste,
    removal_notice,
    remove,
    set_cells,
    split_block,
)
from fupin_desktop.services.registers.query import NAMED_FILTERS, Filter, Query
from fupin_desktop.services.registers.windows import (
    Row,
    Totals,
    ValueCount,
    all_keys,
    count,
    position,
    rows,
    totals,
    values,
    window,
)

__all__ = [
    "NAMED_FILTERS",
    "CellEdit",
    "ColumnInfo",
    "Filter",
    "Outcome",
    "Query",
    "Register",
    "Row",
    "Totals",
    "ValueCount",
    "add",
    "all_keys",
    "columns",
    "count",
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
]
