"""Where the money of a household is: every payment of the year to it, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from sqlalchemy import select

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.payments import BatchState, PaymentRowState
from fupin_desktop.services.payments.model import batch_name
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import PaymentBatch, PaymentRow

Tone = Literal["", "good", "principle", "must"]


@dataclass(frozen=True, slots=True)
class HouseholdPayment:
    """One payment to a household.

    Attributes:
        batch: Key of its batch.
        object_key: What it is paid for, e.g. the key of a scheme.
        name: Name of the batch.
        amount: Yuan; below 0 to come back.
        told: How far it is, in words that can be said to whoever asks; of the account its last four digits alone.
        tone: Colour of the words: paid, on its way, or come back.
    """

    batch: str
    object_key: str
    name: str
    amount: Decimal
    told: str
    tone: Tone


def household_payments(bench: Workbench, key: str) -> tuple[HouseholdPayment, ...]:
    """The payments of the year at work to a household, the first one first."""
    statement = (
        select(PaymentRow, PaymentBatch)
        .join(PaymentBatch, PaymentBatch.key == PaymentRow.batch_key)
        .where(PaymentRow.household_key == key, PaymentBatch.year == bench.year)
        .order_by(PaymentRow.key)
    )
    with bench.read() as session:
        return tuple(_payment(row, batch) for row, batch in session.execute(statement))


def _payment(row: PaymentRow, batch: PaymentBatch) -> HouseholdPayment:
    told, tone = _TOLD[PaymentRowState(row.state)](row, batch)
    name = batch_name(batch.title, batch.number, again=bool(batch.again_of))
    return HouseholdPayment(batch.key, batch.object_key, name, from_fen(row.amount_fen), told, tone)


def _pending(_row: PaymentRow, batch: PaymentBatch) -> tuple[str, Tone]:
    if batch.state == BatchState.DRAFT:
        return "列入发放批次，还没有审核", "principle"
    if batch.state == BatchState.CHECKED:
        return "发放批次已审核，还没有送出", "principle"
    return f"{_day(batch.sent_on)}已送{batch.sent_to or '财政、银行'}，还没有登记发放", "principle"


def _paid(row: PaymentRow, batch: PaymentBatch) -> tuple[str, Tone]:
    return f"{_day(batch.paid_on)}已发" + (f"到账号尾号 {row.account[-4:]}" if row.account else ""), "good"


def _returned(row: PaymentRow, _batch: PaymentBatch) -> tuple[str, Tone]:
    told = f"{_day(row.returned_on)}退回" + (f"：{row.return_reason}" if row.return_reason else "")
    return (f"{told}，已列入重发", "") if row.again_key else (f"{told}，还没有重发", "must")


def _recover(row: PaymentRow, _batch: PaymentBatch) -> tuple[str, Tone]:
    return "多发的，要追回", "must"


def _recovered(row: PaymentRow, _batch: PaymentBatch) -> tuple[str, Tone]:
    return f"{_day(row.returned_on)}已追回", ""


_TOLD: dict[PaymentRowState, Callable[[PaymentRow, PaymentBatch], tuple[str, Tone]]] = {
    PaymentRowState.PENDING: _pending,
    PaymentRowState.PAID: _paid,
    PaymentRowState.RETURNED: _returned,
    PaymentRowState.RECOVER: _recover,
    PaymentRowState.RECOVERED: _recovered,
}


def _day(on: date | None) -> str:
    return f"{on:%m-%d} " if on else ""
