"""A rounded badge (pill) for a state or a short note, painted so that tables can use the same look."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import fonts, theme


def paint_badge(painter: QPainter, rect: QRectF, text: str, tone: str, *, outlined: bool = False) -> None:
    """Paint a badge into a rectangle; tones as in ``theme.tone``; outlined for the 大户 mark in tables."""
    ink, ground = theme.tone(tone)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lined = outlined or theme.current().contrast
    painter.setPen(ink if lined else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.colour("paper")) if outlined else ground)
    radius = 4.0 if outlined else rect.height() / 2
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(ink)
    painter.setFont(theme.font("note"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


class Badge(QWidget):
    """A pill: “已备案”, “还差 2 村”."""

    def __init__(self, text: str, tone: str = "plain", *, outlined: bool = False) -> None:
        super().__init__()
        self._text, self._tone, self._outlined = text, tone, outlined
        fonts.ensure(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def set_text(self, text: str, tone: str) -> None:
        """Change word and tone."""
        self._text, self._tone = text, tone
        fonts.ensure(text)
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        """As wide as the text and a little air."""
        metrics = QFontMetrics(theme.font("note"))
        return QSize(metrics.horizontalAdvance(self._text) + 16, metrics.height() + 4)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        painter = QPainter(self)
        paint_badge(painter, QRectF(self.rect()), self._text, self._tone, outlined=self._outlined)
        painter.end()
