"""Traits of widgets set by name, and the hand that comes with the mouse."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QEnterEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel

from fupin_desktop.ui import theme
from fupin_desktop.ui.widgets.figure import Figure
from fupin_desktop.ui.widgets.labels import WrappedLink, button, label, link
from fupin_desktop.ui.widgets.marks import paint_mark
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.traits import set_trait


def test_a_trait_is_the_one_that_qt_has_under_its_name(qtbot):
    made = label("<b>x</b>")
    qtbot.addWidget(made)
    assert made.textFormat() == Qt.TextFormat.PlainText
    set_trait(made, "alignment", "AlignRight|AlignVCenter")
    assert made.alignment() == Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    with pytest.raises(ValueError, match="QLabel has no textFormat Plain"):
        set_trait(made, "textFormat", "Plain")
    with pytest.raises(ValueError, match="no format"):
        set_trait(made, "format", "PlainText")
    column = ScrollColumn()
    qtbot.addWidget(column)
    assert column.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff


@pytest.mark.parametrize(
    ("make", "hand"),
    [
        (lambda: link("查看"), True), (lambda: WrappedLink("查看"), True), (lambda: button("查看"), False),
        (lambda: Figure("612", "户", leads=True), True), (lambda: Figure("612", "户"), False), (lambda: QLabel(), False),
    ],
)  # fmt: skip
def test_the_hand_comes_with_the_mouse_over_what_leads_somewhere(qtbot, make, hand):
    made = make()
    qtbot.addWidget(made)
    QApplication.sendEvent(made, QEnterEvent(QPointF(1, 1), QPointF(1, 1), QPointF(1, 1)))
    assert (made.cursor().shape() == Qt.CursorShape.PointingHandCursor) == hand


def test_marks_are_filled_and_a_ring_is_hollow(app):
    def drawn(kind):
        image = QImage(32, 32, QImage.Format.Format_ARGB32)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint_mark(painter, kind, QRectF(image.rect()), theme.colour("must"))
        painter.end()
        return image

    red = theme.colour("must").rgb()
    assert drawn("dot").pixel(16, 16) == red
    assert drawn("ring").pixelColor(16, 16).alpha() == 0
    assert drawn("ring").pixel(16 + 9, 16) == red
    assert drawn("tick").pixel(13, 24) == red  # where its strokes meet
    assert drawn("tick").pixelColor(2, 2).alpha() == 0
    assert drawn("bang").pixelColor(16, 22).alpha() == 0
    assert drawn("bang").pixel(16, 27) == red
