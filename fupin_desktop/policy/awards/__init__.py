"""The award calculation (奖补测算) of a scheme: every household's award with its working, exact to the 分.

The steps, their order and their rounding are written down in the manual, ``resources/manual/calculation.html``. Equal
input gives equal output, whatever the order of the households.
"""

from __future__ import annotations

from fupin_desktop.policy.awards.assess import Assessed
from fupin_desktop.policy.awards.calculator import Calculator, Progress, calculate
from fupin_desktop.policy.awards.solve import Solution, solve_rate

__all__ = ["Assessed", "Calculator", "Progress", "Solution", "calculate", "solve_rate"]
