"""What waits for money, for the first page: sheets approved and not paid, plans with little left.

Read from the records and the ledger alone, without loading forms or their drawing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.vocabulary import ApplicationState, EntryKind, TargetKind
from fupin_desktop.services.overview import DueItem, Target
from fupin_desktop.storage.entities import Application, ApplicationValue, FundEntry

TAB = "funds"
PLANS, SHEET = ("town_fund_plan", "village_fund_plan"), "town_fund_approval"
LITTLE = 10
"""A plan has little left below one part in so many of what it got."""
_APPROVED, _LIVE = ApplicationState.APPROVED, (ApplicationState.APPROVED, ApplicationState.SUBMITTED)
_ITEMS = "items"


class _Paper(NamedTuple):
    """One version of a document of money."""

    key: str
    root: str
    form_id: str
    place_key: str
    place: str
    state: str


class _Money(NamedTuple):
    """What a plan got and what was paid of it, yuan."""

    allocated: Decimal
    paid: Decimal


def due_money(session: Session, year: int) -> Iterator[DueItem]:
    """Approved sheets that are not paid to the end, then plans that are nearly used up."""
    papers = _papers(session, year)
    sheets = [one for one in papers if one.form_id == SHEET]
    unpaid = _unpaid(session, sheets)
    yield from _due_sheets(sheets, unpaid)
    plans = [one for one in papers if one.form_id in PLANS and one.state == _APPROVED]
    yield from _due_plans(session, plans, _by_plan(sheets, unpaid))


def _papers(session: Session, year: int) -> list[_Paper]:
    """All documents of money of a year, with the first version of each."""
    names = ("key", "previous_key", "form_id", "place_key", "place", "state")
    columns = [getattr(Application, name) for name in names]
    where = (Application.form_id.in_((*PLANS, SHEET)), Application.year == year)
    roots: dict[str, str] = {}
    found = []
    for row in session.execute(select(*columns).where(*where).order_by(Application.version, Application.key)):
        roots[row.key] = roots.get(row.previous_key or "", row.key)
        found.append(_Paper(row.key, roots[row.key], row.form_id, row.place_key, row.place, row.state))
    return found


def _unpaid(session: Session, sheets: Iterable[_Paper]) -> dict[str, Decimal]:
    """Yuan that sheets on their way or approved have still to get, by first version."""
    roots = {one.key: one.root for one in sheets}
    live = [one for one in sheets if one.state in _LIVE]
    wanted: dict[str, Decimal] = {}
    amounts = _amounts(session, [one.key for one in live])
    for one in live:
        wanted[one.root] = max(wanted.get(one.root, Decimal(0)), amounts.get(one.key, Decimal(0)))
    paid: dict[str, Decimal] = defaultdict(Decimal)
    statement = select(FundEntry.paper_key, func.sum(FundEntry.amount_fen)).where(
        FundEntry.kind == EntryKind.PAID.value, FundEntry.paper_key.in_(list(roots))
    )
    for key, fen in session.execute(statement.group_by(FundEntry.paper_key)):
        paid[roots[key]] += from_fen(fen)
    return {root: rest for root, amount in wanted.items() if (rest := amount - paid[root]) > 0}


def _amounts(session: Session, keys: list[str]) -> dict[str, Decimal]:
    """What each sheet asks for."""
    values = ApplicationValue
    statement = select(values.application_key, values.value).where(
        values.field == _ITEMS, values.application_key.in_(keys)
    )
    return {
        key: sum((row["amount"] for row in rows or () if isinstance(row.get("amount"), Decimal)), Decimal(0))
        for key, rows in session.execute(statement)
    }


def _due_sheets(sheets: Iterable[_Paper], unpaid: dict[str, Decimal]) -> Iterator[DueItem]:
    for one in sheets:
        if one.state == _APPROVED and one.root in unpaid:
            text = f"{one.place}资金审批表已批准，还有 {format_money(unpaid[one.root])} 元没有拨付"
            yield DueItem("待拨付", text, "soon", "拨付", Target(TAB, "", one.key))


def _by_plan(sheets: Iterable[_Paper], unpaid: dict[str, Decimal]) -> dict[str, Decimal]:
    """Yuan that sheets have still to get, by the first version of their plan."""
    plans = {one.root: one.place_key for one in sheets}
    found: dict[str, Decimal] = defaultdict(Decimal)
    for root, amount in unpaid.items():
        found[plans[root]] += amount
    return found


def _due_plans(session: Session, plans: Iterable[_Paper], claimed: dict[str, Decimal]) -> Iterator[DueItem]:
    """Plans that nothing was asked for yet, and those of which less than a tenth is left that no sheet asks for."""
    drawn = _drawn(session)
    for one in plans:
        if one.root not in drawn:
            continue
        money = drawn[one.root]
        left = money.allocated - money.paid - claimed.get(one.root, Decimal(0))
        if left == money.allocated > 0:
            text = f"{one.place}使用计划批准 {format_money(left)} 元，还没有申请拨付"
            yield DueItem("待拨付", text, "calm", "查看", Target(TAB, "", one.key))
        elif 0 < left * LITTLE < money.allocated:
            text = f"{one.place}使用计划批准 {format_money(money.allocated)} 元，只剩 {format_money(left)} 元可以申请"
            yield DueItem("余额不多", text, "calm", "查看", Target(TAB, "", one.key))


def _drawn(session: Session) -> dict[str, _Money]:
    """What every plan got and what was paid of it, by first version."""
    kinds = (EntryKind.ALLOCATED, EntryKind.PAID)
    columns = (FundEntry.target_key, FundEntry.kind)
    statement = select(*columns, func.sum(FundEntry.amount_fen)).where(FundEntry.target_kind == TargetKind.PLAN.value)
    sums: dict[str, dict[str, int]] = defaultdict(dict)
    for key, kind, fen in session.execute(statement.group_by(*columns)):
        sums[key][kind] = fen
    return {key: _Money(*(from_fen(of.get(kind.value, 0)) for kind in kinds)) for key, of in sums.items()}
