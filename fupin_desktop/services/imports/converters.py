"""From raw cells to stored values, one converter a column.

A converter is a dictionary that fills itself: equal cells are read once, so a column of 100 000 cells costs as much as
its distinct values. What is wrong with a value is kept beside it and put at its places afterwards. The reading itself
is that of ``services.values``; exact numbers of workbooks take a short way here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fupin_desktop.domain.reading import numbers
from fupin_desktop.domain.reading.raw import Raw, plain
from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.values import Context, Fault, Place, Reading, read
from fupin_desktop.storage.fields import Field, Kind

_SCALES = {Kind.MONEY: numbers.MONEY, Kind.QUANTITY: numbers.QUANTITY, Kind.AREA: numbers.QUANTITY}


def must(code: str, sentence: str, todo: str) -> Fault:
    """A fault that keeps the household out."""
    return Fault(f"import.{code}", Severity.MUST, sentence, todo)


def warning(code: str, sentence: str, todo: str = "请核对，没有错就不用改") -> Fault:
    """A fault that is only told."""
    return Fault(f"import.{code}", Severity.WARNING, sentence, todo)


class Converter(dict[Raw, Any]):
    """Stored value of every raw cell seen in a column; None for an empty cell.

    Attributes:
        faults: What is wrong, by raw cell.
    """

    def __init__(self, read_cell: Callable[[Raw], Reading]) -> None:
        super().__init__({"": None})
        self.faults: dict[Raw, Fault] = {}
        self._read = read_cell

    def __missing__(self, raw: Raw) -> Any:
        value, faults = self._read(raw)
        self[raw] = value
        if faults:
            self.faults[raw] = faults[0]._replace(code=f"import.{faults[0].code}")
        return value


def converter(field: Field, context: Context) -> Converter:
    """The converter of a column.

    Args:
        field: The field it holds.
        context: Circumstances of reading; the place is the import of a workbook.
    """
    assert context.place is Place.IMPORTED
    scale = _SCALES.get(field.kind)
    if scale is None:
        return Converter(lambda raw: read(field, raw, context))
    return Converter(_of_numbers(field, context, scale))


def _of_numbers(field: Field, context: Context, scale: numbers.Scale) -> Callable[[Raw], Reading]:
    """A reader that takes the short way with numbers that are exact as they stand."""
    parts, limit = scale.whole * context.times, scale.limit * scale.whole
    most = limit if field.at_most is None else field.at_most + 1
    whole = int(parts) if parts == int(parts) else 0

    def read_number(raw: Raw) -> Reading:
        if isinstance(raw, float) and whole:
            stored = numbers.exact_parts(raw, whole, min(limit, most))
            if stored is not None:
                return Reading(stored)
        return read(field, raw, context)

    return read_number


def refusing(fault: Fault) -> Converter:
    """The converter of a column in which no value can be understood."""
    return Converter(lambda _raw: Reading(None, (fault._replace(code=fault.code.removeprefix("import.")),)))


def village_converter(known: frozenset[str]) -> Converter:
    """The converter of village names: 低岭村委会 is 低岭村, unless the office registered it so."""
    return Converter(lambda raw: Reading(village_name(plain(raw), known) or None))
