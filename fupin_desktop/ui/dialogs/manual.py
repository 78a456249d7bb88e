"""The manual: pages beside the contents, search in the page, back and forward. F1 opens it at the place."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from fupin_desktop.paths import resources
from fupin_desktop.ui import fonts
from fupin_desktop.ui.widgets.toolbar import ToolRow

HOME_PAGE = "index.html"
_LINK = re.compile(r'href="([\w-]+\.html)')
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)


class ManualWindow(QWidget):
    """A window of its own, so that it can stay beside the work."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle("使用手册 — 产业扶贫工作台")
        self.resize(1000, 720)
        self.folder = resources() / "manual"
        self.browser, self.contents = QTextBrowser(), QListWidget()
        self.browser.setSearchPaths([str(self.folder)])
        self.browser.setOpenExternalLinks(False)
        self.browser.document().setDocumentMargin(24)
        self._build()
        self._fill_contents()
        self.browser.sourceChanged.connect(self._moved)

    def _build(self) -> None:
        tools = ToolRow()
        self.back = tools.add("后退", self.browser.backward)
        self.forward = tools.add("前进", self.browser.forward)
        self.sought = QLineEdit(placeholderText="在本页查找，回车找下一处")
        self.sought.setFixedWidth(260)
        self.sought.returnPressed.connect(self.find_next)
        tools.add_widget(self.sought, right=True)
        self.browser.backwardAvailable.connect(self.back.setEnabled)
        self.browser.forwardAvailable.connect(self.forward.setEnabled)
        split = QSplitter()
        split.addWidget(self.contents)
        split.addWidget(self.browser)
        split.setSizes([220, 780])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(tools)
        column.addWidget(split, 1)
        QShortcut(QKeySequence("Ctrl+F"), self, self.sought.setFocus)
        QShortcut(QKeySequence("Escape"), self, self.close)

    def _fill_contents(self) -> None:
        for page in self._pages():
            found = _TITLE.search(page.read_text(encoding="utf-8"))
            item = QListWidgetItem(found[1].strip() if found else page.stem, self.contents)
            item.setData(Qt.ItemDataRole.UserRole, page.name)
        self.contents.itemClicked.connect(lambda item: self.open_at(item.data(Qt.ItemDataRole.UserRole)))

    def _pages(self) -> list[Path]:
        """All pages, in the order in which the first page names them."""
        pages = {page.name: page for page in sorted(self.folder.glob("*.html"))}
        first = pages.get(HOME_PAGE)
        named = _LINK.findall(first.read_text(encoding="utf-8")) if first else []
        order = [name for name in dict.fromkeys([HOME_PAGE, *named]) if name in pages]
        return [pages[name] for name in dict.fromkeys([*order, *pages])]

    def open_at(self, anchor: str) -> None:
        """Show a page, e.g. ``scheme.html`` or ``scheme.html#tiers``; an unknown one shows the first page."""
        name, _, place = anchor.partition("#")
        page = self.folder / name
        if not name or not page.is_file():
            page, place = self.folder / HOME_PAGE, ""
        if page.is_file():
            fonts.ensure(page.read_text(encoding="utf-8"))
            url = QUrl.fromLocalFile(str(page))
            url.setFragment(place)
            self.browser.setSource(url)
        self.show()
        self.raise_()

    def find_next(self) -> bool:
        """Go to the next place of the sought text, round the end; whether there is one."""
        text = self.sought.text()
        if self.browser.find(text):
            return True
        self.browser.moveCursor(self.browser.textCursor().MoveOperation.Start)
        return self.browser.find(text)

    def _moved(self, url: QUrl) -> None:
        for row in range(self.contents.count()):
            if self.contents.item(row).data(Qt.ItemDataRole.UserRole) == url.fileName():
                self.contents.setCurrentRow(row)
