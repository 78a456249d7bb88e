"""The list of rounds under their states, and how its rows are painted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from fupin_desktop.services.notices.rounds import Round, RoundState
from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.badge import paint_badge
from fupin_desktop.ui.widgets.headed_list import SIDE, HeadedModel, RowLook, RowWords
from fupin_desktop.ui.widgets.round_badge import badge

_ROW = 50


def rounds_model() -> HeadedModel[Round]:
    """Rounds under their states."""
    return HeadedModel(RowWords(
        lambda one: one.name,
        lambda one: f"{one.kind_title}\n{one.name}\n{one.lacks}".rstrip(),
        lambda one: f"{one.place} {one.kind_title} {badge(one)[0]}",
    ))  # fmt: skip


def rounds_look() -> RowLook[Round]:
    """Place and badge above, what is published below."""
    return RowLook(_height, _paint)


def _height() -> int:
    """Two lines of text."""
    base, small = (QFontMetrics(theme.font(name)).height() for name in ("base", "note"))
    return max(_ROW, base + small + 16)


def _paint(painter: QPainter, rect: QRect, row: Round) -> None:
    """Paint place, state and name of a round."""
    base, small = (QFontMetrics(theme.font(name)) for name in ("base", "note"))
    text, tone = badge(row)
    wide, high = small.horizontalAdvance(text) + 16, small.height() + 4
    top = rect.y() + (rect.height() - base.height() - small.height() - 3) // 2
    right = rect.right() - SIDE - wide
    paint_badge(painter, QRectF(right, top + (base.height() - high) / 2, wide, high), text, tone)
    painter.setFont(theme.font("base"))
    painter.setPen(theme.colour("muted" if row.state is RoundState.NOT_YET else "text"))
    head = f"{row.place} {row.kind_title.removesuffix('公示')}".strip()
    room = right - rect.x() - SIDE - 6
    painter.drawText(rect.x() + SIDE, top + base.ascent(), base.elidedText(head, Qt.TextElideMode.ElideRight, room))
    painter.setFont(theme.font("note"))
    painter.setPen(theme.colour("muted"))
    below = small.elidedText(row.name, Qt.TextElideMode.ElideMiddle, rect.width() - 2 * SIDE)
    painter.drawText(rect.x() + SIDE, top + base.height() + 3 + small.ascent(), below)
