"""The payment summary (发放汇总表): batches by village, which goes to the treasury with the lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from fupin_desktop.domain.payments import BatchState, PaymentRowState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import offices, payments
from fupin_desktop.services.documents.type import Bound, DocumentType, Linked
from fupin_desktop.services.payments import Batch, RowLine
from fupin_desktop.services.workbench import Workbench

_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class SummarySubject:
    """Payment batches.

    Attributes:
        bench: The workbench.
        keys: The batches.
    """

    bench: Workbench
    keys: tuple[str, ...]


def _query(subject: SummarySubject) -> Bound:
    """One row for each village of each batch, in the order of the batches.

    Raises:
        NotAllowed: A batch is gone, or none is given.
    """
    bench = subject.bench
    batches = [payments.load(bench, key) for key in subject.keys]
    if not batches:
        raise NotAllowed("没有选定发放批次。", todo="请先选定批次。")
    rows = [row for batch in batches for row in _rows(batch)]
    made_on = max(batch.line.made_on or bench.today for batch in batches)
    data = {
        "title": f"{_title(batches)}发放汇总表",
        "office": offices.office(bench).name,
        "made_on": made_on,
        "maker": bench.clerk,
        "checker": "、".join(dict.fromkeys(batch.checked_by for batch in batches if batch.checked_by)),
        "households": sum(row["households"] for row in rows),
        "amount": sum((row["amount"] for row in rows), _ZERO),
        "arrived": sum((row["arrived"] for row in rows), _ZERO),
        "rows": rows,
    }
    return Bound(data, made_on, draft=any(batch.line.state is BatchState.DRAFT for batch in batches))


def _title(batches: Sequence[Batch]) -> str:
    titles = list(dict.fromkeys(batch.line.title for batch in batches))
    return titles[0] if len(titles) == 1 else f"{batches[0].line.year}年度{batches[0].line.kind.label}资金"


def _rows(batch: Batch) -> Iterator[dict[str, Any]]:
    villages = dict.fromkeys((row.town, row.village) for row in batch.rows)
    for town, village in villages:
        mine = [row for row in batch.rows if (row.town, row.village) == (town, village)]
        listed = [row for row in mine if not row.comes_back]
        amount = _sum(listed)
        returned = _sum([row for row in listed if row.state is PaymentRowState.RETURNED])
        is_paid = batch.line.state in (BatchState.PAID, BatchState.PARTLY)
        yield {
            "town": town,
            "village": village,
            "batch": f"第{batch.line.number}批{'(重发)' if batch.line.again_of else ''}",
            "state": batch.line.state.label,
            "households": len(listed),
            "award": sum((row.award for row in listed), _ZERO),
            "before": sum((row.before for row in listed), _ZERO),
            "amount": amount,
            "returned": returned,
            "arrived": amount - returned if is_paid else _ZERO,
            "recover": -_sum([row for row in mine if row.state is PaymentRowState.RECOVER]),
        }


def _sum(rows: Sequence[RowLine]) -> Decimal:
    return sum((row.amount for row in rows), _ZERO)


def _named(subject: SummarySubject) -> str:
    return f"{_title([payments.load(subject.bench, key) for key in subject.keys])}发放汇总表"


def _linked(subject: SummarySubject) -> Linked:
    return Linked("payment_batches", subject.keys)


TYPE = DocumentType(
    "payment_summary", "发放汇总表", "发放汇总表", order=61, tab="publicity", query=_query, named=_named, linked=_linked
)
