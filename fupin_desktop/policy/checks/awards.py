"""Checks of the awards of a calculation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.policy.checks.facts import Facts, Finding, key_of, names, subjects
from fupin_desktop.policy.exact import UNITS
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.policy.scheme import CostScope

SPLIT_FROM = 3
HEADS = ("人", "口", "户")


def above_cost(facts: Facts) -> Iterator[Finding]:
    """No award above the verified cost, earlier batches included (吴川 三(二)4)."""
    if facts.scheme.cost_scope is CostScope.NONE:
        return
    found = [award for award in facts.paid if _above_cost(award)]
    if found:
        yield f"{names(found)}的奖补超过核定成本，不得发放", subjects(found), ""


def _above_cost(award: HouseholdAward) -> bool:
    ceiling, cost = award.cost_ceiling, award.cost
    if ceiling is None or cost is None or award.award > ceiling:
        return True
    return award.award + award.applicant.earlier > cost


def not_participating(facts: Facts) -> Iterator[Finding]:
    """Only participating households benefit, in principle (吴川 三(二)3)."""
    found = [award for award in facts.paid if award.applicant.participation in (None, Participation.NONE)]
    if found:
        yield f"{names(found)}没有参与，只有参与户才能受惠", subjects(found), ""


def pool_short(facts: Facts) -> Iterator[Finding]:
    """The sum stays within the money."""
    result = facts.result
    if result is not None and result.totals.left is not None and result.totals.left < 0:
        missing = -result.totals.left
        sentence = (
            f"可用资金 {result.totals.pool:,.2f} 元，奖补合计 {result.totals.award:,.2f} 元，还差 {missing:,.2f} 元；"
            "请增加资金、降低标准，或改为同比例折减、按先后顺序"
        )
        yield sentence, (), "pool"


def total(facts: Facts) -> Iterator[Finding]:
    """The printed rows add up to the printed total."""
    result = facts.result
    if result is None:
        return
    if sum([award.award for award in result.awards], Decimal(0)) != result.totals.award:
        yield "逐户奖补之和与合计不一致，请重新测算", (), ""


def large_not_more(facts: Facts) -> Iterator[Finding]:
    """The smallest award of a large household is above the largest of a small one, in principle (吴川 三(二)4)."""
    large = [award for award in facts.paid if award.size is HouseholdSize.LARGE]
    small = [award for award in facts.paid if award.size is HouseholdSize.SMALL]
    if not large or not small:
        return
    lowest, highest = min([award.award for award in large]), max([award.award for award in small])
    if lowest <= highest:
        least = min([award for award in large if award.award == lowest], key=key_of)
        most = min([award for award in small if award.award == highest], key=key_of)
        sentence = (
            f"原则上大户应多于小农户：大户{least.applicant.name} {least.award:,.2f} 元，"
            f"不高于小农户{most.applicant.name} {most.award:,.2f} 元，请修改标准或说明理由"
        )
        yield sentence, (key_of(least), key_of(most)), ""


def equal_split(facts: Facts) -> Iterator[Finding]:
    """No equal split per head or per household whatever the quantity (吴川 三(一)5)."""
    paid = facts.paid
    if len(paid) < SPLIT_FROM:
        return
    if _per_household(facts, paid):
        if _quantity_explains_nothing(paid):
            amounts = {award.award for award in paid}
            told = f"是 {min(amounts):,.2f}" if len(amounts) == 1 else f"约 {_mean(paid):,.2f}"
            sentence = f"{len(paid)} 户的奖补都{told} 元，与数量无关，近似按户平均分配，请说明理由"
            yield sentence, subjects(paid), ""
    elif _per_head(facts, paid) and (all(map(_by_heads, paid)) or not _same_ratio(paid)):
        each = sum([award.award for award in paid], Decimal(0)) / sum([award.applicant.members for award in paid])
        yield f"{len(paid)} 户按人口折算都约 {each:,.2f} 元/人，近似按人分摊，请说明理由", subjects(paid), ""


def _mean(paid: list[HouseholdAward]) -> Decimal:
    return sum([award.award for award in paid], Decimal(0)) / len(paid)


def _per_household(facts: Facts, paid: list[HouseholdAward]) -> bool:
    """Whether all get the same, to within the one unit of rounding by which a pool's rest is given out."""
    amounts = [award.award for award in paid]
    return max(amounts) - min(amounts) <= UNITS[facts.scheme.rounding_unit]


def _quantity_explains_nothing(paid: list[HouseholdAward]) -> bool:
    """Whether quantities differ far more than the awards do, or only heads or households are counted."""
    if all(map(_by_heads, paid)):
        return True
    amounts, quantities = [award.award for award in paid], [_quantity(award) for award in paid]
    by_award = (max(amounts) - min(amounts)) * min(quantities)
    return by_award * 2 < (max(quantities) - min(quantities)) * min(amounts)


def _quantity(award: HouseholdAward) -> Decimal:
    return sum([item.quantity for item in award.items], Decimal(0))


def _by_heads(award: HouseholdAward) -> bool:
    """Whether heads or households are what is counted, so that the quantity explains nothing."""
    return bool(award.items) and all(item.unit in HEADS for item in award.items)


def _per_head(facts: Facts, paid: list[HouseholdAward]) -> bool:
    """Whether one amount per head explains every award to within one unit of rounding."""
    unit = UNITS[facts.scheme.rounding_unit]
    lowest, highest = Fraction(0), None
    for award in paid:
        members = award.applicant.members
        if not members:
            return False
        low, high = Fraction(award.award - unit) / members, Fraction(award.award + unit) / members
        lowest, highest = max(lowest, low), high if highest is None else min(highest, high)
        if lowest > highest:
            return False
    return True


def _same_ratio(paid: list[HouseholdAward]) -> bool:
    """Whether award ÷ quantity is the same for all, which needs no other explanation."""
    first, first_quantity = paid[0].award, _quantity(paid[0])
    return all(award.award * first_quantity == first * _quantity(award) for award in paid)


def duplicate(facts: Facts) -> Iterator[Finding]:
    """Each household is there once."""
    keys = [award.applicant.key for award in facts.awards]
    if len(set(keys)) == len(keys):
        return
    counted = Counter(keys)
    found = [award for award in facts.awards if counted[award.applicant.key] > 1]
    yield f"{names(found)}在名册中重复，请核对后删去重复的户", tuple(sorted({key_of(award) for award in found})), ""


def same_number(facts: Facts) -> Iterator[Finding]:
    """One identity number belongs to one household; both would be paid otherwise."""
    found = [award for award in facts.awards if award.applicant.shares_number]
    if found:
        sentence = f"{names(found)}的身份证号与名册里另一户的相同，请核对后改正，或删去重复的户"
        yield sentence, subjects(found), "head_id_number"


def same_name(facts: Facts) -> Iterator[Finding]:
    """Two households of one name in one village are told apart on the notice."""
    named = [(award.applicant.village, award.applicant.name) for award in facts.awards]
    counted = Counter(named)
    if len(counted) == len(named):
        return
    groups: dict[tuple[str, str], list[HouseholdAward]] = {}
    for place, award in zip(named, facts.awards, strict=True):
        if counted[place] > 1 and place[1]:
            groups.setdefault(place, []).append(award)
    for (village, name), found in sorted(groups.items()):
        yield f"{village}有 {len(found)} 户重名“{name}”，公示时用身份证尾号区分", subjects(found), ""
