"""Tab goes through a window as one reads it, whatever the order in which its pieces were made; dialogs give the
keyboard back to the work."""

from __future__ import annotations

import random
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from fupin_desktop.ui import tab_order
from fupin_desktop.ui.work_focus import WorkFocus

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "tables" / "reading_order.toml").read_text("utf-8"))["case"]


def laid(pieces):
    """Fields at their places in a window; made in a shuffled order."""
    window = QWidget()
    window.resize(400, 400)
    names = list(pieces)
    random.Random(len(names)).shuffle(names)
    for name in names:
        field = QLineEdit(window)
        field.setObjectName(name)
        field.setGeometry(*pieces[name])
    return window


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_pieces_are_read_in_their_order(app, case):
    window = laid(case["pieces"])
    assert [one.objectName() for one in tab_order.reading_order(window)] == list(case["pieces"])


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=5), st.integers(0, 3), st.integers(0, 3), st.randoms(use_true_random=False),
)
def test_lines_of_pieces_are_read_line_by_line(app, lines, jitter, gap, chance):
    """Lines that are apart, each of pieces that are apart, with edges that do not quite align."""
    pieces, top = {}, 0
    for row, many in enumerate(lines):
        for place in range(many):
            pieces[f"{row}.{place}"] = [place * 60 + chance.randint(0, jitter), top + chance.randint(0, jitter), 50, 20]
        top += 20 + jitter + 1 + gap
    window = laid(pieces)
    assert [one.objectName() for one in tab_order.reading_order(window)] == list(pieces)


def test_what_cannot_be_gone_to_is_left_out(app):
    window = QWidget()
    column = QVBoxLayout(window)
    shown, hidden, off, words = QLineEdit(), QLineEdit(), QLineEdit(), QLabel("只读")
    for piece in (words, shown, hidden, off):
        column.addWidget(piece)
    hidden.hide()
    off.setEnabled(False)
    box = QGroupBox()
    inner = QVBoxLayout(box)
    first, second = QPushButton("一"), QPushButton("二")
    second.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    for piece in (first, second):
        inner.addWidget(piece)
    column.addWidget(box)
    window.resize(200, 200)
    window.ensurePolished()
    column.activate()
    assert tab_order.reading_order(window) == [shown, first]


def test_the_parts_of_a_control_are_not_stops_of_their_own(app):
    window = QWidget()
    row = QHBoxLayout(window)
    combo, long = QComboBox(), QPlainTextEdit()
    combo.setEditable(True)
    for piece in (combo, long):
        row.addWidget(piece)
    row.activate()
    assert tab_order.reading_order(window) == [combo, long]


@pytest.fixture
def fields(app, qtbot):
    """A window of three fields in a column, the last far below in a part that scrolls."""
    window = QMainWindow()
    inside, scroll = QWidget(), QScrollArea()
    column = QVBoxLayout(inside)
    made = [QLineEdit(), QPushButton("…"), QLineEdit()]
    for piece in made[:2]:
        column.addWidget(piece)
    column.addSpacing(2000)
    column.addWidget(made[2])
    scroll.setWidget(inside)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window.setCentralWidget(scroll)
    window.resize(300, 200)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    return window, made


def test_tab_goes_round_and_brings_into_sight(fields, qtbot):
    window, (first, button, last) = fields
    first.setFocus()
    for wanted in (button, last, first):
        assert tab_order.go(window, forward=True)
        assert window.focusWidget() is wanted
        assert not wanted.visibleRegion().isEmpty()
    assert tab_order.go(window, forward=False)
    assert window.focusWidget() is last


def test_a_window_with_one_stop_has_nowhere_to_go(app, qtbot):
    window = QWidget()
    only = QLineEdit(window)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    only.setFocus()
    qtbot.waitUntil(only.hasFocus)
    assert not tab_order.go(window, forward=True)
    assert not tab_order.go(QWidget(), forward=True)


def test_only_tables_in_which_nothing_is_typed_let_tab_out(app):
    window = QWidget()
    shown, typed = QTableWidget(window), QTableWidget(window)
    shown.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    own = type("Own", (QTableView,), {})(window)
    own.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    tab_order.free_tables(window)
    assert [one.tabKeyNavigation() for one in (shown, typed, own)] == [False, True, True]


def test_a_dialog_begins_at_what_can_be_filled_in(app, qtbot):
    window = QWidget()
    column = QVBoxLayout(window)
    button, field = QPushButton("帮助"), QLineEdit()
    for piece in (button, field):
        column.addWidget(piece)
    qtbot.addWidget(window)
    window.show()
    tab_order.begin(window)
    assert window.focusWidget() is field
    bare = QWidget()
    QPushButton("关闭", bare)
    qtbot.addWidget(bare)
    bare.show()
    tab_order.begin(bare)  # nothing to fill in: no button is chosen either
    assert bare.focusWidget() is None


# ---- after a dialog ----
def test_the_keyboard_goes_back_to_the_work_that_the_button_took_it_from(fields):
    window, (first, button, last) = fields
    keeper = WorkFocus(window)
    keeper.moved(first, button)
    keeper.moved(None, button)
    assert window.focusWidget() is first
    last.setFocus()
    keeper.moved(last, first)
    keeper.moved(None, first)
    assert window.focusWidget() is last


def test_a_button_that_gets_it_otherwise_keeps_it(fields):
    window, (first, button, _last) = fields
    other = QPushButton("下一步", window)
    keeper = WorkFocus(window)
    keeper.moved(first, button)
    button.setFocus()
    keeper.moved(None, other)
    assert window.focusWidget() is button
    keeper.moved(button, other)
    keeper.moved(None, other)
    assert window.focusWidget() is first


def test_a_button_that_greys_with_what_it_did_gives_the_keyboard_back(fields):
    window, (first, button, last) = fields
    keeper = WorkFocus(window)
    keeper.moved(first, button)
    last.setFocus()
    keeper.moved(button, last)  # Tab
    assert window.focusWidget() is last
    keeper.moved(first, button)
    button.setEnabled(False)
    keeper.moved(button, last)
    assert window.focusWidget() is first


def test_work_that_is_gone_or_hidden_does_not_get_it(fields):
    window, (first, button, last) = fields
    keeper = WorkFocus(window)
    keeper.moved(first, button)
    button.setFocus()
    first.hide()
    keeper.moved(None, button)
    assert window.focusWidget() is button
    keeper.moved(last, button)
    last.setParent(None)
    last.deleteLater()
    keeper.moved(None, button)
    assert window.focusWidget() is button


def test_the_table_is_remembered_and_not_the_editor_in_its_cell(fields):
    window, (_first, button, _last) = fields
    table = QTableWidget(2, 2, window)
    table.show()
    editor = QLineEdit(table.viewport())
    keeper = WorkFocus(window)
    keeper.moved(editor, button)
    editor.setParent(None)
    keeper.moved(None, button)
    assert window.focusWidget() is table


@pytest.mark.parametrize("closed", [True, False])
def test_a_message_about_what_was_typed_in_a_cell_gives_the_keyboard_back_to_the_table(fields, closed):
    window, (first, _button, last) = fields
    table = QTableWidget(2, 2, window)
    table.show()
    editor = QLineEdit(table.viewport())
    editor.show()
    keeper = WorkFocus(window)
    last.setFocus()
    message = QPushButton("确定")
    keeper.moved(editor, message)
    keeper.moved(message, None)
    if closed:
        editor.hide()
        editor.deleteLater()
    keeper.moved(None, last)  # what Qt gives it to, where the editor is gone
    assert window.focusWidget() is (table if closed else last)
    last.setFocus()
    keeper.moved(first, None)
    keeper.moved(None, last)
    assert window.focusWidget() is last
