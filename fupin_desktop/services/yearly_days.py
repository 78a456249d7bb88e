"""The fixed days of every year (每年固定的工作日期): self-assessment, donations, monitoring, the pool of projects.

They are told some days before, and led to the rows that are still to be worked on, until nothing is left of them or
they are marked as done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services.overview import Target
from fupin_desktop.services.reports import due as reports_due
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import FundSource, Performance, Project

PARAMETER = "tasks_of_the_year"
CLAUSE = "工作日程惯例"
_ENDED = (ProjectState.CLOSED.value, ProjectState.REMOVED.value)
_AROUND = 31
_LATE = 60


class Duty(NamedTuple):
    """Something that is due on a fixed day of every year.

    Attributes:
        name: How its mark is kept, after the year.
        word: What it is called.
        before: Days before the day from which it is told.
        about: Years from the day's year to the one that the work is about.
        left: How much there is still to do of that year.
        told: What is told of that number.
        target: The rows behind it.
    """

    name: str
    word: str
    before: int
    about: int
    left: Callable[[Session, int], int]
    told: str
    target: Target


def _unassessed(session: Session, year: int) -> int:
    return _number(session, Performance, Performance.year == year, Performance.assessed_on.is_(None))


def _unmonitored(session: Session, year: int) -> int:
    return _number(session, Performance, Performance.year == year, Performance.monitored_on.is_(None))


def _undonated(session: Session, year: int) -> int:
    """1 while no “6·30” donation of the year is registered."""
    kind = FundSource.kind == FundKind.DONATION_630.value
    return 0 if _number(session, FundSource, kind, FundSource.year == year) else 1


def _open_projects(session: Session, _year: int) -> int:
    return _number(session, Project, Project.state.not_in(_ENDED))


def _number(session: Session, entity: Any, *conditions: Any) -> int:
    return int(session.scalar(select(func.count()).select_from(entity).where(*conditions)) or 0)


DUTIES = (
    Duty(
        "self", "绩效自评", _AROUND, -1, _unassessed, "{count} 份没有自评",
        Target("ledgers", "unassessed", register="performances"),
    ),
    Duty(
        "donations", "“6·30”扶贫济困日捐赠", _AROUND, 0, _undonated, "还没有登记本年的捐款",
        Target("funds", "ledger"),
    ),
    Duty(
        "monitor", "绩效中期监控", _AROUND, 0, _unmonitored, "{count} 份没有监控",
        Target("ledgers", "unmonitored", register="performances"),
    ),
    Duty(
        "pool", "项目库动态调整", 91, 0, _open_projects, "{count} 个项目逐个核对，干不成的出库",
        Target("ledgers", "open", register="projects"),
    ),
)  # fmt: skip
"""In the order of the days of the parameter."""


def name_of(year: int, duty: Duty) -> str:
    """How the mark of a duty is kept: 2026-pool."""
    return f"{year}-{duty.name}"


def days(bench: Workbench, today: date) -> Iterator[tuple[date, Duty]]:
    """Every duty with the day that is told of on a day, else with that of its year."""
    listed = bench.parameters.value(PARAMETER, today).value
    for (month, day), duty in zip(listed, DUTIES, strict=False):
        near = (date(today.year + years, month, day) for years in (0, -1, 1))
        yield next((on for on in near if _is_told(on, duty, today)), date(today.year, month, day)), duty


def _is_told(on: date, duty: Duty, today: date) -> bool:
    """Whether a duty's day is near enough, before it or since."""
    return -_LATE <= (on - today).days <= duty.before


def due(bench: Workbench, today: date) -> Iterator[tuple[date, str, Target]]:
    """What is due around a day: its day, the words, where it leads."""
    marked = reports_due.done(bench)
    with bench.read() as session:
        for on, duty in days(bench, today):
            if name_of(on.year, duty) in marked or not _is_told(on, duty, today):
                continue
            year = on.year + duty.about
            if count := duty.left(session, year):
                other = f"，在 {year} 年度里办" if year != bench.year else ""
                told = f"{duty.told.format(count=count)}{other}"
                yield on, f"{duty.word}（{on.month}月{on.day}日前）：{told}", duty.target
