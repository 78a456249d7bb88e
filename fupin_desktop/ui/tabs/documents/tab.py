"""A tab of documents: the records at the left, the paper, and at the right checks, flow and history."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from fupin_desktop.override import override
from fupin_desktop.services.documents import OpenDocument
from fupin_desktop.services.overview import Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.documents.actions import DocumentActions
from fupin_desktop.ui.tabs.documents.paper_pane import PaperPane
from fupin_desktop.ui.tabs.documents.records import RecordsPane
from fupin_desktop.ui.tabs.documents.side import SidePane
from fupin_desktop.ui.tabs.documents.state import DocumentsState, Wanted
from fupin_desktop.ui.widgets.headed_list import three_panes

_PRINTS = frozenset({"prints"})


class DocumentTab(OfficeTab):
    """Puts the three panes together; what the buttons do is in ``DocumentActions``.

    Attributes:
        key_of_tab: Key of the tab, whose types it shows.
        word: What its documents are called together.
        actions_class: What its buttons do.
        state: What is shown.
    """

    nouns: ClassVar[frozenset[str]] = frozenset({
        "applications", "households", "farm_items", "persons", "villages", "offices", "funds", "schemes", "awards",
        "notices", "imports",
    })  # fmt: skip
    key_of_tab: ClassVar[str] = ""
    word: ClassVar[str] = ""
    actions_class: ClassVar[type[DocumentActions]] = DocumentActions

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.paper = PaperPane(self.word)
        self.state = DocumentsState(shell, self.key_of_tab, self.word, self.paper.view, self)
        self.records, self.side = RecordsPane(self.state), SidePane(shell, self.state)
        self.document_actions = self.actions_class(shell, self.state)
        self._build()
        self._connect()

    # ---- building ----
    def _build(self) -> None:
        self.split = three_panes(self, (self.records, self.paper, self.side), (240, 790, 306))
        self.document_actions.fill_menu(self.records.menu)

    def _connect(self) -> None:
        records, paper, side, actions = self.records, self.paper.view, self.side, self.document_actions
        records.view.activated.connect(lambda _index: paper.setFocus())
        records.new_asked.connect(actions.new)
        records.copy_asked.connect(actions.copy_last_year)
        self.paper.asked.connect(actions.carry_out)
        paper.value_typed.connect(self.state.write)
        paper.list_edited.connect(self.state.write_list)
        paper.source_wanted.connect(actions.show_source)
        paper.opinion_wanted.connect(actions.opinion_clicked)
        paper.undo_wanted.connect(self.state.undo)
        paper.redo_wanted.connect(self.state.redo)
        side.checks.field_asked.connect(self.go_to_field)
        side.checks.source_asked.connect(actions.show_source)
        side.checks.reason_asked.connect(actions.write_reason)
        side.flow.asked.connect(actions.carry_out)
        side.flow.opinion_asked.connect(actions.give_opinion)
        side.version_asked.connect(self.state.show_key)
        side.history_asked.connect(actions.show_history)
        self.state.shown.connect(self._show)
        self.state.begun.connect(self._start_typing)
        self.state.refused.connect(paper.show_faults)
        self.state.undo_told.connect(self.paper.enable_undo)
        self.state.newer_told.connect(lambda: self.paper.tell_newer(self.state.newer))

    # ---- showing ----
    @override
    def load(self) -> None:
        """List the documents and show the current one anew."""
        self.state.load()

    def _show(self) -> None:
        now = self.state.now
        if now is None:
            self.paper.show_nothing()
        else:
            self.paper.show_document(now.document, now.filled, now.changed)

    def _start_typing(self) -> None:
        """The keyboard goes to the first field of the paper."""
        self.paper.view.go_to_end(first=True)
        self.paper.view.setFocus()

    @property
    def key(self) -> str:
        """Key of the document in front; empty for none."""
        return self.state.key

    @property
    def document(self) -> OpenDocument | None:
        """The document in front; None for none."""
        return self.state.document

    def go_to_field(self, path: str) -> None:
        """Bring a field of the paper into focus; of a computed one that is not printed the source is shown."""
        if self.paper.view.focus_field(path):
            return
        if self.document is not None and path.partition("[")[0] in self.document.locked:
            self.document_actions.show_source(path)
        else:
            self.shell.said.emit("表上没有印出这一栏，请先加一行。")

    # ---- as the window knows a tab ----
    def show_key(self, key: str) -> None:
        """Show a document wherever it is."""
        self.state.show_key(key)

    @override
    def show_record(self, target: Target) -> None:
        """Show a document (its key), or those of the filter: ``form``, ``form:state`` or ``:state``."""
        self.load_if_stale()
        if target.key:
            self.state.show_key(target.key)
        elif target.filter:
            form_id, _, state = target.filter.partition(":")
            self.state.show_wanted(Wanted(self.shell.bench.year, form_id, state))

    @override
    def take_keyboard(self) -> None:
        """The list takes the keyboard; an empty one leaves it to 新建."""
        (self.records.view if self.state.lines else self.records.new).setFocus()

    @override
    def start_search(self) -> None:
        """Ctrl+F: search the list."""
        self.records.finder.setFocus()
        self.records.finder.selectAll()

    @override
    def can_close(self) -> bool:
        """Keep what is half typed before the window closes."""
        return self.state.may_leave()

    @override
    def undo(self) -> None:
        """Ctrl+Z: the document in front alone."""
        self.state.undo()

    @override
    def redo(self) -> None:
        """Ctrl+Y: the document in front alone."""
        self.state.redo()

    @override
    def undo_titles(self) -> tuple[str | None, str | None]:
        """What undo and redo would do to the document in front."""
        return self.state.undo_titles()

    @override
    def changed(self, change: Change) -> None:
        """Something changed: bound values follow the registers at once, the list a moment after typing."""
        if self.isVisible() and not self._stale and self.state.typed(change):
            return
        if change.nouns == _PRINTS:
            if self.key in change.keys:
                self.reload()
        elif self.nouns & change.nouns:
            self.reload()

    # ---- commands of the menus ----
    def preview_document(self) -> None:
        """预览."""
        self._with_paper("preview")

    @override
    def print_paper(self) -> None:
        """打印 of the document shown."""
        self._with_paper("print")

    def save_pdf(self) -> None:
        """PDF."""
        self._with_paper("pdf")

    def save_xlsx(self) -> None:
        """Xlsx."""
        self._with_paper("xlsx")

    def _with_paper(self, action: str) -> None:
        self.load_if_stale()
        if self.key:
            self.document_actions.carry_out(action)
        else:
            self.shell.said.emit(f"先选一份{self.word}。")
