"""What the window asks of Windows itself; run on a PC with Windows or under Wine."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fupin_desktop import paths
from fupin_desktop.ui import single, taskbar, theme
from fupin_desktop.ui.data_folder import drive_kind
from fupin_desktop.ui.main_window import MainWindow
from fupin_desktop.ui.power import LogOff, Power
from fupin_desktop.ui.recent import RecentFiles
from fupin_desktop.ui.taskbar import WindowsBar

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="asks Windows itself")


@pytest.fixture
def shown(app: QApplication, qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def test_the_taskbar_takes_progress(shown: QWidget) -> None:
    import ctypes

    ctypes.windll.ole32.CoInitialize(None)  # type: ignore[attr-defined, unused-ignore] - as Qt's own platform does
    assert taskbar._taskbar_list() is not None
    bar = WindowsBar(int(shown.winId()))
    bar.show(0, 0)
    bar.show(1, 3)
    bar.clear()


def test_sleep_is_told_by_windows(app: QApplication) -> None:
    power = Power(datetime.now)
    asked, handle = power._kept
    saved: list[str] = []
    power.suspending.connect(lambda: saved.append("typed"))
    power.resumed.connect(lambda: saved.append("awake"))
    for kind in (4, 18):  # as Windows calls it, in this thread
        power._told.emit(kind)
        QApplication.processEvents()
    assert saved == ["typed", "awake"]
    assert asked.callback
    assert handle is not None


def test_the_pc_is_asked_to_wait_for_long_work_with_the_reason(window: MainWindow) -> None:
    import ctypes

    log_off, handle = LogOff(window, window.shell.tasks, lambda: None), int(window.winId())
    log_off._block("正在导入，请等它完成。")
    length, text = ctypes.c_ulong(64), ctypes.create_unicode_buffer(64)
    query = getattr(ctypes.windll.user32, "ShutdownBlockReasonQuery", None)  # type: ignore[attr-defined, unused-ignore]
    known = query is not None and query(handle, text, ctypes.byref(length))  # Wine 8 keeps no reasons
    log_off._block("")
    assert not known or text.value == "正在导入，请等它完成。"


def test_the_look_of_the_system_and_the_right_to_come_forward_are_asked(app: QApplication) -> None:
    assert theme._system_contrast() is False
    single._let_come_forward()


def test_drives_and_folders_are_those_of_windows(app: QApplication, tmp_path: Path) -> None:
    assert drive_kind(tmp_path) == "fixed"
    assert isinstance(paths._has_second_disk(), bool)
    assert QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    assert paths.short_name(tmp_path)


def test_recent_files_are_told_to_the_system(tmp_path: Path) -> None:
    path = tmp_path / "名册.xlsx"
    path.touch()
    recent = RecentFiles()
    recent.note(path)
    assert recent.paths == [path]
