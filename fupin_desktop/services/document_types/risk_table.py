"""The risks of the projects with what is done about them (项目风险评估表, 清远 二21)."""

from __future__ import annotations

from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.ledger_papers import of_year, roll

TYPE = DocumentType(
    "risk_table", "风险评估表", "风险评估表", order=52, tab="ledgers",
    query=roll("{year}年产业扶贫项目风险评估表"), named=of_year("项目风险评估表"),
)  # fmt: skip
