"""Dialogs no larger than the screen: a 1366×768 screen at 125 % leaves 1093×614, and the taskbar takes its part."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
    QWizard,
)

from fupin_desktop.override import override
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.window_place import FRAME


def fit_dialog(dialog: QDialog, room: QRect | None = None) -> None:
    """Make a dialog no larger than the screen; what does not fit scrolls, and its row of buttons stays below.

    Args:
        dialog: A dialog about to be shown.
        room: The part of the screen it may take; None asks the screen it will be on.
    """
    available = (room or dialog.screen().availableGeometry()).size() - FRAME
    layout = dialog.layout()
    if isinstance(layout, QVBoxLayout) and not isinstance(dialog, QWizard):
        layout.activate()
        least = dialog.minimumSizeHint().expandedTo(dialog.minimumSize())
        if least.width() > available.width() or least.height() > available.height():
            _scroll(dialog, layout)
    wanted = dialog.size() if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized) else dialog.sizeHint()
    dialog.setMaximumSize(available.expandedTo(QSize(200, 120)))
    dialog.setMinimumSize(dialog.minimumSize().boundedTo(available))
    dialog.resize(wanted.boundedTo(available))
    _Grower(dialog)


class _Grower(QObject):
    """Makes a dialog taller when what it says takes more lines: a layout asks for that only once, at its narrowest.

    A dialog over a window on a screen of another scale is made on the main screen and comes up in another size: it gets
    the one that was meant.
    """

    def __init__(self, dialog: QDialog) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self.grow()
        self._meant = dialog.size()
        dialog.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the dialog holds has changed, or it is shown."""
        if event.type() == QEvent.Type.LayoutRequest:
            QTimer.singleShot(0, self, self.grow)
        elif event.type() == QEvent.Type.Show and not event.spontaneous():
            QTimer.singleShot(0, self, self._settle)
        return False

    def _settle(self) -> None:
        self._dialog.resize(self._dialog.size().expandedTo(self._meant))

    def grow(self) -> None:
        """As tall as its lines need at its width, no taller than the screen lets it."""
        layout, size = self._dialog.layout(), self._dialog.size()
        if layout is not None and layout.hasHeightForWidth():
            needed = layout.totalMinimumHeightForWidth(size.width())
            self._dialog.resize(size.width(), max(size.height(), needed))


def foot_of(dialog: QDialog) -> QHBoxLayout | None:
    """The row of buttons at the foot of a dialog; None where there is none."""
    layout = dialog.layout()
    item = layout.itemAt(layout.count() - 1) if isinstance(layout, QVBoxLayout) and layout.count() else None
    row = item.layout() if item is not None and _is_foot(item) else None
    return row if isinstance(row, QHBoxLayout) else None


def _scroll(dialog: QDialog, layout: QVBoxLayout) -> None:
    """Put all but the buttons at the foot into an area that scrolls."""
    foot = layout.takeAt(layout.count() - 1) if _is_foot(layout.itemAt(layout.count() - 1)) else None
    margins = layout.contentsMargins()
    inner = QWidget()
    inner.setProperty("role", "paper")
    inner.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    column = vbox(on=inner, margins=(0, 0, 6, 0), spacing=layout.spacing())
    while layout.count():
        stretch = layout.stretch(0)
        _move(layout.takeAt(0), column)
        column.setStretch(column.count() - 1, stretch)
    area = QScrollArea(dialog)
    area.setProperty("role", "paper")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setWidget(inner)
    layout.addWidget(area, 1)
    _move(foot, layout)
    layout.setContentsMargins(margins)


def _move(item: QLayoutItem | None, column: QVBoxLayout) -> None:
    """Add what was taken out of a layout to another, so that its widgets belong to that other's widget."""
    if item is None:
        return
    widget = _widget(item)
    if isinstance(widget, QWidget):
        column.addWidget(widget, 0, item.alignment())
    elif isinstance(item, QLayout):
        column.addLayout(item)
    else:
        column.addItem(item)


def _is_foot(item: QLayoutItem | None) -> bool:
    """Whether an item is a row of buttons."""
    if item is None:
        return False
    row = item.layout()
    return isinstance(item.widget(), QDialogButtonBox) or (
        isinstance(row, QLayout)
        and any(isinstance(_widget(row.itemAt(place)), _BUTTONS) for place in range(row.count()))
    )


def _widget(item: QLayoutItem | None) -> object:
    return item.widget() if item is not None else None


_BUTTONS = (QAbstractButton, QDialogButtonBox)
