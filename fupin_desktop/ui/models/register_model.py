"""A register of any length as a table model: counted once, read in pages, sorted and filtered in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal

from fupin_desktop.errors import Situation
from fupin_desktop.override import override
from fupin_desktop.services import registers
from fupin_desktop.services.registers import Query, Row
from fupin_desktop.services.registers.blocks import NEW
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui import fonts
from fupin_desktop.ui.models.register_cells import CellModel, Index
from fupin_desktop.ui.models.register_edits import CellEdits
from fupin_desktop.ui.models.register_pages import Pages

STEADY = 5000
"""Up to this many rows the keys of all rows are read with the count; of more rows only those looked at."""
TRY_AGAIN_MS = 3000
"""After this time it is tried again whether the data can be read, where they could not."""


class RegisterModel(CellModel):
    """The rows of one query.

    Signals:
        troubled: A ``Situation`` met while reading; rows that could not be read show dots.
        counted: The number of rows changed.
        readable: The data can be read again, after trouble: all that is shown of them is to be read anew.
    """

    troubled = Signal(object)
    counted = Signal(int)
    readable = Signal()

    def __init__(
        self, bench: Workbench, edits: CellEdits, shown: Sequence[str], parent: QObject | None = None,
    ) -> None:
        super().__init__(edits, registers.columns(edits.register), shown, parent)
        self._bench = bench
        self._query = Query(edits.register, bench.year)
        self._count = 0
        self._free = False
        self._blank = Row(NEW, ("",) * len(registers.columns(edits.register)))
        self._keys: tuple[str, ...] | None = None
        self._pages = Pages(self._fetch)
        self._unread: tuple[int, int] | None = None
        self._again = QTimer(self, singleShot=True, interval=TRY_AGAIN_MS)
        self._again.timeout.connect(self.try_again)
        edits.writing.connect(self.hold)

    # ---- what is shown ----
    @property
    def query(self) -> Query:
        """The query whose rows these are."""
        return self._query

    @property
    def pages(self) -> Pages:
        """What is kept of the rows."""
        return self._pages

    @property
    def total(self) -> int:
        """How many rows the query has."""
        return self._count

    @property
    def free_row(self) -> int:
        """Place of the free row below the last, in which a new record is typed; -1 where there is none."""
        return self._count if self._free else -1

    def ask(self, query: Query, *, free: bool = False) -> bool:
        """Show the rows of a query, with a free row below the last where one is wanted; see :meth:`reload`."""
        moved, self._free = free != self._free, free
        self._query = query
        return self.reload(again=moved)

    def reload(self, *, again: bool = False) -> bool:
        """Count and order again; pages are read when they are looked at.

        Args:
            again: Whether rows stand elsewhere in any case.

        Returns:
            Whether rows may stand elsewhere than before. False where the same records stand in the same order: what
            is seen of them is read again in place, and selection, editor and scrolling stay as they are.
        """
        self._query = replace(self._query, year=self._bench.year)
        count, keys = self._find()
        if keys and keys == self._keys and not again:
            self.refresh()
            return False
        self.beginResetModel()
        self._pages.clear()
        self._count, self._keys = count, keys
        self.endResetModel()
        self.counted.emit(self._count)
        return True

    def _find(self) -> tuple[int, tuple[str, ...] | None]:
        """How many rows the query has, and their keys where they are few."""
        try:
            count = registers.count(self._bench, self._query)
            if count > STEADY:
                return count, None
            keys = registers.all_keys(self._bench, self._query)
        except Situation as situation:
            self._met(situation)
            return 0, None
        return len(keys), keys

    def _met(self, situation: Situation) -> None:
        """Reading failed: tell it, and see later whether it can be read again."""
        self._again.start()
        self.troubled.emit(situation)

    def try_again(self) -> None:
        """See, without telling anything, whether what could not be read can be read now."""
        try:
            registers.count(self._bench, self._query)
            if self._unread is not None:
                self.rows_between(*self._unread)
        except Situation:
            self._again.start()
        else:
            self._again.stop()
            self._unread = None
            self._pages.clear()
            self.readable.emit()

    def refresh(self) -> None:
        """Read what is looked at again where it stands."""
        self._pages.clear()
        self.repaint()

    def hold(self) -> None:
        """Keep the order as it is now while cells are written, however many rows there are.

        Rows in the order of their registration stay where they are by themselves.
        """
        if self._keys is None and not self._plain:
            try:
                self._keys = registers.all_keys(self._bench, self._query)
            except Situation as situation:
                self._met(situation)

    @property
    def _plain(self) -> bool:
        query = self._query
        return not (query.sort or query.filters or query.text or query.village)

    @property
    def steady(self) -> bool:
        """Whether the keys of all rows are known."""
        return self._keys is not None

    @property
    def held(self) -> bool:
        """Whether rows keep their places while cells are written."""
        return self.steady or self._plain

    # ---- rows ----
    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """How many rows the query has, and the free one."""
        return 0 if parent.isValid() else self._count + self._free

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As of any rows; the free one has a sign for its number."""
        if orientation is Qt.Orientation.Vertical and section == self.free_row:
            return "＊" if role == Qt.ItemDataRole.DisplayRole else None
        return super().headerData(section, orientation, role)

    @override
    def row_at(self, place: int) -> Row | None:
        """The row at a place, read with its page when it is not known yet."""
        if self._free and place == self._count:
            return self._blank
        return self._pages.row(place) if 0 <= place < self._count else None

    def rows_between(self, first: int, last: int) -> list[Row]:
        """Rows from one place to another, both included, however many."""
        if self._keys is not None:
            return registers.rows(self._bench, self._query.register, self._query.year, self._keys[first : last + 1])
        return registers.window(self._bench, self._query, first, last - first + 1)

    def keys_between(self, first: int, last: int) -> Sequence[str]:
        """Keys from one place to another, both included, however many."""
        if self._keys is not None:
            return self._keys[first : last + 1]
        return registers.window_keys(self._bench, self._query, first, last - first + 1)

    def key_at(self, place: int) -> str:
        """Key of the record at a place; empty where there is none."""
        row = self.row_at(place)
        return row.key if row else ""

    def place_of(self, key: str) -> int | None:
        """Where a record stands; None where it is not among the rows."""
        if key == NEW:
            return self._count if self._free else None
        if self._keys is not None:
            return self._keys.index(key) if key in self._keys else None
        try:
            return registers.position(self._bench, self._query, key)
        except Situation as situation:
            self._met(situation)
            return None

    def _fetch(self, offset: int, limit: int) -> list[Row]:
        last = min(offset + limit, self._count) - 1
        try:
            rows = self.rows_between(offset, last)
        except Situation as situation:
            self._unread = offset, last
            self._met(situation)
            return []
        self._ensure_fonts(rows)
        return rows

    def _ensure_fonts(self, rows: Sequence[Row]) -> None:
        fonts.ensure("".join(["".join(row.cells) for row in rows]))
