"""The trainings of a year (培训台账, 吴川 三(一)6-7, 三(二)6-7; 清远 二15)."""

from __future__ import annotations

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, rows_of


def _query(subject: LedgerSubject) -> Bound:
    bench = subject.bench
    data = {**head(bench, f"{bench.year}年产业扶贫培训台账"), "rows": rows_of(bench, subject.query)}
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年培训台账"


TYPE = DocumentType("training_ledger", "培训台账", "培训台账", order=64, tab="ledgers", query=_query, named=_named)
