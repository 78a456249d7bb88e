"""Step 4 by rate, tiers and steps: which row of a table a size reaches, as a whole or part by part."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from decimal import Decimal

from fupin_desktop.policy.awards.lines import House, Line, inputs_of, rate_text
from fupin_desktop.policy.exact import ZERO, Exact, over, plus, shown, times
from fupin_desktop.policy.scheme import AmountRule, TierMeasure
from fupin_desktop.policy.working import Step, Value


class Rate:
    """单价×数量."""

    def __init__(self, rate: Decimal, unit: str) -> None:
        self.rate = rate
        self.pair = ("rate", rate)
        self.unit_pair = ("unit", unit)
        self.standard = rate_text(rate, unit)

    def amount(self, house: House, line: Line) -> Exact | None:
        """Rate × quantity."""
        quantity, line.standard = line.quantity, self.standard
        result = times(self.rate, quantity)
        inputs = (
            (("quantity", quantity), self.unit_pair, self.pair)
            if isinstance(quantity, Decimal)
            else inputs_of(quantity, self.unit_pair, self.pair, result=result)
        )
        house.steps.append(Step(4, line.name, "amount.rate", inputs, shown(result), "元", line.clause))
        return result


class _Table:
    """What tiers and step tables share: which row a size reaches."""

    def __init__(self, rule: AmountRule, starts: list[Decimal], unit: str) -> None:
        self.starts = starts
        self.by_area = rule.measure is TierMeasure.HOUSEHOLD_AREA
        self.included = rule.boundary_included
        self.unit_pair = ("unit", unit)
        self.measure_unit_pair = ("measure_unit", "亩" if self.by_area else unit)
        self.measure_pair = ("measure", "全户面积" if self.by_area else "本项数量")
        self.unit = unit

    def _measured(self, house: House, line: Line) -> Exact:
        return house.area if self.by_area else line.quantity

    def _reached(self, size: Exact) -> int:
        """Index of the row reached, -1 for none; a row from 0 is always reached."""
        find = bisect_right if self.included else bisect_left
        index = find(self.starts, size) - 1
        return 0 if index < 0 and not self.starts[0] else index

    def _below(self, house: House, line: Line, size: Exact, rule: str) -> None:
        start = self.starts[0]
        pairs = (self.measure_pair, ("size", shown(size)), ("from", start), self.measure_unit_pair)
        house.steps.append(Step(4, line.name, rule, pairs, ZERO, "元", line.clause))
        house.note(line.name, f"未达到最低档 {start:f} {self.measure_unit_pair[1]}")


class WholeTiers(_Table):
    """按面积分档单价, 全额累进: the tier reached counts for all."""

    def __init__(self, rule: AmountRule, starts: list[Decimal], unit: str) -> None:
        super().__init__(rule, starts, unit)
        self.tiers = rule.tiers
        self.standards = [rate_text(tier.rate, unit) for tier in rule.tiers]
        self.pairs = [(("tier", tier.label), ("rate", tier.rate)) for tier in rule.tiers]

    def amount(self, house: House, line: Line) -> Exact | None:
        """Rate of the tier reached × quantity."""
        size = self._measured(house, line)
        index = self._reached(size)
        if index < 0:
            self._below(house, line, size, "amount.tiers_below")
            return None
        tier, quantity = self.tiers[index], line.quantity
        line.standard = self.standards[index]
        if self.by_area and tier.label and not house.label:
            house.label = tier.label
        result = times(tier.rate, quantity)
        inputs = inputs_of(quantity, self.unit_pair, *self.pairs[index], result=result)
        house.steps.append(Step(4, line.name, "amount.tiers", inputs, shown(result), "元", line.clause))
        return result


class MarginalTiers(_Table):
    """按面积分档单价, 超额累进: each part counts at its own tier."""

    def __init__(self, rule: AmountRule, starts: list[Decimal], unit: str) -> None:
        super().__init__(rule, starts, unit)
        self.tiers = rule.tiers
        self.ends: list[Decimal | None] = [*starts[1:], None]

    def amount(self, house: House, line: Line) -> Exact | None:
        """Sum of slice × rate; read off the household's area, its average rate × quantity."""
        size = self._measured(house, line)
        index = self._reached(size)
        if size <= self.starts[0] and self.starts[0]:
            self._below(house, line, size, "amount.tiers_below")
            return None
        if self.by_area and self.tiers[index].label and not house.label:
            house.label = self.tiers[index].label
        slices = self._slices(size)
        whole: Exact = ZERO
        for part, rate in slices:
            whole = plus(whole, times(part, rate))
        line.standard = " / ".join(rate_text(rate, self.unit) for _, rate in slices)
        if not self.by_area or size == line.quantity:
            return self._told(house, line, slices, whole)
        return self._averaged(house, line, slices, size, whole)

    def _slices(self, size: Exact) -> list[tuple[Exact, Decimal]]:
        """The parts of ``size`` with their rates; of nothing, the first tier alone."""
        found: list[tuple[Exact, Decimal]] = []
        for start, end, tier in zip(self.starts, self.ends, self.tiers, strict=True):
            if size <= start:
                break
            found.append((plus(size if end is None or size < end else end, -start), tier.rate))
        return found or [(ZERO, self.tiers[0].rate)]

    def _told(self, house: House, line: Line, slices: list[tuple[Exact, Decimal]], whole: Exact) -> Exact:
        pairs = _slice_pairs(slices)
        inputs = inputs_of(line.quantity, self.unit_pair, *pairs, result=whole)
        house.steps.append(Step(4, line.name, "amount.tiers_marginal", inputs, shown(whole), "元", line.clause))
        return whole

    def _averaged(
        self, house: House, line: Line, slices: list[tuple[Exact, Decimal]], size: Exact, whole: Exact
    ) -> Exact:
        if not size:
            return Rate(slices[0][1], self.unit).amount(house, line) or ZERO
        average = over(whole, size)
        result = times(line.quantity, average)
        pairs = (("area", shown(size)), ("whole", shown(whole)), ("average", shown(average)), *_slice_pairs(slices))
        inputs = inputs_of(line.quantity, self.unit_pair, *pairs, result=result)
        house.steps.append(Step(4, line.name, "amount.tiers_average", inputs, shown(result), "元", line.clause))
        return result


def _slice_pairs(slices: list[tuple[Exact, Decimal]]) -> list[tuple[str, Value]]:
    return [pair for part, rate in slices for pair in (("slice", shown(part)), ("rate", rate))]


class LumpSteps(_Table):
    """分段定额: the lump sum of the highest step reached."""

    def __init__(self, rule: AmountRule, starts: list[Decimal], unit: str) -> None:
        super().__init__(rule, starts, unit)
        self.lumps = rule.steps

    def amount(self, house: House, line: Line) -> Exact | None:
        """Lump sum of the step reached."""
        size = self._measured(house, line)
        index = self._reached(size)
        if index < 0:
            self._below(house, line, size, "amount.steps_below")
            return None
        lump = self.lumps[index]
        line.standard = f"满 {lump.start:f} {self.measure_unit_pair[1]} {lump.amount:,.2f} 元"
        inputs = (self.measure_pair, ("size", shown(size)), ("from", lump.start), self.measure_unit_pair)
        house.steps.append(Step(4, line.name, "amount.steps", inputs, lump.amount, "元", line.clause))
        return lump.amount
