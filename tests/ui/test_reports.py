"""季度报表 through the window: begun from 首页, checked, its days."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QPushButton

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services import documents
from fupin_desktop.services.exchange.offers import offers
from fupin_desktop.services.reports import due
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.tabs.documents import words
from tests.services.register_office import Clock
from tests.services.reports.report_office import answer, make_office
from tests.ui.award_desk import settle


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    clock = Clock()
    clock.now = clock.now.replace(month=4, day=1)
    made = make_office(tmp_path_factory.mktemp("reports"), clock)
    answer(made, "1", "麻竹笋基地", "清远鸡养殖场", "砂糖桔园")
    yield made
    made.close()


@pytest.fixture
def window(app, office, answers, qtbot):
    made = MainWindow(office, answers)
    made.resize(1366, 768)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.shell.tasks.wait()
    made.close()


def test_a_new_table_is_proposed_for_the_quarter_that_has_ended(window, answers, monkeypatch):
    tab, chosen = window.show_tab("reports"), []

    def look(dialog):
        chosen.append([item.text() for item in dialog.list.selectedItems()])
        dialog.reject()

    for today in (date(2026, 2, 1), date(2026, 4, 1), date(2026, 11, 29), date(2027, 1, 4)):
        monkeypatch.setattr(type(window.shell), "today", today)
        answers.dialogs.append(look)
        tab.document_actions.new()
    assert chosen == [["第一季度"], ["第一季度"], ["第三季度"], ["第四季度"]]


def test_the_first_page_leads_to_a_new_table(window, office, answers, qtbot):
    home = window.show_tab("home")
    window.shell.tasks.wait()
    qtbot.waitUntil(lambda: any("情况表" in one.accessibleName() for one in home.findChildren(QPushButton)))
    link = next(one for one in home.findChildren(QPushButton) if "情况表" in one.accessibleName())
    assert link.text() == "填报"

    def choose(dialog):
        dialog.list.setCurrentRow(0)
        dialog.go.click()

    answers.dialogs.append(choose)
    link.click()
    tab = window.current_tab
    assert window.tab_keys[window.strip.currentIndex()] == "reports"
    assert tab.document.line.place == "第一季度"
    told = [one.sentence for one in tab.document.problems if one.code.startswith("report.")]
    assert told[0] == "鲤鱼村没有列入的项目(谋划、申报、审核中又没有登记进展的不列)，按“无项目”列出。"
    assert tab.state.now.filled.pages[0].texts
    answers.dialogs.append(lambda dialog: answers.told.append(dialog.windowTitle()))
    tab.side.checks.source_asked.emit("rows")
    assert answers.asked[-1] == ("dialog", "表中的项目")
    answers.dialogs.append(lambda dialog: answers.told.append(dialog.windowTitle()))
    tab.side.checks.field_asked.emit("due_on")  # a click on the finding itself; the field is not printed
    assert answers.asked[-1] == ("dialog", "报送期限")


def test_the_days_of_the_office_are_set_in_the_menu(window, office, answers):
    window.show_tab("reports")

    def choose(dialog):
        dialog.earlier.setValue(1)
        assert "7月4日前报县" in dialog.told.text()
        dialog.report.setChecked(True)
        dialog.save.click()

    answers.dialogs.append(choose)
    window.menus.actions["report_days"].trigger()
    assert (due.earlier_days(office), due.done(office)) == (1, {"2026-q1"})
    assert next(due.due_reports(office, date(2026, 4, 1)))[1].startswith("第二季度")
    answers.dialogs.append(lambda dialog: dialog.reject())
    window.menus.actions["report_days"].trigger()
    assert due.earlier_days(office) == 1
    assert documents.lines(office, 2026, tab="reports")


def test_collection_sheets_go_out_and_come_back_by_the_menu(window, office, answers, tmp_path):
    answers.answers += [0, tmp_path / "采集", False]
    window.menus.actions["collect_out"].trigger()
    window.shell.tasks.wait()
    assert answers.asked[-1][1].startswith("已写出 3 个村的采集表")
    assert len(list((tmp_path / "采集").glob("*.xlsx"))) == 3
    answers.dialogs.append(lambda dialog: dialog.reject())
    window.menus.actions["collect_in"].trigger()
    assert answers.asked[-1] == ("dialog", "导入季度进展")


def test_a_receipt_is_refused_for_what_was_not_handed_in(window, office, answers):
    tab = window.show_tab("reports")
    entry = next(action for action in tab.records.menu.actions() if action.text() == "登记回执…")
    assert not entry.isEnabled()
    results = []

    def drive(dialog):
        dialog.fields["receiver"].setText("县扶贫办 张三")
        dialog.go_button.click()
        results.append(dialog.result())
        dialog.reject()

    answers.dialogs.append(drive)
    before = len(answers.told)
    tab.document_actions.register_receipt()
    assert results == [0]
    assert len(answers.told) == before + 1


def test_what_is_marked_differs_from_the_table_handed_in_before(sample_window):
    tab = sample_window.show_tab("reports")
    settle(sample_window)
    draft = next(
        one for one in tab.state.lines if one.form_id == "quarterly_scattered" and one.state is ApplicationState.DRAFT
    )
    tab.state.show(draft.key)
    settle(sample_window)
    assert tab.paper.notice_text.text() == "着色的栏目与上一次报送的表不同。"


def test_what_is_handed_in_is_called_so_in_the_list_above_the_paper_and_in_its_tip(sample_window):
    tab = sample_window.show_tab("reports")
    settle(sample_window)
    sent = next(one for one in tab.state.lines if one.state is ApplicationState.APPROVED)
    tab.state.show(sent.key)
    settle(sample_window)
    assert tab.paper.tools.note.text() == "已报送存档"
    assert words.badge(tab.state.document.line)[0] in ("已报送", "上级已收到")
    assert "已批准" not in words.tip(tab.state.document.line)
    notes = {one.note for one in offers(sample_window.shell.bench) if one.group == "季度报表"}
    assert notes == {"已报送", "草稿"}
