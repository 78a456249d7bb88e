"""Sums shared out by quantity (总额÷总量): what each household gets of a pool, and that no pool is overspent.

The rate is rounded down to 分, so that the exact parts never exceed the pool; rounding awards to their unit may. Only
where it does do awards go down by one unit, those with the smallest remainders first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from fupin_desktop.override import override
from fupin_desktop.policy.awards.assess import Assessed, tie_of
from fupin_desktop.policy.exact import FEN_DOWN, ZERO, Exact, Rounding, minus, total
from fupin_desktop.policy.results import PoolRate
from fupin_desktop.policy.working import Step

TIGHT = "本项总额不够进位"


def keep_pools(
    assessed: Sequence[Assessed], pools: Mapping[str, Decimal], rates: Mapping[str, Decimal], rounding: Rounding
) -> tuple[list[Assessed], dict[str, PoolRate]]:
    """Take awards down by one unit where rounding would overspend a pool.

    Args:
        assessed: Households after step 8, with the rates found.
        pools: Yuan of each pool, by name.
        rates: Rate found of each pool that anyone reaches.
        rounding: Step 10.

    Returns:
        The households, and each pool's rate with what is left of the pool; where the money is short (step 9) the
        awards become smaller still.
    """
    kept = list(assessed)
    for key in rates:
        members = [at for at, one in enumerate(kept) if any(name == key for name, _ in one.pooled)]
        _take_down(kept, key, members, pools[key], rounding)
    spent = {key: total(_spent(one, key) for one in kept) for key in rates}
    found = {key: PoolRate(rate, FEN_DOWN.down(minus(pools[key], spent[key]))) for key, rate in rates.items()}
    return kept, found


def _take_down(kept: list[Assessed], key: str, members: list[int], pool: Decimal, rounding: Rounding) -> None:
    spent = total(_spent(kept[at], key) for at in members)
    if spent <= pool:
        return
    raised = [at for at in members if kept[at].rounded > kept[at].exact]
    raised.sort(key=lambda at: (_rest(kept[at], rounding), _Reversed(tie_of(kept[at]))))
    for at in raised:
        before = _spent(kept[at], key)
        kept[at] = _lowered(kept[at], rounding)
        spent = minus(spent, minus(before, _spent(kept[at], key)))
        if spent <= pool:
            return


class _Reversed(tuple[str, ...]):
    """Ties are taken down from the last household of the list to the first."""

    @override
    def __lt__(self, other: tuple[str, ...]) -> bool:
        return tuple(self) > tuple(other)


def _rest(one: Assessed, rounding: Rounding) -> Fraction:
    return Fraction(one.exact) - Fraction(rounding.down(one.exact))


def _spent(one: Assessed, key: str) -> Exact:
    """What a household costs a pool: its part of the award, and what rounding adds to it.

    An award that comes from the pool alone is taken as it is rounded; of a mixed one the part is exact, and rounding
    up is counted to the pool.
    """
    parts = [part for name, part in one.pooled if name == key]
    if not parts:
        return ZERO
    part = total(parts)
    return one.rounded if part == one.exact else total((part, minus(one.rounded, one.exact)))


def _lowered(one: Assessed, rounding: Rounding) -> Assessed:
    rounded = rounding.down(one.exact)
    final = one.final
    assert final is not None
    step = Step(10, "", "rounding.pool", final.inputs, rounded, "元", final.clause)
    reason = f"{one.reason}；{TIGHT}" if one.reason else TIGHT
    return one._replace(rounded=rounded, final=step, reason=reason)
