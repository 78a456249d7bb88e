"""Steps 9 and 10 of the award calculation: the money, and the totals of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.vocabulary import HouseholdSize, Participation
from fupin_desktop.policy.awards.assess import Assessed, tie_of
from fupin_desktop.policy.exact import FEN, ZERO, Exact, Rounding, over, shown, total
from fupin_desktop.policy.results import AwardTotals, HouseholdAward
from fupin_desktop.policy.scheme import AwardScheme, PriorityKey, WhenShort
from fupin_desktop.policy.working import Step, Value

MONEY = "方案 资金"
WHEN_SHORT = "方案 资金不足时"
NOTHING = FEN - FEN
SCALED = "资金不足，同比例折减"
TIGHT = "资金不足，取整不进位"


class Share(NamedTuple):
    """What step 9 leaves a household: the award, its last steps, and what is added to the reason."""

    award: Decimal
    steps: tuple[Step, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Shared:
    """Step 9 and 10 of a whole run."""

    shares: list[Share]
    scale: tuple[int, int] | None = None


def share_out(scheme: AwardScheme, rounding: Rounding, assessed: Sequence[Assessed]) -> Shared:
    """Steps 9 and 10 for all households, in their order.

    Args:
        scheme: Says how much money there is and what happens when it is short.
        rounding: Step 10.
        assessed: Households after step 8.
    """
    money = scheme.money
    wanted = sum([one.rounded for one in assessed], NOTHING)
    if money is None:
        return Shared(_all_paid(assessed, Step(9, "", "pool.unlimited", (("total", wanted),), None, "", MONEY)))
    inputs = (("total", wanted), ("pool", money))
    if wanted <= money:
        return Shared(_all_paid(assessed, Step(9, "", "pool.kept", inputs, None, "", MONEY)))
    if scheme.when_short is WhenShort.STOP:
        short = Step(9, "", "pool.stopped", (*inputs, ("missing", wanted - money)), None, "", WHEN_SHORT)
        return Shared(_all_paid(assessed, short))
    if scheme.when_short is WhenShort.PRIORITY:
        return Shared(_by_priority(scheme, rounding, assessed, money))
    return _scaled(rounding, assessed, money)


def _all_paid(assessed: Sequence[Assessed], step: Step) -> list[Share]:
    return [
        Share(one.rounded, (step, one.final)) if one.final is not None else Share(one.rounded, ()) for one in assessed
    ]


# ── scale all by one factor ─────────────────────────────────────────────────────────────────────────────────────────


class _Part(NamedTuple):
    """A household's exact share: whole rounding units, the rest for the largest-remainder order, and to 6 decimals."""

    position: int
    whole: int
    rest: int
    most: int
    millionths: int
    ends: bool


def _scaled(rounding: Rounding, assessed: Sequence[Assessed], money: Decimal) -> Shared:
    """Scale by money ÷ Σ, round down to the unit, hand out what is left by largest remainder, never above a_i.

    Where rounding up alone makes the sum exceed the money, the factor is 1.
    """
    exact_sum = total(one.exact for one in assessed)
    factor: Exact = over(money, exact_sum) if exact_sum > money else Decimal(1)
    parts = _parts(rounding.unit, assessed, factor)
    units = int(money / rounding.unit) - sum(part.whole for part in parts)
    raised = _raised(parts, assessed, units)
    rule = "pool.scaled" if exact_sum > money else "pool.tight"
    step = Step(9, "", rule, (("pool", money), ("total", shown(exact_sum))), None, "元", WHEN_SHORT)
    shares = [
        _scaled_share(one, part, rounding, step, part.position in raised)
        for one, part in zip(assessed, parts, strict=True)
    ]
    return Shared(shares, (_fen(money), _fen(exact_sum)))


def _raised(parts: list[_Part], assessed: Sequence[Assessed], units: int) -> set[int]:
    """Positions that get one unit more: by largest remainder, ties by household key, none above its exact amount."""
    raised: set[int] = set()
    for part in sorted(parts, key=lambda part: (-part.rest, tie_of(assessed[part.position]))):
        if len(raised) == units:
            break
        if part.whole < part.most:
            raised.add(part.position)
    return raised


def _fen(value: Exact) -> int:
    """``value`` in 分, to the nearest."""
    numerator, denominator = value.as_integer_ratio()
    return (200 * numerator + denominator) // (2 * denominator)


def _parts(unit: Decimal, assessed: Sequence[Assessed], factor: Exact) -> list[_Part]:
    """Exact shares as integers: whole units and a rest that orders households just as their true remainders do.

    All remainders have the form rest ÷ (own denominator × common); two unlike ones differ by more than
    2⁻ˢʰⁱᶠᵗ, so the rests shifted and divided by their own denominators compare as the fractions would.
    """
    ratios = [one.exact.as_integer_ratio() for one in assessed]
    up, down = factor.as_integer_ratio()
    unit_up, unit_down = unit.as_integer_ratio()
    shift = 2 * max((denominator.bit_length() for _, denominator in ratios), default=0)
    parts = []
    for position, (numerator, denominator) in enumerate(ratios):
        whole, rest = divmod(numerator * up * unit_down, denominator * down * unit_up)
        most = numerator * unit_down // (denominator * unit_up)
        millionths, beyond = divmod(numerator * up * 1_000_000, denominator * down)
        parts.append(_Part(position, whole, (rest << shift) // denominator, most, millionths, not beyond))
    return parts


def _scaled_share(one: Assessed, part: _Part, rounding: Rounding, shared: Step, raised: bool) -> Share:
    if one.final is None:
        return Share(NOTHING, ())
    award = ((part.whole + raised) * rounding.unit).quantize(FEN)
    scaled = Decimal(part.millionths).scaleb(-6)
    inputs = (("amount", shown(one.exact)), *shared.inputs, *(() if part.ends else (("about", "≈"),)))
    step = Step(9, "", shared.rule, inputs, scaled, "元", WHEN_SHORT)
    code = "rounding.remainder_up" if raised else "rounding.remainder_down" if award != scaled else "rounding.exact"
    final = Step(10, "", code, (("amount", scaled), ("to", rounding.unit_label)), award, "元", "方案 取整")
    reason = SCALED if shared.rule == "pool.scaled" else TIGHT
    return Share(award, (step, final), reason if award < one.rounded else "")


# ── serve by priority ───────────────────────────────────────────────────────────────────────────────────────────────


def _by_priority(scheme: AwardScheme, rounding: Rounding, assessed: Sequence[Assessed], money: Decimal) -> list[Share]:
    """Pay in the order of the scheme while the money lasts; the household at its end gets the rest, or nothing."""
    order = sorted(range(len(assessed)), key=lambda position: _rank(scheme, assessed[position]))
    shares: list[Share] = [Share(NOTHING, ())] * len(assessed)
    left: Decimal | None = money
    place = 0
    for position in order:
        one = assessed[position]
        if one.final is None:
            continue
        if not one.rounded:
            shares[position] = Share(NOTHING, (one.final,))
            continue
        place += 1
        shares[position], left = _served(scheme, rounding, one, left, place)
    return shares


def _served(
    scheme: AwardScheme, rounding: Rounding, one: Assessed, left: Decimal | None, place: int
) -> tuple[Share, Decimal | None]:
    """The share of the next household in line, and the money left; None once the line has stopped."""
    final = one.final
    assert final is not None
    inputs: tuple[tuple[str, Value], ...] = (("place", place), ("amount", one.rounded), ("left", left or NOTHING))
    if left is not None and one.rounded <= left:
        step = Step(9, "", "pool.paid", inputs, one.rounded, "元", WHEN_SHORT)
        return Share(one.rounded, (final, step)), left - one.rounded
    rest = rounding.down(left) if left is not None and scheme.partial else NOTHING
    if rest:
        step = Step(9, "", "pool.partial", inputs, rest, "元", WHEN_SHORT)
        return Share(rest, (final, step), "资金只够一部分"), None
    code, reason = ("pool.not_enough", "余额不足，不作部分发放") if left else ("pool.used_up", "资金已用完")
    return Share(NOTHING, (final, Step(9, "", code, inputs, NOTHING, "元", WHEN_SHORT)), reason), None


def _rank(scheme: AwardScheme, one: Assessed) -> tuple[object, ...]:
    """Sort key of the order of service: the scheme's keys, then the household's own."""
    applicant = one.applicant
    ranks: list[object] = []
    for key in scheme.priority:
        if key is PriorityKey.NUMBER:
            ranks.append((applicant.priority is None, applicant.priority or 0))
        elif key is PriorityKey.LARGE_FIRST:
            ranks.append(one.size is not HouseholdSize.LARGE)
        elif key is PriorityKey.CLASS:
            ranks.append(_class_rank(scheme, one))
        else:
            ranks.append(-one.area)
    return (*ranks, tie_of(one))


def _class_rank(scheme: AwardScheme, one: Assessed) -> int:
    words = one.applicant.class_words
    return next((at for at, word in enumerate(scheme.class_order) if word in words), len(scheme.class_order))


# ── results ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def awards_of(assessed: Sequence[Assessed], shares: list[Share]) -> tuple[HouseholdAward, ...]:
    """The awards of the households, with their whole working."""
    return tuple([_award(one, share) for one, share in zip(assessed, shares, strict=True)])


def _award(one: Assessed, share: Share) -> HouseholdAward:
    reason = one.reason
    if share.reason:
        reason = f"{reason}；{share.reason}" if reason else share.reason
    return HouseholdAward(
        one.applicant,
        one.area,
        one.size,
        one.size_label,
        one.cost,
        one.items,
        one.computed,
        one.capped,
        share.award,
        reason,
        one.steps + share.steps,
        one.cost_ceiling,
        one.marks,
    )


def totals_of(
    scheme: AwardScheme, assessed: Sequence[Assessed], awards: Sequence[HouseholdAward], scale: tuple[int, int] | None
) -> AwardTotals:
    """Sums of a run; a household counts once whatever it grows."""
    joined = [award for one, award in zip(assessed, awards, strict=True) if one.final is not None]
    large = [award for award in joined if award.size is HouseholdSize.LARGE]
    awarded = sum([award.award for award in joined], NOTHING)
    awarded_large = sum([award.award for award in large], NOTHING)
    money = scheme.money
    return AwardTotals(
        households=len(awards),
        participating=sum([award.applicant.participation is not Participation.NONE for award in joined]),
        awarded=sum([award.award > 0 for award in joined]),
        large=len(large),
        small=len(joined) - len(large),
        area=sum([award.area for award in joined], ZERO),
        computed=sum([award.computed for award in joined], NOTHING),
        capped=sum([award.capped for award in joined], NOTHING),
        award=awarded,
        award_large=awarded_large,
        award_small=awarded - awarded_large,
        pool=money,
        left=None if money is None else money - awarded,
        scale=scale,
    )
