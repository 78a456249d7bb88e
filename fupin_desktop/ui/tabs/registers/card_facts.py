"""The columns of a record as captions with values, and lines of text, on labels that serve one record after another.

A new label, and one that goes, is styled by the whole style sheet: a card of thirty values took longer for that than
for all that is read for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from fupin_desktop.ui.widgets.fitted_text import CopiedText
from fupin_desktop.ui.widgets.labels import WrappedLink, label, say
from fupin_desktop.ui.widgets.tips import as_tip


class Fact(NamedTuple):
    """A value with its caption.

    Attributes:
        caption: What it is.
        text: The value.
        follow: Where it leads; None where it leads nowhere.
    """

    caption: str
    text: str
    follow: Callable[[], object] | None = None


class FactGrid(QGridLayout):
    """Captions at the left, values beside them."""

    def __init__(self) -> None:
        super().__init__()
        self._facts: Sequence[Fact] = ()
        self.setHorizontalSpacing(10)
        self.setVerticalSpacing(3)
        self.setColumnStretch(1, 1)

    def show_facts(self, facts: Sequence[Fact], width: int) -> None:
        """Show the facts of another record.

        Args:
            facts: From top to bottom.
            width: Of the captions, pixels.
        """
        self._facts = facts
        for line, fact in enumerate(facts):
            caption, value = self._caption(line), self._value(line, leads=fact.follow is not None)
            caption.setFixedWidth(width)
            say(caption, fact.caption)
            value.give(fact.text) if isinstance(value, CopiedText) else say(value, fact.text)
            caption.setHidden(False)
            value.setHidden(False)
        for line in range(len(facts), self.rowCount()):
            for column in range(2):
                _put_aside(self._at(line, column))

    def _at(self, line: int, column: int) -> QWidget | None:
        item = self.itemAtPosition(line, column)
        return item.widget() if item is not None else None

    def _caption(self, line: int) -> QLabel:
        found = self._at(line, 0)
        if isinstance(found, QLabel):
            return found
        made = label(role="note", wrap=True)
        self.addWidget(made, line, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _value(self, line: int, *, leads: bool) -> CopiedText | WrappedLink:
        found = self._at(line, 1)
        if isinstance(found, WrappedLink if leads else CopiedText):
            return found
        if found is not None:
            found.hide()
            found.setParent(None)
            found.deleteLater()
        made = WrappedLink("") if leads else CopiedText("")
        if isinstance(made, WrappedLink):
            made.clicked.connect(lambda: self._go(line))
        self.addWidget(made, line, 1)
        return made

    def _go(self, line: int) -> None:
        follow = self._facts[line].follow
        if follow is not None:
            follow()


def say_lines(column: QVBoxLayout, lines: Sequence[tuple[str, str]]) -> None:
    """Put lines, each with its tip, on the labels of a column, and on as many more as are needed."""
    for place, (text, tip) in enumerate(lines):
        item = column.itemAt(place)
        made = item.widget() if item is not None else None
        if not isinstance(made, QLabel):
            made = label(wrap=True, role="note")
            column.insertWidget(place, made)
        say(made, text)
        made.setToolTip(as_tip(tip))
        made.setHidden(False)
    for place in range(len(lines), column.count()):
        _put_aside(column.itemAt(place).widget())


def _put_aside(piece: QWidget | None) -> None:
    """Hide what no line needs now, without the words of another record."""
    if isinstance(piece, QLabel) and not piece.isHidden():
        piece.hide()
        piece.setText("")
        piece.setToolTip("")
