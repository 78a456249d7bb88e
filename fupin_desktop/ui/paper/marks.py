"""Draws what the screen adds to the ink: tints of the fields, frames, refused texts, sentences in bubbles."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF

from fupin_desktop.ui import fonts, theme

_FRAME = 2.0
_ARROW = 4.0
_CORNER = 7.0
_BAR = 3
_PAD = 7
_GAP = 4
_WIDEST, _NARROWEST = 340, 120
_TINT = {"typed": ("accent_soft", 70), "computed": ("plain_soft", 255), "missing": ("must_soft", 130),
         "fault": ("must_soft", 200), "changed": ("principle_soft", 255)}


def ground(painter: QPainter, rect: QRectF, kind: str) -> None:
    """The tint under a field's ink: typed, computed, missing, fault or changed."""
    name, alpha = _TINT[kind]
    colour = theme.colour(name)
    colour.setAlpha(alpha)
    painter.fillRect(rect, colour)
    if kind == "changed":
        painter.fillRect(QRectF(rect.left(), rect.top(), _BAR, rect.height()), theme.colour("principle"))


def frame(painter: QPainter, rect: QRectF, tone: str) -> None:
    """A frame on the rules of a cell; the tone is a colour's name."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.colour(tone), _FRAME, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap,
                        Qt.PenJoinStyle.MiterJoin))
    painter.drawRect(rect)


def arrow(painter: QPainter, rect: QRectF) -> None:
    """The small mark of a choice at the right of its cell."""
    x, y = rect.right() - _ARROW - 4, rect.center().y()
    _fill(painter, [QPointF(x - _ARROW, y - 2), QPointF(x + _ARROW, y - 2), QPointF(x, y + 3)], "control")


def corner(painter: QPainter, rect: QRectF) -> None:
    """The mark of a cell that still has to be filled."""
    right, top = rect.right(), rect.top()
    _fill(painter, [QPointF(right - _CORNER, top), QPointF(right, top), QPointF(right, top + _CORNER)], "must")


def _fill(painter: QPainter, points: list[QPointF], tone: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(tone))
    painter.drawPolygon(QPolygonF(points))


def refused(painter: QPainter, rect: QRectF, text: str, *, right: bool) -> None:
    """A refused text in place of what is stored."""
    fonts.ensure(text)
    painter.fillRect(rect, QColor(255, 255, 255))
    painter.fillRect(rect, theme.colour("must_soft"))
    painter.setPen(theme.colour("must"))
    painter.setFont(theme.font())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    inner = rect.adjusted(_PAD, 1, -_PAD, -1)
    shown = QFontMetrics(painter.font()).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight,
                                                    round(inner.width()))
    painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter, shown)


def bubble_rect(rect: QRectF, sentence: str, room: QRectF) -> QRectF:
    """Where a cell's sentence stands: below it, above it where there is no room below."""
    metrics = QFontMetrics(theme.font("note"))
    wide = min(max(metrics.horizontalAdvance(sentence) + 2 * _PAD + 4, _NARROWEST), _WIDEST)
    box = QRectF(0, 0, wide - 2 * _PAD, 1000)
    flags = int(Qt.TextFlag.TextWrapAnywhere)
    high = metrics.boundingRect(box.toRect(), flags, sentence).height() + 8
    x = max(min(rect.left(), room.right() - wide - 2), room.left() + 2)
    below = rect.bottom() + _GAP
    fits = below + high <= room.bottom() or rect.top() - _GAP - high < room.top()
    return QRectF(x, below if fits else rect.top() - _GAP - high, wide, high)


def bubble(painter: QPainter, rect: QRectF, sentence: str, room: QRectF) -> None:
    """A cell's sentence in a small bubble."""
    fonts.ensure(sentence)
    painter.setFont(theme.font("note"))
    box = bubble_rect(rect, sentence, room)
    painter.setPen(QPen(theme.colour("must"), 1))
    painter.setBrush(theme.colour("paper"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setBrush(theme.colour("must_soft"))
    painter.drawRoundedRect(box, 4, 4)
    painter.setPen(theme.colour("must"))
    inner = box.adjusted(_PAD, 4, -_PAD, -4)
    painter.drawText(inner, int(Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignVCenter), sentence)
