"""The policy numbers the award calculation asks for, and the day they are asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

from fupin_desktop.policy.scheme import AwardScheme

LARGE_AREA = "large_household_area"
COST_CEILING = "cost_ceiling"
NOT_ASKED = "不作要求"
"""Value of ``COST_CEILING`` in a county's own file where its documents ask for no ceiling."""


class Dated(Protocol):
    """A policy number as it holds on a day."""

    @property
    def value(self) -> object:
        """The number."""

    @property
    def clause(self) -> str:
        """The clause it rests on."""


class PolicyNumbers(Protocol):
    """Where the engine asks for a policy number; ``policy.parameters.Parameters`` is one."""

    def value(self, key: str, on: date) -> Dated:
        """The number ``key`` as it holds on a day."""


def policy_day(scheme: AwardScheme) -> date:
    """The day whose policy numbers hold for a scheme: the day of its decision, else the last of its year."""
    return scheme.decision.decided_on or date(scheme.year, 12, 31)


def number_of(scheme: AwardScheme, parameters: PolicyNumbers, key: str) -> Decimal:
    """A number as it holds for a scheme."""
    return Decimal(str(parameters.value(key, policy_day(scheme)).value))


def words_of(scheme: AwardScheme, parameters: PolicyNumbers, key: str) -> tuple[str, ...]:
    """A list as it holds for a scheme."""
    value = parameters.value(key, policy_day(scheme)).value
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)


def large_from(scheme: AwardScheme, parameters: PolicyNumbers) -> tuple[Decimal, str]:
    """大户起点 in 亩 and what it rests on: the scheme's own, else the policy's (吴川 三(二)4)."""
    if scheme.large_from is not None:
        return scheme.large_from, "方案 大户起点"
    dated = parameters.value(LARGE_AREA, policy_day(scheme))
    return Decimal(str(dated.value)), dated.clause
