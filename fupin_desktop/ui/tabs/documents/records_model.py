"""The list of documents under headings, and how its rows are painted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from fupin_desktop.services.documents import DocumentLine
from fupin_desktop.ui import theme
from fupin_desktop.ui.tabs.documents import words
from fupin_desktop.ui.widgets.badge import paint_badge
from fupin_desktop.ui.widgets.headed_list import SIDE, HeadedModel, RowLook, RowWords

_ROW = 35


def records_model() -> HeadedModel[DocumentLine]:
    """Documents under the titles of their forms."""
    return HeadedModel(RowWords(
        lambda line: line.place,
        words.tip,
        lambda line: f"{line.place} {words.version_note(line)} {words.badge(line)[0]}",
    ))  # fmt: skip


def records_look() -> RowLook[DocumentLine]:
    """Name left, badge right."""
    return RowLook(_height, _paint)


def _height() -> int:
    """One line of text."""
    return max(_ROW, QFontMetrics(theme.font("base")).height() + 12)


def _paint(painter: QPainter, rect: QRect, row: DocumentLine) -> None:
    """Paint place, version and state of a document."""
    small = QFontMetrics(theme.font("note"))
    badge, tone = words.badge(row)
    wide, high = small.horizontalAdvance(badge) + 16, small.height() + 4
    right = rect.right() - SIDE - wide
    paint_badge(painter, QRectF(right, rect.center().y() - high / 2, wide, high), badge, tone)
    if note := words.version_note(row):
        right -= small.horizontalAdvance(note) + 6
        painter.setFont(theme.font("note"))
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRect(right, rect.y(), rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter, note)
    painter.setFont(theme.font("base"))
    painter.setPen(theme.colour("text"))
    place = QRect(rect.x() + SIDE, rect.y(), right - rect.x() - SIDE - 6, rect.height())
    name = painter.fontMetrics().elidedText(row.place, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, name)
