"""How a project assesses its performance at the end of the year (绩效目标自评表, 清远 二12)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, Rows, chosen
from fupin_desktop.services.performance_papers import indicators, of_project


def _query(subject: LedgerSubject) -> Bound:
    """The chosen performance with its money by the ledger, the score of each indicator and why it falls short.

    Raises:
        NotAllowed: None is chosen.
    """
    bench, one = subject.bench, chosen(subject)
    data = of_project(subject, "项目绩效目标自评表")
    rows = indicators(bench, subject.key)
    data |= _totals(data, rows) | {name: one[name] for name in ("review", "reviewer", "reviewed_on")}
    return Bound({**data, "said": one["outcome"], "said_on": one["assessed_on"], "rows": rows}, bench.today)


def _totals(data: dict[str, Any], rows: Rows) -> dict[str, Decimal]:
    """All points there are, and those earned."""
    weight, score = data["money_weight"], data["money_score"] or Decimal(0)
    for row in rows:
        weight, score = weight + (row["weight"] or 0), score + (row["score"] or 0)
    return {"weight": weight, "score": score}


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年自评表 {chosen(subject)['project']}"


TYPE = DocumentType(
    "performance_self", "自评表", "绩效自评表", order=58, tab="ledgers", query=_query, named=_named
)
