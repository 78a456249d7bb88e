"""Undo on a paper takes back what was done to the document in front, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from fupin_desktop.services import documents, villages
from tests.services.documents import office
from tests.ui.documents.desk import choose, names, settle, sign_all, value


def undo_tip(tab, window):
    settle(window)
    tab.state._beside.timeout.emit()
    button = tab.paper.buttons["undo"]
    return button.toolTip() if button.isEnabled() else ""


def test_what_was_done_elsewhere_stays(tab, bench, window, village):
    town = office.begin(bench, office.TOWN)
    tab.reload()
    choose(tab, village)
    tab.state.write("leader", "李书记")
    documents.set_values(bench, town, {"leader": "林镇长二"})
    villages.add(bench, villages.VillageForm("新设村"))
    tab.reload()
    assert "填写低岭村申报表“村（居）负责人”" in undo_tip(tab, window)
    tab.paper.buttons["undo"].click()
    assert value(tab, "leader") == "陈观保"
    assert documents.open_document(bench, town).data["leader"] == "林镇长二"
    assert villages.by_name(bench, "新设村") is not None
    undo_tip(tab, window)
    tab.paper.buttons["redo"].click()
    assert value(tab, "leader") == "李书记"


def test_an_approved_paper_has_nothing_to_undo(tab, bench, window, answers, village):
    sign_all(tab, answers)
    assert tab.document.stage == "final"
    villages.add(bench, villages.VillageForm("新设村"))
    tab.reload()
    said = []
    window.shell.said.connect(said.append)
    assert undo_tip(tab, window) == ""
    tab.undo()
    assert said[-1] == "这份申报表没有可撤销的操作"
    assert tab.document.stage == "final"
    assert villages.by_name(bench, "新设村") is not None


def test_the_last_edit_of_another_document_is_not_taken_back_after_moving_on(tab, bench, window, village):
    town = office.begin(bench, office.TOWN)
    tab.reload()
    choose(tab, village)
    tab.state.write("leader", "李书记")
    choose(tab, town)
    tab.undo()
    tab.undo()
    assert documents.open_document(bench, village).data["leader"] == "李书记"


def test_the_keys_work_after_the_menu_was_looked_at(tab, bench, window, village, qtbot):
    menu = window.menus._menus["edit"]
    while documents.undo_title(bench, village):
        documents.undo(bench, village)
    tab.reload()
    menu.aboutToShow.emit()
    assert not window.menus.actions["undo"].isEnabled()
    menu.aboutToHide.emit()
    again = office.begin(bench)
    tab.reload()
    choose(tab, again)
    tab.state.write("leader", "李书记")
    qtbot.keyClick(tab.paper.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert value(tab, "leader") == "陈观保"
    menu.aboutToShow.emit()
    assert window.menus.actions["undo"].text().startswith("撤销：")
    menu.aboutToHide.emit()
    assert names(tab) == ["低岭村"]


def test_where_there_is_little_room_the_words_of_the_buttons_stay_whole(tab, window, qtbot):
    buttons = tab.paper.buttons
    for width, shown in ((960, False), (1366, True)):
        window.resize(width, 560)
        qtbot.waitUntil(lambda: buttons["undo"].isVisible() is shown)  # noqa: B023
        QApplication.processEvents()
        for key in ("preview", "print", "pdf", "xlsx", "copy"):
            assert buttons[key].width() >= buttons[key].sizeHint().width(), (width, key)
