"""The way of a document: its steps, who signed when, and the button of the step that is next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from fupin_desktop.services.documents import FlowStep, OpenDocument, registry
from fupin_desktop.services.documents.model import Stage
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import button, label, link
from fupin_desktop.ui.widgets.marks import Mark

_MARKS = {"done": ("tick", "good"), "current": ("dot", "accent"), "to come": ("ring", "plain"),
          "refused": ("cross", "must")}


_TIPS = {"enter_signed": "补登已签纸质意见：纸上已经逐级签好的，一次登记"}


class FlowPane(QWidget):
    """Steps from 填写 to the last box.

    Signals:
        asked: ``submit``, ``enter_signed``, ``send_back``, ``withdraw``, ``correct`` or ``cancel``.
        opinion_asked: Box whose opinion is to be entered.

    Attributes:
        bar: The buttons of what can be done now, to be put where it does not scroll.
        buttons: Those shown now, by what they ask.
    """

    asked = Signal(str)
    opinion_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self._past_open = False
        self._shown: OpenDocument | None = None
        self.bar, self._grid = QWidget(), QGridLayout()
        self.bar.setLayout(self._grid)
        self._grid.setContentsMargins(12, 8, 12, 10)
        self._grid.setSpacing(6)
        self._column = vbox(on=self, margins=0, spacing=6)

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
        for step in document.flow:
            self._column.addWidget(self._step(step))
        self._fill_bar(document)

    def _past(self, document: OpenDocument) -> QWidget:
        """Earlier rounds, folded until asked for."""
        frame = QWidget()
        column = vbox(on=frame, margins=0, spacing=4)
        word = "收起以前的办理" if self._past_open else f"以前的办理 ({len(document.past)} 步)"
        column.addWidget(link(word, self._toggle_past, tone="note"), 0, Qt.AlignmentFlag.AlignLeft)
        latest = document.past if self._past_open else self._last_refusal(document)
        for step in latest:
            column.addWidget(self._step(step))
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

    def _fill_bar(self, document: OpenDocument) -> None:
        """The buttons of what can be done now, two beside each other, the likeliest first."""
        at_hand = self.bar.isAncestorOf(self.window().focusWidget() or self)
        clear(self._grid)
        box = next((step.box for step in document.flow if step.state == "current" and step.box), "")
        waiting = sum(1 for step in document.flow if step.box and step.state in ("current", "to come"))
        cancel = (("cancel", "作废…"),) if registry.of(document.line.form_id).cancellable else ()
        offered: dict[Stage, tuple[tuple[str, str], ...]] = {
            "open": (("submit", "提交…"),),
            "sent": (
                ("opinion", "填写意见…"), *((("enter_signed", "补登纸质…"),) if waiting > 1 else ()),
                ("send_back", "退回…"), ("withdraw", "撤回…"),
            ),
            "final": (("correct", "更正…"), *cancel),
        }  # fmt: skip
        for place, (key, text) in enumerate(offered.get(document.stage, ())):
            clicked = partial(self.opinion_asked.emit, box) if key == "opinion" else partial(self.asked.emit, key)
            role, tip = "primary" if key in ("submit", "opinion") else "", _TIPS.get(key, "")
            made = self.buttons[key] = button(text, clicked, role, tip=tip)
            self._grid.addWidget(made, place // 2, place % 2)
        self.bar.setVisible(bool(self.buttons))
        if at_hand and self.buttons:
            first = next(iter(self.buttons.values()))
            first.show()  # the keyboard goes only to what is seen
            first.setFocus()

    def _step(self, step: FlowStep) -> QWidget:
        frame = QWidget()
        grid = QGridLayout(frame)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        grid.addWidget(Mark(*_MARKS[step.state], 14), 0, 0, Qt.AlignmentFlag.AlignVCenter)
        role = {"current": "strong", "to come": "muted"}.get(step.state, "")
        grid.addWidget(label(step.label, role, wrap=True), 0, 1)
        if step.state != "to come":
            day = f"{step.when:%m-%d}" if step.when else ""
            grid.addWidget(label(f"{step.who} {day}".strip(), "note"), 0, 2)
        if step.text:
            tone = "must" if step.state == "refused" else ""
            grid.addWidget(label(step.text, "note", tone=tone, wrap=True), 1, 1, 1, 2)
        return frame
