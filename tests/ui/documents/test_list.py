"""The records: list, filters, making, deleting, links."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import Cancelled, Situation
from fupin_desktop.services import documents, offices, villages
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.tabs.documents.state import Wanted
from fupin_desktop.ui.tabs.documents.words import short_box
from tests.services.documents import office
from tests.services.register_office import add_household
from tests.ui.documents.desk import badges, names, open_tab, pick, settle, value


def test_an_empty_year_says_how_to_begin(window):
    tab = open_tab(window)
    assert tab.document is None
    assert tab.records.stack.currentWidget() is tab.records.empty
    assert tab.paper.stack.currentWidget() is tab.paper.empty
    assert not tab.paper.buttons["pdf"].isEnabled()
    assert not tab.side.body.isVisible()


def test_the_list_stands_under_headings_with_badges(tab, bench):
    town = office.begin(bench, office.TOWN)
    documents.submit(bench, town)
    tab.reload()
    model = tab.records.model
    assert [model.index(row).data() for row in range(model.rowCount())] == [
        "“一镇一业”镇申报表 (1)", "塘㙍镇", "“一村一品”村申报表 (1)", "低岭村",
    ]
    assert badges(tab) == {"塘㙍镇": "待镇扶贫办", "低岭村": "草稿"}
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags
    assert "等待：镇" in model.index(1).data(Qt.ItemDataRole.ToolTipRole)


def test_the_list_is_filtered_and_searched(tab, bench, window, qtbot):
    office.begin(bench, office.TOWN)
    tab.reload()
    assert names(tab) == ["塘㙍镇", "低岭村"]
    tab.records.forms.setCurrentIndex(tab.records.forms.findData(office.VILLAGE))
    tab.records.forms.activated.emit(1)
    assert names(tab) == ["低岭村"]
    tab.state.show_wanted(Wanted(bench.year, state=ApplicationState.APPROVED.value))
    assert names(tab) == []
    assert tab.document is None
    tab.state.show_wanted(Wanted(bench.year))
    tab.records.finder.setText("dlc")
    qtbot.waitUntil(lambda: tab.state.wanted.text == "dlc")
    assert names(tab) == ["低岭村"]
    assert "已筛选" in tab.records.count.text()
    tab.state.show_wanted(Wanted(bench.year - 1))
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
    pick(tab, tab.records.model.rows[0].key)
    qtbot.keyClick(tab.records.view, Qt.Key.Key_Down)
    assert tab.document.line.place == "低岭村"


@pytest.mark.parametrize(("label", "told"), [
    ("村(居)委会意见", "村委会"), ("对口帮扶单位（驻村工作队）意见", "对口帮扶单位"), ("镇(街)党委政府意见", "镇党委政府"),
])
def test_a_box_in_few_words(label, told):
    assert short_box(label) == told


def test_the_list_can_be_copied_and_enter_leads_to_the_paper(tab, answers, qtbot):
    answers.dialogs.append(lambda dialog: dialog.copy())
    tab.document_actions.show_list()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0].split("\t") == ["表种", "单位", "版本", "状态"]
    assert lines[1].split("\t")[1:] == ["低岭村", "", "草稿"]
    qtbot.keyClick(tab.records.view, Qt.Key.Key_Return)
    assert tab.window().focusWidget() is tab.paper.view

def test_a_new_application_is_begun_and_shown(window, bench, answers):
    tab = open_tab(window)

    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        assert [dialog.list.item(row).text() for row in range(dialog.list.count())] == ["低岭村", "那罗村"]
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.new.click()
    assert tab.document.line.place == "低岭村"
    assert tab.document.editable
    assert tab.records.current == tab.key


@pytest.mark.parametrize(("county", "here"), [
    ("吴川市", [office.TOWN, office.VILLAGE, office.HOUSEHOLD]), ("清城区", [office.TARGETS]),
])
def test_forms_that_only_another_county_asks_for_stand_apart(window, bench, answers, county, here):
    offices.save(bench, replace(offices.office(bench), county=county, county_code="", town="源潭镇", town_code=""))
    tab = open_tab(window)

    def drive(dialog):
        listed = [dialog.forms.itemData(row) for row in range(dialog.forms.count())]
        caption = dialog.forms.findText("— 其他市、县的文件要求的表 —")
        assert sorted(listed[:caption - 1]) == sorted(here)
        assert not dialog.forms.model().flags(dialog.forms.model().index(caption, 0)) & Qt.ItemFlag.ItemIsEnabled
        assert dialog.form_id == listed[0]
        assert "没有要求" not in dialog.note.text()
        dialog.forms.setCurrentIndex(caption + 1)
        assert dialog.form_id not in here
        assert "本县(市)的文件没有要求这张表(参照 " in dialog.note.text()
        dialog.reject()

    answers.dialogs.append(drive)
    tab.records.new.click()
    assert answers.dialogs == []


def test_those_that_have_one_are_grey(tab, bench, answers):
    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        assert dialog.list.item(0).text() == "低岭村（已有）"
        dialog.list.selectAll()
        assert len(dialog.places) == 1
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.new.click()
    assert names(tab) == ["低岭村", "那罗村"]
    assert tab.document.line.place == "那罗村"


def test_whom_a_new_one_is_for_is_found_by_initials(tab, answers):
    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        for typed in ("nlc", "那", "nl 村"):
            dialog.finder.setText(typed)
            dialog._list_places()
            found.append([dialog.list.item(row).text() for row in range(dialog.list.count())])
        dialog.reject()

    found = []
    answers.dialogs.append(drive)
    tab.records.new.click()
    assert found == [["那罗村"]] * 3


def begin_all(window, answers):
    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        dialog.list.selectAll()
        dialog.go.click()

    answers.dialogs.append(drive)
    window.tab("applications").records.new.click()


def test_several_places_are_begun_at_once(window, answers):
    tab = open_tab(window)
    begin_all(window, answers)
    settle(window)
    assert names(tab) == ["低岭村", "那罗村"]
    assert tab.document.line.place == "那罗村"


def test_beginning_several_can_be_stopped(window, answers, monkeypatch):
    tab = open_tab(window)
    create = documents.create

    def stop_after_one(*given, **words):
        if tab.records.model.rows or names_made:
            raise Cancelled
        names_made.append(given[2])
        return create(*given, **words)

    names_made = []
    monkeypatch.setattr(documents, "create", stop_after_one)
    begin_all(window, answers)
    settle(window)
    assert names(tab) == ["低岭村"]
    assert answers.told == []


def test_a_project_is_named_by_typing(window, answers):
    tab = open_tab(window)

    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.TARGETS))
        assert not dialog.go.isEnabled()
        dialog.name.setText("优质水稻基地")
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.document_actions.new()
    assert names(tab) == ["优质水稻基地"]


def test_thousands_of_households_are_listed_beside(window, bench, answers, monkeypatch):
    monkeypatch.setattr("fupin_desktop.ui.dialogs.new_document._AT_ONCE", -1)
    add_household(bench, "吴日富")
    listed = []

    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.HOUSEHOLD))
        listed.append((dialog.list.count(), dialog.note.text(), dialog.go.isEnabled()))
        window.shell.tasks.wait()
        listed.append((dialog.list.count(), dialog.note.text(), dialog.go.isEnabled()))
        dialog.show_form()
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        villages_listed = dialog.list.count()
        window.shell.tasks.wait()
        assert dialog.list.count() == villages_listed

    answers.dialogs.append(drive)
    open_tab(window).document_actions.new()
    assert listed == [(0, "正在列出农户…", False), (4, "按住 Ctrl 或 Shift 可以一次选几个。", True)]


def test_last_year_is_copied(window, bench, answers):
    last = documents.create(bench, office.VILLAGE, office.village_key(bench), year=bench.year - 1).keys[0]
    office.fill(bench, last, {"leader": "去年的人"})
    tab = open_tab(window)

    def drive(dialog):
        dialog.forms.setCurrentIndex(dialog.forms.findData(office.VILLAGE))
        dialog.list.setCurrentRow(1)
        dialog.go.click()
        assert isinstance(answers.told[-1], Situation)
        assert dialog.result() == 0
        dialog.list.setCurrentRow(0)
        dialog.go.click()

    answers.dialogs.append(drive)
    tab.records.copy.click()
    assert value(tab, "leader") == "去年的人"
    assert tab.document.line.place == "低岭村"


def test_a_draft_is_deleted_and_brought_back(tab, answers):
    answers.answers.append(True)
    tab.document_actions.remove()
    assert names(tab) == []
    assert tab.document is None
    tab.paper.enable_undo("删除", None)
    tab.paper.buttons["undo"].click()
    assert names(tab) == ["低岭村"]

def test_the_history_is_told(tab, answers):
    tab.state.write("leader", "李书记")
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
    documents.submit(bench, town)
    window.open_target(Target("applications", f"{office.TOWN}:submitted"))
    assert names(tab) == ["塘㙍镇"]
    window.open_target(Target("applications", office.VILLAGE))
    assert names(tab) == ["低岭村"]


def test_a_link_to_another_year_shows_it(tab, bench, window):
    last = documents.create(bench, office.VILLAGE, office.village_key(bench), year=bench.year - 1).keys[0]
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

    answers.dialogs += [lambda listed: listed.change.click(), drive]
    window.open_target(Target("applications", "village"))
    form = villages.form(bench, office.village_key(bench))
    assert (form.total_households, form.poor_village) == (512, False)


def test_ctrl_f_searches_the_list(tab, window):
    tab.start_search()
    assert tab.records.finder.hasFocus() or window.focusWidget() is tab.records.finder


def test_what_registers_have_now_is_taken_over_where_it_is_ticked(tab, bench, answers, qtbot):
    village = villages.all(bench)[0].key
    assert not tab.paper.newer.isVisible()
    villages.update(bench, village, replace(villages.form(bench, village), leader="新支书", total_households=501))
    tab.reload()
    qtbot.waitUntil(tab.paper.newer.isVisible)
    assert tab.paper.newer_text.text() == "名册、登记资料有变：“村（居）负责人”、“全村总户数”和表上填的不同。"
    before = value(tab, "households_all")

    def tick(dialog):
        dialog.ticks[1].setCheckState(Qt.CheckState.Unchecked)
        dialog.go.click()

    answers.dialogs.append(tick)
    tab.paper.buttons["take_over"].click()
    settle(tab.window())
    assert (value(tab, "leader"), value(tab, "households_all")) == ("新支书", before)
    qtbot.waitUntil(lambda: not tab.paper.newer.isVisible())
    tab.undo()
    settle(tab.window())
    assert value(tab, "leader") == "陈观保"
    villages.update(bench, village, replace(villages.form(bench, village), leader="又一人", total_households=501))
    tab.reload()
    qtbot.waitUntil(tab.paper.newer.isVisible)
    tab.paper.buttons["leave_alone"].click()
    assert not tab.paper.newer.isVisible()
