"""Money arrives, is allocated, is paid out; and what was entered in error is countered (冲销)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.money import format_money, from_fen, to_fen
from fupin_desktop.domain.text import clean, quoted
from fupin_desktop.domain.vocabulary import EntryKind, Participation, TargetKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.scheme import Source
from fupin_desktop.policy.scheme.file import scheme_from_dict
from fupin_desktop.policy.strictness import SCHEME_PLAN
from fupin_desktop.services.existing import existing
from fupin_desktop.services.funds.carrying import in_ledger_of
from fupin_desktop.services.funds.ledger import at_target, counter_draft, exact_fen, live_entries, post, target_of
from fupin_desktop.services.funds.model import EntryDraft
from fupin_desktop.services.funds.planned import STORED, source_meant
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import entities
from fupin_desktop.storage.entities import FundEntry, FundSource


def receive(
    bench: Workbench, source_key: str, amount: Decimal, on: date, paper_no: str = "", note: str = ""
) -> Change:
    """Money of a source arrives (到账), wholly or in part.

    Raises:
        NotAllowed: More than was assigned, a day to come, a void source.
    """
    draft = EntryDraft(source_key, EntryKind.RECEIVED, amount, on, paper_no=paper_no, note=note)
    return _post_one(bench, draft, "funds.receive", f"登记到账 {_told(amount)}")


def allocate(
    bench: Workbench,
    source_key: str,
    target: FundTarget,
    amount: Decimal,
    on: date,
    note: str = "",
    reason: str = "",
) -> Change:
    """Allocate money of a source (安排).

    Args:
        bench: The workbench.
        source_key: The source.
        target: To what.
        amount: Yuan.
        on: The day.
        note: Remark.
        reason: Why a village without participating households gets money all the same (吴川 三(一)5), or money of an
            original plan goes elsewhere (三(二)2); kept in the note.

    Raises:
        NotAllowed: Not so much is there on that day or a later one, the source is bound to another plan or the village
            takes no part and no reason is given, a county allows none for such money, or the target is a plan that
            gets its money by its approval.
    """
    if not clean(reason) and not _takes_part(bench, target, source_key, on):
        raise NotAllowed(
            f"{quoted(target.name)}本年没有参与产业的农户，原则上不安排资金(吴川 三(一)5)。",
            todo="确需安排的，请写明原因；原因记入台账。",
        )
    with bench.read() as session:
        bench.fund_guards().refuse_allocation(session, target)
    draft = EntryDraft(source_key, EntryKind.ALLOCATED, amount, on, target=target, note=note, reason=reason)
    return _post_one(bench, draft, "funds.allocate", f"安排资金 {_told(amount)} 给{quoted(target.name)}")


def pay(
    bench: Workbench,
    source_key: str,
    target: FundTarget,
    amount: Decimal,
    on: date,
    payee: str = "",
    paper_no: str = "",
    paper_key: str = "",
    note: str = "",
) -> Change:
    """Pay money of a source out for a target (拨付).

    Raises:
        NotAllowed: More than is allocated from that source to that target, more than a plan's sheets ask for, or a
            scheme's awards are not published and filed yet (吴川 三(二)4).
    """
    with bench.read() as session:
        bench.fund_guards().refuse_payment(session, target, from_fen(exact_fen(amount)), paper_key, bench.today)
    draft = EntryDraft(
        source_key, EntryKind.PAID, amount, on, target=target, payee=payee, paper_no=paper_no, paper_key=paper_key,
        note=note,
    )  # fmt: skip
    return _post_one(bench, draft, "funds.pay", f"拨付资金 {_told(amount)}")


def counter(bench: Workbench, entry_key: str, on: date, reason: str, amount: Decimal | None = None) -> Change:
    """Take an entry back by a counter-entry (冲销).

    Args:
        bench: The workbench.
        entry_key: The entry.
        on: Day of the counter-entry, not before that of the entry.
        reason: Why.
        amount: Yuan to take back; None for all that is left of it.

    Raises:
        NotAllowed: No reason, more than is left of it, nothing is left, the ledger would not hold without it, or
            approved sheets have still to get it.
    """
    if not clean(reason):
        raise NotAllowed("冲销要写明原因。", todo="请写明原因后再冲销。")
    with bench.write("funds.counter", "冲销台账记录", undoable=False) as unit:
        live = live_entries(unit.session, FundEntry.key == entry_key)
        if not live:
            raise NotAllowed("这一笔已经全部冲销，或本身就是冲销。", todo="冲错了的，请重新登记一笔。")
        entry, left = live[0]
        fen = left if amount is None else exact_fen(amount)
        if fen <= 0:
            raise NotAllowed("冲销金额必须大于 0。", todo="请核对金额。")
        target = target_of(entry)
        if target is not None and entry.kind == EntryKind.ALLOCATED:
            bench.fund_guards().refuse_return(unit.session, target, from_fen(fen))
        post(bench, unit, counter_draft(entry, fen, on, clean(reason)))
    return bench.change(unit, f"已冲销{EntryKind(entry.kind).label} {_told(from_fen(fen))}")


def allocate_scheme(bench: Workbench, scheme_key: str, on: date) -> Change:
    """Allocate to an award scheme what it names of each source; what it names less than before is countered.

    Raises:
        NotAllowed: The scheme is gone, names a source that is not registered or an amount that is not there, draws on
            money of an original plan without a reason, or all of it is allocated already.
    """
    with bench.write("funds.allocate_scheme", "按奖补方案安排资金", undoable=False) as unit:
        record = existing(unit.session, entities.AwardScheme, scheme_key)
        target = FundTarget(TargetKind.SCHEME, record.key, record.name)
        scheme = scheme_from_dict(record.body, STORED)
        wanted = _wanted(unit.session, record.year, scheme.sources)
        drafts = list(_differences(unit.session, target, wanted, on, scheme.reasons.get(SCHEME_PLAN, "")))
        if not drafts:
            raise NotAllowed(f"{quoted(record.name)}的资金已经安排好了。", todo="不需要再安排。")
        post(bench, unit, *drafts)
    return bench.change(unit, f"已按{quoted(target.name)}安排资金")


def _wanted(session: Session, year: int, drawn: tuple[Source, ...]) -> dict[str, int]:
    """分 that a scheme draws, by key of the source."""
    query = select(FundSource).where(in_ledger_of(year), FundSource.voided.is_(False))
    sources = session.scalars(query.order_by(FundSource.key)).all()
    wanted: dict[str, int] = {}
    for one in drawn:
        found = source_meant([source for source in sources if source.kind == one.kind], one)
        if found is None:
            told = one.name or one.document or one.kind.label
            raise NotAllowed(f"方案列支的{quoted(told)}没有登记在资金台账里。", todo="请先登记，或改方案的资金来源。")
        wanted[found.key] = wanted.get(found.key, 0) + to_fen(one.amount)
    return wanted


def _differences(
    session: Session, target: FundTarget, wanted: dict[str, int], on: date, reason: str
) -> Iterator[EntryDraft]:
    """The entries from what is allocated to what is wanted; the newest allocations are countered first.

    ``reason`` is why money of an original plan is drawn on.
    """
    bound = set(session.scalars(select(FundSource.key).where(FundSource.original_plan != "")))
    there: dict[str, list[tuple[FundEntry, int]]] = {}
    for entry, left in live_entries(session, FundEntry.kind == EntryKind.ALLOCATED.value, *at_target(target)):
        there.setdefault(entry.source_key, []).append((entry, left))
    for key in dict.fromkeys((*there, *wanted)):
        live = there.get(key, [])
        more = wanted.get(key, 0) - sum(left for _entry, left in live)
        if more > 0:
            why = reason if key in bound else ""
            yield EntryDraft(key, EntryKind.ALLOCATED, from_fen(more), on, target=target, reason=why)
        for entry, left in reversed(live):
            if more < 0:
                fen = min(left, -more)
                more += fen
                yield counter_draft(entry, fen, max(on, entry.dated), "方案的资金来源改少")


def _post_one(bench: Workbench, draft: EntryDraft, operation: str, title: str) -> Change:
    with bench.write(operation, title, undoable=False) as unit:
        existing(unit.session, FundSource, draft.source_key)
        post(bench, unit, draft)
    return bench.change(unit)


def _takes_part(bench: Workbench, target: FundTarget, source_key: str, on: date) -> bool:
    """Whether a village has participating households in the source's year or in that of the day; others are not asked.

    Money carried over is for those who take part now, money of the year before may be entered late.
    """
    with bench.read() as session:
        source = session.get(FundSource, source_key)
        years = {on.year, source.year if source else bench.year}
        return any(takes_part(session, target, year) for year in years)


def takes_part(session: Session, target: FundTarget, year: int) -> bool:
    """Whether a village has participating households in a year (吴川 三(一)5); other targets are not asked."""
    if target.kind is not TargetKind.VILLAGE:
        return True
    household, year_of = entities.Household, entities.Participation
    found = select(year_of.key).join(household, household.key == year_of.household_key).where(
        household.village_key == target.key,
        year_of.year == year,
        year_of.kind.in_((Participation.BASE.value, Participation.SCATTERED.value)),
    )
    return session.scalars(found.limit(1)).first() is not None


def _told(amount: Decimal) -> str:
    return f"{format_money(from_fen(exact_fen(amount)))} 元"
