"""The manual's window: contents, search as one types, F1 from tabs and dialogs, the entries of the menu 帮助."""

from __future__ import annotations

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from fupin_desktop.services.manual import pages
from fupin_desktop.services.registers import registry
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.dialogs.replace import ReplaceDialog
from fupin_desktop.ui.manual_window import ManualWindow


@pytest.fixture
def manual(app, qtbot):
    made = ManualWindow()
    qtbot.addWidget(made)
    made.open_at("index.html")
    return made


def sought(manual, qtbot, text):
    manual.sought.clear()
    manual.sought.setText(text)  # key events carry no Chinese
    qtbot.waitUntil(lambda: not manual._wait.isActive())


def test_the_contents_lead_to_every_page(manual):
    seen = []
    for at in range(manual.contents.topLevelItemCount()):
        part = manual.contents.topLevelItem(at)
        for place in range(part.childCount()):
            manual.contents.itemClicked.emit(part.child(place), 0)
            seen.append(manual.browser.source().fileName())
            assert manual.contents.currentItem() is part.child(place)
            assert manual.browser.toPlainText().strip()
    assert seen == [name for part in pages.manual().parts for name in part.names]


def test_typing_shows_the_places_and_marks_the_words(manual, qtbot):
    sought(manual, qtbot, "rounding_mode")
    assert manual.results.count() > 0
    assert manual.told.text() == f"{manual.results.count()} 处"
    assert manual.results.isVisible()
    text = manual.results.itemWidget(manual.results.item(0))
    assert isinstance(text, QLabel)
    assert ">rounding_mode</span>" in text.text()
    qtbot.keyClick(manual.sought, Qt.Key.Key_Return)
    assert manual.browser.source().fileName() == manual._hits[0].section.page
    marked = [one.cursor.selectedText().lower() for one in manual.browser.extraSelections()]
    assert marked
    assert set(marked) == {"rounding_mode"}
    assert manual.browser.textCursor().position() >= manual.browser.anchor_position(manual._hits[0].section.anchor)


def test_enter_goes_round_all_places_and_escape_leaves_the_search_first(manual, qtbot):
    sought(manual, qtbot, "首页")
    places = [manual.results.currentRow() for _ in range(manual.results.count() + 1) if manual.find_next()]
    assert places == [*range(manual.results.count()), 0]
    qtbot.keyClick(manual, Qt.Key.Key_Escape)
    assert manual.sought.text() == ""
    qtbot.waitUntil(lambda: manual.contents.isVisible())
    assert manual.browser.extraSelections() == [] or manual.isVisible()
    qtbot.keyClick(manual, Qt.Key.Key_Escape)
    assert not manual.isVisible()


def test_what_is_nowhere_is_said(manual, qtbot):
    sought(manual, qtbot, "没有这几个字的")
    assert manual.results.count() == 0
    assert manual.told.text() == "没有查到，换个说法试试"
    assert not manual.find_next()


def test_links_of_a_page_lead_on_and_back(manual):
    manual.open_at("scheme.html#tiers")
    assert manual.browser.source().fragment() == "tiers"
    manual.open_at("register.html")
    assert manual.back.isEnabled()
    manual.back.click()
    assert manual.browser.source().fileName() == "scheme.html"
    manual.forward.click()
    assert manual.browser.source().fileName() == "register.html"


def test_pictures_are_as_wide_as_there_is_room(manual, qtbot):
    named = next(page.name for page in pages.manual().pages.values() if "<img" in page.html)
    manual.resize(900, 600)
    manual.open_at(named)
    name = pages.manual().pages[named].html.partition('<img src="')[2].partition('"')[0]
    shown = manual.browser.loadResource(2, name)
    assert isinstance(shown, QImage)
    assert 200 <= shown.width() <= manual.browser.viewport().width()
    manual.resize(760, 600)
    qtbot.waitUntil(lambda: not manual.browser._refit.isActive())
    assert manual.browser.loadResource(2, name).width() < shown.width()
    assert manual.browser.source().fileName() == named


def test_f1_in_a_dialog_opens_its_page_above_it(app, qtbot):
    dialog, seen = ReplaceDialog("村民小组", 3), []

    def press():
        qtbot.waitUntil(dialog.isActiveWindow)
        qtbot.keyClick(dialog, Qt.Key.Key_F1)
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, ManualWindow) and one.isVisible()]
        seen.extend(one.browser.source().fileName() for one in shown if one.parent() is dialog)
        dialog.reject()

    QTimer.singleShot(0, press)
    assert Asker().run(dialog) is False
    assert seen == ["households.html"]


def test_f1_follows_what_is_in_front(window):
    window.show_tab("ledgers")
    window.current_tab.state.show(registry.of("microcredits"))
    window.menus.actions["manual"].trigger()
    shown = window.actions_of_window.help.manual
    assert shown.browser.source().toString().endswith("finance.html#loans")
    window.show_tab("funds")
    window.current_tab.show_view("ledger")
    window.menus.actions["manual"].trigger()
    assert shown.browser.source().toString().endswith("money.html#ledger")


def test_the_menu_writes_the_manual(window, answers, tmp_path):
    path = tmp_path / "手册.pdf"
    answers.answers += [path, False]
    window.menus.actions["manual_pdf"].trigger()
    window.shell.tasks.wait()
    QApplication.processEvents()
    assert ("save", "产业扶贫工作台使用手册.pdf") in answers.asked
    assert len(PdfReader(path).pages) > 20


def test_the_menu_shows_the_quick_start_and_prints_and_saves_it(window, answers, tmp_path):
    path = tmp_path / "快速入门.pdf"

    def look(dialog: QDialog):
        assert dialog.windowTitle() == "打印预览 — 产业扶贫工作台快速入门"
        assert dialog.page.text() == "第 1 页，共 2 页"
        answers.answers += [path, False]
        next(one for one in dialog.findChildren(type(dialog.print)) if one.text() == "保存 PDF…").click()
        window.shell.tasks.wait()
        QApplication.processEvents()
        answers.setups.append(lambda _printer: False)
        dialog.print.click()
        window.shell.tasks.wait()
        QApplication.processEvents()
        dialog.reject()

    answers.dialogs.append(look)
    window.menus.actions["quick_start"].trigger()
    assert len(PdfReader(path).pages) == 2
    assert ("print", 2) in answers.asked


def test_the_window_is_no_larger_than_the_screen(manual):
    room = manual.screen().availableGeometry()
    assert manual.width() < room.width()
    assert manual.height() < room.height()
