"""What performance targets (项目绩效目标表, 清远 二12) begin with of a project of the pool: nothing is typed twice."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.text import clean
from fupin_desktop.policy.indicators import with_unit
from fupin_desktop.services.documents.type import PROJECT, Data
from fupin_desktop.services.values.listed import MARK
from fupin_desktop.storage.entities import Application, Indicator, Performance, Project, ProjectFund

_FUNDS = {"帮扶单位": "fund_assisting", "社会": "fund_other", "信贷": "fund_other", "自筹": "fund_other"}
_LISTS = {
    "数量指标": "output_quantity", "质量指标": "output_quality", "时效指标": "output_time", "成本指标": "output_cost",
    "经济效益": "benefit_economic", "社会效益": "benefit_social", "生态效益": "benefit_ecological",
    "可持续影响": "benefit_sustainable", "服务对象满意度": "satisfaction",
}  # fmt: skip
"""Lists of the form by the second-level group of an indicator."""


def begun(session: Session, application: Application, before: Data, typed: Data) -> dict[str, Any]:
    """What is typed, with what the pool has of a project that is newly named, where nothing is typed yet."""
    name = clean(str(typed.get(PROJECT) or ""))
    if not name or name == clean(str(before.get(PROJECT) or "")):
        return dict(typed)
    project = session.scalars(select(Project).where(Project.name == name)).first()
    if project is None:
        return dict(typed)
    known = _facts(project) | _money(session, project.key) | _aims(session, project.key, application.year)
    return {**typed, **{path: value for path, value in known.items() if value and not typed.get(path)}}


def _facts(project: Project) -> dict[str, Any]:
    return {
        "industry_kind": project.industry,
        "operator": project.operator,
        "operator_leader": project.leader,
        "operator_phone": project.phone,
        "place": project.place,
        "starts_on": project.starts_on,
        "ends_on": project.ends_on,
        "linkages": [way for way in project.linkages.split(MARK) if way],
    }


def _money(session: Session, key: str) -> dict[str, Any]:
    """The money of a project by who gives it: treasuries, assisting units, others."""
    summed = select(ProjectFund.level, func.sum(ProjectFund.amount_fen)).where(ProjectFund.project_key == key)
    found: dict[str, int] = defaultdict(int)
    for level, fen in session.execute(summed.group_by(ProjectFund.level)):
        found[_FUNDS.get(level, "fund_fiscal")] += int(fen or 0)
    return {path: from_fen(fen) for path, fen in found.items() if fen}


def _aims(session: Session, key: str, year: int) -> dict[str, Any]:
    """Goal and indicators of the year."""
    of_year = (Performance.project_key == key, Performance.year == year)
    found = session.scalars(select(Performance).where(*of_year)).first()
    if found is None:
        return {}
    lists: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = select(Indicator).where(Indicator.performance_key == found.key).order_by(Indicator.key)
    for one in session.scalars(rows):
        if path := _LISTS.get(one.subcategory):
            lists[path].append({"name": one.name, "target": with_unit(one.target, one.unit)})
    return {"goal": found.goal, **lists}
