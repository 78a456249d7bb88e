"""What tiers and step tables share: the size they are read off, and which row a size reaches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from fupin_desktop.domain.strict_toml import Table
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.policy.exact import ZERO, Exact, shown
from fupin_desktop.policy.rules.lines import House, Line
from fupin_desktop.policy.working import Step


class TierMeasure(Word):
    """What tiers and steps are read off."""

    HOUSEHOLD_AREA = "household_area", "全户面积"
    ITEM_QUANTITY = "item_quantity", "本项数量"

    def unit(self, of_item: str) -> str:
        """The unit sizes are given in."""
        return "亩" if self is TierMeasure.HOUSEHOLD_AREA else of_item


def rows_of(table: Table, key: str) -> list[Table]:
    """The rows of a table of tiers or steps, at least one.

    Raises:
        BadDefinition: There is none.
    """
    rows = table.tables(key, optional=True)
    if not rows:
        table.fail(key, "至少要写一档")
    return rows


def ensure_ascending(table: Table, key: str, starts: Sequence[Decimal]) -> None:
    """Refuse rows whose starts do not ascend.

    Raises:
        BadDefinition: They do not.
    """
    for number, (low, high) in enumerate(pairwise(starts), 2):
        if low >= high:
            table.fail(f"{key}[{number}].from", "各档起点要从小到大，不能相同")


class RowTable:
    """A compiled table: its starts, and the row that a size reaches."""

    def __init__(self, starts: Sequence[Decimal], measure: TierMeasure, included: bool, unit: str) -> None:
        self.starts = list(starts)
        self.by_area = measure is TierMeasure.HOUSEHOLD_AREA
        self.included = included
        self.unit = unit
        self.unit_pair = ("unit", unit)
        self.measure_unit_pair = ("measure_unit", measure.unit(unit))
        self.measure_pair = ("measure", measure.label)

    def measured(self, house: House, line: Line) -> Exact:
        """The size the table is read off."""
        return house.area if self.by_area else line.quantity

    def reached(self, size: Exact) -> int:
        """Index of the row reached, -1 for none; a row from 0 is always reached."""
        find = bisect_right if self.included else bisect_left
        index = find(self.starts, size) - 1
        return 0 if index < 0 and not self.starts[0] else index

    def found(self, house: House, line: Line, below: str) -> tuple[int, Exact] | None:
        """The row reached and the size; None where it is not even the first, which the step ``below`` then tells."""
        size = self.measured(house, line)
        index = self.reached(size)
        if index >= 0:
            return index, size
        self._tell_below(house, line, size, below)
        return None

    def _tell_below(self, house: House, line: Line, size: Exact, rule: str) -> None:
        """Tell that not even the first row is reached."""
        start = self.starts[0]
        pairs = (self.measure_pair, ("size", shown(size)), ("from", start), self.measure_unit_pair)
        house.steps.append(Step(4, line.name, rule, pairs, ZERO, "元", line.clause))
        house.note(line.name, f"未达到最低档 {start:f} {self.measure_unit_pair[1]}")
