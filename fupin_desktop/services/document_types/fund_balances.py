"""The balances of fund sources (资金结存表): what became of each source of a year up to a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fupin_desktop.services.document_types.fund_ledger import office_head, table_name
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.funds import reading
from fupin_desktop.services.funds.model import FundBalance
from fupin_desktop.services.workbench import Workbench

_FIGURES = ("assigned", "received", "allocated", "available", "paid", "unpaid", "in_hand")


@dataclass(frozen=True, slots=True)
class BalancesSubject:
    """The sources of a year as they stood on a day; None takes today."""

    bench: Workbench
    year: int
    on: date | None = None


def _query(subject: BalancesSubject) -> Bound:
    bench = subject.bench
    day = subject.on or bench.today
    rows = [_balance_row(one) for one in reading.balances(bench, subject.year, day)]
    return Bound({**office_head(bench, subject.year), "as_of": day, "rows": rows}, bench.today)


def _named(subject: BalancesSubject) -> str:
    return table_name(subject.bench, TYPE.title, subject.on)


def _balance_row(one: FundBalance) -> dict[str, Any]:
    figures = {name: getattr(one, name) for name in _FIGURES}
    note = "；".join(text for text in (one.carried_word, one.note) if text)
    return {"kind": one.kind.label, "name": one.shown, "document_no": one.document_no, "note": note, **figures}


TYPE = DocumentType("fund_balances", "结存表", "资金结存表", order=31, tab="funds", query=_query, named=_named)
