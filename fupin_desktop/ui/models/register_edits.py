"""What the clerk types into a register on its way to the data, and what was refused, kept until it is mended."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import registers
from fupin_desktop.services.registers import CellEdit, Outcome, Register
from fupin_desktop.services.registers.blocks import NEW
from fupin_desktop.ui.shell import Shell

UNFINISHED = "这一行还没有写入，把标红的格子填好就会写入。"
UNWRITTEN = "没有写进数据文件，填的内容保留在这里。排除故障后，在这一格按 F2、再按回车，没写进去的各格就一起再写入。"
Cell = tuple[str, str]
AT_ONCE = 500
_NAMED = 3
"""Faulty cells of a block that a message names."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A typed text that could not be taken: shown in its cell, with the sentence, until it is mended or dropped."""

    text: str
    sentence: str
    unwritten: bool = False
    """Whether there is nothing wrong with the text: writing it failed as a whole (a full disk, a stick gone)."""


class CellEdits(QObject):
    """Writes typed cells of one register.

    A cell whose text cannot be taken keeps that text, marked, so that nothing typed is lost; the data keep their
    former value.

    Signals:
        refused_changed: Cells were marked, or their marks taken away.
        writing: Cells are about to be written: what must not move under the clerk's hands is to be held now.
        written: An ``Outcome`` whose cells were taken.

    Attributes:
        register: The register written to.
        fixed: Whether nothing is written.
    """

    refused_changed = Signal()
    writing = Signal()
    written = Signal(object)

    def __init__(
        self, shell: Shell, register: Register, parent: QObject | None = None, *, owner: str = "", fixed: bool = False,
    ) -> None:
        super().__init__(parent)
        self.register, self.fixed = register, fixed
        self._shell, self._owner = shell, owner
        self._refused: dict[Cell, Refused] = {}
        self._typed: dict[str, str] = {}
        self._waiting = False
        self._closed: tuple[object, bool] = None, False

    @property
    def cells(self) -> dict[Cell, Refused]:
        """The refused texts by record key and column key."""
        return self._refused

    @property
    def closed(self) -> bool:
        """Whether the year at work is closed, so that nothing can be typed."""
        bench = self._shell.bench
        now = bench.revision, bench.year
        if self._closed[0] != now:  # every cell that is painted asks
            self._closed = now, bench.closed
        return self._closed[1]

    def refused(self, key: str, column: str) -> Refused | None:
        """What was refused in a cell."""
        return self._refused.get((key, column))

    def unwritten(self, key: str, column: str) -> bool:
        """Whether what was typed into a cell could not be written for the moment, whatever it is."""
        refused = self.refused(key, column)
        return refused is not None and refused.unwritten

    def type(self, key: str, column: str, text: str) -> None:
        """One cell was typed into: take it, or mark it with what is wrong."""
        if key == NEW:
            self._type_new(column, text)
            return
        edit, others = CellEdit(key, column, text), []
        if self.unwritten(key, column):  # what kept it from being written kept the others too
            others = [
                CellEdit(*cell, refused.text)
                for cell, refused in self._refused.items()
                if refused.unwritten and cell != (key, column) and cell[0] != NEW
            ]
        self.put([*others, edit])

    def _type_new(self, column: str, text: str) -> None:
        """A cell of the free row: it becomes a record once it is whole; until then it is kept, marked.

        Behind long work it waits, shown as not yet written; what is typed into it meanwhile is written with it.
        """
        texts = {name: refused.text for (key, name), refused in self._refused.items() if key == NEW} | {column: text}
        self._typed = {name: text for name, text in texts.items() if text.strip()}
        self.drop(self.new)
        if self._typed and self._shell.tasks.busy:
            self._keep_new(self._typed, {})
        if self._typed and not self._waiting:
            self._waiting = True
            self._add()

    def _add(self) -> None:
        bench, register, owner = self._shell.bench, self.register, self._owner
        written: dict[str, str] = {}

        def work() -> Outcome:
            written.update(self._typed)
            return registers.add(bench, register, written, owner)

        self._shell.do(work, lambda outcome: self._added(written, outcome), self._lost)

    def _lost(self) -> None:
        """The free row could not be written for the moment."""
        self._waiting = False
        self._keep_unwritten((NEW, name, text) for name, text in self._typed.items())

    def _keep_unwritten(self, cells: Iterable[tuple[str, str, str]]) -> None:
        """Keep texts in their cells that could not be written for the moment: record key, column key, text."""
        for key, column, text in cells:
            self._refused[key, column] = Refused(text, UNWRITTEN, unwritten=True)
        self.refused_changed.emit()

    def _added(self, texts: dict[str, str], outcome: Outcome) -> None:
        if outcome.change is None:
            faults = {problem.field: problem.sentence for problem in _musts(outcome)}
            self._not_added(self._typed, faults)
        else:
            self._waiting = False
            self.drop([cell for cell in self.new if self._refused[cell].text == texts.get(cell[1])])
            self._tell(outcome)

    def _not_added(self, texts: dict[str, str], faults: dict[str, str]) -> None:
        self._waiting = False
        self._keep_new(texts, faults)

    def _keep_new(self, texts: dict[str, str], faults: dict[str, str]) -> None:
        """The texts of the free row stay, marked with what is wrong or still missing."""
        for name in [*texts, *(name for name in faults if name not in texts)]:
            self._refused[NEW, name] = Refused(texts.get(name, ""), faults.get(name, UNFINISHED))
        self.refused_changed.emit()

    @property
    def new(self) -> list[Cell]:
        """The cells of the free row that hold something."""
        return [cell for cell in self._refused if cell[0] == NEW]

    def put(self, edits: Sequence[CellEdit], title: str = "", kept: str = "") -> None:
        """Write cells as one undoable change; where one cannot be taken, offer to write the others.

        What could not be written for the moment, many cells or few, stays in its cells.

        Args:
            edits: The cells.
            title: For the undo menu.
            kept: Where their texts are still to be had if none is written, to be told then.
        """
        if not edits or self.fixed:
            return
        bench, register = self._shell.bench, self.register
        self.writing.emit()

        def settle(outcome: Outcome) -> None:
            self.settle(edits, outcome, title, kept)

        def lost() -> None:
            self._keep_unwritten((edit.key, edit.column, edit.text) for edit in edits)

        def failed(trouble: BaseException) -> None:
            self._shell.tasks.tell(trouble)
            lost()

        if len(edits) <= AT_ONCE:
            self._shell.do(lambda: registers.set_cells(bench, register, edits, title), settle, lost)
        else:
            self._shell.run(
                f"正在写入 {len(edits):,} 格", lambda _report: registers.set_cells(bench, register, edits, title),
                settle, failed=failed, cancellable=False,
            )

    def settle(self, edits: Sequence[CellEdit], outcome: Outcome, title: str = "", kept: str = "") -> None:
        """Mark what an edit refused, forget the marks of what it took, tell the warnings."""
        faults = {(subject, problem.field): problem for problem in _musts(outcome) for subject in problem.subjects}
        for edit in edits:
            self._refused.pop((edit.key, edit.column), None)
        if not faults:
            self._tell(outcome)
            self.written.emit(outcome)
        elif len(edits) == 1 or self._take_the_rest(edits, faults, title, kept):
            for edit in edits:
                if (edit.key, edit.column) in faults:
                    sentence = faults[edit.key, edit.column].sentence
                    self._refused[edit.key, edit.column] = Refused(edit.text, sentence)
        self.refused_changed.emit()

    def _take_the_rest(
        self, edits: Sequence[CellEdit], faults: dict[Cell, Problem], title: str, kept: str,
    ) -> bool:
        """Ask whether to write the good cells; the others stay marked. False leaves all as it was."""
        good = [edit for edit in edits if (edit.key, edit.column) not in faults]
        text = f"{len(edits):,} 格中有 {len(faults):,} 格不能写入：\n{self._some(edits, faults)}"
        if not good:
            self._shell.ask.message(self._shell.window, "不能写入", f"{text}\n\n表格没有变动。{kept}")
            return False
        ask = f"{text}\n\n要写入其余 {len(good):,} 格吗？有问题的格子会标红，内容保留着，改正即可。"
        ask += f"取消的话，表格没有变动。{kept}" if kept else ""
        yes = f"写入其余 {len(good):,} 格"
        if not self._shell.ask.question(self._shell.window, "有内容不能写入", ask, yes=yes):
            return False
        self.put(good, title, kept)
        return True

    @staticmethod
    def _some(edits: Sequence[CellEdit], faults: dict[Cell, Problem]) -> str:
        """The first faulty cells of a block: row from its top, and what is wrong, which names the column."""
        rows = {key: row for row, key in enumerate(dict.fromkeys(edit.key for edit in edits), start=1)}
        found = [(rows[edit.key], faults.get((edit.key, edit.column))) for edit in edits]
        named = [f"第 {row} 行：{problem.sentence}" for row, problem in found if problem is not None]
        more = [f"……共 {len(named):,} 格"] if len(named) > _NAMED else []
        return "\n".join([*named[:_NAMED], *more]) or next(iter(faults.values())).sentence

    def drop(self, cells: Iterable[Cell] | None = None) -> None:
        """Forget refused texts; the cells show their former values again. None forgets all."""
        for cell in list(self._refused) if cells is None else cells:
            self._refused.pop(cell, None)
        self.refused_changed.emit()

    def _tell(self, outcome: Outcome) -> None:
        warnings = [problem.sentence for problem in outcome.problems if problem.severity is Severity.WARNING]
        if warnings:
            more = f" 等 {len(warnings)} 条提醒" if len(warnings) > 1 else ""
            self._shell.said.emit(f"已保存。请注意：{warnings[0]}{more}")


def _musts(outcome: Outcome) -> list[Problem]:
    return [problem for problem in outcome.problems if problem.severity is Severity.MUST]
