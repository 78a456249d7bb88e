"""The left pane: 新建 and 复制上年, the filters, the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fupin_desktop.ui import fonts
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.documents.adapter import DocumentLine, Wanted
from fupin_desktop.ui.tabs.documents.records_model import RecordsDelegate, RecordsModel
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.labels import button, label, say
from fupin_desktop.ui.widgets.marks import mark_icon

_WAIT_MS = 150
_YEARS = 6


class RecordsPane(QFrame):
    """The documents of a year.

    Signals:
        opened: Key of the document that became current.
        narrowed: The filters are other ones.
        new_asked, copy_asked: 新建, 复制上年.

    Attributes:
        menu: What else can be done with the chosen documents; filled by the tab.
    """

    opened = Signal(str)
    narrowed = Signal()
    new_asked = Signal()
    copy_asked = Signal()

    def __init__(self, word: str, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._word = word
        self.model, self.view = RecordsModel(), QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(RecordsDelegate(self.view))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setAccessibleName(f"{word}列表")
        self.menu = QMenu(self)
        self._kinds: Mapping[str, str] = {}
        self._build()
        self.set_year(year)
        self._connect()

    def _build(self) -> None:
        self.count, self.stack, self.empty = label("", "note"), QStackedWidget(), EmptyState("")
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.empty)
        head, foot = QVBoxLayout(), QHBoxLayout()
        head.setContentsMargins(10, 10, 10, 8)
        head.setSpacing(7)
        for row in (self._deeds_row(), self._filters_row()):
            row.setSpacing(6)
            head.addLayout(row)
        head.addWidget(self.kinds)
        head.addWidget(self._search_field())
        foot.setContentsMargins(12, 4, 12, 6)
        foot.addWidget(self.count)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.stack, 1)
        column.addLayout(foot)

    def _deeds_row(self) -> QHBoxLayout:
        self.new = button("新建", self.new_asked.emit, "primary", tip=f"新建一份{self._word}")
        self.copy = button("复制上年", self.copy_asked.emit, tip="照抄上一年度填写的内容，意见和日期重新填")
        self.more: QPushButton = button("更多")
        self.more.setMenu(self.menu)
        self.more.setStyleSheet("padding: 5px 22px 5px 8px;")
        row = QHBoxLayout()
        for piece in (self.new, self.copy):
            piece.setStyleSheet("padding: 5px 9px;")
            row.addWidget(piece)
        row.addStretch(1)
        row.addWidget(self.more)
        return row

    def _filters_row(self) -> QHBoxLayout:
        self.years, self.states, self.kinds = QComboBox(), QComboBox(), QComboBox()
        for box, name in ((self.years, "年度"), (self.states, "状态"), (self.kinds, "表种")):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(3)
        row = QHBoxLayout()
        row.addWidget(self.years)
        row.addWidget(self.states, 1)
        return row

    def _search_field(self) -> QLineEdit:
        self.finder = QLineEdit()
        self.finder.setProperty("role", "search")
        self.finder.setPlaceholderText("查找 (可用拼音首字母)")
        self.finder.setClearButtonEnabled(True)
        self.finder.addAction(mark_icon("loupe", "muted"), QLineEdit.ActionPosition.LeadingPosition)
        return self.finder

    def _connect(self) -> None:
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self.narrowed)
        self.finder.textChanged.connect(fonts.ensure)
        self.finder.textChanged.connect(lambda _text: self._wait.start())
        for box in (self.years, self.states, self.kinds):
            box.activated.connect(lambda _place: self.narrowed.emit())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._moved())
        self.view.customContextMenuRequested.connect(self._open_menu)

    # ---- filters ----
    def set_year(self, year: int) -> None:
        """Offer the years around one, and show it."""
        with quiet(self.years):
            self.years.clear()
            for offered in range(year + 1, year - _YEARS, -1):
                self.years.addItem(f"{offered}", offered)
            self.years.setCurrentIndex(self.years.findData(year))

    def offer(self, kinds: Mapping[str, str], states: Sequence[tuple[str, str]]) -> None:
        """Offer kinds and states to filter by."""
        if kinds == self._kinds:
            return
        self._kinds = dict(kinds)
        _fill(self.kinds, [("", "全部表种"), *kinds.items()])
        _fill(self.states, [("", "全部状态"), *states])

    @property
    def wanted(self) -> Wanted:
        """What the filters say."""
        year, kind, state = (box.currentData() for box in (self.years, self.kinds, self.states))
        return Wanted(int(year), kind or "", state or "", self.finder.text().strip())

    def want(self, *, kind: str = "", state: str = "", year: int | None = None) -> None:
        """Set the filters as a link asks, without telling."""
        self._wait.stop()
        with quiet(self.finder):
            self.finder.clear()
        for box, value in ((self.kinds, kind), (self.states, state)):
            box.setCurrentIndex(max(box.findData(value), 0))
        if year is not None:
            if self.years.findData(year) < 0:
                self.set_year(year)
            self.years.setCurrentIndex(self.years.findData(year))

    # ---- the list ----
    def show_lines(self, lines: Sequence[DocumentLine], current: str) -> str:
        """Show documents and make one current: the same as before, else the first; returns its key."""
        chosen = set(self.chosen)
        with quiet(self.view.selectionModel()):
            if self.model.show_lines(lines, self._kinds):
                self.view.clearSelection()
                self._choose_again(chosen)
            key = self._make_current(current)
        self.view.viewport().update()
        self._tell(len(lines))
        return key

    def _choose_again(self, keys: set[str]) -> None:
        chosen = QItemSelectionModel.SelectionFlag.Select
        for key in keys if len(keys) > 1 else ():
            index = self.model.index_of(key)
            if index.isValid():
                self.view.selectionModel().select(index, chosen)

    def _make_current(self, key: str) -> str:
        index = self.model.index_of(key)
        if not index.isValid() and self.model.lines:
            index = self.model.index_of(self.model.lines[0].key)
        line = self.model.line_at(index)
        if line is None:
            return ""
        if index != self.view.currentIndex() or not self.view.selectionModel().isSelected(index):
            many = len(self.chosen) > 1 and self.view.selectionModel().isSelected(index)
            flag = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().setCurrentIndex(index, flag.NoUpdate if many else flag.ClearAndSelect)
            self.view.scrollTo(index)
        return line.key

    def _tell(self, count: int) -> None:
        wanted = self.wanted
        narrow = bool(wanted.kind or wanted.state or wanted.text)
        say(self.count, f"共 {count:,} 份" + ("(已筛选)" if narrow else ""))
        self.stack.setCurrentWidget(self.view if count else self.empty)
        if not count:
            title = f"没有符合条件的{self._word}" if narrow else f"{wanted.year} 年度还没有{self._word}"
            self.empty.set_text(title, "" if narrow else "点“新建”，或“复制上年”。")

    @property
    def current(self) -> str:
        """Key of the current document; empty for none."""
        line = self.model.line_at(self.view.currentIndex())
        return line.key if line else ""

    @property
    def chosen(self) -> list[str]:
        """Keys of the chosen documents, in the order of the list."""
        rows = sorted(self.view.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [line.key for index in rows if (line := self.model.line_at(index))]

    def choose(self, key: str) -> bool:
        """Make a document current; whether it is in the list."""
        index = self.model.index_of(key)
        if index.isValid():
            self.view.setCurrentIndex(index)
        return index.isValid()

    def stay(self, key: str) -> None:
        """Go back to a document that must not be left, without telling."""
        with quiet(self.view.selectionModel()):
            self._make_current(key)
        self.view.viewport().update()

    def _moved(self) -> None:
        if self.current:
            self.opened.emit(self.current)

    def _open_menu(self, place: QPoint) -> None:
        if self.model.line_at(self.view.indexAt(place)) is not None:
            self.menu.popup(self.view.viewport().mapToGlobal(place))


def _fill(box: QComboBox, entries: Sequence[tuple[str, str]]) -> None:
    """Put other entries into a combo box; what was chosen stays."""
    kept = box.currentData()
    with quiet(box):
        box.clear()
        for value, text in entries:
            fonts.ensure(text)
            box.addItem(text, value)
        box.setCurrentIndex(max(box.findData(kept), 0))
