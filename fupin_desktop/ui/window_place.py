"""Where the main window comes up (where it was the last time, as far as that is on a screen), and when it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QSize, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from fupin_desktop.override import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

USUAL = QSize(1366, 768)
FRAME = QSize(16, 40)
"""Room that the window frame takes, where the system has not told it yet."""


class ToldWindow(QMainWindow):
    """A window that tells when it is seen.

    Signals:
        drawn: It was drawn for the first time.
    """

    drawn = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._seen = False

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell it once."""
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            self.drawn.emit()


def place_window(window: QWidget, geometry: str) -> None:
    """Put the main window where it was the last time, as far as that is on a screen.

    Args:
        window: The window, about to be shown.
        geometry: What ``saveGeometry`` gave, base64; empty at the first start, which takes a size that fits.
    """
    saved = QByteArray.fromBase64(geometry.encode())
    if not saved or not window.restoreGeometry(saved):
        window.resize(USUAL.boundedTo(window.screen().availableGeometry().size() - FRAME))
    elif not window.isMaximized():
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        window.setGeometry(fit_window(window.geometry(), screens))


def bring_forward(window: QWidget) -> None:
    """Show a window above the others, as large as it was before it was minimized."""
    from PySide6.QtCore import Qt  # no start makes it, see ``widgets.traits``

    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def fit_window(saved: QRect, screens: list[QRect]) -> QRect:
    """A remembered frame moved and cut so that it lies on a screen that is there now.

    Args:
        saved: Where the window was.
        screens: Available parts of the screens, the first one the main one.
    """
    screen = max(screens, key=lambda one: _area(one.intersected(saved)))
    size = saved.size().boundedTo(screen.size())
    left = min(max(saved.left(), screen.left()), screen.right() + 1 - size.width())
    top = min(max(saved.top(), screen.top()), screen.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
