"""Question sets of surveys (摸底调查, 清远 二19, 三(二)), one file each in ``resources/surveys``.

A file names its questions in their order::

    title = "村产业扶贫摸底调查表"
    subject = "村"
    clause = "清远 三(二)"

    [[question]]
    code = "101"
    text = "耕地总面积"
    kind = "number"
    unit = "亩"
    required = true

``kind`` is ``text``, ``number``, ``count``, ``yes_no``, ``date``, ``choice`` or ``several``; the last two have
``choices``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path

from fupin_desktop.domain.strict_toml import Table, load

KINDS = ("text", "number", "count", "yes_no", "date", "choice", "several")
SUBJECTS = ("村", "户")
_HINTS = {"number": "填数字", "count": "填整数", "yes_no": "填“是”或“否”", "date": "填年月日，如 2026-09-10"}


@dataclass(frozen=True, slots=True)
class Question:
    """A question.

    Attributes:
        code: Its number, e.g. ``101``.
        text: The question.
        kind: What answers it.
        unit: Unit of a number.
        choices: What can be chosen.
        required: Whether it has to be answered.
        part: What it is about, by the list of what surveys ask (清远 三(二)); empty for the rest.
    """

    code: str
    text: str
    kind: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    required: bool = False
    part: str = ""

    @property
    def hint(self) -> str:
        """How it is answered."""
        if self.choices:
            return f"选填：{'、'.join(self.choices)}" + ("（可多选）" if self.kind == "several" else "")
        return _HINTS.get(self.kind, "")

    def fault(self, answer: str) -> str:
        """What is wrong with an answer; empty where nothing is, or none is given."""
        if not answer or self.kind == "text" or _fits(self, answer):
            return ""
        return f"第 {self.code} 题“{self.text}”：“{answer}”不能用，请{self.hint}。"


def _fits(question: Question, answer: str) -> bool:
    if question.choices:
        given = re.split("[、，,]", answer) if question.kind == "several" else [answer]
        return all(one.strip() in question.choices for one in given)
    if question.kind == "yes_no":
        return answer in ("是", "否")
    try:
        if question.kind == "date":
            date.fromisoformat(answer)
            return True
        number = Decimal(answer)
    except (ValueError, InvalidOperation):
        return False
    return number.is_finite() and number >= 0 and (question.kind == "number" or number == number.to_integral_value())


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The questions of a survey of a village or of a household."""

    key: str
    title: str
    subject: str
    clause: str
    questions: tuple[Question, ...]

    def question(self, code: str) -> Question | None:
        """The question of a number."""
        return next((one for one in self.questions if one.code == code), None)


@lru_cache(maxsize=4)
def question_sets(folder: Path) -> dict[str, QuestionSet]:
    """The question sets of a folder by their titles.

    Raises:
        BadDefinition: A file breaks a rule of its format.
    """
    found = [_set(path) for path in sorted(folder.glob("*.toml"))]
    return {one.title: one for one in found}


def _set(path: Path) -> QuestionSet:
    table = load(path)
    title, clause = table.text("title"), table.text("clause")
    subject = table.choice("subject", SUBJECTS)
    questions = tuple(_question(one) for one in table.tables("question"))
    table.done()
    codes = [one.code for one in questions]
    if len(set(codes)) < len(codes):
        table.fail("question", "编号不能重复")
    return QuestionSet(path.stem, title, subject, clause, questions)


def _question(table: Table) -> Question:
    kind = table.choice("kind", KINDS)
    made = Question(
        code=table.text("code"),
        text=table.text("text"),
        kind=kind,
        unit=table.text("unit", ""),
        choices=table.texts("choices") if table.has("choices") else (),
        required=table.flag("required"),
        part=table.text("part", ""),
    )
    if bool(made.choices) != (kind in ("choice", "several")):
        table.fail("choices", "单选、多选题要有选项，其他题没有选项")
    table.done()
    return made
