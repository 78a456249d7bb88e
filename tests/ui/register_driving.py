"""How tests drive the register table: where the clerk would type, click and look."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fupin_desktop.services.registers import FARM_ITEMS, HOUSEHOLDS, PERSONS
from fupin_desktop.ui.tabs.registers.tab import RegisterTab
from fupin_desktop.ui.widgets.cell_editors import CellEditor


def households_tab(shell):
    return RegisterTab(shell, (HOUSEHOLDS, FARM_ITEMS, PERSONS))


def all_households(window):
    """The tab of a shared window as at first: all households, none masked."""
    made = window.show_tab("households")
    made.state.show(HOUSEHOLDS)
    made.state.take_named("")
    made.state.set_masked(False)
    return made


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


class Desk:
    """The register in the window, worked with by keys alone."""

    def __init__(self, window):
        self.window = window
        self.tab = window.show_tab("households")
        window.activateWindow()
        self.wait()
        self.tab.table.setFocus()
        self.table = self.tab.table

    @property
    def front(self):
        return self.tab.state.front

    def wait(self):
        for _ in range(3):
            self.window.shell.tasks.wait()
            QApplication.processEvents()
        self.tab.settle()

    def press(self, *keys, held=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            focus = QApplication.focusWidget()
            assert focus is not None, "nobody has the keyboard"
            if isinstance(key, str):
                QTest.keyClicks(focus, key, held)
            else:
                QTest.keyClick(focus, key, held)
            QApplication.processEvents()

    def go(self, row, column):
        self.table.go_to(row, self.column(column))

    def column(self, key):
        return self.front.model.column_of(key)

    @property
    def at(self):
        """Row and column key of the frame."""
        index = self.table.currentIndex()
        return index.row(), self.front.model.info(index.column()).key

    @property
    def chosen(self):
        """Top, left, bottom, right of what is chosen, which is one block."""
        (block,) = self.table.chosen_blocks()
        return block

    @property
    def name(self):
        """The household in the frame."""
        return self.front.model.text(self.table.currentIndex().row(), self.column("head_name"))

    def text(self, row, column):
        return self.front.model.text(row, self.column(column))

    def has_keyboard(self):
        return self.table.has_keyboard()
