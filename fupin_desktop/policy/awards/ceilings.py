"""Steps 5 (groups of items) to 8 of the award calculation: caps, sum, cost ceiling, caps per household."""

from __future__ import annotations

from decimal import Decimal

from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.awards.items import Counted
from fupin_desktop.policy.exact import ZERO, Exact, exact_text, minus, plus, shown, total
from fupin_desktop.policy.rules.lines import House
from fupin_desktop.policy.scheme import AwardScheme, Caps, CostScope, SubsidyTreatment
from fupin_desktop.policy.working import Step, Value

COST_CEILING = "吴川 三(二)4"
COST_SCOPE = "方案 成本上限"
CAPS = "方案 封顶"
HOUSEHOLD_PAIRS = 2
"""Inputs of a cap per household; one per person tells the persons besides."""

Pairs = tuple[tuple[str, Value], ...]


def _with_exact(pairs: Pairs, value: Exact) -> Pairs:
    exact = exact_text(value)
    return pairs if exact is None else (*pairs, ("exact", exact))


class Ceilings:
    """What a scheme lets a household have at most."""

    def __init__(self, scheme: AwardScheme) -> None:
        self.scheme = scheme
        self.group_of = {item.name: item.cap_group for item in scheme.items if item.cap_group in scheme.group_caps}
        self.counts = scheme.other_subsidy is SubsidyTreatment.COUNT
        self.deducts = scheme.other_subsidy is SubsidyTreatment.DEDUCT
        self.by_item = scheme.cost_scope is CostScope.ITEM
        self.without_cost = scheme.cost_scope is CostScope.NONE
        self.caps = scheme.caps
        self.capped = self.caps.any or self.caps.batch is not None

    def group_caps(self, house: House, counted: list[Counted]) -> None:
        """Step 5 of groups: in printed order, what goes beyond the group's cap is cut from the later items."""
        if not self.group_of:
            return
        left: dict[str, Exact] = dict(self.scheme.group_caps.items())
        for one in counted:
            group = self.group_of.get(one.item.name)
            if group is not None:
                before = one.amount
                one.amount = min(before, left[group])
                self._tell_group(house, one, group, before, left[group])
                left[group] = minus(left[group], one.amount)

    def _tell_group(self, house: House, one: Counted, group: str, before: Exact, left: Exact) -> None:
        cut = one.amount < before
        cap = self.scheme.group_caps[group]
        pairs = (("amount", shown(before)), ("group", group), ("cap", cap), ("group_left", shown(left)))
        code = "group_cap.cut" if cut else "group_cap.within"
        house.steps.append(Step(5, one.item.name, code, pairs, shown(one.amount), "元", f"方案 “{group}”封顶"))
        if cut:
            house.note(one.item.name, f"“{group}”合计封顶 {cap:,.2f} 元")

    def add_up(self, house: House, counted: list[Counted]) -> Exact:
        """Step 6: the sum of the items, less other subsidy where the scheme deducts it."""
        pairs: Pairs = tuple(
            [pair for one in counted for pair in (("item", one.item.name), ("amount", shown(one.amount)))]
        )
        summed = counted[0].amount if len(counted) == 1 else total(one.amount for one in counted)
        house.steps.append(Step(6, "", "sum.items", _with_exact(pairs, summed), shown(summed), "元", ""))
        subsidy = sum((one.subsidy for one in counted), ZERO) if self.deducts else ZERO
        if not subsidy:
            return summed
        left = minus(summed, subsidy)
        inputs = _with_exact((("amount", shown(summed)), ("other_subsidy", subsidy)), left)
        house.steps.append(Step(6, "", "sum.deducted", inputs, shown(left), "元", "方案 其他补助"))
        house.notes.append("扣减其他补助")
        return left

    def cut(
        self, house: House, counted: list[Counted], computed: Exact
    ) -> tuple[Exact, Decimal | None, Exact | None]:
        """Steps 7 and 8.

        Returns:
            The amount left, the household's cost ceiling (None where nothing was counted), and the smallest of all
            ceilings, across which step 10 does not round up.
        """
        if not counted:
            return computed, None, None
        amount, ceiling = self._under_costs(house, counted, computed)
        limits: list[Exact] = [] if ceiling is None else [ceiling]
        own = self._items_limit(counted)
        if own is not None:
            limits.append(own)
        if self.capped:
            amount = self._caps(house, amount, limits)
        return amount, ceiling, min(limits, default=None)

    def _under_costs(self, house: House, counted: list[Counted], computed: Exact) -> tuple[Exact, Decimal | None]:
        """Step 7 as the scheme has it; no ceiling where it sets none."""
        if self.without_cost:
            house.steps.append(Step(7, "", "cost.none", (), None, "", COST_SCOPE))
            return computed, None
        return (self._cost_by_item if self.by_item else self._cost_of_household)(house, counted, computed)

    def _items_limit(self, counted: list[Counted]) -> Exact | None:
        """What the items can be at most together (money caps, pools, groups); None where one has no limit."""
        groups: dict[str, Exact | None] = {}
        free: list[Exact] = []
        for one in counted:
            group = self.group_of.get(one.item.name)
            if group is None:
                if one.limit is None:
                    return None
                free.append(one.limit)
            else:
                so_far = groups.get(group, ZERO)
                groups[group] = None if so_far is None or one.limit is None else plus(so_far, one.limit)
        for group, limit in groups.items():
            cap = self.scheme.group_caps[group]
            free.append(cap if limit is None else min(cap, limit))
        return total(free)

    def _cost_of_household(
        self, house: House, counted: list[Counted], amount: Exact
    ) -> tuple[Exact, Decimal]:
        """Step 7 for the household's total."""
        ceiling, subsidy = ZERO, ZERO
        pairs: list[tuple[str, Value]] = []
        for one in counted:
            ceiling += one.cost * one.item.cost_ratio
            subsidy += one.subsidy
            pairs += [("cost", one.cost), one.item.ratio_pair] if one.costed else []
        return self._under_cost(house, amount, ceiling, subsidy if self.counts else ZERO, pairs, counted)

    def _cost_by_item(self, house: House, counted: list[Counted], computed: Exact) -> tuple[Exact, Decimal]:
        """Step 7 for each item, then for the household the sum of the items' ceilings less earlier awards."""
        ceilings = ZERO
        pairs: list[tuple[str, Value]] = []
        for one in counted:
            own = self._item_ceiling(house, one)
            ceilings += own
            pairs.append(("item_ceiling", own))
        amount = min(computed, total(one.amount for one in counted))
        return self._under_cost(house, amount, ceilings, ZERO, pairs, counted)

    def _item_ceiling(self, house: House, one: Counted) -> Decimal:
        subsidy = one.subsidy if self.counts else ZERO
        ceiling = max(one.cost * one.item.cost_ratio - subsidy, ZERO)
        pairs: list[tuple[str, Value]] = [("amount", shown(one.amount)), ("cost", one.cost), one.item.ratio_pair]
        if subsidy:
            pairs.append(("other_subsidy", subsidy))
        pairs.append(("ceiling", ceiling))
        cut = one.amount > ceiling
        if cut:
            one.amount = ceiling
            house.note(one.item.name, _cost_reason(one.costless, ZERO, subsidy))
        one.limit = ceiling if one.limit is None else min(one.limit, ceiling)
        code = "cost.item_ceiling" if cut else "cost.item_within"
        house.steps.append(Step(7, one.item.name, code, tuple(pairs), shown(one.amount), "元", COST_CEILING))
        return ceiling

    def _under_cost(
        self,
        house: House,
        amount: Exact,
        ceiling: Decimal,
        subsidy: Decimal,
        pairs: list[tuple[str, Value]],
        counted: list[Counted],
    ) -> tuple[Exact, Decimal]:
        """Cut to the household's ceiling less other subsidy and the earlier batches of the year."""
        costless = True in [one.costless for one in counted]
        if costless:
            house.marks.append("household.no_cost")
        earlier = house.applicant.earlier
        if subsidy:
            pairs.append(("other_subsidy", subsidy))
        if earlier:
            pairs.append(("earlier", earlier))
        self._tell_paid_too_much(house, earlier - max(ceiling - subsidy, ZERO))
        ceiling = max(ceiling - subsidy - earlier, ZERO) if subsidy or earlier else ceiling
        cut = amount > ceiling
        inputs = (("amount", shown(amount)), *pairs, ("ceiling", ceiling))
        if cut:
            amount = ceiling
            house.notes.append(_cost_reason(costless, earlier, subsidy))
        code = "cost.ceiling" if cut else "cost.within"
        inputs = _with_exact(inputs, amount)
        house.steps.append(Step(7, "", code, inputs, shown(amount), "元", COST_CEILING))
        return amount, ceiling

    def _caps(self, house: House, amount: Exact, limits: list[Exact]) -> Exact:
        """Step 8: the caps of the year, then those of the batch alone."""
        amount = self._under_caps(house, amount, self.caps, "", limits)
        return amount if self.caps.batch is None else self._under_caps(house, amount, self.caps.batch, "本批", limits)

    def _under_caps(self, house: House, amount: Exact, caps: Caps, whose: str, limits: list[Exact]) -> Exact:
        """Per household (by class where given), then per person × members; ``whose`` begins the caps' names."""
        applicant = house.applicant
        earlier = self._earlier(applicant, caps)
        own = _household_cap(applicant, caps)
        if own is not None:
            name, cap = own
            amount = self._under_cap(house, amount, (("cap_name", whose + name), ("cap", cap)), earlier, limits)
        per_person = _of_class(applicant, caps.per_person_by_class, caps.per_person)
        if per_person is None:
            return amount
        if not applicant.members:
            house.marks.append("household.members")
            house.steps.append(Step(8, "", "cap.members_missing", (("per_person", per_person),), None, "", CAPS))
            return amount
        cap, name = per_person * applicant.members, f"{whose}按人口封顶"
        pairs = (("cap_name", name), ("per_person", per_person), ("members", applicant.members), ("cap", cap))
        return self._under_cap(house, amount, pairs, earlier, limits)

    @staticmethod
    def _earlier(applicant: Applicant, caps: Caps) -> Decimal:
        """What earlier batches of the year use up of the caps."""
        alone = not caps.cumulative or not set(caps.batch_classes).isdisjoint(applicant.class_words)
        return ZERO if alone else applicant.earlier

    @staticmethod
    def _tell_paid_too_much(house: House, excess: Decimal) -> None:
        """Earlier batches or advances above a ceiling: what is to come back."""
        if excess > 0:
            house.marks.append("award.to_come_back")
            house.notes.append(f"本年前批已付超过上限 {excess:,.2f} 元，应退回")

    def _under_cap(self, house: House, amount: Exact, pairs: Pairs, earlier: Decimal, limits: list[Exact]) -> Exact:
        """Cut to a cap, the last of ``pairs``, less what earlier batches used up of it."""
        name, cap = str(pairs[0][1]), Decimal(pairs[-1][1] or 0)
        self._tell_paid_too_much(house, earlier - cap)
        left = max(cap - earlier, ZERO)
        limits.append(left)
        cut = amount > left
        inputs = (("amount", shown(amount)), *pairs)
        if earlier:
            inputs = (*inputs, ("earlier", earlier), ("ceiling", left))
        if cut:
            amount = left
            house.notes.append(f"{name} {cap:,.2f} 元" + ("(含本年前批)" if earlier else ""))
        code = "cap.person" if len(pairs) > HOUSEHOLD_PAIRS else "cap.household"
        inputs = _with_exact(inputs, amount)
        house.steps.append(Step(8, "", f"{code}_{'cut' if cut else 'within'}", inputs, shown(amount), "元", CAPS))
        return amount


def _of_class(applicant: Applicant, by_class: dict[str, Decimal], others: Decimal | None) -> Decimal | None:
    """What holds for the household's class, by own word, label or code; else what holds for all."""
    if not by_class:
        return others
    return next((by_class[word] for word in applicant.class_words if word in by_class), others)


def _household_cap(applicant: Applicant, caps: Caps) -> tuple[str, Decimal] | None:
    for word in applicant.class_words if caps.by_class else ():
        if word in caps.by_class:
            known = applicant.household_class
            label = known.label if known is not None and word == known.value else word
            return f"{label}每户封顶", caps.by_class[word]
    return None if caps.per_household is None else ("每户封顶", caps.per_household)


def _cost_reason(costless: bool, earlier: Decimal, subsidy: Decimal) -> str:
    if costless:
        return "没有核定成本"
    parts = [word for word, value in (("其他补助", subsidy), ("本年前批", earlier)) if value]
    return f"按成本封顶(已扣{'、'.join(parts)})" if parts else "按成本封顶"
