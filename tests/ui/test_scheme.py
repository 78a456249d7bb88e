from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QStyleOptionViewItem

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.errors import BadDefinition
from fupin_desktop.policy.rules import LumpRule, TiersRule, all_kinds
from fupin_desktop.policy.scheme import PriorityKey, WhenShort
from fupin_desktop.services import funds, history, schemes
from fupin_desktop.services.awards import Desk
from fupin_desktop.ui.dialogs.schemes.scheme import PAGES, SchemeDialog
from fupin_desktop.ui.keys import go_by_keys
from fupin_desktop.ui.models.scheme_draft import SchemeDraft, dotted
from fupin_desktop.ui.models.scheme_keys import key_words
from fupin_desktop.ui.models.scheme_rows import number_text, split_words
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from tests import strict_county
from tests.policy import award_strategies
from tests.services import award_office
from tests.ui.award_desk import REGISTER, open_tab, settle
from tests.ui.scheme_typing import RULES, full_scheme, type_over, type_text


@pytest.fixture(scope="module")
def office(app, tmp_path_factory):
    """A village with its register, for tests that leave the data as they are."""
    made = award_office.make_bench(tmp_path_factory.mktemp("schemes") / "office")
    award_office.put_register(made, REGISTER)
    yield made
    made.close()


@pytest.fixture
def desk(office, answers):
    """What the editor is handed; a bug fails the test."""
    bugs = []
    made = Shell(office, answers, Preferences(), bugs.append)
    yield made
    made.tasks.wait()
    assert not bugs


@pytest.fixture
def dialog(desk):
    made = SchemeDialog(desk, award_office.scheme())
    yield made
    made.draft.data = made.draft._first
    made.reject()
    made.deleteLater()


def test_enter_in_a_field_leaves_the_scheme_open(dialog):
    go_by_keys(dialog)
    dialog.show()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert not any(one.isDefault() for one in dialog.findChildren(QPushButton))


# ---- every key ----


def test_every_key_can_be_typed(desk, office, answers):
    answers.answers += [True, True]
    target = full_scheme(award_office.scheme())
    shown = SchemeDialog(desk, target)
    typed = SchemeDialog(desk, schemes.blank(office, "低岭村"), new=True)
    assert shown.draft.scheme() == target
    type_over(shown, typed)
    assert typed.draft.scheme() == target
    assert not shown.draft.dirty
    typed.reject()
    shown.reject()


@pytest.mark.parametrize("kind", list(all_kinds()))
def test_each_kind_of_rule_is_chosen_and_comes_back(dialog, kind):
    rule = dialog.items.rule
    rule.kind.setCurrentIndex(list(all_kinds()).index(kind))
    rule.kind.activated.emit(rule.kind.currentIndex())
    found = dialog.draft.scheme().items[0].rule
    assert type(found) is kind
    rule.kind.activated.emit(list(all_kinds()).index(TiersRule))
    assert dialog.draft.scheme().items[0].rule == award_office.scheme().items[0].rule


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scheme=award_strategies.schemes())
def test_any_scheme_survives_the_draft(app, scheme):
    assert SchemeDraft(scheme).scheme() == scheme


def test_the_full_scheme_has_every_kind():
    assert set(RULES) == set(all_kinds())


# ---- checking while typing ----


def test_a_wrong_number_is_told_where_it_stands(dialog):
    tiers = next(field for field, key in dialog.items.rule._fields if key == "tiers")
    index = tiers.model.index(1, 1)
    tiers.model.setData(index, "很多")
    dialog.check()
    told = dialog.problems.problems[0]
    assert told.sentence.startswith("第 1 项 水稻 · 分档第 2 行 · 单价：")
    assert told.blocks
    assert dialog.total.text() == "—"
    assert tiers.model.data(index, Qt.ItemDataRole.BackgroundRole) is not None


def test_a_wrong_field_is_marked(dialog):
    line = next(part for part in dialog.head.parts if part.path == ("decision", "decided_on"))
    type_text(line, "去年")
    dialog.check()
    assert line.property("wrong") == "true"
    for usual in ("2026-03-02", "2026-3-2", "2026.3.2", "2026年3月2日", "3.2"):
        type_text(line, usual)
        dialog.check()
        assert line.property("wrong") == "false"
        assert dialog.draft.get(line.path) == date(2026, 3, 2)


def test_saving_a_wrong_scheme_is_refused_and_leads_to_the_place(dialog, answers):
    type_text(next(part for part in dialog.limits.parts if part.path == ("cost_ratio",)), "2")
    dialog.save()
    assert dialog.scheme is None
    assert answers.told[0].startswith("成本比例：")
    assert dialog.pages.currentWidget().widget() is dialog.limits


def test_the_total_follows_the_typing(dialog, qtbot):
    assert dialog.total.text() == "¥6,959.76"
    tiers = next(field for field, key in dialog.items.rule._fields if key == "tiers")
    tiers.model.setData(tiers.model.index(1, 1), "300")
    qtbot.waitUntil(lambda: dialog.total.text() == "¥6,709.76", timeout=3000)
    assert dialog.left.text() == "可用 98,000.00 元，结余 91,290.24\xa0元"


def test_a_must_of_the_scheme_is_told_with_its_clause(dialog):
    type_text(next(part for part in dialog.head.parts if part.path == ("decision", "meeting")), "")
    dialog.check()
    found = {problem.code: problem for problem in dialog.problems.problems}
    assert found["scheme.decision"].clause == "吴川 三(二)4"


def test_tiers_out_of_order_with_the_large_start_are_told(dialog):
    tiers = next(field for field, key in dialog.items.rule._fields if key == "tiers")
    tiers.go_to(0)
    tiers.add()
    row = tiers.row
    for column, text in ((0, "15"), (1, "400")):
        tiers.model.setData(tiers.model.index(row, column), text)
    dialog.check()
    assert dialog.problems.problems
    assert dialog.problems.problems[0].blocks


# ---- undo, saving, leaving ----


def test_undo_and_redo_within_the_dialog(dialog):
    first = dialog.draft.scheme()
    items = dialog.items.items
    items.go_to(1)
    items.remove()
    assert len(dialog.draft.scheme().items) == 1
    items.go_to(0)
    items.model.setData(items.model.index(0, 0), "早稻")
    assert dialog.draft.scheme().items[0].name == "早稻"
    dialog.undo.click()
    dialog.undo.click()
    assert dialog.draft.scheme() == first
    assert not dialog.draft.dirty
    dialog.redo.click()
    assert len(dialog.draft.scheme().items) == 1


def test_typing_in_one_field_is_one_step_of_undo(dialog):
    line = next(part for part in dialog.head.parts if part.path == ("name",))
    for text in ("低", "低岭", "低岭村新方案"):
        type_text(line, text)
    assert dialog.draft.get(("name",)) == "低岭村新方案"
    dialog.draft.undo()
    assert dialog.draft.get(("name",)) == award_office.scheme().name
    assert line.text() == award_office.scheme().name


def test_rows_move(dialog):
    items = dialog.items.items
    items.go_to(0)
    items.shift(1)
    assert [item.name for item in dialog.draft.scheme().items] == ["其他", "水稻"]
    assert items.row == 1
    assert dialog.items.rule.path == ("item", 1)


def test_saving_is_one_change_that_can_be_undone(window, bench, answers):
    tab, _, key = open_tab(window, bench)
    answers.dialogs.append(lambda dialog: (
        type_text(next(part for part in dialog.head.parts if part.path == ("name",)), "改名的方案"), dialog.save()))
    tab.head.edit.click()
    settle(window)
    assert schemes.load(bench, key).name == "改名的方案"
    assert tab.state.desk.scheme.name == "改名的方案"
    window.shell.do(lambda: history.undo(bench))
    settle(window)
    assert schemes.load(bench, key) == award_office.scheme()


def test_leaving_with_changes_asks(dialog, answers):
    type_text(next(part for part in dialog.head.parts if part.path == ("name",)), "改")
    answers.answers += [False, True]
    dialog.show()
    dialog.reject()
    assert dialog.isVisible()
    dialog.reject()
    assert not dialog.isVisible()
    assert dialog.scheme is None


def test_a_posted_scheme_can_only_be_looked_at(desk):
    made = SchemeDialog(desk, award_office.scheme(), frozen=True)
    made.show()
    assert made.keep.text() == "关闭"
    made.keep.click()
    assert not made.isVisible()
    assert made.scheme is None


def test_a_reason_is_written_into_the_scheme(window, bench, answers):
    open_tab(window, bench, rows=[("李亚保", "base", "10", "100"), ("易日", "base", "9", "3600")])
    made = SchemeDialog(window.shell, award_office.scheme())
    problem = next(one for one in made.problems.problems if one.code == "award.large_not_more")
    answers.answers += ["议定", True]
    made.problems.reason_asked.emit(problem)
    assert made.draft.scheme().reasons == {"award.large_not_more": "议定"}
    made.reject()


ROWS_OF_TWO = [("李亚保", "base", "10", "9000"), ("易日", "none", "9", "3600")]


def test_those_who_do_not_take_part_are_paid_for_a_reason(window, bench, answers):
    open_tab(window, bench, rows=ROWS_OF_TWO)
    made = SchemeDialog(window.shell, award_office.scheme())
    before = made.outcome.totals
    answers.answers += ["老弱户，村民代表会议同意", True]
    made.reasons.others.click()
    made.check()
    assert made.draft.scheme().reasons == {"award.not_participating": "老弱户，村民代表会议同意"}
    assert (before.awarded, made.outcome.totals.awarded) == (1, 2)
    assert "award.not_participating" in {one.code for one in made.problems.problems if not one.blocks}
    made.reject()


def test_a_strict_county_lets_nobody_else_be_paid(window, bench, answers):
    strict_county.govern(bench)
    made = SchemeDialog(window.shell, award_office.scheme())
    made.reasons.others.click()
    assert "只有参与户才能受惠" in str(answers.told[-1])
    assert made.draft.scheme().reasons == {}
    made.reject()


def test_money_is_taken_from_the_register_of_funds(dialog, office, answers):
    funds.add(office, funds.FundForm(FundKind.ASSISTING_UNIT, "帮扶款", Decimal("5000.00"), "湛财〔2026〕1号"))
    answers.answers.append(0)
    dialog.choose_fund()
    assert dialog.draft.scheme().sources[-1] == funds.as_source(funds.balances(office, 2026)[0])
    dialog.draft.undo()
    assert len(dialog.draft.scheme().sources) == 1


# ---- small pieces ----


def test_cells_open_the_right_editor(dialog):
    items = dialog.items.items
    delegate, option = items.table.itemDelegate(), QStyleOptionViewItem()
    kinds = {column.key: place for place, column in enumerate(items.model.columns)}
    parent = items.table.viewport()
    choice = delegate.createEditor(parent, option, items.model.index(1, kinds["kind"]))
    assert isinstance(choice, QComboBox)
    choice.setCurrentText(LumpRule.label)
    delegate.setModelData(choice, items.model, items.model.index(1, kinds["kind"]))
    assert isinstance(dialog.draft.scheme().items[1].rule, LumpRule)
    line = delegate.createEditor(parent, option, items.model.index(1, kinds["name"]))
    assert isinstance(line, QLineEdit)
    delegate.setEditorData(line, items.model.index(1, kinds["name"]))
    assert line.text() == "其他"
    line.setText("其他项目")
    delegate.setModelData(line, items.model, items.model.index(1, kinds["name"]))
    assert dialog.draft.scheme().items[1].name == "其他项目"


def test_percent_and_grouping_are_understood():
    assert number_text("30%") == "0.3"
    assert number_text(" １,200.50 元") == "1200.50"
    assert number_text("abc%") == "abc%"
    assert split_words("水稻、番薯，火龙果；莲藕") == ["水稻", "番薯", "火龙果", "莲藕"]


def test_keys_are_told_in_words():
    data = {"item": [{"name": "水稻"}]}
    assert key_words("item[1].tiers[2].rate", data) == "第 1 项 水稻 · 分档第 2 行 · 单价"
    assert key_words("decision.decided_on", data) == "议定 · 议定日期"
    assert dotted(("item", 0, "tiers", 1, "rate")) == "item[1].tiers[2].rate"


def test_a_name_typed_twice_is_refused(app):
    draft = SchemeDraft(award_office.scheme())
    for _ in range(2):
        draft.insert(("group_caps",), 0, {"name": "种植", "value": "100"})
    with pytest.raises(BadDefinition, match="写了两次"):
        draft.scheme()


def test_half_typed_rows_of_names_are_told(app):
    draft = SchemeDraft(award_office.scheme())
    draft.insert(("by_class",), 0, {"name": "监测户", "value": ""})
    with pytest.raises(BadDefinition, match="必须填写"):
        draft.scheme()
    draft.set(("by_class", 0, "name"), "")
    assert draft.scheme() == award_office.scheme()


def test_the_order_of_service_is_typed_in_words(dialog):
    line = next(part for part in dialog.limits.parts if part.path == ("priority",))
    type_text(line, "大户优先、面积大的先")
    dialog.draft.set(("when_short",), WhenShort.PRIORITY.value)
    assert dialog.draft.scheme() == replace(
        award_office.scheme(), when_short=WhenShort.PRIORITY, priority=(PriorityKey.LARGE_FIRST, PriorityKey.AREA),
    )


def test_a_large_register_is_calculated_when_asked(desk, office, monkeypatch):
    monkeypatch.setattr("fupin_desktop.ui.dialogs.schemes.scheme._MANY", 3)
    made = SchemeDialog(desk, award_office.scheme(), desk=Desk(office, award_office.scheme()))
    assert made.total.text() == "—"
    assert not made.ask.isHidden()
    made.ask.click()
    assert made.total.text() == "¥6,959.76"
    made.save()
    assert made.scheme == award_office.scheme()


def test_many_households_are_calculated_beside_the_typing(desk, office, monkeypatch):
    monkeypatch.setattr("fupin_desktop.ui.dialogs.schemes.scheme.AT_ONCE", 3)
    made = SchemeDialog(desk, award_office.scheme(), desk=Desk(office, award_office.scheme()))
    assert (made.total.text(), made.left.text()) == ("—", "正在测算…")
    made.draft.set(("pool",), "100")
    made.check()  # what was begun before is not shown any more
    desk.tasks.wait()
    assert made.total.text() == "¥100.00"
    assert made.left.text().startswith("可用 100.00 元")
    made.draft.set(("item", 0, "tiers"), [{"from": "3", "rate": "1"}, {"from": "2", "rate": "1"}])
    made.save()
    assert made.scheme is None
    made.draft.data = made.draft._first
    made.reject()


def test_a_page_is_made_when_it_is_first_looked_at(dialog):
    assert dialog._made == [dialog.items]
    dialog.draft.set(("caps", "per_household"), "多")
    dialog.check()
    dialog.pages.setCurrentIndex(PAGES.index("封顶和取整"))
    assert dialog._made == [dialog.items, dialog.limits]
    marked = [part for part in dialog.limits.parts if part.property("wrong") == "true"]
    assert len(marked) == 1


def test_another_place_is_read_anew(dialog):
    type_text(dialog.head.place.lineEdit(), "没有这个村")
    dialog.check()
    assert dialog.total.text() == "¥0.00"
