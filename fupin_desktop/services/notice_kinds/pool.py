"""入库项目公示: the projects that a town has reviewed, before they enter the pool (清远 二21)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services import offices
from fupin_desktop.services.notices import batches
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Project, ProjectFund, Village

_WAITING = (ProjectState.REVIEWED.value, ProjectState.PUBLISHED.value)


def _candidates(session: Session, year: int) -> list[str]:
    query = select(Project.key).where(Project.year == year, Project.state.in_(_WAITING))
    return list(session.scalars(query.order_by(Project.code, Project.key)))


def _offered(bench: Workbench, session: Session, year: int) -> Sequence[Offer]:
    standing = batches.listed(session, "pool", year)
    waiting = batches.waiting(_candidates(session, year), standing.values())
    keys = {key: len(rows) for key, rows in standing.items()}
    if waiting:
        keys[batches.next_key(session, "pool", year)] = len(waiting)
    town = offices.office(bench).town
    return [Offer(key, batches.shown_as(key, "入库项目", count), town) for key, count in keys.items()]


def _settle(asked: Asked) -> Settled:
    bench, year = asked.bench, batches.year_of(asked.key)
    town = offices.office(bench).town
    with bench.read() as session:
        keys = batches.of_batch(session, "pool", asked.key, _candidates(session, year))
        rows = _rows(session, keys)
    facts = {"rows": rows, "projects": len(rows), "total": sum((row["amount"] for row in rows), Decimal("0.00"))}
    title = f"关于{town}{year}年度产业扶贫项目入库的公示"
    notice = notice_of(asked, "pool", title, town, "", facts, year=year)
    words = (notice.board, notice.publisher, *words_of(notice.facts))
    return Settled(notice, Subject(PublicKind.POOL, asked.key), public_words=words)


def _rows(session: Session, keys: Sequence[str]) -> list[dict[str, Any]]:
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


KIND = NoticeKind(
    name="pool", title="入库项目公示", about=PublicKind.POOL, offered=_offered, settle=_settle, order=30,
    days=PROJECT_DAYS,
)  # fmt: skip
