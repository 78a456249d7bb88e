"""The manual's pages on forms and applications say what the program does."""

from __future__ import annotations

import dataclasses

import pytest

from fupin_desktop.documents.definition.form import TYPES, Cell, Field, Row, Style, TablePart, TextPart
from fupin_desktop.documents.definition.formats import FORMATS
from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.documents.workbook_forms.marks import TYPE_WORDS, Marks
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.policy.applications import CHECKS
from fupin_desktop.services.documents import registry
from tests.services.manual_pages import page

NOT_WRITTEN = {"name", "content", "per_item"}


def told(rows):
    return {word for row in rows for word in row[0].replace("、", " ").replace(",", " ").split()}


@pytest.mark.parametrize("kind", [Field, Style, Cell, Row, TablePart, TextPart])
def test_every_key_of_a_form_file_is_told(kind):
    tables = page("forms.html").tables.values()
    words = {word for rows in tables for row in rows for cell in row for word in _words(cell)} | {"text", "field", "total"}
    assert {field.name for field in dataclasses.fields(kind)} - NOT_WRITTEN - words - {"running"} == set()


def _words(text):
    for mark in "、，,()=[]{}":
        text = text.replace(mark, " ")
    return text.split()


def test_every_type_and_format_is_told():
    words = {word for rows in page("forms.html").tables.values() for row in rows for word in _words(row[0])}
    assert set(TYPES) <= words
    assert set(FORMATS) - set(TYPES) <= words


WORDS = {
    "village_application": "村", "town_application": "镇", "household_application": "户", "performance_target": "绩效",
    "town_fund_plan": "镇呈批", "village_fund_plan": "村呈批", "town_fund_approval": "审批",
    "quarterly_poor_village": "附件2", "quarterly_scattered": "附件3",
}  # fmt: skip


def forms_of(check):
    forms = {one.form_id for one in registry.all_types() if check.code in one.checks}
    if forms == set(WORDS):
        return "各表"
    return "、".join(word for form, word in WORDS.items() if form in forms).replace("镇呈批、村呈批", "呈批").replace("附件2、附件3", "季度")


def clauses_of(check):
    named = dict.fromkeys(one.clauses.get(check.code, "") for one in registry.all_types())
    return [clause for clause in named if clause]


@pytest.mark.parametrize(("name", "kind"), [
    ("applications.html", "application"), ("money.html", "fund"), ("reports.html", "report"),
])  # fmt: skip
def test_every_check_of_documents_stands_with_its_clause_and_forms(name, kind):
    rows = page(name).tables[f"{kind}_checks"][1:]
    checks = [one for one in CHECKS if one.code.startswith(f"{kind}.")]
    assert [(row[0], row[1], row[2]) for row in rows] == [(one.code, one.title, one.severity.label) for one in checks]
    for row, one in zip(rows, checks, strict=True):
        assert row[3] == (one.clause or "、".join(clauses_of(one)))
        assert row[4] == forms_of(one)


def test_every_state_stands_in_the_applications_page():
    for state in ApplicationState:
        assert state.label in page("applications.html").text


def test_the_marks_of_the_own_forms_page_are_understood():
    marks = Marks(load_form("village_application"))
    rows = next(rows for rows in page("own_forms.html").tables.values() if rows[0][0] == "格子里写")
    for row in rows[1:]:
        for text in row[0].split("、"):
            assert marks.read(text).marked
    for word in TYPE_WORDS:
        assert word in page("own_forms.html").text
