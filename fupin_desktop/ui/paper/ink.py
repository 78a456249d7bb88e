"""Draws settled pages: paper, fills, rules and texts at their exact places, sharp at every zoom and pixel ratio."""

from __future__ import annotations

from functools import lru_cache
from math import ceil

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QTransform

from fupin_desktop.documents.pages import POINT, Line, Page, TextRun
from fupin_desktop.ui.paper.glyphs import inked

_MARK_SHARE = 0.5
"""Width of the mark, as part of the page's shorter side."""
_MARK_COLOUR = "#e9e9e9"
_MARK_ANGLE = -35.0
_THINNER = 0.35
"""What a rule may lose when it is drawn in whole pixels: frames stay thicker than inner rules from 85 % on."""
_LIGHTEST = 0.7


class Ink:
    """Draws one page.

    Args:
        painter: In device pixels, the page's corner at the origin.
        scale: Device pixels of one millimetre.
        shown: Part of the page that needs drawing, device pixels.
    """

    def __init__(self, painter: QPainter, scale: float, shown: QRectF) -> None:
        self._painter = painter
        self._scale = scale
        self._top = shown.top() / scale
        self._bottom = shown.bottom() / scale

    def fills(self, page: Page) -> None:
        """The page's fills."""
        for rect in page.rects:
            if rect.y <= self._bottom and rect.y + rect.height >= self._top:
                self._painter.fillRect(self._box(rect.x, rect.y, rect.width, rect.height), QColor(rect.fill))

    def mark(self, page: Page, width: float, height: float) -> None:
        """The word across the page, mm; none where the page has none."""
        if not page.mark:
            return
        size = min(width, height) * _MARK_SHARE * self._scale / len(page.mark)
        line = inked(page.mark, "hei", round(size, 1))
        painter = self._painter
        painter.save()
        painter.setTransform(
            QTransform().translate(width * self._scale / 2, height * self._scale / 2).rotate(_MARK_ANGLE), combine=True
        )
        painter.setPen(QColor(_MARK_COLOUR))
        for run in line.runs:
            painter.drawGlyphRun(QPointF(-line.width / 2, size * 0.37), run)
        painter.restore()

    def lines(self, page: Page) -> None:
        """The page's rules, each at least one device pixel wide; thicker ones cover the ends of thinner ones."""
        for line in sorted(page.lines, key=_thickness):
            top, bottom = sorted((line.y1, line.y2))
            if top <= self._bottom + 1 and bottom >= self._top - 1:
                self._painter.fillRect(self._stroke(line), self._tone(line))

    def texts(self, page: Page) -> None:
        """The page's texts."""
        for run in page.texts:
            high = run.size * POINT
            if run.y - high <= self._bottom and run.y + high >= self._top:
                self.text(run)

    def text(self, run: TextRun) -> None:
        """One line of text."""
        pixels = round(run.size * POINT * self._scale, 2)
        line = inked(run.text, run.font, pixels, round(run.spacing * POINT * self._scale, 3))
        self._painter.setPen(QColor(run.colour))
        at = QPointF(run.x * self._scale, run.y * self._scale)
        for part in line.runs:
            self._painter.drawGlyphRun(at, part)

    def _tone(self, line: Line) -> QColor:
        """The colour of a rule; one that would be thinner than a pixel is lighter instead."""
        part = min(1.0, line.width * POINT * self._scale)
        return _mixed(line.colour, max(part, _LIGHTEST))

    def _stroke(self, line: Line) -> QRectF:
        """A rule as whole pixels: upright and level ones stay crisp."""
        wide = max(1, ceil(line.width * POINT * self._scale - _THINNER))
        left, right = sorted((line.x1 * self._scale, line.x2 * self._scale))
        top, bottom = sorted((line.y1 * self._scale, line.y2 * self._scale))
        half = wide / 2
        x, y = round(left - half), round(top - half)
        return QRectF(x, y, round(right - half) - x + wide, round(bottom - half) - y + wide)

    def _box(self, x: float, y: float, width: float, height: float) -> QRectF:
        """A rectangle on whole pixels."""
        left, top = round(x * self._scale), round(y * self._scale)
        return QRectF(left, top, round((x + width) * self._scale) - left, round((y + height) * self._scale) - top)


@lru_cache(maxsize=64)
def _mixed(colour: str, part: float) -> QColor:
    """A colour on white, so much of it."""
    full = QColor(colour)
    red, green, blue = (round(255 - (255 - each) * part) for each in (full.red(), full.green(), full.blue()))
    return QColor(red, green, blue)


def _thickness(line: Line) -> float:
    """Order of drawing."""
    return line.width
