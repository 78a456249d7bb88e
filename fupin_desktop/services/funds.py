"""Fund sources (资金来源): what came in, what schemes draw on, what stored calculations use, what is left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen, to_fen
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import FundKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.scheme import Source
from fupin_desktop.policy.scheme.file import scheme_from_dict
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import AwardRun, AwardScheme, FundSource

_TEXTS = ("name", "document_no", "original_plan", "donors", "note")
_STORED = "存档的方案"
_PLAN_CLAUSE = "吴川 三(二)2"
_LEDGER_CLAUSE = "吴川 三(一)4"


@dataclass(frozen=True, slots=True)
class FundForm:
    """A fund source as it is edited.

    Attributes:
        kind: Kind of money (吴川 三(一)4, 三(二)2, 三(二)5).
        name: Its name, unique within a year and kind together with ``document_no``.
        amount: Yuan received or promised.
        document_no: Number of the document that assigns it (文号).
        received_on: Day it arrived; None where it has not.
        original_plan: The plan it is bound to; such money cannot pay awards of a new scheme (吴川 三(二)2).
        donors: Donors, for donations.
        note: Remark.
        year: Year it is spent in; 0 takes the year at work.
    """

    kind: FundKind
    name: str
    amount: Decimal
    document_no: str = ""
    received_on: date | None = None
    original_plan: str = ""
    donors: str = ""
    note: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class FundBalance(FundForm):
    """A fund source with what became of it.

    Attributes:
        key: Its key.
        allocated: Yuan that schemes of the year draw on it.
        used: Yuan awarded by the latest stored calculation of each of those schemes. A calculation uses the money of
            its scheme in the order the scheme lists it.
    """

    key: str = ""
    allocated: Decimal = Decimal(0)
    used: Decimal = Decimal(0)

    @property
    def left(self) -> Decimal:
        """Yuan not yet awarded; below 0 where more is awarded than came in."""
        return self.amount - self.used


def balances(bench: Workbench, year: int) -> list[FundBalance]:
    """The fund sources of a year with what is drawn on and used, in the order they were registered."""
    with bench.read() as session:
        sources = session.scalars(select(FundSource).where(FundSource.year == year).order_by(FundSource.key)).all()
        allocated, used = _drawn(session, sources, year)
    return [_balance(one, allocated[one.key], used[one.key]) for one in sources]


def used(bench: Workbench, year: int) -> dict[str, Decimal]:
    """Yuan used of each fund source of a year, by its key."""
    return {one.key: one.used for one in balances(bench, year)}


def as_source(fund: FundForm) -> Source:
    """A fund source as a scheme names it; the amount is what the scheme draws, at first all of it."""
    return Source(fund.kind, fund.amount, fund.name, fund.document_no, fund.original_plan)


def add(bench: Workbench, form: FundForm) -> Change:
    """Register a fund source.

    Raises:
        NotAllowed: No name, an amount below 0, or the same source is registered already.
    """
    with bench.write("funds.add", f"新增资金“{clean(form.name)}”") as unit:
        record = FundSource()
        _put(record, form, bench.year)
        _check(unit.session, record, form)
        unit.session.add(record)
    return bench.change(unit)


def update(bench: Workbench, key: str, form: FundForm) -> Change:
    """Change a fund source.

    Raises:
        NotAllowed: It is gone, has no name, an amount below 0, or is registered twice then.
    """
    with bench.write("funds.update", f"修改资金“{clean(form.name)}”") as unit:
        record = _existing(unit.session, key)
        with unit.session.no_autoflush:
            _put(record, form, bench.year)
            _check(unit.session, record, form)
    return bench.change(unit)


def remove(bench: Workbench, key: str) -> Change:
    """Remove a fund source that no scheme draws on.

    Raises:
        NotAllowed: A scheme draws on it.
    """
    with bench.write("funds.remove", "删除资金来源") as unit:
        record = _existing(unit.session, key)
        allocated, _used = _drawn(unit.session, [record], record.year)
        if allocated[key]:
            raise NotAllowed(f"“{record.name}”已列入奖补方案，不能删除。", todo="请先从方案的资金来源里去掉它。")
        unit.session.delete(record)
    return bench.change(unit)


def check(bench: Workbench, year: int) -> list[Problem]:
    """Must problems of the ledger: schemes draw more than came in, or draw on money bound to its original plan."""
    found: list[Problem] = []
    for one in balances(bench, year):
        if one.allocated > one.amount:
            sentence = f"“{one.name}”共 {one.amount:,.2f} 元，各方案列支 {one.allocated:,.2f} 元，超出来源金额。"
            found.append(Problem("fund.overdrawn", Severity.MUST, sentence, _LEDGER_CLAUSE, subjects=(one.key,)))
        if one.allocated and one.original_plan:
            sentence = f"“{one.name}”已有原定用途({one.original_plan})，应按原方案使用，不能列入新的奖补方案。"
            found.append(Problem("fund.original_plan", Severity.MUST, sentence, _PLAN_CLAUSE, subjects=(one.key,)))
    return found


def _balance(record: FundSource, allocated: int, spent: int) -> FundBalance:
    return FundBalance(
        FundKind(record.kind),
        record.name,
        from_fen(record.amount_fen),
        received_on=record.received_on,
        year=record.year,
        key=record.key,
        allocated=from_fen(allocated),
        used=from_fen(spent),
        **{name: getattr(record, name) for name in _TEXTS if name != "name"},
    )


def _drawn(session: Session, sources: Iterable[FundSource], year: int) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """分 allocated and used by key of the fund source."""
    by_kind: dict[FundKind, list[FundSource]] = defaultdict(list)
    for record in sources:
        by_kind[FundKind(record.kind)].append(record)
    awarded = _awarded(session, year)
    allocated: dict[str, int] = defaultdict(int)
    spent: dict[str, int] = defaultdict(int)
    for key, body in session.execute(select(AwardScheme.key, AwardScheme.body).where(AwardScheme.year == year)):
        rest = awarded.get(key, 0)
        for drawn in scheme_from_dict(body, _STORED).sources:
            amount = to_fen(drawn.amount)
            paid = min(rest, amount)
            rest -= paid
            fund = _named(by_kind[drawn.kind], drawn)
            if fund is not None:
                allocated[fund.key] += amount
                spent[fund.key] += paid
    return allocated, spent


def _awarded(session: Session, year: int) -> dict[str, int]:
    """分 awarded by the latest stored calculation of each scheme."""
    runs = select(AwardRun.scheme_key, AwardRun.award_fen).where(AwardRun.year == year)
    return dict(session.execute(runs.order_by(AwardRun.at, AwardRun.key)).all())


def _named(candidates: list[FundSource], drawn: Source) -> FundSource | None:
    """The registered source that a scheme means: by document number, else by name, else the only one of its kind."""
    for mark, given in (("document_no", drawn.document), ("name", drawn.name)):
        found = [record for record in candidates if given and getattr(record, mark) == given]
        if len(found) == 1:
            return found[0]
    unnamed = not drawn.document and not drawn.name
    return candidates[0] if unnamed and len(candidates) == 1 else None


def _existing(session: Session, key: str) -> FundSource:
    record = session.get(FundSource, key)
    if record is None:
        raise NotAllowed("这笔资金来源已被删除。", todo="请刷新后再试。")
    return record


def _put(record: FundSource, form: FundForm, year: int) -> None:
    values: dict[str, Any] = {name: clean(getattr(form, name)) for name in _TEXTS}
    values |= {"kind": form.kind.value, "received_on": form.received_on, "year": form.year or year}
    values["amount_fen"] = to_fen(form.amount)
    for name, value in values.items():
        setattr(record, name, value)


def _check(session: Session, record: FundSource, form: FundForm) -> None:
    if not record.name:
        raise NotAllowed("没有填写资金名称。", todo="请补充后再保存。")
    if form.amount < 0:
        raise NotAllowed("资金金额不能小于 0。", todo="请核对金额。")
    same = select(FundSource.key).where(
        FundSource.year == record.year,
        FundSource.kind == record.kind,
        FundSource.name == record.name,
        FundSource.document_no == record.document_no,
        FundSource.key != (record.key or ""),
    )
    if session.scalars(same).first() is not None:
        raise NotAllowed(f"“{record.name}”已经登记过。", todo="请修改原来的那一笔，或换一个名称、文号。")
