"""Tab goes through a dialog as it is read, F6 leaves what keeps Tab, and what has the keyboard is seen to have it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTableWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fupin_desktop.ui import theme
from fupin_desktop.ui.ask import Asker
from fupin_desktop.ui.dialogs.about import AboutDialog
from fupin_desktop.ui.keys import go_by_keys
from fupin_desktop.ui.manual_window import ManualWindow
from fupin_desktop.ui.tab_order import reading_order
from fupin_desktop.ui.widgets.labels import button, link
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.segments import Segments


class Made(QDialog):
    """Buttons made before the fields above them, a table in which nothing is typed, and one in which something is."""

    def __init__(self) -> None:
        super().__init__()
        self.done_button, self.read, self.typed = QPushButton("完成"), QTableWidget(3, 2), QTableWidget(3, 2)
        self.read.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.fields = ScrollColumn()
        column, panes = QVBoxLayout(self), QHBoxLayout()
        panes.addWidget(self.fields)
        panes.addWidget(self.read)
        panes.addWidget(self.typed)
        column.addLayout(panes)
        column.addWidget(self.done_button)
        self.make("甲", "乙")

    def make(self, *names: str) -> None:
        """Make the fields anew."""
        self.lines = [QLineEdit(name) for name in names]
        for line in self.lines:
            self.fields.column.addWidget(line)


@pytest.fixture
def made(app: QApplication, qtbot: QtBot) -> Made:
    dialog = Made()
    qtbot.addWidget(dialog)
    go_by_keys(dialog)
    dialog.resize(700, 400)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return dialog


def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> QWidget | None:
    """Press a key where the keyboard is; where it is then."""
    QTest.keyClick(QApplication.focusWidget(), key, keys)
    return QApplication.focusWidget()


def test_the_first_field_has_the_keyboard_and_tab_goes_on_as_one_reads(made: Made) -> None:
    assert QApplication.focusWidget() is made.lines[0]
    assert [press(Qt.Key.Key_Tab) for _ in range(3)] == [made.lines[1], made.read, made.typed]
    assert press(Qt.Key.Key_Tab) is made.typed
    assert press(Qt.Key.Key_F6) is made.done_button
    assert press(Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier) is made.typed
    made.done_button.setFocus()
    assert press(Qt.Key.Key_Tab) is made.lines[0]  # their area is whole in sight and takes no keys of its own
    made.resize(700, 120)
    made.done_button.setFocus()
    assert press(Qt.Key.Key_Tab) is made.fields
    assert press(Qt.Key.Key_Backtab) is made.done_button


def test_fields_made_later_come_in_their_place(made: Made) -> None:
    made.make("丙")
    made.lines[0].show()
    QApplication.processEvents()
    made.fields.setFocus()
    names = [one.text() for one in reading_order(made) if isinstance(one, QLineEdit)]
    assert names == ["甲", "乙", "丙"]
    for _ in range(3):
        press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is made.lines[0]


def test_a_dialog_says_at_its_foot_where_help_is(app: QApplication, qtbot: QtBot) -> None:
    dialog, opened = AboutDialog(None), []

    def look() -> int:
        (made,) = (one for one in dialog.findChildren(QPushButton) if "F1" in one.text())
        made.click()
        opened.extend(dialog.findChildren(ManualWindow))
        return 1

    dialog.exec = look  # type: ignore[method-assign]
    qtbot.addWidget(dialog)
    assert Asker().run(dialog)
    assert [one.browser.source().fileName() for one in opened] == ["technician.html"]
    opened[0].close()


def test_tab_comes_to_the_view_that_is_shown_and_arrows_go_to_the_others(app: QApplication, qtbot: QtBot) -> None:
    window, made, chosen = QDialog(), Segments((("a", "甲"), ("b", "乙"), ("c", "丙"))), []
    made.chosen.connect(chosen.append)
    made.show_key("b")
    line = QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(line)
    column.addWidget(made)
    qtbot.addWidget(window)
    go_by_keys(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    assert press(Qt.Key.Key_Tab) is made.buttons["b"]
    assert press(Qt.Key.Key_Right) is made.buttons["c"]
    assert (made.key, chosen) == ("c", ["c"])
    assert press(Qt.Key.Key_Tab) is line


@pytest.fixture(scope="module", params=["usual", "contrast"])
def look(app: QApplication, request: pytest.FixtureRequest) -> Iterator[QApplication]:
    """Either look, put on once for all tests in it: each change restyles every widget of the shared windows."""
    contrast = request.param == "contrast"
    if contrast:
        theme.apply(app, theme.Theme(contrast=True))
    yield app
    if contrast:
        theme.apply(app, theme.Theme())


def _items(made: QListWidget) -> QListWidget:
    made.addItems(["甲", "乙"])
    made.setCurrentRow(0)
    return made


def _cells(made: QTableWidget) -> QTableWidget:
    made.setCurrentCell(0, 0)
    return made


def _tabs(made: QTabBar) -> QTabBar:
    made.addTab("甲")
    made.addTab("乙")
    return made


@pytest.mark.parametrize(
    "make",
    [
        lambda: button("保存", role="primary"), lambda: button("删除", role="danger"), lambda: button("取消"), lambda: link("参照"),
        lambda: QToolButton(text="资料"), lambda: QLineEdit("甲"), lambda: QComboBox(), lambda: QSpinBox(), lambda: QCheckBox("甲"),
        lambda: QRadioButton("甲"), lambda: QPlainTextEdit("甲"), lambda: _items(QListWidget()), lambda: _cells(QTableWidget(2, 2)),
        lambda: _tabs(QTabBar()),
    ],
)  # fmt: skip
def test_what_has_the_keyboard_is_seen_to_have_it(look: QApplication, qtbot: QtBot, make: Callable[[], QWidget]) -> None:
    window, one, other = QWidget(), make(), QLineEdit()
    column = QVBoxLayout(window)
    column.addWidget(one)
    column.addWidget(other)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    if isinstance(one, QPlainTextEdit):
        one.setCursorWidth(0)
    seen = []
    for place in (other, one):
        place.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        seen.append(one.grab().toImage())
    assert seen[0] != seen[1]


class Fields(QDialog):
    """Two fields and two buttons, maybe rows."""

    def __init__(self, word: str, *, rows: bool = False) -> None:
        super().__init__()
        self.pressed: list[str] = []
        self.lines = QLineEdit(), QLineEdit()
        self.other = button("打印…", lambda: self.pressed.append("打印…"))
        self.go = button(word, lambda: self.pressed.append(word), "primary")
        column = QVBoxLayout(self)
        for one in (*self.lines, *((QTableWidget(2, 2),) if rows else ()), self.other, self.go):
            column.addWidget(one)
        go_by_keys(self)


@pytest.mark.parametrize(("word", "rows", "goes_on"), [("保存", False, True), ("保存", True, False), ("关闭", False, False)])
def test_enter_presses_the_button_it_is_on_and_from_a_field_the_one_that_goes_on(
    app: QApplication, qtbot: QtBot, word: str, rows: bool, goes_on: bool
) -> None:
    dialog = Fields(word, rows=rows)
    qtbot.addWidget(dialog)
    dialog.show()
    for one in dialog.lines:
        QTest.keyClick(one, Qt.Key.Key_Return)
    assert dialog.pressed == [word] * (2 if goes_on else 0)
    QTest.keyClick(dialog.other, Qt.Key.Key_Return)
    QTest.keyClick(dialog.other, Qt.Key.Key_Enter)
    assert dialog.pressed[-2:] == ["打印…"] * 2


@pytest.mark.parametrize("ticked", [False, True])
def test_a_dialog_of_buttons_alone_is_begun_at_the_one_that_enter_presses(app: QApplication, qtbot: QtBot, ticked: bool) -> None:
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    tick, other, done = QCheckBox("对外副本"), button("打印…"), button("完成", role="primary")
    for one in (*((tick,) if ticked else ()), other, done):
        column.addWidget(one)
    qtbot.addWidget(dialog)
    go_by_keys(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is (tick if ticked else done))
    ended: list[bool] = []
    done.clicked.connect(lambda: ended.append(True))
    QTest.keyClick(done, Qt.Key.Key_Return)
    assert ended == [True]
