"""The assets formed with project money (扶贫项目资产台账, 清远 二11)."""

from __future__ import annotations

from typing import Any

from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.ledger_papers import of_year, period, roll


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """The entity that runs it; who owns it runs it where none is named."""
    operator = row["entity"] or (row["owner_name"] if row["way"] else "")
    return {**row, "operator": operator, "period": period(row["starts_on"], row["ends_on"])}


TYPE = DocumentType(
    "asset_list", "资产台账", "资产台账", order=54, tab="ledgers",
    query=roll("{town}扶贫项目资产台账", _row), named=of_year("扶贫项目资产台账"),
)  # fmt: skip
