"""The payment list (发放明细表, REGISTERS G5): every household with its account; it never leaves the office's hands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.payments import BatchState
from fupin_desktop.services import offices, payments
from fupin_desktop.services.documents.type import Bound, DocumentType, Linked
from fupin_desktop.services.payments import Batch, RowLine
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class PaymentSubject:
    """A payment batch.

    Attributes:
        bench: The workbench.
        key: The batch.
    """

    bench: Workbench
    key: str


def _query(subject: PaymentSubject) -> Bound:
    """The households of a batch; one that is not checked yet is a draft.

    Raises:
        NotAllowed: The batch is gone.
    """
    bench = subject.bench
    batch = payments.load(bench, subject.key)
    line, back = batch.line, batch.coming_back
    made_on = line.made_on or bench.today
    data = {
        "title": f"{line.title}发放明细表（第{line.number}批）",
        "office": offices.office(bench).name,
        "made_on": made_on,
        "maker": bench.clerk,
        "checker": batch.checked_by,
        "state": _state(batch),
        "basis": "；".join(_basis(batch)),
        "households": line.households,
        "amount": line.amount,
        "back_households": len(back),
        "back_amount": line.recover,
        "rows": [_row(row) for row in batch.listed],
        "back": [_back(row) for row in back],
    }
    return Bound(data, made_on, draft=line.state is BatchState.DRAFT)


def _state(batch: Batch) -> str:
    """What was done with it: 2026年3月20日发放."""
    if batch.line.paid_on is not None:
        return f"{say_date(batch.line.paid_on)}发放"
    return f"{say_date(batch.sent_on)}送出" if batch.sent_on is not None else ""


def _basis(batch: Batch) -> Iterator[str]:
    if batch.paper is not None:
        number = f"（{batch.paper.number}）" if batch.paper.number else ""
        yield f"{batch.paper.name}{number}"
    if batch.line.share is not None:
        yield f"按应发金额的 {batch.line.share / 100:g}% 预付，余款在下一批"
    yield from dict.fromkeys(f"{row.head_name}：{row.account_reason}" for row in batch.rows if row.account_reason)


def _row(row: RowLine) -> dict[str, Any]:
    returned = f"已退回：{row.return_reason}" if row.returned_on is not None else ""
    return {
        "village": row.village, "group": row.group_name, "head": row.head_name, "id_number": row.id_number,
        "item": row.item, "quantity": row.quantity, "unit": row.unit, "standard": row.standard, "amount": row.amount,
        "account_name": row.account_name, "bank_name": row.bank_name, "account": row.account, "phone": row.phone,
        "signature": "", "note": "；".join(filter(None, (row.note, returned))),
    }  # fmt: skip


def _back(row: RowLine) -> dict[str, Any]:
    done = f"已于{say_date(row.returned_on)}追回" if row.returned_on is not None else row.note
    return {
        "village": row.village, "group": row.group_name, "head": row.head_name, "award": row.award,
        "before": row.before, "amount": -row.amount, "note": done,
    }  # fmt: skip


def _named(subject: PaymentSubject) -> str:
    line = payments.load(subject.bench, subject.key).line
    return f"{line.title}发放明细表(第{line.number}批)"


def _linked(subject: PaymentSubject) -> Linked:
    return Linked("payment_batches", (subject.key,))


TYPE = DocumentType(
    "payment_list", "发放明细表", "发放明细表", order=60, tab="publicity", query=_query, named=_named, linked=_linked
)
