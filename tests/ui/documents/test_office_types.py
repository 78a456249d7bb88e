"""The office's own form of a new id through the window: used, begun, filled, signed, printed, given up."""

from __future__ import annotations

import pytest

from fupin_desktop.documents.drawing.print_pages import page_count
from fupin_desktop.services import documents, own_forms
from fupin_desktop.ui.dialogs.own_forms import OwnFormsDialog
from fupin_desktop.ui.printing import front
from tests.services.documents.office_form import ROAD, TITLE, put, road_text
from tests.ui.documents.desk import badges, open_tab, settle, sign_all, value
from tests.ui.documents.test_invented_type import fill
from tests.ui.printing.test_front import Tray, go
from tests.ui.test_own_forms import choose, press, row


@pytest.fixture
def tray(monkeypatch):
    made = Tray()
    monkeypatch.setattr(front, "_press", lambda *_chosen: made)
    return made


def test_it_walks_through_the_window(window, bench, answers, tmp_path, qtbot, tray):
    tab = open_tab(window)
    file = tmp_path / "form.toml"
    file.write_text(road_text(), encoding="utf-8")
    dialog = OwnFormsDialog(window.shell)
    qtbot.addWidget(dialog)
    answers.answers.append(file)
    answers.dialogs.append(press("启用这个表样"))
    dialog.install()
    settle(window)
    title, origin, _changed, state = row(dialog, ROAD)
    assert (title, origin, state) == (TITLE, "本单位", "可在屏幕上填写")

    offered = []

    def begin(new):
        offered.extend(new.forms.itemText(at) for at in range(new.forms.count()))
        new.forms.setCurrentIndex(new.forms.findData(ROAD))
        new.list.setCurrentRow(0)
        new.go.click()

    answers.dialogs.append(begin)
    tab.records.new.click()
    settle(window)
    assert offered.index(TITLE) < offered.index("项目绩效目标表")  # asked for by another county alone
    assert tab.document.line.form_id == ROAD
    assert {one.code for one in tab.document.problems if one.blocks} == {"application.required"}
    fill(tab)
    assert (value(tab, "depth"), value(tab, "total")) == (42.5, 12000)
    assert not [one for one in tab.document.problems if one.blocks]
    sign_all(tab, answers)
    settle(window)
    assert (tab.document.stage, badges(tab)["低岭村"]) == ("final", "已批准")
    for kind in ("pdf", "xlsx"):
        answers.answers += [tmp_path / f"road.{kind}", False]
        tab.paper.buttons[kind].click()
        settle(window)
    assert (tmp_path / "road.pdf").read_bytes() == documents.pdf_bytes(bench, tab.key)
    assert (tmp_path / "road.xlsx").read_bytes() == documents.xlsx_bytes(bench, tab.key)
    answers.setups.append(go)
    tab.paper.buttons["print"].click()
    settle(window)
    ((name, *pages),) = tray.jobs
    assert (name, len(pages)) == (documents.paper_name(bench, tab.key), page_count(documents.pdf_bytes(bench, tab.key)))
    assert TITLE in name
    assert [line.label for line in documents.history(bench, tab.key)].count("打印") == 1

    choose(dialog, ROAD)
    assert dialog.back.text() == "停用…"
    answers.answers.append(True)
    dialog.back.click()
    settle(window)
    assert own_forms.all(bench)[-1].id != ROAD
    assert dialog.back.text() == "恢复内置…"
    tab.show_key(tab.key)
    assert tab.document.line.title == TITLE


def test_one_of_a_project_is_begun_by_the_name_typed(window, bench, answers):
    put(bench.data_folder, road_text(places="project").replace("village.name", "office.name").replace("village.leader", "office.clerk"))
    tab = open_tab(window)

    def begin(new):
        new.forms.setCurrentIndex(new.forms.findData(ROAD))
        assert new.name.isVisibleTo(new)
        assert not new.go.isEnabled()
        new.name.setText("低岭机耕路")
        new.go.click()

    answers.dialogs.append(begin)
    tab.records.new.click()
    settle(window)
    assert (tab.document.line.place, tab.document.line.title) == ("低岭机耕路", TITLE)
    assert badges(tab) == {"低岭机耕路": "草稿"}


def test_a_broken_one_says_that_none_can_be_begun(window, bench, qtbot):
    put(bench.data_folder, road_text().replace("entry = true", "entry = false"))
    dialog = OwnFormsDialog(window.shell)
    qtbot.addWidget(dialog)
    choose(dialog, ROAD)
    assert row(dialog, ROAD)[3] == "有误，不能新建"
    assert "entry" in dialog.told.text()
