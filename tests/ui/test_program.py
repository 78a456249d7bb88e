import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from fupin_desktop import app as program
from fupin_desktop.errors import DataFileDamaged
from fupin_desktop.storage import opening
from fupin_desktop.ui import preferences, shots
from fupin_desktop.ui.crash import LOG_FOLDER
from fupin_desktop.ui.dialogs.crash import BEFORE
from tests.ui.conftest import Answers

ROOT = Path(program.__file__).parent.parent


@pytest.fixture
def running(app, bench, monkeypatch, qtbot):
    """Runs the whole program on the office; ``during`` is called with the window when it is up."""
    folder = bench.data_folder
    bench.close()
    told, opened = Answers(), []
    open_window = program.open_window
    monkeypatch.setattr(program, "Asker", lambda _folder="": told)
    monkeypatch.setattr(program, "open_window", lambda *words: opened.append(open_window(*words)) or opened[-1])
    monkeypatch.setattr(program, "AFTER_START_MS", 0)

    def run(during):
        def act():
            window = opened[0]
            try:
                qtbot.waitUntil(lambda: window.status.backup.text().startswith("今日已备份"))
                window.shell.tasks.wait()
                during(window)
                QApplication.processEvents()
            finally:
                window.close()

        QTimer.singleShot(50, act)
        return program.run(data=folder)

    run.answers, run.folder, run.opened = told, folder, opened
    return run


def test_program_opens_makes_the_daily_backup_and_ends_well(running):
    seen = []
    assert running(lambda window: seen.append((window.windowTitle(), window.status.backup.text()))) == 0
    assert seen[0][0].startswith("产业扶贫工作台 — 吴川市")
    assert seen[0][1].startswith("今日已备份")
    assert len(list((running.folder / "备份").glob("*.zip"))) == 1
    assert not (running.folder / LOG_FOLDER / "运行中").exists()
    assert not (running.folder / "fupin.sqlite-wal").exists()
    assert [isValid(window) for window in running.opened] == [False]  # it does not outlive Qt


def test_a_program_that_ends_with_its_window_open_takes_it_along(running, monkeypatch):
    monkeypatch.setattr(program.QApplication, "exec", lambda _app=None: 0)
    assert program.run(data=running.folder) == 0
    assert [isValid(window) for window in running.opened] == [False]
    assert not (running.folder / LOG_FOLDER / "运行中").exists()


def test_what_follows_the_first_page_waits_until_it_is_drawn(app, qtbot, monkeypatch):
    class Window(QWidget):
        drawn = Signal()

    window, done = Window(), []
    qtbot.addWidget(window)
    monkeypatch.setattr(program, "AFTER_START_MS", 0)
    program._once_drawn(window, lambda: done.append("drawn"))
    QApplication.processEvents()
    assert not done
    window.drawn.emit()
    qtbot.waitUntil(lambda: done == ["drawn"])
    monkeypatch.setattr(program, "UNSEEN_MS", 0)
    program._once_drawn(window, lambda: done.append("unseen"))
    qtbot.waitUntil(lambda: done == ["drawn", "unseen"])


def test_a_bug_is_shown_and_the_program_goes_on(running, capsys):
    shown = []

    def read(dialog):
        shown.append(dialog.report.toPlainText())
        dialog.accept()

    running.answers.dialogs.append(read)

    def bug():
        raise ZeroDivisionError("bug in an operation")

    assert running(lambda window: window.shell.do(bug)) == 0
    assert "bug in an operation" in shown[0]
    assert "bug in an operation" in capsys.readouterr().err


def test_a_start_after_a_crash_tells_it(running):
    folder = running.folder / LOG_FOLDER
    folder.mkdir()
    (folder / "运行中").write_text("0", encoding="utf-8")
    (folder / "上次异常.txt").write_text("died of this", encoding="utf-8")
    told = []

    def read(dialog):
        told.extend([dialog.report.toPlainText(), *(label.text() for label in dialog.findChildren(QLabel))])
        dialog.accept()

    running.answers.dialogs.append(read)
    assert running(lambda window: None) == 0
    assert told[0] == "died of this"
    assert BEFORE in told


def test_pictures_of_every_tab_and_dialog(window, tmp_path):
    saved = shots.save_all(window, tmp_path / "shots")
    names = {path.stem for path in saved}
    assert {"home", "dialog_settings", "dialog_wizard_office", "manual"} <= names
    picture = QImage(str(tmp_path / "shots" / "home.png"))
    assert (picture.width(), picture.height()) == (shots.WIDTH, shots.HEIGHT)
    assert len({picture.pixel(x, y) for x in range(0, 1366, 7) for y in range(0, 768, 7)}) > 10


def test_the_window_is_up_before_the_database_toolkit_is_loaded(bench, window, tmp_path):
    """The second start on unchanged data shows the first page, and backs up, without SQLAlchemy, alembic, openpyxl or a renderer."""
    folder = bench.data_folder
    window.close()
    bench.close()
    code = (
        "import sys; from pathlib import Path; from datetime import datetime\n"
        "from fupin_desktop.ui import qt_loading; qt_loading.load()\n"
        "from fupin_desktop import app\n"
        "from fupin_desktop.ui.window import manners; manners._SOON_MS = 10 ** 6  # of a start that takes its time\n"
        "from fupin_desktop.ui.preferences import Preferences\n"
        "from fupin_desktop.services.opening import open_workbench\n"
        "qt = app.make_application(Preferences())\n"
        "clock = lambda: datetime(2026, 12, 24, 10, 32, 5)\n"
        "window = app.open_window(open_workbench(Path(sys.argv[1]), clock=clock)); qt.processEvents()\n"
        "light = {'typing_extensions', 'hashlib', 'hmac', '_strptime', 'calendar', 'unicodedata', 'importlib.resources',\n"
        "         'fupin_desktop.services.protection', 'fupin_desktop.domain.text', 'fupin_desktop.domain.vocabulary',\n"
        "         'fupin_desktop.storage.key_slots', 'fupin_desktop.ui.fitting', 'fupin_desktop.domain.file_names',\n"
        "         'dataclasses', 'platform', 'subprocess', 'PySide6.QtNetwork'}\n"
        "from PySide6 import QtCore, QtGui\n"
        "print(sorted(light & set(sys.modules)), 'Qt' in vars(QtCore), 'QTouchEvent' in vars(QtGui))  # see ui.widgets.traits\n"
        "app._after_start(window, ''); window.shell.tasks.wait()\n"
        "heavy = {'sqlalchemy', 'alembic', 'openpyxl', 'reportlab', 'python_calamine', 'pypinyin', 'chinese_calendar'}\n"
        "assert qt.applicationDisplayName() in ('', qt.applicationName())  # Windows appends another one to every title\n"
        "print(sorted(heavy & set(sys.modules)), window.windowTitle()); app._delete(window)\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[] False False\n[] 产业扶贫工作台 — 吴川市 塘㙍镇扶贫办 · 2026 年度")


def test_the_program_opens_anew_on_the_folder_the_data_were_taken_to(running, tmp_path, monkeypatch, qtbot):
    there = tmp_path / "新的位置"
    running.answers.answers += [there, True]
    second = []
    opened = program.open_window

    def open_again(*words):
        window = opened(*words)
        if window.shell.bench.data_folder == there:
            second.append(window.windowTitle())
            QTimer.singleShot(0, window, window.close)
        return window

    monkeypatch.setattr(program, "open_window", open_again)

    def move(window):
        window.menus.actions["change_folder"].trigger()
        window.shell.tasks.wait()
        QApplication.processEvents()

    assert running(move) == 0
    assert second
    assert second[0].startswith("产业扶贫工作台 — 吴川市")
    assert (running.folder / "fupin.sqlite").exists()
    assert preferences.load().data_folder == str(there)


@pytest.mark.parametrize("sound", [True, False])
def test_a_large_file_is_checked_behind_the_first_page_before_its_backup(app, sample, answers, monkeypatch, qtbot, sound):
    def pages(_connection):
        if not sound:
            raise DataFileDamaged("数据文件没有通过完整性检查，可能已损坏。")

    monkeypatch.setattr(opening, "quick_check", pages)
    sample.store.unchecked = True
    window = program.open_window(sample, answers, preferences.Preferences())
    qtbot.addWidget(window)
    program._after_start(window, "")
    window.shell.tasks.wait()
    told = [(type(one), one.todo) for one in answers.told if isinstance(one, DataFileDamaged)]
    assert told == ([] if sound else [(DataFileDamaged, "先不要再录入。请打开“文件 → 备份与恢复…”，恢复到最近一份好的备份。")])
    assert window.status.backup.text().startswith("今日已备份") is sound
    window.close()
