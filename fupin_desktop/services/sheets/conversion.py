"""The units of a table's columns: from its heading, else from the rows above it; converted and told, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.sheets.findings import Finding, at
from fupin_desktop.services.sheets.heading import Heading
from fupin_desktop.services.sheets.raw import RawSheet
from fupin_desktop.services.sheets.units import Rates, Unit, unit_of, units_above
from fupin_desktop.services.values import Fault
from fupin_desktop.storage.fields import Field

_ONE = Fraction(1)
_AREA = "亩"


@dataclass(slots=True)
class Units:
    """The units of a table's columns.

    Attributes:
        times: How many of the field's own unit one of a column's is, by column, where that is not 1.
        unknown: What is wrong with every value of a column whose unit cannot be converted, by column.
        told: Columns that are converted, told at their headings.
    """

    times: dict[int, Fraction] = field(default_factory=dict)
    unknown: dict[int, Fault] = field(default_factory=dict)
    told: list[Finding] = field(default_factory=list)

    def of(self, column: int) -> Fraction:
        """How many of the field's own unit one of a column's is."""
        return self.times.get(column, _ONE)


def read_units(sheet: RawSheet, heading: Heading, columns: Mapping[int, Field]) -> Units:
    """The units of the columns of a table.

    Args:
        sheet: The sheet.
        heading: The heading of the table.
        columns: The field of each column that holds one.
    """
    above, found = units_above_table(sheet, heading), Units()
    for number, one in columns.items():
        unit = unit_of(heading.texts[number], one, above)
        if unit is None or unit.times == 1:
            continue
        if unit.times is None:
            found.unknown[number] = _unknown(unit, one, heading.texts[number])
        else:
            found.times[number] = unit.times
            told = _converted(unit, one, heading.texts[number])
            found.told.append(at(told, sheet.name, heading.first_row - 1, number, heading.texts[number]))
    return found


def units_above_table(sheet: RawSheet, heading: Heading) -> Rates:
    """The units that the rows above a heading name."""
    return units_above(cell for row in sheet.rows[: heading.row] for cell in row if isinstance(cell, str))


def _unknown(unit: Unit, one: Field, heading: str) -> Fault:
    own = one.unit or _AREA
    sentence = f"“{heading}”的单位是“{unit.name}”，不会换算成{own}"
    return Fault("import.unit_unknown", Severity.MUST, sentence, f"请换算成{own}后填写，并改表头")


def _converted(unit: Unit, one: Field, heading: str) -> Fault:
    sentence = f"“{heading}”的单位是{unit.name}，已按1{unit.name}={unit.rate}{one.unit or _AREA}换算"
    return Fault("import.unit_converted", Severity.WARNING, sentence, "请核对，没有错就不用改")
