"""Posting to the ledger, inside a transaction of the caller: entries are added, never changed or removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.money import format_money, from_fen, parse_money, to_fen
from fupin_desktop.domain.text import clean, quoted
from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.funds import keeps_plan
from fupin_desktop.policy.strictness import ORIGINAL_PLAN, is_must
from fupin_desktop.services.funds import rules
from fupin_desktop.services.funds.model import EntryDraft
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundEntry, FundSource
from fupin_desktop.storage.keys import new_key
from fupin_desktop.storage.unit import Unit

_TARGETED = frozenset({EntryKind.ALLOCATED, EntryKind.PAID})
IN_PRINCIPLE = "原则上事项说明："
"""What begins a written reason in the note of an entry."""
GONE, _AGAIN = "这一笔已经全部冲销，或本身就是冲销。", "冲错了的，请重新登记一笔。"
_CHECKED = "请核对金额。"


def post(bench: Workbench, unit: Unit, *drafts: EntryDraft) -> list[str]:
    """Add entries together; the rules are checked for every day from the earliest of them on.

    Args:
        bench: The workbench; its clock tells the day that no entry may be later than.
        unit: The write that the entries belong to; an error takes all of it back when it leaves the unit.
        drafts: The entries.

    Returns:
        Their keys, in order.

    Raises:
        NotAllowed: A rule would be broken; the sentence names source, day and amount.
    """
    if not drafts:
        return []
    unit.session.flush()
    today = bench.today
    sources = _sources(unit.session, drafts)
    for draft in drafts:
        _check_draft(bench, draft, sources.get(draft.source_key), today)
    _check_counters(unit.session, drafts)
    keys = unit.insert_many(FundEntry, [_row(draft, unit) for draft in drafts])
    since: dict[str, date] = {}
    for draft in drafts:
        since[draft.source_key] = min(draft.dated, since.get(draft.source_key, draft.dated))
    rules.check(unit.session, since)
    rules.check_donors(unit.session, {draft.source_key for draft in drafts if draft.kind is EntryKind.ASSIGNED})
    return keys


def counter_draft(entry: FundEntry, fen: int, on: date, reason: str, paper_key: str = "") -> EntryDraft:
    """The counter-entry (冲销) that takes 分 of an entry back on a day."""
    return EntryDraft(
        entry.source_key,
        EntryKind(entry.kind),
        from_fen(-fen),
        on,
        target=target_of(entry),
        paper_key=paper_key or entry.paper_key,
        paper_no=entry.paper_no,
        payee=entry.payee,
        counters_key=entry.key,
        note=reason,
    )


def reversals(session: Session, target: FundTarget, on: date, reason: str, paper_key: str = "") -> list[EntryDraft]:
    """Counter-entries for all that is still allocated to a target, for a plan that is corrected or cancelled.

    Args:
        session: The session.
        target: The target.
        on: Their day; entries of a later day are countered on that day.
        reason: Why.
        paper_key: The document that causes it; empty keeps that of each entry.
    """
    where = (FundEntry.kind == EntryKind.ALLOCATED.value, *at_target(target))
    live = live_entries(session, *where)
    return [counter_draft(entry, left, max(on, entry.dated), reason, paper_key) for entry, left in live]


def live_entries(session: Session, *where: Any) -> list[tuple[FundEntry, int]]:
    """The entries that conditions choose and of which something is left, with the 分 left; oldest first.

    Counter-entries are none of them.
    """
    taken = FundEntry.__table__.alias()
    countered = select(func.coalesce(func.sum(taken.c.amount_fen), 0)).where(taken.c.counters_key == FundEntry.key)
    left = FundEntry.amount_fen + countered.scalar_subquery()
    query = select(FundEntry, left).where(FundEntry.counters_key.is_(None), left > 0, *where)
    return [(entry, rest) for entry, rest in session.execute(query.order_by(FundEntry.dated, FundEntry.key))]


def exact_fen(amount: Decimal) -> int:
    """Whole 分 of an amount.

    Raises:
        NotAllowed: It is finer than 分, 10^12 yuan or more, or no number.
    """
    try:
        return to_fen(parse_money(amount, negative=True))
    except ValueError as fault:
        raise NotAllowed(f"{fault}。", todo=_CHECKED) from None


def at_target(target: FundTarget) -> tuple[Any, ...]:
    """The conditions on entries of a target."""
    named = FundEntry.target_key == target.key
    if not target.key:
        return FundEntry.target_kind == target.kind.value, named, FundEntry.target_name == target.name
    return FundEntry.target_kind == target.kind.value, named


def target_of(entry: FundEntry) -> FundTarget | None:
    """To what an entry allocates or pays."""
    if entry.target_kind is None:
        return None
    return FundTarget(TargetKind(entry.target_kind), entry.target_key, entry.target_name)


def breaks_plan(original_plan: str, target: FundTarget) -> bool:
    """Whether a source is bound to another plan than the target; an award scheme is always another (吴川 三(二)2)."""
    return bool(original_plan) and (target.kind is TargetKind.SCHEME or not keeps_plan(original_plan, target.name))


def with_reason(note: str, reason: str) -> str:
    """A note with the written reason for departing from what holds in principle; once where it says so already."""
    note, reason = clean(note), clean(reason)
    return note if reason in note else "；".join(part for part in (note, IN_PRINCIPLE + reason) if part)


def _row(draft: EntryDraft, unit: Unit) -> dict[str, Any]:
    target = draft.target
    return {
        "key": draft.key or new_key(),
        "source_key": draft.source_key,
        "kind": draft.kind.value,
        "amount_fen": to_fen(draft.amount),
        "dated": draft.dated,
        "target_kind": target.kind.value if target else None,
        "target_key": target.key if target else "",
        "target_name": clean(target.name) if target else "",
        "paper_key": draft.paper_key,
        "paper_no": clean(draft.paper_no),
        "payee": clean(draft.payee),
        "counters_key": draft.counters_key or None,
        "note": with_reason(draft.note, draft.reason),
        "at": unit.purpose.at,
        "who": unit.purpose.who,
    }


def _sources(session: Session, drafts: Sequence[EntryDraft]) -> dict[str, FundSource]:
    keys = {draft.source_key for draft in drafts}
    return {one.key: one for one in session.scalars(select(FundSource).where(FundSource.key.in_(keys)))}


def _check_draft(bench: Workbench, draft: EntryDraft, source: FundSource | None, today: date) -> None:
    """What can be told from a draft and its source alone."""
    if source is None:
        raise NotAllowed("这笔资金来源已被删除。", todo="请刷新后再试。")
    for sentence, todo in _faults(draft, source, today):
        raise NotAllowed(sentence, todo=todo)
    if draft.amount > 0 and draft.kind is EntryKind.ALLOCATED:
        _check_plan(bench, draft, source)


def _faults(draft: EntryDraft, source: FundSource, today: date) -> Iterator[tuple[str, str]]:
    what = f"{quoted(source.name)}{draft.kind.label}"
    if (exact_fen(draft.amount) < 0) != bool(draft.counters_key) or draft.amount == 0:
        yield f"{what}的金额必须大于 0。", _CHECKED
    if draft.dated > today:
        yield f"{what}的日期 {say_date(draft.dated)}晚于今天。", "请核对日期；钱到了、安排了再登记。"
    if (draft.target is not None) != (draft.kind in _TARGETED):
        yield f"{what}要写明给谁。" if draft.target is None else f"{what}没有对象。", "请核对对象。"
    if draft.amount > 0 and source.voided:
        yield f"{quoted(source.name)}已作废，不能再登记{_told(draft)}。", "请选别的资金来源。"


def _check_plan(bench: Workbench, draft: EntryDraft, source: FundSource) -> None:
    """Money of an original plan goes to that plan, in principle or, where a county says so, always (吴川 三(二)2)."""
    target = draft.target
    if target is None or not breaks_plan(source.original_plan, target):
        return
    must = is_must(bench.parameters, ORIGINAL_PLAN, draft.dated)
    if must or not clean(draft.reason):
        todo = "请换一笔资金；对象就是原方案的，名称里要写明原方案"
        raise NotAllowed(
            f"{quoted(source.name)}已有原定用途({source.original_plan})，应按原方案使用，"
            f"{_told(draft)}不能给{quoted(target.name)}(吴川 三(二)2)。",
            todo=f"{todo}。" if must else f"{todo}；确需另行安排的，请写明原因，原因记入台账。",
        )


def _told(draft: EntryDraft) -> str:
    return f"{say_date(draft.dated)}{draft.kind.label} {format_money(draft.amount)} 元"


class _Original(NamedTuple):
    """What a counter-entry must fit: source, kind and target of its entry, and what is left of that."""

    likeness: tuple[str, EntryKind, tuple[TargetKind, str] | None]
    dated: date
    fen: int
    left: int


def _likeness(source_key: str, kind: str, target: FundTarget | None) -> tuple[str, EntryKind, Any]:
    return source_key, EntryKind(kind), target.mark if target else None


def _originals(session: Session, drafts: Sequence[EntryDraft], keys: Collection[str]) -> dict[str, _Original]:
    """The entries that can be countered: of the ledger, and of the same posting."""
    found = {}
    for entry, left in live_entries(session, FundEntry.key.in_(keys)):
        likeness = _likeness(entry.source_key, entry.kind, target_of(entry))
        found[entry.key] = _Original(likeness, entry.dated, entry.amount_fen, left)
    for draft in drafts:
        if draft.key in keys and not draft.counters_key:
            fen = to_fen(draft.amount)
            likeness = _likeness(draft.source_key, draft.kind, draft.target)
            found[draft.key] = _Original(likeness, draft.dated, fen, fen)
    return found


def _check_counters(session: Session, drafts: Sequence[EntryDraft]) -> None:
    """Counter-entries fit what they take back, and all of them together take no more than is left of it."""
    counters = [draft for draft in drafts if draft.counters_key]
    if not counters:
        return
    originals = _originals(session, drafts, [draft.counters_key for draft in counters])
    wanted: dict[str, int] = defaultdict(int)
    for draft in counters:
        original = originals.get(draft.counters_key)
        if original is None:
            raise NotAllowed(GONE, todo=_AGAIN)
        wanted[draft.counters_key] -= to_fen(draft.amount)
        if wanted[draft.counters_key] > original.left:
            raise NotAllowed(
                f"{say_date(original.dated)}{draft.kind.label} {_yuan(original.fen)} 元只剩 {_yuan(original.left)} 元"
                f"可冲销，不能冲销 {_yuan(wanted[draft.counters_key])} 元。",
                todo="请减少冲销金额。",
            )
        if _likeness(draft.source_key, draft.kind, draft.target) != original.likeness:
            raise NotAllowed("冲销与原来那一笔的来源、事项或对象不同。", todo="请从原来那一笔冲销。")
        if draft.dated < original.dated:
            sentence = f"冲销日期 {say_date(draft.dated)}早于原来那一笔的日期 {say_date(original.dated)}。"
            raise NotAllowed(sentence, todo="请改冲销日期。")


def _yuan(fen: int) -> str:
    return format_money(from_fen(fen))
