"""密码与加密: whether the data are encrypted, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QWidget

from fupin_desktop.services import protection
from fupin_desktop.services.protection import Protected
from fupin_desktop.ui import preferences
from fupin_desktop.ui.dialogs.password import NewPasswordDialog, RecoveryCodeDialog
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, rule, say

_TITLE = "密码与加密"
_IDLE = ((0, "不自动锁定"), (5, "5 分钟"), (10, "10 分钟"), (30, "30 分钟"))
_PLAIN = (
    "数据文件没有加密：能用这台电脑的人都能看到里面的身份证号和银行账号。设置密码以后，数据文件、备份和附件整个加密，"
    "没有密码或恢复码打不开。导出的表格和 PDF 是单独的文件，不在其内。"
)
_ENCRYPTED = "数据文件、备份和附件已经加密。导出的表格和 PDF 是单独的文件，不在其内，请妥善保管。"


class ProtectionDialog(QDialog):
    """What stands, and the buttons for what can be done now.

    Signals:
        changed: The data were encrypted, or are no longer.
    """

    changed = Signal()

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_TITLE)
        self.setMinimumWidth(520)
        self._shell = shell
        self.state = label("", wrap=True)
        self.set = button("设置密码…", self.set_password, "primary")
        self.change = button("修改密码…", self.change_password)
        self.renew = button("换恢复码…", self.renew_code)
        self.remove = button("取消密码…", self.remove_password)
        self.idle = QComboBox()
        for minutes, text in _IDLE:
            self.idle.addItem(text, minutes)
        self.idle.setCurrentIndex(max(0, self.idle.findData(shell.preferences.lock_after)))
        self.idle.currentIndexChanged.connect(lambda _place: self._keep_idle())
        self._build()
        self.refresh()

    def _build(self) -> None:
        form = QFormLayout()
        column = vbox(on=self, margins=(20, 18, 20, 14), spacing=12)
        buttons = hbox(self.set, self.change, self.renew, self.remove, STRETCH)
        form.addRow("离开多久自动锁定", self.idle)
        last = hbox(STRETCH, button("关闭", self.accept))
        column.addWidget(self.state)
        column.addLayout(buttons)
        column.addWidget(rule())
        column.addLayout(form)
        column.addLayout(last)

    def refresh(self) -> None:
        """Show what stands now."""
        on = protection.has_password(self._shell.bench.data_folder)
        say(self.state, _ENCRYPTED if on else _PLAIN)
        self.set.setVisible(not on)
        for one in (self.change, self.renew, self.remove):
            one.setVisible(on)
        self.idle.setEnabled(on or self._shell.bench.signs_in)

    def _keep_idle(self) -> None:
        self._shell.preferences.lock_after = self.idle.currentData()
        preferences.save(self._shell.preferences)

    def set_password(self) -> None:
        """Encrypt, then show the recovery code."""
        bench = self._shell.bench
        dialog = NewPasswordDialog("设置密码", "设好以后每次打开程序都要输入密码。", parent=self)
        if self._shell.ask.run(dialog):
            new = dialog.new.text()
            self._shell.run(
                "正在加密数据", lambda report: protection.protect(bench, new, report), self._encrypted,
                cancellable=False, alone=True,
            )

    def _encrypted(self, made: Protected) -> None:
        self.refresh()
        self.changed.emit()
        self.show_code(made.code)
        if made.left:
            names = "\n".join(made.left)
            text = f"数据已经加密。下面的旧备份没有加密(读不出来，或者现在够不着)，不再需要的请删除：\n{names}"
            self._shell.ask.message(self, _TITLE, text)

    def show_code(self, code: str) -> None:
        """The code, once; it can be printed and saved."""
        from fupin_desktop.services.document_types.recovery_code import CodeSubject
        from fupin_desktop.services.documents import computed
        from fupin_desktop.ui.paper_actions import PaperActions

        bench = self._shell.bench
        paper = PaperActions(
            self._shell, lambda: computed.paper(bench, "recovery_code", CodeSubject(bench, code)), "offices"
        )
        self._shell.ask.run(RecoveryCodeDialog(code, paper.print, paper.save_pdf, self))

    def change_password(self) -> None:
        """The former password, and another one."""
        text = "数据和恢复码不变，只换密码。"
        self._shell.ask.run(NewPasswordDialog("修改密码", text, self._change, former=True, parent=self))

    def _change(self, former: str, new: str, taken: Callable[[], object]) -> None:
        bench = self._shell.bench
        self._shell.do(lambda: protection.change_password(bench, former, new), lambda _change: taken())

    def renew_code(self) -> None:
        """Another recovery code, for one that was lost or seen."""
        password = self._password("换恢复码", "请输入密码。换了以后，旧的恢复码作废。")
        if password:
            bench = self._shell.bench
            self._shell.do(lambda: protection.renew_code(bench, password), self.show_code)

    def remove_password(self) -> None:
        """Back to plain files, with the password alone."""
        text = "请输入密码。取消以后，能用这台电脑的人都能看到数据。"
        password = self._password("取消密码", text)
        if password:
            bench = self._shell.bench
            self._shell.run(
                "正在解密数据", lambda report: protection.unprotect(bench, password, report),
                lambda _change: self._decrypted(), cancellable=False, alone=True,
            )

    def _decrypted(self) -> None:
        self.refresh()
        self.changed.emit()

    def _password(self, title: str, text: str) -> str | None:
        return self._shell.ask.password(self, title, text)
