"""From raw cells to stored values, one converter a column.

A converter is a dictionary that fills itself: equal cells are read once, so a column of 100 000 cells costs as much as
its distinct values. What is wrong with a value is kept beside it and put at its places afterwards. The reading itself
is that of ``services.values``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from fupin_desktop.domain.reading.raw import Raw, formula_issue, plain
from fupin_desktop.domain.reading.texts import village_name
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.values import Context, Fault, Place, Reading, read
from fupin_desktop.services.values.faults import judged
from fupin_desktop.services.values.glance import Glance, glance, stands
from fupin_desktop.storage.fields import Field


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

    def __init__(
        self, read_cell: Callable[[Raw], Reading], at_a_glance: Glance | None = None,
        stand: Callable[[Iterable[Raw]], bool] | None = None,
    ) -> None:
        super().__init__({"": None})
        self.faults: dict[Raw, Fault] = {}
        self._read, self._glance, self._stand = read_cell, at_a_glance, stand

    def column(self, cells: Sequence[Raw]) -> list[Any]:
        """The stored values of a column."""
        if self._stand is not None and self._stand(set(cells) - {""}):
            return [cell or None for cell in cells]
        return list(map(self.__getitem__, cells))

    def __missing__(self, raw: Raw) -> Any:
        if self._glance is not None:
            value = self._glance(raw)
            if value is not None:
                self[raw] = value
                return value
        value, faults = self._read(raw)
        self[raw] = value
        if faults:
            code, severity, sentence, todo = faults[0]
            self.faults[raw] = Fault(f"import.{code}", severity, sentence, todo)
        return value


def converter(field: Field, context: Context) -> Converter:
    """The converter of a column.

    Args:
        field: The field it holds.
        context: Circumstances of reading; the place is the import of a workbook.
    """
    assert context.place is Place.IMPORTED
    return Converter(
        lambda raw: read(field, raw, context), glance(field, context), lambda cells: stands(field, cells, context)
    )


def refusing(fault: Fault) -> Converter:
    """The converter of a column in which no value can be understood."""
    return Converter(lambda _raw: Reading(None, (fault._replace(code=fault.code.removeprefix("import.")),)))


def village_converter(known: frozenset[str]) -> Converter:
    """The converter of village names: 低岭村委会 is 低岭村, unless the office registered it so."""

    def read_village(raw: Raw) -> Reading:
        issue = formula_issue(raw)
        if issue is not None:
            return Reading(None, (judged(issue, Place.IMPORTED),))
        return Reading(village_name(plain(raw), known) or None)

    return Converter(read_village)
