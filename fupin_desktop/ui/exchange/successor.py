"""新经办人: who takes over, what is open, the list that both sign, and the change itself."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QFormLayout, QLineEdit, QListWidget, QListWidgetItem

from fupin_desktop.domain.text import clean
from fupin_desktop.services import successor
from fupin_desktop.services.documents import computed
from fupin_desktop.services.documents.computed import Computed
from fupin_desktop.services.overview import DueItem
from fupin_desktop.services.successor import Succession
from fupin_desktop.ui import fonts
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.wrapping import wrap_items


class SuccessorDialog(QDialog):
    """Hands the work over."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("新经办人")
        self.resize(720, 520)
        self._shell = shell
        self.successor, self.witness, self.list = QLineEdit(), QLineEdit(), QListWidget()
        self.told = label("", "muted", wrap=True)
        self.count = label("", "strong")
        self._paper = PaperActions(shell, self._make, "handovers")
        self.print = button("打印交接清单…", self._paper.print)
        self.preview = button("预览…", self._paper.preview)
        self.go = button("由新经办人接手", self.hand_over, "primary")
        self._build()
        self.successor.textChanged.connect(lambda _text: self._say())
        self._say()
        shell.read_aside(lambda: successor.open_work(shell.bench), self._fill)

    def _build(self) -> None:
        form = QFormLayout()
        self.successor.setPlaceholderText("姓名")
        self.witness.setPlaceholderText("可以不填")
        for word, field in (("新经办人", self.successor), ("监交人", self.witness)):
            field.setAccessibleName(word)
            form.addRow(word, field)
        self.list.setAccessibleName("没有办完的工作")
        wrap_items(self.list)
        self.list.setProperty("boxed", "true")
        foot = hbox(STRETCH, self.preview, self.print, button("关闭", self.reject), self.go)
        vbox(form, self.count, (self.list, 1), self.told, foot, on=self, margins=(18, 16, 18, 14), spacing=10)

    def _fill(self, found: list[DueItem]) -> None:
        say(self.count, f"没有办完的工作 {len(found)} 项，都列在交接清单上" if found else "没有没办完的工作")
        for one in found:
            text = f"{one.badge}　{one.text}（{successor.place_of(one)}）"
            fonts.ensure(text)
            self.list.addItem(QListWidgetItem(text))

    def _say(self) -> None:
        name, clerk = clean(self.successor.text()), successor.present(self._shell.bench)
        fault = "请填写新经办人。" if not name else f"现在的经办人就是{name}。" if name == clerk else ""
        say(self.told, fault or "先打印清单，点清签字，再接手。")
        for piece in (self.print, self.preview, self.go):
            piece.setEnabled(not fault)

    def _succession(self) -> Succession:
        return Succession(self._shell.bench, clean(self.successor.text()), clean(self.witness.text()))

    def _make(self) -> Computed:
        return computed.paper(self._shell.bench, successor.PAPER, self._succession())

    def hand_over(self) -> None:
        """由新经办人接手: from now on papers and changes name the new clerk."""
        name = clean(self.successor.text())
        text = f"清单双方都点清签字了？以后的文件和修改记录都写{name}。"
        if self._shell.ask.question(self, "新经办人", text, yes="接手", no="还没有"):
            found = self._succession()
            self._shell.run(
                "正在登记交接", lambda _report: successor.hand_over(found), lambda _change: self.accept(),
                cancellable=False,
            )
