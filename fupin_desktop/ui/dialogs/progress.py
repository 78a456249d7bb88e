"""Progress of a long operation, with 取消; it moves on to the next job and closes after the last."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.tasks import Job, Tasks
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import button, label, say

_WIDE, _MARGIN = 440, 20
_COUNTED = 100_000
"""Where there is more to do, it is counted in bytes, which tell nobody anything: the percentage is said."""


class ProgressDialog(QDialog):
    """Title with the count, bar, sentence, 取消.

    It is as large as it ever will be, and in its place, before it is shown: a window manager that is just putting its
    frame round a window that grows may leave it in the corner of the screen.
    """

    def __init__(self, job: Job, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("请稍候")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._tasks, self._over = tasks, False
        layout = vbox(on=self, margins=(_MARGIN, 18, _MARGIN, 14), spacing=10)
        self._title, self._count, self.bar = OneLine("", "title"), label("", "note"), QProgressBar()
        self._text = label("", "note", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.bar.setTextVisible(False)
        head = hbox((self._title, 1), self._count)
        self.cancel = button("取消", self._cancel)
        row = hbox(STRETCH, self.cancel)
        layout.addLayout(head)
        layout.addWidget(self.bar)
        layout.addWidget(self._text)
        layout.addLayout(row)
        tasks.busy_changed.connect(self._busy)
        self._follow(job)
        self._take_place(parent)

    def _take_place(self, parent: QWidget | None) -> None:
        """Take the size for whatever will be said, and the place in the middle of the window or the screen."""
        self.ensurePolished()
        self._count.setMinimumWidth(self._count.fontMetrics().horizontalAdvance(f"{_COUNTED:,} / {_COUNTED:,}"))
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._text.setFixedHeight(2 * self._text.fontMetrics().lineSpacing() + 2)  # a long name takes two lines
        self.setFixedSize(_WIDE, self.sizeHint().height())
        screen = self.screen().availableGeometry()
        around = screen if parent is None else parent.window().frameGeometry() & screen
        place = self.rect()
        place.moveCenter((around if around.isValid() else screen).center())
        self.move(place.topLeft())

    def _say(self, text: str) -> None:
        """Say what is done, shortened in its middle where two lines do not hold it."""
        room = 2 * (_WIDE - 2 * _MARGIN) - 4 * self._text.fontMetrics().averageCharWidth()
        say(self._text, self._text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room))

    def _follow(self, job: Job) -> None:
        self._job = job
        say(self._title, job.title)
        say(self._count, "")
        self.bar.setRange(0, 0)
        self.cancel.setEnabled(job.cancellable)
        job.told.connect(self._told)
        job.ended.connect(self._next, Qt.ConnectionType.QueuedConnection)

    def _told(self, done: int, total: int, text: str) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        counted = f"{done:,} / {total:,}" if total <= _COUNTED else f"{done * 100 // total}%"
        say(self._count, counted if total > 0 else "")
        self._say("正在停止…" if self._job.cancelling else text)

    def _next(self) -> None:
        job = self._tasks.follow()
        if job is not None and job is not self._job:
            self._follow(job)

    def _busy(self, busy: bool) -> None:
        if not busy:
            self._over = True
            self.close()

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        say(self._text, "正在停止…")
        self._job.cancel()

    @override
    def reject(self) -> None:
        """Escape means 取消."""
        if self._over:
            super().reject()
        elif self._job.cancellable:
            self._cancel()

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """The dialog stays while the work runs."""
        if self._over:
            super().closeEvent(event)
        else:
            event.ignore()
            self.reject()
