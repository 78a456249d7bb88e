"""The class of a household out of several columns: monitoring, kind of household, poverty; the surest first."""

from __future__ import annotations

from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.headings import CLASS, CLASSES


def settle_classes(columns: Columns) -> None:
    """Give each row the class that its surest column names; a blank or 非监测对象 leaves it to the next."""
    known = [columns.values[key] for key in (*CLASSES, CLASS) if columns.values.get(key)]
    if len(known) > 1 or (known and CLASS not in columns.values):
        rows = zip(*known, strict=True)
        columns.values[CLASS] = [next((word for word in row if word is not None), None) for row in rows]
