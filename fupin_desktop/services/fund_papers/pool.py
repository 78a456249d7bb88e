"""Projects of the pool (项目库, 清远 二21) as use plans take them over, and as the checks of plans look at them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.text import clean
from fupin_desktop.policy.applications.fund_facts import PoolFact
from fupin_desktop.policy.indicators import with_unit
from fupin_desktop.services.fund_papers.papers import Row, text
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.storage.entities import (
    Application,
    FundSource,
    Indicator,
    Performance,
    Project,
    ProjectFund,
    Village,
)

CLAIM = "pool:"
IN_POOL = frozenset(
    state.value
    for state in (
        ProjectState.POOLED, ProjectState.PLANNED, ProjectState.BUILDING, ProjectState.BUILT, ProjectState.ACCEPTED,
        ProjectState.ANNOUNCED,
    )
)  # fmt: skip
"""States in which a project is in the pool and not done with."""
_ENDED = (ProjectState.REMOVED.value, ProjectState.CLOSED.value)
_OWN_MONEY = ("自筹", "信贷")
"""Levels of money that never goes through the ledger."""
_AWARDS = "award:"


def project_of(claim: str) -> str:
    """Key of the project that a row was taken over from; empty for none."""
    return claim.removeprefix(CLAIM) if claim.startswith(CLAIM) else ""


def candidates(session: Session, application: Application) -> list[Project]:
    """The projects that a plan may take over: those of its village, for the town all; those in the pool first."""
    statement = select(Project).where(Project.state.not_in(_ENDED)).order_by(Project.code, Project.key)
    if session.get(Village, application.place_key) is not None:
        statement = statement.where(Project.village_key == application.place_key)
    return sorted(session.scalars(statement), key=lambda one: one.state not in IN_POOL)


def money_of(session: Session, key: str) -> Decimal:
    """Yuan of all money rows of a project."""
    fen = session.scalar(select(func.sum(ProjectFund.amount_fen)).where(ProjectFund.project_key == key))
    return from_fen(int(fen or 0))


def row_of(session: Session, project: Project) -> dict[str, Any]:
    """The row of a plan for a project: what of its money goes through the ledger."""
    paid = (ProjectFund.project_key == project.key, ProjectFund.level.not_in(_OWN_MONEY))
    fen = session.scalar(select(func.sum(ProjectFund.amount_fen)).where(*paid))
    return {
        "item": project.name,
        "place": project.place or None,
        "quantity": None if project.quantity_milli is None else from_milli(project.quantity_milli),
        "unit": project.unit or None,
        "amount": from_fen(int(fen or 0)),
        "households_large": project.large_households,
        "households_small": project.small_households,
        "from_run": f"{CLAIM}{project.key}",
    }


def texts_of(session: Session, project: Project, year: int) -> dict[str, Any]:
    """What a plan begins with of a project: name, place, unit, term, aims, linkage, and the sources of the ledger."""
    return {
        "project": project.name,
        "project_place": project.place,
        "operator": project.operator,
        "operator_leader": project.leader,
        "operator_phone": project.phone,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "performance": aims(session, project.key, year),
        "linkages": [way for way in project.linkages.split(MARK) if way],
        "sources": _sources(session, project.key),
    }


def aims(session: Session, key: str, year: int) -> str:
    """Goal and indicators of a project in a year, in words."""
    of_year = (Performance.project_key == key, Performance.year == year)
    found = session.scalars(select(Performance).where(*of_year)).first()
    if found is None:
        return ""
    rows = select(Indicator).where(Indicator.performance_key == found.key).order_by(Indicator.key)
    told = [f"{one.name}{with_unit(one.target, one.unit)}" for one in session.scalars(rows)]
    return "。".join(filter(None, (found.goal.rstrip("。"), "；".join(told))))


def _sources(session: Session, key: str) -> list[dict[str, Any]]:
    """The sources of the ledger that a project's money comes from."""
    statement = (
        select(FundSource.name, ProjectFund.level, FundSource.document_no, ProjectFund.amount_fen)
        .join(FundSource, FundSource.key == ProjectFund.source_key)
        .where(ProjectFund.project_key == key)
        .order_by(ProjectFund.key)
    )
    return [
        {"source": name, "level": level or None, "document_no": number or None, "amount": from_fen(fen or 0)}
        for name, level, number, fen in session.execute(statement)
    ]


def facts(session: Session, year: int, rows: Sequence[Row], name: str) -> tuple[PoolFact, ...] | None:
    """What a plan says of projects, for its checks.

    Args:
        session: A session.
        year: 年度 of the plan.
        rows: Its rows; those of awards are no projects of the pool.
        name: 项目名称 as typed, for rows that were not taken over.

    Returns:
        None where the office keeps no pool, or the plan is for awards alone.
    """
    claims = [text(row, "from_run") for row in rows]
    if session.scalars(select(Project.key).limit(1)).first() is None or _awards_alone(claims):
        return None
    return tuple(_facts(session, year, claims, clean(name)))


def _awards_alone(claims: Sequence[str]) -> bool:
    return bool(claims) and all(claim.startswith(_AWARDS) for claim in claims)


def _facts(session: Session, year: int, claims: Sequence[str], name: str) -> Iterator[PoolFact]:
    taken = dict.fromkeys(key for claim in claims if (key := project_of(claim)))
    found = [session.get(Project, key) for key in taken]
    if not taken:
        found = [session.scalars(select(Project).where(Project.name == name)).first()] if name else []
    for project in found:
        if project is None:
            yield PoolFact(name)
        else:
            state = ProjectState(project.state)
            targets = bool(aims(session, project.key, year))
            yield PoolFact(project.name, state.label, state.value in IN_POOL, targets)


def claimed_project(rows: Sequence[Row]) -> str:
    """Key of the project that the rows of a plan were taken over from, where they all name one; else empty."""
    named = {project_of(text(row, "from_run")) for row in rows}
    return named.pop() if len(named) == 1 else ""

