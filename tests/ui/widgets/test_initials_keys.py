"""Letters on a closed choice."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout

from fupin_desktop.ui.keys import go_by_keys

VILLAGES = ("", "低岭村", "那罗村", "长塘村", "单竹村", "那林村", "2组")


@pytest.fixture
def box(app, qtbot):
    dialog = QDialog()
    made = QComboBox(dialog)
    made.addItems(VILLAGES)
    QVBoxLayout(dialog).addWidget(made)
    qtbot.addWidget(dialog)
    made.told = []
    made.activated.connect(lambda place: made.told.append(made.itemText(place)))
    go_by_keys(dialog)
    return made


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [("nl", "那罗村"), ("nlc", "那罗村"), ("ct", "长塘村"), ("zt", "长塘村"), ("d", "低岭村"), ("2", "2组"), ("x", ""),
     ("nn", "那林村"), ("nnn", "那罗村"), ("D", "低岭村")],
)  # fmt: skip
def test_letters_typed_quickly_are_looked_for_together_and_one_again_and_again_goes_on(box, typed, chosen):
    QTest.keyClicks(box, typed)
    assert box.currentText() == chosen
    assert box.told[-1:] == ([chosen] if chosen else [])


def test_a_pause_begins_anew(box, monkeypatch):
    QTest.keyClicks(box, "n")
    monkeypatch.setattr("PySide6.QtWidgets.QApplication.keyboardInputInterval", lambda: -1)
    QTest.keyClicks(box, "c")
    assert box.currentText() == "长塘村"


def test_shortcuts_and_arrows_stay_what_they_are(box):
    QTest.keyClick(box, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert box.currentText() == ""
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentText() == "低岭村"
