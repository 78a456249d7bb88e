"""Making a payment batch, and what can be changed in a draft."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.payments import BatchState, PaymentKind, PaymentRowState
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.existing import existing
from fupin_desktop.services.payments import dues, money, reading, sources
from fupin_desktop.services.payments.model import batch_name
from fupin_desktop.services.payments.sources import Listed
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import PaymentBatch, PaymentRow
from fupin_desktop.storage.unit import Unit

_CLAUSE = "(吴川 三(二)4)"


def create(
    bench: Workbench, source_key: str, *, kind: PaymentKind = PaymentKind.AWARDS, share: Decimal | None = None,
    villages: Collection[str] = (),
) -> Change:
    """Make a batch of what a list has still to pay. First key: the batch's.

    Args:
        bench: The workbench.
        source_key: The list, e.g. a stored calculation.
        kind: What it is.
        share: Share of the whole that is paid up to this batch (预付), above 0 and below 1; None pays all that is left.
        villages: Names of the villages whose households are paid; empty for all.

    Raises:
        NotAllowed: It is not published to its end without open objection and filed; nothing is left; no such share.
    """
    source = sources.of(kind)
    with bench.read() as session:
        listed = _allowed(bench, session, source, source_key)
        given = source.dues(bench, session, source_key)
        before = dues.taken(session, listed.object_key)
        rows = list(dues.rows(session, given, before, _whole(share)))
        if villages:
            rows = [row for row in rows if row["village"] in villages]
        number = _next_number(session, listed.object_key)
    if not rows:
        raise NotAllowed("名单上的钱都已列入发放批次，没有要发的户。", todo="退回的请从原批次“更正重发”。")
    name = batch_name(listed.title, number, again=False)
    with bench.write("payments.create", f"编制发放批次 {name}") as unit:
        batch = PaymentBatch(
            kind=kind.value, source_key=source_key, object_key=listed.object_key, year=listed.year, place=listed.place,
            title=listed.title, number=number, made_on=bench.today, share=None if share is None else _whole(share),
        )  # fmt: skip
        _put(unit, batch, rows)
        return _made(unit, batch, rows)


def _allowed(bench: Workbench, session: Session, source: sources.Source, source_key: str) -> Listed:
    listed = source.of(session, source_key)
    if listed is None:
        raise NotAllowed("这份名单已经不在了。", todo="请刷新后再试。")
    why = source.gate(bench, session, source_key)
    if why:
        raise NotAllowed(f"还不能编制发放明细：{why}{_CLAUSE}。", todo="请办完公示、备案再编制。")
    return listed


def _whole(share: Decimal | None) -> int:
    """A share in ten-thousandths."""
    if share is None:
        return dues.WHOLE
    parts = int(share * dues.WHOLE)
    if not 0 < parts < dues.WHOLE:
        raise NotAllowed("预付比例应大于 0、小于 100%。", todo="全部发放的不用填预付比例。")
    return parts


def _next_number(session: Session, object_key: str) -> int:
    query = select(func.max(PaymentBatch.number)).where(PaymentBatch.object_key == object_key)
    return (session.scalar(query) or 0) + 1


def _put(unit: Unit, batch: PaymentBatch, rows: Sequence[dict[str, object]]) -> list[str]:
    unit.session.add(batch)
    unit.session.flush()
    numbered = [{**row, "batch_key": batch.key, "position": place} for place, row in enumerate(rows, 1)]
    return unit.insert_many(PaymentRow, numbered)


def _made(unit: Unit, batch: PaymentBatch, rows: Sequence[dict[str, object]]) -> Change:
    amounts = [amount for row in rows if isinstance(amount := row["amount_fen"], int)]
    paid, back = [fen for fen in amounts if fen > 0], [-fen for fen in amounts if fen < 0]
    told = f"已编制第 {batch.number} 批：{len(paid)} 户 {format_money(from_fen(sum(paid)))} 元"
    told += f"，另有 {len(back)} 户应追回 {format_money(from_fen(sum(back)))} 元。" if back else "。"
    return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (batch.key,), told)


def draft(session: Session, key: str) -> PaymentBatch:
    """A batch that can still be changed.

    Raises:
        NotAllowed: It is gone, or checked already.
    """
    batch = existing(session, PaymentBatch, key)
    if batch.state != BatchState.DRAFT:
        raise NotAllowed(f"这一批{BatchState(batch.state).label}，不能再改。", todo="没有送出的，请先退回编制。")
    return batch


def remove(bench: Workbench, key: str) -> Change:
    """Remove a draft; what it would have paid again is waiting again.

    Raises:
        NotAllowed: It is gone, or checked already.
    """
    with bench.write("payments.remove", "删除发放批次") as unit:
        batch = draft(unit.session, key)
        name = batch_name(batch.title, batch.number, again=bool(batch.again_of))
        keys = [row.key for row in reading.rows_of(unit.session, key)]
        waiting = unit.session.scalars(select(PaymentRow).where(PaymentRow.again_key.in_(keys))).all()
        for row in waiting:
            row.again_key = ""
        unit.session.flush()
        unit.delete_many(PaymentRow, keys)
        unit.delete_many(PaymentBatch, [key])
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), f"已删除“{name}”。")


def leave_out(bench: Workbench, key: str, row_keys: Collection[str]) -> Change:
    """Take households out of a draft, to be paid by a later batch.

    Raises:
        NotAllowed: It is no draft, or nobody would stay.
    """
    with bench.write("payments.leave_out", "把几户留到下一批") as unit:
        draft(unit.session, key)
        rows = reading.rows_of(unit.session, key)
        going = [row for row in rows if row.key in row_keys]
        if len(going) == len(rows):
            raise NotAllowed("全部留到下一批，这一批就没有户了。", todo="不发的，请删除这个批次。")
        names = {row.key for row in going}
        for waiting in unit.session.scalars(select(PaymentRow).where(PaymentRow.again_key.in_(names))):
            waiting.again_key = ""
        unit.session.flush()
        unit.delete_many(PaymentRow, sorted(names))
        for place, row in enumerate([row for row in rows if row.key not in names], 1):
            row.position = place
        unit.session.flush()
        told = f"已把 {len(going)} 户留到下一批。"
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), told)


def give_reason(bench: Workbench, key: str, row_key: str, reason: str) -> Change:
    """Write down why an account shared with, or held by, somebody else is right.

    Raises:
        NotAllowed: It is no draft, or the household is not in it.
    """
    with bench.write("payments.give_reason", "写明账户原因") as unit:
        draft(unit.session, key)
        row = unit.session.get(PaymentRow, row_key)
        if row is None or row.batch_key != key:
            raise NotAllowed("这一户已经不在这一批里。", todo="请刷新后再试。")
        row.account_reason = clean(reason)
        unit.session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), "已记下账户原因。")


def choose_paper(bench: Workbench, key: str, paper_key: str) -> Change:
    """Say under which approved document a batch is paid.

    Raises:
        NotAllowed: It is sent already, or the document does not list its money.
    """
    with bench.write("payments.choose_paper", "选定拨付依据") as unit:
        batch = existing(unit.session, PaymentBatch, key)
        if BatchState(batch.state) not in reading.BEFORE_SENDING:
            raise NotAllowed("这一批已经送出，不能改拨付依据。")
        if paper_key not in {one.key for one in money.candidates(unit.session, batch, bench.today)}:
            raise NotAllowed("这份审批表没有列入这笔资金，或还没有批准。", todo="请选别的一份。")
        batch.paper_key = paper_key
        unit.session.flush()
        return Change(unit.purpose.operation, unit.purpose.title, unit.nouns, (key,), "已选定拨付依据。")


def again(bench: Workbench, key: str, row_keys: Collection[str] = ()) -> Change:
    """Make a batch that pays again what came back of another (更正重发). First key: the new batch's.

    Args:
        bench: The workbench.
        key: The batch with returned payments.
        row_keys: Which of them; empty for all that wait.

    Raises:
        NotAllowed: Nothing waits, or its list may not be paid now.
    """
    with bench.write("payments.again", "更正重发退回的款") as unit:
        session = unit.session
        old = existing(session, PaymentBatch, key)
        why = reading.gate(bench, session, old)
        if why:
            raise NotAllowed(f"还不能重发：{why}{_CLAUSE}。", todo="请办完手续再重发。")
        waiting = [
            row for row in reading.rows_of(session, key)
            if row.state == PaymentRowState.RETURNED and not row.again_key and (not row_keys or row.key in row_keys)
        ]
        if not waiting:
            raise NotAllowed("这一批没有等着重发的退回款。")
        batch = _copy(session, old, bench)
        rows = [_again_row(row) for row in waiting]
        for row, new in zip(waiting, _put(unit, batch, rows), strict=True):
            row.again_key = new
        session.flush()
        return _made(unit, batch, rows)


def _copy(session: Session, old: PaymentBatch, bench: Workbench) -> PaymentBatch:
    return PaymentBatch(
        kind=old.kind, source_key=old.source_key, object_key=old.object_key, year=old.year, place=old.place,
        title=old.title, number=_next_number(session, old.object_key), made_on=bench.today, paper_key=old.paper_key,
        again_of=old.key,
    )  # fmt: skip


_KEPT = (
    "household_key", "town", "village", "group_name", "head_name", "id_number", "item", "quantity_milli", "unit",
    "standard", "award_fen", "before_fen", "amount_fen", "account_name", "bank_name", "account", "phone",
)  # fmt: skip


def _again_row(row: PaymentRow) -> dict[str, object]:
    note = f"退回重发：{row.return_reason}" if row.return_reason else "退回重发"
    return {**{name: getattr(row, name) for name in _KEPT}, "note": note}
