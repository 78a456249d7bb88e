import sys
import threading
from datetime import datetime

import pytest

from fupin_desktop.ui.crash import LOG_FOLDER, SHOWN_AT_MOST, CrashKeeper, describe
from fupin_desktop.ui.dialogs.crash import CrashDialog

NOW = datetime(2026, 12, 24, 10, 32, 5)  # noqa: DTZ001 - local time, as the clerk's clock gives it


@pytest.fixture
def keeper(app, tmp_path):
    made = CrashKeeper(tmp_path, lambda: NOW)
    yield made
    made.close()


def test_report_masks_long_numbers():
    report = describe(ValueError("证件 440883198001011239 电话 13812345678 金额 1409.50"), NOW)
    assert "440883198001011239" not in report
    assert "13812345678" not in report
    assert "1409.50" in report
    assert "2026-12-24 10:32:05" in report


def test_a_bug_is_logged_and_shown(keeper, tmp_path, qtbot, capsys):
    shown = []
    keeper.install(shown.append)
    sys.excepthook(KeyError, KeyError("户"), None)
    qtbot.waitUntil(lambda: bool(shown))
    assert "KeyError" in shown[0]
    assert list((tmp_path / LOG_FOLDER).glob("异常 *.txt"))
    assert "KeyError" in capsys.readouterr().err


def test_a_bug_in_a_thread_is_shown_in_the_window(keeper, qtbot, capsys):
    shown = []
    keeper.install(shown.append)
    hook = threading.excepthook
    trouble = RuntimeError("in a thread")
    threading.Thread(target=lambda: hook(threading.ExceptHookArgs((RuntimeError, trouble, None, None)))).start()
    qtbot.waitUntil(lambda: bool(shown))
    assert "in a thread" in shown[0]


def test_a_start_that_died_is_told_once_at_the_next(app, tmp_path, capsys):
    died = CrashKeeper(tmp_path, lambda: NOW)
    died.install(lambda _report: None)
    died.take(ValueError("died of this"))
    sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
    after = CrashKeeper(tmp_path, lambda: NOW)
    assert "died of this" in after.left_over()
    assert after.left_over() == ""
    died.close()


def test_a_good_end_leaves_nothing_to_tell(app, tmp_path, capsys):
    first = CrashKeeper(tmp_path, lambda: NOW)
    first.install(lambda _report: None)
    first.take(ValueError("shown already"))
    first.close()
    assert CrashKeeper(tmp_path, lambda: NOW).left_over() == ""
    assert sys.excepthook is sys.__excepthook__


def test_a_folder_that_cannot_be_written_does_not_stop_the_start(app, tmp_path, caplog):
    blocked = tmp_path / "file"
    blocked.write_text("x", encoding="utf-8")
    keeper = CrashKeeper(blocked, lambda: NOW)
    keeper.install(lambda _report: None)
    assert keeper.left_over() == ""
    keeper.close()
    assert "crash log" in caplog.text


def test_dialog_copies_the_report(app, qtbot):
    dialog = CrashDialog("报告正文", before=True)
    qtbot.addWidget(dialog)
    dialog.copy.click()
    assert app.clipboard().text() == "报告正文"


def test_a_bug_that_comes_again_and_again_is_shown_a_few_times_only(keeper, app, qtbot, capsys):
    shown = []
    keeper.install(shown.append)
    for number in range(SHOWN_AT_MOST + 3):
        keeper.take(ValueError(f"bug {number}"))
    qtbot.waitUntil(lambda: len(shown) == SHOWN_AT_MOST)
    app.processEvents()
    assert len(shown) == SHOWN_AT_MOST


def test_a_report_that_cannot_be_shown_does_not_start_over(keeper, app, qtbot, capsys, caplog):
    calls = []

    def fail(report):
        calls.append(report)
        raise RuntimeError("no dialog either")

    keeper.install(fail)
    keeper.take(ValueError("bug"))
    qtbot.waitUntil(lambda: bool(calls))
    app.processEvents()
    assert len(calls) == 1
    assert "could not be shown" in caplog.text


def test_a_second_bug_while_one_is_shown_is_only_logged(keeper, app, qtbot, capsys):
    shown = []

    def show(report):
        shown.append(report)
        keeper.take(ValueError("while shown"))
        app.processEvents()

    keeper.install(show)
    keeper.take(ValueError("first"))
    qtbot.waitUntil(lambda: bool(shown))
    app.processEvents()
    assert len(shown) == 1


def test_a_bug_is_shown_where_there_is_no_console(keeper, qtbot, monkeypatch, tmp_path):
    """A program installed on Windows has no standard error."""
    monkeypatch.setattr(sys, "stderr", None)
    shown = []
    keeper.install(shown.append)
    sys.excepthook(KeyError, KeyError("户"), None)
    qtbot.waitUntil(lambda: bool(shown))
    assert "KeyError" in shown[0]


def test_a_bug_is_shown_where_its_report_cannot_be_written(app, tmp_path, qtbot, monkeypatch):
    in_the_way = tmp_path / LOG_FOLDER
    in_the_way.write_text("no folder", encoding="utf-8")
    keeper = CrashKeeper(tmp_path, lambda: NOW)
    monkeypatch.setattr(sys, "stderr", None)
    shown = []
    keeper.install(shown.append)
    sys.excepthook(KeyError, KeyError("户"), None)
    qtbot.waitUntil(lambda: bool(shown))
    assert "KeyError" in shown[0]
    assert in_the_way.read_text("utf-8") == "no folder"
    keeper.close()


COM = "Windows fatal exception: code 0x8001010d\n\nThread 0x1 (most recent call first):\n  File a.py, line 1\n"
REAL = "Windows fatal exception: access violation\n\nThread 0x2 (most recent call first):\n  File b.py, line 2\n"


@pytest.mark.parametrize(("written", "told"), [(COM, ""), (COM + COM, ""), (REAL, "b.py"), (COM + REAL + COM, "b.py")])
def test_exceptions_that_windows_itself_handles_are_no_crash(app, tmp_path, written, told):
    folder = tmp_path / LOG_FOLDER
    folder.mkdir()
    (folder / "运行中").write_text("1", encoding="utf-8")
    (folder / "崩溃.txt").write_text(written, encoding="utf-8")
    report = CrashKeeper(tmp_path, lambda: NOW).left_over()
    assert told in report
    assert bool(report) is bool(told)
    assert "0x8001010d" not in report
