"""The card beside the register table follows the current row, a moment behind it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from fupin_desktop.services.registers import Register
from fupin_desktop.ui.tabs.registers.card import CardPane
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable

_AFTER_MS = 90


class CardFollower(QObject):
    """Shows the card of the current row when the clerk pauses: reading it takes longer than going to the next row.

    Args:
        state: Which register is in front.
        table: Where the current row is.
        card: What shows it; records of an owner's own table have none.
    """

    def __init__(self, state: State, table: RegisterTable, card: CardPane, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._table, self._card = state, table, card
        self._timer = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._timer.timeout.connect(self._show)

    def soon(self) -> None:
        """Show the card in a moment."""
        self._timer.start()

    def put_off(self) -> None:
        """A key in the search: the card of a row that may be gone in a moment can wait."""
        if self._timer.isActive():
            self._timer.start()

    def hold(self) -> None:
        """Wait until it is asked for again."""
        self._timer.stop()

    def _show(self) -> None:
        """Show the card; its first one is made before, by itself, for either takes its time."""
        if self._state.owner.key or self._card.made(self._shown()):
            self.show()
        else:
            self._card.card_of(self._shown())
            self._timer.start()

    def show(self) -> None:
        """Show the card now."""
        self._timer.stop()
        if self._state.owner.key:
            return
        index, shown = self._table.currentIndex(), self._shown()
        row = self._state.front.model.row_at(index.row()) if index.isValid() else None
        own = shown is self._state.register
        self._card.show_record(shown, "" if row is None else row.key if own else row.parent)

    def _shown(self) -> Register:
        """The register whose card is shown: the one in front, or the one that its records stand below."""
        register = self._state.register
        owners = [] if register.section else [one for one in self._state.registers if register in one.children]
        return owners[0] if owners else register
