"""The way of a document: its steps, who signed when, and the button of the step that is next."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fupin_desktop.services.documents import FlowStep, OpenDocument, registry
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import button, label, link
from fupin_desktop.ui.widgets.marks import Mark

_MARKS = {"done": ("tick", "good"), "current": ("dot", "accent"), "to come": ("ring", "plain"),
          "refused": ("cross", "must")}
SUBMIT = 1  # 填写, 提交, then the boxes


class FlowPane(QWidget):
    """Steps from 填写 to the last box.

    Signals:
        asked: ``submit``, ``send_back``, ``withdraw``, ``correct`` or ``cancel``.
        opinion_asked: Box whose opinion is to be entered.

    Attributes:
        buttons: Those shown now, by what they ask.
    """

    asked = Signal(str)
    opinion_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._past_open = False
        self._shown: OpenDocument | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_document(self, document: OpenDocument) -> None:
        """Show the way of a document."""
        before = self._shown
        self._shown = document
        if before is not None and (before.key, before.stage, before.flow, before.past) == (
            document.key, document.stage, document.flow, document.past,
        ):
            return
        if before is None or before.key != document.key:
            self._past_open = False
        self._fill(document)

    def _fill(self, document: OpenDocument) -> None:
        clear(self._column)
        self.buttons.clear()
        if document.past:
            self._column.addWidget(self._past(document))
        for place, step in enumerate(document.flow):
            self._column.addWidget(self._step(step, self._button(document, place, step)))
        self._column.addLayout(self._foot(document))

    def _past(self, document: OpenDocument) -> QWidget:
        """Earlier rounds, folded until asked for."""
        frame = QWidget()
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        word = "收起以前的办理" if self._past_open else f"以前的办理 ({len(document.past)} 步)"
        column.addWidget(link(word, self._toggle_past, tone="note"), 0, Qt.AlignmentFlag.AlignLeft)
        latest = document.past if self._past_open else self._last_refusal(document)
        for step in latest:
            column.addWidget(self._step(step, None))
        return frame

    @staticmethod
    def _last_refusal(document: OpenDocument) -> tuple[FlowStep, ...]:
        """Why it came back is always seen while it is being mended."""
        last = document.past[-1]
        return (last,) if document.editable and last.state == "refused" else ()

    def _toggle_past(self) -> None:
        self._past_open = not self._past_open
        if self._shown is not None:
            self._fill(self._shown)

    def _button(self, document: OpenDocument, place: int, step: FlowStep) -> QPushButton | None:
        if document.stage == "open" and place == SUBMIT and not step.box:
            return self._made("submit", "提交…", partial(self.asked.emit, "submit"))
        if document.stage == "sent" and step.state == "current" and step.box:
            return self._made("opinion", "填写意见…", partial(self.opinion_asked.emit, step.box))
        return None

    def _made(self, key: str, text: str, clicked: Callable[[], object], role: str = "primary") -> QPushButton:
        made = self.buttons[key] = button(text, clicked, role)
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return made

    def _step(self, step: FlowStep, action: QPushButton | None) -> QWidget:
        frame = QWidget()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Mark(*_MARKS[step.state], 14), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        role = {"current": "strong", "to come": "muted"}.get(step.state, "")
        grid.addWidget(label(step.label, role, wrap=True), 0, 1)
        if action is not None:
            grid.addWidget(action, 0, 2)
        elif step.state != "to come":
            day = f"{step.when:%m-%d}" if step.when else ""
            grid.addWidget(label(f"{step.who} {day}".strip(), "note"), 0, 2)
        if step.text:
            tone = "must" if step.state == "refused" else ""
            grid.addWidget(label(step.text, "note", tone=tone, wrap=True), 1, 1, 1, 2)
        return frame

    def _foot(self, document: OpenDocument) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(8)
        row.addStretch(1)
        cancel = (("cancel", "作废…"),) if registry.of(document.line.form_id).cancellable else ()
        entries = {
            "sent": (("send_back", "退回…"), ("withdraw", "撤回…")),
            "final": (*cancel, ("correct", "更正…")),
        }
        for key, text in entries.get(document.stage, ()):
            row.addWidget(self._made(key, text, partial(self.asked.emit, key), ""))
        return row
