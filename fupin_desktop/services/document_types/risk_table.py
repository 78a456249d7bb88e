"""The risks of the projects with what is done about them (项目风险评估表, 清远 二21)."""

from __future__ import annotations

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, rows_of


def _query(subject: LedgerSubject) -> Bound:
    bench = subject.bench
    data = {**head(bench, f"{bench.year}年产业扶贫项目风险评估表"), "rows": rows_of(bench, subject.query)}
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年项目风险评估表"


TYPE = DocumentType("risk_table", "风险评估表", "风险评估表", order=52, tab="ledgers", query=_query, named=_named)
