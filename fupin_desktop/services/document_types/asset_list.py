"""The assets formed with project money (扶贫项目资产台账, 清远 二11)."""

from __future__ import annotations

from typing import Any

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, period, rows_of


def _query(subject: LedgerSubject) -> Bound:
    bench = subject.bench
    rows = [_row(row) for row in rows_of(bench, subject.query)]
    return Bound({**head(bench, f"{head(bench, '')['town']}扶贫项目资产台账"), "rows": rows}, bench.today)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """The entity that runs it; who owns it runs it where none is named."""
    operator = row["entity"] or (row["owner_name"] if row["way"] else "")
    return {**row, "operator": operator, "period": period(row["starts_on"], row["ends_on"])}


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年扶贫项目资产台账"


TYPE = DocumentType("asset_list", "资产台账", "资产台账", order=54, tab="ledgers", query=_query, named=_named)
