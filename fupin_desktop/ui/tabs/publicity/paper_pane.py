"""The middle pane: the papers of the round in front, one at a time, with what can be done with each above."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QStackedWidget, QWidget

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.services import registers, round_papers
from fupin_desktop.services.registers import HOUSEHOLDS, Query
from fupin_desktop.services.round_papers import RoundPaper
from fupin_desktop.ui.paper.viewer import PageViewer
from fupin_desktop.ui.paper.zoom_box import ZoomBox
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.publicity.state import PublicityState
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.toolbar import ToolRow

MANY = 2000
"""Of so many households papers are set beside the clerk's work: a notice of a large village takes its time."""


class PaperPane(QWidget):
    """One paper of the round; before it is posted, the notice as a draft.

    Signals:
        asked: What a button stands for: ``print``, ``print_all``, ``pdf``, ``poster``, ``xlsx`` or
            ``stick``.

    Attributes:
        chosen: The paper shown; None for a draft or nothing.
    """

    asked = Signal(str)

    def __init__(self, shell: Shell, state: PublicityState) -> None:
        super().__init__()
        self._shell, self._state = shell, state
        self.chosen: RoundPaper | None = None
        self._keys: list[str] = []
        self._asked = 0
        self.viewer, self.tools = PageViewer(), ToolRow(margins=(0, 0, 0, 8))
        self.buttons: dict[str, QPushButton] = {}
        self.saves: dict[str, QAction] = {}
        for key, text, tip in (
            ("print", "打印", "打印 (Ctrl+P)"), ("print_all", "打印全部", "这一事项的公示、结果、备案表等一起打印"),
        ):  # fmt: skip
            self.buttons[key] = self.tools.add(text, partial(self.asked.emit, key), right=True, tip=tip)
        self._add_saves()
        self.tools.add_widget(ZoomBox(self.viewer))
        self._choices, self._group = hbox(spacing=4), QButtonGroup(self)
        self.note = label("", "note", wrap=True)
        self.stack, self.empty = QStackedWidget(), EmptyState("")
        self.stack.addWidget(self.viewer)
        self.stack.addWidget(self.empty)
        vbox(self.tools, self._choices, self.note, (self.stack, 1), on=self, margins=0, spacing=6)
        state.shown.connect(self._show)

    def _add_saves(self) -> None:
        """存为: the files of the paper shown."""
        self.buttons["save"] = self.tools.add_menu("存为", ())
        menu = QMenu(self.buttons["save"])
        for key, text in (("pdf", "PDF…"), ("poster", "A3 张贴 PDF…"), ("xlsx", "名单 xlsx…"),
                          ("stick", "全部文件到U盘…")):  # fmt: skip
            self.saves[key] = menu.addAction(text)
            self.saves[key].triggered.connect(lambda _on=False, key=key: self.asked.emit(key))
        self.buttons["save"].setMenu(menu)

    def _show(self) -> None:
        """The paper shown before, while the round has the same ones; else its newest that goes public."""
        papers = list(self._state.papers)
        keys = [one.key for one in papers]
        before = self.chosen.key if self.chosen is not None and keys == self._keys else ""
        self._keys = keys
        self._fill_choices(papers)
        last = next((one for one in reversed(papers) if one.public), None)
        self.show_paper(next((one for one in papers if one.key == before), last))

    def _fill_choices(self, papers: list[RoundPaper]) -> None:
        clear(self._choices)
        for one in papers if len(papers) > 1 else ():
            made = button(one.word, partial(self.show_paper, one), tip=one.title)
            made.setCheckable(True)
            made.setProperty("paper", one.key)
            made.setStyleSheet("padding: 3px 10px;")
            self._group.addButton(made)
            self._choices.addWidget(made)
        self._choices.addStretch(1)

    def show_paper(self, one: RoundPaper | None) -> None:
        """Show a paper of the round; None shows what would be posted. Another one than before begins at its top."""
        if one is None or self.chosen is None or one.key != self.chosen.key:
            self.viewer.verticalScrollBar().setValue(0)
        self.chosen = one
        for made in self._group.buttons():
            made.setChecked(one is not None and made.property("paper") == one.key)
        for key in self.buttons:
            self.buttons[key].setEnabled(one is not None)
        if one is not None:
            for key in ("poster", "xlsx"):
                self.saves[key].setEnabled(one.noun == "notices")
            say(self.note, "")
            self._show_filled(one.paper.filled)
        else:
            self._show_draft()
        self.note.setVisible(bool(self.note.text()))

    def _show_draft(self) -> None:
        current, bench = self._state.current, self._shell.bench
        self._asked += 1  # a paper that is still being set is of another round
        if current is None:
            self.empty.set_text("", "从左边选一项。")
            self.stack.setCurrentWidget(self.empty)
        elif current.lacks:
            self.empty.set_text("还不能公示", current.lacks)
            self.stack.setCurrentWidget(self.empty)
        else:
            say(self.note, "这是草稿，张贴时可以改公示天数、地点和落款。")
            self._show_filled(lambda: round_papers.draft_of(bench, current).filled())

    def _show_filled(self, make: Callable[[], FilledForm]) -> None:
        self._asked += 1
        asked, bench = self._asked, self._shell.bench
        if (self._shell.read(lambda: registers.count(bench, Query(HOUSEHOLDS, bench.year))) or 0) <= MANY:
            self._put(self._shell.read(make))
            return

        def failed(trouble: BaseException) -> None:
            if asked == self._asked:
                self._put(None)
                self._shell.tasks.tell(trouble)

        self.empty.set_text("", "正在排版…")
        self.stack.setCurrentWidget(self.empty)
        self._shell.read_aside(make, lambda filled: self._put(filled) if asked == self._asked else None, failed)

    def _put(self, filled: FilledForm | None) -> None:
        self.viewer.show_pages(filled)
        self.stack.setCurrentWidget(self.viewer if filled is not None else self.empty)
        if filled is None:
            self.empty.set_text("这份文件现在排不出来", "请按刚才的提示处理后再看。")
