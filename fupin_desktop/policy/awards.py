"""The award calculation (奖补测算) of a scheme: every household's award with its working, exact to the 分.

The steps, their order and their rounding are written down in the manual, ``resources/manual/calculation.html``. Equal
input gives equal output, whatever the order of the households.
"""

from __future__ import annotations

from collections.abc import Sequence

from fupin_desktop.domain.memory import quiet_memory
from fupin_desktop.policy.applicants import Applicant
from fupin_desktop.policy.assess import Assessed
from fupin_desktop.policy.calculator import Calculator, Progress
from fupin_desktop.policy.numbers import PolicyNumbers
from fupin_desktop.policy.results import AwardResult
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.solve import Solution, solve_rate

__all__ = ["Assessed", "Calculator", "Progress", "Solution", "calculate", "solve_rate"]


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
