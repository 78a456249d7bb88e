"""The comparison of villages (产业扶贫考核比较表, 清远 二20)."""

from __future__ import annotations

from fupin_desktop.policy.comparison import INDICATORS
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, head
from fupin_desktop.services.village_comparison import Span, compare, span_of


def _query(subject: LedgerSubject) -> Bound:
    bench = subject.bench
    span = Span(*subject.span) if subject.span else span_of(bench.year)
    found = compare(bench, span)
    rows = [
        {"rank": one.ranked.rank, "village": one.ranked.name, "total": f"{one.ranked.total:.2f}", **one.shown}
        for one in found.rows
    ]
    whole = sum(found.weights.values())
    measured = [one for one in INDICATORS if one.key in found.weights]
    shares = (f"{one.title} {found.weights[one.key] * 100 / whole:.0f}%" for one in measured) if whole else ()
    weights = "、".join(shares)
    shown = {"weights": weights, "when": _days(subject), "rows": rows}
    return Bound({**head(bench, f"{_when(subject)}产业扶贫考核比较表"), **shown}, bench.today)


def _when(subject: LedgerSubject) -> str:
    """The year, or the days compared."""
    if subject.span is None:
        return f"{subject.bench.year}年"
    return "至".join(f"{day.year}年{day.month}月{day.day}日" for day in subject.span)


def _days(subject: LedgerSubject) -> str:
    """The year, or from which day to which, as the head of the table has it."""
    if subject.span is None:
        return f"{subject.bench.year} 年度"
    return " 至 ".join(f"{day:%Y-%m-%d}" for day in subject.span)


def _named(subject: LedgerSubject) -> str:
    return f"{_when(subject)}考核比较表"


TYPE = DocumentType("comparison", "考核比较", "考核比较表", order=70, tab="ledgers", query=_query, named=_named)
