"""The trainings of a year (培训台账, 吴川 三(一)6-7, 三(二)6-7; 清远 二15)."""

from __future__ import annotations

from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.ledger_papers import of_year, roll

TYPE = DocumentType(
    "training_ledger", "培训台账", "培训台账", order=64, tab="ledgers",
    query=roll("{year}年产业扶贫培训台账"), named=of_year("培训台账"),
)  # fmt: skip
