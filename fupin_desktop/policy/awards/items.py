"""Steps 1 to 5 of one scheme item for one household, compiled once per scheme."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.policy.applicants import FarmEntry
from fupin_desktop.policy.exact import ZERO, Exact, exact_text, over, plus, shown, times, total
from fupin_desktop.policy.rules.lines import House, Line, Part
from fupin_desktop.policy.rules.rule import AmountRule, Compiled
from fupin_desktop.policy.scheme import Condition, SchemeItem
from fupin_desktop.policy.working import Step, Value

_MINIMUM = {
    (True, True): "minimum.reached", (True, False): "minimum.below",
    (False, True): "minimum.above", (False, False): "minimum.not_above",
}  # fmt: skip
"""Steps by whether the least quantity itself is enough, and whether there is enough."""

class Choice(NamedTuple):
    """What an item says of one kind of entry: the rule, the variant it comes from, and the factors that hold."""

    variant: str | None
    written: AmountRule
    rule: Compiled
    factors: tuple[tuple[str, Decimal], ...]

    @property
    def factor(self) -> Decimal:
        """Product of the factors."""
        product = Decimal(1)
        for _, factor in self.factors:
            product *= factor
        return product


@dataclass(slots=True)
class Counted:
    """An item of a household after step 5.

    Attributes:
        amount: Yuan, exact.
        quantity: Quantity after steps 1 to 3.
        standard: The standard in words.
        parts: The entries that were counted.
        limit: Yuan the item can be at most, None where nothing limits it (money cap).
        pools: Yuan of it that come from each pool whose rate was found.
        before: Yuan before the caps of the item, of which ``pools`` are parts.
        cost: Verified cost of the counted entries.
        costless: Whether an entry has no verified cost.
        costed: Whether any entry's cost is counted here and not with an earlier item.
        subsidy: Other subsidy of the counted entries.
    """

    item: CompiledItem
    amount: Exact
    quantity: Exact
    standard: str
    parts: list[Part]
    limit: Exact | None = None
    pools: list[tuple[str, Exact]] = field(default_factory=list)
    before: Exact = ZERO
    cost: Decimal = ZERO
    costless: bool = False
    costed: bool = False
    subsidy: Decimal = ZERO

    def add_up(self, house: House) -> None:
        """Sum cost and other subsidy of the counted entries; an entry of several items gives them to the first."""
        for entry, _ in self.parts:
            if house.costed is not None:
                if id(entry) in house.costed:
                    continue
                house.costed.add(id(entry))
            self.costed = True
            if entry.cost is None:
                self.costless = True
            else:
                self.cost += entry.cost
            if entry.other_subsidy:
                self.subsidy += entry.other_subsidy


def holds(condition: Condition, house: House, entry: FarmEntry) -> bool:
    """Whether every part of ``condition`` that is not empty matches; classes match by own word, label or code."""
    applicant = house.applicant
    if condition.classes and condition.classes.isdisjoint(applicant.class_words):
        return False
    return (
        (not condition.villages or applicant.village in condition.villages)
        and (not condition.product_groups or entry.product_group in condition.product_groups)
        and (not condition.products or entry.product in condition.products)
        and (condition.size is None or condition.size is house.size)
    )


class CompiledItem:
    """One line of the rule table, ready to be applied to many households."""

    def __init__(self, item: SchemeItem, number: int, large_from: Decimal, cost_ratio: Decimal) -> None:
        self.item = item
        self.number = number
        self.name = item.name
        self.unit = item.unit
        self.clause = f"方案第{number}项"
        self.cost_ratio = cost_ratio if item.cost_ratio is None else item.cost_ratio
        self.unit_pair: tuple[str, Value] = ("unit", item.unit)
        self.ratio_pair = ("ratio", self.cost_ratio)
        self.minimum_pair = ("minimum", item.minimum)
        self.rule = item.rule.compile(item.unit, item.name, large_from)
        self.plain = not item.factors and not item.variants
        labels = [variant.label or f"第{index}种情形" for index, variant in enumerate(item.variants, 1)]
        self.variants = [
            (variant.when, label if labels.count(label) == 1 else f"{label}{index}", variant.rule)
            for index, (label, variant) in enumerate(zip(labels, item.variants, strict=True), 1)
        ]
        self.variant_rules = [
            rule.compile(item.unit, f"{item.name}({label})", large_from) for _, label, rule in self.variants
        ]
        self.selective = type(item.rule).counts is not AmountRule.counts
        self._choices: dict[tuple[object, ...], Choice] = {}

    def pools(self) -> dict[str, Decimal]:
        """The pools of this item, by the name their rate is shown under."""
        rules: list[tuple[str, AmountRule]] = [(self.name, self.item.rule)]
        rules += [(f"{self.name}({label})", rule) for _, label, rule in self.variants]
        pools = [(name, rule.shared_pool()) for name, rule in rules]
        return {name: pool for name, pool in pools if pool is not None}

    def count(self, house: House, parts: list[Part]) -> Counted | None:
        """Steps 2 to 5 for the entries of this item; None where nothing is counted, with the reason noted.

        Args:
            house: The household; its working grows.
            parts: Entries with their counted quantity, each above 0.
        """
        total = parts[0][1] if len(parts) == 1 else self._added(house, parts)
        item = self.item
        if item.minimum is not None and not self._reaches(house, total):
            return None
        counted = self._plainly(house, parts, total) if self.plain else self._by_choice(house, parts)
        if counted is not None:
            counted.add_up(house)
            counted.before = counted.amount
            if item.money_cap is not None:
                self._cap_money(house, counted, item.money_cap)
        return counted

    def _plainly(self, house: House, parts: list[Part], total: Decimal) -> Counted | None:
        """The item without variants and factors."""
        paying = _quantity(parts, self.item.rule) if self.selective else total
        line = Line(self.name, self.unit, self.clause, parts, paying, self._capped(house, paying))
        amount = self.rule.amount(house, line)
        return None if amount is None else self._counted(line, amount)

    def _counted(self, line: Line, amount: Exact) -> Counted:
        counted = Counted(self, amount, line.quantity, line.standard, line.parts)
        if line.pool:
            counted.pools.append((line.pool, amount))
        return counted

    def _added(self, house: House, parts: list[Part]) -> Decimal:
        total = sum((quantity for _, quantity in parts), ZERO)
        pairs: tuple[tuple[str, Value], ...] = (*[("part", quantity) for _, quantity in parts], self.unit_pair)
        house.steps.append(Step(1, self.name, "quantity.sum", pairs, total, self.unit, self.clause))
        return total

    def _reaches(self, house: House, total: Decimal) -> bool:
        minimum, included = self.item.minimum or ZERO, self.item.minimum_included
        reached = total >= minimum if included else total > minimum
        pairs = (("quantity", total), self.minimum_pair, self.unit_pair)
        code = _MINIMUM[included, reached]
        house.steps.append(Step(2, self.name, code, pairs, total if reached else ZERO, self.unit, self.clause))
        if not reached:
            word = "低于" if included else "未超过"
            house.note(self.name, f"{word}起补 {minimum:f} {self.unit}")
        return reached

    def _capped(self, house: House, paying: Decimal) -> Decimal:
        """Step 3: what the cap leaves of the quantity that is paid for."""
        cap = self.item.quantity_cap
        if cap is None or not paying:
            return paying
        cut = paying > cap
        pairs = (("quantity", paying), ("quantity_cap", cap), self.unit_pair)
        code, result = ("quantity_cap.cut", cap) if cut else ("quantity_cap.within", paying)
        house.steps.append(Step(3, self.name, code, pairs, result, self.unit, self.clause))
        if cut:
            house.note(self.name, f"按 {cap:f} {self.unit}封顶")
        return result

    def _cap_money(self, house: House, counted: Counted, cap: Decimal) -> None:
        cut = counted.amount > cap
        counted.limit = cap if counted.limit is None else min(counted.limit, cap)
        pairs = (("amount", shown(counted.amount)), ("cap", cap))
        if cut:
            counted.amount = cap
            house.note(self.name, f"封顶 {cap:,.2f} 元")
        code = "item_cap.cut" if cut else "item_cap.within"
        house.steps.append(Step(5, self.name, code, pairs, shown(counted.amount), "元", self.clause))

    def _choice(self, house: House, entry: FarmEntry) -> Choice:
        applicant = house.applicant
        key = (
            applicant.household_class, applicant.own_classes, applicant.village, house.size, entry.product,
            entry.product_group,
        )
        found = self._choices.get(key)
        if found is None:
            found = self._choices[key] = self._choose(house, entry)
        return found

    def _choose(self, house: House, entry: FarmEntry) -> Choice:
        factors = tuple((f.label, f.factor) for f in self.item.factors if holds(f.when, house, entry))
        for (when, label, written), rule in zip(self.variants, self.variant_rules, strict=True):
            if holds(when, house, entry):
                return Choice(label, written, rule, factors)
        return Choice(None, self.item.rule, self.rule, factors)

    def _by_choice(self, house: House, parts: list[Part]) -> Counted | None:
        """Entries that take the same rule are counted together; the cap is shared out by what is paid for.

        A group that comes out at nothing uses up nothing of the cap: it is told, and the cap is shared out anew among
        the others.
        """
        groups: dict[int, list[Part]] = {}
        for part in parts:
            groups.setdefault(id(self._choice(house, part[0]).rule), []).append(part)
        waiting, idle = list(groups.values()), []
        while True:
            mark = house.mark()
            paying = sum([self._paying(house, group) for group in waiting], ZERO)
            quantity = self._capped(house, paying)
            found = [(group, self._one_group(house, group, paying, quantity)) for group in waiting]
            empty = [group for group, one in found if one is None or not (one.amount or one.pools)]
            if quantity == paying or not empty or len(empty) == len(waiting):
                break
            house.back_to(mark)
            for group in empty:
                nothing = self._one_group(house, group, paying, quantity)
                idle += [nothing] if nothing is not None else []
            waiting = [group for group in waiting if group not in empty]
        counted = [one for _, one in found if one is not None]
        return self._joined(counted, idle, quantity) if counted or idle else None

    def _paying(self, house: House, group: list[Part]) -> Decimal:
        return _quantity(group, self._choice(house, group[0][0]).written)

    @staticmethod
    def _joined(counted: list[Counted], idle: list[Counted], quantity: Decimal) -> Counted:
        """Groups as one item; the quantity is that of the groups that get something, where any does."""
        joined, *others = [*counted, *idle]
        paid = [one.quantity for one in counted if one.amount or one.pools]
        registered = sum([part for one in (counted or idle) for _, part in one.parts], ZERO)
        for other in others:
            joined.amount = plus(joined.amount, other.amount)
            joined.parts = joined.parts + other.parts
            joined.standard = f"{joined.standard}、{other.standard}"
            joined.pools += other.pools
        joined.quantity = min(quantity, total(paid) if paid else registered)
        return joined

    def _one_group(self, house: House, parts: list[Part], paying: Decimal, quantity: Decimal) -> Counted | None:
        choice = self._choice(house, parts[0][0])
        uncut = _quantity(parts, choice.written)
        own: Exact = uncut if quantity == paying else over(times(uncut, quantity), paying)
        line = Line(self.name, self.unit, self.clause, parts, uncut, own)
        line.factor = self._factor(house, parts)
        if choice.variant is not None:
            pairs = (("variant", choice.variant), ("quantity", shown(own)), self.unit_pair)
            house.steps.append(Step(4, self.name, "variant", pairs, None, "", self.clause))
        amount = choice.rule.amount(house, line)
        if amount is None:
            return None
        counted = self._counted(line, amount)
        if line.factor is not None:
            self._apply_factor(house, counted)
            counted.pools = [(key, counted.amount) for key, _ in counted.pools] if line.factor else []
        return counted

    def _factor(self, house: House, parts: list[Part]) -> Exact | None:
        """The factor of these entries; unlike ones are averaged by quantity. None where none holds."""
        choices = [self._choice(house, entry) for entry, _ in parts]
        if all(not choice.factors for choice in choices):
            return None
        if all(choice.factors == choices[0].factors for choice in choices):
            return choices[0].factor
        weighed = sum((c.factor * quantity for c, (_, quantity) in zip(choices, parts, strict=True)), ZERO)
        return over(weighed, sum((quantity for _, quantity in parts), ZERO))

    def _apply_factor(self, house: House, counted: Counted) -> None:
        factor = self._factor(house, counted.parts)
        if factor is None:
            return
        before, counted.amount = counted.amount, times(counted.amount, factor)
        code, told = self._told_factors(house, counted.parts, factor)
        exact = exact_text(counted.amount)
        pairs = (("amount", shown(before)), *told, *(() if exact is None else (("exact", exact),)))
        house.steps.append(Step(4, self.name, code, pairs, shown(counted.amount), "元", self.clause))
        counted.standard = f"{counted.standard} × {shown(factor).normalize():f}"
        if not factor:
            house.note(self.name, "系数为 0")

    def _told_factors(self, house: House, parts: list[Part], factor: Exact) -> tuple[str, list[tuple[str, Value]]]:
        """Rule code and inputs of the factor's step: each factor by its label, or each entry's own and the average."""
        factors = self._choice(house, parts[0][0]).factors
        if all(self._choice(house, entry).factors == factors for entry, _ in parts):
            return "factor", [pair for label, value in factors for pair in (("label", label), ("factor", value))]
        pairs: list[tuple[str, Value]] = [self.unit_pair, ("average", shown(factor))]
        for entry, quantity in parts:
            own = self._choice(house, entry).factor
            pairs += [("label", entry.product), ("part", quantity), ("factor", own)]
        return "factor.average", pairs


def _quantity(parts: list[Part], rule: AmountRule) -> Decimal:
    """The quantity of the entries that a rule pays for."""
    return sum([quantity for entry, quantity in parts if rule.counts(entry)], ZERO)


ByUnit = dict[str, tuple[CompiledItem, ...]]
"""Items by their unit, in printed order."""


class ItemIndex:
    """Which items of the scheme an entry falls to: by product, then by product group, then the other item.

    Of several that list it those of the entry's unit take it, the additional ones beside the first; an entry without
    unit, or of a unit that none has, falls to those of the first one's unit.
    """

    def __init__(self, items: list[CompiledItem]) -> None:
        self.by_product: dict[str, ByUnit] = {}
        self.by_group: dict[str, ByUnit] = {}
        self.others: ByUnit = {}
        self.stacked = any(item.item.additional for item in items)
        for item in items:
            for product in item.item.products:
                _list_under(self.by_product.setdefault(product, {}), item)
            for group in item.item.product_groups:
                _list_under(self.by_group.setdefault(group, {}), item)
            if item.item.other:
                _list_under(self.others, item)

    def find(self, entry: FarmEntry) -> tuple[CompiledItem, ...]:
        """The items of ``entry``, all of one unit; none where the scheme lists none."""
        listed = self.by_product.get(entry.product) or self.by_group.get(entry.product_group) or self.others
        found = listed.get(entry.unit)
        return found or next(iter(listed.values()), ())


def _list_under(by_unit: ByUnit, item: CompiledItem) -> None:
    """Put an item among those of its unit, in printed order, once."""
    there = by_unit.get(item.unit, ())
    if item not in there:
        by_unit[item.unit] = (*there, item)


