"""奖补测算 on an office of two villages and two years: what comes into a village and leaves it, which scheme is in front,
copies that can be told apart, orders and narrowing that lose nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from fupin_desktop.domain.vocabulary import FundKind, HouseholdSize
from fupin_desktop.errors import Cancelled, NotWritable
from fupin_desktop.policy.scheme import Source
from fupin_desktop.services import registers, schemes
from fupin_desktop.services.awards import Desk
from fupin_desktop.services.registers import HOUSEHOLDS, CellEdit
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.ui.models.award_cells import COLUMNS, LISTED, NUMBER, PLACES, sort_value, text_of
from fupin_desktop.ui.models.award_model import AwardFilter, Shown
from fupin_desktop.ui.tabs.awards.head import money_details, money_words
from fupin_desktop.ui.tabs.awards.state import AwardsState
from tests.services import award_office
from tests.ui.award_desk import REGISTER, settle
from tests.ui.shared import shared_window

HERE, THERE = "低岭村", "那罗村"
KEYS: dict[str, str] = {}


def prepare(bench):
    for village, rows in ((HERE, REGISTER), (THERE, [("吴甲", "base", "2", "300"), ("吴乙", "scattered", "11", "2000")])):
        KEYS.update(zip([row[0] for row in rows], award_office.put_register(bench, rows, village), strict=True))
    KEYS["scheme"] = schemes.save(bench, None, award_office.scheme()).keys[0]
    KEYS["last"] = schemes.save(bench, None, award_office.scheme(year=2025, name="2025年方案", place=THERE)).keys[0]


@pytest.fixture(scope="module")
def window(app, tmp_path_factory):
    with shared_window(tmp_path_factory.mktemp("awards") / "office", prepare) as made:
        yield made


@pytest.fixture
def ask(window):
    found = window.shell.ask
    for kept in (found.told, found.asked, found.answers, found.dialogs):
        kept.clear()
    return found


@pytest.fixture
def tab(window, ask):
    """The scheme of 低岭村 in front, all its households, in printed order."""
    made = window.show_tab("awards")
    settle(window)
    made.open_scheme(KEYS["scheme"])
    made.bar.clear()
    made.model.sort_by(NUMBER)
    settle(window)
    assert made.state.key == KEYS["scheme"]
    return made


def shown_in(tab):
    """The awards of the table from top to bottom."""
    return [tab.model.award_at(row) for row in range(tab.model.rowCount())]


def awards_of(result):
    return {one.applicant.name: one.award for one in result.awards}


# ---- who belongs to the village ----
@pytest.mark.parametrize("edits", [
    [("吴甲", "village", HERE)], [("李真", "village", THERE)], [("李真", "members", "5"), ("吴甲", "village", HERE)],
    [("易日", "members", "2"), ("李真", "village", THERE)], [("李真", "village", THERE), ("吴乙", "village", HERE)],
    [("吴甲", "village", HERE), ("吴乙", "village", HERE), ("杨亚九", "kind", "参与")],
], ids=lambda edits: " ".join("".join(edit) for edit in edits))  # fmt: skip
def test_households_that_come_and_leave_are_counted_at_once_and_undone_at_once(tab, window, edits):
    bench, before = window.shell.bench, awards_of(tab.state.result)
    cells = [CellEdit(KEYS[name], column, text) for name, column, text in edits]
    window.shell.do(lambda: registers.set_cells(bench, HOUSEHOLDS, cells))
    settle(window)
    fresh = Desk(bench, schemes.load(bench, KEYS["scheme"]))
    assert awards_of(tab.state.result) == awards_of(fresh.result) != before or len(edits) == 1
    assert awards_of(tab.state.result) == awards_of(fresh.result)
    assert tab.model.rowCount() == len(fresh.result.awards)
    window.menus.actions["undo"].trigger()
    settle(window)
    assert awards_of(tab.state.result) == before
    assert tab.model.rowCount() == len(REGISTER)


# ---- which scheme is in front ----
def line(key, state):
    return SimpleNamespace(key=key, state=state)


DRAFT, DECIDED, PUBLISHED, FILED = SchemeState
LINES = {"p": PUBLISHED, "d": DRAFT, "e": DRAFT, "v": DECIDED, "f": FILED}


@pytest.mark.parametrize(("listed", "key", "wanted"), [
    ("pdv", "", "v"), ("pd", "", "d"), ("de", "", "d"), ("pf", "", "p"), ("", "", ""), ("pdv", "p", "p"), ("pdv", "d", "d"),
    ("pdv", "gone", "v"), ("pf", "gone", "p"), ("", "gone", ""), ("fde", "gone", "d"),
])
def test_the_scheme_to_begin_with_is_one_that_still_needs_work(window, listed, key, wanted):
    state = AwardsState(window.shell)
    state.lines, state.key = tuple(line(one, LINES[one]) for one in listed), key
    assert state.wanted_key() == wanted


# ---- copies ----
@pytest.mark.parametrize(("batch", "told"), [("", "没有写批次名称"), ("第二批", "已经有“第二批”的方案")])
def test_a_batch_that_could_not_be_told_apart_is_not_copied(tab, window, ask, batch, told):
    bench = window.shell.bench
    schemes.save(bench, None, award_office.scheme(batch="第二批"))
    tab.load()
    settle(window)
    before = len(schemes.all(bench, 2026))
    ask.answers += [0, batch]
    tab.award_actions.copy_to_year()
    settle(window)
    assert told in str(ask.told[0])
    assert "没有复制" in str(ask.told[0])
    assert (len(schemes.all(bench, 2026)), tab.state.key) == (before, KEYS["scheme"])
    window.menus.actions["undo"].trigger()


@pytest.mark.parametrize("answers", [[None], [0, None]])
def test_a_copy_that_is_given_up_copies_nothing(tab, window, ask, answers):
    ask.answers += answers
    before = len(schemes.all(window.shell.bench, 2026))
    tab.award_actions.copy_to_year()
    assert (len(schemes.all(window.shell.bench, 2026)), ask.told) == (before, [])


def test_a_copy_for_the_next_year_stays_out_of_this_one(tab, window, ask):
    bench = window.shell.bench
    ask.answers.append(1)
    tab.award_actions.copy_to_year()
    settle(window)
    assert "已复制到 2027 年度" in ask.told[0]
    (copied,) = schemes.all(bench, 2027)
    fresh = schemes.load(bench, copied.key)
    assert (fresh.year, fresh.batch, fresh.items, fresh.sources) == (2027, "", award_office.scheme().items, ())
    assert fresh.decision.decided_on is None
    assert tab.state.key == KEYS["scheme"]


def test_last_year_s_rules_are_copied_and_shown(tab, window, ask):
    ask.answers.append(0)
    tab.award_actions.copy_last_year()
    settle(window)
    assert tab.state.scheme.year == 2026
    assert tab.state.scheme.place == THERE
    assert {one.applicant.name for one in tab.state.result.awards} == {"吴甲", "吴乙"}
    window.menus.actions["undo"].trigger()
    settle(window)
    assert [one.key for one in tab.state.lines] == [KEYS["scheme"]]
    assert tab.state.key == KEYS["scheme"]


def test_schemes_of_one_name_are_told_apart_where_one_is_copied(tab, window, ask, monkeypatch):
    bench, offered = window.shell.bench, []
    again = award_office.scheme(year=2025, name="2025年方案", place=HERE, batch="第二批")
    schemes.save(bench, None, again)
    monkeypatch.setattr(ask, "choose", lambda _parent, _title, _text, options: offered.extend(options))
    tab.award_actions.copy_last_year()
    assert sorted(offered) == ["2025年方案（低岭村，第二批）", "2025年方案（那罗村）"]
    window.menus.actions["undo"].trigger()


# ---- trouble ----
def test_a_situation_is_told_cancelling_is_not_and_a_bug_goes_on(tab, ask):
    tab.award_actions.tell(Cancelled())
    assert ask.told == []
    trouble = NotWritable("写不进去。")
    tab.award_actions.tell(trouble)
    assert ask.told == [trouble]
    with pytest.raises(ZeroDivisionError):
        tab.award_actions.tell(ZeroDivisionError())


# ---- order and narrowing ----
@pytest.mark.parametrize("info", [info for info in COLUMNS if info.key != NUMBER], ids=lambda info: info.key)
def test_sorting_loses_nobody_and_comes_back(tab, info):
    printed = [one.applicant.key for one in shown_in(tab)]
    value, orders = sort_value(info.key), []
    for _click in range(3):
        tab.model.sort_by(info.key)
        orders.append(shown_in(tab))
    assert [value(one) for one in orders[0]] == sorted(value(one) for one in orders[0])
    assert [value(one) for one in orders[1]] == sorted((value(one) for one in orders[1]), reverse=True)
    assert [one.applicant.key for one in orders[2]] == printed
    assert all(Counter(one.applicant.key for one in order) == Counter(printed) for order in orders)


@pytest.mark.parametrize("shown", Shown, ids=lambda shown: shown.name)
@pytest.mark.parametrize("size", [None, *HouseholdSize], ids=str)
def test_narrowing_shows_just_those_it_names(tab, shown, size):
    everybody = {one.applicant.key: one for one in tab.state.result.awards}
    tab.model.set_filter(AwardFilter(size=size, shown=shown))
    found = {one.applicant.key for one in shown_in(tab)}
    for key, award in everybody.items():
        paid = {Shown.ALL: True, Shown.AWARDED: award.award > 0, Shown.NOTHING: not award.award, Shown.REDUCED: bool(award.reason)}
        taking = award.applicant.participation is not None and award.applicant.participation.value in ("base", "scattered")
        large = taking and award.size is HouseholdSize.LARGE
        fits = size is None or large == (size is HouseholdSize.LARGE)
        assert (key in found) == (paid[shown] and fits), award.applicant.name


@pytest.mark.parametrize("key", sorted(LISTED))
def test_every_value_a_heading_offers_finds_as_many_as_it_says(tab, key):
    offered = tab.model.values(key)
    assert sum(count for _text, count in offered) == len(REGISTER)
    for text, count in offered:
        tab.bar.pick(key, text)
        assert tab.model.rowCount() == count
        assert {text_of(one, key) for one in shown_in(tab)} == {text}
        assert tab.table.head.filtered == {PLACES[key]}
    tab.bar.pick(key, None)
    assert tab.model.rowCount() == len(REGISTER)
    assert not tab.bar.all.isVisible()


def test_blocks_of_unlike_columns_are_not_copied(tab, ask):
    QApplication.clipboard().setText("还在")
    tab.table.go_to(0, PLACES["name"])
    tab.table.selectionModel().select(tab.model.index(2, PLACES["award"]), tab.table.selectionModel().SelectionFlag.Select)
    tab.copy()
    assert QApplication.clipboard().text() == "还在"
    assert "没有变动" in ask.told[0]
    tab.table.go_to(0, PLACES["name"])
    tab.table.selectionModel().select(tab.model.index(2, PLACES["name"]), tab.table.selectionModel().SelectionFlag.Select)
    tab.copy()
    names = [tab.model.award_at(row).applicant.name for row in (0, 2)]
    assert QApplication.clipboard().text().split() == names


# ---- the head ----
@pytest.mark.parametrize(("sources", "pool", "words", "details"), [
    ((), None, "没有写资金总额", ""), ((), Decimal(5), "方案写明总额", ""),
    ([(FundKind.DONATION_630, "98000", "2025年“6·30”捐款")], None, "6·30", "2025年“6·30”捐款 98,000.00 元"),
    ([(FundKind.DONATION_630, "1", ""), (FundKind.DONATION_630, "2.5", "")], None, "6·30", "6·30"),
])
def test_where_the_money_comes_from(sources, pool, words, details):
    made = tuple(Source(kind, Decimal(amount), name) for kind, amount, name in sources)
    scheme = replace(award_office.scheme(), sources=made, pool=pool)
    assert words in money_words(scheme)
    assert money_words(scheme).count(words) == 1
    told = money_details(scheme).splitlines()
    assert len(told) == len(sources)
    assert all(details in each for each in told)


def test_many_kinds_of_money_end_in_dots(tab):
    scheme = replace(award_office.scheme(), sources=tuple(Source(kind, Decimal(1), "") for kind in FundKind))
    assert len(money_words(scheme)) == 34
    assert money_words(scheme).endswith("…")
    assert len(money_details(scheme).splitlines()) == len(FundKind)


def test_a_line_of_the_rules_tells_the_whole_rule_and_opens_the_editor(tab, ask):
    rules = tab.head.rules
    assert [row.cells[0] for row in rules.rows] == ["水稻", "其他"]
    for place, row in enumerate(rules.rows, 1):
        at = QPoint(5, place * rules._line() + 3)
        QApplication.sendEvent(rules, QHelpEvent(QEvent.Type.ToolTip, at, rules.mapToGlobal(at)))
        assert row.sentence in QToolTip.text()
    ask.dialogs.append(lambda dialog: dialog.reject())
    QTest.mouseDClick(tab.head, Qt.MouseButton.LeftButton, pos=tab.head.frame.geometry().center())
    assert [what for what, _text in ask.asked] == ["dialog"]
