"""The checks pane: each finding with its colour, its sentence, its clause and, for 原则上, a written reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLayout, QWidget

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import label, link
from fupin_desktop.ui.widgets.marks import Mark, good_line
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.wrapping import WrappingRow

_MARKS = {Severity.MUST: "cross", Severity.PRINCIPLE: "bang", Severity.WARNING: "dot"}


class ProblemRow(QFrame):
    """One finding."""

    def __init__(self, problem: Problem, parent: QWidget | None = None, *, beside: bool = False) -> None:
        """Show a finding; ``beside`` puts the links right of the sentence instead of below it."""
        super().__init__(parent)
        self.problem = problem
        tone = problem.severity.value
        settled = problem.severity is Severity.PRINCIPLE and bool(problem.reason)
        self.setProperty("tone", "good" if settled else tone)
        row = hbox(on=self, margins=(8, 6, 8, 6), spacing=7)
        mark = Mark("tick" if settled else _MARKS[problem.severity], "good" if settled else tone, 13)
        text = vbox(label(problem.sentence, tone="" if settled else tone, wrap=True), spacing=2)
        if problem.reason:
            text.addWidget(label(f"说明：{problem.reason}", "note", wrap=True))
        self.links: QLayout = hbox() if beside else WrappingRow()
        self.links.setSpacing(12)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        (row if beside else text).addLayout(self.links)

    def add_link(self, text: str, clicked: Callable[[], object]) -> None:
        """Add a link below the sentence."""
        self.links.addWidget(link(text, clicked, tone=self.problem.severity.value))


class ProblemList(ScrollColumn):
    """Findings of a check, musts first.

    Signals:
        clause_asked: The clerk wants to read a clause (its name).
        reason_asked: The clerk wants to write the reason of a principle problem (the ``Problem``).
        subjects_asked: The clerk wants to see the records concerned (the ``Problem``).
    """

    clause_asked = Signal(str)
    reason_asked = Signal(object)
    subjects_asked = Signal(object)

    def __init__(
        self, *, links: bool = True, words: Callable[[str], str] = str, parent: QWidget | None = None
    ) -> None:
        """Make an empty list; without ``links`` it only tells. ``words`` gives a clause as the office reads it."""
        super().__init__(parent=parent)
        self._links, self._words = links, words
        self._problems: tuple[Problem, ...] = ()
        self._good = ""
        self._offers: dict[str, list[tuple[str, Callable[[Problem], object]]]] = {}

    def offer(self, code: str, text: str, act: Callable[[Problem], object]) -> None:
        """Offer a link with every finding of a code: one click that mends it."""
        self._offers.setdefault(code, []).append((text, act))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is shown, in order."""
        return self._problems

    def set_problems(self, problems: Sequence[Problem], good: str = "没有发现问题") -> None:
        """Show findings; with none, one green line that says so."""
        order = list(Severity)
        shown = tuple(sorted(problems, key=lambda found: (order.index(found.severity), not found.blocks)))
        if (shown, good) == (self._problems, self._good) and self.column.count():
            return
        self._problems, self._good = shown, good
        clear(self.column)
        for problem in self._problems:
            self.column.addWidget(self._row(problem))
        if not self._problems:
            self.column.addWidget(good_line(good))
        self.column.addStretch(1)

    def show_none(self) -> None:
        """Show neither findings nor that there are none: what would be checked is not there."""
        self._problems, self._good = (), ""
        clear(self.column)

    def _row(self, problem: Problem) -> ProblemRow:
        row = ProblemRow(problem)
        if not self._links:
            row.links.addWidget(label(self._words(problem.clause), "note"))
            return row
        if problem.subjects:
            row.add_link(f"查看 {len(problem.subjects)} 户", partial(self.subjects_asked.emit, problem))
        for text, act in self._offers.get(problem.code, ()):
            row.add_link(text, partial(act, problem))
        if problem.severity is Severity.PRINCIPLE:
            row.add_link("修改说明" if problem.reason else "填写说明", partial(self.reason_asked.emit, problem))
        if problem.clause:
            row.add_link(self._words(problem.clause), partial(self.clause_asked.emit, problem.clause))
        return row
