"""What the documents say of single sources of money."""

from __future__ import annotations

import re

from fupin_desktop.domain.text import compact

ORIGINAL_PLAN_CLAUSE = "吴川 三(二)2"
LEDGER_CLAUSE = "吴川 三(一)4"
NON_PARTICIPANT_CLAUSE = "吴川 三(一)5"
_BREAK = re.compile(r"[，,。；;：:(]")
_TELLING = 4


def keeps_plan(original_plan: str, name: str) -> bool:
    """Whether a target's name says that it is the plan a source is bound to (吴川 三(二)2).

    Either the name contains the plan's words up to the first stop, or the plan's words contain a part of the name that
    tells something: at least four characters between blanks, so that a village's name alone does not do.

    Args:
        original_plan: The plan as written at the source, e.g. “2018年村级光伏电站入股，按原方案分红”.
        name: Name of the target, e.g. “低岭村 村级光伏电站入股”.
    """
    bound = compact(original_plan)
    begins = _BREAK.split(bound, maxsplit=1)[0] or bound
    return begins in compact(name) or any(part in bound for part in name.split() if len(part) >= _TELLING)
