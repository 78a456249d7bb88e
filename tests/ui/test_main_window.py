from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from fupin_desktop.app import keep_typed_at_log_off
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import history, offices, villages
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui import preferences, theme
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.registry import TABS, Command, TabSpec


class NotesTab(OfficeTab):
    """A tab that only writes down what happens to it."""

    nouns = frozenset({"villages"})
    manual_anchor = "scheme.html#tiers"

    def __init__(self, shell, parent=None):
        super().__init__(shell, parent)
        self.loads, self.records, self.calls = 0, [], []

    def load(self):
        self.loads += 1

    def show_record(self, target):
        self.records.append(target)

    def do_it(self):
        self.calls.append("done")

    def start_search(self):
        self.calls.append("search")


NOTES = TabSpec("notes", "笔记", __name__, "NotesTab", (Command("note", "记一笔…", "data", "do_it", "Ctrl+J", "记一笔"),))


@pytest.fixture
def two(app, bench, answers, qtbot):
    made = MainWindow(bench, answers, specs=(*TABS[:1], NOTES))
    made.show()
    yield made
    made.shell.tasks.wait()
    made.close()


def test_window_opens_with_office_and_year_in_its_title(window):
    assert window.windowTitle() == "产业扶贫工作台 — 吴川市 塘㙍镇扶贫办 · 2026 年度"
    assert window.status.clerk.text() == "经办 李文静"
    assert window.current_tab.isVisible()


def test_main_window_stays_small():
    from pathlib import Path

    import fupin_desktop.ui.main_window as module

    assert len(Path(module.__file__).read_text(encoding="utf-8").splitlines()) < 250


def test_tabs_are_made_and_read_when_first_seen(two):
    assert "notes" not in two._tabs
    notes = two.show_tab("notes")
    assert notes.loads == 1
    two.show_tab("home")
    two.show_tab("notes")
    assert notes.loads == 1
    assert two.strip.tabText(two.strip.currentIndex()) == "笔记"


def test_a_tab_chosen_first_is_made_and_then_shown_unless_another_is_chosen(two):
    two.show_tab("home")
    two.strip.tabBarClicked.emit(1)
    assert two.strip.currentIndex() == 1
    assert two.stack.currentWidget() is two.tab("home")
    assert two._tabs["notes"].loads == 0
    two.strip.tabBarClicked.emit(0)
    QTest.qWait(5)
    assert two.stack.currentWidget() is two.tab("home")
    assert two._tabs["notes"].loads == 0
    two.strip.setCurrentIndex(1)
    assert (two.stack.currentWidget(), two._tabs["notes"].loads) == (two.tab("notes"), 1)


def test_a_tab_chosen_first_comes_with_the_keyboard(two, qtbot):
    two.activateWindow()
    two.strip.tabBarClicked.emit(1)
    qtbot.waitUntil(lambda: two.stack.currentWidget() is two.tab("notes"))
    assert two.tab("notes").loads == 1
    assert two.focusWidget() is two.tab("notes")


def test_a_change_reaches_the_tabs_it_concerns_when_they_are_seen(two):
    notes = two.show_tab("notes")
    two.shell.do(lambda: villages.add(two.shell.bench, villages.VillageForm("低岭村")))
    assert notes.loads == 2
    two.shell.changed.emit(Change("x", "x", frozenset({"funds"}), (), ""))
    assert notes.loads == 2
    two.show_tab("home")
    two.shell.do(lambda: villages.add(two.shell.bench, villages.VillageForm("那罗村")))
    assert notes.loads == 2
    two.show_tab("notes")
    assert notes.loads == 3
    assert two.status.saved.text() == "已保存 10:32:05"


def test_links_lead_to_the_tab_and_unknown_ones_do_nothing(two):
    two.shell.wanted.emit(Target("notes", "missing:id"))
    assert two.current_tab.records == [Target("notes", "missing:id")]
    two.shell.wanted.emit(Target("nowhere"))
    assert two.current_tab.records == [Target("notes", "missing:id")]


def test_commands_of_a_tab_are_in_the_menus_and_on_the_first_page(two, qtbot):
    two.show_tab("home")
    assert ("note", "记一笔") in two.shell.favourites
    two.menus.actions["note"].trigger()
    assert two.current_tab.calls == ["done"]
    two.shell.commanded.emit("note")
    assert two.current_tab.calls == ["done", "done"]


def test_find_goes_to_the_search_of_the_tab(two, qtbot):
    notes = two.show_tab("notes")
    two.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is two)
    qtbot.keyClick(two, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert notes.calls == ["search"]


def test_undo_and_redo_name_what_they_do(window, bench):
    villages.add(bench, villages.VillageForm("低岭村"))
    window.menus.refresh_undo()
    assert window.menus.actions["undo"].text() == "撤销：新增村“低岭村”"
    window.menus.actions["undo"].trigger()
    assert villages.by_name(bench, "低岭村") is None
    window.menus.refresh_undo()
    assert window.menus.actions["redo"].text() == "重做：新增村“低岭村”"
    window.menus.actions["redo"].trigger()
    assert villages.by_name(bench, "低岭村") is not None


def test_undo_with_nothing_to_undo_only_says_so(window, bench, answers):
    assert history.can_undo(bench) is None
    window.menus.actions["undo"].trigger()
    window.menus.actions["redo"].trigger()
    assert window.status.currentMessage() == "没有可重做的操作"
    assert answers.told == []


def test_a_situation_in_an_operation_is_told_and_nothing_changes(window, answers):
    def refused():
        raise NotAllowed("不能这样做。")

    assert window.shell.do(refused) is None
    assert isinstance(answers.told[0], NotAllowed)


def test_another_year_is_shown_everywhere(window, bench, answers):
    answers.answers.append(2)
    window.year_bar.button.click()
    assert bench.year == 2025
    assert "2025 年度" in window.windowTitle()
    assert window.year_bar.button.text() == "2025 年度"
    answers.answers.append(None)
    window.actions_of_window.years.choose()
    assert bench.year == 2025


def test_backup_from_the_menu_is_shown(window, bench):
    assert window.status.backup.text() == "还没有备份"
    window.menus.actions["backup"].trigger()
    window.shell.tasks.wait()
    assert window.status.backup.text() == "今日已备份 10:32"
    window.status.show_backup(bench.last_backup().at, bench.clock() + timedelta(days=1))
    assert window.status.backup.text() == "上次备份 12月24日"


def test_manual_opens_at_the_place_of_the_tab(two):
    two.show_tab("notes")
    two.menus.actions["manual"].trigger()
    manual = two.actions_of_window.help.manual
    assert manual.isVisible()
    assert manual.browser.source().fileName() == "scheme.html"
    manual.open_at("no-such-page.html")
    assert manual.browser.source().fileName() == "index.html"
    manual.sought.setText("奖补")
    assert manual.find_next()
    manual.sought.setText("没有这几个字的")
    assert not manual.find_next()
    manual.close()


def test_about_shows_every_licence(window, answers):
    seen = []

    def read(dialog):
        for place in range(dialog.names.count()):
            dialog.names.setCurrentIndex(place)
            seen.append(dialog.text.toPlainText())
        dialog.accept()

    answers.dialogs.append(read)
    window.menus.actions["about"].trigger()
    assert len(seen) >= 3
    assert all(seen)


def test_settings_change_office_and_look(tidy_theme, window, bench, answers):
    def change(dialog):
        dialog.fields.lines["objection_town"].setText("0759-5551234")
        dialog.size_choice.setCurrentIndex(2)
        dialog.contrast.setChecked(True)
        dialog.save()

    answers.dialogs.append(change)
    window.menus.actions["settings"].trigger()
    assert offices.office(bench).objection_town == "0759-5551234"
    assert theme.current().contrast
    assert preferences.load().text_size == "large"


def test_settings_without_a_name_are_refused_and_kept_on_screen(window, bench, answers):
    left = []

    def change(dialog):
        dialog.fields.name.clear()
        dialog.save()
        left.append(dialog.result())

    answers.dialogs.append(change)
    window.actions_of_window.open_settings()
    assert isinstance(answers.told[0], NotAllowed)
    assert left == [0]
    assert offices.office(bench).name == "塘㙍镇扶贫办"


def test_search_finds_a_household_by_pinyin_initials(window, bench, qtbot):
    from fupin_desktop.services import registers

    villages.add(bench, villages.VillageForm("低岭村"))
    registers.add(bench, registers.HOUSEHOLDS, {"village": "低岭村", "head_name": "欧䶮", "head_id_number": "440883198001011233"})
    window.search.setText("oy")
    window.search.search_now()
    assert [line.split() for line in window.search.results] == [["欧䶮", "低岭村", "（农户）"]]
    qtbot.keyClick(window.search, Qt.Key.Key_Return)


def test_quiet_blocks_and_frees_signals(window):
    seen = []
    window.search.textChanged.connect(seen.append)
    with quiet(window.search):
        window.search.setText("a")
    window.search.setText("b")
    assert seen == ["b"]


def test_closing_remembers_the_place_and_waits_for_work(app, bench, answers):
    made = MainWindow(bench, answers)
    made.restore_place()
    made.show()
    done = []
    made.shell.run("正在备份", lambda _report: bench.back_up(), done.append)
    made.close()
    assert len(done) == 1
    assert preferences.load().geometry


def test_a_tab_can_keep_the_window_open(two, monkeypatch):
    notes = two.show_tab("notes")
    monkeypatch.setattr(notes, "can_close", lambda: False)
    two.close()
    assert two.isVisible()


class Session(QObject):
    """An application whose user logs off; Qt's own signal takes a session manager that only Qt can make."""

    commitDataRequest = Signal(object)


def test_logging_off_saves_what_is_half_typed(two, monkeypatch):
    asked = []
    session = Session()
    keep_typed_at_log_off(session, two)
    notes = two.show_tab("notes")
    monkeypatch.setattr(notes, "can_close", lambda: asked.append("notes") or True)
    session.commitDataRequest.emit(None)
    assert asked == ["notes"]


class Windows(QObject):
    """Notes what is shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(watched)
        return False


def test_no_piece_of_a_tab_is_shown_as_a_window_which_would_take_the_keyboard(window, app):
    spy = Windows()
    app.installEventFilter(spy)
    try:
        for key in window.tab_keys:
            window.show_tab(key)
            window.shell.tasks.wait()
            app.processEvents()
    finally:
        app.removeEventFilter(spy)
    assert spy.seen == []
    assert app.activeWindow() is window
