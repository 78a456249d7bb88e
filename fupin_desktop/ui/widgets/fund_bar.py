"""A bar of money by what became of it: paid, allocated, still to be allocated, still to come."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import theme

ZERO = Decimal(0)
_SWATCH, _AIR = 11, 16


class Share(NamedTuple):
    """One part of a bar: key, word of the legend, colour of the theme."""

    key: str
    word: str
    colour: str


SHARES = (
    Share("paid", "已拨付", "accent"), Share("unpaid", "已安排未拨付", "accent_mid"),
    Share("available", "可安排", "accent_soft"), Share("outstanding", "未到账", "groove"),
)


def parts_of(assigned: Decimal, received: Decimal, allocated: Decimal, paid: Decimal) -> tuple[Decimal, ...]:
    """Yuan of each of ``SHARES``; none is below 0."""
    found = (paid, allocated - paid, received - allocated, assigned - received)
    return tuple(max(part, ZERO) for part in found)


def brush(share: Share) -> QBrush:
    """How a part is filled; where there are few colours, a pattern tells it from its neighbours."""
    made = QBrush(theme.colour(share.colour))
    if theme.current().contrast and share.key == "unpaid":
        made.setStyle(Qt.BrushStyle.BDiagPattern)
    elif theme.current().contrast and share.key == "outstanding":
        made = QBrush(theme.colour("border"), Qt.BrushStyle.Dense6Pattern)
    return made


def paint_shares(painter: QPainter, rect: QRectF, parts: Sequence[Decimal], whole: Decimal) -> list[QRectF]:
    """Paint parts of a whole into a rectangle.

    Args:
        painter: An active painter.
        rect: The whole.
        parts: Yuan of each of ``SHARES``.
        whole: Yuan that fill the rectangle.

    Returns:
        Where each part is, in order.
    """
    painter.fillRect(rect, theme.colour("paper"))
    places, left = [], rect.x()
    for share, part in zip(SHARES, parts, strict=True):
        width = rect.width() * float(part / whole) if whole > 0 else 0.0
        piece = QRectF(left, rect.y(), width, rect.height())
        painter.fillRect(piece, brush(share))
        places.append(piece)
        left += width
    used = QRectF(rect.x(), rect.y(), left - rect.x(), rect.height())
    if used.width() > 1:
        painter.setPen(theme.colour("border" if theme.current().contrast else "control"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(used.adjusted(0.5, 0.5, -0.5, -0.5))
    return places


class Legend(QWidget):
    """What the colours of the bar mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("图例：" + "、".join(share.word for share in SHARES))

    @override
    def sizeHint(self) -> QSize:
        """All words beside each other."""
        metrics = QFontMetrics(theme.font("note"))
        wide = sum(metrics.horizontalAdvance(share.word) + _SWATCH + 5 + _AIR for share in SHARES)
        return QSize(wide, metrics.height() + 4)

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        """Swatches and words."""
        painter = QPainter(self)
        painter.setFont(theme.font("note"))
        metrics, left = painter.fontMetrics(), 0.0
        for share in SHARES:
            swatch = QRectF(left, (self.height() - _SWATCH) / 2, _SWATCH, _SWATCH)
            painter.fillRect(swatch, theme.colour("paper"))
            painter.fillRect(swatch, brush(share))
            painter.setPen(theme.colour("control"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(swatch.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(theme.colour("text"))
            wide = metrics.horizontalAdvance(share.word)
            word = QRectF(left + _SWATCH + 5, 0, wide + 2, self.height())
            painter.drawText(word, Qt.AlignmentFlag.AlignVCenter, share.word)
            left += _SWATCH + 5 + wide + _AIR
        painter.end()
