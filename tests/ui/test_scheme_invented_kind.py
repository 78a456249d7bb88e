"""An invented kind of award rule is chosen, typed and shown in the scheme editor, and stands in notices."""

from decimal import Decimal

import pytest

from fupin_desktop.policy.rules import RateRule
from fupin_desktop.policy.scheme import AwardScheme, SchemeItem
from fupin_desktop.services.schemes.words import rule_sentences
from fupin_desktop.ui.dialogs.schemes.items import ItemsPage
from fupin_desktop.ui.models.award_knobs import knobs
from fupin_desktop.ui.models.scheme_draft import SchemeDraft
from fupin_desktop.ui.models.scheme_keys import key_words
from fupin_desktop.ui.tabs.awards.rules import rule_row
from tests.policy import invented_kind
from tests.ui.scheme_typing import type_text


@pytest.fixture
def page(qtbot, monkeypatch):
    invented_kind.add_to(monkeypatch)
    item = SchemeItem("就业", "人", RateRule(Decimal(1)), other=True)
    draft = SchemeDraft(AwardScheme(name="方案", place="低岭村", year=2026, items=(item,)))
    made = ItemsPage(draft)
    qtbot.addWidget(made)
    made.draft = draft
    return made


def typed(page):
    kind = next(at for at, column in enumerate(page.items.model.columns) if column.kind == "rule")
    assert page.items.model.setData(page.items.model.index(0, kind), "按人口定额")
    each = next(field for field, key in page.rule._fields if key == "each")
    type_text(each, "200")
    return page.draft.scheme()


def test_it_is_chosen_in_the_grid_and_typed_below(page):
    scheme = typed(page)
    assert scheme.items[0].rule == invented_kind.MembersRule(Decimal(200))
    assert page.rule.kind.currentText() == "按人口定额"
    assert page.rule.help.text() == invented_kind.MembersRule.help
    told = next(at for at, column in enumerate(page.items.model.columns) if column.kind == "told")
    assert page.items.model.index(0, told).data() == "每人 200"


def test_it_stands_in_notices_and_in_the_rule_table(page):
    scheme = typed(page)
    assert rule_sentences(scheme, Decimal(10)) == ("就业：每人 200 元",)
    assert rule_row(scheme.items[0], scheme, Decimal(10)).standard == "每人 200 元"


def test_its_numbers_are_turned_and_its_keys_told(page):
    scheme = typed(page)
    knob = next(one for one in knobs(scheme) if one.item == "就业")
    assert knob.label == "就业 (元/人)"
    assert knob.put(scheme, Decimal(5)).items[0].rule == invented_kind.MembersRule(Decimal(5))
    assert key_words("item[1].each", page.draft.data) == "第 1 项 就业 · 每人(元)"
