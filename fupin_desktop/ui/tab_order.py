"""Keys that go from one control to the next: Tab in reading order, F6 out of tables and papers, which keep Tab."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QTableWidget,
    QTextEdit,
    QWidget,
    QWizard,
)

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.initials_keys import InitialsKeys

_WHOLE = (QComboBox, QAbstractSpinBox, QLineEdit, QTextEdit, QPlainTextEdit)
"""Controls whose inner parts are reached through them."""
_STOCK = (QTableView, QTableWidget)
"""Tables without keys of their own."""
BEHIND = "standsBehind"
"""Property of what stands above a control and is rarely wanted: that control, behind which it is reached."""
_REASONS = {True: Qt.FocusReason.TabFocusReason, False: Qt.FocusReason.BacktabFocusReason}
_TAKES_TAB = frozenset({Qt.FocusPolicy.TabFocus, Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.WheelFocus})


def free_tables(window: QWidget) -> None:
    """Let Tab leave tables in which nothing is typed."""
    table: QTableView
    for table in window.findChildren(QTableView):
        if type(table) in _STOCK and table.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers:
            table.setTabKeyNavigation(False)


def free_texts(dialog: QWidget) -> None:
    """Let Tab leave texts of several lines: nobody types tabs into a reason, and the buttons stand below it."""
    text: QPlainTextEdit
    for text in dialog.findChildren(QPlainTextEdit):
        text.setTabChangesFocus(True)


def reading_order(window: QWidget) -> list[QWidget]:
    """Everything in sight that takes Tab: what stands higher first, columns from left to right."""
    found: list[QWidget] = []
    _gather(window, found)
    for one in [one for one in found if one.property(BEHIND) in found]:
        found.remove(one)
        found.insert(found.index(one.property(BEHIND)) + 1, one)
    return found


def go(window: QWidget, *, forward: bool) -> bool:
    """Go from the control that has the keyboard, a table as a whole, to the next in reading order, or the one before.

    Qt's own chain is as old as its widgets: parts made anew would come last.

    Returns:
        Whether there is one.
    """
    order, focus = reading_order(window), QApplication.focusWidget() or window
    holding = [place for place, one in enumerate(order) if one is focus or one.isAncestorOf(focus)]
    if len(order) - len(holding) < 1:
        return False
    place = holding[-1] if holding else (-1 if forward else 0)
    target = order[(place + (1 if forward else -1)) % len(order)]
    target.setFocus(_REASONS[forward])
    _bring_into_sight(target)
    return True


def _bring_into_sight(widget: QWidget) -> None:
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()


def prepare(dialog: QDialog) -> None:
    """Let a dialog be begun at its first field, Tab leave tables in which nothing is typed, and Enter go on."""
    free_tables(dialog)
    free_texts(dialog)
    give_default(dialog)
    InitialsKeys(dialog).serve(dialog)
    dialog.installEventFilter(_FirstShown(dialog))


def give_default(dialog: QDialog) -> None:
    """Let Enter in a field press the button that goes on, where the dialog has not said which one.

    Not where there are rows: what has rows is not done with one field, and Enter belongs to them; nor where the one
    button only closes what can be searched. A dialog whose rows come later, or whose button makes something final, says
    so by its property ``enterStays``.
    """
    if dialog.property("enterStays"):
        return
    found: Iterable[QPushButton] = dialog.findChildren(QPushButton)
    buttons = list(found)
    primary = [one for one in buttons if one.property("role") == "primary" and not one.isHidden()]
    if isinstance(dialog, QWizard) or len(primary) != 1 or any(one.isDefault() for one in buttons):
        return
    lines: Iterable[QLineEdit] = dialog.findChildren(QLineEdit)
    tables: Iterable[QAbstractItemView] = dialog.findChildren(QAbstractItemView)
    closes = primary[0].text() == "关闭" and any(lines)
    rows = [one for one in tables if one.window() is dialog and one.focusPolicy() is not Qt.FocusPolicy.NoFocus]
    if not closes and not rows:  # other pages' rows count too, but not those of popups, nor what a field proposes
        primary[0].setDefault(True)


def begin(dialog: QWidget) -> None:
    """Give the keyboard to the first thing that can be filled in; where all are buttons, to the one that Enter presses.

    Boxes to be ticked and choices get it where Qt gives it.
    """
    order = reading_order(dialog)
    fillable = (one for one in order if not isinstance(one, QAbstractButton | QScrollArea | QTabBar))
    first = next(fillable, None)
    if first is None and not any(isinstance(one, QAbstractButton) and one.isCheckable() for one in order):
        first = next((one for one in order if isinstance(one, QPushButton) and one.isDefault()), None)
    if first is not None:
        first.setFocus(Qt.FocusReason.TabFocusReason)


class _FirstShown(QObject):
    """Gives a dialog the keyboard once it is laid out."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
            watched.removeEventFilter(self)
            if watched.focusWidget() is None:
                begin(watched)
        return False


def _gather(widget: QWidget, found: list[QWidget]) -> None:
    children = [child for child in widget.children() if isinstance(child, QWidget)]
    seen = [child for child in children if not (child.isHidden() or child.isWindow())]
    for one in _read([(_edges(child), child) for child in seen]):
        if one.focusPolicy() in _TAKES_TAB and _is_one(one):
            found.append(one)
        if isinstance(one, QAbstractItemView):
            _gather(one.viewport(), found)  # fields that stand in cells
        elif not isinstance(one, _WHOLE):
            _gather(one, found)


def _is_one(widget: QWidget) -> bool:
    if isinstance(widget, QScrollArea) and not _scrolls(widget):
        return False
    return widget.isEnabled() and widget.focusProxy() is None and not isinstance(widget, QHeaderView)


def _scrolls(area: QScrollArea) -> bool:
    """Whether there is more than is in sight; where not, the keys would do nothing."""
    return any(bar.maximum() > bar.minimum() for bar in (area.verticalScrollBar(), area.horizontalScrollBar()))


Edges = tuple[int, int, int, int]
_LEFT, _RIGHT, _TOP, _BOTTOM = range(4)
_CUTS = ((_TOP, _BOTTOM), (_LEFT, _RIGHT))


def _edges(widget: QWidget) -> Edges:
    area = widget.geometry()
    return area.left(), area.right(), area.top(), area.bottom()


def _read(placed: list[tuple[Edges, QWidget]]) -> list[QWidget]:
    """Cut into bands one below the other, each band into columns, until nothing can be cut."""
    if len(placed) < 2:
        return [widget for _edges, widget in placed]
    for first, last in _CUTS:
        parts = _cut(placed, first, last)
        if len(parts) > 1:
            return [widget for part in parts for widget in _read(part)]
    return [widget for _edges, widget in sorted(placed, key=lambda one: (one[0][_TOP], one[0][_LEFT]))]


def _cut(placed: list[tuple[Edges, QWidget]], first: int, last: int) -> list[list[tuple[Edges, QWidget]]]:
    """Parts between which there is a gap."""
    parts: list[list[tuple[Edges, QWidget]]] = []
    reached = 0
    for one in sorted(placed, key=lambda one: one[0][first]):
        if not parts or one[0][first] > reached:
            parts.append([])
        parts[-1].append(one)
        reached = one[0][last] if len(parts) + len(parts[-1]) == 2 else max(reached, one[0][last])
    return parts
