"""The sheet of a survey (摸底调查表, 清远 二19, 三(二)): filled, or blank where nothing is answered."""

from __future__ import annotations

from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, below, chosen, head


def _query(subject: LedgerSubject) -> Bound:
    bench, survey = subject.bench, chosen(subject)
    place = f"{head(bench, '')['town']}{survey['village']}"
    rows = [
        {**row, "question": f"{row['question']}{'　*' if row['needed'] == '是' else ''}"}
        for row in below(bench, "survey_answers", subject.key)
    ]
    data = {
        **head(bench, f"{bench.year}年{survey['question_set']}"),
        "subject": f"{place} {survey['household']}".strip(),
        "surveyed_on": survey["surveyed_on"],
        "surveyor": survey["surveyor"],
        "conclusion": survey["support"],
        "rows": rows,
    }
    return Bound(data, bench.today)


def _named(subject: LedgerSubject) -> str:
    survey = chosen(subject)
    return f"{survey['question_set']} {survey['household'] or survey['village']}"


TYPE = DocumentType("survey_form", "调查表", "摸底调查表", order=68, tab="ledgers", query=_query, named=_named)
