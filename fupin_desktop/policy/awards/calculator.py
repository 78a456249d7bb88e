"""The calculation of one award scheme, household by household or all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, localcontext
from itertools import pairwise

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.errors import BadDefinition
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.awards.assess import Assessed, Assessor
from fupin_desktop.policy.awards.pools import keep_pools
from fupin_desktop.policy.awards.settle import awards_of, share_out, totals_of
from fupin_desktop.policy.checks import check_run
from fupin_desktop.policy.exact import EXACT, FEN_DOWN, ZERO, Exact, Rounding, over, plus
from fupin_desktop.policy.numbers import PolicyNumbers, large_from
from fupin_desktop.policy.results import AwardResult, PoolRate
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.strictness import reason_to_pay_others

Progress = Callable[[int, int, str], None]
TOLD_EVERY = 1000


class Calculator:
    """The calculation of one scheme, household by household or all at once.

    ``assess`` looks at one household alone; ``settle`` shares out the money among all. A live table keeps the assessed
    households and replaces those that were edited.

    Raises:
        BadDefinition: Tiers that begin at 大户起点 are out of order once its number is known.
    """

    def __init__(self, scheme: AwardScheme, parameters: PolicyNumbers) -> None:
        self.scheme = scheme
        self.parameters = parameters
        self.large_from, clause = large_from(scheme, parameters)
        _ensure_ascending(scheme, self.large_from)
        with localcontext(EXACT):
            self._assessor = Assessor(scheme, self.large_from, clause, reason_to_pay_others(scheme, parameters))
        self._pools = {name: pool for item in self._assessor.items for name, pool in item.pools().items()}
        self._rounding = Rounding(scheme.rounding_unit, scheme.rounding_mode)

    def assess(self, applicant: Applicant) -> Assessed:
        """Steps 0 to 8 of one household."""
        with localcontext(EXACT):
            return self._assessor.assess(applicant)

    def assess_all(self, applicants: Sequence[Applicant], progress: Progress | None = None) -> list[Assessed]:
        """Steps 0 to 8 of many households.

        Args:
            applicants: Households.
            progress: Told now and then; may raise to stop the work.
        """
        assessed: list[Assessed] = []
        with quiet_memory(), localcontext(EXACT):
            assess = self._assessor.assess
            for start in range(0, len(applicants), TOLD_EVERY):
                if progress is not None:
                    progress(start, len(applicants), "正在测算")
                assessed += [assess(applicant) for applicant in applicants[start : start + TOLD_EVERY]]
        if progress is not None:
            progress(len(applicants), len(applicants), "正在测算")
        return assessed

    def settle(self, assessed: Sequence[Assessed]) -> AwardResult:
        """Rates from pools, steps 9 and 10, totals and checks."""
        with quiet_memory(), localcontext(EXACT):
            settled, rates = self._with_pools(assessed)
            shared = share_out(self.scheme, self._rounding, settled)
            awards = awards_of(settled, shared.shares)
            totals = totals_of(self.scheme, settled, awards, shared.scale)
            result = AwardResult(self.scheme, self.large_from, awards, totals, rates, ())
            return check_run(result, self.parameters)

    def wanted(self, assessed: Sequence[Assessed]) -> Decimal:
        """Σ of what the households would get if the money sufficed, yuan."""
        with localcontext(EXACT):
            return sum([one.rounded for one in self._with_pools(assessed)[0]], ZERO)

    def _rates(self, assessed: Iterable[Assessed]) -> dict[str, Decimal]:
        """Pool ÷ Σ(quantity × factor), rounded down to 分, of each pool that anyone reaches."""
        if not self._pools:
            return {}
        weights: dict[str, Exact] = {}
        for one in assessed:
            for key, weight in one.weights:
                weights[key] = plus(weights.get(key, ZERO), weight)
        return {key: FEN_DOWN.down(over(self._pools[key], weights[key])) for key in self._pools if weights.get(key)}

    def _with_pools(self, assessed: Sequence[Assessed]) -> tuple[Sequence[Assessed], dict[str, PoolRate]]:
        """The households with the rates found from pools, no pool overspent by rounding."""
        rates = self._rates(assessed)
        if not rates:
            return assessed, {}
        assess = self._assessor.assess
        found = [assess(one.applicant, rates) if one.weights else one for one in assessed]
        return keep_pools(found, self._pools, rates, self._rounding)


def calculate(
    scheme: AwardScheme,
    applicants: Sequence[Applicant],
    parameters: PolicyNumbers,
    progress: Progress | None = None,
) -> AwardResult:
    """Calculate the awards of all households.

    Args:
        scheme: The award scheme.
        applicants: Every household of the register, taking part or not.
        parameters: Policy numbers.
        progress: Called with (done, total, text); may raise to stop the work.

    Returns:
        Awards in the order of ``applicants``, totals and the findings of the checks.

    Raises:
        BadDefinition: Tiers that begin at 大户起点 are out of order.
    """
    calculator = Calculator(scheme, parameters)
    with quiet_memory():
        return calculator.settle(calculator.assess_all(applicants, progress))


def _ensure_ascending(scheme: AwardScheme, start_of_large: Decimal) -> None:
    """Tiers that begin at 大户起点 must still ascend once its number is known."""
    for number, item in enumerate(scheme.items, 1):
        for rule in (item.rule, *(variant.rule for variant in item.variants)):
            if any(low >= high for low, high in pairwise(rule.starts(start_of_large))):
                fault = f"各档起点要从小到大(大户起点是 {start_of_large:f} 亩)"
                raise BadDefinition(scheme.name or "奖补方案", f"item[{number}].tiers", fault)
