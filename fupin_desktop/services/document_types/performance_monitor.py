"""The performance of a project in the middle of the year (绩效目标中期监控表, 清远 二12)."""

from __future__ import annotations

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, chosen
from fupin_desktop.services.performance_papers import indicators, middle_standing, of_project


def _query(subject: LedgerSubject) -> Bound:
    """The chosen performance with the values of its indicators in the middle of the year.

    Raises:
        NotAllowed: None is chosen.
    """
    bench, one = subject.bench, chosen(subject)
    month, _day = bench.parameters.value("performance_midterm_due", bench.today).value[0]
    reached = middle_standing(bench, subject.key)
    rows = [{**row, "standing": reached.get(row["name"], "")} for row in indicators(bench, subject.key)]
    said = {"said": one["monitored"], "said_on": one["monitored_on"], "month": str(month), "rows": rows}
    return Bound({**of_project(subject, "项目绩效目标中期监控表"), **said}, bench.today)


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年中期监控表 {chosen(subject)['project']}"


TYPE = DocumentType(
    "performance_monitor", "中期监控表", "绩效中期监控表", order=57, tab="ledgers", query=_query, named=_named
)
