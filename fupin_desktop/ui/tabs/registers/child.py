"""The rows of a register that belong to one record, in a dialog: worked with as any register is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QPushButton, QWidget

from fupin_desktop.override import override
from fupin_desktop.services import registers
from fupin_desktop.services.registers import Owner, Register
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.tab import RegisterTab
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, restyle, say

if TYPE_CHECKING:
    from fupin_desktop.services.documents.computed import Computed

_STEPS = {"history.undo": -1}
Key = QKeySequence.StandardKey


class ChildDialog(QDialog):
    """The records of an owner; every edit is written at once and can be taken back here.

    What the register tells of all of them together stands below the rows; its paper of them, where it has one, is
    made by the buttons at the foot.

    Args:
        register: The register.
        owner: Whose records are shown.

    Attributes:
        tab: The rows, with all that a register can do.
        sums: What is told of all rows together.
        papers: Writes and prints the paper; None where the register has none.
        public: Whether the paper is the copy that leaves the office; hidden where there is one copy for all.
        told: What happened last, and why nothing can be changed.
    """

    def __init__(self, shell: Shell, register: Register, owner: Owner) -> None:
        super().__init__(shell.window)
        self.setWindowTitle(register.roll or register.title)
        self.resize(940, 660)
        self._shell, self._register, self._owner = shell, register, owner
        self._done = self._undone = 0
        self.tab = RegisterTab(shell, [register], self, owner=owner)
        self.sums, self.told = label("", "strong", wrap=True), label(owner.fixed, "note", wrap=True)
        self.public = QCheckBox(self)
        self.public.hide()
        self.papers = self._paper_actions()
        self.undo_button = button("撤销", self.undo)
        self.undo_button.setToolTip("Ctrl+Z")
        self._build()
        for keys, act in (
            (Key.Undo, self.undo), (Key.Redo, self.redo), (Key.Find, self.tab.start_search),
            (Key.Print, self.tab.print_paper), (Key.Replace, self.tab.register_actions.replace),
        ):
            QShortcut(QKeySequence(keys), self, act)
        self.undo_button.setVisible(not owner.fixed)
        self.undo_button.setEnabled(False)
        pressed: Iterable[QPushButton] = self.findChildren(QPushButton)
        for one in pressed:
            one.setAutoDefault(False)  # Enter belongs to the cells
        shell.changed.connect(self.changed)
        shell.said.connect(self._say)
        self.finished.connect(self._let_go)
        self.tab.load_if_stale()
        self.tab.take_keyboard()
        self._sum_up()

    def _build(self) -> None:
        vbox(
            label(self._owner.name, "title", wrap=True), (self.tab, 1), self.sums, self.told, self._foot(), on=self,
            margins=(18, 14, 18, 14), spacing=8,
        )  # fmt: skip

    def _foot(self) -> QHBoxLayout:
        papers: tuple[QWidget, ...] = ()
        if self.papers is not None:
            papers = (
                button("名单 PDF…", self.papers.save_pdf), button("名单 xlsx…", self.papers.save_xlsx),
                button("打印名单…", self.papers.print), self.public,
            )  # fmt: skip
        return hbox(*papers, STRETCH, self.undo_button, button("关闭", self.reject))

    # ---- all rows together ----
    def _sum_up(self) -> None:
        bench, register, key = self._shell.bench, self._register, self._owner.key
        found = self._shell.read(lambda: registers.beside(bench, register, key))
        self.sums.setVisible(found is not None)
        if found is not None:
            say(self.sums, found.text)
            self.sums.setProperty("tone", "good" if found.good else "")
            restyle(self.sums)

    def _paper_actions(self) -> PaperActions | None:
        from fupin_desktop.services.documents import registry

        if not self._register.paper:
            return None
        differs = registry.of(self._register.paper).public
        self.public.setText(f"公开的一份({differs})")
        self.public.setToolTip("不打勾就是存档的一份，全部印出来，只留在办公室")
        self.public.setChecked(bool(differs))
        self.public.setVisible(bool(differs))
        return PaperActions(self._shell, self._paper, self._owner.noun, key=lambda: self._owner.key)

    def _paper(self) -> Computed:
        from fupin_desktop.services.documents import computed
        from fupin_desktop.services.documents.rolls import RollSubject

        bench = self._shell.bench
        subject = RollSubject(bench, self._owner.key, self.public.isChecked())
        return computed.paper(bench, self._register.paper, subject)

    # ---- changes ----
    def changed(self, change: Change) -> None:
        """Something changed in the office's data: the rows are read again."""
        step = _STEPS.get(change.operation, 1)
        self._done += step
        self._undone = max(0, self._undone - step) if change.operation.startswith("history.") else 0
        self.undo_button.setEnabled(self._done > 0)
        self.tab.changed(change)
        self._sum_up()

    def _say(self, text: str) -> None:
        say(self.told, text)

    def _let_go(self) -> None:
        """Closed, it hears of nothing any more."""
        self._shell.changed.disconnect(self.changed)
        self._shell.said.disconnect(self._say)

    def undo(self) -> None:
        """Take back the last change made here; nothing that was done before."""
        if self._done > 0:
            self.tab.undo()

    def redo(self) -> None:
        """Do again what was taken back here last."""
        if self._undone > 0:
            self.tab.redo()

    @override
    def reject(self) -> None:
        """Close; texts that wait in their cells are told before they are lost."""
        if self.tab.can_close():
            super().reject()


def open_child(shell: Shell, register: Register, key: str) -> None:
    """Let the clerk work with the records of an owner, given by its key; an owner that is gone is told."""
    owner = shell.read(lambda: registers.owner_of(shell.bench, register, key))
    if owner is not None:
        shell.ask.run(ChildDialog(shell, register, owner))
