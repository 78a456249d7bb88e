"""生成本期贴息: a subsidy of a period for each loan that bears interest in it (清远 二13, 吴川 三(三)4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.register_words import DayCount
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import loans
from fupin_desktop.services.registers import registry, writing
from fupin_desktop.services.registers.act import Act, Asked, day
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import EntityLoan, InterestSubsidy, Microcredit

_MICRO, _ENTITY, _ALL = "小额信贷", "主体贷款", "全部"
_COLUMNS = ("loan_key", "entity_loan_key", "from_on", "to_on", "day_count")


def _last_end(bench: Workbench) -> date | None:
    with bench.read() as session:
        return session.scalars(select(InterestSubsidy.to_on).order_by(InterestSubsidy.to_on.desc()).limit(1)).first()


def _from(bench: Workbench, _key: str) -> str:
    """Where the last period ended, else the beginning of the year."""
    last = _last_end(bench)
    return f"{last or date(bench.year, 1, 1):%Y-%m-%d}"


def _to(bench: Workbench, _key: str) -> str:
    """The end of the last month."""
    return f"{bench.today.replace(day=1) - timedelta(days=1):%Y-%m-%d}"


def run(bench: Workbench, _key: str, answers: Mapping[str, str]) -> Change:
    """Make the subsidies.

    Raises:
        NotAllowed: The days are no period, or no loan bears interest in it that is not subsidised yet.
    """
    start, end = day(bench, answers["from_on"], "计息起日"), day(bench, answers["to_on"], "计息止日")
    if end <= start:
        raise NotAllowed("计息止日应在起日之后。", todo="请改正后再生成。")
    counted = next(one for one in DayCount if one.label == answers["day_count"]).value
    with bench.read() as session:
        rows = list(_rows(session, bench, (start, end), counted, answers["which"]))
        before = (min(start, date(start.year, 1, 1)), start)
        missed = sum(1 for _ in _rows(session, bench, before, counted, answers["which"]))
    if not rows:
        raise NotAllowed("这段时间没有要贴息的贷款，或者都已登记。", todo="请核对贷款台账和起止日期。")
    register = registry.of("interest_subsidies")
    with bench.write("registers.due_subsidies", f"生成贴息 {start:%Y-%m-%d} 至 {end:%Y-%m-%d} {len(rows)} 笔") as unit:
        writing.add_rows(unit, register, rows, _COLUMNS, bench)
    told = f"已生成 {len(rows)} 笔贴息，应贴金额已算好，请核对后把状态改成“审核”。"
    if missed:
        told += f"另有 {missed} 笔贷款本年 {start:%Y-%m-%d} 以前还有没登记的天数，要贴的把计息起日改早再生成一次。"
    return bench.change(unit, told)


def _rows(
    session: Session, bench: Workbench, period: tuple[date, date], counted: str, which: str
) -> Iterator[tuple[Any, ...]]:
    """The days of each loan within the period that bear a subsidy and have none yet."""
    if which in (_MICRO, _ALL):
        due, own = Microcredit.final_due_on, InterestSubsidy.loan_key
        for key, start, end in _spans(session, Microcredit.key, Microcredit.lent_on, due, period, own):
            if loans.subsidy_of(session, bench, start, end, counted, loan_key=key):
                yield key, None, start, end, counted
    if which in (_ENTITY, _ALL):
        due, own = EntityLoan.due_on, InterestSubsidy.entity_loan_key
        for key, start, end in _spans(session, EntityLoan.key, EntityLoan.lent_on, due, period, own):
            if loans.subsidy_of(session, bench, start, end, counted, entity_loan_key=key):
                yield None, key, start, end, counted


def _spans(
    session: Session, key: Any, lent: Any, due: Any, period: tuple[date, date], own: Any
) -> Iterator[tuple[str, date, date]]:
    """Each loan's days within a period, after what is subsidised already."""
    start, end = period
    rows = session.execute(select(key, lent, due).where(lent < end, due > start).order_by(key)).all()
    taken = select(own, InterestSubsidy.to_on).where(own.is_not(None), InterestSubsidy.from_on < end)
    done: dict[str, date] = {}
    for loan, until in session.execute(taken.where(InterestSubsidy.to_on > start)):
        done[loan] = max(until, done.get(loan, until))
    for loan, from_on, to_on in rows:
        first, last = max(start, from_on, done.get(loan, start)), min(end, to_on)
        if first < last:
            yield loan, first, last


ACT = Act(
    "生成本期贴息…",
    "给这段时间里还在计息的每笔贷款登记一笔贴息，应贴金额按天自动算；已经登记过的日子不重复，超过贴息年限的不登记。",
    run,
    (
        Asked("from_on", "计息起日", _from, "date"),
        Asked("to_on", "计息止日", _to, "date"),
        Asked("day_count", "计息方法", lambda _bench, _key: DayCount.ACTUAL_360.label, "choice",
              tuple(one.label for one in DayCount)),
        Asked("which", "哪些贷款", lambda _bench, _key: _ALL, "choice", (_ALL, _MICRO, _ENTITY)),
    ),
)  # fmt: skip
