"""A whole job by keyboard alone: a household registered, found, changed, undone, and the register taken to a stick."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QPushButton, QWidget

from fupin_desktop.services import registers, villages
from fupin_desktop.services.exchange.model import Drive
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from fupin_desktop.ui.dialogs.record import RecordDialog
from fupin_desktop.ui.exchange import drives
from fupin_desktop.ui.exchange.hand_out import CarriedDialog, HandOutDialog
from fupin_desktop.ui.main_window import MainWindow
from tests.ui.conftest import Answers

CTRL = Qt.KeyboardModifier.ControlModifier


def focus() -> QWidget:
    """What has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focus(), key, keys)
    QApplication.processEvents()


def write(text: str) -> None:
    """Type a text, as an input method commits it."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(focus(), event)
    QApplication.processEvents()


def tab_to(wanted: QWidget, most: int = 60) -> int:
    """Press Tab until a widget has the keyboard; how often."""
    for count in range(most):
        if focus() is wanted or wanted.isAncestorOf(focus()):
            return count
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"the keyboard never comes to {wanted}")


def shown(dialog: QDialog) -> None:
    dialog.show()
    dialog.activateWindow()
    QApplication.processEvents()
    if QApplication.focusWidget() is None or not dialog.isAncestorOf(focus()):
        (dialog.focusWidget() or dialog).setFocus()


def back(window: MainWindow) -> None:
    """A dialog was closed: the desktop gives the keyboard back to the window."""
    window.activateWindow()
    QApplication.processEvents()


def test_from_the_first_household_to_the_stick(
    window: MainWindow, answers: Answers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    monkeypatch.setattr(drives, "sticks", lambda: [Drive(stick, "KINGSTON", 10**9)])
    bench = window.shell.bench
    villages.add(bench, villages.VillageForm("低岭村"))
    window.reload_all()
    window.activateWindow()
    for _ in range(2):
        press(Qt.Key.Key_PageDown, CTRL)
    assert window.current_tab is window.tab("households")

    def register(dialog: QDialog) -> None:
        shown(dialog)
        assert isinstance(dialog, RecordDialog)
        village = dialog.fields["village"]
        assert isinstance(village, QComboBox)
        tab_to(village)
        press(Qt.Key.Key_Down)
        tab_to(dialog.fields["head_name"])
        write("吴一")
        press(Qt.Key.Key_Return)

    answers.dialogs = [register]
    press(Qt.Key.Key_Plus, CTRL)
    window.shell.tasks.wait()
    QApplication.processEvents()
    assert registers.count(bench, Query(HOUSEHOLDS, bench.year)) == 1

    back(window)
    table = window.current_tab.table
    assert focus() is table
    press(Qt.Key.Key_F, CTRL)
    write("wy")
    press(Qt.Key.Key_Return)
    assert focus() is table
    table.go_to(0, next(place for place in range(table.model().columnCount()) if table.model().info(place).key == "members"))
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_Return)
    window.shell.tasks.wait()
    assert bench.store.glance("SELECT members FROM households")[0][0] == 4
    press(Qt.Key.Key_Z, CTRL)
    assert bench.store.glance("SELECT members FROM households")[0][0] is None

    def hand_out(dialog: QDialog) -> None:
        assert isinstance(dialog, HandOutDialog)
        window.shell.tasks.wait()
        shown(dialog)
        tab_to(dialog.subject)
        write("名册")
        tab_to(dialog.receiver)
        assert isinstance(dialog.receiver, QComboBox)
        write("县扶贫办")
        tab_to(dialog.tree.search)
        write("农户")
        tab_to(dialog.tree.tree)
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Space)
        assert dialog.items
        tab_to(dialog.go)
        answers.answers = [True]
        answers.dialogs = [done]
        press(Qt.Key.Key_Space)
        window.shell.tasks.wait()

    def done(dialog: QDialog) -> None:
        assert isinstance(dialog, CarriedDialog)
        shown(dialog)
        finish = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
        tab_to(finish)
        press(Qt.Key.Key_Space)

    answers.dialogs = [hand_out]
    press(Qt.Key.Key_E, CTRL)
    window.shell.tasks.wait()
    assert len(list(stick.glob("*/台账/*.xlsx"))) == 1
