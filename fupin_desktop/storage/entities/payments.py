"""Payment batches (发放批次): who is paid how much into which account, and what came back."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from fupin_desktop.domain.payments import BatchState, PaymentKind, PaymentRowState
from fupin_desktop.storage.base import KEY_LENGTH, Keyed, reference
from fupin_desktop.storage.document_type import Document
from fupin_desktop.storage.fields import Kind, Style, choice, day, integer, money, percent, quantity, text


class PaymentBatch(Keyed):
    """One list that goes to the treasury or the bank.

    ``source_key`` is the stored calculation (or other list) whose amounts it pays, ``object_key`` what that belongs to
    (a scheme): households are paid once for an object, whatever is calculated again. ``paper_key`` is the approval
    sheet or plan that it is paid under, ``entries`` the entries it wrote into the ledger, ``again_of`` the batch whose
    returned payments it pays again.
    """

    __tablename__ = "payment_batches"
    __table_args__ = (Index("ix_payment_batches_object", "object_key", "number"),)
    noun = "payments"

    kind: Mapped[str] = choice("发放类别", PaymentKind, default=PaymentKind.AWARDS)
    source_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    object_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    year: Mapped[int] = integer("年度", default=0)
    place: Mapped[str] = text("村(镇)")
    title: Mapped[str] = text("发放事项", required=True)
    number: Mapped[int] = integer("批次", default=1)
    share: Mapped[int | None] = percent("预付比例")
    state: Mapped[str] = choice("状态", BatchState, default=BatchState.DRAFT)
    paper_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    again_of: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    made_on: Mapped[date | None] = day("编制日期")
    checked_on: Mapped[date | None] = day("审核日期")
    checked_by: Mapped[str] = text("审核人")
    sent_on: Mapped[date | None] = day("送出日期")
    sent_to: Mapped[str] = text("送往")
    paid_on: Mapped[date | None] = day("发放日期")
    paper_no: Mapped[str] = text("凭证号")
    note: Mapped[str] = text("备注")
    entries: Mapped[Any] = mapped_column(Document, nullable=True)


class PaymentRow(Keyed):
    """One household of a batch; what was paid is never computed again, and a household may be gone later.

    ``award_fen`` is what the household gets in all, ``before_fen`` what earlier batches paid of it, ``amount_fen``
    what this batch pays; below 0 it is to come back (追回) and stands on no bank list.
    """

    __tablename__ = "payment_rows"
    __table_args__ = (Index("ix_payment_rows_household", "household_key"),)
    noun = "payments"
    owner = "batch_key"

    batch_key: Mapped[str] = reference("payment_batches")
    position: Mapped[int] = integer("序号", default=0)
    household_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    town: Mapped[str] = text("镇(街)")
    village: Mapped[str] = text("村")
    group_name: Mapped[str] = text("村民小组")
    head_name: Mapped[str] = text("户主", style=Style.NAME)
    id_number: Mapped[str] = text("身份证号", Kind.ID_NUMBER, length=20)
    item: Mapped[str] = text("补贴项目")
    quantity_milli: Mapped[int | None] = quantity("数量")
    unit: Mapped[str] = text("单位")
    standard: Mapped[str] = text("标准")
    award_fen: Mapped[int] = money("应发金额", default=0)
    before_fen: Mapped[int] = money("已发金额", default=0)
    amount_fen: Mapped[int] = money("本次金额", default=0)
    account_name: Mapped[str] = text("账户名", style=Style.NAME)
    bank_name: Mapped[str] = text("开户行")
    account: Mapped[str] = text("账号", Kind.ACCOUNT)
    phone: Mapped[str] = text("联系电话", Kind.PHONE)
    account_reason: Mapped[str] = text("账户说明")
    state: Mapped[str] = choice("发放情况", PaymentRowState, default=PaymentRowState.PENDING)
    returned_on: Mapped[date | None] = day("退回日期")
    return_reason: Mapped[str] = text("退回原因")
    again_key: Mapped[str] = mapped_column(String(KEY_LENGTH), default="", nullable=False)
    note: Mapped[str] = text("备注")
