"""Closing a year: what is still open is listed; then it can only be looked at, until it is opened with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import YearStepKind
from fupin_desktop.errors import NotAllowed, YearClosed
from fupin_desktop.services import funds, home, offices
from fupin_desktop.services.overview import DueItem, Target
from fupin_desktop.services.reports import due
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import YearStep


@dataclass(frozen=True, slots=True)
class Closing:
    """A step in the life of a year.

    Attributes:
        year: The year.
        kind: Whether it was closed or opened again.
        at: Moment.
        who: Clerk.
        reason: Why it was opened again.
        open_work: What was still open when it was closed, one sentence each.
    """

    year: int
    kind: YearStepKind
    at: datetime
    who: str
    reason: str
    open_work: tuple[str, ...]


def open_work(bench: Workbench) -> tuple[DueItem, ...]:
    """What is still open in the year at work: documents, notices, schemes, payments, quarterly tables, money left."""
    return (*home.open_work(bench, bench.today), *_reports(bench), *_balances(bench))


def _reports(bench: Workbench) -> Iterator[DueItem]:
    """Quarterly tables that were not handed in, which cannot be made any more once the year is closed (清远 三(三))."""
    if offices.concerns(bench, due.CLAUSE):
        for text, target in due.unsent(bench, bench.year):
            yield DueItem("未报送", text, "soon", "查看", target)


def _balances(bench: Workbench) -> Iterator[DueItem]:
    """Money that was not paid out to the end; it is carried over, and told so."""
    for source in funds.balances(bench, bench.year, bench.today):
        if source.received > source.paid and not source.voided:
            left = format_money(source.received - source.paid)
            text = f"{source.shown}到账 {format_money(source.received)} 元，还有 {left} 元没有支出，结转下年"
            yield DueItem("有余额", text, "calm", "查看", Target("funds", "ledger", source.key))


def steps(bench: Workbench, year: int) -> tuple[Closing, ...]:
    """How a year was closed and opened, in order."""
    with bench.read() as session:
        found = session.scalars(select(YearStep).where(YearStep.year == year).order_by(YearStep.key))
        return tuple(
            Closing(one.year, YearStepKind(one.kind), one.at, one.who, one.reason, tuple(one.open_work or ()))
            for one in found
        )


def closing(bench: Workbench, year: int) -> Closing | None:
    """When and by whom a year was closed; None where it is open."""
    last = steps(bench, year)[-1:]
    return last[0] if last and last[0].kind is YearStepKind.CLOSED else None


def close(bench: Workbench) -> Change:
    """Close the year at work; what is open stays as it is and is kept with the closing.

    Raises:
        YearClosed: It is closed already.
    """
    if bench.closed:
        raise YearClosed(bench.year)
    told = [f"{item.badge}：{item.text}" for item in open_work(bench)]
    return _step(bench, YearStepKind.CLOSED, "", told, f"{bench.year} 年度已关闭，只能查看和打印。")


def reopen(bench: Workbench, reason: str) -> Change:
    """Open the year at work again.

    Args:
        bench: The workbench.
        reason: Why; kept for the auditor.

    Raises:
        NotAllowed: It is not closed, or no reason is given.
    """
    if not bench.closed:
        raise NotAllowed(f"{bench.year} 年度没有关闭。", todo="可以直接修改。")
    if not clean(reason):
        raise NotAllowed("重新打开年度要写明原因。", todo="请写上为什么要改，例如“更正低岭村一户的面积”。")
    return _step(bench, YearStepKind.REOPENED, clean(reason), None, f"{bench.year} 年度已重新打开，改完请再关闭。")


def _step(bench: Workbench, kind: YearStepKind, reason: str, told: list[str] | None, message: str) -> Change:
    with bench.write(f"years.{kind.value}", f"{kind.label} {bench.year} 年度", undoable=False) as unit:
        fields = {"year": bench.year, "kind": kind.value, "reason": reason, "open_work": told}
        unit.session.add(YearStep(**fields, at=bench.clock(), who=bench.clerk))
    return bench.change(unit, message)
