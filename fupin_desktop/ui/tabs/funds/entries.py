"""The entries of the ledger: what narrows them, the table, their sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QWidget,
)

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import EntryKind, TargetKind
from fupin_desktop.override import override
from fupin_desktop.services.finding import find_text
from fupin_desktop.services.funds import EntryLine, FundTarget, LedgerFilter, Opening
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.models.fund_entries import COLUMNS, PLACES, SOURCE, WORDS, EntriesModel, Index, sums
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.funds.state import LedgerState
from fupin_desktop.ui.tabs.registers.bar import FindField
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.cell_keys import CellKeys
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import link, say

Mark = tuple[TargetKind, str]
_PAD = 20
_LEAST_WORDS = 140


class EntriesBar(QWidget):
    """Narrows the entries.

    Signals:
        narrowed: Another choice.
        left: The keyboard goes to the table.
    """

    narrowed = Signal()
    left = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder, self.kinds, self.targets = FindField(), QComboBox(), QComboBox()
        self.since, self.until = DayField(year, "自", short=True), DayField(year, "至", short=True)
        self.all = link("显示全部", self.clear)
        self.finder.setPlaceholderText("对象、收款人、凭证号、备注（可用拼音首字母）")
        self.finder.setAccessibleName("查找资金记录")
        self.finder.setMinimumWidth(120)
        self.finder.setMaximumWidth(10_000)
        self.kinds.addItem("全部事项", None)
        for kind in EntryKind:
            self.kinds.addItem(kind.label, kind.value)
        self._marks: list[Mark | None] = [None]
        self._targets: tuple[FundTarget, ...] = ()
        self.offer_targets(())
        for box, name in ((self.kinds, "事项"), (self.targets, "对象")):
            box.setAccessibleName(name)
            box.activated.connect(lambda _place: self._tell())
        self.targets.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.targets.setMinimumContentsLength(9)
        row = hbox(on=self, margins=(10, 8, 12, 8), spacing=8)
        for field, name in ((self.since, "起始日期"), (self.until, "截止日期")):
            field.setAccessibleName(name)
            field.day_changed.connect(self._tell)
        for piece in (self.finder, self.kinds, self.targets, self.since, self.until, self.all):
            row.addWidget(piece)
        row.setStretch(0, 1)
        self.all.hide()
        self.finder.asked.connect(lambda _text: self._tell())
        self.finder.left.connect(self.left)

    def offer_targets(self, targets: Sequence[FundTarget]) -> None:
        """Offer what money went to."""
        shown = tuple(targets)
        if shown == self._targets and self.targets.count():
            return
        kept, self._targets = self.mark, shown
        self._marks = [None, *((kind, "") for kind in TargetKind), *(target.mark for target in shown)]
        with quiet(self.targets):
            self.targets.clear()
            self.targets.addItem("全部对象")
            self.targets.addItems([f"所有{kind.label}" for kind in TargetKind])
            for target in shown:
                fonts.ensure(target.name)
                self.targets.addItem(f"{target.kind.label} {target.name}")
            self.targets.setCurrentIndex(self._marks.index(kept) if kept in self._marks else 0)

    @property
    def kind(self) -> EntryKind | None:
        """The kind of entry chosen; None for all."""
        value = self.kinds.currentData()
        return EntryKind(value) if value else None

    @property
    def mark(self) -> Mark | None:
        """The target chosen: its kind and key, the key empty for all of a kind; None for all."""
        return self._marks[max(self.targets.currentIndex(), 0)]

    def filter(self, year: int, source: str, on: date | None) -> LedgerFilter:
        """What is chosen, of a source, up to a day; words and target are looked at by ``fitting``."""
        mark = self.mark
        days = [day for day in (self.until.day, on) if day]
        return LedgerFilter(
            year, source, self.kind, mark[0] if mark else None, since=self.since.day, until=min(days, default=None),
        )

    def fitting(self, lines: Sequence[EntryLine]) -> list[EntryLine]:
        """The lines of the target chosen in which all words are found; letters find by pinyin initials."""
        mark, asked = self.mark, self.finder.text().split()
        return [
            line for line in lines
            if (not mark or not mark[1] or (line.target is not None and line.target.mark == mark))
            and all(find_text(word, _searched(line)) for word in asked)
        ]

    @property
    def narrow(self) -> bool:
        """Whether anything is left out."""
        chosen = self.kind or self.mark or self.finder.text().strip()
        return bool(chosen or self.since.day or self.until.day)

    def want(self, *, kind: EntryKind | None = None, mark: Mark | None = None) -> None:
        """Narrow to a kind and a target, everything else wide open."""
        self._reset()
        with quiet(self.kinds, self.targets):
            self.kinds.setCurrentIndex(list(EntryKind).index(kind) + 1 if kind else 0)
            self.targets.setCurrentIndex(self._marks.index(mark) if mark in self._marks else 0)
        self._tell()

    def clear(self) -> None:
        """Show all entries."""
        self._reset()
        self._tell()

    def _reset(self) -> None:
        with quiet(self.kinds, self.targets):
            self.kinds.setCurrentIndex(0)
            self.targets.setCurrentIndex(0)
        self.finder.put("")
        self.since.put(None)
        self.until.put(None)

    def _tell(self) -> None:
        self.all.setVisible(self.narrow)
        self.narrowed.emit()


def _searched(line: EntryLine) -> tuple[str, ...]:
    target = line.target.name if line.target else ""
    return (line.source, line.document_no, target, line.payee, line.paper_no, line.note, line.who)


class EntriesTable(QTableView):
    """The table.

    Signals:
        cell_opened: Entry, or what is carried over, and column key of the cell that was double-clicked, or on which
            Enter was pressed.
        menu_asked: Where, on the screen, the menu of the chosen entry is wanted.
    """

    cell_opened = Signal(object, str)
    menu_asked = Signal(QPoint)

    def __init__(self, model: EntriesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName("资金台账明细")
        CellKeys(self, opens=lambda: self._open(self.currentIndex()), copy=self.copy_chosen)
        self.doubleClicked.connect(self._open)
        self.customContextMenuRequested.connect(self._open_menu)
        self.lay_out()

    def lay_out(self) -> None:
        """Give every column its width; 摘要 takes what is left."""
        base = QFontMetrics(theme.font())
        note = QFontMetrics(theme.font("note"))
        self.verticalHeader().setDefaultSectionSize(base.height() + 11)
        for place, column in enumerate(COLUMNS):
            least = note.horizontalAdvance(column.heading) + 18
            self.setColumnWidth(place, max(least, base.horizontalAdvance(column.usual) + _PAD))
        self.stretch()

    def stretch(self) -> None:
        """摘要 takes the room that the others leave."""
        place = PLACES[WORDS]
        others = sum(self.columnWidth(other) for other in range(len(COLUMNS)) if other != place)
        self.setColumnWidth(place, max(_LEAST_WORDS, self.viewport().width() - others))

    def show_source_column(self, shown: bool) -> None:
        """The name of the source is said above where there is only one."""
        self.setColumnHidden(PLACES[SOURCE], not shown)
        self.stretch()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.stretch()

    @property
    def line(self) -> EntryLine | None:
        """The current entry."""
        return self._entries.line_at(self.currentIndex().row())

    def choose(self, key: str) -> bool:
        """Make an entry current; whether it is shown."""
        row = self._entries.place_of(key)
        if row is None:
            return False
        flags = QItemSelectionModel.SelectionFlag
        index = self._entries.index(row, PLACES[WORDS])
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def copy(self) -> None:
        """The chosen rows, or all of them, with their headings as a spreadsheet's block."""
        rows = self._chosen_rows()
        self._copy(rows if len(rows) > 1 else range(self._entries.rowCount()))

    def copy_chosen(self) -> None:
        """The chosen rows with their headings."""
        self._copy(self._chosen_rows())

    def _chosen_rows(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedRows(PLACES[WORDS])})

    def _copy(self, rows: Sequence[int]) -> None:
        lines = [tuple(column.heading for column in COLUMNS), *(self._entries.texts(row) for row in rows)]
        block = ("\t".join(" ".join(text.split()) for text in line) for line in lines)
        QApplication.clipboard().setText("\n".join(block))

    def _open(self, index: Index) -> None:
        row = index.row()
        shown = self._entries.line_at(row) or self._entries.opening_at(row)
        if shown is not None:
            self.cell_opened.emit(shown, COLUMNS[index.column()].key)

    def _open_menu(self, place: QPoint) -> None:
        if self.indexAt(place).isValid():
            self.menu_asked.emit(self.viewport().mapToGlobal(place))


class EntriesPane(QFrame):
    """Bar, table and sums in a card: the entries of the state's source and day, narrowed by the bar."""

    def __init__(self, state: LedgerState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.setProperty("role", "card")
        self.model = EntriesModel(self)
        self.bar, self.table = EntriesBar(state.year), EntriesTable(self.model)
        self.note, self.stack, self.empty = OneLine(), QStackedWidget(), EmptyState("")
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        foot = hbox(self.note, margins=(12, 4, 12, 6))
        vbox(self.bar, (self.stack, 1), foot, on=self, margins=1, spacing=0)
        self.bar.left.connect(self.table.setFocus)
        self.bar.narrowed.connect(self.list)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._tell_line())
        state.read_in.connect(self._read_in)
        state.copy_wanted.connect(self.table.copy)

    def _tell_line(self) -> None:
        self._state.choose_line(self.table.line)

    def _read_in(self) -> None:
        """Offer what money went to, in the ledger of the year now at work."""
        self.bar.since.year = self.bar.until.year = self._state.year
        self.bar.offer_targets([one.target for one in self._state.targets if one.by_source])

    def list(self) -> None:
        """Show the entries that the bar asks for; words and target alone are looked at among those already read."""
        state, bar = self._state, self.bar
        wanted = bar.filter(state.year, state.source_key, state.day)
        read = state.entries(wanted)
        if read is None:
            return
        lines = bar.fitting(read[0])
        mark = bar.mark
        shown = replace(wanted, text=bar.finder.text().strip(), target_key=mark[1] if mark else "")
        self._show_lines(lines, () if bar.narrow else read[1])
        state.show_lines(lines, shown)
        self._tell_line()

    def _show_lines(self, lines: Sequence[EntryLine], openings: Sequence[Opening] = ()) -> None:
        """Show entries below what is carried over; the current one stays, else the last, which is the latest."""
        before = self.table.line
        if self.model.show_lines(lines, openings):
            kept = before is not None and self.table.choose(before.key)
            if not kept and lines:
                self.table.choose(lines[-1].key)
        found, narrow = sums(lines), self.bar.narrow
        parts = [f"{kind.label} {format_money(found[kind])}" for kind in EntryKind]
        say(self.note, f"{'筛选出' if narrow else '共'} {len(lines):,} 笔 · " + " · ".join(parts))
        self.stack.setCurrentWidget(self.table if lines or openings else self.empty)
        if not lines:
            title = "没有符合条件的记录" if narrow else "还没有记录"
            self.empty.set_text(title, "" if narrow else "点“登记资金”，或“导入台账”。")
