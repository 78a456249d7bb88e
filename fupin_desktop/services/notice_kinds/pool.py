"""入库项目公示: the projects that a town has reviewed, before they enter the pool (清远 二21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.notices.gathered import Gathered, Rows
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, NoticeKind
from fupin_desktop.storage.entities import Project, ProjectFund, Village

_WAITING = (ProjectState.REVIEWED.value, ProjectState.PUBLISHED.value)


def _candidates(session: Session, year: int) -> list[str]:
    query = select(Project.key).where(Project.year == year, Project.state.in_(_WAITING))
    return list(session.scalars(query.order_by(Project.code, Project.key)))


def _rows(session: Session, keys: Sequence[str], _mask: bool) -> Rows:
    summed = select(func.coalesce(func.sum(ProjectFund.amount_fen), 0)).where(ProjectFund.project_key == Project.key)
    query = select(Project, Village.name, summed.scalar_subquery()).join(Village, Village.key == Project.village_key)
    found = session.execute(query.where(Project.key.in_(keys)).order_by(Project.code, Project.key))
    return [_row(project, village, fen) for project, village, fen in found]


def _row(project: Project, village: str, fen: int) -> dict[str, Any]:
    return {
        "key": project.key,
        "name": project.name,
        "village": village,
        "industry": project.industry,
        "task": project.task,
        "quantity": from_milli(project.quantity_milli) if project.quantity_milli is not None else None,
        "unit": project.unit,
        "operator": project.operator,
        "amount": from_fen(fen),
        "households": project.poor_households,
    }


_POOL = Gathered(
    kind="pool", about=PublicKind.POOL, word="入库项目", title="关于{town}{year}年度产业扶贫项目入库的公示",
    candidates=_candidates, rows=_rows, counted="projects",
)  # fmt: skip
KIND = NoticeKind(
    name="pool", title="入库项目公示", about=PublicKind.POOL, offered=_POOL.offered, settle=_POOL.settle, order=30,
    days=PROJECT_DAYS,
)  # fmt: skip
