"""What the layouts of other systems ask for that the office reckons from several registers, by record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import FISCAL_LEVELS, ProjectState
from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.services.list_layouts.presets import Figure
from fupin_desktop.services.registers.by_year import seen
from fupin_desktop.services.registers.household_counts import poor_of_projects
from fupin_desktop.services.registers.kinds import projects
from fupin_desktop.storage.entities import (
    Entity,
    Household,
    HouseholdIncome,
    Leader,
    Linkage,
    Person,
    Proceeds,
    ProceedsShare,
    Project,
    ProjectFund,
)

Shown = str | int | Decimal
Found = Mapping[str, Shown]
_LEADING, _HEAD, _YES = "龙头企业", "户主", "是"
_INCOMES = ("wages_fen", "business_fen", "property_fen", "transfers_fen")


def figures_of(
    session: Session, year: int, wanted: Iterable[Figure], keys: Sequence[str]
) -> Mapping[Figure, Found]:
    """Figures of records in a year; a record of which nothing is known has none.

    Args:
        session: For reading.
        year: The year.
        wanted: Which figures.
        keys: Keys of the records, at most some hundreds.

    Returns:
        By figure and record; money in yuan.
    """
    return {one: _FINDERS[one](session, year, keys) for one in dict.fromkeys(wanted)}


_Finder = Callable[[Session, int, Sequence[str]], Found]


# ---- of households ----
def _income(reckon: Callable[[HouseholdIncome], int | None]) -> _Finder:
    """A figure of the income of the year."""

    def find(session: Session, year: int, keys: Sequence[str]) -> Found:
        """Yuan by household."""
        one = HouseholdIncome
        rows = session.scalars(select(one).where(one.household_key.in_(keys), one.year == year))
        reckoned = ((row.household_key, reckon(row)) for row in rows)
        return {key: from_fen(fen) for key, fen in reckoned if fen is not None}

    return find


def _whole(row: HouseholdIncome) -> int:
    return sum(getattr(row, name) or 0 for name in _INCOMES)


def _dividends(session: Session, year: int, keys: Sequence[str]) -> Found:
    """Yuan of proceeds that were shared out to each household in the year (清远 二11)."""
    share = ProceedsShare
    summed = select(share.household_key, func.sum(share.amount_fen))
    summed = summed.join(Proceeds, Proceeds.key == share.proceeds_key).where(Proceeds.year == year)
    rows = session.execute(summed.where(share.household_key.in_(keys)).group_by(share.household_key))
    return {str(key): from_fen(fen or 0) for key, fen in rows}


def _head_code(session: Session, _year: int, keys: Sequence[str]) -> Found:
    """The number among persons of the head of each household."""
    statement = select(Household.key, Person.code).join(Person, Person.household_key == Household.key)
    head = or_(Person.relation == _HEAD, (Person.id_number == Household.head_id_number) & (Person.id_number != ""))
    return _texts(session, statement.where(Household.key.in_(keys), head, Person.code != ""))


def _by_leading(session: Session, year: int, keys: Sequence[str]) -> Found:
    """Which households a 龙头企业 brings along in the year; of the others nothing is known."""
    linked = select(Linkage.household_key).join(Entity, Entity.key == Linkage.entity_key)
    rows = session.scalars(linked.where(Entity.kind == _LEADING, *_linked(year, keys)))
    return dict.fromkeys(map(str, rows), _YES)


def _by_leader(session: Session, year: int, keys: Sequence[str]) -> Found:
    """Which households the entity or project of a 带头人 brings along in the year."""
    about = or_(Linkage.entity_key == Leader.entity_key, Linkage.project_key == Leader.project_key)
    rows = session.scalars(select(Linkage.household_key).distinct().join(Leader, about).where(*_linked(year, keys)))
    return dict.fromkeys(map(str, rows), _YES)


def _linked(year: int, keys: Sequence[str]) -> tuple[Any, ...]:
    return Linkage.household_key.in_(keys), Linkage.year == year


def _members(session: Session, year: int, keys: Sequence[str]) -> Found:
    members = seen(session, Household.members, year)
    rows = session.execute(select(Household.key, members).where(Household.key.in_(keys), members.is_not(None)))
    return {key: number for key, number in rows}  # noqa: C416 - rows are no pairs to mypy


def _class(session: Session, year: int, keys: Sequence[str]) -> Found:
    named = seen(session, Household.household_class, year)
    rows = session.execute(select(Household.key, named).where(Household.key.in_(keys), named.is_not(None)))
    return {key: HouseholdClass(value).label for key, value in rows}


# ---- of projects ----
def _of_project(expression: Any, shown: Callable[[Any], Shown] = int) -> _Finder:
    """A stored or computed value of projects."""

    def find(session: Session, _year: int, keys: Sequence[str]) -> Found:
        """By project."""
        rows = session.execute(select(Project.key, expression).where(Project.key.in_(keys)))
        return {key: shown(value) for key, value in rows if value is not None}

    return find


def _fiscal(session: Session, _year: int, keys: Sequence[str]) -> Found:
    """Yuan of each project from the budgets of the levels of government."""
    fund = ProjectFund
    summed = select(fund.project_key, func.sum(fund.amount_fen)).where(fund.level.in_(FISCAL_LEVELS))
    rows = session.execute(summed.where(fund.project_key.in_(keys)).group_by(fund.project_key))
    return {key: from_fen(fen or 0) for key, fen in rows}


def _levels(session: Session, _year: int, keys: Sequence[str]) -> Found:
    """The levels from which the money of each project comes, in the order of its rows."""
    fund, found = ProjectFund, defaultdict[str, dict[str, None]](dict)
    statement = select(fund.project_key, fund.level).where(fund.project_key.in_(keys), fund.level != "")
    for key, level in session.execute(statement.order_by(fund.key)):
        found[key][level] = None
    return {key: "、".join(levels) for key, levels in found.items()}


def _poor_persons(session: Session, year: int, keys: Sequence[str]) -> Found:
    """Members of the poor households that each project brings along in the year."""
    return {key: one.persons for key, one in poor_of_projects(session, keys, year, Decimal(0)).items() if one.persons}


def _period(session: Session, _year: int, keys: Sequence[str]) -> Found:
    """The months in which each project is to be built."""
    dated = Project.starts_on.is_not(None), Project.ends_on.is_not(None)
    rows = session.execute(select(Project.key, Project.starts_on, Project.ends_on).where(Project.key.in_(keys), *dated))
    return {key: f"{start:%Y-%m}至{end:%Y-%m}" for key, start, end in rows}


def _texts(session: Session, statement: Any) -> Found:
    return {str(key): str(text) for key, text in session.execute(statement)}


_FINDERS: Mapping[Figure, _Finder] = {
    Figure.WAGES: _income(lambda row: row.wages_fen),
    Figure.BUSINESS: _income(lambda row: row.business_fen),
    Figure.PROPERTY: _income(lambda row: row.property_fen),
    Figure.TRANSFERS: _income(lambda row: row.transfers_fen),
    Figure.COSTS: _income(lambda row: row.costs_fen),
    Figure.INCOME: _income(_whole),
    Figure.NET: _income(lambda row: _whole(row) - (row.costs_fen or 0)),
    Figure.PER_HEAD: _income(lambda row: row.per_head_fen),
    Figure.DIVIDENDS: _dividends,
    Figure.HEAD_CODE: _head_code,
    Figure.BY_LEADING: _by_leading,
    Figure.BY_LEADER: _by_leader,
    Figure.MEMBERS: _members,
    Figure.CLASS: _class,
    Figure.TOTAL: _of_project(projects.of_funds(), from_fen),
    Figure.FISCAL: _fiscal,
    Figure.LEVELS: _levels,
    Figure.POOR_PERSONS: _poor_persons,
    Figure.PERIOD: _period,
    Figure.VILLAGES: _of_project(projects.villages()),
    Figure.POOR_VILLAGES: _of_project(projects.poor_villages()),
    Figure.STATE: _of_project(Project.state, lambda value: ProjectState(value).label),
}
