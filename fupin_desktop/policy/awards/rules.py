"""Step 4 of the award calculation: the kinds of amount rule, compiled once per scheme.

A rule is asked with a ``Line``: the quantity of one scheme item for one household, after steps 1 to 3. It returns the
exact amount in yuan, or None where the rule is not reached, and tells what it did in the household's working.
"""

from __future__ import annotations

from decimal import Decimal

from fupin_desktop.policy.awards.lines import House, Line, Part, Rule, inputs_of, percent, rate_text
from fupin_desktop.policy.awards.rates import LumpSteps, MarginalTiers, Rate, WholeTiers
from fupin_desktop.policy.exact import ZERO, Exact, over, plus, shown, times
from fupin_desktop.policy.scheme import AmountKind, AmountRule, Progression, ShareBase
from fupin_desktop.policy.working import Step, Value


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
            self.standard += f"，不超过 {rate_text(self.limit, unit)}"

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
        house.note(line.name, f"补助共{len(self.by_year)}年，第{year}年不再补助" if year > 0 else "没有登记补助年次")


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
