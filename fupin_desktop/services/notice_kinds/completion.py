"""竣工公告: what became of a project, its acceptance, what was reached and spent (公告公示指导意见, 清远 二21)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind, Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.notice_kinds.project import CLAUSE, facts_of, offered_in
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Performance, ProjectQuarter, ProjectStep

_AFTER = (ProjectState.ACCEPTED.value, ProjectState.ANNOUNCED.value)


def _offered(_bench: Workbench, session: Session, _year: int) -> Sequence[Offer]:
    return offered_in(session, _AFTER)


def _settle(asked: Asked) -> Settled:
    with asked.bench.read() as session:
        project, village, facts = facts_of(session, asked.key)
        facts |= _outcome(session, asked.key)
    title = f"关于{facts['project']}竣工情况的公告"
    notice = notice_of(asked, "completion", title, village, "", facts, year=asked.bench.year)
    words = (title, notice.board, notice.publisher, *words_of(notice.facts))
    problems = []
    if facts["accepted_on"] is None:
        told = "项目库里没有登记验收日期，请先登记“验收”这一步。"
        problems.append(Problem("notice.accepted", Severity.MUST, told, CLAUSE))
    elif asked.settings.posted_on < facts["accepted_on"]:
        told = f"{say_date(facts['accepted_on'])}才验收，竣工公告不能在这以前张贴，请改张贴日期。"
        problems.append(Problem("notice.accepted", Severity.MUST, told, CLAUSE))
    if not facts["outcome"]:
        told = "还没有填写绩效目标的完成情况，请在绩效自评里补上。"
        problems.append(Problem("notice.outcome", Severity.WARNING, told))
    return Settled(notice, Subject(PublicKind.PROJECT, project.key), tuple(problems), public_words=words)


def _outcome(session: Session, key: str) -> dict[str, Any]:
    accepted = select(func.max(ProjectStep.dated)).where(
        ProjectStep.project_key == key, ProjectStep.state == ProjectState.ACCEPTED.value
    )
    spent = select(func.coalesce(func.sum(ProjectQuarter.invested_fen), 0)).where(ProjectQuarter.project_key == key)
    newest = select(Performance.outcome).where(Performance.project_key == key).order_by(Performance.year.desc())
    outcome = session.scalars(newest).first() or ""
    return {
        "accepted_on": session.scalars(accepted).first(),
        "spent": from_fen(session.scalars(spent).one() or 0),
        "outcome": outcome.rstrip("。"),
    }


KIND = NoticeKind(
    name="completion", title="竣工公告", about=PublicKind.PROJECT, offered=_offered, settle=_settle, order=32,
    days=PROJECT_DAYS,
)  # fmt: skip
