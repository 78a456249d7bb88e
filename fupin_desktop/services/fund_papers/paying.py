"""Paying what was approved: entries of the ledger drawn from the plan's sources in the order of its table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import ApplicationState, EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents import editing, opening
from fupin_desktop.services.fund_papers import claims, money, papers
from fupin_desktop.services.fund_papers.approving import approved_on
from fupin_desktop.services.fund_papers.papers import ZERO, Paper, Row
from fupin_desktop.services.funds import ledger
from fupin_desktop.services.funds.model import EntryDraft, SourceShare
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import FundEntry, FundSource
from fupin_desktop.storage.unit import Unit

UNPAID, PARTLY, PAID = "未拨付", "部分拨付", "已拨付"


class PaymentLine(NamedTuple):
    """One payment, or the counter-entry of one.

    Attributes:
        key: Key of the entry.
        dated: Its day.
        source: Name of the source.
        document_no: 文号 of the source.
        amount: Yuan; below 0 for a counter-entry.
        payee: Who got it.
        paper_no: 凭证号.
        note: Remark or reason.
        left: Yuan of it that can still be countered; 0 for a counter-entry.
    """

    key: str
    dated: date
    source: str
    document_no: str
    amount: Decimal
    payee: str
    paper_no: str
    note: str
    left: Decimal


@dataclass(frozen=True, slots=True)
class Payments:
    """What was paid of an approval sheet, or under a plan.

    Attributes:
        key: The document.
        name: As it is listed.
        amount: Yuan approved.
        reserved: Yuan of a plan that its approval sheets have still to get.
        gate: Why nothing can be paid now; empty where it can.
        lines: The payments, oldest first.
    """

    key: str
    name: str
    amount: Decimal
    reserved: Decimal = ZERO
    gate: str = ""
    lines: tuple[PaymentLine, ...] = ()

    @property
    def paid(self) -> Decimal:
        """Yuan paid, counter-entries taken off."""
        return sum((line.amount for line in self.lines), ZERO)

    @property
    def left(self) -> Decimal:
        """Yuan that can still be paid."""
        return self.amount - self.paid - self.reserved

    @property
    def word(self) -> str:
        """未拨付, 部分拨付 or 已拨付."""
        return paid_word(self.amount, self.paid)


def paid_word(amount: Decimal, paid: Decimal) -> str:
    """How far an amount is paid."""
    if paid <= 0:
        return UNPAID
    return PAID if paid >= amount else PARTLY


def payments(bench: Workbench, key: str) -> Payments:
    """What was paid of an approval sheet, its earlier versions included; of a plan all that was paid under it.

    Raises:
        NotAllowed: The document is gone, or is none of money.
    """
    with bench.read() as session:
        return payments_in(session, papers.all_papers(session), key, bench.today)


def payments_in(session: Session, every: Sequence[Paper], key: str, today: date) -> Payments:
    """Like :func:`payments`, of a session, with all documents of money at hand."""
    me = _existing(every, key)
    rows = papers.lists_of(session, [me])[key]
    gate = _gate(session, every, me, rows, today)
    if me.sheet:
        keys = [one.key for one in papers.versions(every, me.root)]
        lines = _lines(session, FundEntry.paper_key.in_(keys))
        return Payments(key, me.place, papers.amount_of(rows), gate=gate, lines=lines)
    waiting = money.outstanding(session, money.sheets_of(every, me.root))
    allocated = sum((one.allocated for one in money.shares(session, me.root).values()), ZERO)
    lines = _lines(session, *ledger.at_target(money.target(me.root)))
    return Payments(key, me.place, allocated, sum(waiting.values(), ZERO), gate, lines)


def _existing(every: Sequence[Paper], key: str) -> Paper:
    found = next((one for one in every if one.key == key), None)
    if found is None:
        raise NotAllowed("这份表已被删除。", todo="请刷新后再试。")
    return found


def _gate(session: Session, every: Sequence[Paper], me: Paper, rows: Sequence[Row], today: date) -> str:
    """Why a document cannot be paid now: it is not in force, or its awards may not be paid yet (吴川 三(二)4)."""
    if me.state is ApplicationState.REPLACED:
        return f"“{me.place}”这一版已被更正代替，请从最新的版本拨付"
    if me.state is ApplicationState.CANCELLED:
        return f"“{me.place}”已经作废，不能拨付"
    if me.state is not ApplicationState.APPROVED:
        return f"“{me.place}”还没有批准，批准后才能拨付"
    found = [papers.text(row, claims.COLUMN) for row in rows]
    plan = papers.approved(every, me.place_key) if me.sheet else None
    if plan is not None:
        found += claims.resting(papers.lists_of(session, [plan])[plan.key], rows)
    return next(iter(claims.gates(session, found, today)), "")


def _lines(session: Session, *where: ColumnElement[bool]) -> tuple[PaymentLine, ...]:
    statement = (
        select(FundEntry, FundSource.name, FundSource.document_no)
        .join(FundSource, FundSource.key == FundEntry.source_key)
        .where(FundEntry.kind == EntryKind.PAID.value, *where)
        .order_by(FundEntry.dated, FundEntry.at, FundEntry.key)
    )
    paid = FundEntry.kind == EntryKind.PAID.value
    live = {entry.key: fen for entry, fen in ledger.live_entries(session, paid, *where)}
    return tuple(
        PaymentLine(
            entry.key, entry.dated, name, document_no, from_fen(entry.amount_fen), entry.payee, entry.paper_no,
            entry.note, from_fen(live.get(entry.key, 0)),
        )
        for entry, name, document_no in session.execute(statement)
    )


def pay(
    bench: Workbench, key: str, on: date, amount: Decimal | None = None, paper_no: str = "", note: str = ""
) -> Change:
    """Pay an approved sheet, wholly or in part.

    Args:
        bench: The workbench.
        key: The sheet, in its version in force.
        on: The day.
        amount: Yuan; None pays all that is left.
        paper_no: 凭证号.
        note: Remark.

    Raises:
        NotAllowed: It is not approved, more is asked than is left, the day is before the approval or after today, or
            its awards are not published and filed yet.
    """
    return _pay(bench, key, on, amount, "", paper_no, note, sheet=True)


def pay_plan(
    bench: Workbench,
    key: str,
    on: date,
    amount: Decimal | None = None,
    payee: str = "",
    paper_no: str = "",
    note: str = "",
) -> Change:
    """Pay under an approved plan of a village, which needs no approval sheet; a town's plan is paid by its sheets.

    The arguments and what is raised are those of :func:`pay`; ``payee`` is who gets the money.
    """
    return _pay(bench, key, on, amount, payee, paper_no, note, sheet=False)


def _pay(
    bench: Workbench, key: str, on: date, amount: Decimal | None, payee: str, paper_no: str, note: str, *, sheet: bool
) -> Change:
    with bench.read() as session:
        name = _existing(papers.all_papers(session), key).place
    with bench.write("fund_papers.pay", f"拨付 {name}", undoable=False) as unit:
        every = papers.all_papers(unit.session)
        me = _existing(every, key)
        _refuse_other(me, sheet=sheet)
        found = payments_in(unit.session, every, key, bench.today)
        wanted = _wanted(found, amount)
        _post(bench, unit, every, me, on, wanted, payee, paper_no, note)
    rest = found.left - wanted
    more = f"还有 {format_money(rest)} 元未拨付。" if rest else "已全部拨付。"
    return editing.told(unit, key, f"已登记拨付 {format_money(wanted)} 元，{more}")


def pay_within(
    bench: Workbench, unit: Unit, key: str, on: date, amount: Decimal, *, payee: str, paper_no: str, note: str
) -> list[str]:
    """Pay an approved sheet, or a plan that needs none, inside a write of the caller; returns the entries' keys.

    The other arguments and what is raised are those of :func:`pay`.
    """
    every = papers.all_papers(unit.session)
    me = _existing(every, key)
    _refuse_other(me, sheet=me.sheet)
    wanted = _wanted(payments_in(unit.session, every, key, bench.today), amount)
    return _post(bench, unit, every, me, on, wanted, payee, paper_no, note)


def _post(
    bench: Workbench, unit: Unit, every: Sequence[Paper], me: Paper, on: date, wanted: Decimal, payee: str,
    paper_no: str, note: str,
) -> list[str]:  # fmt: skip
    """Write a payment into the ledger, drawn from the sources of its plan."""
    data = _refuse_early(bench, unit.session, me.key, on)
    root = me.place_key if me.sheet else me.root
    drawn = _drawn(unit, every, root, wanted)
    target = money.target(root, me.place)
    who = payee or _payees(data.get("items") or ())
    return ledger.post(
        bench,
        unit,
        *(
            EntryDraft(
                source, EntryKind.PAID, share, on, target=target, paper_key=me.key, paper_no=paper_no, payee=who,
                note=note,
            )
            for source, share in drawn
        ),
    )


def _refuse_other(me: Paper, *, sheet: bool) -> None:
    if me.sheet is not sheet or me.money.paid_by_sheets:
        raise NotAllowed(
            f"“{me.place}”不能这样拨付。", todo="镇级计划的钱，请先做“资金使用审批表”，批准后从审批表拨付。"
        )


def _wanted(found: Payments, amount: Decimal | None) -> Decimal:
    """What is to be paid now."""
    if found.gate:
        raise NotAllowed(f"{found.gate}。", todo="请办完手续再登记拨付。")
    if found.left <= 0:
        waiting = f"(其中 {format_money(found.reserved)} 元已由审批表申请)" if found.reserved else ""
        raise NotAllowed(f"“{found.name}”没有可以拨付的金额了{waiting}。", todo="请核对拨付记录。")
    wanted = found.left if amount is None else from_fen(ledger.exact_fen(amount))
    if wanted <= 0:
        raise NotAllowed("拨付金额应大于 0。", todo="请核对金额。")
    if wanted > found.left:
        raise NotAllowed(
            f"“{found.name}”还可以拨付 {format_money(found.left)} 元，不能拨付 {format_money(wanted)} 元，"
            f"超出 {format_money(wanted - found.left)} 元。",
            todo="请减少金额；批准金额不够的，请更正后再批。",
        )
    return wanted


def _refuse_early(bench: Workbench, session: Session, key: str, on: date) -> dict[str, object]:
    """The data of a document that is paid on a day not before its approval."""
    loaded = opening.load(bench, session, key)
    since = approved_on(loaded)
    if since is not None and on < since:
        raise NotAllowed(f"拨付日期 {say_date(on)}早于批准日期 {say_date(since)}。", todo="请核对日期。")
    return loaded.data


def _drawn(unit: Unit, every: Sequence[Paper], root: str, wanted: Decimal) -> list[tuple[str, Decimal]]:
    """From which sources an amount is paid: in the order of the plan's table, each as far as it reaches."""
    plan = papers.approved(every, root)
    if plan is None:
        raise NotAllowed(f"{money.NO_PLAN}。", todo="请核对使用计划。")
    shares = money.shares(unit.session, root)
    rest, drawn = wanted, []
    for share in _in_order(unit.session, plan, shares):
        part = min(rest, share.left)
        if part > 0:
            drawn.append((share.source_key, part))
            rest -= part
    if rest > 0:
        raise NotAllowed(
            f"“{plan.place}”台账里已安排未拨付的只有 {format_money(wanted - rest)} 元，"
            f"不够拨付 {format_money(wanted)} 元。",
            todo="安排已被冲销的，请更正使用计划后重新报批。",
        )
    return drawn


def _in_order(session: Session, plan: Paper, shares: dict[str, SourceShare]) -> list[SourceShare]:
    """The sources in the order of the plan's table, which its entries were written in; others behind them."""
    where = (FundEntry.kind == EntryKind.ALLOCATED.value, FundEntry.paper_key == plan.key, FundEntry.amount_fen > 0)
    written = session.scalars(select(FundEntry.source_key).where(*where).order_by(FundEntry.key))
    named = [key for key in written if key in shares]
    return [shares[key] for key in dict.fromkeys([*named, *shares])]


def _payees(items: object) -> str:
    """Who is paid by a sheet, for the ledger."""
    rows = items if isinstance(items, list | tuple) else ()
    names = list(dict.fromkeys(name for row in rows if (name := papers.text(row, "payee"))))
    return f"{names[0]}等 {len(names)} 个" if len(names) > 1 else "".join(names)
