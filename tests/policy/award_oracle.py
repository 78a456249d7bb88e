"""A slow second calculation of awards, written from the rules of the manual alone, in fractions and nothing clever."""

from __future__ import annotations

from fractions import Fraction

from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.rules import (
    AmountRule,
    InstalmentsRule,
    LumpRule,
    PoolRule,
    Progression,
    RateRule,
    ShareBase,
    ShareRule,
    StepsRule,
    TierMeasure,
    TiersRule,
)
from fupin_desktop.policy.scheme import (
    AwardScheme,
    Caps,
    Condition,
    CostScope,
    PriorityKey,
    RoundingMode,
    RoundingUnit,
    SchemeItem,
    SubsidyTreatment,
    WhenShort,
)

F = Fraction
UNIT = {RoundingUnit.FEN: F(1, 100), RoundingUnit.JIAO: F(1, 10), RoundingUnit.YUAN: F(1)}
JOINED = (Participation.BASE, Participation.SCATTERED)


def floor(value: Fraction, unit: Fraction) -> Fraction:
    return (value / unit).__floor__() * unit


def half_up(value: Fraction, unit: Fraction) -> Fraction:
    return floor(value + unit / 2, unit)


def counted(entry: FarmEntry) -> Fraction:
    given = [value for value in (entry.declared, entry.accepted, entry.planned) if value is not None]
    return F(min(given)) if given else F(0)


def unit_of(scheme: AwardScheme, entry: FarmEntry) -> str:
    items = items_of(scheme, entry)
    return entry.unit or (items[0].unit if items else "")


def area_of(scheme: AwardScheme, household: Applicant) -> Fraction:
    if household.area is not None:
        return F(household.area)
    area = F(0)
    for entry in household.entries:
        if entry.area is not None:
            area += F(entry.area)
        elif unit_of(scheme, entry) == "亩":
            area += counted(entry)
    return area


def items_of(scheme: AwardScheme, entry: FarmEntry) -> list[SchemeItem]:
    """All items that pay an entry: of those that name its product, else its group, else the others, those of its unit."""
    named = [item for item in scheme.items if entry.product in item.products]
    named = named or [item for item in scheme.items if entry.product_group in item.product_groups]
    named = named or [item for item in scheme.items if item.other]
    own = [item for item in named if item.unit == entry.unit]
    return own or [item for item in named if item.unit == named[0].unit]


def words_of(scheme: AwardScheme, household: Applicant) -> list[str]:
    """What a household's class may be called in a scheme, its own classes first."""
    own = [word for word in household.own_classes if word in scheme.classes]
    known = household.household_class or (scheme.classes[own[0]] if own else None)
    return [*own, *([known.label, known.value] if known is not None else [])]


def tie_of(household: Applicant) -> tuple[str, ...]:
    return household.code, household.village, household.group, household.name, household.key


class Oracle:
    def __init__(self, scheme: AwardScheme, households: list[Applicant]) -> None:
        self.scheme = scheme
        self.households = [self.with_areas(household) for household in households]
        households = self.households
        self.large_from = F(10) if scheme.large_from is None else F(scheme.large_from)
        self.unit = UNIT[scheme.rounding_unit]
        self.pool_rates: dict[tuple[str, int], Fraction] = {}
        self.weights: dict[tuple[str, int], Fraction] = {}
        self.left: dict[tuple[str, int], Fraction] = {}
        for household in households:
            self.exact(household)
        for item in scheme.items:
            for at, rule in enumerate([item.rule, *[variant.rule for variant in item.variants]]):
                weight = self.weights.get((item.name, at), F(0))
                if isinstance(rule, PoolRule) and weight:
                    self.pool_rates[item.name, at] = floor(F(rule.pool) / weight, F(1, 100))

    def with_areas(self, household: Applicant) -> Applicant:
        """Entries of 亩 items without any quantity count with their area."""
        entries = []
        for entry in household.entries:
            items = items_of(self.scheme, entry)
            given = [value for value in (entry.declared, entry.accepted, entry.planned) if value is not None]
            if not given and items and items[0].unit == "亩" and unit_of(self.scheme, entry) == "亩":
                entry = entry._replace(declared=entry.area)
            entries.append(FarmEntry(*entry))
        return household._replace(entries=tuple(entries))

    def size(self, household: Applicant) -> HouseholdSize:
        return HouseholdSize.LARGE if area_of(self.scheme, household) >= self.large_from else HouseholdSize.SMALL

    def holds(self, when: Condition, household: Applicant, entry: FarmEntry) -> bool:
        words = words_of(self.scheme, household)
        return (
            (not when.classes or any(word in when.classes for word in words))
            and (not when.villages or household.village in when.villages)
            and (not when.product_groups or entry.product_group in when.product_groups)
            and (not when.products or entry.product in when.products)
            and (when.size is None or when.size is self.size(household))
        )

    def rule_at(self, item: SchemeItem, household: Applicant, entry: FarmEntry) -> int:
        for at, variant in enumerate(item.variants, 1):
            if self.holds(variant.when, household, entry):
                return at
        return 0

    def factor(self, item: SchemeItem, household: Applicant, entry: FarmEntry) -> Fraction:
        product = F(1)
        for factor in item.factors:
            if self.holds(factor.when, household, entry):
                product *= F(factor.factor)
        return product

    def rule_amount(
        self, rule: AmountRule, household: Applicant, entries: list[FarmEntry], cut: Fraction, key: tuple[str, int]
    ) -> tuple[Fraction | None, list[FarmEntry]]:
        """Amount before factors (None: not reached), and the entries that count for it."""
        q = sum((counted(entry) for entry in entries), F(0)) * cut
        if isinstance(rule, RateRule):
            return F(rule.rate) * q, entries
        if isinstance(rule, TiersRule):
            return self.tiers(rule, self.measure(rule, household, q), q), entries
        if isinstance(rule, StepsRule):
            measure = self.measure(rule, household, q)
            reached = [s for s in rule.steps if self.reaches(measure, F(s.start), rule.boundary_included)]
            return (F(reached[-1].amount) if reached else None), entries
        if isinstance(rule, LumpRule):
            there = q >= F(rule.threshold) if rule.boundary_included else q > F(rule.threshold)
            return (F(rule.amount) if there else None), entries
        if isinstance(rule, ShareRule):
            bases = [entry.cost if rule.share_of is ShareBase.COST else entry.income for entry in entries]
            known = [F(base) for base in bases if base is not None]
            if not known:
                return None, entries
            amount = sum(known) * F(rule.share)
            return (amount if rule.limit_per_unit is None else min(amount, F(rule.limit_per_unit) * q)), entries
        if isinstance(rule, InstalmentsRule):
            kept = [entry for entry in entries if 1 <= entry.instalment_year <= len(rule.by_year)]
            if not kept:
                return None, kept
            return sum(F(rule.by_year[e.instalment_year - 1]) * counted(e) * cut for e in kept), kept
        return self.pool_rates.get(key, F(0)) * q, entries

    def measure(self, rule: TiersRule | StepsRule, household: Applicant, q: Fraction) -> Fraction:
        return area_of(self.scheme, household) if rule.measure is TierMeasure.HOUSEHOLD_AREA else q

    @staticmethod
    def reaches(size: Fraction, start: Fraction, included: bool) -> bool:
        return start == 0 or (size >= start if included else size > start)

    def tiers(self, rule: TiersRule, measure: Fraction, q: Fraction) -> Fraction | None:
        rows = [(self.large_from if t.start is None else F(t.start), F(t.rate)) for t in rule.tiers]
        if rule.progression is Progression.WHOLE:
            reached = [rate for at, (start, rate) in enumerate(rows)
                       if (start == 0 and at == 0) or (measure >= start if rule.boundary_included else measure > start)]  # fmt: skip
            return reached[-1] * q if reached else None
        if not self.reaches(measure, rows[0][0], rule.boundary_included):
            return None
        if measure == 0:
            return rows[0][1] * q
        whole = F(0)
        for at, (start, rate) in enumerate(rows):
            end = rows[at + 1][0] if at + 1 < len(rows) else measure
            whole += max(min(measure, end) - start, F(0)) * rate
        return whole if rule.measure is TierMeasure.ITEM_QUANTITY else q * whole / measure

    @staticmethod
    def paying(rule: AmountRule, entries: list[FarmEntry]) -> Fraction:
        """Quantity that a rule pays for: what is beyond the years of an instalment uses up no cap."""
        years = len(rule.by_year) if isinstance(rule, InstalmentsRule) else 0
        return sum((counted(e) for e in entries if not years or 1 <= e.instalment_year <= years), F(0))

    def group(self, item, rule, household, mine, cut, at):
        """(amount, entries, weight in a pool) of the entries that take one rule, or None where it is not reached."""
        part, counting = self.rule_amount(rule, household, mine, cut, (item.name, at))
        if part is None:
            return None
        weighed = sum(counted(entry) * self.factor(item, household, entry) for entry in counting)
        factor = weighed / sum(counted(entry) for entry in counting)
        weight = sum(counted(entry) for entry in mine) * cut * factor if isinstance(rule, PoolRule) else F(0)
        return part * factor, counting, weight

    def item_amount(self, item: SchemeItem, household: Applicant, entries: list[FarmEntry]):
        """(amount, counted entries, limit, [(pool, part, amount before the money cap)]) of an item, or None."""
        total = sum((counted(entry) for entry in entries), F(0))
        if item.minimum is not None:
            minimum = F(item.minimum)
            if total < minimum or (total == minimum and not item.minimum_included):
                return None
        rules = [item.rule, *[variant.rule for variant in item.variants]]
        waiting = {at: [entry for entry in entries if self.rule_at(item, household, entry) == at] for at in range(len(rules))}
        waiting = {at: mine for at, mine in waiting.items() if mine}
        kept: list[FarmEntry] = []
        any_reached = False
        while True:
            paying = sum((self.paying(rules[at], mine) for at, mine in waiting.items()), F(0))
            quantity = paying if item.quantity_cap is None else min(paying, F(item.quantity_cap))
            cut = quantity / paying if paying else F(1)
            found = {at: self.group(item, rules[at], household, mine, cut, at) for at, mine in waiting.items()}
            nothing = [at for at, one in found.items() if one is None or not (one[0] or one[2])]
            if cut == 1 or not nothing or len(nothing) == len(waiting):
                break
            for at in nothing:
                del waiting[at]
                if found[at] is not None:
                    any_reached, kept = True, kept + found[at][1]
        amount, pools = F(0), []
        for at, one in found.items():
            if one is not None:
                any_reached, kept, amount = True, kept + one[1], amount + one[0]
                pools += [((item.name, at), one[0])] if one[2] else []
                if one[2] and not self.pool_rates:
                    self.weights[item.name, at] = self.weights.get((item.name, at), F(0)) + one[2]
        if not any_reached:
            return None
        limit, before = None, amount
        if item.money_cap is not None:
            amount = min(amount, F(item.money_cap))
            limit = F(item.money_cap)
        return amount, kept, limit, [(key, part, before) for key, part in pools]

    def exact(self, household: Applicant) -> tuple[Fraction, Fraction | None, list[tuple[tuple[str, int], Fraction]]]:
        """a_i after step 8, the smallest ceiling, and what of it comes from each pool."""
        scheme = self.scheme
        if household.participation not in JOINED:
            return F(0), None, []
        lines: dict[str, list[FarmEntry]] = {}
        for entry in household.entries:
            excluded = scheme.other_subsidy is SubsidyTreatment.EXCLUDE and entry.other_subsidy > 0
            for item in items_of(scheme, entry):
                if not (entry.unit and entry.unit != item.unit) and not excluded and counted(entry):
                    lines.setdefault(item.name, []).append(entry)
        found = []
        for item in scheme.items:
            if item.name in lines:
                one = self.item_amount(item, household, lines[item.name])
                if one is not None:
                    found.append((item, *one))
        if not found:
            return F(0), None, []
        return self.ceilings(household, found)

    def ceilings(self, household: Applicant, found):
        scheme = self.scheme
        left = {name: F(cap) for name, cap in scheme.group_caps.items()}
        amounts, taken = [], []
        for at, (item, amount, kept, *rest) in enumerate(found):
            """Cost and other subsidy of an entry that two items pay count once, with the first."""
            found[at] = (item, amount, [one for one in kept if not any(one is other for other in taken)], *rest)
            taken += kept
        for item, amount, *_ in found:
            if item.cap_group in left:
                amount = min(amount, left[item.cap_group])
                left[item.cap_group] -= amount
            amounts.append(amount)
        subsidies = [sum((F(entry.other_subsidy) for entry in kept), F(0)) for _, _, kept, _, _ in found]
        computed = sum(amounts)
        if scheme.other_subsidy is SubsidyTreatment.DEDUCT:
            computed = max(computed - sum(subsidies), F(0))
        counts = scheme.other_subsidy is SubsidyTreatment.COUNT
        ceilings = []
        for (item, _, kept, _, _), subsidy in zip(found, subsidies, strict=True):
            ratio = F(scheme.cost_ratio if item.cost_ratio is None else item.cost_ratio)
            ceilings.append(sum((F(e.cost) for e in kept if e.cost is not None), F(0)) * ratio - subsidy * counts)
        limits = [limit for *_, limit, _ in found]
        if scheme.cost_scope is CostScope.ITEM:
            ceilings = [max(ceiling, F(0)) for ceiling in ceilings]
            amounts = [min(a, c) for a, c in zip(amounts, ceilings, strict=True)]
            computed = min(computed, sum(amounts))
            limits = [c if limit is None else min(limit, c) for limit, c in zip(limits, ceilings, strict=True)]
        none = scheme.cost_scope is CostScope.NONE
        ceiling = [] if none else [max(sum(ceilings) - F(household.earlier), F(0))]
        all_limits = [*ceiling, *self.item_limits(found, limits), *self.caps(household)]
        amount, whole = min([computed, *ceiling, *self.caps(household)]), sum(amounts)
        pooled = [
            (key, part * mine / before * amount / whole)
            for mine, (*_, parts) in zip(amounts, found, strict=True) for key, part, before in parts if before and whole
        ]
        return amount, min(all_limits, default=None), [(key, part) for key, part in pooled if part]

    def item_limits(self, found, limits) -> list[Fraction]:
        groups: dict[str, list[Fraction | None]] = {}
        for (item, *_), limit in zip(found, limits, strict=True):
            name = item.cap_group if item.cap_group in self.scheme.group_caps else f"item {item.name}"
            groups.setdefault(name, []).append(limit)
        total = F(0)
        for name, members in groups.items():
            own = None if None in members else sum(members)
            if name in self.scheme.group_caps:
                cap = F(self.scheme.group_caps[name])
                own = cap if own is None else min(own, cap)
            if own is None:
                return []
            total += own
        return [total]

    def caps(self, household: Applicant) -> list[Fraction]:
        caps, words = self.scheme.caps, words_of(self.scheme, household)
        whole = caps.cumulative and not any(word in caps.batch_classes for word in words)
        earlier = F(household.earlier) if whole else F(0)
        of_batch = [] if caps.batch is None else self.caps_of(caps.batch, household, words)
        return [max(cap - earlier, F(0)) for cap in self.caps_of(caps, household, words)] + of_batch

    @staticmethod
    def caps_of(caps: Caps, household: Applicant, words: list[str]) -> list[Fraction]:
        own = [caps.by_class[word] for word in words if word in caps.by_class] + [caps.per_household]
        each = [caps.per_person_by_class[word] for word in words if word in caps.per_person_by_class] + [caps.per_person]
        found = [] if own[0] is None else [F(own[0])]
        return found + ([] if each[0] is None or not household.members else [F(each[0]) * household.members])

    def rounded(self, amount: Fraction, ceiling: Fraction | None) -> Fraction:
        down = floor(amount, self.unit)
        if self.scheme.rounding_mode is RoundingMode.DOWN:
            return down
        up = half_up(amount, self.unit)
        return down if ceiling is not None and up > ceiling else up

    def keep_pools(self, exact, wanted: list[Fraction]) -> None:
        """Where rounding overspends a pool, awards go down by a unit, the smallest remainders first."""
        for key in self.pool_rates:
            def spent(at: int, key=key) -> Fraction:
                parts = [part for name, part in exact[at][2] if name == key]
                if not parts:
                    return F(0)
                amount = exact[at][0]
                return wanted[at] if sum(parts) == amount else sum(parts) + max(wanted[at] - amount, F(0))

            item = next(item for item in self.scheme.items if item.name == key[0])
            pool = F([item.rule, *[variant.rule for variant in item.variants]][key[1]].pool)
            raised = [at for at, one in enumerate(exact) if spent(at) and wanted[at] > one[0]]
            raised.sort(key=lambda at: tie_of(self.households[at]), reverse=True)
            raised.sort(key=lambda at: exact[at][0] - floor(exact[at][0], self.unit))
            for at in raised:
                if sum(map(spent, range(len(exact)))) > pool:
                    wanted[at] = floor(exact[at][0], self.unit)
            self.left[key] = floor(max(pool - sum(map(spent, range(len(exact)))), F(0)), F(1, 100))

    def awards(self) -> list[Fraction]:
        exact = [self.exact(household) for household in self.households]
        wanted = [self.rounded(amount, ceiling) for amount, ceiling, _ in exact]
        self.keep_pools(exact, wanted)
        money = None if self.scheme.money is None else F(self.scheme.money)
        if money is None or sum(wanted) <= money or self.scheme.when_short is WhenShort.STOP:
            return wanted
        if self.scheme.when_short is WhenShort.PRIORITY:
            return self.by_priority(wanted, money)
        return self.scaled([amount for amount, *_ in exact], money)

    def scaled(self, amounts: list[Fraction], money: Fraction) -> list[Fraction]:
        factor = min(money / sum(amounts), F(1))
        shares = [amount * factor for amount in amounts]
        given = [floor(share, self.unit) for share in shares]
        left = floor(money, self.unit) - sum(given)
        order = sorted(
            range(len(amounts)), key=lambda at: (-(shares[at] - given[at]), tie_of(self.households[at]))
        )
        for at in order:
            if left >= self.unit and given[at] + self.unit <= amounts[at]:
                given[at] += self.unit
                left -= self.unit
        return given

    def by_priority(self, wanted: list[Fraction], money: Fraction) -> list[Fraction]:
        order = sorted(range(len(wanted)), key=lambda at: self.rank(self.households[at]))
        given, left = [F(0)] * len(wanted), money
        for at in order:
            if wanted[at] <= left:
                given[at] = wanted[at]
                left -= wanted[at]
            else:
                given[at] = floor(left, self.unit) if self.scheme.partial else F(0)
                break
        return given

    def rank(self, household: Applicant):
        ranks = []
        for key in self.scheme.priority:
            if key is PriorityKey.NUMBER:
                ranks.append(float("inf") if household.priority is None else household.priority)
            elif key is PriorityKey.LARGE_FIRST:
                ranks.append(0 if self.size(household) is HouseholdSize.LARGE else 1)
            elif key is PriorityKey.CLASS:
                words = words_of(self.scheme, household)
                places = [at for at, word in enumerate(self.scheme.class_order) if word in words]
                ranks.append(places[0] if places else 999)
            else:
                ranks.append(-area_of(self.scheme, household))
        return (*ranks, tie_of(household))
