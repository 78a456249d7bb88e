"""Locking the window: by the clerk, or after a while without a key or click; the password opens it again.

What is open stays open behind a cover, so that nothing typed is lost; the data file itself is closed and its key
forgotten until the password is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from fupin_desktop.override import override
from fupin_desktop.ui.shell import Shell

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

    from fupin_desktop.services.failed_openings import Attempt

_DAY = 24 * 60
_MINUTE_MS = 60_000
_AGAIN_MS = 300
_LIVELY = {
    QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove,
}  # fmt: skip


class Cover(QWidget):
    """An opaque sheet over a window, as large as it."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAutoFillBackground(True)
        self.setGeometry(over.rect())
        self.show()
        self.raise_()


class Locking(QObject):
    """Locks the windows of the program where the data are encrypted, or operators sign in.

    Signals:
        left: The clerk does not open it again, and the program is to end.
        stale: Something could not be read meanwhile: everything shown is to be read again.
    """

    left = Signal()
    stale = Signal()

    def __init__(self, shell: Shell, window: QWidget) -> None:
        super().__init__(window)
        self._shell, self._window = shell, window
        self.locked = False
        self._clerk = ""
        self._idle = QTimer(self, singleShot=True)
        self._idle.timeout.connect(self._idle_over)

    @property
    def possible(self) -> bool:
        """Whether there is a password, or operators sign in."""
        return self._encrypted or self._shell.bench.signs_in

    @property
    def _encrypted(self) -> bool:
        from fupin_desktop.services import protection

        return protection.has_password(self._shell.bench.data_folder)

    def watch(self) -> None:
        """Begin to count the minutes; the windows are watched themselves, which costs less than every event would."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusWindowChanged.connect(self._watch)
        self._watch(self._window.windowHandle())
        self.begin_again()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def begin_again(self) -> None:
        """Count anew, by the minutes chosen."""
        minutes = min(self._shell.preferences.lock_after, _DAY)  # a settings file may say anything
        if minutes > 0 and self.possible:
            self._idle.start(minutes * _MINUTE_MS)
        else:
            self._idle.stop()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key, click or movement begins the count anew."""
        if event.type() in _LIVELY and self._idle.isActive():
            self._idle.start()
        return False

    def _idle_over(self) -> None:
        if self._shell.tasks.busy:
            self._idle.start(_MINUTE_MS)  # not in the middle of a long operation, whose progress is shown
        else:
            self.lock()

    def lock(self) -> None:
        """Cover what is open and ask for the password, and who goes on where operators sign in."""
        if self.locked or not self.possible:
            return
        self.locked = True
        work = _finish_typing()
        self._shell.tasks.locked = True
        self._forget()
        covers = [Cover(one) for one in QApplication.topLevelWidgets() if one.isVisible() and one.isWindow()]
        opened = self._opened_again(QApplication.activeModalWidget() or self._window)
        self.locked = False
        if not opened:
            self.left.emit()
            return
        tasks = self._shell.tasks
        missed, tasks.locked, tasks.missed = tasks.missed, False, False
        if missed or self._shell.bench.clerk != self._clerk:
            self.stale.emit()
        for cover in covers:
            cover.deleteLater()
        from shiboken6 import isValid

        if work is not None and isValid(work):
            work.setFocus()
        self.begin_again()
        self.tell_failed()

    def _opened_again(self, top: QWidget) -> bool:
        """Whether somebody may go on: with the password of the data, and as an operator where these sign in."""
        from fupin_desktop.ui.dialogs.password import UnlockDialog

        bench, ask = self._shell.bench, self._shell.ask
        self._clerk = bench.clerk
        if self._encrypted:
            if not ask.run(UnlockDialog(bench.data_folder, self._check, "已锁定", top)):
                return False
            self.locked = False
        if not bench.signs_in:
            return True
        from fupin_desktop.ui.dialogs.operators import SignInDialog

        dialog = SignInDialog(bench, top, "退出程序")
        dialog.choose(self._clerk)
        return ask.run(dialog)

    def _forget(self) -> None:
        """Close the data file and forget its key, once what is on its way has arrived."""
        if not self.locked or not self._encrypted:
            return
        if self._shell.tasks.still:
            from fupin_desktop.services import protection

            protection.lock_open(self._shell.bench)
        else:
            QTimer.singleShot(_AGAIN_MS, self, self._forget)

    def _check(self, secret: str, by_code: bool) -> None:
        """Open the data again.

        Raises:
            WrongPassword: It is neither.
        """
        from fupin_desktop.services import protection

        protection.unlock(self._shell.bench.data_folder, secret, recovery=by_code, at=self._shell.bench.clock())


    def tell_failed(self) -> None:
        """Log the wrong passwords that were typed before this opening, and tell of them."""
        from fupin_desktop.services import failed_openings

        bench, ask = self._shell.bench, self._shell.ask
        if not failed_openings.noted(bench.data_folder):
            return

        def tell(attempts: Sequence[Attempt]) -> None:
            if text := failed_openings.warning(attempts, bench.clock()):
                ask.message(self._window, "密码与加密", text)

        self._shell.do(lambda: failed_openings.take(bench), tell)


def _finish_typing() -> QWidget | None:
    """What is typed goes where it belongs, as when the next cell or field is clicked; where the keyboard was."""
    focused = QApplication.focusWidget()
    if focused is None:
        return None
    from fupin_desktop.ui.work_focus import view_of

    work = view_of(focused)
    focused.clearFocus()
    return work
