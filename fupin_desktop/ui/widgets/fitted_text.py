"""Texts that keep to their room: one line that ends in dots, and lines that break where no word does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.labels import say
from fupin_desktop.ui.widgets.tips import as_tip
from fupin_desktop.ui.widgets.traits import set_trait

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QResizeEvent

_BETWEEN = " · "
_BREAK = "\u200b"
"""Takes no room; a line may break at it."""
_LONG = 12
_LATIN = f"[!-~]{{{_LONG},}}"
_RUN = rf"[!-~_]{{{_LONG},}}|[^\s]{{24,}}"
"""What the toolkit would not break: a checksum, a path, a name held together by underscores."""


def breaking(text: str) -> str:
    """A text for a label of narrow room, whose file names and numbers may break anywhere; other words do anyway."""
    if sum("!" <= one <= "~" for one in text) < _LONG:
        return text
    return re.sub(_LATIN, lambda run: _BREAK.join(run[0]), text)


class OneLine(QLabel):
    """A line that ends in dots where there is too little room; the tool tip has the whole.

    Of parts between middle dots whole ones are left out: half an amount would be another amount.
    ``text()`` is the whole line, whatever is seen of it.
    """

    def __init__(self, text: str = "", role: str = "note", *, at_right: bool = False, tip: bool = True) -> None:
        """Make a line that takes what room it is given.

        Args:
            text: What it says.
            role: As of ``label``.
            at_right: Whether it ends at the right edge.
            tip: Whether the whole is its tool tip; False where it has another.
        """
        super().__init__()
        self._whole, self._tip = "", tip
        set_trait(self, "textFormat", "PlainText")
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if at_right:
            set_trait(self, "alignment", "AlignRight|AlignVCenter")
        say(self, text)

    @override
    def text(self) -> str:
        """The whole line."""
        return self._whole

    @override
    def setText(self, text: str) -> None:
        """Say something else."""
        self._whole = text
        self.setAccessibleName(text)
        if self._tip:
            self.setToolTip(as_tip(text))
        self.updateGeometry()
        self._fit()

    @override
    def sizeHint(self) -> QSize:
        """The whole line."""
        around = self.contentsMargins()
        wide = self.fontMetrics().horizontalAdvance(self._whole) + around.left() + around.right()
        return QSize(wide, super().sizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show what fits now."""
        super().resizeEvent(event)
        self._fit()

    @override
    def changeEvent(self, event: QEvent) -> None:
        """Another size of text shows more or less."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        parts = self._whole.split(_BETWEEN)
        shown = [self._whole, *(f"{_BETWEEN.join(parts[:count])} …" for count in range(len(parts) - 1, 0, -1))]
        fits = next((text for text in shown if metrics.horizontalAdvance(text) <= room), None)
        super().setText(fits or _elided(metrics, parts[0], room))


def _elided(metrics: QFontMetrics, text: str, room: int) -> str:
    from PySide6.QtCore import Qt

    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)


class CopiedText(QLabel):
    """A text in lines, broken anywhere where it must be, that can be marked and copied as it was given."""

    def __init__(self, text: str, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_trait(self, "textFormat", "PlainText")
        self.setWordWrap(True)
        set_trait(self, "textInteractionFlags", "TextSelectableByMouse")
        if role:
            self.setProperty("role", role)
        self.give(text)

    def give(self, text: str) -> None:
        """Say something else."""
        self._given = text
        say(self, re.sub(_RUN, lambda run: _BREAK.join(run[0]), text))

    @property
    def given(self) -> str:
        """The text without the places where it may break."""
        return self._given

    def copy(self) -> None:
        """Copy what is marked, else the whole."""
        QApplication.clipboard().setText(self.selectedText().replace(_BREAK, "") or self._given)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C."""
        from PySide6.QtGui import QKeySequence

        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """复制."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("复制", self.copy)
        menu.popup(event.globalPos())
