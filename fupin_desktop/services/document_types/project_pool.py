"""The pool of projects as one list (产业扶贫项目库汇总表, 清远 二21)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head, joined, of_year, period, rows_of
from fupin_desktop.storage.entities import Performance, Project, ProjectFund


def _query(subject: LedgerSubject) -> Bound:
    """The projects looked at, each with its sources of money and its goal of the year.

    Raises:
        NotAllowed: There are none.
    """
    bench = subject.bench
    rows = rows_of(bench, subject.query)
    with bench.read() as session:
        money = select(Project.code, ProjectFund.name).join(ProjectFund, ProjectFund.project_key == Project.key)
        funds = joined(session.execute(money.order_by(ProjectFund.key)).all())
        aims = select(Project.code, Performance.goal).join(Performance, Performance.project_key == Project.key)
        goals = joined(session.execute(aims.where(Performance.year == bench.year)).all())
    made = [_row(row, funds, goals) for row in rows]
    title = f"{head(bench, '')['town']}产业扶贫项目库汇总表"
    return Bound({**head(bench, title), "rows": made}, bench.today)


def _row(row: dict[str, Any], funds: dict[str, str], goals: dict[str, str]) -> dict[str, Any]:
    code = row["code"]
    when = period(row["starts_on"], row["ends_on"])
    return {**row, "funds": funds.get(code, ""), "goal": goals.get(code, ""), "period": when}


TYPE = DocumentType(
    "project_pool", "项目库汇总表", "项目库汇总表", order=50, tab="ledgers",
    query=_query, named=of_year("产业扶贫项目库汇总表"),
)  # fmt: skip
