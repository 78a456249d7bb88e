"""续上季: each open project gets its row of a quarter, with what holds on from the quarter before (清远 三(三))."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.project_words import ProjectState, Quarter, Running
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.registers import registry, writing
from fupin_desktop.services.registers.act import Act, Asked
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Project, ProjectQuarter

_OVER = (ProjectState.CLOSED.value, ProjectState.REMOVED.value)
_CARRIED = ("running", "progress", "received_fen", "households", "persons", "output_unit", "channels", "troubles")
"""What holds on until it is changed; money and output of the quarter begin empty."""


def _next(bench: Workbench, _key: str) -> str:
    """The first quarter that no row is of."""
    with bench.read() as session:
        used = set(session.scalars(select(ProjectQuarter.quarter).where(ProjectQuarter.year == bench.year)))
    return next((one.label for one in Quarter if one.value not in used), Quarter.FOURTH.label)


def run(bench: Workbench, _key: str, answers: Mapping[str, str]) -> Change:
    """Add the rows that are missing.

    Raises:
        NotAllowed: No project is without its row.
    """
    quarter = next(one for one in Quarter if one.label == answers["quarter"])
    with bench.read() as session:
        rows, carried = _rows(session, bench.year, quarter)
    if not rows:
        raise NotAllowed(f"每个没有结项的项目都已有{quarter.label}的进展。", todo="不用再续。")
    register = registry.of("project_quarters")
    with bench.write("registers.carry_quarter", f"续上季：{quarter.label} {len(rows)} 个项目") as unit:
        writing.add_rows(unit, register, rows, ("project_key", "year", "quarter", *_CARRIED), bench)
    new = f"，{len(rows) - carried} 个没有上季进展，运作情况先填“前期”" if carried < len(rows) else ""
    return bench.change(unit, f"已续 {carried} 个项目的{quarter.label}进展{new}；请补填本季投资、销售和收益。")


def _rows(session: Session, year: int, quarter: Quarter) -> tuple[list[tuple[Any, ...]], int]:
    """Values of the rows of open projects that have none of the quarter; how many go on from the quarter before."""
    order = list(Quarter)
    place = order.index(quarter)
    before = (year, order[place - 1]) if place else (year - 1, order[-1])
    of_it = (ProjectQuarter.year == year, ProjectQuarter.quarter == quarter.value)
    known = select(ProjectQuarter.project_key).where(*of_it)
    projects = select(Project.key).where(Project.state.not_in(_OVER), Project.key.not_in(known))
    last = select(ProjectQuarter).where(ProjectQuarter.year == before[0], ProjectQuarter.quarter == before[1].value)
    earlier = {one.project_key: one for one in session.scalars(last)}
    made, carried = [], 0
    for key in session.scalars(projects.order_by(Project.code, Project.key)):
        one = earlier.get(key)
        if one is not None and one.running == Running.ENDED.value:
            continue
        carried += one is not None
        made.append((key, year, quarter.value, *(getattr(one, name) if one else _FIRST.get(name) for name in _CARRIED)))
    return made, carried


_FIRST = {"running": Running.PREPARING.value, "output_unit": "", "channels": "", "troubles": ""}
"""What a project begins with that had no quarter before."""
ACT = Act(
    "续上季…",
    "给每个没有结项、没有终止的项目加一行：运作情况、进度、累计到位资金、带动户数、主要销路和存在问题照上季，"
    "投资、产量、销售和收益空着待填。已有的行不动，可以整体撤销。",
    run,
    (Asked("quarter", "季度", _next, "choice", tuple(one.label for one in Quarter)),),
)
