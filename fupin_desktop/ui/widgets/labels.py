"""Small text pieces: labels by role, links, buttons, hairlines, dot separators."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.tips import as_tip
from fupin_desktop.ui.widgets.traits import hand, set_trait

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
    from PySide6.QtWidgets import QMenu


def label(text: str = "", role: str = "", *, tone: str = "", wrap: bool = False) -> QLabel:
    """A plain-text label.

    Args:
        text: What it says; never read as HTML.
        role: ``title``, ``heading``, ``note``, ``muted``, ``figure``, ``strong`` or empty.
        tone: ``must``, ``principle``, ``good``, ``info`` or empty.
        wrap: Whether long text breaks into lines.
    """
    made = QLabel()
    set_trait(made, "textFormat", "PlainText")
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    say(made, text)
    return made


def say(target: QLabel, text: str) -> None:
    """Put a text on a label, with the fonts its characters need."""
    fonts.ensure(text)
    target.setText(text)


def selectable(target: QLabel) -> QLabel:
    """Let the clerk select and copy a label's text; returns the label."""
    set_trait(target, "textInteractionFlags", "TextSelectableByMouse")
    return target


class Button(QPushButton):
    """A button that Enter presses too while it has the keyboard, as on Windows.

    Qt does so with its ``autoDefault``, which also makes the first such button of a dialog the one that Enter presses
    from every field, whatever it does.
    """

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it; a key that is held down does so once."""
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def setMenu(self, menu: QMenu) -> None:
        """A click opens the menu; once it is closed, the button is lit only while the mouse is still over it."""
        super().setMenu(menu)
        menu.aboutToHide.connect(self._look_for_mouse)

    def _look_for_mouse(self) -> None:
        """Qt does not tell a button that the mouse left it while its menu was open."""
        from PySide6.QtCore import Qt
        from PySide6.QtGui import QCursor

        if not self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            self.update()


class Link(Button):
    """A button that looks like a link."""

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is over it."""
        self.setCursor(hand())
        super().enterEvent(event)


def button(text: str, clicked: Callable[[], object] | None = None, role: str = "", *, tip: str = "") -> QPushButton:
    """A push button; roles: ``primary``, ``danger``, ``big``, ``link`` or empty.

    Dialogs put such buttons into rows of their own: QDialogButtonBox changes their order with the desktop (the manual
    and its pictures could not say where one stands), has no place for a note between them, and Qt's own words for them
    (“应用”, “放弃”) are not what happens here.
    """
    made = Link(text) if role == "link" else Button(text)
    made.setAutoDefault(False)
    if role:
        made.setProperty("role", role)
    if tip:
        made.setToolTip(as_tip(tip))
    if clicked is not None:
        made.clicked.connect(lambda _checked=False: clicked())
    return made


def link(text: str, clicked: Callable[[], object] | None = None, *, tone: str = "", tip: str = "") -> QPushButton:
    """A button that looks like a link and can be reached by keyboard."""
    made = button(text, clicked, "link", tip=tip)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    if tone:
        made.setProperty("tone", tone)
    return made


class WrappedLink(QLabel):
    """A link whose long text breaks into lines.

    Signals:
        clicked: By the mouse, or by Enter or the space bar.
    """

    clicked = Signal()

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_trait(self, "textFormat", "PlainText")
        self.setWordWrap(True)
        self.setProperty("role", "link")
        set_trait(self, "focusPolicy", "TabFocus")
        say(self, text)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is over it."""
        self.setCursor(hand())
        super().enterEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click within the text."""
        from PySide6.QtCore import Qt

        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keyboard's click."""
        from PySide6.QtCore import Qt

        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


def rule(parent: QWidget | None = None) -> QFrame:
    """A hairline across."""
    made = QFrame(parent)
    made.setProperty("role", "rule")
    made.setFixedHeight(1)
    return made


def restyle(widget: QWidget) -> None:
    """Let the style sheet look again after a ``role`` or ``tone`` was changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
