import ctypes
import sys
from types import SimpleNamespace

from fupin_desktop.ui import single
from fupin_desktop.ui.single import FirstWindow, raise_first


def test_second_start_raises_the_first(app, tmp_path, qtbot):
    first = FirstWindow(tmp_path)
    try:
        with qtbot.waitSignal(first.called):
            assert raise_first(tmp_path)
    finally:
        first.close()
    assert not raise_first(tmp_path, 0)


def test_other_folders_are_other_windows(app, tmp_path):
    first = FirstWindow(tmp_path / "a")
    try:
        assert not raise_first(tmp_path / "b", 0)
    finally:
        first.close()


def test_an_impatient_second_start_waits_until_the_first_one_listens(app, tmp_path, monkeypatch):
    listening = []
    monkeypatch.setattr(single.QThread, "msleep", lambda _ms: listening.append(FirstWindow(tmp_path)))
    try:
        assert raise_first(tmp_path, 5000)
        assert len(listening) == 1
    finally:
        listening[0].close()


def test_the_first_window_may_come_forward_before_it_is_asked_to(app, tmp_path, monkeypatch, qtbot):
    """Windows lets a program raise its window only where the one in front allows it; else the taskbar flashes."""
    done = []
    monkeypatch.setattr(single, "_let_come_forward", lambda: done.append("allowed"))
    monkeypatch.setattr(single.QLocalSocket, "write", lambda _socket, _data: done.append("asked"))
    first = FirstWindow(tmp_path)
    try:
        assert raise_first(tmp_path)
    finally:
        first.close()
    assert done == ["allowed", "asked"]


def test_windows_is_told_that_any_program_may_come_forward(monkeypatch):
    told = []
    user = SimpleNamespace(AllowSetForegroundWindow=lambda process: told.append(process))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=user), raising=False)
    with monkeypatch.context() as windows:
        windows.setattr(sys, "platform", "win32")
        single._let_come_forward()
    assert told == [-1]  # ASFW_ANY
