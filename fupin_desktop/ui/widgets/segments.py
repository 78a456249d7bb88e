"""A row of joined buttons, one of which is down: switches between views."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QToolButton, QWidget

from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.card import clear


class Segments(QWidget):
    """Switches between views.

    Args:
        options: Key and word of each.

    Signals:
        chosen: Key of the one clicked.

    Attributes:
        buttons: By key.
    """

    chosen = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = hbox(on=self, margins=0, spacing=0)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QToolButton] = {}
        self.set_options(options)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Show other views: key and word of each."""
        for made in self.buttons.values():
            self._group.removeButton(made)
        clear(self._row)
        self.buttons = {}
        places = {0: "first", len(options) - 1: "last"} if len(options) > 1 else {0: "only"}
        for place, (key, word) in enumerate(options):
            made = QToolButton()
            made.setText(word)
            made.setCheckable(True)
            made.setProperty("role", "segment")
            made.setProperty("place", places.get(place, "middle"))
            made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
            made.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._group.addButton(made)
            self.buttons[key] = made
            self._row.addWidget(made)

    def show_key(self, key: str) -> None:
        """Mark one as shown, without telling."""
        self.buttons[key].setChecked(True)
        for other, made in self.buttons.items():  # Tab comes to the one that is down; Qt minds that at clicks alone
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus if other == key else Qt.FocusPolicy.NoFocus)

    @property
    def key(self) -> str:
        """Key of the one that is down; empty for none."""
        return next((key for key, made in self.buttons.items() if made.isChecked()), "")
