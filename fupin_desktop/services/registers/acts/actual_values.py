"""从台账取实际值: what awards, farm items, linkages and quarters say of a project's indicators (清远 二12)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.area import from_milli
from fupin_desktop.domain.money import from_fen
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.registers import registry
from fupin_desktop.services.registers.act import Act
from fupin_desktop.services.registers.by_year import poor, seen
from fupin_desktop.services.registers.edits import CellEdit, set_cells
from fupin_desktop.services.registers.performance_money import rate
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import (
    AwardResult,
    AwardRun,
    AwardScheme,
    FarmItem,
    Household,
    Indicator,
    Linkage,
    Performance,
    Project,
    ProjectQuarter,
)

_AWARDED = "到户奖补"
_CENT = Decimal("0.01")
_KNOWN = "能取的是面积头数、户数、人数、增收和资金支出率，其他请自己填写。"


class _Facts(NamedTuple):
    """What the registers say of a project in a year."""

    households: int
    poor: int
    persons: int
    gain: Decimal | None
    rate: Decimal | None
    quantities: Mapping[tuple[str, str], Decimal]


def run(bench: Workbench, key: str, _answers: Mapping[str, str]) -> Change:
    """Fill in the actual values that are empty.

    Raises:
        NotAllowed: No performance is chosen, or no indicator is of a kind that the registers know.
    """
    with bench.read() as session:
        one = session.get(Performance, key) if key else None
        if one is None:
            raise NotAllowed("没有选中绩效管理。", todo="请先选中一份。")
        facts = _facts(bench, session, one)
        empty = select(Indicator).where(Indicator.performance_key == key, Indicator.actual == "")
        rows = [(row, _actual(row, facts)) for row in session.scalars(empty.order_by(Indicator.key))]
        edits = [CellEdit(row.key, "actual", text) for row, text in rows if text]
    if not edits:
        raise NotAllowed("没有可以取数的空指标。", todo=_KNOWN)
    outcome = set_cells(bench, registry.of("indicators"), edits, f"取绩效实际值 {len(edits)} 项")
    if outcome.change is None:
        raise NotAllowed(outcome.problems[0].sentence if outcome.problems else "没有变动。", todo="请自己填写。")
    left = len(rows) - len(edits)
    told = f"，另有 {left} 项请自己填写" if left else ""
    return outcome.change._replace(message=f"已取 {len(edits)} 项实际值{told}。")


def _facts(bench: Workbench, session: Session, one: Performance) -> _Facts:
    project = session.get_one(Project, one.project_key)
    keys = _awarded(session, project, one.year) if project.nature == _AWARDED else _linked(session, project, one.year)
    of_them = Household.key.in_(keys)
    helped = session.scalar(select(func.count()).where(of_them, poor(session, one.year)))
    persons = session.scalar(select(func.sum(seen(session, Household.members, one.year))).where(of_them))
    share = session.scalar(select(rate(bench, one.year)).where(Performance.key == one.key))
    gain = _award_gain(session, project, one.year) if project.nature == _AWARDED else _gain(session, project, one.year)
    spent = None if share is None else Decimal(int(share)) / 100
    return _Facts(len(keys), helped or 0, int(persons or 0), gain, spent, _quantities(session, project, one.year))


def _runs(session: Session, project: Project, year: int) -> list[str]:
    """The latest calculation of each scheme of the project's village."""
    statement = (
        select(AwardRun.scheme_key, AwardRun.key)
        .join(AwardScheme, AwardScheme.key == AwardRun.scheme_key)
        .where(AwardScheme.village_key == project.village_key, AwardRun.year == year)
        .order_by(AwardRun.at, AwardRun.key)
    )
    return list(dict(session.execute(statement).all()).values())


def _awarded(session: Session, project: Project, year: int) -> list[str]:
    """The households that are awarded something, each once."""
    runs = _runs(session, project, year)
    where = (AwardResult.run_key.in_(runs), AwardResult.award_fen > 0, AwardResult.household_key != "")
    return list(session.scalars(select(AwardResult.household_key).distinct().where(*where)))


def _linked(session: Session, project: Project, year: int) -> list[str]:
    where = (Linkage.project_key == project.key, Linkage.year == year, Linkage.household_key.is_not(None))
    return [key for key in session.scalars(select(Linkage.household_key).distinct().where(*where)) if key]


def _award_gain(session: Session, project: Project, year: int) -> Decimal | None:
    """The mean award of a household."""
    runs = _runs(session, project, year)
    columns = (func.sum(AwardResult.award_fen), func.count(distinct(AwardResult.household_key)))
    fen, count = session.execute(
        select(*columns).where(AwardResult.run_key.in_(runs), AwardResult.award_fen > 0)
    ).one()
    return (from_fen(int(fen)) / count).quantize(_CENT, ROUND_HALF_UP) if count else None


def _gain(session: Session, project: Project, year: int) -> Decimal | None:
    """What a household gained over the quarters: shares and wages by the households of the last one."""
    where = (ProjectQuarter.project_key == project.key, ProjectQuarter.year == year)
    one = ProjectQuarter
    sums = (func.sum(one.shared_fen), func.sum(one.wages_fen), func.max(one.households))
    shared, wages, households = session.execute(select(*sums).where(*where)).one()
    if not households:
        return None
    return (from_fen(int(shared or 0) + int(wages or 0)) / households).quantize(_CENT, ROUND_HALF_UP)


def _quantities(session: Session, project: Project, year: int) -> dict[tuple[str, str], Decimal]:
    """Accepted quantities of the village by product and unit; declared ones where none was accepted."""
    counted = func.coalesce(FarmItem.accepted_milli, FarmItem.declared_milli, FarmItem.area_milli)
    statement = (
        select(FarmItem.product, FarmItem.unit, func.sum(counted))
        .join(Household, Household.key == FarmItem.household_key)
        .where(Household.village_key == project.village_key, FarmItem.year == year)
        .group_by(FarmItem.product, FarmItem.unit)
    )
    return {(product, unit): from_milli(int(milli)) for product, unit, milli in session.execute(statement) if milli}


def _actual(row: Indicator, facts: _Facts) -> str:
    """The value of an indicator by its words and unit; empty where the registers do not know it."""
    name, unit = row.name, row.unit
    if "支出率" in name or "执行率" in name:
        return "" if facts.rate is None else f"{_plain(facts.rate)}%"
    if "增收" in name:
        return "" if facts.gain is None else _plain(facts.gain)
    if unit == "户":
        return str(facts.poor if "贫困" in name else facts.households) if facts.households else ""
    if unit == "人":
        return str(facts.persons) if facts.persons else ""
    found = [value for (product, of), value in facts.quantities.items() if of == unit and product and product in name]
    return _plain(sum(found, Decimal(0))) if found else ""


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


ACT = Act(
    "从台账取实际值…",
    "给选中的一份绩效里空着的实际值取数：面积、头数按验收的种养项目，户数、人数、增收按奖补测算或利益联结和季度进展，"
    "支出率按资金台账。已经填了的不动，可以撤销。",
    run,
    chosen=True,
)
