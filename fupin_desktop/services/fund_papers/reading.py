"""Plans and sheets at a glance: what is approved, paid and left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.vocabulary import ApplicationState, EntryKind, TargetKind
from fupin_desktop.services.documents import registry
from fupin_desktop.services.fund_papers import money, papers
from fupin_desktop.services.fund_papers.papers import ZERO, Paper
from fupin_desktop.services.fund_papers.paying import paid_word
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundEntry


class PlanLine(NamedTuple):
    """A use plan with its money.

    Attributes:
        key: The version in force; before approval the newest.
        root: Its first version, by which the ledger knows it.
        form_id: Its form.
        number: 编号.
        place: “村名 项目名称”.
        state: How far that version has come.
        planned: Yuan of its uses.
        approved: Yuan allocated to it by the ledger.
        on_way: Yuan that its approval sheets have still to get.
        paid: Yuan paid under it.
    """

    key: str
    root: str
    form_id: str
    number: str
    place: str
    state: ApplicationState
    planned: Decimal
    approved: Decimal
    on_way: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """Approved and not yet paid."""
        return self.approved - self.paid

    @property
    def word(self) -> str:
        """未拨付, 部分拨付 or 已拨付."""
        return paid_word(self.approved, self.paid)


class SheetLine(NamedTuple):
    """An approval sheet with its money.

    Attributes:
        key: The version in force; before approval the newest.
        root: Its first version.
        plan_root: First version of its plan.
        number: 编号.
        place: Its plan as listed.
        state: How far that version has come.
        amount: Yuan asked.
        paid: Yuan paid of it.
        form_id: Its form.
    """

    key: str
    root: str
    plan_root: str
    number: str
    place: str
    state: ApplicationState
    amount: Decimal
    paid: Decimal
    form_id: str

    @property
    def left(self) -> Decimal:
        """Asked and not yet paid."""
        return self.amount - self.paid

    @property
    def word(self) -> str:
        """未拨付, 部分拨付 or 已拨付."""
        return paid_word(self.amount, self.paid)


def plan_lines(bench: Workbench, year: int) -> list[PlanLine]:
    """The use plans of a year with what is approved, paid and left, in the order of their numbers."""
    with bench.read() as session:
        every = papers.all_papers(session)
        plans = [one for one in _shown(every) if not one.sheet and one.year == year]
        lists = papers.lists_of(session, plans)
        moved = _moved(session)
        waiting = _waiting_sheets(session, every)
    return [
        PlanLine(
            one.key, one.root, one.form_id, one.number, one.place, one.state, papers.amount_of(lists[one.key]),
            moved[one.root, EntryKind.ALLOCATED.value], waiting[one.root], moved[one.root, EntryKind.PAID.value],
        )
        for one in plans
    ]


def sheet_lines(bench: Workbench, year: int) -> list[SheetLine]:
    """The approval sheets of a year with what is asked, paid and left, in the order of their numbers."""
    with bench.read() as session:
        return _sheets(session, papers.all_papers(session), year)


def _sheets(session: Session, every: Sequence[Paper], year: int) -> list[SheetLine]:
    sheets = [one for one in _shown(every) if one.sheet and one.year == year]
    lists = papers.lists_of(session, sheets)
    paid = money.paid_by_root(session, every)
    return [
        SheetLine(
            one.key, one.root, one.place_key, one.number, one.place, one.state, papers.amount_of(lists[one.key]),
            paid[one.root], one.form_id,
        )
        for one in sheets
    ]


def _shown(every: Iterable[Paper]) -> list[Paper]:
    """Of each document the version in force, else the newest; by form and number."""
    found: dict[str, Paper] = {}
    for one in every:
        before = found.get(one.root)
        if before is None or before.state is not ApplicationState.APPROVED:
            found[one.root] = one
    return sorted(found.values(), key=lambda one: (registry.of(one.form_id).order, natural_key(one.number), one.place))


def _moved(session: Session) -> dict[tuple[str, str], Decimal]:
    """Yuan by plan and kind of entry."""
    columns = (FundEntry.target_key, FundEntry.kind)
    statement = select(*columns, func.sum(FundEntry.amount_fen)).where(FundEntry.target_kind == TargetKind.PLAN.value)
    found = {(key, kind): from_fen(fen) for key, kind, fen in session.execute(statement.group_by(*columns))}
    return defaultdict(lambda: ZERO, found)


def _waiting_sheets(session: Session, every: Sequence[Paper]) -> dict[str, Decimal]:
    """Yuan that approval sheets have still to get, by plan."""
    sheets = [one for one in every if one.sheet]
    plans = {one.root: one.place_key for one in sheets}
    found: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for root, amount in money.outstanding(session, sheets).items():
        found[plans[root]] += amount
    return found
