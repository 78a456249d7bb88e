"""导出到U盘: what, to whom, on which stick; then made, written, read back, and only then called safe to pull out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QWidget,
)

from fupin_desktop.domain.text import clean
from fupin_desktop.services.exchange import earlier, offers, outgoing
from fupin_desktop.services.exchange.earlier import Earlier
from fupin_desktop.services.exchange.model import Drive, Item, Purpose
from fupin_desktop.services.exchange.outgoing import PAPER, Carried
from fupin_desktop.services.registers import columns, registry
from fupin_desktop.services.registers.suggestions import suggest
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.ui import fonts
from fupin_desktop.ui.exchange.choosing import ChoosingTree
from fupin_desktop.ui.exchange.places import Find, PlaceBox
from fupin_desktop.ui.papers import open_file
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tasks import Report
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.open_choice import open_choice

_TOLD = 6


class HandOutDialog(QDialog):
    """Chooses and hands out.

    Args:
        ticked: Keys of what is ticked at first.
        title: 事项 proposed.
        find: Finds the sticks.

    Attributes:
        carried: What was handed out; None before.
    """

    def __init__(
        self, shell: Shell, ticked: frozenset[str] = frozenset(), title: str = "",
        find: Find | None = None,
    ) -> None:
        super().__init__(shell.window)
        self.setWindowTitle("导出到U盘")
        self.resize(860, 600)
        self._shell, self._ticked = shell, ticked
        self.carried: Carried | None = None
        self._titled, self._proposed, self._persons = bool(title), "", dict[str, str]()
        self.where, self.receiver = PlaceBox(shell, find), open_choice()
        self.subject, self.person = QLineEdit(title), QLineEdit()
        self.tree = ChoosingTree(shell.bench.year)
        self.outside = QCheckBox("对外副本：隐去证件号、电话、账号")
        self.workbooks = QCheckBox("表和公文同时写一份 xlsx")
        self.audit = QCheckBox("附上这段时间的审计包")
        self.told = label("", "muted", wrap=True)
        self.go = button("导出", self.hand_out, "primary")
        self._build()
        self.tree.changed.connect(self._ticked_otherwise)
        self.subject.textEdited.connect(self._title_typed)
        self.outside.toggled.connect(lambda _on: self._say())
        self.audit.toggled.connect(lambda _on: self._say())
        for line in (self.subject, self.receiver.lineEdit()):
            if line is not None:
                line.textChanged.connect(lambda _text: self._say())
        self.where.changed.connect(self._say)
        self._fill_receivers()
        self.receiver.currentTextChanged.connect(self._name_person)
        self._say()
        shell.read_aside(lambda: _offered(shell.bench), self._fill)
        self.where.look()

    def _build(self) -> None:
        grid = QGridLayout()
        self.subject.setPlaceholderText("如 第四季度报送")
        self.person.setPlaceholderText("可以不填")
        places: tuple[tuple[str, QWidget, int, int, int], ...] = (
            ("写到", self.where, 0, 0, 5), ("事项", self.subject, 1, 0, 1),
            ("接收单位", self.receiver, 1, 2, 1), ("接收人", self.person, 1, 4, 1),
        )  # fmt: skip
        for word, field, row, column, span in places:
            named = label(word)
            named.setBuddy(field)
            field.setAccessibleName(word)
            grid.addWidget(named, row, column)
            grid.addWidget(field, row, column + 1, 1, span)
        for column, stretch in ((1, 3), (3, 3), (5, 2)):
            grid.setColumnStretch(column, stretch)
        boxes = hbox(self.outside, self.workbooks, self.audit, STRETCH)
        foot = hbox((self.told, 1), button("关闭", self.reject), self.go)
        vbox(grid, (self.tree, 1), boxes, foot, on=self, margins=(18, 16, 18, 14), spacing=10)

    # ---- what there is ----
    def _fill(self, offered: tuple[Sequence[Item], Mapping[str, Earlier]]) -> None:
        items, earlier_ = offered
        self.tree.fill(items, self._ticked, earlier_)
        ticked = self.tree.chosen()
        last = self._shell.read(lambda: earlier.last_receiver(self._shell.bench, ticked)) if ticked else ""
        if last and self.receiver.currentText() == self._proposed:
            self.receiver.setCurrentText(last)
        self._ticked_otherwise()

    def _fill_receivers(self) -> None:
        register, bench = registry.of("handovers"), self._shell.bench
        info = next(one for one in columns(register) if one.key == "receiver")
        found = self._shell.read(lambda: suggest(bench, register, info, "")) or []
        for name in found:
            fonts.ensure(name)
        self.receiver.addItems(found)
        self._persons = dict(self._shell.read(lambda: earlier.last_persons(bench)) or {})
        self._proposed = self._shell.read(lambda: earlier.last_receiver(bench)) or ""
        self.receiver.setCurrentText(self._proposed)
        self._name_person(self.receiver.currentText())

    def _name_person(self, receiver: str) -> None:
        """Name who took it there last, unless the clerk has typed somebody."""
        if self.person.text() in ("", *self._persons.values()):
            self.person.setText(self._persons.get(clean(receiver), ""))

    def _title_typed(self, text: str) -> None:
        self._titled = bool(text)

    def _ticked_otherwise(self) -> None:
        """Call the matter after what is ticked until the clerk calls it otherwise."""
        if not self._titled:
            self.subject.setText(outgoing.proposed_title(self.tree.chosen()))
        self._say()

    # ---- what is wanted ----
    @property
    def purpose(self) -> Purpose:
        """What for and to whom."""
        return Purpose(
            self.subject.text(), self.receiver.currentText(), self.person.text(), self.outside.isChecked(),
            self.workbooks.isChecked(),
        )  # fmt: skip

    @property
    def items(self) -> list[Item]:
        """What is ticked, and the audit package of the period."""
        period = self.tree.period
        extra = []
        if period is not None and self.audit.isChecked() and self.audit.isEnabled():
            extra = [offers.dossier_of_period(self._shell.bench, *period)]
        return [*self.tree.chosen(), *extra]

    def _say(self) -> None:
        """What still lacks, or how much is chosen."""
        self.audit.setEnabled(self.tree.period is not None)
        items = self.items
        faults = outgoing.refusals(items, self.purpose)
        if self.where.drive is None:
            faults.append("请选择写到哪里：插上U盘点“刷新”，或者选别的文件夹。")
        doubts = sum(bool(one.doubt) for one in items)
        told = f"已选 {len(items)} 项" + (f"，其中 {doubts} 项对方可能退回" if doubts else "")
        if same := self.tree.unchanged:
            told += f"，{same} 项上次交出以后没有改动"
        told += "。"
        say(self.told, faults[0] if faults else told)
        self.go.setEnabled(not faults)

    # ---- handing out ----
    def hand_out(self) -> None:
        """导出: look for what the receiver may refuse, ask about it, then make, write and compare."""
        drive, items = self.where.drive, self.items
        if drive is not None:
            self.go.setEnabled(False)
            self._shell.run(
                "正在检查", lambda report: outgoing.doubts(items, report),
                lambda found: self._checked(drive, items, found), failed=self._failed,
            )

    def _checked(self, drive: Drive, items: Sequence[Item], doubts: Sequence[str]) -> None:
        purpose, bench = self.purpose, self._shell.bench
        if not self._agreed(doubts):
            self.go.setEnabled(True)
            return

        def work(report: Report) -> Carried:
            return outgoing.hand_out(bench, items, drive, purpose, report)

        self._shell.run("正在导出到U盘", work, self._done, failed=self._failed)

    def _agreed(self, doubts: Sequence[str]) -> bool:
        if not doubts:
            return True
        more = f"\n……等共 {len(doubts)} 项" if len(doubts) > _TOLD else ""
        text = "下面几项，接收单位可能会退回：\n" + "\n".join(doubts[:_TOLD]) + more
        return self._shell.ask.question(self, "导出前检查", text, yes="仍要导出", no="回去改")

    def _failed(self, trouble: BaseException) -> None:
        self.go.setEnabled(True)
        self._shell.tasks.tell(trouble)
        self.where.look()

    def _done(self, carried: Carried) -> None:
        self.carried = carried
        self.where.remember()
        self._shell.ask.run(CarriedDialog(self._shell, carried, self))
        self.accept()


def _offered(bench: Workbench) -> tuple[Sequence[Item], Mapping[str, Earlier]]:
    """What can be handed out, and when each of it was handed out last."""
    items = offers.offers(bench)
    return items, earlier.handed_before(bench, items)


class CarriedDialog(QDialog):
    """Says that all is on the stick, and offers the paper to be signed.

    Args:
        carried: What was handed out.
    """

    def __init__(self, shell: Shell, carried: Carried, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("已导出")
        self.setMinimumWidth(460)
        self._shell, self._carried = shell, carried
        text = label(carried.told, "strong", wrap=True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.print = button("打印交接单…", self.print_paper)
        folder = button("打开文件夹", self.show_folder, tip="打开着的文件夹要先关掉，再拔U盘")
        done = button("完成", self.accept, "primary")
        done.setDefault(True)
        row = hbox(self.print, folder, STRETCH, done)
        note = f"交接单(“{PAPER}”)也在里面，一式两份，双方签字；对方签收以后，在“数据交换”里填回执日期。"
        vbox(text, label(note, "muted", wrap=True), row, on=self, margins=(20, 18, 20, 14), spacing=12)

    def show_folder(self) -> None:
        """Show what was written."""
        open_file(self._carried.folder, self._shell)

    def print_paper(self) -> None:
        """Print the paper that both sign."""
        from fupin_desktop.services.documents import computed
        from fupin_desktop.ui.printing.front import print_paper

        bench, handed = self._shell.bench, self._carried.handed
        paper = computed.paper(bench, "handover", (bench, handed))
        print_paper(self._shell, computed.printable("handovers", "", paper))
