"""The field that goes to the rows of a table."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from fupin_desktop.ui.widgets.row_finder import RowFinder
from tests.ui.scheme_typing import type_text

NAMES = (("陈康", "一组", "3017"), ("李亚保", "一组", "4403"), ("陈华", "二组", "4017"), ("黄然", "二组", "9"))


@pytest.fixture
def finder(app, qtbot):
    window = QWidget()
    table = QTableView(window)
    model = QStandardItemModel(len(NAMES), 4, table)
    for row, texts in enumerate(NAMES):
        for column, text in enumerate((f"{row + 1}", *texts)):
            model.setItem(row, column, QStandardItem(text))
    table.setModel(model)
    made = RowFinder(table, (1, 2, 3), "查找")
    made.take_shortcut(window)
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addWidget(table)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    made.table, made.held = table, window
    return made


@pytest.mark.parametrize(
    ("typed", "rows", "told"),
    [("陈", [0, 2, 0], "第 1 个，共 2 个"), ("hr", [3, 3], ""), ("陈 二组", [2], ""), ("4403", [1], ""), ("017", [0, 2], "第 2 个，共 2 个")],
)  # fmt: skip
def test_each_enter_goes_to_the_next_row_that_fits(finder, typed, rows, told):
    type_text(finder.field, typed)
    seen = [finder.table.currentIndex().row()]
    for _again in rows[1:]:
        QTest.keyClick(finder.field, Qt.Key.Key_Return)
        seen.append(finder.table.currentIndex().row())
    assert seen == rows
    assert finder.told.text() == told


def test_what_is_nowhere_is_said_and_the_row_stays(finder):
    finder.table.setCurrentIndex(finder.table.model().index(2, 1))
    type_text(finder.field, "王")
    assert finder.told.text() == "没有找到"
    assert finder.table.currentIndex().row() == 2
    type_text(finder.field, "")
    assert finder.told.text() == ""


def test_ctrl_f_in_the_window_begins_anew(finder, qtbot):
    type_text(finder.field, "陈")
    finder.table.setFocus()
    QTest.keyClick(finder.window(), Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(finder.field.hasFocus)
    type_text(finder.field, "黄")
    assert finder.field.text() == "黄"
    assert finder.table.currentIndex().row() == 3
