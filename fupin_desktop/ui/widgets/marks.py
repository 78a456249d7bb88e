"""Painted marks (tick, cross, exclamation, dot), so that no font has to have them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_STROKES = {
    "tick": (((0.18, 0.52), (0.42, 0.76), (0.84, 0.26)),),
    "cross": (((0.24, 0.24), (0.76, 0.76)), ((0.76, 0.24), (0.24, 0.76))),
    "bang": (((0.5, 0.16), (0.5, 0.58)),),
    "loupe": (((0.64, 0.64), (0.86, 0.86)),),
    "next": (((0.38, 0.22), (0.66, 0.5), (0.38, 0.78)),),
}


def paint_mark(painter: QPainter, kind: str, rect: QRectF, ink: QColor) -> None:
    """Paint a mark into a square.

    Args:
        painter: An active painter.
        kind: ``tick``, ``cross``, ``bang``, ``next``, ``loupe``, ``dot`` or ``ring``.
        rect: Where.
        ink: Colour.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    brush, wide = theme.brush(ink), max(1.4, rect.width() / 7)
    for path in _paths(kind, rect, wide):
        painter.fillPath(path, brush)
    painter.restore()


def _paths(kind: str, rect: QRectF, wide: float) -> Iterator[QPainterPath]:
    """The pieces of a mark, each to be filled: a pen with round ends would make Qt's namespace, see ``traits``."""
    for stroke in _STROKES.get(kind, ()):
        points = [_at(rect, x, y) for x, y in stroke]
        yield from (_round(point, wide / 2) for point in points)
        yield from (_bar(one, other, wide) for one, other in itertools.pairwise(points))
    if kind == "loupe":
        yield _ring(_at(rect, 0.44, 0.44), rect.width() * 0.27, wide)
    if kind == "bang":
        yield _round(_at(rect, 0.5, 0.84), wide / 2)
    if kind == "dot":
        yield _round(_at(rect, 0.5, 0.5), rect.width() * 0.3 + wide / 2)
    if kind == "ring":
        yield _ring(_at(rect, 0.5, 0.5), rect.width() * 0.3, wide)


def _round(middle: QPointF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(middle, radius, radius)
    return path


def _ring(middle: QPointF, radius: float, wide: float) -> QPainterPath:
    path = _round(middle, radius + wide / 2)
    path.addEllipse(middle, radius - wide / 2, radius - wide / 2)
    return path


def _bar(start: QPointF, end: QPointF, wide: float) -> QPainterPath:
    """A straight stroke without ends."""
    along = end - start
    half = wide / 2 / math.hypot(along.x(), along.y())
    aside = QPointF(-along.y() * half, along.x() * half)
    path = QPainterPath(start + aside)
    for corner in (end + aside, end - aside, start - aside):
        path.lineTo(corner)
    path.closeSubpath()
    return path


def _at(rect: QRectF, x: float, y: float) -> QPointF:
    return QPointF(rect.x() + rect.width() * x, rect.y() + rect.height() * y)


def loupe(size: int = 16) -> QIcon:
    """The mark of search fields as an icon, sharp up to 200 % scaling."""
    picture = QPixmap(size * 2, size * 2)
    picture.setDevicePixelRatio(2)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    paint_mark(painter, "loupe", QRectF(0, 0, size, size), theme.colour("muted"))
    painter.end()
    return QIcon(picture)


class Mark(QWidget):
    """A small painted mark in a tone's colour."""

    def __init__(self, kind: str, tone: str = "plain", size: int = 14, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind, self._tone, self._size = kind, tone, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_mark(self, kind: str, tone: str) -> None:
        """Change what it shows."""
        self._kind, self._tone = kind, tone
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """The square it is painted in."""
        return QSize(self._size, self._size)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        painter = QPainter(self)
        ink = theme.colour("accent") if self._tone == "accent" else theme.tone(self._tone)[0]
        paint_mark(painter, self._kind, QRectF(self.rect()), ink)
        painter.end()


def good_line(text: str) -> QWidget:
    """A green line with a tick."""
    made = QWidget()
    hbox(Mark("tick", "good", 14), (label(text, tone="good", wrap=True), 1), on=made, margins=(4, 2, 4, 2), spacing=7)
    return made
