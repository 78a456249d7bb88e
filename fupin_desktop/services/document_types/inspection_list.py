"""What inspections found and how it was put right (问题整改台账, 清远 二21, 二22, 三(三))."""

from __future__ import annotations

from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.ledger_papers import of_year, roll

TYPE = DocumentType(
    "inspection_list", "问题整改台账", "问题整改台账", order=53, tab="ledgers",
    query=roll("{year}年产业扶贫问题整改台账"), named=of_year("问题整改台账"),
)  # fmt: skip
