"""A step of a project on its way through the pool: its day, document, reason, and what stands in the way."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QPlainTextEdit

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.projects import moving
from fupin_desktop.services.projects.moving import Move
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label

_TONES = {Severity.MUST: "must", Severity.PRINCIPLE: "principle", Severity.WARNING: "info"}


class ProjectStepDialog(QDialog):
    """Asks for a step.

    Args:
        key: The project.
        name: Its name.
        into: The state it comes to.

    Attributes:
        day: The day of the step.
        document: Document number.
        reason: Why.
    """

    def __init__(self, shell: Shell, key: str, name: str, into: ProjectState) -> None:
        super().__init__(shell.window)
        self._shell, self._key, self._into = shell, key, into
        self.setWindowTitle(f"项目{into.label}")
        self.setMinimumWidth(440)
        self.day = DayField(shell.bench.year)
        self.day.put(shell.today)
        self.document, self.reason = QLineEdit(), QPlainTextEdit()
        self.reason.setFixedHeight(72)
        if into is ProjectState.REMOVED:
            grounds = shell.read(lambda: moving.grounds(shell.bench)) or ()
            self.reason.setPlaceholderText(f"依据{'、'.join(grounds)}写明出库原因")
        self.reason.setTabChangesFocus(True)
        self.document.textChanged.connect(fonts.ensure)
        self.told = vbox()
        self.save_button = button(f"登记为{into.label}", self.save, "primary")
        self.save_button.setDefault(True)
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        for word, field in (("日期 *", self.day), ("文号", self.document), ("说明", self.reason)):
            field.setAccessibleName(word.rstrip(" *"))
            form.addRow(word, field)
        row = hbox(STRETCH, button("取消", self.reject), self.save_button)
        fonts.ensure(name)
        vbox(label(name, "title", wrap=True), form, self.told, row, on=self, margins=(20, 16, 20, 14), spacing=10)
        self.day.day_changed.connect(self.look)
        self.reason.textChanged.connect(self.look)
        self.look()

    @property
    def wanted(self) -> Move:
        """The step as it is filled in."""
        dated = self.day.day or self._shell.today
        return Move(self._key, self._into, dated, self.document.text().strip(), self.reason.toPlainText().strip())

    def look(self) -> None:
        """Tell what stands in the way, and what asks for a reason."""
        bench, wanted = self._shell.bench, self.wanted
        clear(self.told)
        for problem in self._shell.read(lambda: moving.problems(bench, wanted)) or ():
            clause = f"（{self._shell.clause_words(problem.clause)}）" if problem.clause else ""
            made = label(f"{problem.sentence}{clause}", "note", tone=_TONES[problem.severity], wrap=True)
            self.told.addWidget(made)

    def save(self) -> None:
        """Register the step; a situation tells what is missing."""
        bench, wanted = self._shell.bench, self.wanted
        if self.day.day is None:
            self.day.setFocus()
            return
        self._shell.do(lambda: moving.move(bench, wanted), lambda _change: self.accept())
