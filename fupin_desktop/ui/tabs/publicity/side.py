"""The right pane: the steps with what stands in the way, boards with photographs, objections; below, the next step."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from fupin_desktop.errors import Situation
from fupin_desktop.override import override
from fupin_desktop.services import attachments
from fupin_desktop.services.attachments import Attached
from fupin_desktop.services.notices.boards import Board
from fupin_desktop.services.notices.objections import ObjectionLine
from fupin_desktop.services.notices.rounds import Round, RoundState
from fupin_desktop.services.publicity.gates import Step, StepLine
from fupin_desktop.ui import fonts
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.publicity.state import PublicityState
from fupin_desktop.ui.widgets.boxes import STRETCH, add, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import button, label, link, rule, say
from fupin_desktop.ui.widgets.marks import Mark
from fupin_desktop.ui.widgets.scroll import ScrollColumn

_LEAST = 236
_PHOTO = 68
_SHOWN = 6
_NEXT = {
    Step.POSTED: ("post", "张贴公示…"), Step.ENDED: ("boards", "张贴情况、照片…"),
    Step.SETTLED: ("settle", "办理异议…"), Step.RESULT: ("result", "出具公示结果…"), Step.FILED: ("file", "报送备案…"),
}  # fmt: skip
_CORRECT = ("correct", "张贴更正公示…")


class SidePane(QFrame):
    """Steps, boards and objections of the round in front.

    Signals:
        asked: What a button stands for: ``post``, ``boards``, ``object``, ``settle``, ``correct``, ``result``,
            ``file``, ``receive``, ``give_back``, ``withdraw``.
        objection_asked: Key of an objection.
        photo_asked: A photograph.
        clause_asked: Name of a clause.

    Attributes:
        next: The button of the next step.
    """

    asked = Signal(str)
    objection_asked = Signal(str)
    photo_asked = Signal(object)
    clause_asked = Signal(str)

    def __init__(self, shell: Shell, state: PublicityState) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._shell, self._state = shell, state
        self.buttons: dict[str, QPushButton] = {}
        self.body = ScrollColumn(spacing=8)
        self.body.column.setContentsMargins(14, 12, 14, 12)
        self._steps, self._boards, self._objections = (vbox(spacing=5) for _ in range(3))
        self._title, self.changes = label("", "title", wrap=True), link("改动记录…", self._show_changes)
        self._photos_lacking = label("", "note", tone="principle", wrap=True)
        self._build()
        self.bar, self._grid = QWidget(), QGridLayout()
        self.bar.setLayout(self._grid)
        self._grid.setContentsMargins(12, 8, 12, 10)
        self._grid.setSpacing(6)
        vbox((self.body, 1), rule(), self.bar, on=self, margins=1, spacing=0)
        state.shown.connect(self._show)
        self._show()

    def _build(self) -> None:
        add(self.body.column, (
            self._title, self._steps, rule(), label("张贴地点", "title"), self._boards, self._photos_lacking, rule(),
            label("异议", "title"), self._objections, (self.changes, 0, Qt.AlignmentFlag.AlignLeft), STRETCH,
        ))  # fmt: skip

    def put_after_steps(self, piece: QWidget) -> None:
        """Put the steps of another part of the office below those of publicity."""
        column = self.body.column
        column.insertWidget(1 + next(at for at in range(column.count()) if column.itemAt(at) is self._steps), piece)

    @override
    def minimumSizeHint(self) -> QSize:
        """Never so narrow that a button loses its words."""
        least = super().minimumSizeHint()
        return QSize(max(least.width(), _LEAST), least.height())

    # ---- showing ----
    def _show(self) -> None:
        current = self._state.current
        for layout in (self._steps, self._boards, self._objections):
            clear(layout)
        self.body.setVisible(current is not None)
        self._fill_bar(current)
        if current is None:
            return
        say(self._title, f"{current.place} {current.kind_title}".strip())
        for line in current.steps:
            self._steps.addWidget(self._step(line, now=line == current.next))
        for board in self._state.boards:
            self._boards.addWidget(self._board(board))
        if not current.notice_key:
            self._boards.addWidget(label("张贴以后登记各处的照片。", "muted", wrap=True))
        lacking = [board.place for board in self._state.boards if not board.photos]
        say(self._photos_lacking, f"还没有照片：{'、'.join(lacking)}" if lacking else "")
        self._photos_lacking.setVisible(bool(lacking))
        for one in self._state.objections:
            self._objections.addWidget(self._objection(one))
        if not self._state.objections:
            self._objections.addWidget(label("没有登记异议。", "muted"))
        self.changes.setVisible(bool(current.notice_key))

    def _show_changes(self) -> None:
        """Every operation on the notice, its boards, objections and filing."""
        from fupin_desktop.services.change_log import Wanted
        from fupin_desktop.ui.dialogs.changes import show_changes

        current = self._state.current
        if current is None:
            return
        more = tuple(key for key in (*current.notice_keys, current.result_key, current.filing_key) if key)
        show_changes(self._shell, Wanted(key=current.notice_key, more=more), f"{current.place} {current.kind_title}")

    def _step(self, line: StepLine, *, now: bool) -> QWidget:
        frame, grid = QWidget(), QGridLayout()
        frame.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(1)
        grid.setColumnStretch(1, 1)
        mark = ("tick", "good") if line.done else ("dot", "accent") if now else ("ring", "plain")
        grid.addWidget(Mark(*mark, 14), 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(label(line.step.label, "strong" if now else "" if line.done else "muted"), 0, 1)
        grid.addWidget(label(f"{line.on:%m-%d}" if line.on else "", "note"), 0, 2)
        if line.done or now:
            grid.addWidget(label(line.told, "note", tone="" if line.done else "principle", wrap=True), 1, 1, 1, 2)
        if now:
            words = self._shell.clause_words(line.clause)
            clause = link(words, partial(self.clause_asked.emit, line.clause), tone="note")
            grid.addWidget(clause, 2, 1, Qt.AlignmentFlag.AlignLeft)
        return frame

    def _board(self, board: Board) -> QWidget:
        frame = QWidget()
        days = " – ".join(f"{day:%m-%d}" for day in (board.posted_on, board.taken_down_on) if day)
        fonts.ensure(board.place)
        told = label(f"{board.kind.label}　{board.posted_by} {days}", "note", wrap=True)
        photos = hbox(*map(self._photo, board.photos[:_SHOWN]), STRETCH, spacing=4) if board.photos else None
        vbox(label(board.place, wrap=True), told, photos, on=frame, margins=0, spacing=3)
        return frame

    def _photo(self, photo: Attached) -> QPushButton:
        """A photograph, small; a click opens it large."""
        made = button("", partial(self.photo_asked.emit, photo), tip=photo.name)
        made.setFixedSize(_PHOTO, _PHOTO)
        made.setStyleSheet(f"padding: 1px; min-height: {_PHOTO - 4}px;")
        made.setAccessibleName(f"照片 {photo.name}")
        folder, picture = self._shell.bench.data_folder, QPixmap()
        with suppress(Situation):
            picture.loadFromData(attachments.content(folder, photo))
        if picture.isNull():
            made.setText("打不开")
        else:
            made.setIcon(picture.scaled(_PHOTO, _PHOTO, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
            made.setIconSize(QSize(_PHOTO - 4, _PHOTO - 4))
        return made

    def _objection(self, one: ObjectionLine) -> QWidget:
        frame = QWidget()
        day = f"{one.form.received_on:%m-%d} " if one.form.received_on else ""
        who = one.form.row_name or "公示全文"
        opened = link(f"{day}{who}", partial(self.objection_asked.emit, one.key))
        told = label(f"{one.state}：{one.form.content}", "note", tone="" if one.settled else "must", wrap=True)
        vbox((opened, 0, Qt.AlignmentFlag.AlignLeft), told, on=frame, margins=0, spacing=2)
        return frame

    # ---- buttons ----
    def _fill_bar(self, current: Round | None) -> None:
        clear(self._grid)
        self.buttons.clear()
        for place, (key, text) in enumerate(self._offered(current)):
            chief = place == 0 and current is not None and current.next is not None
            made = button(text, partial(self.asked.emit, key), "primary" if chief else "")
            made.setStyleSheet("padding: 3px 6px;" if place else "")
            self.buttons[key] = made
            if place == 0:
                self._grid.addWidget(made, 0, 0, 1, 2)
            else:
                self._grid.addWidget(made, 1 + (place - 1) // 2, (place - 1) % 2)
        self.bar.setVisible(bool(self.buttons))

    def _offered(self, current: Round | None) -> list[tuple[str, str]]:
        """What can be done, the next step first."""
        if current is None or current.state is RoundState.NOT_YET:
            return []
        found = [self._next(current)] if current.next is not None else []
        if current.recalculated:
            found += [_CORRECT]
        if current.notice_key:
            found += [("boards", "张贴、照片…"), ("object", "登记异议…")]
            found += self._of_filing(current)
        shown: dict[str, str] = {}
        for key, text in found:
            shown.setdefault(key, text)
        return list(shown.items())

    def _next(self, current: Round) -> tuple[str, str]:
        line = current.next
        assert line is not None
        if current.open_objections and any(one.state == "待更正公示" for one in self._state.objections):
            return _CORRECT
        if current.open_objections:
            return _NEXT[Step.SETTLED]
        if line.step is Step.FILED and current.waiting:
            return "receive", "备案接收…"
        if line.step is Step.RESULT and current.outdated:
            return "withdraw", "撤回公示结果…"
        return _NEXT[line.step]

    @staticmethod
    def _of_filing(current: Round) -> list[tuple[str, str]]:
        filed = next((line for line in current.steps if line.step is Step.FILED), None)
        if filed is not None and filed.done:
            return [("give_back", "备案退回…")]
        more = [("give_back", "备案退回…")] if current.waiting else []
        return [*more, ("withdraw", "撤回公示…")]

