"""A field that goes to the rows of a table beside it which hold what is typed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QTableView, QWidget

from fupin_desktop.services.finding import find_text
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.labels import label, say
from fupin_desktop.ui.widgets.search_field import make_search

_SHOWN = Qt.ItemDataRole.DisplayRole


class RowFinder(QWidget):
    """Each key goes to the first row that fits from the current one on, Enter to the next; behind the last, the first.

    Args:
        table: Whose rows are looked through; its model may be another one each time.
        columns: The columns looked at.
        words: What the field says while it is empty.
    """

    def __init__(self, table: QTableView, columns: Sequence[int], words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table, self._columns = table, tuple(columns)
        self.field, self.told = QLineEdit(), label("", "note")
        make_search(self.field, words)
        hbox((self.field, 1), self.told, on=self, margins=0)
        self.setFocusProxy(self.field)
        self.field.textEdited.connect(lambda _text: self._go(ahead=0))
        self.field.returnPressed.connect(lambda: self._go(ahead=1))

    def take_shortcut(self, window: QWidget) -> None:
        """Let Ctrl+F in a window come here."""
        QShortcut(QKeySequence.StandardKey.Find, window, self.begin)

    def begin(self) -> None:
        """Take the keyboard, with what stands there marked."""
        self.field.setFocus()
        self.field.selectAll()

    def _go(self, *, ahead: int) -> None:
        found = self._fitting() if self.field.text().strip() else []
        if not found:
            say(self.told, "没有找到" if self.field.text().strip() else "")
            return
        start = self._table.currentIndex().row() + ahead
        row = next((row for row in found if row >= start), found[0])
        index = self._table.model().index(row, self._columns[0])
        self._table.setCurrentIndex(index)
        self._table.scrollTo(index)
        say(self.told, f"第 {found.index(row) + 1} 个，共 {len(found)} 个" if len(found) > 1 else "")

    def _fitting(self) -> list[int]:
        """Numbers of the rows of which every word typed is found."""
        model, words = self._table.model(), self.field.text().split()
        rows = range(model.rowCount() if model else 0)
        return [row for row in rows if self._holds(row, words)]

    def _holds(self, row: int, words: Sequence[str]) -> bool:
        model = self._table.model()
        texts = [f"{model.index(row, column).data(_SHOWN) or ''}" for column in self._columns]
        return all(find_text(word, texts) for word in words)
