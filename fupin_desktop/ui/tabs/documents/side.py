"""The right pane: checks, flow, versions, history."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.documents import OpenDocument, registry
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.documents.checks import ChecksPane
from fupin_desktop.ui.tabs.documents.flow import FlowPane
from fupin_desktop.ui.tabs.documents.state import HISTORY_SHOWN, DocumentsState
from fupin_desktop.ui.tabs.documents.words import short
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import label, link, rule, say
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

_LEAST = 220


class SidePane(QFrame):
    """Checks, flow, versions and history of the document shown.

    Signals:
        version_asked: Key of another version.
        history_asked: All that happened.
    """

    version_asked = Signal(str)
    history_asked = Signal()

    def __init__(self, shell: Shell, state: DocumentsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._shell, self._state = shell, state
        state.shown.connect(self._show)
        self.checks, self.flow = ChecksPane(shell.clause_words), FlowPane()
        self.checks.clause_asked.connect(shell.clause_wanted)
        self.passed, self.all_history = label("", "note"), link("全部…", self.history_asked.emit)
        self._versions, self._history = QWidget(), QWidget()
        self._lines: tuple[HistoryLine, ...] = ()
        self.body = ScrollColumn(spacing=8)
        self.body.column.setContentsMargins(14, 12, 14, 12)
        self._versions_head = self._section("版本")
        pieces: tuple[QWidget, ...] = (
            self._section("检查", self.passed), self.checks, rule(), self._section("流程"), self.flow,
            self._versions_head, self._versions, rule(), self._section("修改记录", self.all_history), self._history,
        )
        for piece in pieces:
            self.body.column.addWidget(piece)
        self.body.column.addStretch(1)
        for frame in (self._versions, self._history):
            vbox(on=frame, margins=0, spacing=4)
        vbox((self.body, 1), self.flow.bar, on=self, margins=1, spacing=0)
        self._show()

    @override
    def minimumSizeHint(self) -> QSize:
        """Never so narrow that a button of the flow loses its words."""
        least = super().minimumSizeHint()
        return QSize(max(least.width(), _LEAST), least.height())

    def put_first(self, widget: QWidget) -> None:
        """A tab's own piece, above the checks."""
        self.body.column.insertWidget(0, widget)

    @staticmethod
    def _section(title: str, aside: QWidget | None = None) -> QWidget:
        frame = QWidget()
        row = hbox(label(title, "title"), STRETCH, on=frame, margins=0)
        if aside is not None:
            row.addWidget(aside)
        return frame

    def _show(self) -> None:
        """What stands beside the document in front."""
        now = self._state.now
        self.body.setVisible(now is not None)
        self.flow.bar.setVisible(now is not None and bool(self.flow.buttons))
        if now is None:
            return
        self.checks.show_document(now.document)
        say(self.passed, f"{now.document.passed} 项通过")
        self.flow.show_document(now.document)
        self._show_versions(now.document)
        self._show_history(tuple(now.history))

    def _show_versions(self, document: OpenDocument) -> None:
        many = len(document.versions) > 1
        self._versions.setVisible(many)
        self._versions_head.setVisible(many)
        layout = self._versions.layout()
        assert layout is not None
        clear(layout)
        for version in document.versions if many else ():
            state = registry.state_word(document.form.id, version.state)
            text = f"第 {version.version} 版 · {state} · {version.who} {version.at:%Y-%m-%d}"
            if version.key == document.key:
                layout.addWidget(label(text, "strong"))
            else:
                made = link(text, partial(self.version_asked.emit, version.key))
                layout.addWidget(made)
                layout.setAlignment(made, Qt.AlignmentFlag.AlignLeft)

    def _show_history(self, lines: tuple[HistoryLine, ...]) -> None:
        layout = self._history.layout()
        assert layout is not None
        if lines == self._lines and layout.count():
            return
        self._lines = lines
        clear(layout)
        for line in lines[:HISTORY_SHOWN]:
            made = label(self._told(line), "note", wrap=True)
            made.setToolTip(as_tip(f"{line.at:%Y-%m-%d %H:%M:%S} {line.who} {line.title}"))
            layout.addWidget(made)
        self.all_history.setVisible(bool(lines))

    def _told(self, line: HistoryLine) -> str:
        at = f"{line.at:%H:%M}" if line.at.date() == self._shell.today else f"{line.at:%m-%d %H:%M}"
        if not line.before and not line.after:
            return f"{at} {line.label or line.title}"
        if line.label == line.title:
            return f"{at} {line.label} {line.after}"
        return f"{at} {line.label.rstrip('。')}：{short(line.before)} → {short(line.after)}"
