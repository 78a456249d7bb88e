from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from fupin_desktop.domain.vocabulary import NoticeState
from fupin_desktop.policy.rules import PoolRule
from fupin_desktop.services import award_notices, awards, history, schemes
from fupin_desktop.services.schemes import SchemeState
from fupin_desktop.ui.dialogs import what_if
from fupin_desktop.ui.dialogs.publicity.notice import NoticeDialog
from fupin_desktop.ui.dialogs.solve import SolveDialog
from fupin_desktop.ui.dialogs.what_if import WhatIfDialog
from fupin_desktop.ui.keys import go_by_keys
from fupin_desktop.ui.models.award_knobs import knobs
from fupin_desktop.ui.widgets.decimal_spin import DecimalSpin, Turner
from tests.services import award_office
from tests.ui.award_desk import open_tab, settle
from tests.ui.scheme_typing import full_scheme, type_text


@pytest.fixture
def office(window, bench):
    return open_tab(window, bench)


@pytest.fixture
def tab(office):
    return office[0]


def turn(dialog, label, value):
    next(turner for knob, turner in dialog.turners if knob.label == label).spin.set_value(Decimal(value))
    dialog.calculate()


# ---- 试算对比 ----


def test_trying_a_rate_shows_every_difference(tab, window):
    dialog = WhatIfDialog(window.shell, tab.state.desk)
    assert not dialog.keep.isEnabled()
    turn(dialog, "水稻 大户 (元/亩)", "300")
    assert dialog.changes.text() == "增加 0 户，减少 1 户，不变 4 户"
    assert [dialog.model.index(0, column).data() for column in range(5)] == [
        "一组", "李亚保", "4,000.00", "3,750.00", "-250.00",
    ]
    assert dialog.comparison.after == Decimal("6709.76")
    dialog.model.show_all(True)
    assert dialog.model.rowCount() == 5
    assert dialog.model.index(2, 4).data() == "—"
    dialog.reset()
    dialog.calculate()
    assert dialog.scheme == tab.state.desk.scheme
    dialog.reject()


def test_many_households_are_tried_beside_the_clerks_work_and_the_last_turn_counts(tab, window, monkeypatch):
    monkeypatch.setattr(what_if, "_LARGE", 1)
    dialog = WhatIfDialog(window.shell, tab.state.desk)
    turn(dialog, "水稻 大户 (元/亩)", "250")
    turn(dialog, "水稻 大户 (元/亩)", "300")
    assert (dialog.changes.text(), dialog.keep.isEnabled()) == ("正在试算…", False)
    settle(window)
    assert dialog.changes.text() == "增加 0 户，减少 1 户，不变 4 户"
    assert dialog.comparison.after == Decimal("6709.76")
    assert dialog.keep.isEnabled()
    turn(dialog, "水稻 大户 (元/亩)", "100")
    dialog.reject()
    settle(window)
    assert dialog.comparison.after == Decimal("6709.76")


def test_adopting_keeps_the_tried_scheme_and_undo_takes_it_back(office, window, bench, answers):
    tab, _, key = office
    answers.dialogs.append(lambda dialog: (turn(dialog, "可用资金(元)", "5000"), dialog.accept()))
    tab.head.compare.click()
    settle(window)
    assert schemes.load(bench, key).pool == 5000
    assert tab.state.desk.result.totals.award == 5000
    window.shell.do(lambda: history.undo(bench))
    settle(window)
    assert schemes.load(bench, key).pool is None


def test_giving_up_keeps_nothing(office, window, bench, answers):
    tab, _, key = office
    answers.dialogs.append(lambda dialog: (turn(dialog, "其他 (元/亩)", "99"), dialog.reject()))
    tab.head.compare.click()
    settle(window)
    assert schemes.load(bench, key) == award_office.scheme()


def test_a_posted_scheme_can_be_tried_but_not_changed(tab, window):
    dialog = WhatIfDialog(window.shell, tab.state.desk, frozen=True)
    turn(dialog, "水稻 大户 (元/亩)", "300")
    assert not dialog.keep.isEnabled()
    dialog.reject()


def test_every_number_of_every_kind_can_be_turned():
    scheme = full_scheme(award_office.scheme())
    for knob in knobs(scheme):
        value = knob.value / 2
        turned = knob.put(scheme, value)
        assert turned != scheme, knob.label
        assert value in [other.value for other in knobs(turned) if other.label == knob.label]
    assert {knob.item for knob in knobs(scheme)} == {"", *(item.name for item in scheme.items)}


def test_slider_and_field_follow_each_other(app):
    turner = Turner(Decimal(240))
    turner.slider.setValue(125)
    assert turner.value == Decimal("300.00")
    turner.spin.set_value(Decimal("120"))
    assert turner.slider.value() == 50
    turner.reset()
    assert turner.value == 240


def test_the_field_takes_exact_decimals_only(app):
    spin = DecimalSpin(Decimal("0.1"), step=Decimal("0.01"), most=Decimal(1))
    spin.stepBy(2)
    assert spin.value == Decimal("0.12")
    type_text(spin.lineEdit(), "0.3")
    assert spin.value == Decimal("0.3")
    type_text(spin.lineEdit(), "x")
    assert spin.value == Decimal("0.3")
    spin.set_value(Decimal(7))
    assert spin.value == 1
    spin.set_value(Decimal(-7))
    assert spin.value == 0


# ---- 反推标准 ----


def test_solving_finds_the_standard_that_uses_the_money_up(window, bench, answers):
    rows = [("李亚保", "base", "12.5", "90000"), ("易日", "base", "10", "90000")]
    scheme = award_office.scheme(pool=Decimal("10000.00"))
    tab, _, key = open_tab(window, bench, scheme, rows)

    def drive(dialog):
        dialog.solve()
        settle(window)
        assert dialog.found.text() == "反推得到：小农户每亩 333.33 元，大户（10 亩及以上）每亩 444.44 元"
        assert "结余 0.10 元" in dialog.sums.text()
        dialog.accept()

    answers.dialogs.append(drive)
    tab.award_actions.solve_button.click()
    settle(window)
    assert tab.state.desk.result.totals.award == Decimal("9999.90")
    assert [tier.rate for tier in schemes.load(bench, key).items[0].rule.tiers] == [Decimal("333.33"), Decimal("444.44")]


def test_solving_says_when_the_costs_stop_everything(tab, window):
    dialog = SolveDialog(window.shell, tab.state.desk)
    dialog.solve()
    settle(window)
    assert "再提高标准也不会多发" in dialog.sums.text()
    dialog.items.setCurrentIndex(1)
    dialog.items.activated.emit(1)
    assert dialog.scheme is None
    assert not dialog.keep.isEnabled()
    dialog.reject()


def test_items_without_a_standard_are_not_offered(window, bench):
    items = award_office.scheme().items
    pooled = award_office.scheme(items=(items[0], replace(items[1], rule=PoolRule(pool=Decimal(100)))))
    tab, _, _ = open_tab(window, bench, pooled)
    dialog = SolveDialog(window.shell, tab.state.desk)
    assert [dialog.items.itemText(place) for place in range(dialog.items.count())] == ["水稻"]
    dialog.reject()


def test_a_scheme_without_money_cannot_be_solved(window, bench):
    tab, _, _ = open_tab(window, bench, award_office.scheme(sources=()))
    dialog = SolveDialog(window.shell, tab.state.desk)
    assert not dialog.search.isEnabled()
    dialog.reject()


# ---- 公示 ----


@pytest.fixture
def notice(office, window, bench):
    awards.recalculate(bench, office[2])
    made = NoticeDialog(window.shell, "awards", office[2])
    yield made
    made.reject()


def words(dialog):
    return "\n".join(run.text for page in dialog.paper.filled.pages for run in page.texts)


def test_enter_in_a_field_posts_nothing(notice):
    go_by_keys(notice)
    notice.show()
    for field in (notice.board, notice.publisher, notice.day):
        QTest.keyClick(field, Qt.Key.Key_Return)
    assert notice.isVisible()
    assert notice.posted == ""


def test_the_period_is_counted_and_shown(notice):
    assert notice.days.value() == 10
    assert notice.period.text() == "2026年12月24日(星期四) 至 2027年1月2日(星期六)，共\xa010\xa0天"
    notice.day.setText("2026-11-")
    notice.settle()
    assert not notice.post.isEnabled()
    notice.day.setText("11.9")
    notice.days.setValue(10)
    notice.working.setChecked(True)
    notice.settle()
    assert notice.period.text() == "2026年11月9日(星期一) 至 2026年11月20日(星期五)，共\xa010\xa0个工作日"
    notice.natural.setChecked(True)
    notice.start_counted.setChecked(False)
    notice.settle()
    assert notice.settled.period.last == date(2026, 11, 19)


def test_the_notice_is_shown_as_it_will_hang(notice):
    text = words(notice)
    assert "吴华契" in text
    assert "杨亚九" not in text
    notice.masked.setChecked(True)
    notice.settle()
    assert "吴华契" not in words(notice)
    assert "吴*契" in words(notice)


def test_a_short_period_asks_for_a_reason(notice):
    notice.days.setValue(5)
    notice.settle()
    assert not notice.post.isEnabled()
    assert notice.pdf.text() == "保存草稿 PDF…"
    problem = next(one for one in notice.problems.problems if one.code == "notice.period_short")
    notice.write_reason(problem)
    notice.reason.setPlainText("春耕在即，经村民代表会议同意")
    notice.settle()
    assert notice.post.isEnabled()


def test_a_must_keeps_it_from_being_posted(window, bench, answers):
    scheme = award_office.scheme()
    tab, _, _ = open_tab(window, bench, replace(scheme, decision=replace(scheme.decision, document="")))
    seen = []

    def drive(dialog):
        seen.append((dialog.post.isEnabled(), dialog.settled.notice.draft))
        seen.append([one.clause for one in dialog.problems.problems if one.code == "scheme.decision"])
        dialog.reject()

    answers.dialogs.append(drive)
    tab.pool.notice.click()
    settle(window)
    assert seen == [(False, True), ["吴川 三(二)4"]]
    assert award_notices.all(bench, 2026) == ()


def test_posting_freezes_the_notice_and_leads_to_its_round(office, window, bench, answers):
    tab, _, key = office
    answers.dialogs.append(lambda dialog: dialog.post.click())
    tab.pool.notice.click()
    settle(window)
    line = award_notices.all(bench, 2026)[0]
    assert (line.scheme_key, line.state) == (key, NoticeState.POSTED)
    assert tab.state.scheme_state is SchemeState.PUBLISHED
    assert tab.head.badge.text == "已公示"
    shown = window.tab("publicity")
    assert window.current_tab is shown
    assert (shown.state.current.kind, shown.state.current.notice_key) == ("awards", line.key)
    assert shown.paper.chosen is not None


def test_a_run_that_is_still_true_is_not_stored_again(office, window, bench, answers):
    tab, _, key = office
    awards.recalculate(bench, key)
    answers.dialogs.append(lambda dialog: dialog.reject())
    tab.award_actions.notice()
    settle(window)
    assert len(awards.runs(bench, key)) == 1


def test_a_posted_notice_is_looked_at_and_withdrawn(office, window, bench, answers):
    tab, _, key = office
    run = awards.recalculate(bench, key).keys[0]
    award_notices.publish(bench, run, award_notices.default_settings(bench))
    tab.load()
    settle(window)
    seen = []

    def drive(dialog):
        seen.append((dialog.badge.text, dialog.period.text(), dialog.paper.filled is not None))
        dialog.take_back()

    answers.answers.append(True)
    answers.dialogs.append(drive)
    tab.pool.notice.click()
    settle(window)
    assert seen == [("公示中", "2026年12月24日(星期四) 至 2027年1月2日(星期六)，还有 9 天", True)]
    assert tab.state.scheme_state is SchemeState.DECIDED


def test_a_reason_written_at_the_notice_is_kept_in_the_scheme(window, bench, answers):
    rows = [("李亚保", "base", "10", "100"), ("易日", "base", "9", "3600")]
    tab, _, key = open_tab(window, bench, rows=rows)

    def drive(dialog):
        problem = next(one for one in dialog.problems.problems if one.code == "award.large_not_more")
        assert not dialog.post.isEnabled()
        dialog.write_reason(problem)
        settle(window)
        assert dialog.post.isEnabled()
        dialog.reject()

    answers.answers.append("会议认可")
    answers.dialogs.append(drive)
    tab.pool.notice.click()
    settle(window)
    assert schemes.load(bench, key).reasons == {"award.large_not_more": "会议认可"}
