"""The findings of a document's checks, musts first, each with the way to mend it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.override import override
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents import OpenDocument
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import link
from fupin_desktop.ui.widgets.marks import good_line
from fupin_desktop.ui.widgets.problem_list import ProblemRow

MOST = 5
SHORT = 20


class CheckRow(ProblemRow):
    """A finding that leads to its field when it is clicked.

    Signals:
        clicked: It was clicked.
    """

    clicked = Signal()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on it."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()


class ChecksPane(QWidget):
    """Findings, musts first.

    Signals:
        field_asked: Path of the field to be filled.
        source_asked: Field whose source is to be seen, being computed.
        reason_asked: The ``Problem`` whose reason is to be written.
        clause_asked: Name of a clause.

    Attributes:
        rows: Those shown now.
        more: Folds and unfolds a long list.
    """

    field_asked = Signal(str)
    source_asked = Signal(str)
    reason_asked = Signal(object)
    clause_asked = Signal(str)

    def __init__(self, words: Callable[[str], str] = str, parent: QWidget | None = None) -> None:
        """Make an empty pane; ``words`` gives a clause as the office reads it."""
        super().__init__(parent)
        self._words = words
        self.rows: list[CheckRow] = []
        self.more = link("", self._fold)
        self.more.setParent(self)
        self._shown: tuple[object, ...] = ()
        self._document: OpenDocument | None = None
        self._unfolded = False
        self._column = vbox(on=self, margins=0, spacing=6)

    def show_document(self, document: OpenDocument) -> None:
        """Show the findings of a document."""
        now = (document.key, document.stage, document.problems)
        if now == self._shown:
            return
        if now[:1] != self._shown[:1]:
            self._unfolded = False
        self._shown, self._document = now, document
        self._fill(document)

    def _fill(self, document: OpenDocument) -> None:
        self._column.removeWidget(self.more)
        clear(self._column)
        order = list(Severity)
        found = sorted(document.problems, key=lambda one: (order.index(one.severity), not one.blocks))
        many = len(found) > MOST + 1
        shown = found[:MOST] if many and not self._unfolded else found
        self.rows = [self._row(problem, document) for problem in shown]
        for row in self.rows:
            self._column.addWidget(row)
        if many:
            self.more.setText("收起" if self._unfolded else f"还有 {len(found) - MOST} 项…")
            self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignRight)
        self.more.setVisible(many)
        if not found:
            self._column.addWidget(good_line("没有发现问题"))

    def _fold(self) -> None:
        self._unfolded = not self._unfolded
        if self._document is not None:
            self._fill(self._document)

    def _row(self, problem: Problem, document: OpenDocument) -> CheckRow:
        short = problem.severity is Severity.MUST and not problem.clause and len(problem.sentence) <= SHORT
        row = CheckRow(problem, beside=short)
        if document.editable and document.form.field_at(problem.field) is not None:
            computed = problem.field.partition("[")[0] in document.locked
            go = partial((self.source_asked if computed else self.field_asked).emit, problem.field)
            row.add_link("看来源" if computed else "去填写", go)
            row.clicked.connect(partial(self.field_asked.emit, problem.field))
            row.setCursor(Qt.CursorShape.PointingHandCursor)
        if document.editable and problem.severity is Severity.PRINCIPLE:
            row.add_link("改说明" if problem.reason else "说明", partial(self.reason_asked.emit, problem))
        if problem.clause:
            row.add_link(self._words(problem.clause), partial(self.clause_asked.emit, problem.clause))
        return row
