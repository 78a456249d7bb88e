"""What inspections found and how it was put right (问题整改台账, 清远 二21, 二22, 三(三))."""

from __future__ import annotations

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, rows_of


def _query(subject: LedgerSubject) -> Bound:
    bench = subject.bench
    data = {**head(bench, f"{bench.year}年产业扶贫问题整改台账"), "rows": rows_of(bench, subject.query)}
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年问题整改台账"


TYPE = DocumentType(
    "inspection_list", "问题整改台账", "问题整改台账", order=53, tab="ledgers", query=_query, named=_named
)
