"""Every tab and dialog has its picture, and nothing is cut off on small screens, at the sizes that scaling leaves."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QCalendarWidget,
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSlider,
    QStyle,
    QStyleOptionButton,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fupin_desktop.app import open_window
from fupin_desktop.ui import shots, theme
from fupin_desktop.ui.fitting import fit_dialog
from fupin_desktop.ui.tab_order import BEHIND
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.window_place import FRAME, fit_window
from tests.ui.every_dialog import every_dialog
from tests.ui.planting import plant
from tests.ui.table_keys import without_keys
from tests.ui.test_rich_text import offenders

ROOMS = {"1366x768 at 125 %": (1093, 574), "1024x600": (1024, 560), "960x600": (960, 560)}


@pytest.fixture
def sample_window(app, sample, answers, qtbot):
    """The sample office, in which every typed text looks like HTML."""
    assert plant(sample) > 1000
    made = open_window(sample, answers)
    qtbot.waitExposed(made)
    yield made
    made.shell.tasks.wait()
    made.close()


def settled(window):
    window.shell.tasks.wait()
    for _ in range(4):
        QApplication.processEvents()


def cut_off(widget: QWidget) -> list[str]:
    """Buttons in sight that show less than their text, or stick out of the window."""
    found = []
    for button in widget.findChildren(QAbstractButton):
        if not isinstance(button, QPushButton | QToolButton) or not button.isVisibleTo(widget) or not button.text():
            continue
        if scrolled_away(button, widget):
            continue
        area = QRect(button.mapTo(widget, QPoint(0, 0)), button.size())
        text = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
        if not widget.rect().contains(area):
            found.append(f"{button.text()} sticks out at {area}")
        elif room_in(button) < text or button.height() < button.fontMetrics().height():
            found.append(f"{button.text()} is cut off: {button.size()}")
    return found


def room_in(button: QPushButton | QToolButton) -> int:
    """Pixels that the look leaves for the text of a button."""
    if isinstance(button, QToolButton):
        return button.width()
    option = QStyleOptionButton()
    button.initStyleOption(option)
    return button.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, button).width()


def clipped(widget: QWidget) -> list[str]:
    """Texts in sight of which lines or ends of lines are not seen."""
    found = []
    for one in widget.findChildren(QLabel):
        if isinstance(one, OneLine) or not one.isVisibleTo(widget) or is_part(one) or scrolled_away(one, widget):
            continue
        inside = one.contentsRect().size()
        if one.wordWrap():
            needed = one.fontMetrics().boundingRect(QRect(0, 0, inside.width(), 0), Qt.TextFlag.TextWordWrap, one.text()).size()
        else:
            needed = one.fontMetrics().size(0, one.text())
        if needed.width() > inside.width() + 1 or needed.height() > inside.height() + 2:
            found.append(f"“{one.text()[:20]}” needs {needed.toTuple()}, has {inside.toTuple()}")
    return found


NAMED = (QLineEdit, QComboBox, QAbstractSpinBox, QTextEdit, QPlainTextEdit, QAbstractItemView, QAbstractButton, QSlider)
PARTS = (QComboBox, QAbstractSpinBox, QHeaderView, QAbstractItemView, QLineEdit, QCalendarWidget)


def spoken_name(one: QWidget) -> str:
    """What a screen reader calls an input; on Linux Qt would take the words chosen in a choice for its name."""
    if isinstance(one, QComboBox):
        return one.accessibleName() or "".join(own.text() for own in one.window().findChildren(QLabel) if own.buddy() is one)
    return QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)


def unnamed(widget: QWidget) -> list[str]:
    """Inputs in sight of which a screen reader could say nothing."""
    found = []
    for one in widget.findChildren(QWidget):
        if not isinstance(one, NAMED) or isinstance(one, QHeaderView) or not one.isVisibleTo(widget):
            continue
        if not is_part(one) and not spoken_name(one).strip():
            found.append(f"{type(one).__name__} in {type(one.parentWidget()).__name__} has no name")
    return found


def is_part(widget: QWidget) -> bool:
    """Whether it belongs to another input, which has the name."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, PARTS):
        above = above.parentWidget()
    return above is not None or widget.objectName().startswith("qt_")


def holder(widget: QWidget, root: QWidget) -> list[QWidget]:
    """What a widget lies in, from the window down to itself."""
    line = [widget]
    while line[-1] is not root:
        line.append(line[-1].parentWidget())
    return line[::-1]


def goes_back(one: QWidget, after: QWidget, root: QWidget) -> bool:
    """Whether the way from one control to the next goes up, or to the left, between the parts that hold them."""
    first, second = holder(one, root), holder(after, root)
    level = next((place for place, pair in enumerate(zip(first, second, strict=False)) if pair[0] is not pair[1]), 0)
    if not level:
        return False  # one lies in the other
    here, there = first[level].geometry(), second[level].geometry()
    if there.top() < here.bottom() and here.top() < there.bottom():
        return there.right() <= here.left()
    return there.bottom() <= here.top() + 1 and there.left() < here.right()


def by_tab(window: QWidget) -> list[QWidget]:
    """What Tab comes to, all the way round, and F6 where Tab stays in a table or a paper."""
    window.activateWindow()
    QApplication.processEvents()
    if (focus := QApplication.focusWidget()) is None or focus.window() is not window.window():
        (window.focusWidget() or window).setFocus()
    found: list[QWidget] = []
    while (focus := QApplication.focusWidget()) is not None and not any(focus is one for one in found):
        found.append(focus)
        for key in (Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_Tab, Qt.Key.Key_F6):  # a date has three parts
            QTest.keyClick(focus, key)
            if QApplication.focusWidget() is not focus:
                break
    return found


def out_of_order(window: QWidget) -> list[str]:
    """Controls that the keyboard does not come to, and where it goes back more often than from the end to the start."""
    found = by_tab(window)
    ordered = [one for one in found if one.property(BEHIND) is None]
    rounds = zip(ordered, ordered[1:] + ordered[:1], strict=True)
    back = [f"Tab goes back to {after.metaObject().className()} {after.geometry()}" for one, after in rounds if goes_back(one, after, window)]
    missed = [
        f"the keyboard never comes to {type(one).__name__} {one.accessibleName() or getattr(one, 'text', str)()}"
        for one in window.findChildren(QWidget)
        if isinstance(one, NAMED) and one.isVisibleTo(window) and one.isEnabled() and not is_part(one)
        and not any(one is other for other in found) and not is_exempt(one)
    ]  # fmt: skip
    return (back if len(back) > 1 else []) + missed


def is_exempt(widget: QWidget) -> bool:
    """Of choices that exclude each other the arrow keys reach those not chosen; help has its own key."""
    if isinstance(widget, QAbstractButton):
        return "F1" in widget.text() or (widget.isCheckable() and not widget.isChecked()) or widget.autoRepeat()
    return isinstance(widget, QHeaderView)


def scrolled_away(button: QWidget, window: QWidget) -> bool:
    """Whether a button lies in something that scrolls, outside of what is seen."""
    return button.visibleRegion().isEmpty() and button.isVisibleTo(window)


def fitted(window, widget, width, height):
    """What is wrong with a tab or dialog in a room of a size."""
    if isinstance(widget, QDialog):
        fit_dialog(widget, QRect(0, 0, width, height))
    else:
        widget.resize(QSize(width, height) - FRAME)
    settled(window)
    if widget.width() > width or widget.height() > height:
        return [f"as large as {widget.size()}"]
    return [*cut_off(widget), *clipped(widget), *cut_money(widget), *broken_items(widget)]


MONEY = re.compile(r"\d,\d{3}|\.\d\d")
SENTENCE = 40


def cut_money(widget: QWidget) -> list[str]:
    """Amounts in sight that are not seen whole."""
    found = []
    for one in widget.findChildren(QLabel):
        seen = one.visibleRegion().boundingRect().width()
        if seen and not isinstance(one, OneLine) and not one.wordWrap() and MONEY.search(one.text()) and len(one.text()) <= SENTENCE:
            wide = one.fontMetrics().horizontalAdvance(one.text())
            if seen < wide:
                found.append(f"{one.text()} shows {seen} of {wide} pixels")
    return found


IN_A_ROW = {None, "", "primary", "danger", "search", "segment", "toggle"}


def uneven(widget: QWidget) -> list[str]:
    """Fields and buttons in sight, where they are not all of one height; and a 关闭 that looks like the chief act."""
    kinds, found = QLineEdit | QComboBox | QAbstractSpinBox | QPushButton | QToolButton, {}
    for one in widget.findChildren(QWidget):
        in_a_row = isinstance(one, kinds) and one.property("role") in IN_A_ROW and not is_part(one)
        if in_a_row and one.isVisibleTo(widget) and one.maximumHeight() > one.minimumHeight():
            found.setdefault(one.height(), one)
    faults = [f"{type(one).__name__} {one.accessibleName()} is {high} high" for high, one in found.items()] if len(found) > 1 else []
    chief = [one for one in widget.findChildren(QPushButton) if one.text() == "关闭" and one.property("role") == "primary"]
    return [*faults, *("关闭 is drawn as the chief act" for _one in chief)]


def other_ground(dialog: QWidget) -> list[str]:
    """Pages in sight that scroll in a dialog and are painted on the ground of the main window instead of its own."""
    drawn, found, desk = dialog.grab().toImage(), [], theme.colour("desk").name()
    for area in dialog.findChildren(QScrollArea):
        page = area.widget()
        if not area.isVisibleTo(dialog) or page is None or page.property("role") == "desk" or isinstance(page, QLabel):
            continue
        corner = area.viewport().mapTo(dialog, QPoint(0, 0))
        shown = area.viewport().size()
        bare = (spot for spot in spots(shown) if page.childAt(page.mapFrom(area.viewport(), spot)) is None)
        colours = {drawn.pixelColor(corner + spot).name() for spot in bare}
        if colours and colours <= {desk}:
            found.append(f"{page.metaObject().className()} lies on the ground of the main window")
    return found


def spots(size: QSize) -> list[QPoint]:
    """Points spread over an area, the corners first."""
    return [QPoint(x, y) for y in range(1, size.height() - 1, 7) for x in range(1, size.width() - 1, 23)]


def broken_items(widget: QWidget) -> list[str]:
    """Lists in sight that go on beyond their edge, or whose items have not all of their lines."""
    found = []
    for view in widget.findChildren(QListView):
        if not view.isVisibleTo(widget) or is_part(view):
            continue
        name = view.accessibleName()
        if view.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff and view.horizontalScrollBar().maximum():
            found.append(f"{name} scrolls sideways")
        if view.wordWrap():
            wide = max((view.visualRect(view.model().index(row, 0)).width() for row in range(view.model().rowCount())), default=0)
            found += [f"{name} cuts “{text}”" for text in cut_items(view)]
            found += [f"{name} has items {wide} wide in {view.viewport().width()}"] if wide > view.viewport().width() else []
    return found


def cut_items(view: QListView) -> list[str]:
    """Items of a list whose lines need more height than they have."""
    margin = view.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
    found = []
    for row in range(view.model().rowCount()):
        index = view.model().index(row, 0)
        box, text = view.visualRect(index), index.data() or ""
        inside = QRect(0, 0, box.width() - 2 * (7 + 1 + margin), 0)
        needed = view.fontMetrics().boundingRect(inside, Qt.TextFlag.TextWordWrap, text).height()
        found += [text[:20]] if needed > box.height() else []
    return found


def own_dialogs() -> set[type[QDialog]]:
    """Classes of dialogs that are shown as they are, and not only built upon."""
    known = every_dialog()
    return {one for one in known if not any(other is not one and issubclass(other, one) for other in known)}


def test_every_dialog_is_pictured_and_no_button_of_any_tab_or_dialog_is_cut_off(sample_window, tmp_path, monkeypatch):
    seen, faults, pressed, empty = set(), [], set(), set()

    def look(window, widget, path):
        new = type(widget) not in seen or path.stem in window.tab_keys
        seen.add(type(widget))
        if isinstance(widget, QDialog):
            fit_dialog(widget, QRect(0, 0, 1366, 728))
        widget.show()
        settled(window)
        faults.extend(f"{path.stem}: {one}" for one in (out_of_order(widget) if new else ()))
        assert not widget.grab().isNull()
        faults.extend(f"{path.stem}: {one}" for one in (*unnamed(widget), *clipped(widget), *offenders(widget)))
        faults.extend(f"{path.stem}: {one}" for one in uneven(widget))
        faults.extend(f"{path.stem}: {one}" for one in (other_ground(widget) if isinstance(widget, QDialog) else ()))
        for room, size in ROOMS.items():  # from large to small: what was made to scroll may go on scrolling
            faults.extend(f"{path.stem} on {room}: {one}" for one in fitted(window, widget, *size))
        faults.extend(f"{path.stem}: {one}" for one in without_keys(widget, pressed, empty))
        return path

    monkeypatch.setattr(shots, "_save", look)
    shots.save_all(sample_window, tmp_path)
    assert faults == [], "\n".join(faults)
    assert {one.__name__ for one in own_dialogs() - seen} == set()
    assert empty - pressed == set()


def test_what_does_not_fit_scrolls_whole_and_the_buttons_stay_apart_below(app, qtbot):
    dialog, fields = QDialog(), [QLineEdit() for _place in range(30)]
    qtbot.addWidget(dialog)
    column, form, row = QVBoxLayout(dialog), QFormLayout(), QHBoxLayout()
    column.addWidget(QLabel("说明"))
    for field in fields:
        form.addRow("项目", field)
    column.addLayout(form)
    buttons = [QPushButton("取消"), QPushButton("保存")]
    for one in buttons:
        row.addWidget(one)
    column.addLayout(row)
    fit_dialog(dialog, QRect(0, 0, 600, 400))
    dialog.show()
    (area,) = dialog.findChildren(QScrollArea)
    assert all(area.widget().isAncestorOf(field) for field in fields)
    area.ensureWidgetVisible(fields[-1])
    assert not fields[-1].visibleRegion().isEmpty()
    assert not any(area.isAncestorOf(one) for one in buttons)
    assert buttons[0].geometry().right() + 2 < buttons[1].x()
    assert dialog.height() <= 400


@pytest.mark.parametrize(
    ("saved", "expected"),
    [
        (QRect(10, 20, 800, 600), QRect(10, 20, 800, 600)),
        (QRect(-50, -20, 800, 600), QRect(0, 0, 800, 600)),
        (QRect(900, 500, 800, 600), QRect(566, 128, 800, 600)),
        (QRect(100, 100, 3000, 2000), QRect(0, 0, 1366, 728)),
        (QRect(5000, 100, 800, 600), QRect(566, 100, 800, 600)),
        (QRect(1500, 100, 800, 600), QRect(1500, 100, 800, 600)),
    ],
)
def test_a_remembered_window_lies_on_a_screen_that_is_there(saved, expected):
    screens = [QRect(0, 0, 1366, 728), QRect(1366, 0, 1920, 1040)]
    found = fit_window(saved, screens if saved.left() == 1500 else screens[:1])
    assert found == expected
