"""What the papers of a project's performance tell: its money as the ledger has it, its indicators with their scores."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.money import from_fen
from fupin_desktop.domain.project_words import Direction
from fupin_desktop.policy.indicators import with_unit
from fupin_desktop.services.ledger_papers import LedgerSubject, Rows, below, chosen, head
from fupin_desktop.services.registers.kinds.indicators import score_milli
from fupin_desktop.services.registers.performance_money import budget_fen, execution_points, spent_fen
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Indicator, Performance, Project

_TENTH, _MILLI = Decimal("0.1"), Decimal(1000)
_CENT = Decimal("0.01")


def of_project(subject: LedgerSubject, title: str) -> dict[str, Any]:
    """Project, goal and money of the chosen performance.

    Raises:
        NotAllowed: None is chosen.
    """
    bench, one = subject.bench, chosen(subject)
    with bench.read() as session:
        found = session.get_one(Performance, subject.key)
        project = session.get_one(Project, found.project_key)
        money = session.execute(select(budget_fen(), spent_fen()).where(Performance.key == subject.key)).one()
    facts = {name: getattr(project, name) for name in ("supervisor", "operator", "leader", "phone")}
    return {**head(bench, title), **facts, **_money(bench, *money), "project": one["project"],
            "village": one["village"], "goal": one["goal"]}  # fmt: skip


def _money(bench: Workbench, budget: int | None, spent: int | None) -> dict[str, Any]:
    """Budget, what was spent, the rate and its points: the whole of them only where all was spent."""
    points = Decimal(execution_points(bench))
    share = min(Decimal(int(spent)) / int(budget), Decimal(1)) if budget and spent is not None else None
    return {
        "budget": from_fen(int(budget or 0)),
        "spent": None if spent is None else from_fen(int(spent)),
        "rate": "—" if share is None else f"{(share * 100).quantize(_TENTH, ROUND_HALF_UP)}%",
        "money_weight": points,
        "money_score": None if share is None else (points * share).quantize(_CENT, ROUND_HALF_UP),
    }


def indicators(bench: Workbench, key: str) -> Rows:
    """The indicators of a performance, those of one group together as the groups are listed."""
    groups = list(bench.parameters.value("indicator_groups", bench.today).value)
    rows = [_with_unit(row) for row in below(bench, "indicators", key)]
    return sorted(rows, key=lambda row: groups.index(row["category"]) if row["category"] in groups else len(groups))


def _with_unit(row: dict[str, Any]) -> dict[str, Any]:
    """Its values with their unit, where they do not end in one."""
    return {**row, **{name: with_unit(row[name], row["unit"]) for name in ("target", "middle", "actual")}}


def middle_standing(bench: Workbench, key: str) -> dict[str, str]:
    """How much of its target each indicator had reached in the middle of the year, by its name."""
    one = Indicator
    columns = (one.name, one.weight, one.target, one.middle, one.direction, one.unit)
    with bench.read() as session:
        rows = session.execute(select(*columns).where(one.performance_key == key)).all()
    return {
        name: _reached(weight or 1, target, middle, direction, unit)
        for name, weight, target, middle, direction, unit in rows
    }


def _reached(weight: int, target: str, middle: str, direction: str | None, unit: str) -> str:
    """In per cent of the target; in words where it is no number."""
    scored = score_milli(weight, target, middle, direction, unit)
    if scored is None:
        return "未填"
    if direction == Direction.REACHED:
        return "达到" if scored else "未达到"
    return f"{(Decimal(scored) / weight / 10).quantize(_TENTH, ROUND_HALF_UP)}%"
