"""How binding the rules on 原定方案 and on participants are: in principle, or a must where a county says so.

吴川 三(二)2 and 三(二)3 say 原则上. A county's own parameter file may make each of them a must; the same then holds in
schemes, awards, applications and in the ledger. What stays in principle can be departed from for a written reason.
"""

from __future__ import annotations

from datetime import date

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import NotInForce
from fupin_desktop.policy.numbers import PolicyNumbers, policy_day
from fupin_desktop.policy.scheme import AwardScheme

ORIGINAL_PLAN = "original_plan_strictness"
"""Parameter: money already invested keeps its original plan (吴川 三(二)2)."""
PARTICIPANTS = "participants_strictness"
"""Parameter: only participating households benefit (吴川 三(二)3)."""
SCHEME_PLAN = "scheme.original_plan"
"""Check whose reason lets a scheme draw on money of an original plan."""
NOT_PARTICIPATING = "award.not_participating"
"""Check whose reason lets a scheme pay households that do not take part."""
FUND_PLAN = "fund.original_plan"
"""Check whose reason lets a use plan draw on money of another plan."""
PERIOD_SHORT = "notice.period_short"
"""Check of notices whose reason a scheme can hold too: why its notice is out for less than the floor of days."""
EXPLAIN = "；确需如此的，请说明理由"


def strictness(parameters: PolicyNumbers, key: str, day: date) -> tuple[Severity, str]:
    """How binding a rule is on a day, and the clause it rests on; before the documents it holds in principle.

    Args:
        parameters: Policy numbers.
        key: ``ORIGINAL_PLAN`` or ``PARTICIPANTS``.
        day: The day.
    """
    try:
        found = parameters.value(key, day)
    except NotInForce:
        return Severity.PRINCIPLE, ""
    return (Severity.MUST if found.value == Severity.MUST.label else Severity.PRINCIPLE), found.clause


def is_must(parameters: PolicyNumbers, key: str, day: date) -> bool:
    """Whether a county allows no exception on a day."""
    return strictness(parameters, key, day)[0] is Severity.MUST


def reason_to_pay_others(scheme: AwardScheme, parameters: PolicyNumbers) -> str:
    """Why a scheme pays households that do not take part; empty where it does not, or may not (吴川 三(二)3)."""
    reason = scheme.reasons.get(NOT_PARTICIPATING, "").strip()
    return "" if is_must(parameters, PARTICIPANTS, policy_day(scheme)) else reason
