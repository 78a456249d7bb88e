"""A painted bar of parts of a whole: money used, households large and small."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QSizePolicy, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent


class Part(NamedTuple):
    """One coloured part of a bar: its amount, its colour name in the theme, a word written into it."""

    amount: Decimal
    colour: str = "accent"
    word: str = ""


class BarMeter(QWidget):
    """A horizontal bar; what its parts leave of the whole stays grey.

    Nothing is drawn beyond the whole: parts that sum to more fill the bar and end in red.
    """

    def __init__(self, height: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole, self._height = Decimal(0), height
        self._parts: tuple[Part, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_parts(self, whole: Decimal, parts: Sequence[Part]) -> None:
        """Show parts of a whole, both in the same unit; a whole of 0 takes the sum of the parts."""
        self._parts = tuple(part for part in parts if part.amount > 0)
        self._whole = whole
        self.setAccessibleName("，".join(f"{part.word}{part.amount}" for part in self._parts))
        self.update()

    @property
    def overdrawn(self) -> bool:
        """Whether the parts are more than the whole."""
        return 0 < self._whole < sum((part.amount for part in self._parts), Decimal(0))

    @override
    def sizeHint(self) -> QSize:
        """As high as asked for; the width is the layout's."""
        return QSize(120, self._height)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint groove and parts."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRectF(self.rect())
        clip = QPainterPath()
        clip.addRoundedRect(rect, 2, 2)
        painter.setClipPath(clip)
        _fill(painter, rect, "groove")
        self._paint_parts(painter, rect)
        painter.setClipping(False)
        if theme.current().contrast:
            painter.setPen(theme.colour("border"))
            painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_parts(self, painter: QPainter, rect: QRectF) -> None:
        total = max(self._whole, sum((part.amount for part in self._parts), Decimal(0)))
        left = rect.x()
        for part in self._parts:
            width = rect.width() * float(part.amount / total)
            piece = QRectF(left, rect.y(), width, rect.height())
            _fill(painter, piece, part.colour)
            self._write(painter, piece, part.word)
            left += width
        if self.overdrawn:
            start = rect.x() + rect.width() * float(self._whole / total)
            _fill(painter, QRectF(start, rect.y(), rect.right() - start, rect.height()), "must")

    def _write(self, painter: QPainter, piece: QRectF, word: str) -> None:
        """Write the word where it fits."""
        if not word:
            return
        from PySide6.QtCore import Qt

        painter.setFont(theme.font("note"))
        if painter.fontMetrics().horizontalAdvance(word) + 10 < piece.width():
            painter.setPen(theme.colour("on_accent"))
            where = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(piece.adjusted(6, 0, 0, 0), where, word)


def _fill(painter: QPainter, rect: QRectF, colour: str) -> None:
    """Fill with a colour of the theme.

    ``fillRect`` has a form that takes one of Qt's 169 gradients, and loads them all to tell what it is given: 3 ms of a
    start. Pens are as dear, see ``traits``.
    """
    path = QPainterPath()
    path.addRect(rect)
    painter.fillPath(path, theme.brush(theme.colour(colour)))
