"""The manual: contents or search results beside the page, back and forward. F1 opens it at the place."""

from __future__ import annotations

from html import escape
from itertools import groupby

from PySide6.QtCore import QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from fupin_desktop.services.manual import pages, search
from fupin_desktop.services.manual.pages import HOME, manual
from fupin_desktop.services.manual.search import Hit
from fupin_desktop.ui import fonts
from fupin_desktop.ui.keys import keep_order
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.labels import label, say
from fupin_desktop.ui.widgets.manual_reader import ManualReader
from fupin_desktop.ui.widgets.search_field import make_search
from fupin_desktop.ui.widgets.toolbar import ToolRow
from fupin_desktop.ui.widgets.wrapping import wrap_items
from fupin_desktop.ui.window_place import FRAME

_NAME = Qt.ItemDataRole.UserRole
_WAIT_MS = 60
_MARK = '<span style="background:#ffe08a; color:#1f2933">'
_SIZE, _SIDE = (1240, 720), 290


class ManualWindow(QWidget):
    """A window of its own, so that it can stay beside the work; above a dialog it belongs to that dialog.

    Args:
        parent: A dialog that is open and lets no other window be used; None for a window of its own.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用手册 — 产业扶贫工作台")
        self.resize(QSize(*_SIZE).boundedTo(self.screen().availableGeometry().size() - FRAME))
        self.browser = ManualReader(pages.folder())
        self.contents, self.results = QTreeWidget(), QListWidget()
        self.contents.setAccessibleName("手册目录")
        self.results.setAccessibleName("查找的结果")
        self.told = label("", "note")
        self._side = QStackedWidget()
        self._hits: list[Hit] = []
        self._wait = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._wait.timeout.connect(self.search_now)
        self._build()
        self._fill_contents()
        keep_order(self)
        self.browser.sourceChanged.connect(self._moved)

    # ---- building -------------------------------------------------------------------------------------------------
    def _build(self) -> None:
        tools = ToolRow()
        self.sought = QLineEdit()
        make_search(self.sought, "在整本手册里查找，例如：折减 取整", "在整本手册里查找")
        self.sought.setFixedWidth(_SIDE - 10)
        self.sought.textChanged.connect(lambda _text: self._wait.start())
        self.sought.returnPressed.connect(self.find_next)
        tools.add_widget(self.sought)
        tools.add_widget(self.told)
        tools.add("目录", lambda: self.open_at(HOME), right=True)
        self.back = tools.add("后退", self.browser.backward, right=True)
        self.forward = tools.add("前进", self.browser.forward, right=True)
        self.back.setEnabled(False)
        self.forward.setEnabled(False)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.browser.forwardAvailable.connect(self.forward.setEnabled)
        split = QSplitter()
        split.addWidget(self._side)
        split.addWidget(self.browser)
        split.setSizes([_SIDE, _SIZE[0] - _SIDE])
        split.setStretchFactor(1, 1)
        self._build_side()
        vbox(tools, (split, 1), on=self, margins=0, spacing=0)
        QShortcut(QKeySequence("Ctrl+F"), self, self._start_search)
        QShortcut(QKeySequence("Escape"), self, self._escape)

    def _build_side(self) -> None:
        for one, name in ((self.contents, "手册目录"), (self.results, "查到的地方")):
            one.setAccessibleName(name)
            self._side.addWidget(one)
        self.contents.setHeaderHidden(True)
        self.contents.setProperty("role", "contents")
        self.contents.setIndentation(14)
        self.contents.setRootIsDecorated(False)
        self.contents.itemClicked.connect(self._chosen)
        self.contents.itemActivated.connect(self._chosen)
        wrap_items(self.results)
        self.results.currentRowChanged.connect(self._show_hit)

    def _fill_contents(self) -> None:
        whole = manual()
        for part in whole.parts:
            above = QTreeWidgetItem(self.contents, [part.title])
            above.setFlags(Qt.ItemFlag.ItemIsEnabled)
            look = above.font(0)
            look.setBold(True)
            above.setFont(0, look)
            for name in part.names:
                QTreeWidgetItem(above, [whole.pages[name].title]).setData(0, _NAME, name)
        self.contents.expandAll()

    # ---- pages ----------------------------------------------------------------------------------------------------
    def open_at(self, anchor: str) -> None:
        """Show a page, e.g. ``scheme.html`` or ``scheme.html#tiers``; an unknown one shows the first page."""
        self._go(anchor)
        self.show()
        self.raise_()
        self.activateWindow()

    def _go(self, anchor: str) -> None:
        name, _, place = anchor.partition("#")
        page = manual().pages.get(name)
        if page is None:
            page, place = manual().pages[HOME], ""
        fonts.ensure(page.html)
        url = QUrl.fromLocalFile(str(pages.folder() / page.name))
        if place:
            url.setFragment(place)
        self.browser.setSource(url)

    def _chosen(self, item: QTreeWidgetItem) -> None:
        name = item.data(0, _NAME)
        if name:
            self.open_at(name)

    def _moved(self, url: QUrl) -> None:
        """Show in the contents where the page is."""
        for at in range(self.contents.topLevelItemCount()):
            part = self.contents.topLevelItem(at)
            for place in range(part.childCount() if part is not None else 0):
                assert part is not None
                if part.child(place).data(0, _NAME) == url.fileName():
                    self.contents.setCurrentItem(part.child(place))

    # ---- search ---------------------------------------------------------------------------------------------------
    def search_now(self) -> None:
        """Show the places where all the words stand, and the first of them."""
        self._wait.stop()
        words = search.words_of(self.sought.text())
        fonts.ensure(self.sought.text())
        self._hits = search.find(self.sought.text())
        self.results.clear()
        self._side.setCurrentIndex(1 if words else 0)
        for hit in self._hits:
            self._add(hit, words)
        say(self.told, (f"{len(self._hits)} 处" if self._hits else "没有查到，换个说法试试") if words else "")
        if not self._hits:
            self.browser.mark(words)

    def find_next(self) -> bool:
        """Show the next place, after the last one the first; whether there is one."""
        if self._wait.isActive() or not self.results.count():
            self.search_now()
        if not self._hits:
            return False
        self.results.setCurrentRow((self.results.currentRow() + 1) % len(self._hits))
        return True

    def _add(self, hit: Hit, words: tuple[str, ...]) -> None:
        head = hit.section.heading
        title = head if head == hit.section.title else f"{hit.section.title} › {head}"
        text = QLabel(f"<b>{_bold(title, words)}</b><br>{_bold(hit.excerpt, words)}")
        text.setWordWrap(True)
        text.setTextFormat(Qt.TextFormat.RichText)
        text.setContentsMargins(8, 5, 8, 5)
        text.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        item = QListWidgetItem(self.results)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}：{hit.excerpt}")
        wide = max(self.results.viewport().width(), 160)
        item.setSizeHint(QSize(wide, text.heightForWidth(wide)))
        self.results.setItemWidget(item, text)

    def _show_hit(self, row: int) -> None:
        if not 0 <= row < len(self._hits):
            return
        section, words = self._hits[row].section, search.words_of(self.sought.text())
        self._go(f"{section.page}#{section.anchor}")
        self.browser.mark(words)
        self.browser.go_to_word(words, self.browser.anchor_position(section.anchor))

    def _start_search(self) -> None:
        self.sought.setFocus()
        self.sought.selectAll()

    def _escape(self) -> None:
        """Leave the search first, then the manual."""
        if self.sought.text():
            self.sought.clear()
        else:
            self.close()


def _bold(text: str, words: tuple[str, ...]) -> str:
    """The text as HTML, every place of the words marked."""
    low, marked = text.casefold(), [False] * len(text)
    if len(low) != len(text):
        return escape(text)
    for word in words:
        at = low.find(word)
        while at >= 0:
            marked[at : at + len(word)] = [True] * len(word)
            at = low.find(word, at + 1)
    pieces = [
        (hit, escape("".join(sign for sign, _ in group)))
        for hit, group in groupby(zip(text, marked, strict=True), key=lambda one: one[1])
    ]
    return "".join(f"{_MARK}{piece}</span>" if hit else piece for hit, piece in pieces)
