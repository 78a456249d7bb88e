"""What ``plan.*``, ``approval.*`` and ``notice.*`` of ``forms/BINDINGS.md`` give, and the rows behind each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import select

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import EntryKind, NoticeState
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.fund_papers import money, numbers, papers
from fupin_desktop.services.fund_papers.money import PlanMoney
from fupin_desktop.services.fund_papers.papers import ZERO
from fupin_desktop.services.funds.ledger import at_target
from fupin_desktop.services.funds.model import carried_name
from fupin_desktop.services.notices.reading import told
from fupin_desktop.services.overview import RowsBehind, Target
from fupin_desktop.storage.entities import AwardRun, AwardScheme, FundEntry, FundSource, Notice

TAB = "funds"
Binding = Callable[[Context], Any]
_ENTRY_HEAD = ("日期", "事项", "资金来源", "文号", "收款单位", "凭证号", "说明", "金额(元)")


def _number(context: Context) -> str:
    return numbers.next_number(context.session, context.subject.form_id, context.subject.year)


def _sum_of(name: str) -> Binding:
    """Σ of the amounts in a list."""

    def find(context: Context) -> Decimal | None:
        rows = context.typed.get(name)
        return papers.amount_of(rows) if rows else None

    return find


def _source_names(context: Context) -> list[str]:
    """The sources that a plan can name: those of its year, and of earlier ones, with their year, what is left."""
    found = []
    for one in money.candidates(context.session, context.subject.year):
        if one.year == context.subject.year:
            found.append(one.name)
        elif money.available_from(context.session, one.key, context.today, "") > 0:
            found.append(carried_name(one.name, one.year))
    return list(dict.fromkeys(found))


_DRAWN: WeakKeyDictionary[Context, PlanMoney] = WeakKeyDictionary()


def drawn_on(context: Context) -> PlanMoney:
    """What can be drawn on the plan of a sheet, reckoned once for each time the sheet is opened."""
    if context not in _DRAWN:
        _DRAWN[context] = money.plan_money(context.session, context.subject.place_key, context.subject.key)
    return _DRAWN[context]


def _plan_number(context: Context) -> str | None:
    plan = drawn_on(context).plan
    return plan.number or None if plan else None


def _project(context: Context) -> str | None:
    plan = drawn_on(context).plan
    return plan.place if plan else None


def _asked(context: Context) -> Decimal:
    return papers.amount_of(context.typed.get("items") or ())


def _left(context: Context) -> Decimal:
    drawn = drawn_on(context)
    return drawn.approved - drawn.paid - _asked(context)


def _paid_share(context: Context) -> str | None:
    """How much of the approved money is paid with this sheet, in per cent."""
    drawn = drawn_on(context)
    if not drawn.approved:
        return None
    share = (drawn.paid + _asked(context)) * 100 / drawn.approved
    return f"{share.quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _notices(context: Context, state: NoticeState) -> list[Notice]:
    """The notices of awards of the place and year in a state, the newest first; none for other documents."""
    place = context.subject.place_key
    statement = (
        select(Notice)
        .join(AwardRun, AwardRun.key == Notice.run_key)
        .join(AwardScheme, AwardScheme.key == AwardRun.scheme_key)
        .where(Notice.state == state.value, AwardRun.year == context.subject.year)
        .where(AwardScheme.village_key == place if context.village else AwardScheme.village_key.is_(None))
        .order_by(Notice.posted_on.desc(), Notice.key.desc())
    )
    return list(context.session.scalars(statement))


def _notice(context: Context) -> Notice | None:
    """The newest notice of awards of the place and year that is not withdrawn; None for other documents."""
    return next(iter(_notices(context, NoticeState.POSTED)), None)


def withdrawn_periods(context: Context) -> frozenset[str]:
    """Periods of withdrawn notices of the place and year that no standing one has, as papers write them."""

    def periods(state: NoticeState) -> set[str]:
        found = _notices(context, state)
        return {told(context.session, notice, context.today)["notice_period"] for notice in found}

    withdrawn = periods(NoticeState.WITHDRAWN)
    return frozenset(withdrawn - periods(NoticeState.POSTED)) if withdrawn else frozenset()


def _of_notice(name: str) -> Binding:
    """公示情况: period, place, and what the register of objections says once the period is over."""

    def find(context: Context) -> str | None:
        notice = _notice(context)
        return told(context.session, notice, context.today)[name] or None if notice is not None else None

    return find


def registered(context: Context) -> str | None:
    """What the register of objections says of the place's notice; None where there is no notice."""
    notice = _notice(context)
    return told(context.session, notice, context.today)["notice_objections"] if notice is not None else None


BINDINGS: Mapping[str, Binding] = {
    "plan.number": _number,
    "plan.sources_total": _sum_of("sources"),
    "plan.total": _sum_of("uses"),
    "plan.source_names": _source_names,
    "approval.number": _number,
    "approval.plan_number": _plan_number,
    "approval.project": _project,
    "approval.approved": lambda context: drawn_on(context).approved,
    "approval.paid": lambda context: drawn_on(context).paid,
    "approval.amount": _sum_of("items"),
    "approval.left": _left,
    "approval.paid_share": _paid_share,
    "notice.period": _of_notice("notice_period"),
    "notice.place": _of_notice("notice_place"),
    "notice.objections": _of_notice("notice_objections"),
}


def behind(field: Field, context: Context) -> RowsBehind | None:
    """The rows behind a bound value of a document of money; None for those that all documents share."""
    find = _BEHIND.get(field.bind)
    return find(field, context) if find is not None else None


def _plan_behind(field: Field, context: Context) -> RowsBehind:
    """The plan a sheet rests on, all its versions."""
    root = context.subject.place_key
    known = papers.versions(papers.all_papers(context.session), root)
    rows = tuple((one.number, one.place, f"第 {one.version} 版", one.state.label) for one in known)
    return RowsBehind(field.label, ("编号", "项目", "版本", "状态"), rows, _target(context))


def _target(context: Context) -> Target:
    """The plan in the list of documents."""
    plan = drawn_on(context).plan
    return Target(TAB, "", plan.key if plan else context.subject.place_key)


def _entries(field: Field, context: Context, kind: EntryKind, *, own: bool) -> RowsBehind:
    """The entries of the ledger that an amount is the sum of; ``own`` leaves out those of the sheet itself."""
    root, mine = context.subject.place_key, set()
    if own:
        sheets = money.sheets_of(papers.all_papers(context.session), root)
        me = papers.root_of(context.session, context.subject.key)
        mine = {one.key for one in sheets if one.root == me}
    statement = (
        select(FundEntry, FundSource.name, FundSource.document_no)
        .join(FundSource, FundSource.key == FundEntry.source_key)
        .where(*at_target(money.target(root)), FundEntry.kind == kind.value)
        .order_by(FundEntry.dated, FundEntry.at, FundEntry.key)
    )
    found = [row for row in context.session.execute(statement) if row[0].paper_key not in mine]
    rows = [_entry(entry, name, document_no) for entry, name, document_no in found]
    total = format_money(from_fen(sum(entry.amount_fen for entry, _, _ in found)))
    blank = ("",) * (len(_ENTRY_HEAD) - 2)
    return RowsBehind(field.label, _ENTRY_HEAD, (*rows, ("合计", *blank, total)), Target(TAB, "ledger:plan", root))


def _entry(entry: FundEntry, name: str, document_no: str) -> tuple[str, ...]:
    word = f"{'冲销' if entry.counters_key else ''}{EntryKind(entry.kind).label}"
    amount = format_money(from_fen(entry.amount_fen))
    return (say_date(entry.dated), word, name, document_no, entry.payee, entry.paper_no, entry.note, amount)


def _left_behind(field: Field, context: Context) -> RowsBehind:
    """What is left as it is reckoned."""
    drawn, asked = drawn_on(context), _asked(context)
    parts = (("批准金额", drawn.approved), ("已拨付", -drawn.paid), ("本次申请", -asked))
    rows = tuple((name, format_money(amount)) for name, amount in parts)
    total = (field.label, format_money(sum((amount for _, amount in parts), ZERO)))
    return RowsBehind(field.label, ("栏目", "金额(元)"), (*rows, total), _target(context))


_BEHIND: Mapping[str, Callable[[Field, Context], RowsBehind]] = {
    "approval.plan_number": _plan_behind,
    "approval.project": _plan_behind,
    "approval.approved": lambda field, context: _entries(field, context, EntryKind.ALLOCATED, own=False),
    "approval.paid": lambda field, context: _entries(field, context, EntryKind.PAID, own=True),
    "approval.left": _left_behind,
}
