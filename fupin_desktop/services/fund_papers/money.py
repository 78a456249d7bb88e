"""What the ledger says of plans and of the sheets paid under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.services.fund_papers import papers
from fupin_desktop.services.fund_papers.papers import ZERO, Paper
from fupin_desktop.services.funds.model import SourceShare, split_carried
from fupin_desktop.services.funds.reading import target_balance_in
from fupin_desktop.storage.entities import FundEntry, FundSource

NUMBER = "document_no"
NO_PLAN = "依据的使用计划已经不在了，请另做一份审批表"


class PlanMoney(NamedTuple):
    """What can be drawn on a plan, as one approval sheet sees it.

    Attributes:
        plan: The version in force; None where nothing can be drawn.
        gate: Why nothing can be drawn; empty where it can.
        approved: Yuan allocated to the plan.
        paid: Yuan paid under it, but for the sheet itself and its earlier versions.
        own_paid: Yuan paid by the sheet and its earlier versions.
        on_way: Yuan that other sheets on their way or approved have still to get.
    """

    plan: Paper | None
    gate: str
    approved: Decimal = ZERO
    paid: Decimal = ZERO
    own_paid: Decimal = ZERO
    on_way: Decimal = ZERO


def target(root: str, name: str = "") -> FundTarget:
    """A plan as the ledger knows it."""
    return FundTarget(TargetKind.PLAN, root, name)


def shares(session: Session, root: str) -> dict[str, SourceShare]:
    """What each source gives a plan, by the source's key."""
    return {one.source_key: one for one in target_balance_in(session, target(root)).by_source}


def paid_by_root(session: Session, every: Sequence[Paper]) -> dict[str, Decimal]:
    """Yuan paid by each of some documents, all its versions together, counter-entries taken off."""
    where = (FundEntry.kind == EntryKind.PAID.value, FundEntry.paper_key != "")
    statement = select(FundEntry.paper_key, func.sum(FundEntry.amount_fen)).where(*where)
    roots = {one.key: one.root for one in every}
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for key, fen in session.execute(statement.group_by(FundEntry.paper_key)):
        found[roots.get(key, key)] += from_fen(fen)
    return found


def sheets_of(every: Sequence[Paper], root: str) -> list[Paper]:
    """All versions of all approval sheets that rest on a plan."""
    return [one for one in every if one.sheet and one.place_key == root]


def outstanding(session: Session, sheets: Sequence[Paper]) -> dict[str, Decimal]:
    """Yuan that sheets on their way or approved have still to get, by the key of the first version."""
    paid = paid_by_root(session, sheets)
    return {root: max(amount - paid[root], ZERO) for root, amount in papers.totals(session, sheets).items()}


def plan_money(session: Session, plan_root: str, sheet_key: str = "") -> PlanMoney:
    """What can be drawn on a plan.

    Args:
        session: A session.
        plan_root: Key of the plan's first version.
        sheet_key: The sheet that asks; what it and its earlier versions were paid is told apart.
    """
    every = papers.all_papers(session)
    plan = papers.approved(every, plan_root)
    sheets = sheets_of(every, plan_root)
    root = papers.root_of(session, sheet_key) if sheet_key else ""
    given = shares(session, plan_root).values()
    own_paid = paid_by_root(session, sheets)[root] if root else ZERO
    others = outstanding(session, [one for one in sheets if one.root != root])
    return PlanMoney(
        plan,
        _gate(every, plan_root, plan),
        sum((one.allocated for one in given), ZERO),
        sum((one.paid for one in given), ZERO) - own_paid,
        own_paid,
        sum(others.values(), ZERO),
    )


def _gate(every: Sequence[Paper], root: str, plan: Paper | None) -> str:
    """Why nothing can be drawn on a plan; empty where it can."""
    if plan is not None:
        return ""
    known = papers.versions(every, root)
    if not known:
        return NO_PLAN
    return f"依据的使用计划“{known[-1].place}”还没有批准，批准后才能申请拨付"


def candidates(session: Session, year: int) -> list[FundSource]:
    """Sources that plans of a year can name: those of the year first, then what earlier years left."""
    where = (FundSource.year <= year, FundSource.voided.is_(False))
    found = session.scalars(select(FundSource).where(*where).order_by(FundSource.year.desc(), FundSource.key))
    return list(found)


def meant(known: Sequence[FundSource], name: str, document_no: str) -> list[FundSource]:
    """The sources that a row can mean: by name, and by 文号 where one is given; the newest year alone.

    A name with its year, as one carried over is offered, means that of the year.
    """
    numbered = [one for one in known if document_no in ("", one.document_no)]
    named = [one for one in numbered if name and one.name == name]
    if not named and (marked := split_carried(name)):
        named = [one for one in numbered if (one.name, one.year) == marked]
    return [one for one in named if one.year == named[0].year]


def with_numbers(
    session: Session, year: int, rows: Sequence[papers.Row], before: Sequence[papers.Row]
) -> list[dict[str, Any]]:
    """Rows of 资金来源 with the 文号 that the ledger has of a source, where none is typed and one source is meant.

    Where another source is typed over one, the number of the old one goes.
    """
    known = candidates(session, year)
    found = []
    for place, row in enumerate(rows):
        old = before[place] if place < len(before) else {}
        stale = papers.text(row, "source") != papers.text(old, "source") and row.get(NUMBER) == old.get(NUMBER)
        given = {name: value for name, value in row.items() if not (stale and name == NUMBER)}
        mine = meant(known, papers.text(given, "source"), papers.text(given, NUMBER))
        fresh = {NUMBER: mine[0].document_no} if len(mine) == 1 and mine[0].document_no else {}
        found.append({**fresh, **given})
    return found


def available_from(session: Session, source_key: str, on: date, root: str) -> Decimal:
    """Yuan of a source that can be allocated from a day on: the least of that day and of all later ones.

    Args:
        session: A session.
        source_key: The source.
        on: First day.
        root: First version of the plan that asks; what it holds already is counted as free.
    """
    received = FundEntry.kind == EntryKind.RECEIVED.value
    others = or_(received, FundEntry.target_kind != TargetKind.PLAN.value, FundEntry.target_key != root)
    kinds = FundEntry.kind.in_((EntryKind.RECEIVED.value, EntryKind.ALLOCATED.value))
    of_day = func.sum(case((received, FundEntry.amount_fen), else_=-FundEntry.amount_fen))
    statement = select(FundEntry.dated, of_day).where(FundEntry.source_key == source_key, kinds, others)
    before = 0
    later: list[int] = []
    for dated, fen in session.execute(statement.group_by(FundEntry.dated).order_by(FundEntry.dated)):
        if dated <= on:
            before += fen
        else:
            later.append((later[-1] if later else before) + fen)
    return from_fen(min([before, *later]))
