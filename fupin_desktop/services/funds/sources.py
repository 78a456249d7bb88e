"""Registering, correcting and voiding fund sources; their money is entries of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen, to_fen
from fupin_desktop.domain.text import clean, quoted
from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.strictness import ORIGINAL_PLAN, is_must
from fupin_desktop.services.existing import existing
from fupin_desktop.services.funds.ledger import (
    breaks_plan,
    counter_draft,
    exact_fen,
    live_entries,
    post,
    target_of,
    with_reason,
)
from fupin_desktop.services.funds.model import EntryDraft, FundForm
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import FundEntry, FundSource
from fupin_desktop.storage.unit import Unit

TEXTS = ("name", "document_no", "original_plan", "donors", "note")
Live = Sequence[tuple[FundEntry, int]]


def add(bench: Workbench, form: FundForm) -> Change:
    """Register a fund source; its amount is assigned, and arrived where the form says on which day.

    Raises:
        NotAllowed: No name, an amount below 0, a day to come, or the same source is registered already.
    """
    with bench.write("funds.add", f"新增资金{quoted(clean(form.name))}", undoable=False) as unit:
        record = put_source(bench, unit, form)
        post(bench, unit, *_first_entries(bench, record, form))
    return bench.change(unit)


def put_source(bench: Workbench, unit: Unit, form: FundForm) -> FundSource:
    """A new source without any entry.

    Raises:
        NotAllowed: No name, an amount below 0, or it is registered already.
    """
    record = FundSource()
    _put(record, form, bench.year)
    _check(unit.session, record, form)
    unit.session.add(record)
    unit.session.flush()
    return record


def update(bench: Workbench, key: str, form: FundForm, reason: str = "") -> Change:
    """Correct a fund source: texts freely, another amount or day of arrival by counter-entries and new entries.

    Args:
        bench: The workbench.
        key: Its key.
        form: All of it as it shall be.
        reason: Why amount or arrival change, or why what is allocated departs from a plan that is written down only
            now (吴川 三(二)2); empty takes the form's note where that is another than before.

    Raises:
        NotAllowed: It is gone or void, has no name, is registered twice then, no reason is given where one is needed,
            or the ledger would not hold with it.
    """
    with bench.write("funds.update", f"修改资金{quoted(clean(form.name))}", undoable=False) as unit:
        record = existing(unit.session, FundSource, key)
        if record.voided:
            raise NotAllowed(f"{quoted(record.name)}已作废，不能再改。", todo="需要的话请重新登记一笔。")
        noted = clean(form.note) if clean(form.note) != record.note else ""
        why, plan = clean(reason) or noted, record.original_plan
        with unit.session.no_autoflush:
            _put(record, form, record.year)
            _check(unit.session, record, form)
        if record.original_plan != plan:
            _check_bound(bench, unit.session, record, why)
        post(bench, unit, *_corrections(bench, unit.session, record, form, why))
    return bench.change(unit)


def void(bench: Workbench, key: str, reason: str) -> Change:
    """Void a source registered in error: counter-entries for all its money, then it counts no more.

    Raises:
        NotAllowed: It is gone or void already, no reason is given, or something is allocated from it.
    """
    with bench.write("funds.void", "作废资金来源", undoable=False) as unit:
        record = existing(unit.session, FundSource, key)
        if record.voided:
            raise NotAllowed(f"{quoted(record.name)}已经作废。", todo="请刷新后再试。")
        if not clean(reason):
            raise NotAllowed("作废资金来源要写明原因。", todo="请写明原因后再作废。")
        live = live_entries(unit.session, FundEntry.source_key == key)
        allocated = sum(left for entry, left in live if entry.kind == EntryKind.ALLOCATED)
        if allocated:
            sentence = f"{quoted(record.name)}已安排 {format_money(from_fen(allocated))} 元，不能作废。"
            raise NotAllowed(sentence, todo="请先冲销它的安排。")
        post(bench, unit, *(counter_draft(entry, left, bench.today, f"作废：{reason}") for entry, left in live))
        record.voided = True
        unit.session.flush()
    return bench.change(unit, f"已作废{quoted(record.name)}")


def _put(record: FundSource, form: FundForm, year: int) -> None:
    values: dict[str, Any] = {name: clean(getattr(form, name)) for name in TEXTS}
    values |= {"kind": form.kind.value, "year": form.year or year}
    for name, value in values.items():
        setattr(record, name, value)


def _check(session: Session, record: FundSource, form: FundForm) -> None:
    if not record.name:
        raise NotAllowed("没有填写资金名称。", todo="请补充后再保存。")
    if exact_fen(form.amount) < 0:
        raise NotAllowed("资金金额不能小于 0。", todo="请核对金额。")
    if form.received_on and form.assigned_on and form.received_on < form.assigned_on:
        days = f"到账日期 {form.received_on.isoformat()} 早于下达日期 {form.assigned_on.isoformat()}"
        raise NotAllowed(f"{quoted(record.name)}的{days}。", todo="请核对日期。")
    same = select(FundSource.key).where(
        FundSource.year == record.year,
        FundSource.kind == record.kind,
        FundSource.name == record.name,
        FundSource.document_no == record.document_no,
        FundSource.voided.is_(False),
        FundSource.key != (record.key or ""),
    )
    if session.scalars(same).first() is not None:
        raise NotAllowed(f"{quoted(record.name)}已经登记过。", todo="请修改原来的那一笔，或换一个名称、文号。")


def _check_bound(bench: Workbench, session: Session, record: FundSource, why: str) -> None:
    """What is allocated already keeps to a plan that is written down only now, or has its reason (吴川 三(二)2)."""
    for entry, _left in live_entries(
        session, FundEntry.source_key == record.key, FundEntry.kind == EntryKind.ALLOCATED.value
    ):
        target = target_of(entry)
        if target is None or not breaks_plan(record.original_plan, target):
            continue
        must = is_must(bench.parameters, ORIGINAL_PLAN, entry.dated)
        if must or not why:
            raise NotAllowed(
                f"{quoted(record.name)}已有资金安排给{quoted(target.name)}，不能改为原定用途{quoted(record.original_plan)}。",
                todo="请先冲销那一笔安排" + ("。" if must else "；确需保留的，请写明原因。"),
            )
        record.note = with_reason(record.note, why)


def _assigned_on(bench: Workbench, record: FundSource, form: FundForm) -> date:
    """A source is assigned on the day of its paper, else when it arrives or its year begins, never on a day to come."""
    return form.assigned_on or form.received_on or min(date(record.year, 1, 1), bench.today)


def _arrival(record: FundSource, form: FundForm, on: date, reason: str = "") -> EntryDraft:
    """The arrival of all that a form assigns."""
    if not form.amount:
        raise NotAllowed(f"{quoted(record.name)}填了到账日期，没有填金额。", todo="请填写金额，或以后用“登记到账”。")
    return EntryDraft(record.key, EntryKind.RECEIVED, form.amount, on, note=reason)


def _first_entries(bench: Workbench, record: FundSource, form: FundForm) -> list[EntryDraft]:
    arrived = [_arrival(record, form, form.received_on)] if form.received_on else []
    if not form.amount:
        return []
    return [EntryDraft(record.key, EntryKind.ASSIGNED, form.amount, _assigned_on(bench, record, form)), *arrived]


def _corrections(
    bench: Workbench, session: Session, record: FundSource, form: FundForm, reason: str
) -> list[EntryDraft]:
    """The entries that make the money of a source what the form says."""
    by_kind: dict[str, list[tuple[FundEntry, int]]] = {EntryKind.ASSIGNED: [], EntryKind.RECEIVED: []}
    for entry, left in live_entries(session, FundEntry.source_key == record.key, FundEntry.kind.in_(list(by_kind))):
        by_kind[entry.kind].append((entry, left))
    assigned, arrived = by_kind[EntryKind.ASSIGNED], by_kind[EntryKind.RECEIVED]
    drafts = _other_amount(bench, record, form, assigned, reason)
    drafts += _other_arrival(record, form, assigned, arrived, reason)
    if drafts and not reason:
        raise NotAllowed(
            f"改动{quoted(record.name)}的金额或到账，要在备注里写明原因。", todo="原来的记录留在台账里，用冲销更正。"
        )
    return drafts


def _sum(live: Live) -> int:
    return sum(left for _entry, left in live)


def _taken_back(live: Live, reason: str) -> list[EntryDraft]:
    """Counter-entries on the day of each entry, as if it had never been."""
    return [counter_draft(entry, left, entry.dated, reason) for entry, left in live]


def _other_amount(
    bench: Workbench, record: FundSource, form: FundForm, assigned: Live, reason: str
) -> list[EntryDraft]:
    before = assigned[0][0].dated if assigned else None
    if to_fen(form.amount) == _sum(assigned) and form.assigned_on in (None, before):
        return []
    drafts = _taken_back(assigned, reason)
    if form.amount:
        dated = form.assigned_on or before or _assigned_on(bench, record, form)
        dated = dated if form.assigned_on else min(dated, form.received_on or dated)
        drafts.append(EntryDraft(record.key, EntryKind.ASSIGNED, form.amount, dated, note=reason))
    return drafts


def _other_arrival(
    record: FundSource, form: FundForm, assigned: Live, arrived: Live, reason: str
) -> list[EntryDraft]:
    """What arrived all at once follows the form; several arrivals are countered and entered one by one."""
    came = arrived[0][0].dated if arrived else None
    at_once = len(arrived) == 1 and _sum(arrived) == _sum(assigned)
    if came == form.received_on and (not at_once or _sum(arrived) == to_fen(form.amount)):
        return []
    if arrived and not at_once:
        raise NotAllowed(
            f"{quoted(record.name)}分次到账(首次{say_date(arrived[0][0].dated)})，不能这样改到账日期。",
            todo="请在台账里逐笔冲销、登记到账。",
        )
    drafts = _taken_back(arrived, reason)
    if form.received_on:
        drafts.append(_arrival(record, form, form.received_on, reason))
    return drafts

