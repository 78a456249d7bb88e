"""Step 4 of the award calculation: the kinds of amount rule, compiled once per scheme.

A rule is asked with a ``Line``: the quantity of one scheme item for one household, after steps 1 to 3. It returns the
exact amount in yuan, or None where the rule is not reached, and tells what it did in the household's working.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from decimal import Decimal
from typing import Protocol

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.exact import ZERO, Exact, exact_text, over, plus, shown, times
from fupin_desktop.policy.scheme import AmountKind, AmountRule, Progression, ShareBase, TierMeasure
from fupin_desktop.policy.working import Step, Value

Part = tuple[FarmEntry, Decimal]


class House:
    """A household while its award is being worked out."""

    __slots__ = (
        "applicant",
        "area",
        "label",
        "marks",
        "notes",
        "pool_rates",
        "several",
        "size",
        "steps",
        "weights",
    )

    def __init__(self, applicant: Applicant, pool_rates: Mapping[str, Decimal] | None) -> None:
        self.applicant = applicant
        self.pool_rates = pool_rates
        self.area = ZERO
        self.size = HouseholdSize.SMALL
        self.label = ""
        self.several = len(applicant.entries) > 1
        self.steps: list[Step] = []
        self.notes: list[str] = []
        self.marks: list[str] = []
        self.weights: list[tuple[str, Exact]] = []

    def note(self, name: str, text: str) -> None:
        """Keep a reason for the table; the item is named where the household has several entries."""
        self.notes.append(f"{name}{text}" if self.several else text)


class Line:
    """One item of one household: its entries, the quantity after steps 1 to 3, and how much of it a cap left."""

    __slots__ = ("clause", "factor", "limit", "name", "parts", "quantity", "standard", "uncut", "unit")

    def __init__(self, name: str, unit: str, clause: str, parts: list[Part], uncut: Decimal, quantity: Exact) -> None:
        self.name = name
        self.unit = unit
        self.clause = clause
        self.parts = parts
        self.uncut = uncut
        self.quantity = quantity
        self.factor: Exact | None = None
        self.limit: Exact | None = None
        self.standard = ""


class Rule(Protocol):
    """A compiled amount rule."""

    def amount(self, house: House, line: Line) -> Exact | None:
        """Yuan, or None where the rule is not reached."""


def inputs_of(quantity: Exact, *pairs: tuple[str, Value], result: Exact = ZERO) -> tuple[tuple[str, Value], ...]:
    """Inputs of a step that begin with the quantity; an unending result is kept exactly beside them."""
    exact = exact_text(result)
    start = (("quantity", shown(quantity)), *pairs)
    return start if exact is None else (*start, ("exact", exact))


def rate_text(rate: Decimal, unit: str) -> str:
    """A rate in words, e.g. ``320.00 元/亩``."""
    return f"{rate:,.2f} 元/{unit}"


def percent(share: Decimal) -> str:
    """A share in per cent without idle zeros, e.g. ``30%``."""
    return f"{(share * 100).normalize():f}%"


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


class Lump:
    """达标定额: a lump sum from a threshold."""

    def __init__(self, rule: AmountRule, unit: str) -> None:
        self.rule = rule
        self.pairs = (("threshold", rule.threshold), ("unit", unit))
        self.standard = f"满 {rule.threshold:f} {unit} {rule.amount:,.2f} 元"

    def amount(self, house: House, line: Line) -> Exact | None:
        """The lump sum, None below the threshold."""
        threshold = self.rule.threshold
        reached = line.quantity >= threshold if self.rule.boundary_included else line.quantity > threshold
        inputs = inputs_of(line.quantity, *self.pairs)
        code, result = ("amount.lump", self.rule.amount) if reached else ("amount.lump_below", ZERO)
        house.steps.append(Step(4, line.name, code, inputs, result, "元", line.clause))
        if not reached:
            house.note(line.name, f"未达到 {threshold:f} {line.unit}")
            return None
        line.standard = self.standard
        return result


class Share:
    """按成本或收入比例, with a limit per unit."""

    def __init__(self, rule: AmountRule, unit: str) -> None:
        self.share = rule.share
        self.of_cost = rule.share_of is ShareBase.COST
        self.base_name = "核定成本" if self.of_cost else "收入"
        self.limit = rule.limit_per_unit
        self.pairs = (("unit", unit), ("base_name", self.base_name), ("share", rule.share))
        self.standard = f"{self.base_name}的 {percent(rule.share)}"
        if self.limit is not None:
            self.standard += f", 不超过 {rate_text(self.limit, unit)}"

    def amount(self, house: House, line: Line) -> Exact | None:
        """Share of the base, at most limit × quantity."""
        given = [entry.cost if self.of_cost else entry.income for entry, _ in line.parts]
        known = [value for value in given if value is not None]
        if not known:
            inputs = inputs_of(line.quantity, *self.pairs)
            house.steps.append(Step(4, line.name, "amount.share_missing", inputs, ZERO, "元", line.clause))
            house.note(line.name, f"没有{self.base_name}")
            return None
        return self._counted(house, line, sum(known, ZERO))

    def _counted(self, house: House, line: Line, base: Decimal) -> Exact:
        line.standard = self.standard
        result: Exact = base * self.share
        code = "amount.share"
        pairs: tuple[tuple[str, Value], ...] = (*self.pairs, ("base", base))
        if self.limit is not None:
            most = times(self.limit, line.quantity)
            pairs = (*pairs, ("limit", self.limit), ("uncut", shown(result)))
            code = "amount.share_within"
            if result > most:
                code, result = "amount.share_limited", most
        inputs = inputs_of(line.quantity, *pairs, result=result)
        house.steps.append(Step(4, line.name, code, inputs, shown(result), "元", line.clause))
        return result


class Instalments:
    """分年补助: each entry at the rate of its own year."""

    def __init__(self, rule: AmountRule, unit: str) -> None:
        self.by_year = rule.by_year
        self.unit_pair = ("unit", unit)
        self.standards = [f"第{year}年 {rate_text(rate, unit)}" for year, rate in enumerate(rule.by_year, 1)]

    def amount(self, house: House, line: Line) -> Exact | None:
        """Σ quantity of a year × its rate; entries beyond the years are left out."""
        years: dict[int, Decimal] = {}
        kept: list[Part] = []
        for entry, quantity in line.parts:
            year = entry.instalment_year
            if 1 <= year <= len(self.by_year):
                kept.append((entry, quantity))
                years[year] = years.get(year, ZERO) + quantity
            else:
                self._beyond(house, line, year, quantity)
        line.parts = kept
        line.standard = "、".join(self.standards[year - 1] for year in sorted(years))
        amounts = [self._one_year(house, line, year, years[year]) for year in sorted(years)]
        result: Exact = ZERO
        for amount in amounts:
            result = plus(result, amount)
        return result if kept else None

    def _one_year(self, house: House, line: Line, year: int, quantity: Decimal) -> Exact:
        counted: Exact = quantity
        if line.quantity != line.uncut:
            counted = over(times(quantity, line.quantity), line.uncut)
        rate = self.by_year[year - 1]
        result = times(rate, counted)
        inputs = inputs_of(counted, self.unit_pair, ("year", year), ("rate", rate), result=result)
        house.steps.append(Step(4, line.name, "amount.instalment", inputs, shown(result), "元", line.clause))
        return result

    def _beyond(self, house: House, line: Line, year: int, quantity: Decimal) -> None:
        inputs = inputs_of(quantity, self.unit_pair, ("year", year), ("years", len(self.by_year)))
        code = "amount.instalment_over" if year > 0 else "amount.instalment_unknown"
        house.steps.append(Step(4, line.name, code, inputs, ZERO, "元", line.clause))
        house.note(line.name, f"补助共{len(self.by_year)}年, 第{year}年不再补助" if year > 0 else "没有登记补助年次")


class Pool:
    """总额÷总量: the rate is found when all households are known; until then only the weight is noted."""

    def __init__(self, rule: AmountRule, unit: str, key: str) -> None:
        self.key = key
        self.pool = rule.pool
        self.unit = unit
        self.unit_pair = ("unit", unit)

    def amount(self, house: House, line: Line) -> Exact | None:
        """Rate found × quantity; 0 while the rate is not known."""
        weight = line.quantity if line.factor is None else times(line.quantity, line.factor)
        house.weights.append((self.key, weight))
        rate = ZERO if house.pool_rates is None else house.pool_rates.get(self.key, ZERO)
        line.standard = rate_text(rate, self.unit)
        result = times(rate, line.quantity)
        line.limit = result if line.factor is None else times(result, line.factor)
        inputs = inputs_of(line.quantity, self.unit_pair, ("rate", rate), ("pool", self.pool), result=result)
        house.steps.append(Step(4, line.name, "amount.pool", inputs, shown(result), "元", line.clause))
        return result


def compile_rule(rule: AmountRule, unit: str, key: str, large_from: Decimal) -> Rule:
    """The compiled form of ``rule``.

    Args:
        rule: Step 4 of an item or variant.
        unit: The item's unit.
        key: Name a POOL rule's rate is shown under.
        large_from: 大户起点, 亩, for tiers that start at it.
    """
    if rule.kind is AmountKind.RATE:
        return Rate(rule.rate, unit)
    if rule.kind is AmountKind.TIERS:
        starts = [large_from if tier.start is None else tier.start for tier in rule.tiers]
        return (WholeTiers if rule.progression is Progression.WHOLE else MarginalTiers)(rule, starts, unit)
    if rule.kind is AmountKind.STEPS:
        return LumpSteps(rule, [step.start for step in rule.steps], unit)
    if rule.kind is AmountKind.LUMP:
        return Lump(rule, unit)
    if rule.kind is AmountKind.SHARE:
        return Share(rule, unit)
    return Instalments(rule, unit) if rule.kind is AmountKind.INSTALMENTS else Pool(rule, unit, key)
