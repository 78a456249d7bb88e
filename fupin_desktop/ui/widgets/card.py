"""White card with a thin border: head line with title and aside, and a body."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLayout, QWidget

from fupin_desktop.ui.widgets.boxes import add, hbox, vbox
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import label, say


class Card(QFrame):
    """A piece of white paper on the grey desk.

    Attributes:
        head: The layout of the head line; widgets may be added at its end.
        body: The vertical layout for the contents.
        aside: Small grey text at the right of the title.
    """

    def __init__(self, title: str = "", aside: str = "", *, margin: int = 16, one_line: bool = False,
                 parent: QWidget | None = None) -> None:  # fmt: skip
        """Make an empty card.

        Args:
            title: At its head.
            aside: Small grey text at the right of the title.
            margin: Pixels around the contents.
            one_line: Whether a title that finds no room ends in dots.
            parent: The widget it stands in.
        """
        super().__init__(parent)
        self.setProperty("role", "card")
        outer = vbox(on=self, margins=(margin, margin - 4, margin, margin - 4), spacing=8)
        self.title_label = OneLine(title, "title", tip=False) if one_line else label(title, "title")
        self.aside: QLabel = label(aside, "note")
        self.head = hbox((self.title_label, int(one_line)))
        self.head.addStretch(int(not one_line))
        self.head.addWidget(self.aside)
        self.body = vbox(margins=0, spacing=6)
        add(outer, (self.head if title or aside else None, (self.body, 1)))

    def set_title(self, title: str, aside: str | None = None) -> None:
        """Change the head line."""
        say(self.title_label, title)
        if aside is not None:
            say(self.aside, aside)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it; the keyboard does not jump to some neighbour."""
    focus = QApplication.focusWidget()
    while layout.count():
        item = layout.takeAt(0)
        for thing in (item.widget(), item.layout()):
            if isinstance(thing, QWidget):
                if focus is not None and (thing is focus or thing.isAncestorOf(focus)):
                    focus.clearFocus()
                thing.hide()  # a layout shows what was put into it a moment later: by then it would be a window
                thing.setParent(None)
                thing.deleteLater()
            elif isinstance(thing, QLayout):
                clear(thing)
                thing.deleteLater()
