"""反推标准: the highest standard of one item that the money allows without scaling anything down.

What is searched is one whole number, so that the answer is exact: the highest rate or lump sum of the rule in 分, with
the others in proportion, rounded down to 分. The sum rises with the standard, so halving finds the largest, but for one
case: an item that is cut down to its cost, and that uses up the ceiling it shares with other items, leaves these less
the higher its standard is. So where the money is never used up, the sum is followed to its peak.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.awards.calculator import Calculator, Progress
from fupin_desktop.policy.numbers import PolicyNumbers
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.rules.rule import AmountRule
from fupin_desktop.policy.scheme import AwardScheme, SchemeItem

HIGHEST = 10**11
ROUNDS = 80


class Solution(NamedTuple):
    """What 反推标准 found.

    Attributes:
        scheme: The scheme with the new standard.
        result: Its calculation.
    """

    scheme: AwardScheme
    result: AwardResult


def solve_rate(
    scheme: AwardScheme,
    applicants: Sequence[Applicant],
    parameters: PolicyNumbers,
    item: str,
    progress: Progress | None = None,
) -> Solution:
    """Find the highest standard of ``item`` with Σ awards ≤ money and nothing scaled.

    Where the ceilings keep the sum within the money at any standard, it is the lowest standard above which the
    households do not get more. Variants and factors of the item stay as they are.

    Args:
        scheme: The scheme; its other items stay as they are.
        applicants: Every household of the register.
        parameters: Policy numbers.
        item: Name of the item to be changed.
        progress: Called with (done, total, text); may raise to stop the work.

    Raises:
        NotAllowed: There is no such item, no money to use up, a kind of rule without rates to search,
            no row above 0 to scale, or the money does not suffice even with this item at 0.
    """
    number = _item_number(scheme, item)
    money = scheme.money
    if money is None:
        raise NotAllowed("方案没有写资金总额，无法反推标准。", todo="请先填写资金来源或可用资金。")
    search = _Search(scheme, number, applicants, parameters, progress)
    found = search.highest(money)
    calculator = Calculator(search.scheme_at(found), parameters)
    return Solution(calculator.scheme, calculator.settle(calculator.assess_all(applicants)))


def _item_number(scheme: AwardScheme, name: str) -> int:
    for number, item in enumerate(scheme.items):
        if item.name == name:
            _ensure_solvable(item)
            return number
    raise NotAllowed(f"方案里没有“{name}”这个项目。", todo="请在方案里选一个项目。")


def _ensure_solvable(item: SchemeItem) -> None:
    rates = item.rule.rates()
    if not rates:
        raise NotAllowed(f"“{item.name}”按“{item.rule.label}”计算，没有可反推的标准。", todo="请选用单价或定额的项目。")
    if not item.rule.one_rate and not any(rates):
        raise NotAllowed(f"“{item.name}”各档标准都是 0，无法按比例反推。", todo="请先填写各档标准。")


def _top(rule: AmountRule) -> int:
    """The highest rate or lump sum of a rule, in 分."""
    return int(max(rule.rates()) * 100)


def scaled_rule(rule: AmountRule, top: int) -> AmountRule:
    """The rule with its highest rate or lump sum at ``top`` 分 and the others in proportion, rounded down to 分."""
    if rule.one_rate:
        return rule.with_rates([Decimal(top).scaleb(-2)])
    rates, highest = rule.rates(), _top(rule)
    return rule.with_rates([Decimal(int(rate * 100) * top // highest).scaleb(-2) for rate in rates])


class _Search:
    """The sum of awards as a function of one item's standard, in 分."""

    def __init__(
        self,
        scheme: AwardScheme,
        number: int,
        applicants: Sequence[Applicant],
        parameters: PolicyNumbers,
        progress: Progress | None,
    ) -> None:
        self.scheme = scheme
        self.number = number
        self.parameters = parameters
        self.progress = progress
        self.rounds = 0
        item = scheme.items[number]
        before = Calculator(scheme, parameters)
        assessed = before.assess_all(applicants)
        touched = [any(one.item == item.name for one in household.items) for household in assessed]
        self.moving = [one.applicant for one, moves in zip(assessed, touched, strict=True) if moves]
        self.still = [one for one, moves in zip(assessed, touched, strict=True) if not moves]

    def scheme_at(self, top: int) -> AwardScheme:
        """The scheme with the item's standard at ``top`` 分."""
        items = list(self.scheme.items)
        items[self.number] = replace(items[self.number], rule=scaled_rule(items[self.number].rule, top))
        return replace(self.scheme, items=tuple(items))

    def total(self, top: int) -> Decimal:
        """Σ awards with nothing scaled, yuan."""
        self.rounds += 1
        if self.progress is not None:
            self.progress(min(self.rounds, ROUNDS), ROUNDS, "正在反推标准")
        calculator = Calculator(self.scheme_at(top), self.parameters)
        return calculator.wanted([*self.still, *calculator.assess_all(self.moving)])

    def highest(self, money: Decimal) -> int:
        """The largest standard within the money; where none exceeds it, the lowest with the largest sum."""
        tried = {0: self.total(0)}
        if tried[0] > money:
            name = self.scheme.items[self.number].name
            raise NotAllowed(
                f"即使“{name}”的标准为 0，奖补合计仍超过可用资金。", todo="请降低其他项目的标准或增加资金。"
            )
        high = max(_top(self.scheme.items[self.number].rule), 1)
        while high < HIGHEST:
            tried[high] = self.total(high)
            if tried[high] > money:
                return _last(lambda top: self.total(top) <= money, high)
            high *= 2
        peak = max(tried, key=lambda top: (tried[top], -top))
        lowest = _last(lambda top: self.total(top) < tried[peak], peak) + 1 if peak else 0
        return self._climb(lowest, money)

    def _climb(self, top: int, money: Decimal) -> int:
        """From a standard as far up as more is given and the money suffices."""
        step, most = 1, self.total(top)
        while most < (found := self.total(top + step)) <= money:
            top, most, step = top + step, found, step * 2
        while step := step // 2:
            if most < (found := self.total(top + step)) <= money:
                top, most = top + step, found
        return top


def _last(holds: Callable[[int], bool], high: int) -> int:
    """The largest number below ``high`` for which ``holds``, which holds for 0 and not for ``high``."""
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low
