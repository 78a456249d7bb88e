"""After a dialog the keyboard is where the clerk was typing, not on the button that opened the dialog."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QMainWindow, QWidget
from shiboken6 import isValid


class WorkFocus(QObject):
    """Remembers which table, list or field had the keyboard before a button took it, and gives it back.

    Args:
        window: The main window; dialogs keep their own.
    """

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._work: QWidget | None = None
        self._button: QAbstractButton | None = None
        self._left: tuple[QWidget, QWidget] | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.moved)

    def moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """The keyboard moved; nothing of the window had it before where a dialog was closed.

        A button that gets it otherwise, as the next step after one that was taken, keeps it. Where the button that
        was pressed is gone, or greyed, with what it did, Qt would give the keyboard to whatever comes next; so it would
        where a message about what was typed in a cell came up while the cell's editor closed.
        """
        if not isValid(self._window):
            return  # a field goes with the window it is in
        left, self._left = self._left, None
        if before is not None and self._window.isAncestorOf(before):
            self._left = before, view_of(before)
        elif now is None or not self._window.isAncestorOf(now):
            self._left = left
        if now is None or not self._window.isAncestorOf(now):
            return
        if before is not None and self._window.isAncestorOf(before):
            if _taken_away(before) and not isinstance(now, QAbstractButton):
                self._give_back()
            elif isinstance(now, QAbstractButton):
                work = self._work if isinstance(before, QAbstractButton) else view_of(before)
                self._work, self._button = work, now
            else:
                self._button = None
        elif self._is_over(now):
            self._give_back()
        elif left is not None and _gone(left[0]) and not _gone(left[1]) and not isinstance(now, QAbstractButton):
            left[1].setFocus()

    def _give_back(self) -> None:
        """The keyboard goes to the work, where that is still there."""
        work, self._button = self._work, None
        if work is not None and not _gone(work):
            work.setFocus()

    def _is_over(self, now: QWidget) -> bool:
        """Whether the keyboard is on the button that opened the dialog, or that one is no longer there."""
        button, self._button = self._button, None
        if button is None or now is button:
            return button is not None
        return _gone(button) and not isinstance(now, QAbstractButton)  # a button has it as the next step, not from Qt


def _gone(widget: QWidget) -> bool:
    return not isValid(widget) or not widget.isVisible()


def _taken_away(widget: QWidget) -> bool:
    """Whether a button lost the keyboard because it can no longer be pressed."""
    return isinstance(widget, QAbstractButton) and (widget.isHidden() or not widget.isEnabled())


def view_of(widget: QWidget) -> QWidget:
    """The table or list that a cell's editor is in, which outlives it; else the widget itself."""
    from PySide6.QtWidgets import QAbstractItemView  # not before one can have the keyboard

    above = widget.parentWidget()
    while above is not None and not isinstance(above, QAbstractItemView):
        above = above.parentWidget()
    return above if above is not None else widget
