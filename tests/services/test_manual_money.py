"""The manual's pages on money and printing say what the program does."""

from __future__ import annotations

import pytest

from fupin_desktop.documents.definition.loader import load_form
from fupin_desktop.domain.vocabulary import EntryKind, FundKind
from fupin_desktop.services import fund_papers
from fupin_desktop.services.documents import registry
from fupin_desktop.services.funds import import_sheets
from tests.services.manual_pages import page

TEXT = page("money.html").text


def test_every_check_says_what_to_do():
    rows = page("money.html").tables["fund_checks"][1:]
    assert rows
    assert all(row[5] for row in rows)


@pytest.mark.parametrize("kind", FundKind)
def test_every_kind_of_source_is_told(kind):
    assert kind.label in TEXT


def test_what_happens_to_money_is_told_in_order():
    rows = next(rows for rows in page("money.html").tables.values() if rows[0][0] == "事项")
    assert [row[0] for row in rows[1:]] == [kind.label for kind in EntryKind]
    for word in (fund_papers.UNPAID, fund_papers.PARTLY, fund_papers.PAID):
        assert word in TEXT


@pytest.mark.parametrize("form_id", [one.form_id for one in registry.of_money()])
def test_the_way_of_each_form_is_told_in_order(form_id):
    boxes = [field.label.partition("意见")[0] for field in load_form(form_id).opinions]
    short = [box.replace("（街）", "").replace("（驻村工作队）", "").replace("（居）", "(居)") for box in boxes]
    assert " → ".join(short) in TEXT


def test_every_column_of_a_ledger_is_told_with_an_example():
    rows = page("money.html").tables["ledger_columns"][1:]
    assert [row[0] for row in rows] == [names[0] for names in import_sheets.HEADINGS.values()]
    assert all(row[1] and row[2] for row in rows)
