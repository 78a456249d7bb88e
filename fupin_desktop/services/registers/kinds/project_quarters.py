"""What became of a project in each quarter (季度进展, 清远 三(三)); the amount invested adds up over the quarters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.domain.project_words import Quarter, Running
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.acts import carry_quarter
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.parts import (
    IN_PROJECT,
    PROJECT,
    Computed,
    Filter,
    NamedFilter,
    Search,
    Shown,
    own,
)
from fupin_desktop.services.registers.shares import rounded
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Inspection, ProjectFund, ProjectQuarter
from fupin_desktop.storage.fields import Field, Kind
from fupin_desktop.storage.unit import Unit

CLAUSE = "清远 三(三)"
_ABOVE = 110
"""Per cent of the estimated investment up to which no reason is asked."""


def _per_household(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """What a household gained: (分红到户 + 工资) ÷ 户, in 分; nothing where neither is told."""
    shared, wages = ProjectQuarter.shared_fen, ProjectQuarter.wages_fen
    gained = func.coalesce(shared, 0) + func.coalesce(wages, 0)
    return case((or_(shared.is_not(None), wages.is_not(None)), rounded(gained, ProjectQuarter.households)))


def _add_up(unit: Unit, touched: Touched) -> None:
    """The amount invested up to each quarter of the projects concerned."""
    projects = {key for parents in touched.parents_by_year(unit).values() for key in parents}
    columns = (ProjectQuarter.key, ProjectQuarter.project_key, ProjectQuarter.invested_fen)
    order = (ProjectQuarter.year, ProjectQuarter.quarter, ProjectQuarter.key)
    rows = unit.session.execute(select(*columns).where(ProjectQuarter.project_key.in_(projects)).order_by(*order)).all()
    sums: dict[str, int] = defaultdict(int)
    totals = []
    for key, project, invested in rows:
        sums[project] += invested or 0
        totals.append((key, sums[project]))
    unit.update_many(ProjectQuarter, totals, ("total_fen",))


def _checks(checked: Checked) -> Iterable[Finding]:
    """The amount invested stays near the estimate; a standstill of two quarters is an issue."""
    estimates, stalled, totals = _estimates(checked), _stalled_before(checked), _totals(checked)
    for key, values in checked.records.items():
        project = checked.parents.get(key, "")
        total, estimate = totals.get(key, 0), estimates.get(project, 0)
        if estimate and total * 100 > estimate * _ABOVE and not values["reason"]:
            told = f"累计完成投资 {_yuan(total)} 元，超过估算总投资 {_yuan(estimate)} 元的一成以上"
            sentence = f"{told}，请在“超投资说明”写明原因。"
            yield Finding(key, "invested", sentence, Severity.PRINCIPLE, CLAUSE)
        if values["running"] == Running.STALLED and (project, values["quarter"]) in stalled:
            yield Finding(key, "running", "连续两个季度停滞，请在“检查整改”里登记问题和整改措施。", clause="清远 二21")


def _totals(checked: Checked) -> dict[str, int]:
    """分 invested up to the quarter of each record."""
    one = ProjectQuarter
    others = checked.beside(one.project_key, one.year, one.quarter, one.invested_fen)
    found = {}
    for project, keys in checked.families():
        own = [(checked.year, checked.records[key]["quarter"] or "", checked.records[key]["invested"]) for key in keys]
        for key, (year, quarter, _) in zip(keys, own, strict=True):
            until = [fen or 0 for at, of, fen in (*others[project], *own) if (at, of or "") <= (year, quarter)]
            found[key] = sum(until)
    return found


def _yuan(fen: int) -> str:
    return format_money(from_fen(fen))


def _estimates(checked: Checked) -> dict[str, int]:
    """Estimated investment of the projects, in 分."""
    keys = set(checked.parents.values())
    statement = select(ProjectFund.project_key, func.sum(ProjectFund.amount_fen)).group_by(ProjectFund.project_key)
    rows = checked.session.execute(statement.where(ProjectFund.project_key.in_(keys))).all()
    return {key: int(total or 0) for key, total in rows}


def _stalled_before(checked: Checked) -> set[tuple[str, str]]:
    """Projects and quarters of the year before which the project stood still, without an issue kept of it."""
    keys, quarters = set(checked.parents.values()), [one.value for one in Quarter]
    known = set(checked.session.scalars(select(Inspection.project_key).where(Inspection.project_key.in_(keys))))
    standing = (ProjectQuarter.running == Running.STALLED.value, ProjectQuarter.project_key.in_(keys))
    columns = (ProjectQuarter.project_key, ProjectQuarter.year, ProjectQuarter.quarter)
    found = set()
    now = [(project, checked.year, checked.records[key]["quarter"]) for key, project in checked.parents.items()
           if checked.records[key]["running"] == Running.STALLED]  # fmt: skip
    for project, year, quarter in [*checked.session.execute(select(*columns).where(*standing)), *now]:
        place = quarters.index(str(quarter)) + 1
        following = (year, quarters[place]) if place < len(quarters) else (year + 1, quarters[0])
        if following[0] == checked.year and project not in known:
            found.add((project, following[1]))
    return found


REGISTER = Register(
    name="project_quarters",
    title="季度进展",
    unit="条",
    keyword="季度进展",
    tab="ledgers",
    section="项目",
    searched=False,
    entity=ProjectQuarter,
    parent=PROJECT,
    year="year",
    columns=(
        IN_PROJECT,
        Shown("village", "name", "village"),
        *own("quarter", "running", "progress", "invested_fen", "total_fen", "received_fen", "output_milli"),
        *own("output_unit", "sales_fen", "net_fen", "shared_fen", "collective_fen", "work_days", "wages_fen"),
        *own("households", "persons"),
        Computed(Field("per_household", "户均增收", Kind.MONEY, unit="元", summed=False), _per_household),
        *own("channels", "troubles", "plan", "reason", "photos", "note"),
    ),
    search=Search(("troubles",)),
    identity=(Identity(("project_key", "quarter")),),
    unique=(Unique(("project_key", "quarter"), Severity.MUST),),
    derive=_add_up,
    checks=(_checks,),
    order="quarter",
    filters={"stalled": NamedFilter((Filter("running", values=(Running.STALLED.label,)),), counted="停滞")},
    acts=(carry_quarter.ACT,),
    layout=Layout(
        first=(
            *("project", "quarter", "running", "progress", "invested", "total", "received", "sales", "shared"),
            *("wages", "households", "per_household", "troubles"),
        ),
        groups=(
            Group("季度", ("project", "quarter", "running", "progress")),
            Group("投资", ("invested", "received", "reason")),
            Group("生产经营", ("output", "output_unit", "sales", "net", "channels")),
            Group("带动", ("shared", "collective", "work_days", "wages", "households", "persons")),
            Group("问题和计划", ("troubles", "plan", "note")),
        ),
        sums=(("invested", "本季投资"), ("sales", "销售额"), ("shared", "分红到户")),
        empty=("还没有季度进展", "每个项目每季度一行：在表里新增，或从 Excel 导入。"),
    ),
)
