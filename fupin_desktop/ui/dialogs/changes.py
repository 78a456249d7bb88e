"""改动记录: every operation of the data file, found by filters, with what it changed; taken back and done again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QSplitter,
    QTableView,
    QWidget,
)

from fupin_desktop.services import change_log
from fupin_desktop.services.change_log import Detail, Logged, Wanted
from fupin_desktop.ui.importing.models import ListModel
from fupin_desktop.ui.models.changes import WIDTHS, ChangesModel
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.plain_table import only_look, set_widths
from fupin_desktop.ui.widgets.search_field import make_search

_TITLE = "改动记录"
_PARTS = ("资料", "记录", "动作", "项目", "改动前", "改动后")
_PART_WIDTHS = (100, 170, 52, 120, 220, 220)
_TYPING_MS = 350
_SHOWN = 1000


class ChangesDialog(QDialog):
    """The list above, what one operation changed below.

    Args:
        wanted: What is looked for at first; a record's own list stays with the record.
        about: Name of that record; empty for none.
    """

    def __init__(self, shell: Shell, wanted: Wanted | None = None, about: str = "") -> None:
        super().__init__(shell.window)
        self.setWindowTitle(f"{_TITLE}：{about}" if about else _TITLE)
        self.resize(1160, 680)
        self._shell, self._first = shell, wanted or Wanted()
        self._asked = 0
        year = shell.today.year
        self.who, self.table = QComboBox(), QComboBox()
        self.who.setAccessibleName("操作人")
        self.table.setAccessibleName("资料")
        self.first, self.last = DayField(year, "从", short=True), DayField(year, "到", short=True)
        self.text, self.within = QLineEdit(self._first.text), QCheckBox("连改动内容一起找")
        self.model = ChangesModel(lambda numbers: shell.read(lambda: change_log.rows(shell.bench, numbers)) or (), self)
        self.list, self.parts = _table(), _table()
        self.list.setAccessibleName("改动")
        self.parts.setAccessibleName("改了什么")
        self.count, self.about = label("", "muted"), label("", "muted", wrap=True)
        self.undo = button("撤销这一步…", self.take_back)
        self.redo = button("重做这一步…", self.do_again)
        self.export = button("导出 xlsx…", self.save)
        self._timer = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._build()
        self._connect()
        self._fill_choices()
        self.search()

    def _build(self) -> None:
        make_search(self.text, "查找操作、操作人，或文件页脚的校验码", "查找操作")
        self.list.setModel(self.model)
        set_widths(self.list, WIDTHS)
        named = (("操作人", self.who), ("资料", self.table), ("日期", self.first), ("—", self.last))
        filters = hbox(*(piece for name, field in named for piece in (label(name, "muted"), field)), STRETCH)
        searching = hbox((self.text, 1), self.within, self.count)
        bottom = hbox(self.undo, self.redo, self.export, STRETCH, button("关闭", self.reject))
        lower, split = QWidget(), QSplitter(Qt.Orientation.Vertical)
        vbox(self.about, (self.parts, 1), on=lower, margins=(0, 6, 0, 0))
        split.addWidget(self.list)
        split.addWidget(lower)
        split.setSizes([360, 240])
        split.setChildrenCollapsible(False)
        vbox(filters, searching, (split, 1), bottom, on=self, margins=(16, 14, 16, 12), spacing=8)

    def _connect(self) -> None:
        self.who.currentIndexChanged.connect(self.search)
        self.table.currentIndexChanged.connect(self.search)
        self.first.day_changed.connect(self.search)
        self.last.day_changed.connect(self.search)
        self.within.toggled.connect(self.search)
        self.text.textEdited.connect(lambda _text: self._timer.start())
        self.text.returnPressed.connect(self.search)
        self._timer.timeout.connect(self.search)
        self.list.selectionModel().currentRowChanged.connect(lambda _now, _before: self.show_one())

    def _fill_choices(self) -> None:
        """What can be chosen is read beside: in a large log it takes a moment."""
        bench = self._shell.bench
        for box in (self.who, self.table):
            with QSignalBlocker(box):
                box.addItem("全部", "")
        self._shell.read_aside(
            lambda: (change_log.people(bench), change_log.table_choices(bench)), lambda found: self._offer(*found)
        )

    def _offer(self, people: Sequence[str], tables: Sequence[tuple[str, str]]) -> None:
        for name in people:
            self.who.addItem(name, name)
        for table, name in tables:
            self.table.addItem(name, table)

    # ---- the list ----
    def wanted(self) -> Wanted:
        """What is looked for now."""
        return Wanted(
            who=self.who.currentData() or "", first=self.first.day, last=self.last.day,
            table=self.table.currentData() or "", key=self._first.key, more=self._first.more,
            text=self.text.text().strip(), within=self.within.isChecked(),
        )

    def search(self) -> None:
        """Find the operations beside the clerk's work; only the last question counts."""
        self._timer.stop()
        self._asked += 1
        bench, wanted, asked = self._shell.bench, self.wanted(), self._asked
        say(self.count, "正在查找…")
        self._shell.read_aside(lambda: change_log.find(bench, wanted), lambda numbers: self._found(numbers, asked))

    def _found(self, numbers: Sequence[int], asked: int) -> None:
        if asked == self._asked:
            self.show_found(numbers)

    def show_found(self, numbers: Sequence[int]) -> None:
        """Show the operations of some numbers, the first of them chosen."""
        self.model.show_numbers(numbers)
        say(self.count, f"共 {len(numbers):,} 项")
        self.export.setEnabled(bool(numbers))
        before = self.list.currentIndex().row()
        if numbers:
            self.list.selectRow(0)
        if not numbers or before == 0:  # else the choice has shown it: what an import changed takes a moment to read
            self.show_one()

    @property
    def chosen(self) -> Logged | None:
        """The operation chosen."""
        place = self.list.currentIndex().row()
        return self.model.at(place) if 0 <= place < len(self.model.numbers) else None

    def show_one(self) -> None:
        """What the chosen operation changed."""
        one, bench = self.chosen, self._shell.bench
        found: Sequence[Detail] = ()
        if one is not None:
            key = one.key
            found = self._shell.read(lambda: change_log.details(bench, key, _SHOWN)) or ()
        self.undo.setVisible(one is None or not one.undone)
        self.undo.setEnabled(one is not None and one.can_undo)
        self.redo.setVisible(one is not None and one.undone)
        lines = [(part.table, part.record, part.action, part.label, part.before, part.after) for part in found]
        self.parts.setModel(ListModel(_PARTS, lines))
        set_widths(self.parts, _PART_WIDTHS)
        say(self.about, _told(one, len(found)))

    # ---- acts ----
    def take_back(self) -> None:
        """撤销这一步."""
        from fupin_desktop.services import history

        one, bench = self.chosen, self._shell.bench
        if one is not None and self._agreed("撤销", one):
            key = one.key
            self._shell.run(
                "正在撤销", lambda report: history.undo_one(bench, key, report), lambda _change: self.search()
            )

    def do_again(self) -> None:
        """重做这一步."""
        from fupin_desktop.services import history

        one, bench = self.chosen, self._shell.bench
        if one is not None and self._agreed("重做", one):
            key = one.key
            self._shell.run(
                "正在重做", lambda report: history.redo_one(bench, key, report), lambda _change: self.search()
            )

    def _agreed(self, word: str, one: Logged) -> bool:
        named = f"第 {one.number} 号操作“{one.title}”({one.who} {one.at:%Y-%m-%d %H:%M})"
        text = f"{word}{named}？\n这也会记为一项新的操作。"
        return self._shell.ask.question(self, word, text, yes=word)

    def save(self) -> None:
        """The operations found with what they changed, as a workbook."""
        from fupin_desktop.ui.ask import XLSX
        from fupin_desktop.ui.papers import save_long

        bench, numbers = self._shell.bench, self.model.numbers
        save_long(
            self._shell, "导出改动记录", f"{_TITLE}.xlsx", XLSX,
            lambda path, report: change_log.write_changes(bench, numbers, path, report),
        )


def _told(one: Logged | None, lines: int) -> str:
    if one is None:
        return "没有这样的操作。"
    state = f"。{one.state}" if one.state else ""
    if not one.can_undo and not one.undone and not one.state:
        state = "。这一项不能单独撤销"
    more = f"。只列出前 {_SHOWN:,} 行，全部内容请导出" if lines >= _SHOWN else ""
    return f"第 {one.number} 号　{one.title}　{one.who} {one.at:%Y-%m-%d %H:%M:%S}{state}{more}"


def _table() -> QTableView:
    made = QTableView()
    only_look(made)
    made.setWordWrap(False)
    made.horizontalHeader().setStretchLastSection(True)
    return made


def show_changes(shell: Shell, wanted: Wanted | None = None, about: str = "") -> None:
    """Show the list until the clerk closes it."""
    shell.ask.run(ChangesDialog(shell, wanted, about))
