"""The way of a batch: 编制 → 审核 → 送财政/银行 → 已发 / 部分退回; each step asks again whether it may be paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.payments import BatchState, PaymentKind, PaymentRowState
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import operators
from fupin_desktop.services.existing import existing
from fupin_desktop.services.payments import accounts, money, reading, sources
from fupin_desktop.services.payments.model import PaidUnder
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import PaymentBatch, PaymentRow
from fupin_desktop.storage.unit import Unit

_TOLD = 3
_CLAUSE = "(吴川 三(二)4)"
_BEFORE = {BatchState.SENT: BatchState.CHECKED, BatchState.CHECKED: BatchState.DRAFT}
_IN_ORDER = "请按编制、审核、送出、发放的先后办理。"


def check(bench: Workbench, key: str, by: str = "") -> Change:
    """审核: the accounts are taken as they are registered now and stay so.

    Args:
        bench: The workbench.
        key: A draft.
        by: Who checked it; empty takes the clerk.

    Raises:
        NotAllowed: It is no draft, may not be paid, or an account is wrong; the sentence names up to three.
    """
    with bench.write("payments.check", "审核发放批次", undoable=False) as unit:
        batch, rows = _at(unit.session, key, BatchState.DRAFT)
        entered = operators.entered_by(unit, PaymentBatch.__tablename__, key)
        operators.require_reviewer(bench, entered, "发放批次")
        _refuse_gate(bench, unit.session, batch)
        known = accounts.payees(unit.session, {row.household_key for row in rows})
        for row in rows:
            for name, value in accounts.filled_in(row, known.get(row.household_key)).items():
                setattr(row, name, value)
        unit.session.flush()
        _refuse_problems(reading.problems(bench, unit.session, batch, rows))
        batch.state, batch.checked_on = BatchState.CHECKED.value, bench.today
        batch.checked_by = clean(by) or bench.clerk
        return _told(unit, batch, "已审核，账户不再变动。")


def send(bench: Workbench, key: str, on: date | None = None, to: str = "") -> Change:
    """送财政/银行: allowed within what an approved 附件4 (of a village its plan) lists for it.

    Args:
        bench: The workbench.
        key: A checked batch.
        on: The day; None takes today.
        to: Where to, e.g. 镇财政所.

    Raises:
        NotAllowed: It is not checked, may not be paid, or no approved document has so much for it.
    """
    with bench.write("payments.send", "送发放批次", undoable=False) as unit:
        batch, rows = _at(unit.session, key, BatchState.CHECKED)
        day = _day(bench, on, batch.checked_on, "送出日期", "审核日期")
        _refuse_gate(bench, unit.session, batch)
        _refuse_problems(reading.problems(bench, unit.session, batch, rows))
        if reading.sum_of(rows):
            batch.paper_key = _paper(bench, unit.session, batch, rows).key
        batch.state, batch.sent_on, batch.sent_to = BatchState.SENT.value, day, clean(to) or "财政所、银行"
        return _told(unit, batch, f"已送{batch.sent_to}。")


def step_back(bench: Workbench, key: str) -> Change:
    """Take a batch back one step, from sent to checked or from checked to a draft; what is paid stays paid.

    Raises:
        NotAllowed: It is a draft, or paid.
    """
    with bench.write("payments.step_back", "退回发放批次", undoable=False) as unit:
        batch = existing(unit.session, PaymentBatch, key)
        before = _BEFORE.get(BatchState(batch.state))
        if before is None:
            raise NotAllowed(f"这一批{BatchState(batch.state).label}，不能退回。", todo=_IN_ORDER)
        batch.state = before.value
        if before is BatchState.CHECKED:
            batch.sent_on, batch.sent_to = None, ""
        else:
            batch.checked_on, batch.checked_by = None, ""
        return _told(unit, batch, f"已退回到“{before.label}”。")


def pay(
    bench: Workbench, key: str, on: date | None = None, paper_no: str = "", returned: Mapping[str, str] | None = None
) -> Change:
    """登记已发放: the ledger pays the whole list, and what the bank sent back at once is countered.

    Args:
        bench: The workbench.
        key: A batch that was sent.
        on: The day; None takes today.
        paper_no: 凭证号.
        returned: Reason by row, for payments that came back.

    Raises:
        NotAllowed: It was not sent, may not be paid, or the approved money does not reach.
    """
    with bench.write("payments.pay", "登记发放", undoable=False) as unit:
        batch, rows = _at(unit.session, key, BatchState.SENT)
        batch.paid_on = _day(bench, on, batch.sent_on, "发放日期", "送出日期")
        batch.paper_no = clean(paper_no)
        _refuse_gate(bench, unit.session, batch)
        paid = [row for row in rows if row.amount_fen > 0]
        if paid:
            paper = _paper(bench, unit.session, batch, rows)
            money.pay(bench, unit, batch, paper, from_fen(reading.sum_of(paid)), len(paid))
        for row in paid:
            row.state = PaymentRowState.PAID.value
        batch.state = BatchState.PAID.value
        unit.session.flush()
        _settle(unit, batch, [row for row in paid if row.before_fen + row.amount_fen == row.award_fen], batch.paid_on)
        if returned:
            _give_back(bench, unit, batch, returned, batch.paid_on)
        return _told(unit, batch, f"已登记发放 {len(paid)} 户 {_yuan(paid)} 元。")


def give_back(bench: Workbench, key: str, returned: Mapping[str, str], on: date | None = None) -> Change:
    """登记退回: payments that the bank sent back; the ledger counters them.

    Args:
        bench: The workbench.
        key: A batch that was paid.
        returned: Reason by row.
        on: The day; None takes today.

    Raises:
        NotAllowed: It was not paid, a row has come back already, a reason is missing, or the day does not fit.
    """
    with bench.write("payments.give_back", "登记退回的款", undoable=False) as unit:
        batch, _ = _at(unit.session, key, BatchState.PAID, BatchState.PARTLY)
        day = _day(bench, on, batch.paid_on, "退回日期", "发放日期")
        count = _give_back(bench, unit, batch, returned, day)
        return _told(unit, batch, f"已登记退回 {count} 户，可以更正后重发。")


def _give_back(
    bench: Workbench, unit: Unit, batch: PaymentBatch, returned: Mapping[str, str], on: date
) -> int:
    rows = [row for row in reading.rows_of(unit.session, batch.key) if row.key in returned]
    if not rows or len(rows) != len(returned):
        raise NotAllowed("没有选定退回的户，或有的户不在这一批里。", todo="请刷新后再选。")
    for row in rows:
        if row.state != PaymentRowState.PAID:
            raise NotAllowed(f"{row.head_name}{PaymentRowState(row.state).label}，不能登记退回。")
        if not clean(returned[row.key]):
            raise NotAllowed(f"请填写{row.head_name}退回的原因。", todo="银行回单上一般写着原因，例如账号户名不符。")
        row.state, row.returned_on = PaymentRowState.RETURNED.value, on
        row.return_reason = clean(returned[row.key])
    why = f"{batch.title} 第{batch.number}批退回 {len(rows)} 户"
    money.take_back(bench, unit, [batch], from_fen(reading.sum_of(rows)), on, why)
    batch.state = BatchState.PARTLY.value
    unit.session.flush()
    _settle(unit, batch, rows, None)
    return len(rows)


def _settle(unit: Unit, batch: PaymentBatch, rows: Sequence[PaymentRow], on: date | None) -> None:
    """Tell the registers who has all that they get, or that it came back."""
    source = sources.of(PaymentKind(batch.kind))
    source.settle(unit, batch.source_key, {row.household_key for row in rows}, on)


def recover(bench: Workbench, key: str, row_keys: Sequence[str], on: date | None = None) -> Change:
    """登记追回: money that was paid too much came back; the ledger counters it in the batches that paid it.

    Args:
        bench: The workbench.
        key: The batch that tells of it, which is paid.
        row_keys: The households.
        on: The day; None takes today.

    Raises:
        NotAllowed: A row is none to come back, or came back already.
    """
    with bench.write("payments.recover", "登记追回的款", undoable=False) as unit:
        batch, rows = _at(unit.session, key, BatchState.PAID, BatchState.PARTLY)
        day = _day(bench, on, batch.paid_on, "追回日期", "发放日期")
        wanted = [row for row in rows if row.key in row_keys]
        if not wanted or any(row.state != PaymentRowState.RECOVER for row in wanted):
            raise NotAllowed("选定的户里有的没有待追回的款。", todo="请只选“待追回”的户。")
        fen = -sum(row.amount_fen for row in wanted)
        earlier = select(PaymentBatch).where(PaymentBatch.object_key == batch.object_key).order_by(PaymentBatch.key)
        why = f"{batch.title} 第{batch.number}批追回 {len(wanted)} 户"
        money.take_back(bench, unit, unit.session.scalars(earlier).all(), from_fen(fen), day, why)
        for row in wanted:
            row.state, row.returned_on = PaymentRowState.RECOVERED.value, day
        return _told(unit, batch, f"已登记追回 {len(wanted)} 户 {format_money(from_fen(fen))} 元。")


# ---- what every step asks ----
def _at(session: Session, key: str, *states: BatchState) -> tuple[PaymentBatch, list[PaymentRow]]:
    """A batch that is in one of some states, and its rows."""
    batch = existing(session, PaymentBatch, key)
    if BatchState(batch.state) not in states:
        raise NotAllowed(f"这一批现在是“{BatchState(batch.state).label}”，不能这样办。", todo=_IN_ORDER)
    return batch, reading.rows_of(session, key)


def _refuse_gate(bench: Workbench, session: Session, batch: PaymentBatch) -> None:
    why = reading.gate(bench, session, batch)
    if why:
        raise NotAllowed(f"还不能发放：{why}{_CLAUSE}。", todo="请办完公示、备案再办。")


def _refuse_problems(found: Sequence[Problem]) -> None:
    blocking = [problem for problem in found if problem.blocks]
    if blocking:
        told = "".join(f"({place}){problem.sentence}" for place, problem in enumerate(blocking[:_TOLD], 1))
        more = f"等 {len(blocking)} 项" if len(blocking) > _TOLD else ""
        raise NotAllowed(f"还不能审核：{told}{more}", todo="请在台账改正账户，写明原因，或把这几户留到下一批。")


def _paper(bench: Workbench, session: Session, batch: PaymentBatch, rows: Sequence[PaymentRow]) -> PaidUnder:
    """The approved document that has the money of a batch."""
    found = money.candidates(session, batch, bench.today)
    return money.refuse_more(money.chosen(session, batch, found), from_fen(reading.sum_of(rows)))


def _day(bench: Workbench, on: date | None, since: date | None, word: str, before: str) -> date:
    day = on or bench.today
    if day > bench.today:
        raise NotAllowed(f"{word} {say_date(day)}晚于今天。", todo="请核对日期。")
    if since is not None and day < since:
        raise NotAllowed(f"{word} {say_date(day)}早于{before} {say_date(since)}。", todo="请核对日期。")
    return day


def _yuan(rows: Sequence[PaymentRow]) -> str:
    return format_money(from_fen(reading.sum_of(rows)))


def _told(unit: Unit, batch: PaymentBatch, sentence: str) -> Change:
    unit.session.flush()
    told = f"{batch.title} 第{batch.number}批：{sentence}"
    return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (batch.key,), told)
