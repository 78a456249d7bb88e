"""What an award calculation returns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.working import Step


class PoolRate(NamedTuple):
    """What came out of a pool that is shared out by quantity.

    Attributes:
        rate: Yuan per unit, rounded down to 分.
        left: Yuan of the pool that nobody gets, before the money of step 9, rounded down to 分; None in calculations
            stored by versions that did not keep it.
    """

    rate: Decimal
    left: Decimal | None


class ItemAmount(NamedTuple):
    """Amount of one scheme item for one household.

    Attributes:
        item: Scheme item's name.
        products: Products counted in it.
        unit: Unit of the quantity.
        quantity: Counted quantity after steps 1 to 3.
        standard: The standard in words, e.g. ``320.00 元/亩``.
        amount: Yuan after step 5 (and step 7 where the ceiling holds per item); exact, or six decimals where it does
            not end.
    """

    item: str
    products: tuple[str, ...]
    unit: str
    quantity: Decimal
    standard: str
    amount: Decimal


class HouseholdAward(NamedTuple):
    """The award of one household.

    Attributes:
        applicant: The household as it was counted.
        area: Planted area that decided its size, 亩.
        size: Large or small.
        size_label: Tier label shown, e.g. 大户.
        cost: Verified cost of its entries, yuan; None where not verified.
        items: Amounts by scheme item.
        computed: 应奖补, yuan, after step 6, before ceilings; to 分, so that printed rows add up to their sum.
        capped: 封顶后, yuan, after step 8; to 分.
        award: 实奖补, yuan, after step 10.
        reason: Why the award is 0, less than computed, or leaves an entry out, in Chinese; empty where it is none.
        steps: The working.
        cost_ceiling: Ceiling of step 7 for the household, yuan; None where nothing was counted.
        marks: Codes of what the checks are to tell of this household, e.g. ``household.no_cost``.
    """

    applicant: Applicant
    area: Decimal
    size: HouseholdSize
    size_label: str
    cost: Decimal | None
    items: tuple[ItemAmount, ...]
    computed: Decimal
    capped: Decimal
    award: Decimal
    reason: str
    steps: tuple[Step, ...]
    cost_ceiling: Decimal | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardTotals:
    """Sums of a run; households are counted distinct, never added over products.

    Attributes:
        households: Households in the register given.
        participating: Households taking part.
        awarded: Households with an award above 0.
        large: Large households taking part.
        small: Small households taking part.
        area: Planted area of participating households, 亩.
        computed: Σ 应奖补.
        capped: Σ 封顶后.
        award: Σ 实奖补; equals the sum of the printed rows.
        award_large: Part of ``award`` that goes to large households.
        award_small: Part that goes to small ones.
        pool: Yuan available, None where nothing limits it.
        left: ``pool - award``, None without a pool.
        scale: Factor of step 9 as numerator and denominator in 分 (money, sum of capped amounts; a sum finer than 分
            is shown to the nearest 分), None where nothing was scaled.
    """

    households: int
    participating: int
    awarded: int
    large: int
    small: int
    area: Decimal
    computed: Decimal
    capped: Decimal
    award: Decimal
    award_large: Decimal
    award_small: Decimal
    pool: Decimal | None
    left: Decimal | None
    scale: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class AwardResult:
    """A whole calculation: equal input gives equal output, whatever the order of the input.

    Attributes:
        scheme: The scheme it was computed by.
        large_from: 大户起点 that was used, 亩.
        awards: One per household, in the order given.
        totals: Sums.
        pool_rates: For items that share out a pool: by name the rate found and what is left.
        problems: Findings of the checks after the calculation (``policy.checks``).
        passed: Number of checks that found nothing.
    """

    scheme: AwardScheme
    large_from: Decimal
    awards: tuple[HouseholdAward, ...]
    totals: AwardTotals
    pool_rates: dict[str, PoolRate]
    problems: tuple[Problem, ...]
    passed: int = 0
