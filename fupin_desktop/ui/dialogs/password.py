"""Password dialogs: unlocking, setting or changing a password, the recovery code that is shown once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFormLayout,
    QLineEdit,
    QWidget,
)

from fupin_desktop.errors import Situation, WrongPassword
from fupin_desktop.override import override
from fupin_desktop.services import protection
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link, say, selectable

_LONGEST_WAIT_S = 60
Keep = Callable[[str, str, Callable[[], object]], object]
_TOLD = {False: "密码", True: "恢复码"}


class UnlockDialog(QDialog):
    """Asks for the password, or the recovery code, until one opens the data; after each wrong one a longer wait.

    Args:
        folder: The data folder, told by name.
        unlock: Opens with a secret; whether it is the recovery code.
        title: Of the window.
        parent: Window that is locked; None at the start.
        leave: Word on the button that gives up.

    Attributes:
        recovered: Whether the recovery code opened, so that a new password must be set.
    """

    def __init__(
        self, folder: Path, unlock: Callable[[str, bool], None], title: str, parent: QWidget | None = None, *,
        leave: str = "退出程序",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(430)
        self._unlock, self.recovered, self._wrong, self._wait = unlock, False, 0, 0
        self._by_code = False
        self.secret = QLineEdit()
        self.secret.setAccessibleName("密码")
        self.shown = QCheckBox("显示")
        self.shown.toggled.connect(self._show)
        self.note = label("", wrap=True, tone="must")
        self.other = link("忘记密码，用恢复码打开", self._switch)
        self.go_on = button("打开", self._try, "primary")
        self.go_on.setDefault(True)
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._tick)
        self._build(folder, leave)
        self._show(False)

    def _build(self, folder: Path, leave: str) -> None:
        row = hbox((self.secret, 1), self.shown)
        last = hbox(self.other, STRETCH, button(leave, self.reject), self.go_on)
        vbox(
            label(f"“{folder.name}”里的数据已加密，请输入密码。", wrap=True), row, self.note, last, on=self,
            margins=(20, 18, 20, 14), spacing=10,
        )  # fmt: skip
        self.secret.textEdited.connect(lambda _text: say(self.note, "") if not self._wait else None)

    def _show(self, on: bool) -> None:
        plain = on or self._by_code
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if plain else QLineEdit.EchoMode.Password)

    def _switch(self) -> None:
        self._by_code = not self._by_code
        self.other.setText("改用密码打开" if self._by_code else "忘记密码，用恢复码打开")
        self.secret.setPlaceholderText("XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XXXX" if self._by_code else "")
        self.secret.setAccessibleName(_TOLD[self._by_code])
        self.shown.setVisible(not self._by_code)
        self.secret.clear()
        self._show(self.shown.isChecked())
        self.secret.setFocus()

    def _try(self) -> None:
        if self._wait or not self.secret.text():
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._unlock(self.secret.text(), self._by_code)
        except Situation as fault:
            self._refused(fault)
        else:
            self.recovered = self._by_code
            self.accept()
        finally:
            QApplication.restoreOverrideCursor()

    def _refused(self, fault: Situation) -> None:
        """Tell it, and let the next try wait: one second, two, four … at most a minute."""
        self.secret.selectAll()
        self.secret.setFocus()
        if isinstance(fault, WrongPassword):
            self._wait = min(2**self._wrong, _LONGEST_WAIT_S)
            self._wrong += 1
            self.go_on.setEnabled(False)
            self._timer.start()
        self._fault = f"{fault.happened}{fault.todo}"
        self._tell()

    def _tell(self) -> None:
        waiting = f"（{self._wait} 秒后可以再试）" if self._wait else ""
        say(self.note, f"{self._fault}{waiting}")

    def _tick(self) -> None:
        self._wait -= 1
        if not self._wait:
            self._timer.stop()
            self.go_on.setEnabled(True)
        self._tell()


class NewPasswordDialog(QDialog):
    """A password typed twice, the former one first where there is one.

    Args:
        title: Of the window.
        text: What it is for.
        keep: Takes the former and the new password, and what to call once they are taken. A refusal is told, and the
            dialog stays. None leaves it to the caller.
        former: Whether the former password is asked for.
    """

    def __init__(
        self, title: str, text: str, keep: Keep | None = None, *, former: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(470)
        self._keep = keep
        self.former, self.new, self.again = (self._line() for _ in range(3))
        self.former.setVisible(former)
        self.note = label("", "muted", wrap=True)
        self.save = button("确定", self._save, "primary")
        form = QFormLayout()
        form.setVerticalSpacing(10)
        if former:
            form.addRow("现在的密码", self.former)
        form.addRow("新密码", self.new)
        form.addRow("再输一遍", self.again)
        row = hbox(STRETCH, button("取消", self.reject), self.save)
        vbox(label(text, wrap=True), form, self.note, row, on=self, margins=(20, 18, 20, 14), spacing=10)
        self._judge()

    def _line(self) -> QLineEdit:
        line = QLineEdit()
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textEdited.connect(lambda _text: self._judge())
        return line

    def _judge(self) -> None:
        """Say what is still missing; only a password that can be taken can be saved."""
        fault = ""
        if self.new.text():
            fault = protection.weakness(self.new.text())
            if not fault and self.again.text() and self.again.text() != self.new.text():
                fault = "两遍输入的不一样。"
        say(self.note, fault or "至少 8 位，字母、数字或汉字混用。密码不保存在任何地方，请记牢。")
        self.save.setEnabled(not fault and bool(self.new.text()) and self.new.text() == self.again.text())

    def _save(self) -> None:
        if self._keep is None:
            self.accept()
        else:
            self._keep(self.former.text(), self.new.text(), self.accept)


class RecoveryCodeDialog(QDialog):
    """Shows a recovery code this once; it is left only after the clerk has said that it is on paper.

    Args:
        code: The code.
        print_it: Prints it.
        save_pdf: Writes it as PDF.
    """

    def __init__(
        self, code: str, print_it: Callable[[], None], save_pdf: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("恢复码")
        self.setMinimumWidth(540)
        self.code = selectable(label(code, "title"))
        self.code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.kept = QCheckBox("恢复码已经打印或抄写好，放进保险柜")
        self.finish = button("完成", self.accept, "primary")
        self.finish.setEnabled(False)
        self.kept.toggled.connect(self.finish.setEnabled)
        text = (
            "忘记密码时，只有这个恢复码能打开数据。它只显示这一次，任何人都不能再查到；"
            "请现在打印，和公章一起放进保险柜。"
        )
        row = hbox(button("打印…", print_it), button("保存 PDF…", save_pdf), STRETCH, self.finish)
        vbox(label(text, wrap=True), self.code, self.kept, row, on=self, margins=(20, 18, 20, 14), spacing=12)

    @override
    def reject(self) -> None:
        """Escape and the cross do what the button does, and only when it may."""
        if self.kept.isChecked():
            self.accept()
