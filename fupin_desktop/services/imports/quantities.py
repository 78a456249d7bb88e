"""Quantities whose heading names a unit: set against the unit of each row, converted exactly and told, or asked."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from fupin_desktop.services.imports.columns import Columns
from fupin_desktop.services.imports.converters import must, warning
from fupin_desktop.services.sheets.findings import at
from fupin_desktop.services.sheets.units import quantity_unit, times_between
from fupin_desktop.storage.fields import Kind

_AREA = "亩"


def settle_quantities(columns: Columns) -> None:
    """Bring the quantities of all rows to the units of their rows; what cannot be is noted at its cell."""
    mapping = columns.mapping
    for number, key in enumerate(mapping.columns):
        if key is None or mapping.kind.fields[key].field.kind is not Kind.QUANTITY:
            continue
        heading = mapping.headings[number]
        unit = quantity_unit(heading)
        if unit:
            _settle(columns, key, number, unit)


def _settle(columns: Columns, key: str, number: int, unit: str) -> None:
    of_rows = f"{key.rpartition('.')[0]}.unit"
    values, units = list(columns.column(key)), list(columns.column(of_rows))
    converted: set[str] = set()
    for place, value in enumerate(values):
        if value is None:
            continue
        said = str(units[place] or "")
        target = said or (_AREA if times_between(unit, _AREA) is not None else unit)
        times = times_between(unit, target)
        exact = None if times is None else Fraction(value) * times
        if exact is None or exact.denominator != 1:
            columns.find(columns.rows[place], key, _differs(unit, said))
            continue
        if times != 1:
            converted.add(target)
            values[place], units[place] = int(exact), target
    if converted:
        columns.values[key] = values
        if of_rows in columns.mapping.kind.fields:
            columns.values[of_rows] = units
        heading = columns.mapping.headings[number]
        fault = warning("unit_converted", f"“{heading}”的单位是{unit}，已换算成{'、'.join(sorted(converted))}")
        columns.findings.append(at(fault, columns.sheet, columns.mapping.first_row - 1, number, heading))


def _differs(unit: str, said: str) -> Any:
    sentence = f"表头写的单位是“{unit}”，这一行的计量单位是“{said}”，不会换算"
    return must("unit_differs", sentence, "请核对数量和单位，改成一样")
