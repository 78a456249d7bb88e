"""What stands above the register table: search, village, buttons; chips of the filters; the count line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QToolButton, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui import fonts
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import link, say
from fupin_desktop.ui.widgets.search_field import make_search
from fupin_desktop.ui.widgets.tips import as_tip

WAIT_MS = 10
"""A pause after the last key, so that a word committed at once by an input method is searched once."""
ALL_VILLAGES = "全部村"


class FindField(QLineEdit):
    """Searches while typing, a moment after the last key.

    Signals:
        asked: The text to look for.
        left: Enter or Down: the keyboard goes to the table.
    """

    asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        make_search(self, "")
        self.name("姓名、拼音首字母、证件尾号、村、户编号")
        self.setFixedWidth(270)
        self._timer = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._timer.timeout.connect(self.ask_now)
        self.textChanged.connect(self._typed)

    def name(self, words: str) -> None:
        """Say by what is searched."""
        self.setPlaceholderText(words)
        self.setAccessibleName(f"查找：{words}")
        self.setToolTip(as_tip(words))

    def _typed(self, text: str) -> None:
        fonts.ensure(text)
        self._timer.start()

    def ask_now(self) -> None:
        """Search without waiting."""
        self._timer.stop()
        self.asked.emit(self.text().strip())

    def put(self, text: str) -> None:
        """Show a text without searching for it; what the clerk is typing is left alone."""
        if self._timer.isActive() or text == self.text().strip():
            return
        self.setText(text)  # with its signals: the cross that empties the field comes and goes by them
        self._timer.stop()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Down go to the rows found, Escape empties the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            if self._timer.isActive():
                self.ask_now()
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class VillageBox(QComboBox):
    """Restricts the rows to one village.

    Signals:
        chosen: Name of the village, or None for all.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(110)
        self.setAccessibleName("村")
        self.setMaxVisibleItems(24)
        self.addItem(ALL_VILLAGES, None)
        self.activated.connect(lambda _place: self.chosen.emit(self.currentData()))

    def fill(self, names: Sequence[str], current: str | None) -> None:
        """Offer these villages."""
        fonts.ensure("".join(names))
        with quiet(self):
            self.clear()
            self.addItem(ALL_VILLAGES, None)
            for name in names:
                self.addItem(name, name)
        self.put(current)

    def put(self, current: str | None) -> None:
        """Show a village as chosen without choosing it."""
        with quiet(self):
            self.setCurrentIndex(max(0, self.findData(current)) if current else 0)


class FilterLine(QWidget):
    """Search, village, the count line, and below them the chips of the filters in force.

    Signals:
        removed: Key of the column whose filter is to go.
        cleared: All filters, the search and the village are to go.

    Attributes:
        finder: The search field.
        village: The choice of village.
    """

    removed = Signal(str)
    cleared = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder, self.village = FindField(), VillageBox()
        self.count = OneLine(at_right=True)
        row = hbox(self.finder, self.village, (self.count, 1), spacing=8)
        self._row = QWidget()
        self._chips = hbox(on=self._row, margins=0, spacing=6)
        self._row.hide()
        vbox(row, self._row, on=self, margins=(10, 8, 10, 8), spacing=6)

    def show_chips(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show a chip for each (column key, words)."""
        clear(self._chips)
        for key, words in chips:
            fonts.ensure(words)
            chip = QToolButton()
            chip.setText(f"{words}  ×")
            chip.setProperty("role", "chip")
            chip.setToolTip("点击去掉这个筛选")
            chip.clicked.connect(lambda _checked=False, key=key: self.removed.emit(key))
            self._chips.addWidget(chip)
        if chips:
            self._chips.addWidget(link("全部清除", self.cleared.emit))
            self._chips.addStretch(1)
        self._row.setVisible(bool(chips))

    @property
    def chips(self) -> list[str]:
        """The words of the chips."""
        widgets = (item.widget() for item in map(self._chips.itemAt, range(self._chips.count())))
        return [widget.text().removesuffix("  ×") for widget in widgets if isinstance(widget, QToolButton)]

    def show_count(self, text: str) -> None:
        """Show the count line."""
        say(self.count, text)
