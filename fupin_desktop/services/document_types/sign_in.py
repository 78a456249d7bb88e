"""The sheet on which those who come to a training sign (培训签到表): its trainees, and blank lines."""

from __future__ import annotations

from typing import Any

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, below, chosen, head

_LINES = 25
_SPARE = 5
_BLANK = {"name": "", "place": "", "mastered": "", "signed": "", "note": ""}


def _query(subject: LedgerSubject) -> Bound:
    """The trainees, then blank lines: five, or as many as fill the first page."""
    bench, training = subject.bench, chosen(subject)
    rows = [_row(one) for one in below(bench, "trainees", subject.key)]
    rows += [dict(_BLANK) for _ in range(max(_SPARE, _LINES - len(rows)))]
    shown = {name: training[name] for name in ("topic", "held_on", "place", "teacher")}
    return Bound({**head(bench, f"“{training['topic']}”培训签到表"), **shown, "rows": rows}, bench.today)


def _row(one: dict[str, Any]) -> dict[str, Any]:
    """What is signed by hand stays blank."""
    return {**_BLANK, "name": one["person"] or one["name"], "place": one["unit"], "mastered": one["mastered"]}


def _named(subject: LedgerSubject) -> str:
    return f"签到表 {chosen(subject)['topic']}"


TYPE = DocumentType("sign_in", "签到表", "培训签到表", order=65, tab="ledgers", query=_query, named=_named)
