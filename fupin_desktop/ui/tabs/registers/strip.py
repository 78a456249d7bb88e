"""The line below the register table that says what is wrong in the current cell, or where refused texts wait."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.labels import label, link, restyle, say
from fupin_desktop.ui.widgets.marks import Mark


class CellStrip(QFrame):
    """Hidden while there is nothing to say.

    Signals:
        mend_asked: The refused text of the current cell is to be edited.
        drop_asked: The refused text of the current cell is to be dropped.
        next_asked: Go to the next refused text.
    """

    mend_asked = Signal()
    drop_asked = Signal()
    next_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self._mark, self.sentence = Mark("bang", "principle", 13), label("", wrap=True)
        self.mend = link("改正", self.mend_asked.emit)
        self.drop = link("恢复原值", self.drop_asked.emit)
        self.next = link("", self.next_asked.emit)
        hbox(
            self._mark, (self.sentence, 1), self.mend, self.drop, self.next, on=self, margins=(12, 5, 12, 5),
            spacing=10,
        )  # fmt: skip
        self.hide()

    def show_cell(self, heading: str, mark: str, sentence: str, refused: int) -> None:
        """Say what is wrong.

        Args:
            heading: Heading of the current cell's column.
            mark: ``must``, ``principle`` or empty, of the current cell.
            sentence: What is wrong in the current cell.
            refused: How many refused texts wait in the register.
        """
        here = mark == "must"
        self.setVisible(bool(mark or refused))
        for widget, shown in ((self.mend, here), (self.drop, here), (self.next, refused > int(here))):
            widget.setVisible(shown)
        tone = "must" if here or not mark else "principle"
        self.setProperty("tone", tone)
        self.sentence.setProperty("tone", tone)
        self._mark.set_mark("cross" if tone == "must" else "bang", tone)
        self.next.setText("下一处" if here else f"{refused} 格未写入" if mark else "去看看")
        told = sentence if sentence.startswith(heading) else f"{heading}：{sentence}"
        say(self.sentence, told if mark else f"还有 {refused} 格内容没有写入，标红保留着。")
        restyle(self)
        restyle(self.sentence)
