"""验收: a village's items listed for the field, measured, spot-checked, written into the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QGridLayout,
    QLineEdit,
    QTableView,
    QWidget,
)

from fupin_desktop.domain.payments import AcceptanceState
from fupin_desktop.domain.reading.raw import plain
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services import acceptance, villages
from fupin_desktop.services.acceptance import Acceptance, AcceptanceLine, Measured, MeasureRow
from fupin_desktop.services.document_types.acceptance_list import AcceptanceSubject
from fupin_desktop.services.documents import computed
from fupin_desktop.ui import fonts
from fupin_desktop.ui.ask import SHEETS
from fupin_desktop.ui.paper_actions import PaperActions
from fupin_desktop.ui.payments.measure_rows import Cells, MeasureRows
from fupin_desktop.ui.payments.paper_button import paper_button
from fupin_desktop.ui.payments.table import row_height, show_rows
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.badge import Badge
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.column_heads import align_heads
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.panes import panes
from fupin_desktop.ui.widgets.problem_list import ProblemList
from fupin_desktop.ui.widgets.selection_sums import sums_label

PHOTOS = "照片和材料 (*.jpg *.jpeg *.png *.pdf)"
_WIDTHS = (5, 11, 10, 13, 6, 10, 10, 10, 9, 6, 10, 20, 8)
_NONE = "还没有验收名单。选一个村，点“列出名单”。"
Trigger = QAbstractItemView.EditTrigger


class AcceptanceDialog(QDialog):
    """The acceptances of the year, one in front.

    Args:
        key: The acceptance that is asked for; empty shows the newest.
    """

    def __init__(self, shell: Shell, key: str = "") -> None:
        super().__init__(shell.window)
        self.setWindowTitle("验收")
        self.resize(1140, 680)
        self._shell = shell
        self._lines: list[AcceptanceLine] = []
        self.found: Acceptance | None = None
        self.village, self.list, self.badge = QComboBox(), QComboBox(), Badge("")
        self.members, self.spot_by = QLineEdit(), QLineEdit()
        self.dated, self.spot_on = DayField(shell.bench.year), DayField(shell.bench.year)
        self.table, self.problems = QTableView(), ProblemList(words=shell.clause_words)
        CellKeys(self.table, typed=True)
        self.empty = label(_NONE, "muted", wrap=True)
        self.figures = label("", "muted", wrap=True)
        self.write = button("写入验收数量", self.write_back, "primary", tip="写进农户台账，可以整个撤销")
        self.drop = button("删除名单", self.remove, "danger")
        self.list_new = button("列出名单", self.list_village)
        self.read = button("读回验收表…", self.read_back, tip="读回导出后填好的 xlsx 验收表")
        self.draw = button("抽取抽查", self.pick_spot, tip="随机抽取不少于规定比例的项目，由镇里复测")
        self.photo = button("添加照片…", self.attach, tip="选定一行的，照片记在这一行；没有选定的，记在整次验收")
        self.out = button("移出", self.leave_out, tip="选定的项目这次不验收")
        self.blank_papers = PaperActions(shell, lambda: self._paper(blank=True), "acceptances", key=lambda: self.key)
        self.papers = PaperActions(shell, lambda: self._paper(blank=False), "acceptances", key=lambda: self.key)
        self._fill_villages()
        self._build()
        self._connect()
        self.reload(key)

    # ---- building ----
    def _build(self) -> None:
        head = hbox(label("村"), self.village, self.list_new, 18, label("验收名单"), (self.list, 1), self.badge)
        tools = hbox(
            paper_button("空白验收表", self.blank_papers), self.read, self.draw, self.photo, self.out,
            paper_button("验收表", self.papers), (sums_label(self.table), 1),
        )  # fmt: skip
        foot = hbox(self.drop, STRETCH, button("关闭", self.reject), self.write)
        self.split = panes(self.table, self.problems, below=True, shares=(3, 1))
        vbox(
            head, self._facts(), self.figures, tools, self.empty, (self.split, 1), foot, on=self,
            margins=(16, 14, 16, 12), spacing=9,
        )  # fmt: skip

    def _facts(self) -> QWidget:
        self.facts = QWidget()
        grid = QGridLayout(self.facts)
        grid.setContentsMargins(0, 0, 0, 0)
        captions = ("验收日期", "验收组", "抽查日期", "抽查人")
        fields = (self.dated, self.members, self.spot_on, self.spot_by)
        for place, (caption, field) in enumerate(zip(captions, fields, strict=True)):
            field.setAccessibleName(caption)
            grid.addWidget(label(caption), 0, 2 * place)
            grid.addWidget(field, 0, 2 * place + 1)
            grid.setColumnStretch(2 * place + 1, 2 if isinstance(field, DayField) else 3)
        return self.facts

    def _fill_villages(self) -> None:
        for one in self._shell.read(lambda: villages.all(self._shell.bench)) or ():
            fonts.ensure(one.name)
            self.village.addItem(one.name, one.key)
        self.village.setAccessibleName("村")
        self.list.setAccessibleName("验收名单")

    def _connect(self) -> None:
        table = self.table
        table.setProperty("boxed", "true")
        align_heads(table)
        table.setAccessibleName("验收名单")
        table.setAlternatingRowColors(True)
        table.setEditTriggers(Trigger.AnyKeyPressed | Trigger.DoubleClicked | Trigger.EditKeyPressed)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(row_height())
        self.list.activated.connect(lambda place: self.show_line(self._lines[place].key))
        self.problems.reason_asked.connect(self.give_reason)
        self.problems.subjects_asked.connect(self.show_subjects)
        self.problems.clause_asked.connect(self._shell.clause_wanted)
        for field, name in ((self.members, "members"), (self.spot_by, "spot_by")):
            field.editingFinished.connect(lambda field=field, name=name: self._keep(name, field.text()))
        for day, name in ((self.dated, "dated"), (self.spot_on, "spot_on")):
            day.settled.connect(lambda day=day, name=name: self._keep_day(name, day))

    # ---- what is shown ----
    @property
    def key(self) -> str:
        """The acceptance in front; empty for none."""
        return self.found.line.key if self.found is not None else ""

    def reload(self, key: str = "") -> None:
        """Read the list again and show one of them."""
        bench = self._shell.bench
        self._lines = self._shell.read(lambda: acceptance.batches(bench, bench.year)) or []
        self.list.clear()
        for one in self._lines:
            day = f"{one.dated:%Y-%m-%d}" if one.dated else "未填日期"
            self.list.addItem(f"{one.place}　{day}　{one.households} 户 {one.rows} 项　{one.state.label}")
        keys = [one.key for one in self._lines]
        wanted = key or self.key
        place = keys.index(wanted) if wanted in keys else (0 if keys else -1)
        self.list.setCurrentIndex(place)
        self.show_line(keys[place] if place >= 0 else "")

    def show_line(self, key: str) -> None:
        """Show one acceptance as it is now."""
        bench, shown = self._shell.bench, self.key
        self.found = self._shell.read(lambda: acceptance.load(bench, key)) if key else None
        found = self.found
        if found is not None and key != shown:
            self.village.setCurrentIndex(self.village.findData(found.line.village_key))
        is_open = found is not None and found.line.state is AcceptanceState.OPEN
        self.empty.setVisible(found is None)
        for piece in (self.facts, self.figures, self.split, self.badge):
            piece.setVisible(found is not None)
        for piece in (self.write, self.drop, self.read, self.draw, self.out):
            piece.setEnabled(is_open)
        self.photo.setEnabled(found is not None)
        for piece in (self.members, self.spot_by, self.dated, self.spot_on):
            piece.setEnabled(is_open)
        if found is not None:
            self._show(found, is_open=is_open)

    def _show(self, found: Acceptance, *, is_open: bool) -> None:
        line = found.line
        self.badge.set_text(line.state.label, "principle" if is_open else "good")
        self.members.setText(line.members)
        self.spot_by.setText(found.spot_by)
        self.dated.put(line.dated)
        self.spot_on.put(found.spot_on)
        photos = len(found.files) + sum(len(one.files) for one in found.rows)
        say(self.figures, f"{line.households} 户 {line.rows} 项，已实测 {line.measured} 项，抽查 {line.spot} 项"
                          f"(不少于 {found.spot_least} 项)，照片 {photos} 张")  # fmt: skip
        self._show_rows(found, is_open=is_open)
        self.problems.set_problems(found.problems, "可以写入台账" if is_open else "已写入台账")
        self.problems.setVisible(is_open)

    def _show_rows(self, found: Acceptance, *, is_open: bool) -> None:
        """The same items in the table that is there, since a new one would take the keyboard from a cell just typed."""
        model = self.table.model()
        if is_open and isinstance(model, MeasureRows) and model.renew(found.rows):
            return
        at = self.table.currentIndex()
        row, column = at.row(), at.column()
        made = MeasureRows(found.rows, self._measure, fixed=not is_open, parent=self.table)
        show_rows(self.table, made, _WIDTHS)
        self.table.setCurrentIndex(made.index(row, column))

    # ---- what is typed ----
    def _measure(self, cells: Cells) -> None:
        key, bench = self.key, self._shell.bench
        self._shell.do(lambda: acceptance.measure(bench, key, cells), lambda made: self._measured(key, made))

    def _measured(self, key: str, made: Measured) -> None:
        if made.change is None:
            told = "\n".join(dict.fromkeys(fault.text for fault in made.faults.values()))
            self._shell.ask.message(self, "验收", f"没有保存：\n{told}")
        else:
            self._show_again(key)

    def _keep_day(self, name: str, day: DayField) -> None:
        """Keep a date; what is none stays typed and marked."""
        if not day.fault:
            self._keep(name, day.day)

    def _keep(self, name: str, value: object) -> None:
        found = self.found
        if found is None or found.line.state is not AcceptanceState.OPEN:
            return
        before = getattr(found.line, name, getattr(found, name, None))
        if value != before:
            self._set_facts(**{name: value})

    def _set_facts(self, **facts: Any) -> None:
        """Keep what was typed; what is refused gives way to what is kept."""
        key, bench = self.key, self._shell.bench
        again = partial(self._show_again, key)
        self._shell.do(lambda: acceptance.set_facts(bench, key, **facts), lambda _change: again(), again)

    def _show_again(self, key: str) -> None:
        """Show an acceptance as it is now, where it is still the one in front."""
        if key == self.key:
            self.show_line(key)

    def give_reason(self, problem: Problem) -> None:
        """Why there are fewer spot checks."""
        text = self._shell.ask.text(self, "抽查说明", problem.sentence, problem.reason, long=True)
        if text is not None:
            self._set_facts(spot_reason=text)

    def show_subjects(self, problem: Problem) -> None:
        """Go to the row of a finding."""
        rows = self.found.rows if self.found is not None else ()
        for place, row in enumerate(rows):
            if row.key in problem.subjects:
                self.table.setCurrentIndex(self.table.model().index(place, 6))
                self.table.setFocus()

    # ---- what is done ----
    def list_village(self) -> None:
        """列出名单 of the village chosen."""
        bench, village = self._shell.bench, self.village.currentData()
        self._shell.do(
            lambda: acceptance.create(bench, village, bench.today), lambda change: self.reload(change.keys[0])
        )

    def read_back(self) -> None:
        """读回验收表: looked at, then kept as one change."""
        path = self._shell.ask.open_file(self, "读回验收表", SHEETS)
        bench, key = self._shell.bench, self.key
        read = self._shell.read(lambda: acceptance.read_list(bench, key, path)) if path is not None else None
        if read is None:
            return
        told = f"认出 {read.rows} 项。" + ("\n" + "\n".join(read.faults[:8]) if read.faults else "")
        asked = f"{told}\n\n写进这份名单？没有填的格子不动。"
        if read.rows and self._shell.ask.question(self, "读回验收表", asked, yes="写进名单"):
            self._measure({row: {name: plain(value) for name, value in one.items()} for row, one in read.cells.items()})
        elif not read.rows:
            self._shell.ask.message(self, "读回验收表", f"{told}\n表里没有填好的实测数量。")

    def pick_spot(self) -> None:
        """抽取抽查."""
        self._after(partial(acceptance.pick_spot, self._shell.bench, self.key))

    def _chosen(self) -> Sequence[MeasureRow]:
        rows = self.found.rows if self.found is not None else ()
        return [rows[place] for place in sorted({index.row() for index in self.table.selectedIndexes()})]

    def attach(self) -> None:
        """添加照片 to the row chosen, else to the whole."""
        path = self._shell.ask.open_file(self, "添加照片", PHOTOS)
        rows = self._chosen()
        row_key = rows[0].key if len(rows) == 1 else ""
        if path is not None:
            bench, key = self._shell.bench, self.key
            self._after(partial(acceptance.attach, bench, key, [path], row_key))

    def leave_out(self) -> None:
        """移出 the rows chosen."""
        keys = [row.key for row in self._chosen()]
        if not keys:
            self._shell.ask.message(self, "验收", "请先在名单上选定要移出的项目。")
            return
        self._after(partial(acceptance.leave_out, self._shell.bench, self.key, keys))

    def write_back(self) -> None:
        """写入验收数量."""
        self._after(partial(acceptance.write, self._shell.bench, self.key))

    def remove(self) -> None:
        """删除名单."""
        asked = "删除这份验收名单？填好的实测数量一起删除；可以撤销。"
        if self._shell.ask.question(self, "删除验收名单", asked, yes="删除", danger=True):
            self._after(partial(acceptance.remove, self._shell.bench, self.key))

    def _after(self, work: Callable[[], object]) -> None:
        """Do it, then show it."""
        key = self.key
        self._shell.do(work, lambda _change: self.reload(key))

    def _paper(self, *, blank: bool) -> computed.Computed | None:
        if self.found is None:
            return None
        bench = self._shell.bench
        return computed.paper(bench, "acceptance_list", AcceptanceSubject(bench, self.key, blank))
