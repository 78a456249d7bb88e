"""The values of payment batches (发放批次)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.payments import BatchState, PaymentKind, PaymentRowState
from fupin_desktop.policy.problems import Problem

ZERO = Decimal("0.00")
CLAUSE = "吴川 三(二)4"


class Due(NamedTuple):
    """What a source gives one household in all.

    Attributes:
        household_key: The household.
        head_name: Its head as published.
        id_number: The head's identity number as it was kept with the amount; empty where none was.
        village: 村.
        group_name: 村民小组.
        item: 补贴项目.
        quantity_milli: Counted quantity in thousandths, where there is one item alone.
        unit: Its unit.
        standard: The standard in words.
        fen: Amount in 分, at least 0.
    """

    household_key: str
    head_name: str
    id_number: str
    village: str
    group_name: str
    item: str
    quantity_milli: int | None
    unit: str
    standard: str
    fen: int


class Payable(NamedTuple):
    """A list of amounts that can be paid.

    Attributes:
        kind: What it is.
        source_key: The stored list, e.g. a calculation.
        object_key: What it belongs to, e.g. a scheme.
        title: 发放事项.
        place: Village or town.
        year: Year.
        gate: Why nothing of it may be paid yet; empty where it may.
        fen: Amount in 分 of all households.
        left_fen: Amount in 分 that no batch pays yet.
        households: Households that get something.
    """

    kind: PaymentKind
    source_key: str
    object_key: str
    title: str
    place: str
    year: int
    gate: str
    fen: int
    left_fen: int
    households: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """One household of a batch, as shown; amounts in yuan.

    Attributes:
        key: The row.
        position: 序号.
        household_key: The household.
        town: 镇(街).
        village: 村.
        group_name: 村民小组.
        head_name: 户主.
        id_number: 身份证号, whole.
        item: 补贴项目.
        quantity: Counted quantity; None where there are several items.
        unit: Its unit.
        standard: The standard in words.
        award: 应发 in all.
        before: Paid by earlier batches.
        amount: This batch; below 0 to come back.
        account_name: 账户名.
        bank_name: 开户行.
        account: 账号, whole.
        phone: 联系电话, whole.
        account_reason: Why an unusual account is right.
        state: What became of it.
        returned_on: Day it came back.
        return_reason: Why.
        paid_again: Whether another batch pays what came back.
        note: 备注.
    """

    key: str
    position: int
    household_key: str
    town: str
    village: str
    group_name: str
    head_name: str
    id_number: str
    item: str
    quantity: Decimal | None
    unit: str
    standard: str
    award: Decimal
    before: Decimal
    amount: Decimal
    account_name: str
    bank_name: str
    account: str
    phone: str
    account_reason: str
    state: PaymentRowState
    returned_on: date | None
    return_reason: str
    paid_again: bool
    note: str

    @property
    def comes_back(self) -> bool:
        """Whether it is money to come back (追回), which stands on no bank list."""
        return self.amount < 0


class PaidUnder(NamedTuple):
    """An approved document of money that a batch can be paid under.

    Attributes:
        key: The document.
        name: As it is listed.
        number: 编号.
        amount: Yuan of it that are for this source.
        left: Yuan that the batch can still draw.
        gate: Why it cannot be paid under it now; empty where it can.
    """

    key: str
    name: str
    number: str
    amount: Decimal
    left: Decimal
    gate: str


@dataclass(frozen=True, slots=True)
class BatchLine:
    """A batch in the list of batches; amounts in yuan.

    Attributes:
        key: The batch.
        kind: What it pays.
        object_key: What its source belongs to.
        source_key: Its source.
        title: 发放事项.
        place: Village or town.
        year: Year.
        number: 批次.
        state: How far it has come.
        households: Households paid.
        amount: Σ to be paid.
        returned: Σ that came back.
        recover: Σ to come back (追回), above 0.
        made_on: Day it was made.
        paid_on: Day it was paid.
        again_of: The batch it pays again.
        share: Share that is paid in advance, ten-thousandths; None pays all.
    """

    key: str
    kind: PaymentKind
    object_key: str
    source_key: str
    title: str
    place: str
    year: int
    number: int
    state: BatchState
    households: int
    amount: Decimal
    returned: Decimal
    recover: Decimal
    made_on: date | None
    paid_on: date | None
    again_of: str
    share: int | None

    @property
    def name(self) -> str:
        """Its title with its number."""
        return batch_name(self.title, self.number, again=bool(self.again_of))

    @property
    def reached(self) -> Decimal:
        """Yuan that reached whom it pays: nothing before it is paid, then what did not come back."""
        return self.amount - self.returned if self.state in (BatchState.PAID, BatchState.PARTLY) else Decimal("0.00")

    @property
    def paid(self) -> Decimal:
        """Yuan that arrived at households; 0 before the batch is paid."""
        return self.amount - self.returned if self.state in (BatchState.PAID, BatchState.PARTLY) else ZERO


@dataclass(frozen=True, slots=True)
class Agreement:
    """What must be one figure: list, approved paper, ledger (yuan).

    Attributes:
        listed: Σ of the list that was not returned.
        approved: What the paper says for this source; None without one.
        ledger: What the ledger paid by this batch, counter-entries taken off.
    """

    listed: Decimal
    approved: Decimal | None
    ledger: Decimal


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with its rows.

    Attributes:
        line: What the list shows of it.
        rows: Its households.
        problems: What keeps it from going on, and what to look at; of a draft and a checked batch.
        gate: Why it may not be paid; empty where it may (published, ended, no objection, filed).
        paper: The approved document it is paid under; None where none is chosen.
        papers: The documents that can be chosen.
        checked_by: Who checked it.
        checked_on: When.
        sent_on: When it was sent.
        sent_to: To whom.
        paper_no: 凭证号.
        note: 备注.
        agreement: The figures that must agree.
        earlier_paper: Name of the approved document that is of the list before it was corrected; empty for none.
    """

    line: BatchLine
    rows: tuple[RowLine, ...]
    problems: tuple[Problem, ...]
    gate: str
    paper: PaidUnder | None
    papers: tuple[PaidUnder, ...]
    checked_by: str
    checked_on: date | None
    sent_on: date | None
    sent_to: str
    paper_no: str
    note: str
    agreement: Agreement
    earlier_paper: str = ""

    @property
    def listed(self) -> tuple[RowLine, ...]:
        """The rows that are paid, without those to come back."""
        return tuple(row for row in self.rows if not row.comes_back)

    @property
    def coming_back(self) -> tuple[RowLine, ...]:
        """The rows to come back (追回)."""
        return tuple(row for row in self.rows if row.comes_back)


def batch_name(title: str, number: int, *, again: bool) -> str:
    """A batch as messages name it: 低岭村2026年度产业奖补 第2批(退回重发)."""
    return f"{title} 第{number}批{'(退回重发)' if again else ''}"
