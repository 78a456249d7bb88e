"""Manners of a desktop program: recent files, files dropped on the window, sleep, log-off, the taskbar, sizes kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QStyleHints
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from fupin_desktop import app as program
from fupin_desktop.app import make_application, open_window
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui import papers, preferences, theme
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.dialogs.backups import BackupsDialog
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.power import LogOff, Power
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.recent import RecentFiles
from fupin_desktop.ui.taskbar import TaskProgress
from fupin_desktop.ui.widgets.traits import set_trait
from fupin_desktop.ui.window_place import place_window
from tests.ui.conftest import Answers


class TestRecentFiles:
    """The list in the menu 文件."""

    def test_the_last_one_stands_first_and_what_is_gone_is_left_out(self, app: QApplication, tmp_path: Path) -> None:
        files = [tmp_path / f"{number} & 表.xlsx" for number in range(12)]
        kept = RecentFiles()
        for path in (*files, files[3]):
            path.touch()
            kept.note(path)
        files[11].unlink()
        other, menu, opened = RecentFiles(), QMenu(), []
        other.restore(kept.stored())
        other.fill(menu, opened.append)
        assert [action.text().partition("\t")[0] for action in menu.actions()][:2] == ["&1  3 && 表.xlsx", "&2  10 && 表.xlsx"]
        menu.actions()[1].trigger()
        assert opened == [files[10]]
        other.restore("kaputt")
        assert other.paths
        RecentFiles().fill(menu, opened.append)
        assert not menu.actions()[0].isEnabled()

    def test_the_menu_shows_it_and_the_next_start_knows_it(
        self, window: MainWindow, bench: Workbench, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path, shown = tmp_path / "名册.xlsx", []
        path.touch()
        monkeypatch.setattr(papers.QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
        answers.recent.note(path)
        recent = window.actions_of_window.recent
        assert recent.title() == "最近的文件"
        recent.aboutToShow.emit()
        recent.actions()[0].trigger()
        assert [Path(name) for name in shown] == [path]
        window.close()
        assert preferences.load().recent == f'["{path}"]'.replace("\\", "\\\\")
        again = open_window(bench, Answers(), preferences.load())
        assert again.shell.ask.recent.paths == [path]
        again.close()

    def test_files_chosen_in_dialogs_are_noted(self, tmp_path: Path) -> None:
        asker = Asker()
        assert asker._chosen(str(tmp_path / "甲.pdf")) == tmp_path / "甲.pdf"
        assert asker.recent.paths == [tmp_path / "甲.pdf"]
        assert asker.last_folder == str(tmp_path)


def test_what_the_pc_cannot_open_is_told(
    window: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "名册.xlsx"
    monkeypatch.setattr(papers.QDesktopServices, "openUrl", lambda _url: False)
    papers.open_file(path, window.shell)
    path.touch()
    papers.open_file(path, window.shell)
    window.actions_of_window.open_data_folder()
    assert [one.happened.partition("“")[0] for one in answers.told] == ["找不到", *["这台电脑没有能打开"] * 2]
    assert str(tmp_path) in answers.told[1].safe


def drop(window: MainWindow, path: Path) -> bool:
    """Drop a file on the tab in front, as the desktop does; whether anything took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    action, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    widget = window.current_tab
    while widget is not None:
        entered = QDragEnterEvent(QPoint(9, 9), action, data, buttons, keys)
        entered.ignore()
        if widget.acceptDrops():
            QApplication.sendEvent(widget, entered)
            if entered.isAccepted():
                QApplication.sendEvent(widget, QDropEvent(QPointF(9, 9), action, data, buttons, keys))
                QApplication.processEvents()
                return True
        widget = widget.parentWidget()
    return False


class TestDropping:
    """A file dropped anywhere goes where it belongs."""

    @pytest.mark.parametrize("tab", ["home", "households"])
    def test_a_backup_opens_the_backups_with_it(
        self, window: MainWindow, answers: Answers, tab: str, tmp_path: Path
    ) -> None:
        made = window.shell.bench.back_up()
        brought = tmp_path / made.path.name
        made.path.rename(brought)

        def drive(dialog: QDialog) -> None:
            assert isinstance(dialog, BackupsDialog)
            assert dialog.list.item(0).toolTip() == str(brought)

        answers.dialogs = [drive]
        window.show_tab(tab)
        assert drop(window, brought)
        window.shell.tasks.wait()
        assert not answers.dialogs

    def test_a_package_is_looked_into(self, window: MainWindow, answers: Answers, tmp_path: Path) -> None:
        (tmp_path / "移交包.fupin").write_bytes(b"x")
        window.show_tab("households")
        assert drop(window, tmp_path / "移交包.fupin")
        assert "不完整" in str(answers.told[-1])

    def test_a_list_dropped_on_the_first_page_is_imported(
        self, window: MainWindow, answers: Answers, tmp_path: Path
    ) -> None:
        path, seen = tmp_path / "名册.xlsx", []
        path.touch()
        answers.dialogs = [lambda dialog: seen.append(type(dialog).__name__)]
        window.show_tab("home")
        assert drop(window, path)
        assert window.current_tab is window.tab("households")
        assert seen


class TestSleepAndLogOff:
    """What is half typed is saved before; afterwards the day is looked at."""

    def test_windows_is_kept_until_what_is_typed_is_saved(self, app: QApplication, qtbot: QtBot) -> None:
        power, saved = Power(datetime.now), []
        power.suspending.connect(lambda: saved.append("typed"))
        told = threading.Thread(target=lambda: (power.notified(4), saved.append("slept")))
        told.start()
        qtbot.waitUntil(lambda: len(saved) == 2)
        told.join()
        assert saved == ["typed", "slept"]
        with qtbot.waitSignal(power.resumed):
            power.notified(18)

    def test_a_minute_that_took_an_hour_was_slept_through(self, app: QApplication) -> None:
        now = [datetime(2026, 3, 2, 9)]  # noqa: DTZ001
        power, woke = Power(lambda: now[0]), []
        power.resumed.connect(lambda: woke.append(now[0]))
        for step in (timedelta(minutes=1), timedelta(hours=1), timedelta(minutes=1)):
            now[0] += step
            power.tick()
        assert woke == [datetime(2026, 3, 2, 10, 1)]  # noqa: DTZ001

    def test_the_window_saves_and_looks_at_the_day(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        calls: list[str] = []
        monkeypatch.setattr(type(window.current_tab), "can_close", lambda _tab: calls.append("saved") or True)
        monkeypatch.setattr(window.shell, "run", lambda doing, *_work, **_how: calls.append(doing))
        window.manners.power.suspending.emit()
        window.manners.power.resumed.emit()
        assert calls == ["saved", "正在做每日备份"]

    @pytest.mark.parametrize("long", [False, True])
    def test_log_off_waits_for_work_and_asks_the_system_to_wait_for_long_work(
        self, window: MainWindow, monkeypatch: pytest.MonkeyPatch, long: bool
    ) -> None:
        class Manager:
            cancelled = False

            def cancel(self) -> None:
                self.cancelled = True

        go_on, saved, done, manager = threading.Event(), [], [], Manager()
        monkeypatch.setattr("fupin_desktop.ui.power._LOG_OFF_MS", 60 if long else 4000)
        log_off = LogOff(window, window.shell.tasks, lambda: saved.append("typed"))
        window.shell.run("正在导入", lambda _report: go_on.wait(5), done.append)
        if not long:
            go_on.set()
        log_off.commit(manager)
        assert saved == ["typed"]
        assert manager.cancelled is long
        go_on.set()
        window.shell.tasks.wait()
        assert done == [True]


class Button:
    """A button on a taskbar that notes what it shows."""

    def __init__(self) -> None:
        self.shown: list[tuple[int, int] | None] = []

    def show(self, done: int, total: int) -> None:
        self.shown.append((done, total))

    def clear(self) -> None:
        self.shown.append(None)


def test_the_taskbar_shows_what_lasts_and_nothing_of_what_is_quick(window: MainWindow, qtbot: QtBot) -> None:
    button, go_on = Button(), threading.Event()
    TaskProgress(window.shell.tasks, window, button)
    window.shell.run("正在备份", lambda _report: None)
    window.shell.tasks.wait()
    assert button.shown == []

    def work(report: Callable[[int, int, str], None]) -> None:
        assert go_on.wait(5)
        report(3, 3, "三")

    window.shell.run("正在导出", work)
    qtbot.waitUntil(lambda: bool(button.shown))
    go_on.set()
    window.shell.tasks.wait()
    assert (button.shown[0], button.shown[-2:]) == ((0, 0), [(3, 3), None])


def test_a_dialog_is_as_large_as_the_clerk_left_it(app: QApplication) -> None:
    class Roomy(QDialog):
        def exec(self) -> int:
            self.was = self.size()
            if wanted is not None:
                self.resize(wanted)
            return 1

    asker, wanted = Asker(), QSize(611, 433)
    asker.run(Roomy())
    assert asker.sizes == {"Roomy": (611, 433)}
    Roomy.__module__ = "PySide6.QtPrintSupport"  # one of Qt's, which grows by a button of its own
    Roomy.__name__ = "QPrintDialog"
    asker.run(Roomy())
    assert asker.sizes == {"Roomy": (611, 433)}
    Roomy.__name__ = "Roomy"
    wanted = None
    again = Roomy()
    asker.run(again)
    assert again.was == QSize(611, 433)
    kept = Preferences(dialog_sizes='{"Roomy": [611, 433]}')
    assert kept.sizes == asker.sizes
    assert Preferences(dialog_sizes="x").sizes == Preferences(dialog_sizes='{"a": 1}').sizes == {}


def test_after_a_dialog_the_keyboard_is_where_the_work_was_and_not_on_the_button(window: MainWindow) -> None:
    keeper, box, finder = window.manners.work_focus, QPushButton("导出", window), QLineEdit(window)
    table = QTableWidget(1, 1, window)
    editor, inside = QLineEdit(table.viewport()), QPushButton("保存", QDialog(window))
    for one in (box, finder, table):
        one.show()
    keeper.moved(editor, box)
    table.clearFocus()
    keeper.moved(inside, box)
    assert QApplication.focusWidget() is table
    keeper.moved(finder, box)
    finder.clearFocus()
    keeper.moved(None, box)
    assert QApplication.focusWidget() is finder
    table.setFocus()
    keeper.moved(None, QPushButton("下一步", window))  # the next step, which was given the keyboard
    keeper.moved(None, inside)  # a button of the dialog is none of the window's
    assert QApplication.focusWidget() is table
    finder.setFocus()
    keeper.moved(table, box)
    box.hide()  # what the dialog did took the button away
    keeper.moved(None, finder)
    assert QApplication.focusWidget() is table
    finder.setFocus()
    keeper.moved(None, finder)  # another program was in front
    assert QApplication.focusWidget() is finder


@pytest.mark.parametrize("left", [-3000, 40, 5000])
def test_a_window_whose_screen_is_gone_comes_back_to_one_that_is_there(app: QApplication, qtbot: QtBot, left: int) -> None:
    """Two screens in the office, one at home; also of another scale, which makes them smaller in the window's own points."""
    room = QApplication.primaryScreen().availableGeometry()
    before, after = QWidget(), QWidget()
    qtbot.addWidget(before)
    qtbot.addWidget(after)
    before.setGeometry(left, 60, 4 * room.width(), 500)
    place_window(after, bytes(before.saveGeometry().toBase64().data()).decode())
    assert room.contains(after.geometry())
    assert after.height() == min(500, room.height())


class TestLookOfTheSystem:
    """High contrast of Windows is taken over at once; the title bar is light as the window is."""

    @pytest.fixture
    def contrast(self, tidy_theme: QApplication, monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
        """Switches the system's high contrast, and tells the windows as Qt does."""

        def switch(on: bool) -> None:
            monkeypatch.setattr(theme, "_system_contrast", lambda: on)
            for window in QApplication.topLevelWidgets():
                QApplication.sendEvent(window, QEvent(QEvent.Type.ThemeChange))
            QApplication.processEvents()

        return switch

    def test_it_is_followed_while_the_window_is_open(self, window: MainWindow, contrast: Callable[[bool], None]) -> None:
        read: list[str] = []
        window.actions_of_window.reload_wanted.connect(lambda: read.append("all"))
        contrast(True)
        assert theme.current().contrast
        assert window.palette().color(window.backgroundRole()) == theme.CONTRAST.desk
        contrast(True)
        assert read == ["all"]
        contrast(False)
        assert not theme.current().contrast
        assert read == ["all", "all"]

    def test_menus_keep_the_font_of_the_window_where_windows_puts_its_own_back(
        self, window: MainWindow, tidy_theme: QApplication, contrast: Callable[[bool], None]
    ) -> None:
        tidy_theme.setFont(QFont("Tahoma", 5), "QMenuBar")  # type: ignore[arg-type]
        assert window.menuBar().font().pointSizeF() == 5
        contrast(theme.current().contrast)
        assert window.menuBar().font() == QApplication.font()

    def test_settings_do_not_take_it_off(
        self, window: MainWindow, answers: Answers, contrast: Callable[[bool], None]
    ) -> None:
        contrast(True)
        answers.dialogs = [lambda dialog: dialog.save()]
        window.menus.actions["settings"].trigger()
        assert theme.current().contrast
        assert not preferences.load().contrast

    def test_the_title_bar_is_light_also_where_the_system_is_dark(
        self, tidy_theme: QApplication, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[object] = []

        def noted(thing: QObject, name: str, value: str) -> None:
            set_trait(thing, name, value)  # off screen there is no scheme that could be read again
            asked.append((type(thing), name, value))

        monkeypatch.setattr(program, "set_trait", noted)
        make_application(Preferences())
        assert asked == [(QStyleHints, "colorScheme", "Light")]
