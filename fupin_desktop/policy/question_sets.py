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
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.domain.reading.numbers import Scale, read_count, read_number
from fupin_desktop.domain.reading.raw import Read
from fupin_desktop.domain.reading.words import read_flag, read_label
from fupin_desktop.domain.strict_toml import Table, load
from fupin_desktop.policy.rules.phrases import plain

KINDS = ("text", "number", "count", "yes_no", "date", "choice", "several")
SUBJECTS = ("村", "户")
_NUMBER = Scale(3, 10**12, ("元整", "元", "圆"))
_PARTED = re.compile(r"[、，,;；/]")
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

    def kept(self, answer: str) -> str | None:
        """An answer as it is kept, read as register cells are: ``１，２００亩`` is 1200; None where it is no answer."""
        if not answer or self.kind == "text":
            return answer
        if self.kind == "several":
            chosen = [read_label(one, self.text, self.choices) for one in _PARTED.split(answer)]
            labels = list(dict.fromkeys(one.value for one in chosen))
            return "、".join(labels) if all(one.value and one.issue is None for one in chosen) else None
        read = self._read(answer)
        return None if read.value is None or read.issue is not None else _written(read.value)

    def _read(self, answer: str) -> Read:
        if self.kind == "number":
            return read_number(answer, self.text, _NUMBER, unit=self.unit)
        if self.kind == "count":
            return read_count(answer, self.text, self.unit)
        if self.kind == "yes_no":
            return read_flag(answer, self.text)
        return read_date(answer, self.text) if self.kind == "date" else read_label(answer, self.text, self.choices)

    def fault(self, answer: str) -> str:
        """What is wrong with an answer; empty where nothing is, or none is given."""
        if self.kept(answer) is not None:
            return ""
        return f"第 {self.code} 题“{self.text}”：“{answer}”不能用，请{self.hint}。"


def _written(value: object) -> str:
    """A value as answers hold it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return plain(value) if isinstance(value, Decimal) else str(value)


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
