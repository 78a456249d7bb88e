"""How tests drive the register table: where the clerk would type, click and look."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS
from fupin_desktop.ui.tabs.registers.tab import RegisterTab
from fupin_desktop.ui.widgets.cell_editors import CellEditor


def households_tab(shell):
    return RegisterTab(shell, (HOUSEHOLDS, FARM_ITEMS, PERSONS))


def settle(tab):
    tab.shell.tasks.wait()
    for _ in range(4):
        QApplication.processEvents()
    tab.settle()


def column(tab, key):
    place = tab.state.front.model.column_of(key)
    assert place is not None
    return place


def texts(tab, key, rows=5):
    return [tab.state.front.model.text(row, column(tab, key)) for row in range(rows)]


def go(tab, row, key):
    tab.table.setFocus()
    tab.table.go_to(row, column(tab, key))


def editor(tab):
    found = [each for each in tab.table.viewport().findChildren(CellEditor) if each.isVisible()]
    assert len(found) <= 1
    return found[0] if found else None


def press(tab, *keys):
    """Keys go to the open editor, else to the table."""
    for key in keys:
        target = editor(tab) or tab.table
        if isinstance(key, str):
            code, text, held = 0, key, Qt.KeyboardModifier.NoModifier
        else:
            code, text, held = int(key), "", Qt.KeyboardModifier.NoModifier
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, code or Qt.Key.Key_A, held, text))
        QApplication.processEvents()


def typed(tab, text, leave=Qt.Key.Key_Return):
    press(tab, *text)
    press(tab, leave)


def click_head(tab, qtbot, key, *, zone=False, held=Qt.KeyboardModifier.NoModifier):
    head = tab.table.head
    rect = head.section_rect(column(tab, key))
    place = QPoint(rect.right() - 12 if zone else rect.left() + 20, rect.center().y())
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, held, place)


def key(tab, sign, held=Qt.KeyboardModifier.ControlModifier):
    QApplication.sendEvent(tab.table, QKeyEvent(QEvent.Type.KeyPress, sign, held))
    settle(tab)
