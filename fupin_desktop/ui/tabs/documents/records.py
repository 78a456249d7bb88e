"""The left pane: 新建 and 复制上年, the filters, the documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLayout,
    QListView,
    QMenu,
    QPushButton,
    QWidget,
)

from fupin_desktop.services.documents import DocumentLine
from fupin_desktop.ui import fonts
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.documents.records_model import records_look, records_model
from fupin_desktop.ui.tabs.documents.state import DocumentsState, Wanted
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox
from fupin_desktop.ui.widgets.headed_list import HeadedDelegate, fill_card
from fupin_desktop.ui.widgets.labels import button, say
from fupin_desktop.ui.widgets.search_field import search_field

_WAIT_MS = 150
_YEARS = 6


class RecordsPane(QFrame):
    """The documents of a year.

    Signals:
        new_asked, copy_asked: 新建, 复制上年.

    Attributes:
        menu: What else can be done with the chosen documents; filled by the tab.
    """

    new_asked = Signal()
    copy_asked = Signal()

    def __init__(self, state: DocumentsState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._state, word = state, state.word
        self.model, self.view = records_model(), QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(HeadedDelegate(self.view, records_look()))
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.setAccessibleName(f"{word}列表")
        self.menu = QMenu(self)
        self._titles: Mapping[str, str] = {}
        self._build()
        self.set_year(state.wanted.year)
        self._connect()

    def _build(self) -> None:
        self.finder = search_field("查找文件")
        head: list[QLayout | QWidget] = [self._buttons_row(), self._filters_row(), self.forms, self.finder]
        self.stack, self.empty, self.count = fill_card(self, head, self.view)

    def _buttons_row(self) -> QHBoxLayout:
        self.new = button("新建", self.new_asked.emit, "primary", tip=f"新建一份{self._state.word}")
        self.copy = button("复制上年", self.copy_asked.emit, tip="照抄上一年度填写的内容，意见和日期重新填")
        self.more: QPushButton = button("更多")
        self.more.setMenu(self.menu)
        self.more.setStyleSheet("padding: 3px 22px 3px 8px;")
        for piece in (self.new, self.copy):
            piece.setStyleSheet("padding: 3px 9px;")
        return hbox(self.new, self.copy, STRETCH, self.more, spacing=6)

    def _filters_row(self) -> QHBoxLayout:
        self.years, self.states, self.forms = QComboBox(), QComboBox(), QComboBox()
        for box, name in ((self.years, "年度"), (self.states, "状态"), (self.forms, "表种")):
            box.setAccessibleName(name)
            box.setMinimumContentsLength(3)
        return hbox(self.years, (self.states, 1), spacing=6)

    def _connect(self) -> None:
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self._narrow)
        self.finder.textChanged.connect(fonts.ensure)
        self.finder.textChanged.connect(lambda _text: self._wait.start())
        for box in (self.years, self.states, self.forms):
            box.activated.connect(lambda _place: self._narrow())
        selection = self.view.selectionModel()
        selection.currentChanged.connect(lambda _now, _before: self._moved())
        selection.selectionChanged.connect(lambda _on, _off: self._choose())
        self._state.listed.connect(self._listed)
        self._state.stayed.connect(self._stay)
        self.view.customContextMenuRequested.connect(self._open_menu)

    # ---- filters ----
    def set_year(self, year: int) -> None:
        """Offer the years around one, and show it."""
        with quiet(self.years):
            self.years.clear()
            for offered in range(year + 1, year - _YEARS, -1):
                self.years.addItem(f"{offered}", offered)
            self.years.setCurrentIndex(self.years.findData(year))

    def _offer(self) -> None:
        """Offer forms and states to filter by."""
        titles = self._state.titles
        if titles != self._titles:
            self._titles = dict(titles)
            _fill(self.forms, [("", "全部表种"), *titles.items()])
            _fill(self.states, [("", "全部状态"), *((state.value, state.label) for state in self._state.states)])

    @property
    def wanted(self) -> Wanted:
        """What the filters say."""
        year, form_id, state = (box.currentData() for box in (self.years, self.forms, self.states))
        return Wanted(int(year), form_id or "", state or "", self.finder.text().strip())

    def _narrow(self) -> None:
        self._wait.stop()
        self._state.narrow(self.wanted)

    def _follow(self, wanted: Wanted) -> None:
        """Set the filters as the list was asked for, without telling; a text still being typed is left alone."""
        if wanted.text != self.finder.text().strip() and not self._wait.isActive():
            with quiet(self.finder):
                self.finder.setText(wanted.text)
        for box, value in ((self.forms, wanted.form_id), (self.states, wanted.state)):
            box.setCurrentIndex(max(box.findData(value), 0))
        if self.years.findData(wanted.year) < 0:
            self.set_year(wanted.year)
        self.years.setCurrentIndex(self.years.findData(wanted.year))

    # ---- the list ----
    def _listed(self) -> None:
        """Show the documents listed, with the one in front as the current one."""
        self._offer()
        self._follow(self._state.wanted)
        chosen, lines = set(self.chosen), self._state.lines
        with quiet(self.view.selectionModel()):
            if self.model.show_rows(lines, attrgetter("form_id"), self._heading):
                self.view.clearSelection()
                self._choose_again(chosen)
            self._make_current(self._state.key)
        self._choose()
        self.view.viewport().update()
        self._tell(len(lines))

    def _heading(self, line: DocumentLine) -> str:
        return self._titles.get(line.form_id, line.title)

    def _choose_again(self, keys: set[str]) -> None:
        chosen = QItemSelectionModel.SelectionFlag.Select
        for key in keys if len(keys) > 1 else ():
            index = self.model.index_of(key)
            if index.isValid():
                self.view.selectionModel().select(index, chosen)

    def _make_current(self, key: str) -> None:
        index = self.model.index_of(key)
        selection = self.view.selectionModel()
        if not index.isValid() or (index == self.view.currentIndex() and selection.isSelected(index)):
            return
        many = len(self.chosen) > 1 and selection.isSelected(index)
        flag = QItemSelectionModel.SelectionFlag
        selection.setCurrentIndex(index, flag.NoUpdate if many else flag.ClearAndSelect)
        self.view.scrollTo(index)

    def _tell(self, count: int) -> None:
        wanted = self._state.wanted
        narrow = bool(wanted.form_id or wanted.state or wanted.text)
        say(self.count, f"共 {count:,} 份" + ("(已筛选)" if narrow else ""))
        self.stack.setCurrentWidget(self.view if count else self.empty)
        if not count:
            title = f"没有符合条件的{self._state.word}" if narrow else f"{wanted.year} 年度还没有{self._state.word}"
            self.empty.set_text(title, "" if narrow else self._how_to_begin)

    def leave_out_copying(self) -> None:
        """Of documents that are all taken from the registers nothing is copied from the year before."""
        self.copy.hide()

    @property
    def _how_to_begin(self) -> str:
        return "点“新建”。" if self.copy.isHidden() else "点“新建”，或“复制上年”。"

    @property
    def current(self) -> str:
        """Key of the current document; empty for none."""
        line = self.model.row_at(self.view.currentIndex())
        return line.key if line else ""

    @property
    def chosen(self) -> list[str]:
        """Keys of the chosen documents, in the order of the list."""
        rows = sorted(self.view.selectionModel().selectedIndexes(), key=lambda index: index.row())
        return [line.key for index in rows if (line := self.model.row_at(index))]

    def _choose(self) -> None:
        self._state.chosen = self.chosen

    def _stay(self) -> None:
        """Go back to the document that must not be left, without telling."""
        with quiet(self.view.selectionModel()):
            self._make_current(self._state.key)
        self._choose()
        self.view.viewport().update()

    def _moved(self) -> None:
        if self.current:
            self._state.open(self.current)

    def _open_menu(self, place: QPoint) -> None:
        if self.model.row_at(self.view.indexAt(place)) is not None:
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
