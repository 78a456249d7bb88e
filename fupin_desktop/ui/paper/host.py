"""Opens an entry over a cell, keeps it in place while pages move, and hands on what was typed."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.domain.capital import to_capital
from fupin_desktop.domain.money import parse_money
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.paper.entries import AnyEntry, EntryKeys, LongEntry, SeveralEntry, entry_for

_LEAST_WIDTH, _LEAST_HEIGHT = 96, 26
_GAP = 3
_WIDEST_HINT = 420
_PAUSE_MS = 3000
_SAVED_IN_PAUSES = ("long", "text")


class EntryHost(QObject):
    """The one entry that may be open.

    Signals:
        finished: Path, text, and where to go: ``next``, ``previous`` or ``stay``.
        unchanged: Closed, and what stood there still stands; where to go.
        paused: Path and text of a long text whose writer pauses, so that it can be kept meanwhile.

    Attributes:
        entry: The open entry; None for none.
        path: Where it stands.
    """

    finished = Signal(str, str, str)
    unchanged = Signal(str)
    paused = Signal(str, str)

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self.entry: AnyEntry | None = None
        self.path = ""
        self._own: Field | None = None
        self._before = self._first = ""
        self._cell = QRectF()
        self.hint = QLabel(ground)
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setProperty("role", "hint")
        self.hint.setWordWrap(True)
        self.hint.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._paused)

    @property
    def busy(self) -> bool:
        """Whether an entry is open."""
        return self.entry is not None

    @property
    def changed(self) -> bool:
        """Whether what stands in the entry differs from what stood there."""
        return self.entry is not None and self.entry.taken().strip() != self._before.strip()

    def open(
        self, path: str, own: Field, text: str, cell: QRectF, font: QFont, *, over: bool, focus: bool, year: int
    ) -> AnyEntry:
        """Open an entry.

        Args:
            path: Where it stands.
            own: Its field.
            text: What stands there now.
            cell: The cell, in the ground's pixels.
            font: The type of the cell.
            over: Whether it opens because something is typed, which replaces the text.
            focus: Whether it takes the keyboard at once.
            year: Year of a date typed without one.
        """
        self.close()
        self.path, self._own, self._before, self._first = path, own, text, text
        self.entry = entry = entry_for(own, self._ground, year)
        entry.setFont(font)
        keys = EntryKeys(entry)
        keys.left.connect(self._left)
        keys.given_up.connect(self.give_up)
        self.place(cell)
        entry.show()
        if focus:
            entry.setFocus()
        entry.begin(text, over=over)
        entry.raise_()
        if isinstance(entry, LongEntry):
            entry.grown.connect(self._typed)
            self.place(cell)
        elif not isinstance(entry, SeveralEntry):
            entry.textChanged.connect(self._typed)
        self._show_hint()
        return entry

    def place(self, cell: QRectF) -> None:
        """Put the entry over its cell again."""
        entry = self.entry
        if entry is None:
            return
        self._cell = cell
        rect = cell.toAlignedRect()
        wide, high = max(rect.width() + 1, _LEAST_WIDTH), max(rect.height() + 1, _LEAST_HEIGHT)
        if isinstance(entry, SeveralEntry):
            wide, high = max(wide, entry.wanted_width()), entry.wanted_height()
        entry.setGeometry(QRect(rect.x(), rect.y(), wide, high))
        if isinstance(entry, LongEntry):
            most = max(high, self._ground.height() - max(rect.y(), 0) - _LEAST_HEIGHT)
            entry.resize(wide, max(high, min(entry.wanted_height(), most)))
        self._place_hint()

    def finish(self, step: str = "stay") -> None:
        """Close the entry; what stands in it is handed on where it differs."""
        entry, path = self.entry, self.path
        if entry is None:
            return
        text, differs = entry.taken(), self.changed
        self.close()
        if differs:
            self.finished.emit(path, text, step)
        else:
            self.unchanged.emit(step)

    def give_up(self) -> None:
        """Close the entry; what stood there when it was opened stands again."""
        if self.entry is None:
            return
        path, first, kept = self.path, self._first, self._before
        self.close()
        if kept != first:
            self.finished.emit(path, first, "stay")
        else:
            self.unchanged.emit("stay")

    def close(self) -> None:
        """Close the entry without a word."""
        entry, self.entry, self.path = self.entry, None, ""
        self._pause.stop()
        self.hint.hide()
        if entry is not None:
            if entry.hasFocus():
                self._ground.setFocus()  # else hiding it would send the keyboard to the next widget
            entry.hide()
            entry.deleteLater()

    def _left(self, step: str) -> None:
        """The entry was left by a key, or lost the keyboard."""
        self.finish(step)

    def _typed(self) -> None:
        """Something was typed."""
        self.place(self._cell)
        self._show_hint()
        if self._own is not None and self._own.type in _SAVED_IN_PAUSES:
            self._pause.start()

    def _paused(self) -> None:
        """The writer of a long text pauses."""
        entry = self.entry
        if entry is not None and self.changed:
            self._before = entry.taken()
            self.paused.emit(self.path, self._before)

    # ---- the hint below ----------------------------------------------------------------------------------------

    def _show_hint(self) -> None:
        """What helps while typing: an amount in capitals, how long a text may be, the field's help."""
        text, tone = self._hint()
        if not text or self.entry is None:
            self.hint.hide()
            return
        fonts.ensure(text)
        if self.hint.property("tone") != tone:
            self.hint.setProperty("tone", tone)
            self.hint.style().polish(self.hint)
        self.hint.setFont(theme.font("note"))
        self.hint.setText(text)
        self._place_hint()
        self.hint.show()
        self.hint.raise_()

    def _hint(self) -> tuple[str, str]:
        """Words and tone."""
        own, entry = self._own, self.entry
        if own is None or entry is None:
            return "", ""
        if own.type == "money" and entry.taken().strip():
            return _in_capitals(entry.taken())
        written = len(entry.taken().strip())
        if own.max_length and written > own.max_length:
            return f"最多 {own.max_length} 个字，现在有 {written} 个。", "must"
        if isinstance(entry, LongEntry):
            limit = f" / {own.max_length}" if own.max_length else ""
            words = f"已写 {written}{limit} 字。回车写入，Alt+回车换行。"
            return f"{own.help}\n{words}" if own.help else words, "plain"
        return own.help, "plain"

    def _place_hint(self) -> None:
        """Below the entry, or above it where there is no room."""
        entry = self.entry
        if entry is None:
            return
        wide = min(max(entry.width(), 200), _WIDEST_HINT)
        single = self.hint.fontMetrics().horizontalAdvance(self.hint.text().split("\n")[0]) + 24
        wide = min(wide, max(single, 120)) if "\n" not in self.hint.text() else wide
        high = self.hint.heightForWidth(wide)
        x = min(entry.x(), max(0, self._ground.width() - wide - _GAP))
        y = entry.geometry().bottom() + 1 + _GAP
        if y + high > self._ground.height() and entry.y() - _GAP - high > 0:
            y = entry.y() - _GAP - high
        self.hint.setGeometry(x, y, wide, high)


def _in_capitals(text: str) -> tuple[str, str]:
    """An amount in capitals as it is typed, or what is wrong with it."""
    try:
        return f"人民币{to_capital(parse_money(text))}", "good"
    except ValueError as fault:
        return str(fault), "must"
