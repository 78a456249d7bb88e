"""The rows of the register in front on the table: the clerk's place in them is kept whatever happens to the data."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from fupin_desktop.services.registers.blocks import NEW
from fupin_desktop.ui.tabs.registers.columns import ColumnKeeper
from fupin_desktop.ui.tabs.registers.opened import Place
from fupin_desktop.ui.tabs.registers.state import State
from fupin_desktop.ui.tabs.registers.table import RegisterTable


class Rows(QObject):
    """Puts the register in front on the table.

    After an edit, an undo, a reading, an addition or a removal the same record stays current, in the same line of the
    screen, or its neighbour where it is gone; the keyboard stays where it was.

    Signals:
        shown: Rows were read.
    """

    shown = Signal()

    def __init__(self, state: State, table: RegisterTable, columns: ColumnKeeper, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._table, self._columns = state, table, columns
        self._put_on = False
        state.leaving.connect(self._leave)
        state.register_changed.connect(self.put_on)
        state.query_changed.connect(self.read)
        state.record_wanted.connect(self.select)
        table.current_moved.connect(self._remember)

    def _leave(self) -> None:
        front, top = self._state.front, self._table.verticalScrollBar().value()
        self._table.finish_typing()
        front.place = front.place._replace(top=top)

    def put_on(self) -> None:
        """Put the register in front on the table, with its rows."""
        place = self._state.front.place
        self._table.setModel(self._state.front.model)
        self._columns.lay_out()
        self._table.horizontalScrollBar().setValue(0)
        self._state.front.place = place
        self._put_on = True
        self.read()

    def _remember(self) -> None:
        index, front = self._table.currentIndex(), self._state.front
        if index.isValid() and (row := front.model.row_at(index.row())) is not None:
            front.place = front.place._replace(
                key="" if row.key == NEW else row.key, column=front.model.info(index.column()).key, row=index.row(),
            )

    def read(self, from_top: bool = False) -> None:
        """Read the rows of the query as it stands.

        Args:
            from_top: Begin at the first row (a new order, a new search); else the current record stays current.
        """
        front, table = self._state.front, self._table
        keyboard = table.has_keyboard()
        table.finish_typing()
        place = front.place if self._put_on else front.place._replace(top=table.verticalScrollBar().value())
        moved = front.read()
        self._mark_head()
        if moved or from_top or self._put_on:
            self._restore(place._replace(key="", row=0, top=0) if from_top else place)
        self._put_on = False
        if keyboard:
            table.setFocus()
        self.shown.emit()

    def refresh(self) -> None:
        """Read the rows looked at again where they stand."""
        self._state.front.model.refresh()
        self._state.front.loaded = True

    def _restore(self, place: Place) -> None:
        """Make the same record current in the same line of the screen; where it is gone, what stands there now."""
        model = self._state.front.model
        if not model.rowCount():
            return
        found = model.place_of(place.key) if place.key else None
        row = min(place.row, model.rowCount() - 1) if found is None else found
        self._table.verticalScrollBar().setValue(place.top + row - place.row)
        self._table.go_to(row, model.column_of(place.column) or 0)

    def _mark_head(self) -> None:
        front, head = self._state.front, self._table.head
        places = {info.key: place for place, info in enumerate(front.model.shown)}
        head.sorted = {places[key]: down for key, down in front.query.sort if key in places}
        head.filtered = {places[one.column] for one in front.query.filters if one.column in places}
        head.viewport().update()

    def select(self, key: str, column: str = "") -> bool:
        """Make a record current; where it is filtered out, all rows are shown first."""
        front = self._state.front
        if front.model.place_of(key) is None and front.restricted:
            self._state.clear()
        place = front.model.place_of(key)
        if place is None:
            return False
        self._table.go_to(place, front.model.column_of(column) or 0)
        return True

    # ---- refused texts ----
    def next_refused(self) -> None:
        """Go to the next cell whose text was refused; where its row is filtered out, all rows are shown first."""
        cells = list(self._state.front.edits.cells)
        if cells:
            here = self._here()
            start = cells.index(here) + 1 if here in cells else 0
            self.select(*cells[start % len(cells)])

    def drop_refused(self) -> None:
        """Show the stored value of the current cell in place of the refused text."""
        here = self._here()
        if here is not None:
            self._state.front.edits.drop([here])

    def _here(self) -> tuple[str, str] | None:
        index, model = self._table.currentIndex(), self._state.front.model
        return (model.key_at(index.row()), model.info(index.column()).key) if index.isValid() else None
