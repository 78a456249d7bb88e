"""A tab of documents: the records at the left, the paper, and at the right checks, flow and history."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.services import history
from fupin_desktop.services.documents.model import Outcome
from fupin_desktop.services.history import HistoryLine
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.documents.actions import DocumentActions
from fupin_desktop.ui.tabs.documents.adapter import Document, DocumentAdapter, DocumentLine, Wanted
from fupin_desktop.ui.tabs.documents.paper_pane import PaperPane
from fupin_desktop.ui.tabs.documents.records import RecordsPane
from fupin_desktop.ui.tabs.documents.side import HISTORY_SHOWN, SidePane

_LATER_MS, _LIST_MS = 60, 400
_PRINTS = frozenset({"prints"})
_TYPING = (".set_values", ".set_list", ".give_reason")


class Read(NamedTuple):
    """What is read to show a document."""

    document: Document
    filled: FilledForm
    changed: frozenset[str]
    history: list[HistoryLine]


class DocumentTab(OfficeTab):
    """Assembles the three panes; what the buttons do is in ``DocumentActions``.

    Attributes:
        adapter: The kind of document.
        key: Key of the document shown; empty for none.
        document: The document shown; None for none.
    """

    nouns: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, shell: Shell, adapter: DocumentAdapter, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.adapter = adapter
        self.key = ""
        self.document: Document | None = None
        self._year = shell.bench.year
        self.records = RecordsPane(adapter.word, self._year)
        self.paper, self.side = PaperPane(adapter.word), SidePane(shell)
        self.deeds = self.make_actions()
        self._build()
        self._connect()

    def make_actions(self) -> DocumentActions:
        """What the buttons do; a tab may bring more."""
        return DocumentActions(self.shell, self)

    # ---- building ----
    def _build(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(10)
        self.split.setChildrenCollapsible(False)
        self.side.setMinimumWidth(220)
        for place, pane in enumerate((self.records, self.paper, self.side)):
            self.split.addWidget(pane)
            self.split.setStretchFactor(place, int(place == 1))
        self.split.setSizes([240, 790, 306])
        page = QHBoxLayout(self)
        page.setContentsMargins(12, 10, 12, 10)
        page.addWidget(self.split)
        self.deeds.fill_menu(self.records.menu)

    def _connect(self) -> None:
        records, paper, side, deeds = self.records, self.paper.view, self.side, self.deeds
        records.opened.connect(self.open_document)
        records.view.activated.connect(lambda _index: paper.setFocus())
        records.narrowed.connect(self._narrowed)
        records.new_asked.connect(deeds.new)
        records.copy_asked.connect(deeds.copy_last_year)
        self.paper.asked.connect(deeds.carry_out)
        paper.value_typed.connect(self.write)
        paper.list_edited.connect(self.write_list)
        paper.source_wanted.connect(deeds.show_source)
        paper.opinion_wanted.connect(deeds.opinion_clicked)
        paper.undo_wanted.connect(deeds.undo)
        paper.redo_wanted.connect(deeds.redo)
        side.checks.field_asked.connect(self.go_to_field)
        side.checks.source_asked.connect(deeds.show_source)
        side.checks.reason_asked.connect(deeds.write_reason)
        side.flow.asked.connect(deeds.carry_out)
        side.flow.opinion_asked.connect(deeds.give_opinion)
        side.version_asked.connect(self.show_key)
        side.history_asked.connect(deeds.show_history)
        self._beside = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._beside.timeout.connect(self._show_beside)
        self._relist = QTimer(self, singleShot=True, interval=_LIST_MS)
        self._relist.timeout.connect(self._list_again)

    # ---- reading ----
    def load(self) -> None:
        """List the documents and show the current one anew."""
        bench = self.shell.bench
        if bench.year != self._year:
            self._year = bench.year
            self.records.want(year=bench.year)
        self.shell.read(lambda: (self._kinds(), self.adapter.lines(self.records.wanted)), self._listed)

    def _kinds(self) -> dict[str, str]:
        return {kind: self.adapter.short_title(kind) for kind in self.adapter.kinds()}

    def _listed(self, found: tuple[dict[str, str], list[DocumentLine]]) -> None:
        kinds, lines = found
        self.records.offer(kinds, self.adapter.states())
        self._show(self.records.show_lines(lines, self.key))

    def _narrowed(self) -> None:
        if self.may_leave():
            self.load()

    def _show(self, key: str) -> None:
        """Show a document; an empty key shows none."""
        self.key = key
        if key:
            self.shell.read(lambda: self._read(key), self._read_in)
        if not key or (self.document is not None and self.document.key != key):
            self._show_nothing()

    def _read(self, key: str) -> Read:
        document = self.adapter.open(key)
        changed = self.adapter.changed_paths(key) if len(document.versions) > 1 else frozenset[str]()
        lines = history.entries(self.shell.bench, self.adapter.noun, key, HISTORY_SHOWN)
        return Read(document, self.adapter.filled(key), changed, lines)

    def _read_in(self, read: Read) -> None:
        if read.document.key != self.key:
            return
        self.document = read.document
        self.paper.show_document(read.document, read.filled, read.changed)
        self.side.show_document(read.document, read.history)
        self.show_more(read.document)
        self._beside.start()

    def show_more(self, document: Document | None) -> None:
        """Show what a tab has to tell of a document besides; None where there is none."""

    def _show_nothing(self) -> None:
        self.document = None
        self.paper.show_nothing()
        self.side.show_nothing()
        self.show_more(None)
        self._beside.start()

    def _show_beside(self) -> None:
        """What undo and redo would do, and what can be done with the document."""
        bench = self.shell.bench
        self.shell.read(
            lambda: (history.can_undo(bench), history.can_redo(bench)), lambda can: self.paper.enable_undo(*can),
        )
        self.deeds.enable(self.document)

    # ---- typing ----
    def write(self, path: str, text: str) -> None:
        """Keep what was typed."""
        key = self.key
        self.shell.do(lambda: self.adapter.set_values(key, {path: text}), self._written)

    def write_list(self, field: str, rows: object) -> None:
        """Keep the rows of a list."""
        key = self.key
        if isinstance(rows, list):
            self.shell.do(lambda: self.adapter.set_list(key, field, rows), self._written)

    def _written(self, outcome: Outcome) -> None:
        if outcome.faults:
            self.paper.view.show_faults(outcome.faults)

    def go_to_field(self, path: str) -> None:
        """Bring a field of the paper into focus."""
        if not self.paper.view.focus_field(path):
            self.shell.said.emit("表上没有印出这一栏，请先加一行。")

    # ---- moving between documents ----
    def may_leave(self) -> bool:
        """Keep what is half typed; whether nothing refused would be lost by leaving."""
        self.paper.view.commit()
        refused = len(self.paper.view.refused)
        if not refused:
            return True
        text = f"有 {refused} 处填写没有通过，还没有保存；离开后这些文字会丢失。"
        ask = self.shell.ask
        return ask.question(self.shell.window, "还有没保存的填写", text, yes="离开", no="返回修改", danger=True)

    def open_document(self, key: str) -> None:
        """Show another document of the list."""
        if key == self.key:
            return
        if self.may_leave():
            self._show(key)
        else:
            self.records.stay(self.key)

    def show_key(self, key: str) -> None:
        """Show a document wherever it is; the filters give way."""
        if key == self.key or self.records.choose(key) or not self.may_leave():
            return
        self.key = key
        self.records.want(year=self.shell.read(lambda: self.adapter.year_of(key)))
        self.load()

    def show_wanted(self, wanted: Wanted) -> None:
        """Show the documents of a kind or state."""
        if self.may_leave():
            self.records.want(kind=wanted.kind, state=wanted.state, year=wanted.year)
            self.key = ""
            self.load()

    def show_record(self, target: Target) -> None:
        """Show a document (its key), or those of the filter: ``kind``, ``kind:state`` or ``:state``."""
        self.load_if_stale()
        if target.key:
            self.show_key(target.key)
        elif target.filter:
            kind, _, state = target.filter.partition(":")
            self.show_wanted(Wanted(self.shell.bench.year, kind, state))

    def start_search(self) -> None:
        """Ctrl+F: search the list."""
        self.records.finder.setFocus()
        self.records.finder.selectAll()

    def can_close(self) -> bool:
        """Keep what is half typed before the window closes."""
        return self.may_leave()

    def changed(self, change: Change) -> None:
        """Something changed: bound values follow the registers at once, the list a moment after typing."""
        typed = change.keys == (self.key,) and change.operation.endswith(_TYPING)
        if typed and self.isVisible() and not self._stale:
            self._show(self.key)
            self._relist.start()
        elif change.nouns == _PRINTS:
            if self.key in change.keys:
                self.reload()
        elif not self.nouns or self.nouns & change.nouns:
            self.reload()

    def _list_again(self) -> None:
        """The tips of the list tell what is still open; the document stays in front even where a filter drops it."""
        lines = self.shell.read(lambda: self.adapter.lines(self.records.wanted))
        if lines is not None and any(line.key == self.key for line in lines):
            self.records.show_lines(lines, self.key)

    # ---- commands of the menus ----
    def new_document(self) -> None:
        """新建."""
        self.deeds.new()

    def preview_document(self) -> None:
        """预览."""
        self._with_paper("preview")

    def print_paper(self) -> None:
        """打印 of the document shown."""
        self._with_paper("print")

    def print_documents(self) -> None:
        """批量打印."""
        self.load_if_stale()
        self.deeds.print_many()

    def save_pdf(self) -> None:
        """PDF."""
        self._with_paper("pdf")

    def save_xlsx(self) -> None:
        """Xlsx."""
        self._with_paper("xlsx")

    def _with_paper(self, deed: str) -> None:
        self.load_if_stale()
        if self.key:
            self.deeds.carry_out(deed)
        else:
            self.shell.said.emit(f"先选一份{self.adapter.word}。")

    def export_documents(self) -> None:
        """批量导出."""
        self.deeds.export()
