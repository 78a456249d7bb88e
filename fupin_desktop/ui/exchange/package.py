"""移交包: to whom and on which stick; everything of the office goes in one file."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit

from fupin_desktop.services import protection
from fupin_desktop.services.exchange import package
from fupin_desktop.services.exchange.model import Purpose
from fupin_desktop.services.exchange.outgoing import Carried
from fupin_desktop.ui.exchange.hand_out import CarriedDialog
from fupin_desktop.ui.exchange.places import Find, PlaceBox
from fupin_desktop.ui.preferences import Preferences
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say

TRAVELS = ("text_size", "contrast", "register_columns", "fine_print", "lock_after")
"""Choices of the screen that go along; where the data are and the window's place belong to each PC."""
_WHAT = "全部数据、设置、本单位的表样和发放格式、附件、备份，装在一个文件里。在另一台电脑上“从移交包打开”，就接着用。"
_PLAIN = "现在的数据没有设密码，移交包谁拿到都能打开。建议先在“文件 → 密码与加密”里设密码。"
_LOCKED = "移交包和数据一样加密，打开时要输入现在的密码或恢复码。"


class PackageDialog(QDialog):
    """Makes a package.

    Attributes:
        carried: What was made; None before.
    """

    def __init__(self, shell: Shell, find: Find | None = None) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("移交包")
        self.resize(620, 320)
        self._shell = shell
        self.carried: Carried | None = None
        self.where = PlaceBox(shell, find)
        self.receiver, self.person = QLineEdit(), QLineEdit()
        self.receiver.setPlaceholderText("如 新电脑、县扶贫办")
        self.person.setPlaceholderText("可以不填")
        self.told = label("", "muted", wrap=True)
        self.go = button("做移交包", self.make, "primary")
        self._build()
        self.where.changed.connect(self._say)
        self.receiver.textChanged.connect(lambda _text: self._say())
        self._say()
        self.where.look()

    def _build(self) -> None:
        form = QFormLayout()
        for word, field in (("写到", self.where), ("交给", self.receiver), ("接收人", self.person)):
            field.setAccessibleName(word)
            form.addRow(word, field)
        locked = protection.has_password(self._shell.bench.data_folder)
        self.safety = label(_LOCKED if locked else _PLAIN, wrap=True, tone="good" if locked else "principle")
        foot = hbox((self.told, 1), button("关闭", self.reject), self.go)
        vbox(label(_WHAT, wrap=True), form, self.safety, STRETCH, foot, on=self, margins=(18, 16, 18, 14), spacing=12)

    def _say(self) -> None:
        lacks = "请填写交给谁。" if not self.receiver.text().strip() else ""
        lacks = lacks or ("请选择U盘。" if self.where.drive is None else "")
        say(self.told, lacks or "做好以后自动核对，要等一会儿。")
        self.go.setEnabled(not lacks)

    def make(self) -> None:
        """Pack, write and compare in the background."""
        drive, bench = self.where.drive, self._shell.bench
        if drive is None:
            return
        purpose = Purpose("移交包", self.receiver.text(), self.person.text())
        chosen = travelling(self._shell.preferences)

        def work(report: Report) -> Carried:
            return package.make(bench, drive, purpose, chosen, report)

        self.go.setEnabled(False)
        self._shell.run("正在做移交包", work, self._done, failed=self._failed)

    def _failed(self, trouble: BaseException) -> None:
        self._say()
        self._shell.tasks.tell(trouble)
        self.where.look()

    def _done(self, carried: Carried) -> None:
        self.carried = carried
        self.where.remember()
        self._shell.ask.run(CarriedDialog(self._shell, carried, self))
        self.accept()


def travelling(chosen: Preferences) -> dict[str, Any]:
    """The choices that go along."""
    return {name: value for name, value in vars(chosen).items() if name in TRAVELS}


def take_over(chosen: Preferences, brought: object) -> None:
    """Put the choices that a package brought over those of this PC, as far as they are of the right kind."""
    if isinstance(brought, dict):
        for name in TRAVELS:
            value = brought.get(name)
            if type(value) is type(getattr(chosen, name)):
                setattr(chosen, name, value)
