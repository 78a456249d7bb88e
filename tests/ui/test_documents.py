"""The tab of documents, with applications through their real services."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fupin_desktop.app import open_window
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import Cancelled, Situation
from fupin_desktop.services import applications, offices, villages
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui.tabs.applications.adapter import short_box
from fupin_desktop.ui.tabs.documents.checks import MOST
from tests.services.applications import office
from tests.ui.document_desk import agree, badges, choose, findings, names, open_tab, settle, sign_all, value


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    made, _clock = office.make(tmp_path / "office")
    yield made
    made.close()


@pytest.fixture
def window(app, bench, answers, qtbot):
    made = open_window(bench, answers)
    made.resize(1366, 768)
    qtbot.waitExposed(made)
    yield made
    made.shell.tasks.wait()
    made.close()


@pytest.fixture
def village(bench: Workbench) -> str:
    return office.begin(bench)


@pytest.fixture
def tab(window, village):
    return open_tab(window)


# ---- the list ----


def test_an_empty_year_says_how_to_begin(window):
    tab = open_tab(window)
    assert tab.document is None
    assert tab.records.stack.currentWidget() is tab.records.empty
    assert tab.paper.stack.currentWidget() is tab.paper.empty
    assert not tab.paper.buttons["pdf"].isEnabled()
    assert not tab.side.body.isVisible()


def test_the_list_stands_under_headings_with_badges(tab, bench):
    town = office.begin(bench, office.TOWN)
    applications.submit(bench, town)
    tab.reload()
    model = tab.records.model
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "“一镇一业”镇申报表 (1)", "塘㙍镇", "“一村一品”村申报表 (1)", "低岭村",
    ]
    assert badges(tab) == {"塘㙍镇": "待镇扶贫办", "低岭村": "草稿"}
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert "等待: 镇" in model.index(1).data(Qt.ItemDataRole.ToolTipRole)


def test_the_list_is_filtered_and_searched(tab, bench, window):
    office.begin(bench, office.TOWN)
    tab.reload()
    assert names(tab) == ["塘㙍镇", "低岭村"]
    tab.records.kinds.setCurrentIndex(tab.records.kinds.findData(office.VILLAGE))
    tab.records.kinds.activated.emit(1)
    assert names(tab) == ["低岭村"]
    tab.records.want(state=ApplicationState.APPROVED.value)
    tab.load()
    assert names(tab) == []
    assert tab.document is None
    tab.records.want()
    tab.records.finder.setText("dlc")
    tab.records.narrowed.emit()
    assert names(tab) == ["低岭村"]
    assert "已筛选" in tab.records.count.text()
    tab.records.want(year=bench.year - 1)
    tab.load()
    assert names(tab) == []


def test_another_year_of_the_window_shows_its_documents(tab, bench, window):
    offices.set_year(bench, bench.year + 1)
    window.reload_all()
    settle(window)
    assert tab.records.wanted.year == bench.year
    assert names(tab) == []


def test_arrows_skip_headings(tab, bench, qtbot):
    office.begin(bench, office.TOWN)
    tab.reload()
    tab.records.choose(tab.records.model.lines[0].key)
    qtbot.keyClick(tab.records.view, Qt.Key.Key_Down)
    assert tab.document.line.name == "低岭村"


@pytest.mark.parametrize(("label", "told"), [
    ("村(居)委会意见", "村委会"), ("对口帮扶单位（驻村工作队）意见", "对口帮扶单位"), ("镇(街)党委政府意见", "镇党委政府"),
])
def test_a_box_in_few_words(label, told):
    assert short_box(label) == told


def test_the_list_can_be_copied_and_enter_leads_to_the_paper(tab, answers, qtbot):
    answers.dialogs.append(lambda dialog: dialog.copy())
    tab.deeds.show_list()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["表种", "单位", "版本", "状态"]
    assert lines[1].split("\t")[1:] == ["低岭村", "", "草稿"]
    qtbot.keyClick(tab.records.view, Qt.Key.Key_Return)
    assert tab.window().focusWidget() is tab.paper.view


# ---- making ----


def test_a_new_application_is_begun_and_shown(window, bench, answers):
    tab = open_tab(window)

    def drive(dialog):
        dialog.kinds.setCurrentIndex(dialog.kinds.findData(office.VILLAGE))
        assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["低岭村", "那罗村"]
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.new.click()
    assert tab.document.line.name == "低岭村"
    assert tab.document.editable
    assert tab.records.current == tab.key


def test_those_that_have_one_are_grey(tab, bench, answers):
    def drive(dialog):
        dialog.kinds.setCurrentIndex(dialog.kinds.findData(office.VILLAGE))
        assert dialog.list.item(0).text() == "低岭村  (已有)"
        dialog.list.selectAll()
        assert len(dialog.places) == 1
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.new.click()
    assert names(tab) == ["低岭村", "那罗村"]
    assert tab.document.line.name == "那罗村"


def begin_all(window, answers):
    def drive(dialog):
        dialog.kinds.setCurrentIndex(dialog.kinds.findData(office.VILLAGE))
        dialog.list.selectAll()
        dialog.go.click()

    answers.dialogs.append(drive)
    window.tab("applications").records.new.click()


def test_several_places_are_begun_at_once(window, answers):
    tab = open_tab(window)
    begin_all(window, answers)
    settle(window)
    assert names(tab) == ["低岭村", "那罗村"]
    assert tab.document.line.name == "那罗村"


def test_beginning_several_can_be_stopped(window, answers, monkeypatch):
    tab = open_tab(window)
    create = tab.adapter.create

    def stop_after_one(*given, **words):
        if tab.records.model.lines or names_made:
            raise Cancelled
        names_made.append(given[1])
        return create(*given, **words)

    names_made = []
    monkeypatch.setattr(tab.adapter, "create", stop_after_one)
    begin_all(window, answers)
    settle(window)
    assert names(tab) == ["低岭村"]
    assert answers.told == []


def test_a_project_is_named_by_typing(window, answers):
    tab = open_tab(window)

    def drive(dialog):
        dialog.kinds.setCurrentIndex(dialog.kinds.findData(office.TARGETS))
        assert not dialog.go.isEnabled()
        dialog.name.setText("优质水稻基地")
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.new_document()
    assert names(tab) == ["优质水稻基地"]


def test_last_year_is_copied(window, bench, answers):
    last = applications.create(bench, office.VILLAGE, office.village_key(bench), year=bench.year - 1).keys[0]
    office.fill(bench, last, {"leader": "去年的人"})
    tab = open_tab(window)

    def drive(dialog):
        dialog.kinds.setCurrentIndex(dialog.kinds.findData(office.VILLAGE))
        dialog.list.setCurrentRow(1)
        dialog.go.click()
        assert isinstance(answers.told[-1], Situation)
        assert dialog.result() == 0
        dialog.list.setCurrentRow(0)
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.copy.click()
    assert value(tab, "leader") == "去年的人"
    assert tab.document.line.name == "低岭村"


def test_a_draft_is_deleted_and_brought_back(tab, answers):
    answers.answers.append(True)
    tab.deeds.remove()
    assert names(tab) == []
    assert tab.document is None
    tab.paper.enable_undo("删除", None)
    tab.paper.buttons["undo"].click()
    assert names(tab) == ["低岭村"]


# ---- typing ----


def test_what_is_typed_is_kept_at_once_and_can_be_undone(tab, window):
    tab.paper.view.focus_field("leader")
    entry = tab.paper.view.edit()
    entry.setText("李书记")
    tab.paper.view.commit()
    assert value(tab, "leader") == "李书记"
    settle(window)
    tab._beside.timeout.emit()
    assert "负责人" in tab.paper.buttons["undo"].toolTip()
    tab.paper.view.undo_wanted.emit()
    assert value(tab, "leader") == "陈观保"
    tab.paper.view.redo_wanted.emit()
    assert value(tab, "leader") == "李书记"


def test_a_refused_text_stays_in_its_cell_and_is_not_left_by_accident(tab, bench, answers):
    other = office.begin(bench, office.TOWN)
    tab.reload()
    choose(tab, tab.records.model.lines[1].key)
    here = tab.key
    tab.paper.view.write("households_all", "很多")
    assert "households_all" in tab.paper.view.refused
    assert value(tab, "households_all") == 486
    answers.answers.append(False)
    tab.records.choose(other)
    assert tab.key == here
    assert tab.records.current == here
    assert tab.paper.view.refused["households_all"][0] == "很多"
    answers.answers.append(True)
    tab.records.choose(other)
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
    tab.write_list("output_quantity", [office.INDICATOR, {"name": "面积", "target": "200 亩"}])
    assert [row["name"] for row in value(tab, "output_quantity")] == ["带动贫困户", "面积"]


def test_the_register_is_followed_at_once(tab, bench, window):
    key = office.village_key(bench)
    form = villages.form(bench, key)
    window.shell.do(lambda: villages.update(bench, key, replace(form, name="低岭新村")))
    settle(window)
    assert tab.document.data["village"] == "低岭新村"


def test_the_list_tells_a_moment_later_what_is_still_open(tab, qtbot):
    tab.write("industry", "")
    qtbot.waitUntil(lambda: "还有 1 项必须改正" in tab.records.model.lines[0].tip)


# ---- checks ----


def test_a_finding_leads_to_its_field_and_goes_when_it_is_mended(tab):
    tab.write("industry", "")
    row = next(row for row in tab.side.checks.rows if row.problem.field == "industry")
    go = next(row.links.itemAt(place).widget() for place in range(row.links.count())
              if row.links.itemAt(place).widget() and row.links.itemAt(place).widget().text() == "去填写")
    go.click()
    assert tab.paper.view.focused == "industry"
    tab.write("industry", "优质水稻")
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
    tab.deeds.show_reasons()
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


# ---- the way ----


def test_what_blocks_is_told_instead_of_submitting(tab, answers):
    tab.write("industry", "")
    tab.side.flow.buttons["submit"].click()
    assert "industry" in [problem.field for problem in answers.told[-1]]
    assert tab.document.stage == "open"


def test_box_by_box_to_approval_and_the_paper_is_frozen(tab, answers, window):
    sign_all(tab, answers)
    assert tab.document.stage == "final"
    assert badges(tab) == {"低岭村": "已批准"}
    assert set(tab.side.flow.buttons) == {"correct"}
    tab.paper.view.write("leader", "改不了")
    assert value(tab, "leader") == "陈观保"
    assert findings(tab) == [problem.code.removeprefix("application.") for problem in tab.document.problems]


def test_a_disagreement_needs_its_reason_and_brings_it_back(tab, answers):
    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()

    def refuse(dialog):
        assert not dialog.save.isEnabled()
        dialog.refuse.setChecked(True)
        dialog.name.setText("张三")
        assert not dialog.save.isEnabled()
        dialog.text.setPlainText("面积请核实。")
        dialog.save.click()

    answers.dialogs.append(refuse)
    tab.side.flow.buttons["opinion"].click()
    assert badges(tab) == {"低岭村": "退回"}
    assert tab.document.editable
    assert tab.document.past[-1].text == "面积请核实。"


def test_an_opinion_that_is_refused_keeps_the_dialog(tab, answers):
    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()

    def drive(dialog):
        dialog.day.clearMaximumDate()
        dialog.day.setDate(dialog.day.date().addYears(-1))
        agree(dialog)
        assert dialog.result() == 0
        assert isinstance(answers.told[-1], Situation)

    answers.dialogs.append(drive)
    tab.side.flow.buttons["opinion"].click()
    assert tab.document.stage == "sent"


def test_it_is_returned_and_withdrawn(tab, answers):
    def back(dialog):
        assert not dialog.save.isEnabled()
        dialog.text.setPlainText("请补充合同。")
        dialog.save.click()

    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()
    answers.dialogs.append(back)
    tab.side.flow.buttons["send_back"].click()
    assert badges(tab) == {"低岭村": "退回"}
    answers.answers += [True, "填错了"]
    tab.side.flow.buttons["submit"].click()
    tab.side.flow.buttons["withdraw"].click()
    assert badges(tab) == {"低岭村": "已撤回"}
    assert tab.document.editable


def test_a_box_on_the_paper_opens_its_opinion_only_when_it_is_its_turn(tab, answers, window):
    said = []
    window.shell.said.connect(said.append)
    tab.paper.view.opinion_wanted.emit("opinion_village")
    assert "提交以后" in said[-1]
    answers.answers.append(True)
    tab.side.flow.buttons["submit"].click()
    tab.paper.view.opinion_wanted.emit("opinion_county_office")
    assert "还没有轮到" in said[-1]
    answers.dialogs.append(agree)
    tab.paper.view.opinion_wanted.emit("opinion_village")
    assert value(tab, "opinion_village")["name"] == "张三"


def test_a_correction_stands_beside_the_old_one_with_what_changed(tab, answers, window):
    sign_all(tab, answers)
    old = tab.key
    answers.answers.append(True)
    tab.side.flow.buttons["correct"].click()
    settle(window)
    assert tab.key != old
    assert tab.document.editable
    tab.write("leader", "新书记")
    assert "leader" in tab.paper.view._state.changed
    assert tab.paper.notice.isVisible()
    assert "不同" in tab.paper.notice_text.text()
    tab.side.version_asked.emit(old)
    assert tab.key == old
    assert value(tab, "leader") == "陈观保"


# ---- papers ----


def test_the_paper_is_previewed_and_written(tab, answers, window, tmp_path):
    seen = []
    answers.dialogs.append(lambda dialog: seen.append(len(dialog.viewer.filled.pages)))
    tab.paper.buttons["preview"].click()
    assert seen[0] >= 1
    for deed, name in (("pdf", "one.pdf"), ("xlsx", "one.xlsx"), ("pdf_copy", "copy.pdf")):
        answers.answers += [tmp_path / name, False]
        tab.paper.asked.emit(deed)
        settle(window)
        assert (tmp_path / name).stat().st_size > 1000
    assert "(对外)" in [text for what, text in answers.asked if what == "save"][-1]


def test_many_are_written_into_a_folder(tab, bench, answers, window, tmp_path):
    office.begin(bench, office.TOWN)
    tab.reload()

    def drive(dialog):
        assert dialog.all_listed
        dialog.xlsx.setChecked(True)
        dialog.go.click()

    answers.dialogs.append(drive)
    answers.answers += [tmp_path / "out", False]
    tab.export_documents()
    settle(window)
    assert sorted(path.suffix for path in (tmp_path / "out").iterdir()) == [".pdf", ".pdf", ".xlsx", ".xlsx"]


def test_only_the_chosen_are_written(tab, bench, answers, window, tmp_path):
    office.begin(bench, office.TOWN)
    office.begin(bench, office.VILLAGE, office.village_key(bench, "那罗村"))
    tab.reload()
    tab.records.view.selectAll()
    assert len(tab.records.chosen) == 3

    def drive(dialog):
        assert not dialog.all_listed
        dialog.pdf.setChecked(False)
        assert not dialog.go.isEnabled()
        dialog.pdf.setChecked(True)
        dialog.go.click()

    answers.dialogs.append(drive)
    answers.answers += [tmp_path / "out", False]
    tab.export_documents()
    settle(window)
    assert len(list((tmp_path / "out").iterdir())) == 3


# ---- history, links, the village ----


def test_the_history_is_told(tab, answers):
    tab.write("leader", "李书记")
    read = []
    answers.dialogs.append(lambda dialog: read.extend(
        tuple(dialog.table.item(row, column).text() for column in (3, 4)) for row in range(dialog.table.rowCount())
    ))
    tab.side.all_history.click()
    assert ("陈观保", "李书记") in read


def test_links_open_a_record_or_those_of_a_state(tab, bench, window):
    town = office.begin(bench, office.TOWN)
    window.open_target(Target("applications", key=town))
    assert tab.key == town
    applications.submit(bench, town)
    window.open_target(Target("applications", f"{office.TOWN}:submitted"))
    assert names(tab) == ["塘㙍镇"]
    window.open_target(Target("applications", office.VILLAGE))
    assert names(tab) == ["低岭村"]


def test_a_link_to_another_year_shows_it(tab, bench, window):
    last = applications.create(bench, office.VILLAGE, office.village_key(bench), year=bench.year - 1).keys[0]
    window.open_target(Target("applications", key=last))
    assert tab.key == last
    assert tab.records.wanted.year == bench.year - 1


def test_the_village_s_facts_are_edited_once_for_all_forms(tab, bench, answers, window):
    def drive(dialog):
        dialog.fields["total_households"].setText("多")
        dialog.save_button.click()
        assert dialog.result() == 0
        assert "整数" in dialog.fault.text()
        dialog.fields["total_households"].setText("512")
        dialog.poor.setCurrentIndex(2)
        dialog.save_button.click()

    answers.dialogs.append(drive)
    window.open_target(Target("applications", "village"))
    form = villages.form(bench, office.village_key(bench))
    assert (form.total_households, form.poor_village) == (512, False)


def test_ctrl_f_searches_the_list(tab, window):
    tab.start_search()
    assert tab.records.finder.hasFocus() or window.focusWidget() is tab.records.finder
