"""The list of subsidised interest (贷款贴息名单, 清远 二13): names and amounts, no number of a person."""

from __future__ import annotations

from typing import Any

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, rows_of


def _query(subject: LedgerSubject) -> Bound:
    bench = subject.bench
    rows = [_row(row) for row in rows_of(bench, subject.query)]
    return Bound({**head(bench, f"{bench.year}年产业扶贫贷款贴息名单"), "rows": rows}, bench.today)


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A subsidy of an entity's loan is told under the entity's name."""
    return {**row, "head_name": row["head_name"] or row["entity"]}


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年贷款贴息名单"


TYPE = DocumentType("subsidy_list", "贴息名单", "贷款贴息名单", order=61, tab="ledgers", query=_query, named=_named)
