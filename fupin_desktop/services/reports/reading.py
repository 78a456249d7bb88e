"""What the registers say of the projects of a quarter: the pool, its money, and what villages answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, distinct, func, or_, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import FISCAL_LEVELS, ProjectScope, ProjectState, Quarter, Running
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services.registers.household_counts import PoorBrought, poor_of_projects
from fupin_desktop.services.reports.model import Money, PlaceFacts, ProjectFacts, QuarterFacts
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.storage.entities import (
    Entity,
    FundSource,
    Linkage,
    Participation,
    Project,
    ProjectFund,
    ProjectQuarter,
    ProjectStep,
    Town,
    Village,
)

_COLUMNS = {"帮扶单位": Money.ASSISTING, "社会": Money.SOCIAL, "信贷": Money.LOAN, "自筹": Money.OWN}
_BEFORE = frozenset({ProjectState.IDEA.value, ProjectState.DECLARED.value, ProjectState.REVIEWED.value})
"""States of projects that are only thought of, and stand in no report yet."""
_OVER = frozenset({ProjectState.CLOSED.value, ProjectState.REMOVED.value})


def places(session: Session, scope: ProjectScope) -> tuple[PlaceFacts, ...]:
    """Every place that must appear: each 省定贫困村; for scattered households each town as a whole."""
    statement = (
        select(Village.key, Town.county, Town.name, Village.name, Village.poor_village)
        .join(Town, Town.key == Village.town_key)
        .order_by(Town.code, Town.name, Village.position, Village.code, Village.name)
    )
    found = [PlaceFacts(*row[:4], poor=bool(row[4])) for row in session.execute(statement)]
    if scope is ProjectScope.POOR_VILLAGE:
        return tuple(one for one in found if one.poor)
    towns = dict.fromkeys((one.county, one.town) for one in found)
    return tuple(PlaceFacts("", *town, "", poor=False) for town in towns)


def projects(
    session: Session, scope: ProjectScope, year: int, quarter: Quarter, large_from: Decimal
) -> tuple[ProjectFacts, ...]:
    """The projects of a report: past their review or with progress told of, and not over before the quarter began.

    Args:
        session: For reading.
        scope: Of poor villages or of scattered households.
        year: The year of the quarter.
        quarter: The quarter.
        large_from: 亩 from which a household is large.
    """
    running = select(ProjectQuarter.project_key).where(_up_to(year, quarter))
    statement = (
        select(Project, Village, Town, Entity.name, Entity.kind)
        .join(Village, Village.key == Project.village_key)
        .join(Town, Town.key == Village.town_key)
        .outerjoin(Entity, Entity.key == Project.entity_key)
        .where(Project.scope == scope.value, Project.year <= year)
        .where(or_(Project.state.not_in(_BEFORE), Project.key.in_(running)))
        .order_by(Town.code, Town.name, Village.position, Village.code, Village.name, Project.code, Project.key)
    )
    rows = session.execute(statement).all()
    gone = _over_before(session, [row[0] for row in rows], year, quarter)
    rows = [row for row in rows if row[0].key not in gone]
    keys = [row[0].key for row in rows]
    money, answers = _money(session, keys), _answers(session, keys, year, quarter)
    typed = {row[0].key: _typed(row[0]) for row in rows}
    brought = {**typed, **poor_of_projects(session, keys, year, large_from)}
    return tuple(_facts(row, money[row[0].key], answers.get(row[0].key), brought[row[0].key]) for row in rows)


def _typed(project: Project) -> PoorBrought:
    """What was typed; persons and large households are those of all, and so told only where all are poor."""
    every, poor = project.households, project.poor_households
    if every is not None and poor != every:
        return PoorBrought(poor, None, None)
    return PoorBrought(poor, project.persons, project.large_households)


def _over_before(session: Session, found: Iterable[Project], year: int, quarter: Quarter) -> set[str]:
    """Keys of projects that were closed or taken out before the quarter began."""
    begins = f"{year}-{3 * int(quarter.value) - 2:02d}-01"
    over = [one.key for one in found if one.state in _OVER]
    if not over:
        return set()
    last = select(ProjectStep.project_key).where(
        ProjectStep.project_key.in_(over), ProjectStep.state.in_(_OVER), ProjectStep.dated < begins
    )
    return set(session.scalars(last))


def _money(session: Session, keys: Sequence[str]) -> dict[str, dict[Money, Decimal]]:
    """Planned yuan by project and column; money of an integrated source counts as that, whatever its level."""
    statement = (
        select(ProjectFund.project_key, ProjectFund.level, ProjectFund.amount_fen, FundSource.kind)
        .outerjoin(FundSource, FundSource.key == ProjectFund.source_key)
        .where(ProjectFund.project_key.in_(keys))
    )
    found: dict[str, dict[Money, Decimal]] = defaultdict(dict)
    for key, level, fen, kind in session.execute(statement):
        column = column_of(level, kind)
        found[key][column] = found[key].get(column, Decimal(0)) + from_fen(fen or 0)
    return found


def column_of(level: str, kind: str | None) -> Money:
    """The column of money by its level (级次) and the kind of its source in the ledger."""
    if kind == FundKind.INTEGRATED.value:
        return Money.INTEGRATED
    return _COLUMNS.get(level, Money.FISCAL if level in FISCAL_LEVELS else Money.OWN)


def _answers(session: Session, keys: Sequence[str], year: int, quarter: Quarter) -> dict[str, QuarterFacts]:
    """What was answered for the quarter; what is reckoned up to its end is that of the last quarter told."""
    statement = (
        select(ProjectQuarter)
        .where(ProjectQuarter.project_key.in_(keys), _up_to(year, quarter))
        .order_by(ProjectQuarter.year, ProjectQuarter.quarter)
    )
    done: dict[str, int] = defaultdict(int)
    found: dict[str, QuarterFacts] = {}
    for one in session.scalars(statement):
        done[one.project_key] += one.invested_fen or 0
        if (one.year, one.quarter) == (year, quarter.value):
            found[one.project_key] = _quarter(one, done[one.project_key])
    return found


def _up_to(year: int, quarter: Quarter) -> ColumnElement[bool]:
    """The condition that progress is of a quarter, or of one before it."""
    of_year = and_(ProjectQuarter.year == year, ProjectQuarter.quarter <= quarter.value)
    return or_(ProjectQuarter.year < year, of_year)


def _quarter(one: ProjectQuarter, done: int) -> QuarterFacts:
    return QuarterFacts(
        done=from_fen(done),
        received=_yuan(one.received_fen),
        running=Running(one.running).label if one.running else "",
        progress=_percent(one.progress),
        channels=one.channels or "",
        sales=_yuan(one.sales_fen),
        net=_yuan(one.net_fen),
        shared=_yuan(one.shared_fen),
        collective=_yuan(one.collective_fen),
        wages=_yuan(one.wages_fen),
        households=one.households,
        persons=one.persons,
        troubles=one.troubles,
        plan=one.plan,
    )


def unknown(session: Session, year: int) -> dict[str, int]:
    """How many households each project brings along of which neither participation nor area is known, by project."""
    of_year = (Participation.household_key == Linkage.household_key) & (Participation.year == year)
    counted = select(Linkage.project_key, func.count(distinct(Linkage.household_key))).outerjoin(Participation, of_year)
    named = (Linkage.year == year, Linkage.project_key.is_not(None), Linkage.household_key.is_not(None))
    blank = (Participation.kind.is_(None), Participation.area_total_milli.is_(None))
    rows = session.execute(counted.where(*named, *blank).group_by(Linkage.project_key))
    return {str(project): number for project, number in rows}


def _percent(stored: int | None) -> Decimal | None:
    """Per cent of the stored hundredths."""
    return None if stored is None else Decimal(stored).scaleb(-2)


def _yuan(fen: int | None) -> Decimal | None:
    return None if fen is None else from_fen(fen)


def _facts(
    row: Any, money: dict[Money, Decimal], answer: QuarterFacts | None, brought: PoorBrought
) -> ProjectFacts:
    project, village, town, entity, kind = row
    named = [name for name in (project.villages or "").split(MARK) if name]
    return ProjectFacts(
        key=project.key,
        place=PlaceFacts(village.key, town.county, town.name, village.name, poor=bool(village.poor_village)),
        name=project.name,
        industry=project.industry,
        product=project.product,
        task=project.task,
        quantity=None if project.quantity_milli is None else from_milli(project.quantity_milli),
        unit=project.unit,
        starts_on=project.starts_on,
        ends_on=project.ends_on,
        money=money,
        operator=entity or project.operator,
        operator_kind=kind or "",
        linkages=project.linkages,
        households=brought.households,
        persons=brought.persons,
        large=brought.large,
        resources=project.resources,
        channels=project.channels,
        insured=project.insured,
        note=project.note,
        villages=len({village.name, *named}),
        quarter=answer,
    )
