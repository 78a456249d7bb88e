"""Nothing is cut off on the small screens of offices: every tab and dialog, at the sizes that scaling leaves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QPushButton, QToolButton, QWidget

from fupin_desktop.app import open_window
from fupin_desktop.ui import shots
from fupin_desktop.ui.fitting import FRAME, fit_dialog, fit_window

ROOMS = {"1366x768 at 125 %": (1093, 574), "1024x600": (1024, 560), "960x600": (960, 560)}


@pytest.fixture
def sample_window(app, sample, answers, qtbot):
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
        elif button.width() < text or button.height() < button.fontMetrics().height():
            found.append(f"{button.text()} is cut off: {button.size()}")
    return found


def scrolled_away(button: QWidget, window: QWidget) -> bool:
    """Whether a button lies in something that scrolls, outside of what is seen."""
    return button.visibleRegion().isEmpty() and button.isVisibleTo(window)


@pytest.mark.parametrize("room", ROOMS)
def test_no_button_of_any_tab_or_dialog_is_cut_off(sample_window, tmp_path, monkeypatch, room):
    width, height = ROOMS[room]
    faults = {}

    def look(window, widget, path):
        widget.show()
        settled(window)
        if isinstance(widget, QDialog):
            fit_dialog(widget, QRect(0, 0, width, height))
        else:
            widget.resize(QSize(width, height) - FRAME)
        settled(window)
        if widget.width() > width or widget.height() > height:
            faults[path.stem] = [f"as large as {widget.size()}"]
        elif found := cut_off(widget):
            faults[path.stem] = found
        return path

    monkeypatch.setattr(shots, "_save", look)
    shots.save_all(sample_window, tmp_path)
    assert faults == {}, "\n".join(f"{name}: {one}" for name, found in faults.items() for one in found)


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
