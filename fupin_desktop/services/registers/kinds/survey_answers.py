"""The answers of a survey, a row a question (回答, 清远 三(二))."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select

from fupin_desktop import paths
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.question_sets import QuestionSet, question_sets
from fupin_desktop.services.registers.description import Checked, Finding, Group, Layout, Register
from fupin_desktop.services.registers.parts import VILLAGE, Parent, Search, Shown, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.bulk import chunks
from fupin_desktop.storage.entities import Survey, SurveyAnswer
from fupin_desktop.storage.unit import Unit

SURVEY = Parent("survey", Survey, "survey_key", "份调查", Search(("question_set",)), above=VILLAGE)


def sets() -> dict[str, QuestionSet]:
    """The question sets by their titles."""
    return question_sets(paths.resources() / "surveys")


def count_missing(unit: Unit, keys: Iterable[str]) -> None:
    """How many questions that have to be answered are not, of surveys."""
    unit.session.flush()
    one = SurveyAnswer
    for part in chunks(sorted(set(keys))):
        open_ = (one.survey_key.in_(part), one.needed.is_(True), one.answer == "")
        counted = select(one.survey_key, func.count()).where(*open_).group_by(one.survey_key)
        missing = dict(unit.session.execute(counted).all())
        unit.update_many(Survey, [(key, missing.get(key, 0)) for key in part], ("missing",))


def _count(unit: Unit, touched: Touched) -> None:
    """Answers written in one way, and the missing ones of the surveys concerned."""
    _write_alike(unit, [*touched.with_any(SurveyAnswer, frozenset({"answer"})), *touched.added])
    count_missing(unit, {key for of_year in touched.parents_by_year(unit).values() for key in of_year})


def _write_alike(unit: Unit, keys: Iterable[str]) -> None:
    """Answers as their questions keep them, so that sums and shares find every one."""
    unit.session.flush()
    one = SurveyAnswer
    for part in chunks(sorted(set(keys))):
        asked = select(one.key, one.code, one.answer, Survey.question_set).join(Survey, Survey.key == one.survey_key)
        rows = []
        for key, code, answer, title in unit.session.execute(asked.where(one.key.in_(part), one.answer != "")):
            of_set = sets().get(title)
            question = of_set.question(code) if of_set else None
            if question and (kept := question.kept(answer)) not in (None, answer):
                rows.append((key, kept))
        if rows:
            unit.update_many(SurveyAnswer, rows, ("answer",))


def _checks(checked: Checked) -> Iterable[Finding]:
    """Answers fit their questions."""
    titles: dict[str, str] = {}
    for part in chunks(sorted(set(checked.parents.values()))):
        statement = select(Survey.key, Survey.question_set).where(Survey.key.in_(part))
        titles |= dict(checked.session.execute(statement).all())
    for key, survey in checked.parents.items():
        values, of_set = checked.records[key], sets().get(titles[survey])
        question = of_set.question(values["code"]) if of_set else None
        if question and (fault := question.fault(values["answer"])):
            yield Finding(key, "answer", fault, Severity.MUST)
        elif values["needed"] and not values["answer"]:
            yield Finding(key, "answer", "这一题还没有回答。", Severity.WARNING)


REGISTER = Register(
    name="survey_answers",
    title="调查回答",
    unit="题",
    keyword="调查回答",
    tab="ledgers",
    searched=False,
    entity=SurveyAnswer,
    parent=SURVEY,
    columns=(
        Shown("village", "name", "village"),
        *own("position", "code", "question", "answer", "unit", "hint", "needed"),
    ),
    search=Search(("question",)),
    order="position",
    checks=(_checks,),
    derive=_count,
    computed_by="选定调查表以后，这里自动列出全部题目，直接在“回答”里填写。",
    layout=Layout(
        first=("code", "question", "answer", "unit", "hint", "needed"),
        groups=(Group("回答", ("answer",)),),
        empty=("还没有题目", "新增调查并选定调查表以后，自动列出全部题目。"),
    ),
)
