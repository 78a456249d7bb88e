"""What a project's performance says of its money by the ledger, and the score it comes to (清远 二12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, case, cast, exists, func, select
from sqlalchemy.orm import aliased

from fupin_desktop.domain.vocabulary import EntryKind
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application, FundEntry, Indicator, Performance, ProjectFund

_WHOLE = 10_000


def spent_fen() -> Any:
    """What was spent: as typed, else as the ledger paid it in the year.

    That is what was paid under plans that took the project over from the pool; where there are none, what was paid
    from sources that no other project's money comes from.
    """
    plans = select(Application.key).where(Application.about_key == Performance.project_key)
    under = FundEntry.target_key.in_(plans.correlate(Performance))
    shared = aliased(ProjectFund)
    others = exists().where(shared.source_key == ProjectFund.source_key, shared.project_key != ProjectFund.project_key)
    own = select(ProjectFund.source_key).where(ProjectFund.project_key == Performance.project_key, ~others)
    sources = FundEntry.source_key.in_(own.correlate(Performance))
    return func.coalesce(Performance.spent_fen, _paid(under), _paid(sources))


def _paid(condition: ColumnElement[bool]) -> Any:
    """What the ledger paid in the year of the performance."""
    of_year = func.strftime("%Y", FundEntry.dated) == cast(Performance.year, String)
    paid = select(func.sum(FundEntry.amount_fen)).where(FundEntry.kind == EntryKind.PAID.value, of_year, condition)
    return paid.correlate(Performance).scalar_subquery()


def budget_fen() -> Any:
    """What was to be spent: as typed, else the sum of the project's money."""
    planned = select(func.sum(ProjectFund.amount_fen)).where(ProjectFund.project_key == Performance.project_key)
    return func.coalesce(Performance.budget_fen, planned.correlate(Performance).scalar_subquery())


def rate(_bench: Workbench, _year: int) -> ColumnElement[Any]:
    """执行率: spent ÷ budget, in ten-thousandths, at most all."""
    share = cast(spent_fen() * _WHOLE, BigInteger) // cast(func.nullif(budget_fen(), 0), BigInteger)
    return case((share > _WHOLE, _WHOLE), else_=share)


def execution_points(bench: Workbench) -> int:
    """Points of the rate of execution."""
    return int(bench.parameters.value("performance_weight_execution", bench.today).value)


def score(bench: Workbench, year: int) -> ColumnElement[Any]:
    """Points of the indicators and of the rate of execution, in thousandths."""
    scored = select(func.sum(Indicator.score_milli)).where(Indicator.performance_key == Performance.key)
    money = cast(func.coalesce(rate(bench, year), 0), BigInteger) * execution_points(bench) // 10
    return cast(func.coalesce(scored.correlate(Performance).scalar_subquery(), 0) + money, BigInteger)
