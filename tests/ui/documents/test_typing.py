"""Typing on the paper, and what the checks say to it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fupin_desktop.services import villages
from fupin_desktop.ui.tabs.documents.checks import MOST
from fupin_desktop.ui.tabs.documents.words import tip
from tests.services.documents import office
from tests.ui.documents.desk import choose, open_tab, pick, settle, value


def test_what_is_typed_is_kept_at_once_and_can_be_undone(tab, window):
    tab.paper.view.focus_field("leader")
    entry = tab.paper.view.edit()
    entry.setText("李书记")
    tab.paper.view.commit()
    assert value(tab, "leader") == "李书记"
    settle(window)
    tab.state._beside.timeout.emit()
    assert "负责人" in tab.paper.buttons["undo"].toolTip()
    tab.paper.view.undo_wanted.emit()
    assert value(tab, "leader") == "陈观保"
    tab.paper.view.redo_wanted.emit()
    assert value(tab, "leader") == "李书记"


def test_a_refused_text_stays_in_its_cell_and_is_not_left_by_accident(tab, bench, answers):
    other = office.begin(bench, office.TOWN)
    tab.reload()
    choose(tab, tab.records.model.rows[1].key)
    here = tab.key
    tab.paper.view.write("households_all", "很多")
    assert "households_all" in tab.paper.view.refused
    assert value(tab, "households_all") == 486
    answers.answers.append(False)
    pick(tab, other)
    assert tab.key == here
    assert tab.records.current == here
    assert tab.paper.view.refused["households_all"][0] == "很多"
    answers.answers.append(True)
    pick(tab, other)
    assert tab.key == other
    assert not tab.paper.view.refused


def test_closing_keeps_what_is_half_typed(tab):
    tab.paper.view.focus_field("leader")
    tab.paper.view.edit().setText("没按回车")
    assert tab.can_close()
    assert value(tab, "leader") == "没按回车"


def test_rows_of_a_list_are_kept(tab, bench, window):
    key = office.begin(bench, office.TARGETS, "优质水稻基地")
    tab.reload()
    choose(tab, key)
    tab.state.write_list("output_quantity", [office.INDICATOR, {"name": "面积", "target": "200 亩"}])
    assert [row["name"] for row in value(tab, "output_quantity")] == ["带动贫困户", "面积"]


def test_the_register_is_followed_at_once(tab, bench, window):
    key = office.village_key(bench)
    form = villages.form(bench, key)
    window.shell.do(lambda: villages.update(bench, key, replace(form, name="低岭新村")))
    settle(window)
    assert tab.document.data["village"] == "低岭新村"


def test_the_list_tells_a_moment_later_what_is_still_open(tab, qtbot):
    assert "必须改正" not in tip(tab.records.model.rows[0])
    tab.state.write("industry", "")
    qtbot.waitUntil(lambda: "还有 1 项必须改正" in tip(tab.records.model.rows[0]))

def test_a_finding_leads_to_its_field_and_goes_when_it_is_mended(tab, qtbot):
    tab.state.write("industry", "")
    row = next(row for row in tab.side.checks.rows if row.problem.field == "industry")
    go = next(row.links.itemAt(place).widget() for place in range(row.links.count())
              if row.links.itemAt(place).widget() and row.links.itemAt(place).widget().text() == "去填写")
    go.click()
    assert tab.paper.view.focused == "industry"
    tab.go_to_field("leader")
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    assert tab.paper.view.focused == "industry"
    tab.state.write("industry", "优质水稻")
    assert "industry" not in [row.problem.field for row in tab.side.checks.rows]
    assert tab.side.passed.text().endswith("项通过")


def test_many_findings_are_folded(window, bench):
    key = office.begin(bench, values={})
    tab = open_tab(window)
    choose(tab, key)
    checks = tab.side.checks
    assert len(checks.rows) == MOST < len(tab.document.problems)
    checks.more.click()
    assert len(checks.rows) == len(tab.document.problems)
    checks.more.click()
    assert len(checks.rows) == MOST


def test_a_rule_in_principle_takes_a_reason_and_the_auditor_sees_it(window, bench, answers):
    key = office.begin(bench, office.TOWN)
    office.fill(bench, key, {"requested_funds": "4000000"})
    tab = open_tab(window)
    choose(tab, key)
    problem = next(one for one in tab.document.problems if one.code.endswith("fund_range"))
    answers.answers.append("规模扩大到 5000 亩。")
    tab.side.checks.reason_asked.emit(problem)
    assert "规模扩大到 5000 亩。" in str(value(tab, "reasons"))
    read = []
    answers.dialogs.append(lambda dialog: (read.append(dialog.table.item(0, 5).text()), dialog.copy()))
    tab.document_actions.show_reasons()
    assert read == ["规模扩大到 5000 亩。"]
    assert QApplication.clipboard().text().splitlines()[1].startswith("塘㙍镇\t")


def test_the_rows_behind_a_computed_value(tab, answers, window):
    read = []

    def drive(dialog):
        table = dialog.table
        read.extend(table.item(row, 2).text() for row in range(table.rowCount()))
        dialog.link.click()

    answers.dialogs.append(drive)
    tab.paper.view.source_wanted.emit("area_cooperative")
    assert read == ["李亚保", "1 户"]
    assert window.current_tab is not tab
