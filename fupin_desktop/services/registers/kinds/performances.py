"""The performance management of projects in a year (绩效管理, 清远 二12)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from fupin_desktop.domain.project_words import PerformanceState, ProjectState
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.acts import actual_values
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.kinds import indicators
from fupin_desktop.services.registers.parts import (
    IN_PROJECT,
    PROJECT,
    Carried,
    Computed,
    Filter,
    NamedFilter,
    Search,
    Shown,
    own,
)
from fupin_desktop.services.registers.performance_money import rate, score
from fupin_desktop.storage.entities import Indicator, Performance, Project
from fupin_desktop.storage.fields import Field, Kind

CLAUSE = "清远 二12"
_WEIGHTS = (("产出指标", "output"), ("效益指标", "benefit"), ("满意度指标", "satisfaction"))
_OVER = (ProjectState.CLOSED.value, ProjectState.REMOVED.value)
_DAYS = (
    (PerformanceState.APPROVED, "approved_on", "批复日期"),
    (PerformanceState.MONITORED, "monitored_on", "中期监控日期"),
    (PerformanceState.SELF_ASSESSED, "assessed_on", "自评日期"),
    (PerformanceState.REVIEWED, "reviewed_on", "复核日期"),
)


def _checks(checked: Checked) -> Iterable[Finding]:
    """Each step has its day; publication and reports are in time; the points are those of the rule."""
    weights = _weights(checked)
    states = [state.value for state in PerformanceState]
    for key, values in checked.records.items():
        place = states.index(values["state"] or states[0])
        for state, column, word in _DAYS:
            if place >= states.index(state.value) and values[column] is None:
                told = f"状态是“{PerformanceState(values['state']).label}”，请填写{word}。"
                yield Finding(key, column, told, clause=CLAUSE)
        yield from _in_time(checked, key, values)
        yield from _points(checked, key, weights.get(checked.registered.get(key, key), {}))


def _in_time(checked: Checked, key: str, values: Any) -> Iterable[Finding]:
    """Published within the working days set; monitored and assessed by their days of the year."""
    approved, published = values["approved_on"], values["published_on"]
    days = int(checked.policy("performance_publish_days").value)
    if approved is not None:
        last = _working_days_after(checked, approved, days)
        if (published or checked.today) > last:
            sentence = f"绩效目标应在批复后 {days} 个工作日内公开，最迟 {last:%Y-%m-%d}。"
            yield Finding(key, "published_on", sentence, Severity.PRINCIPLE, CLAUSE)
    for column, parameter, word, later in (
        ("monitored_on", "performance_midterm_due", "中期监控", 0),
        ("assessed_on", "performance_self_due", "绩效自评", 1),
    ):
        month, day = checked.policy(parameter).value[0]
        due = date(checked.year + later, month, day)
        if (values[column] or checked.today) > due:
            yield Finding(key, column, f"{word}应在 {due:%Y-%m-%d} 前完成。", clause=CLAUSE)


def _working_days_after(checked: Checked, day: date, days: int) -> date:
    """The day so many working days after another."""
    for _ in range(days):
        day = checked.bench.calendar.next_working(day + timedelta(days=1))
    return day


def _points(checked: Checked, key: str, given: dict[str, int]) -> Iterable[Finding]:
    """The points of each first-level group."""
    for group, name in _WEIGHTS:
        wanted = int(checked.policy(f"performance_weight_{name}").value)
        if given and given.get(group, 0) != wanted:
            yield Finding(key, "goal", f"{group}的分值合计 {given.get(group, 0)} 分，应是 {wanted} 分。", clause=CLAUSE)


def _weights(checked: Checked) -> dict[str, dict[str, int]]:
    """Points by performance and first-level group."""
    columns = (Indicator.performance_key, Indicator.category, func.sum(Indicator.weight))
    statement = select(*columns).where(Indicator.performance_key.in_(set(checked.registered.values())))
    found: dict[str, dict[str, int]] = {}
    for key, group, points in checked.session.execute(statement.group_by(*columns[:2])):
        found.setdefault(key, {})[group] = points or 0
    return found


REGISTER = Register(
    name="performances",
    title="绩效管理",
    unit="份",
    keyword="绩效",
    tab="ledgers",
    section="项目",
    searched=False,
    entity=Performance,
    parent=PROJECT,
    year="year",
    columns=(
        IN_PROJECT,
        Shown("village", "name", "village"),
        *own("state", "goal", "budget_fen", "spent_fen"),
        Computed(Field("rate", "执行率", Kind.PERCENT, unit="%", summed=False), rate),
        Computed(Field("score", "总得分", Kind.QUANTITY, unit="分", summed=False), score),
        *own("approved_on", "document_no", "published_on", "monitored_on", "monitored", "assessed_on", "outcome"),
        *own("reviewed_on", "reviewer", "review", "papers", "note"),
    ),
    search=Search(("goal",)),
    identity=(Identity(("project_key",)),),
    unique=(Unique(("project_key",), Severity.MUST),),
    checks=(_checks,),
    children=(indicators.REGISTER,),
    carried=Carried(
        ("goal", "note"),
        left=(("budget_fen", "绩效的全年预算数"), ("assessed_on", "绩效自评")),
        only=lambda: Performance.project_key.in_(select(Project.key).where(Project.state.not_in(_OVER))),
    ),
    filters={
        "unmonitored": NamedFilter((Filter("monitored_on", blank=True),), counted="未监控"),
        "unassessed": NamedFilter((Filter("assessed_on", blank=True),), counted="未自评"),
    },
    papers=("performance_monitor", "performance_self"),
    acts=(actual_values.ACT,),
    layout=Layout(
        first=("project", "village", "state", "score", "rate", "budget", "spent", "goal"),
        groups=(
            Group("目标", ("project", "state", "goal", "budget", "spent")),
            Group("批复和公开", ("approved_on", "document_no", "published_on")),
            Group("中期监控", ("monitored_on", "monitored")),
            Group("自评和复核", ("assessed_on", "outcome", "reviewed_on", "reviewer", "review", "note")),
        ),
        empty=("还没有绩效目标", "每个项目每年一份，先定目标，再中期监控、自评、复核。"),
    ),
)
