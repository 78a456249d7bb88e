"""发放: what can be paid, the batches of the year, and the one in front."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QWidget,
)

from fupin_desktop.domain.money import format_money, from_fen
from fupin_desktop.services import payments
from fupin_desktop.services.payments import BatchLine, Payable
from fupin_desktop.ui import fonts
from fupin_desktop.ui.payments.batch import BatchPane
from fupin_desktop.ui.payments.steps import NewBatchDialog
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.panes import panes
from fupin_desktop.ui.widgets.tips import as_tip
from fupin_desktop.ui.widgets.wrapping import wrap_items

_NONE_OF_IT = "这份名单还没有发放批次。"
_NONE = "还没有发放批次。奖补公示期满、没有异议并备案以后，在左边选定名单，点“编制一批”。"


class PaymentsDialog(QDialog):
    """The lists at the left, the batch at the right.

    Args:
        object_key: The scheme that is asked for; its list or newest batch is shown first.
        batch_key: The batch that is asked for.
        household_key: The household that is asked about; it is chosen in the batch, and has the keyboard.
    """

    def __init__(self, shell: Shell, object_key: str = "", batch_key: str = "", household_key: str = "") -> None:
        super().__init__(shell.window)
        self.setWindowTitle("发放")
        self.resize(1180, 680)
        self._shell = shell
        self._payables: list[Payable] = []
        self._batches: list[BatchLine] = []
        self.lists, self.batches = QListWidget(), QListWidget()
        for found in (self.lists, self.batches):
            found.setProperty("boxed", "true")
        self.lists.setAccessibleName("可以发放的名单")
        self.batches.setAccessibleName("发放批次")
        for one in (self.lists, self.batches):
            wrap_items(one)
        self.make, self.told = button("编制一批…", self.make_batch, "primary"), label("", "note", wrap=True)
        self.pane, self.empty = BatchPane(shell), label(_NONE, "muted", wrap=True)
        self._build()
        self.pane.finder.take_shortcut(self)
        self.lists.currentRowChanged.connect(lambda _row: self._list_chosen())
        self.batches.currentRowChanged.connect(lambda _row: self._batch_chosen())
        self.pane.changed.connect(self.reload)
        self._first(object_key, batch_key)
        if household_key:
            self.pane.choose(household_key)

    def _build(self) -> None:
        left = QWidget()
        vbox(
            label("可以发放的名单", "strong"), (self.lists, 2), self.told, self.make, label("发放批次", "strong"),
            (self.batches, 3), on=left, margins=(0, 0, 8, 0), spacing=8,
        )  # fmt: skip
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.pane)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        split = panes(left, self.stack, sizes=(340, 820))
        foot = hbox(STRETCH, button("关闭", self.reject))
        vbox((split, 1), foot, on=self, margins=(16, 14, 16, 12), spacing=10)

    def _first(self, object_key: str, batch_key: str) -> None:
        self.reload(batch_key)
        if object_key:
            place = _place([one.object_key for one in self._payables], object_key)
            if place >= 0:
                self.lists.setCurrentRow(place)
            else:  # of a list that is replaced, its batches are still there
                self.batches.setCurrentRow(_place([one.object_key for one in self._batches], object_key))

    def reload(self, key: str = "") -> None:
        """Read the lists again and show a batch; empty shows the one in front, else the newest of the list chosen."""
        bench, kept = self._shell.bench, key or (self.pane.key if self.stack.currentIndex() else "")
        list_key = self.payable.source_key if self.payable is not None else ""
        self._payables = self._shell.read(lambda: payments.payables(bench, bench.year)) or []
        self._batches = self._shell.read(lambda: payments.batches(bench, bench.year)) or []
        _fill(self.lists, [_list_words(one) for one in self._payables])
        _fill(self.batches, [_batch_words(one) for one in self._batches])
        batch = _place([one.key for one in self._batches], kept)
        chosen = _place([one.source_key for one in self._payables], list_key)
        with quiet(self.lists, self.batches):  # the batch is read once, below
            self.lists.setCurrentRow(max(chosen, 0))
            self.batches.setCurrentRow(batch if batch >= 0 or chosen >= 0 or not self._batches else 0)
        if self.batches.currentRow() >= 0:
            self._batch_chosen()
        else:
            self._list_chosen()

    def _list_chosen(self) -> None:
        """Its newest batch is shown; a list without one says so."""
        wanted = self.payable.object_key if self.payable is not None else ""
        with quiet(self.batches):
            self.batches.setCurrentRow(_place([line.object_key for line in self._batches], wanted))
        self._tell()
        self._show()

    def _batch_chosen(self) -> None:
        """The list it pays is marked above; none where another one took its place."""
        place = self.batches.currentRow()
        line = self._batches[place] if place >= 0 else None
        with quiet(self.lists):
            wanted = line.object_key if line is not None else ""
            self.lists.setCurrentRow(_place([one.object_key for one in self._payables], wanted))
        self._tell()
        self._show()

    @property
    def payable(self) -> Payable | None:
        """The list chosen."""
        place = self.lists.currentRow()
        return self._payables[place] if 0 <= place < len(self._payables) else None

    def _tell(self) -> None:
        one = self.payable
        self.make.setEnabled(one is not None and not one.gate and one.left_fen != 0)
        if one is None:
            say(self.told, "在名单里选一项，可以编制一批。" if self._payables else "本年度还没有测算。")
        elif one.gate:
            say(self.told, f"{one.gate}。")
        else:
            left = f"还有 {format_money(from_fen(one.left_fen))} 元没有列入批次。"
            say(self.told, left if one.left_fen else "已全部列入发放批次。")

    def _show(self) -> None:
        place = self.batches.currentRow()
        is_one = 0 <= place < len(self._batches)
        say(self.empty, _NONE_OF_IT if self._batches else _NONE)
        self.stack.setCurrentIndex(1 if is_one else 0)
        if is_one:
            self.pane.show_batch(self._batches[place].key)

    def make_batch(self) -> None:
        """编制一批 of the list chosen."""
        one = self.payable
        if one is None or not self._shell.may_change():
            return
        dialog = NewBatchDialog(self._shell, one)
        if self._shell.ask.run(dialog):
            self.reload(dialog.made)


def _fill(target: QListWidget, lines: Sequence[tuple[str, str]]) -> None:
    blocked = target.blockSignals(True)
    target.clear()
    for first, second in lines:
        fonts.ensure(first + second)
        item = QListWidgetItem(f"{first}\n{second}")
        item.setToolTip(as_tip(f"{first}\n{second}"))
        target.addItem(item)
    target.blockSignals(blocked)


def _place(keys: Sequence[str], wanted: str) -> int:
    return keys.index(wanted) if wanted in keys else -1


def _list_words(one: Payable) -> tuple[str, str]:
    left = f"未列 {format_money(from_fen(one.left_fen))} 元" if one.left_fen else "已列完"
    state = "还不能发放" if one.gate else left
    return one.title, f"{one.households} 户 {format_money(from_fen(one.fen))} 元 · {state}"


def _batch_words(one: BatchLine) -> tuple[str, str]:
    return one.name, f"{one.state.label} · {one.households} 户 {format_money(one.amount)} 元"
