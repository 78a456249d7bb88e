"""What the surveys of a question set came to together (摸底调查汇总表, 清远 二19, 三(二))."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select

from fupin_desktop.policy.question_sets import Question, QuestionSet
from fupin_desktop.services.documents.type import Bound, DocumentType
from fupin_desktop.services.ledger_papers import LedgerSubject, chosen, head
from fupin_desktop.services.registers.kinds.survey_answers import sets
from fupin_desktop.services.registers.windows import all_keys
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Survey, SurveyAnswer

_NUMBERS = ("number", "count")
_CENT = Decimal("0.01")


def _query(subject: LedgerSubject) -> Bound:
    """The surveys looked at that are of the set of the chosen one, question by question.

    Raises:
        NotAllowed: No survey is chosen.
    """
    bench, title = subject.bench, chosen(subject)["question_set"]
    answers: dict[str, list[str]] = {}
    surveys = 0
    with bench.read() as session:
        for part in chunks(all_keys(bench, subject.query)):
            of_set = select(Survey.key).where(Survey.key.in_(part), Survey.question_set == title)
            surveys += len(session.scalars(of_set).all())
            columns = select(SurveyAnswer.code, SurveyAnswer.answer).where(SurveyAnswer.survey_key.in_(of_set))
            for code, answer in session.execute(columns):
                answers.setdefault(code, []).append(answer.strip())
    known: QuestionSet | None = sets().get(title)
    rows = [_row(one, answers.get(one.code, [])) for one in (known.questions if known else ())]
    data = {**head(bench, f"{bench.year}年{title}汇总"), "answered_of": f"共 {surveys} 份", "rows": rows}
    return Bound(data, bench.today)


def _row(question: Question, answers: Sequence[str]) -> dict[str, Any]:
    given = [answer for answer in answers if answer]
    row: dict[str, Any] = {
        "code": question.code, "question": question.text, "unit": question.unit, "asked": len(answers),
        "answered": len(given), "lacking": len(answers) - len(given), "sum": "", "mean": "", "spread": "",
    }  # fmt: skip
    if question.kind in _NUMBERS:
        return row | _summed(given)
    if question.kind in ("yes_no", "choice", "several"):
        offered = question.choices or ("是", "否")
        counted = Counter(one.strip() for answer in given for one in re.split("[、，,]", answer))
        row["spread"] = "；".join(f"{one} {counted[one]}" for one in offered if counted[one])
    return row


def _summed(given: Sequence[str]) -> dict[str, str]:
    """Sum and mean of the numbers given."""
    numbers = [number for text in given if (number := _number(text)) is not None]
    if not numbers:
        return {}
    total = sum(numbers, Decimal(0))
    mean = (total / len(numbers)).quantize(_CENT, ROUND_HALF_UP)
    return {"sum": f"{total:,f}", "mean": f"{mean:,f}"}


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _named(subject: LedgerSubject) -> str:
    return f"{subject.bench.year}年{chosen(subject)['question_set']}汇总"


TYPE = DocumentType(
    "survey_summary", "调查汇总表", "摸底调查汇总表", order=68, tab="ledgers", query=_query, named=_named
)
