"""The list of subsidised interest (贷款贴息名单, 清远 二13): names and amounts, no number of a person."""

from __future__ import annotations

from typing import Any

from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.ledger_papers import of_year, roll


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """A subsidy of an entity's loan is told under the entity's name."""
    return {**row, "head_name": row["head_name"] or row["entity"]}


TYPE = DocumentType(
    "subsidy_list", "贴息名单", "贷款贴息名单", order=61, tab="ledgers",
    query=roll("{year}年产业扶贫贷款贴息名单", _row), named=of_year("贷款贴息名单"),
)  # fmt: skip
