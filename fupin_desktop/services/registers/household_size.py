"""The size of a household by its area of the year (大户, 小农户), a column of registers that belong to households."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case

from fupin_desktop.domain.area import to_milli
from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.services.registers.parts import YEAR, Computed
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Participation
from fupin_desktop.storage.fields import Field, Kind

_AREA = Participation.area_total_milli


def _large_from(bench: Workbench) -> int:
    """大户起点 in thousandths of a 亩 (吴川 三(二)4)."""
    return to_milli(Decimal(str(bench.parameters.value("large_household_area", bench.today).value)))


def _size(bench: Workbench, _year: int) -> ColumnElement[Any]:
    """大户 or 小农户 by the area; nothing where that is not given."""
    large, small = HouseholdSize.LARGE.value, HouseholdSize.SMALL.value
    return case((_AREA.is_(None), None), (_large_from(bench) <= _AREA, large), else_=small)


def _of_size(bench: Workbench, size: str | None) -> ColumnElement[bool]:
    """The condition on the area alone, which has an index."""
    if size is None:
        return _AREA.is_(None)
    start = _large_from(bench)
    return start <= _AREA if size == HouseholdSize.LARGE.value else start > _AREA


SIZE = Computed(
    Field("size", "规模", Kind.CHOICE, choices=HouseholdSize, help="按面积合计和大户起点判定，不用填写。"),
    _size,
    source=YEAR,
    order="area_total_milli",
    equals=_of_size,
)
