"""Presses Excel's keys in the tables that a tab or dialog shows, and says where one does not do what it does there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView, QWidget

CTRL, SHIFT, KEY = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
SINGLE = QAbstractItemView.SelectionMode.SingleSelection


def without_keys(widget: QWidget, pressed: set[str], empty: set[str]) -> list[str]:
    """Tables in sight in which a key fails; their names are added to ``pressed``, those without rows to ``empty``."""
    faults = []
    for table in widget.findChildren(QTableView):
        model = table.model()
        if not table.isVisibleTo(widget):
            continue
        if model is None or not model.rowCount() or not columns(table):
            empty.add(table.accessibleName())
            continue
        pressed.add(table.accessibleName())
        faults += [f"{table.accessibleName()}: {one}" for one in tried(table)]
    return faults


def columns(table: QTableView) -> list[int]:
    """The columns that are shown."""
    return [one for one in range(table.model().columnCount()) if not table.isColumnHidden(one)]


def at(table: QTableView) -> tuple[int, int]:
    """The current cell."""
    return table.currentIndex().row(), table.currentIndex().column()


def tried(table: QTableView) -> list[str]:
    """What is wrong with the keys of one table, which all leave its texts as they are."""
    last, shown, faults = table.model().rowCount() - 1, columns(table), []
    for name, key, held, place in (
        ("Ctrl+End", KEY.Key_End, CTRL, (last, shown[-1])), ("Ctrl+Home", KEY.Key_Home, CTRL, (0, shown[0])),
        ("End", KEY.Key_End, NONE, (0, shown[-1])), ("Ctrl+Down", KEY.Key_Down, CTRL, (last, shown[-1])),
        ("Ctrl+Left", KEY.Key_Left, CTRL, (last, shown[0])), ("Home", KEY.Key_Home, NONE, (last, shown[0])),
        ("Ctrl+Up", KEY.Key_Up, CTRL, (0, shown[0])),
    ):
        QTest.keyClick(table, key, held)
        if at(table) != place or not table.selectionModel().isSelected(table.currentIndex()):
            faults.append(f"{name} leads to {at(table)}, not to {place}")
    QApplication.clipboard().clear()
    QTest.keyClick(table, KEY.Key_C, CTRL)
    first = " ".join(str(table.currentIndex().data() or "").split())
    if first not in QApplication.clipboard().text():
        faults.append(f"Ctrl+C copies {QApplication.clipboard().text()!r} and not {first!r}")
    if table.selectionMode() is not SINGLE:
        faults += extended(table, last, shown)
    return faults


def extended(table: QTableView, last: int, shown: list[int]) -> list[str]:
    """What is wrong where more than one row can be chosen."""
    faults, corner = [], table.model().index(last, shown[-1])
    QTest.keyClick(table, KEY.Key_End, CTRL | SHIFT)
    if at(table) != (0, shown[0]) or not table.selectionModel().isSelected(corner):
        faults.append("Ctrl+Shift+End does not choose to the end")
    QTest.keyClick(table, KEY.Key_Home, CTRL)
    QTest.keyClick(table, KEY.Key_A, CTRL)
    if not table.selectionModel().isSelected(corner):
        faults.append("Ctrl+A does not choose all")
    QTest.keyClick(table, KEY.Key_Home, CTRL)
    return faults
