"""Moving a project on its way through the pool (项目库, 清远 二21): each step with its day, document and reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import PublicKind, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.existing import existing
from fupin_desktop.services.notices import batches
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Step, Subject
from fupin_desktop.services.registers.kinds.projects import REGISTER as PROJECTS
from fupin_desktop.services.registers.project_notices import CLAUSE, NEEDED, Needed
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Indicator, Performance, Project, ProjectStep, RegisterReason, Risk
from fupin_desktop.storage.fields import of
from fupin_desktop.storage.unit import Unit

_ORDER = tuple(state for state in ProjectState if state is not ProjectState.REMOVED)
_DONE = (ProjectState.CLOSED, ProjectState.REMOVED)
_PUBLIC, _POOL, _TARGET = "公告公示指导意见 四", "清远 二21", "清远 二12"
_BEFORE_WORK = (Step.ENDED, Step.SETTLED)
"""What of a notice is done before a project is begun."""
DAYS, POOL_NOTICE = "notice_days_project", "pool"


@dataclass(frozen=True, slots=True)
class Move:
    """A step that a project takes.

    Attributes:
        key: The project.
        into: The state it comes to.
        dated: The day of the step.
        document_no: Document it rests on; empty where none.
        reason: Why, where something is departed from; always for a removal from the pool.
    """

    key: str
    into: ProjectState
    dated: date
    document_no: str = ""
    reason: str = ""


def grounds(bench: Workbench) -> tuple[str, ...]:
    """What the pool is adjusted by (清远 二21)."""
    return tuple(bench.parameters.value("pool_adjusted_by", bench.today).value)


def ways(state: ProjectState) -> tuple[ProjectState, ...]:
    """The states that a project may come to next: the following one, and out of the pool; a removed one begins anew."""
    if state is ProjectState.REMOVED:
        return (ProjectState.IDEA,)
    following = _ORDER[_ORDER.index(state) + 1 :][:1]
    return (*following, ProjectState.REMOVED) if state not in _DONE else following


@dataclass(frozen=True, slots=True)
class ProjectStanding:
    """How far a project has come.

    Attributes:
        name: What it is called.
        state: Its state.
        since: Day of the last step; None before the first.
        ways: The states it may come to next.
        reasons: Reasons kept for departing from a rule of a step, each with what it is about; those that the register
            asks for at its columns are left to it.
    """

    name: str
    state: ProjectState
    since: date | None
    ways: tuple[ProjectState, ...]
    reasons: tuple[str, ...]


def standing(bench: Workbench, key: str) -> ProjectStanding | None:
    """How far a project has come; None where it is gone."""
    with bench.read() as session:
        project = session.get(Project, key)
        if project is None:
            return None
        kept = select(RegisterReason.sentence, RegisterReason.reason).where(RegisterReason.record_key == key)
        kept = kept.where(RegisterReason.code.not_like(f"{PROJECTS.name}.%"))
        reasons = tuple(f"{sentence} 原因：{reason}" for sentence, reason in session.execute(kept))
        state = ProjectState(project.state)
        return ProjectStanding(project.name, state, project.state_on, ways(state), reasons)


def problems(bench: Workbench, move: Move) -> tuple[Problem, ...]:
    """What stands in the way of a step, or asks for a reason.

    Raises:
        NotAllowed: The project is gone, or cannot come to that state next.
    """
    with bench.read() as session:
        return tuple(_found(bench, session, move, existing(session, Project, move.key)))


def move(bench: Workbench, wanted: Move) -> Change:
    """Move a project on: its state changes, the step is kept; reasons given are kept for the auditor.

    Raises:
        NotAllowed: Something stands in the way, or a reason is missing; nothing was written.
    """
    found = problems(bench, wanted)
    stopping = [one for one in found if one.severity is Severity.MUST]
    asking = [one for one in found if one.severity is Severity.PRINCIPLE]
    if stopping:
        raise NotAllowed(stopping[0].sentence, todo=f"依据：{stopping[0].clause}。" if stopping[0].clause else "")
    if asking and not wanted.reason.strip():
        raise NotAllowed(asking[0].sentence, todo="确需推进的，请写明原因。")
    with bench.write("projects.move", f"项目{wanted.into.label}") as unit:
        project = existing(unit.session, Project, wanted.key)
        project.state, project.state_on = wanted.into.value, wanted.dated
        unit.session.add(_step(bench, wanted))
        for problem in asking:
            _keep_reason(bench, unit, project, problem, wanted.reason)
    return bench.change(unit, f"“{project.name}”已登记为{wanted.into.label}")


def _step(bench: Workbench, wanted: Move) -> ProjectStep:
    return ProjectStep(
        project_key=wanted.key,
        state=wanted.into.value,
        dated=wanted.dated,
        document_no=wanted.document_no,
        reason=wanted.reason,
        who=bench.clerk,
    )


def _keep_reason(bench: Workbench, unit: Unit, project: Project, problem: Problem, reason: str) -> None:
    """Keep a reason; one given earlier for the same is replaced."""
    kept = (RegisterReason.record_key == project.key, RegisterReason.code == problem.code)
    record = unit.session.scalars(select(RegisterReason).where(*kept)).first()
    if record is None:
        record = RegisterReason(register="projects", record_key=project.key, code=problem.code)
        unit.session.add(record)
    record.record, record.sentence, record.clause = project.name, problem.sentence, problem.clause
    record.reason, record.at, record.who = reason, bench.clock(), bench.clerk


def _found(bench: Workbench, session: Session, wanted: Move, project: Project) -> Iterator[Problem]:
    state = ProjectState(project.state)
    if wanted.into not in ways(state):
        following = "、".join(one.label for one in ways(state)) or "没有下一步"
        told = f"“{project.name}”现在是{state.label}，不能直接登记为{wanted.into.label}。"
        raise NotAllowed(told, todo=f"下一步：{following}。")
    yield from _days(bench, wanted, project)
    if wanted.into is not ProjectState.REMOVED and (blank := _blank(project)):
        told = f"项目资料还没有填写{'、'.join(blank)}，填好以后再登记为{wanted.into.label}。"
        yield _must("project.blank", told, _POOL)
    if wanted.into is ProjectState.REMOVED and not wanted.reason.strip():
        yield _must("project.removed", "出库要写明原因。", _POOL)
    if wanted.into is ProjectState.POOLED:
        yield from _into_the_pool(bench, session, wanted, project)
    for one in NEEDED:
        if wanted.into is one.since:
            yield from _noticed(session, one, wanted)


def _blank(project: Project) -> list[str]:
    """What must be filled and is not, as in a project that came from another office's list."""
    fields = of(Project)
    return [fields[name].label for name in PROJECTS.later if getattr(project, name) in (None, "")]


def _days(bench: Workbench, wanted: Move, project: Project) -> Iterator[Problem]:
    """Steps stand in their order, none in the time to come."""
    if wanted.dated > bench.today:
        yield _must("project.day", f"{wanted.dated:%Y-%m-%d} 在今天以后。")
    if project.state_on is not None and wanted.dated < project.state_on:
        yield _must("project.order", f"日期应在上一步的 {project.state_on:%Y-%m-%d} 之后。")


def _into_the_pool(bench: Workbench, session: Session, wanted: Move, project: Project) -> Iterator[Problem]:
    """No entry without a target and settled publicity; in principle not without a risk with a measure."""
    if not _targets(session, project.key):
        yield _must("project.target", "没有绩效目标和指标，不能入库。请先在“绩效管理”里登记。", _TARGET)
    yield from _publicity(bench, session, wanted, project)
    measured = select(func.count()).where(Risk.project_key == project.key, Risk.measures != "")
    if not session.scalar(measured):
        sentence = "还没有做风险评估，入库前原则上至少评估一项风险并有防范措施。"
        yield Problem("project.risk", Severity.PRINCIPLE, sentence, _POOL, subjects=(project.key,))


def _targets(session: Session, key: str) -> int:
    """How many indicators the project's targets have."""
    counted = select(func.count()).select_from(Indicator)
    counted = counted.join(Performance, Performance.key == Indicator.performance_key)
    return session.scalar(counted.where(Performance.project_key == key)) or 0


def _publicity(bench: Workbench, session: Session, wanted: Move, project: Project) -> Iterator[Problem]:
    """A notice of the program has to be settled; one on paper has to hang as long as the rule says, in principle."""
    year = project.year or bench.year
    standing_in = [key for key, rows in batches.listed(session, POOL_NOTICE, year).items() if project.key in rows]
    if standing_in:
        missing = gates.missing(session, Subject(PublicKind.POOL, standing_in[0]), wanted.dated, Step.SETTLED)
        if missing is not None:
            yield _must("project.public", f"入库公示还没有办完：{missing.step.label}。", _PUBLIC)
        return
    days = int(bench.parameters.value(DAYS, bench.today).value)
    over = project.state_on + timedelta(days=days) if project.state_on is not None else None
    if over is None or wanted.dated < over:
        sentence = f"入库公示时间原则上不少于 {days} 天，{over:%Y-%m-%d} 起才能入库。" if over else "入库前应先公示。"
        yield Problem("project.days", Severity.PRINCIPLE, sentence, _PUBLIC, subjects=(project.key,))


def _noticed(session: Session, one: Needed, wanted: Move) -> Iterator[Problem]:
    """In principle a project is begun after its notice is settled, and announced with one; both can be explained."""
    now = gates.standing(session, Subject(PublicKind.PROJECT, wanted.key), wanted.dated, one.kind)
    if not now.notices:
        yield Problem(one.code, Severity.PRINCIPLE, one.sentence, CLAUSE, subjects=(wanted.key,))
        return
    waits = next((line for line in now.steps if line.step in _BEFORE_WORK and not line.done), None)
    if one.since is ProjectState.BUILDING and waits is not None:
        sentence = f"{one.word}还没有办完：{waits.told}"
        yield Problem("project.begun", Severity.PRINCIPLE, sentence, CLAUSE, subjects=(wanted.key,))


def _must(code: str, sentence: str, clause: str = "") -> Problem:
    return Problem(code, Severity.MUST, sentence, clause)
