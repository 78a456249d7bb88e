"""Surveys of villages and households in a year (摸底调查, 清远 二19, 三(二))."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.question_sets import QuestionSet
from fupin_desktop.services.registers.description import Checked, Finding, Group, Identity, Layout, Register, Unique
from fupin_desktop.services.registers.kinds import survey_answers
from fupin_desktop.services.registers.kinds.survey_answers import sets
from fupin_desktop.services.registers.parts import IN_VILLAGE, VILLAGE, Filter, NamedFilter, Reference, Search, own
from fupin_desktop.services.registers.touched import Touched
from fupin_desktop.storage.entities import Household, Survey, SurveyAnswer
from fupin_desktop.storage.unit import Unit

CLAUSE = "清远 三(二)"
_OF = ("village_key", "household_key")


def _ask(unit: Unit, touched: Touched) -> None:
    """Lay out the questions of new surveys."""
    if not touched.added:
        return
    unit.session.flush()
    rows = []
    statement = select(Survey.key, Survey.question_set).where(Survey.key.in_(touched.added))
    for key, title in unit.session.execute(statement).all():
        of_set = sets().get(title)
        for place, one in enumerate(of_set.questions if of_set else (), 1):
            shown = {"code": one.code, "question": one.text, "unit": one.unit, "hint": one.hint, "needed": one.required}
            rows.append({"survey_key": key, "position": place, "answer": "", **shown})
    unit.insert_many(SurveyAnswer, rows)
    survey_answers.count_missing(unit, touched.added)


def _checks(checked: Checked) -> Iterable[Finding]:
    """A known question set, of a household where it asks one; the weak get a plan."""
    for key, values in checked.records.items():
        of_set = sets().get(values["question_set"])
        if of_set is None:
            sentence = f"没有这张调查表，可以选：{'、'.join(sets())}。"
            yield Finding(key, "question_set", sentence, Severity.MUST)
        elif missing := _uncovered(checked, of_set):
            sentence = f"调查表没有{'、'.join(missing)}方面的题目，请在表里补上。"
            yield Finding(key, "question_set", sentence, clause=CLAUSE)
        elif of_set.subject == "户" and not values["household"]:
            yield Finding(key, "household", "这张调查表是逐户填的，请填写农户。", Severity.MUST, of_set.clause)
        elif of_set.subject == "村" and values["household"]:
            yield Finding(key, "household", "这张调查表是逐村填的，不填农户。", Severity.MUST, of_set.clause)
        if values["weak"] and not values["support"]:
            yield Finding(key, "support", "产业薄弱的列入重点帮扶，请写明帮扶打算。", Severity.WARNING, CLAUSE)


def _uncovered(checked: Checked, of_set: QuestionSet) -> list[str]:
    """What a village's survey should ask about and does not."""
    asked = {question.part for question in of_set.questions}
    return [one for one in checked.policy("survey_contents").value if of_set.subject == "村" and one not in asked]


REGISTER = Register(
    name="surveys",
    title="摸底调查",
    unit="份",
    keyword="调查",
    tab="ledgers",
    section="目标考核",
    entity=Survey,
    parent=VILLAGE,
    year="year",
    columns=(
        *own("question_set"),
        IN_VILLAGE,
        Reference("household_key", Household, name="head_name", codes=("code", "head_id_number"), key="household"),
        *own("surveyed_on", "surveyor", "missing", "weak", "support", "note"),
    ),
    search=Search(("question_set", "surveyor")),
    identity=(Identity(("question_set", "village_key", "household_key"), frozenset({"household_key"})),),
    unique=(Unique(("question_set", *_OF), Severity.MUST, blank=frozenset(_OF)),),
    checks=(_checks,),
    derive=_ask,
    children=(survey_answers.REGISTER,),
    filters={
        "unanswered": NamedFilter(
            (Filter("missing", low="1"),), counted="未答完", lacking="摸底调查还有必填题没有回答", badge="未答完",
        ),
        "weak": NamedFilter((Filter("weak", values=("是",)),), counted="重点帮扶"),
    },
    papers=("survey_form", "survey_summary"),
    layout=Layout(
        first=("question_set", "village", "household", "surveyed_on", "surveyor", "missing", "weak", "support"),
        groups=(
            Group("调查", ("question_set", "village", "household", "surveyed_on", "surveyor")),
            Group("结论", ("weak", "support", "note")),
        ),
        empty=("还没有摸底调查", "新增调查：选定调查表和村(户)，再填写各题回答。"),
    ),
)
