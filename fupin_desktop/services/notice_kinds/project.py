"""项目实施前公示: the eleven contents of a project before it is begun (清远 二21, 公告公示指导意见)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.calendar import say_date
from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind, Severity
from fupin_desktop.policy.indicators import with_unit
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.rules.phrases import plain
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices.kinds import PROJECT_DAYS, Asked, NoticeKind, Offer, Settled
from fupin_desktop.services.notices.writing import notice_of, words_of
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Indicator, Performance, Project, ProjectFund, Village

_MARK = "、"
_BEFORE = (ProjectState.POOLED.value, ProjectState.PLANNED.value, ProjectState.BUILDING.value)
CLAUSE = "清远 二21"


def offered_in(session: Session, states: Sequence[str]) -> Sequence[Offer]:
    """The projects in some states."""
    query = select(Project.key, Project.name, Village.name).join(Village, Village.key == Project.village_key)
    rows = session.execute(query.where(Project.state.in_(states)).order_by(Village.name, Project.code))
    return [Offer(key, name, village) for key, name, village in rows]


def _offered(_bench: Workbench, session: Session, _year: int) -> Sequence[Offer]:
    return offered_in(session, _BEFORE)


def facts_of(session: Session, key: str) -> tuple[Project, str, dict[str, Any]]:
    """A project, its village, and what both of its notices say of it.

    Raises:
        NotAllowed: It is no longer there.
    """
    project = existing(session, Project, key)
    village = session.scalars(select(Village.name).where(Village.key == project.village_key)).one()
    funds = session.execute(
        select(ProjectFund.name, ProjectFund.level, ProjectFund.amount_fen)
        .where(ProjectFund.project_key == key)
        .order_by(ProjectFund.key)
    ).all()
    total = sum((from_fen(fen or 0) for _, _, fen in funds), Decimal("0.00"))
    named = [(name if name == level else f"{name}（{level}）", from_fen(fen or 0)) for name, level, fen in funds]
    told = [f"{name}{format_money(amount)}元" for name, amount in named]
    quantity = plain(from_milli(project.quantity_milli)) if project.quantity_milli is not None else ""
    return project, village, {
        "project": project.name,
        "site": f"{village}{project.place}" if village not in project.place else project.place,
        "operator": project.operator,
        "leader": project.leader,
        "term": " 至 ".join(say_date(day) for day in (project.starts_on, project.ends_on) if day),
        "task": project.task,
        "subsidy_rule": project.subsidy_rule,
        "funds": "；".join(told),
        "total": total,
        "scale": f"{quantity}{project.unit}",
        "linkages": project.linkages,
        "benefit": _benefit(project),
        "goal": _goal(session, key),
    }


def _benefit(project: Project) -> str:
    parts = ((project.poor_households, "受益贫困户{}户"), (project.persons, "受益人口{}人"))
    return "，".join(text.format(count) for count, text in parts if count)


def _goal(session: Session, key: str) -> str:
    """The goal of the newest year with its first targets."""
    newest = select(Performance).where(Performance.project_key == key).order_by(Performance.year.desc())
    found = session.scalars(newest).first()
    if found is None:
        return ""
    query = select(Indicator).where(Indicator.performance_key == found.key).order_by(Indicator.key).limit(6)
    targets = [f"{one.name}{with_unit(one.target, one.unit)}" for one in session.scalars(query)]
    return "：".join(filter(None, (found.goal.rstrip("。"), _MARK.join(targets))))


def _settle(asked: Asked) -> Settled:
    with asked.bench.read() as session:
        project, village, facts = facts_of(session, asked.key)
    title = f"关于{facts['project']}实施前的公示"
    notice = notice_of(asked, "project", title, village, "", facts, year=asked.bench.year)
    problems = tuple(missing(facts))
    words = (title, notice.board, notice.publisher, *words_of(notice.facts))
    return Settled(notice, Subject(PublicKind.PROJECT, project.key), problems, public_words=words)


_ELEVEN = (("project", "项目名称"), ("site", "实施地点"), ("operator", "实施单位"), ("leader", "责任人"),
           ("term", "实施期限"), ("task", "建设内容"), ("subsidy_rule", "补助标准"), ("funds", "资金来源"),
           ("scale", "建设规模"), ("goal", "绩效目标"), ("linkages", "联农带农机制"))  # fmt: skip


def missing(facts: dict[str, Any]) -> list[Problem]:
    """What of the eleven contents is not filled in; the phones are those of the office."""
    lacking = [label for name, label in _ELEVEN if not facts[name]]
    if not lacking:
        return []
    told = f"项目公示还缺：{_MARK.join(lacking)}，请在项目库里补上。"
    return [Problem("notice.contents", Severity.MUST, told, CLAUSE)]


KIND = NoticeKind(
    name="project", title="项目实施前公示", about=PublicKind.PROJECT, offered=_offered, settle=_settle, order=31,
    days=PROJECT_DAYS,
)  # fmt: skip
