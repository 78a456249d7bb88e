"""What a tab of documents shows: its types, the filters, the list, the document in front; and typing into it.

Panes and actions take this instead of the tab, and hear of changes by its signals.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services import documents
from fupin_desktop.services.documents import DocumentLine, Newer, OpenDocument, office_types, registry
from fupin_desktop.services.documents.model import Outcome
from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.documents.words import short_title

HISTORY_SHOWN = 6
_LATER_MS, _LIST_MS = 60, 400
_TYPING = (".set_values", ".set_list", ".give_reason")


class Typing(Protocol):
    """The paper, as far as what is half typed on it goes."""

    def commit(self) -> None:
        """Keep what is half typed."""

    @property
    def refused(self) -> Mapping[str, tuple[str, str]]:
        """Text and sentence of what was refused and is not mended yet, by path."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents the list shows.

    Attributes:
        year: 年度.
        form_id: A form; empty for all of the tab.
        state: Key of a state; empty for all.
        text: Search text.
    """

    year: int
    form_id: str = ""
    state: str = ""
    text: str = ""


class Shown(NamedTuple):
    """What is read to show a document.

    Attributes:
        document: The document.
        filled: Its paper.
        changed: Paths of what differs from the version before.
        history: What happened to it last.
    """

    document: OpenDocument
    filled: FilledForm
    changed: frozenset[str]
    history: list[HistoryLine]


class DocumentsState(QObject):
    """The documents of one tab.

    Signals:
        listed: ``lines``, ``titles`` or ``wanted`` are other ones.
        shown: ``now`` is another one, or the same document read again.
        refused: Sentences by path of what was typed and not taken.
        stayed: Another document was wanted, but the one in front keeps what is not saved yet.
        begun: A document was begun and is in front, ready to be typed into.
        undo_told: Titles of what undo and redo would do to the document in front; None for nothing.
        newer_told: ``newer`` is another one.

    Attributes:
        tab: Key of the tab, whose types it shows.
        word: What its documents are called together.
        wanted: Which documents are listed.
        titles: Short title of each form by its id, in the order of the list.
        lines: The documents listed.
        chosen: Keys of those chosen in the list.
        key: Key of the document in front; empty for none.
        now: The document in front as it was read; None for none.
        newer: Its fields that the registers would fill in otherwise now, those left alone aside.
    """

    listed = Signal()
    shown = Signal()
    refused = Signal(object)
    stayed = Signal()
    begun = Signal()
    undo_told = Signal(object, object)
    newer_told = Signal()

    def __init__(self, shell: Shell, tab: str, word: str, typing: Typing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shell, self._typing = shell, typing
        self.tab, self.word = tab, word
        self._year = shell.bench.year
        self.wanted = Wanted(self._year)
        self.titles: dict[str, str] = {}
        self.lines: tuple[DocumentLine, ...] = ()
        self.chosen: list[str] = []
        self.key = ""
        self.now: Shown | None = None
        self.newer: tuple[Newer, ...] = ()
        self._left_alone: dict[str, tuple[Newer, ...]] = {}
        self._beside = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._beside.timeout.connect(self._tell_undo)
        self._beside.timeout.connect(self._look_for_newer)
        self._relist = QTimer(self, singleShot=True, interval=_LIST_MS)
        self._relist.timeout.connect(self._list_again)

    # ---- the types and the document in front ----
    @property
    def types(self) -> list[DocumentType]:
        """The types of the tab, in the order of the list."""
        return office_types.filled_in(self._shell.bench, self.tab)

    @property
    def states(self) -> list[ApplicationState]:
        """The states that its documents can be in."""
        cancellable = any(one.cancellable for one in self.types)
        return [state for state in ApplicationState if cancellable or state is not ApplicationState.CANCELLED]

    @property
    def document(self) -> OpenDocument | None:
        """The document in front; None for none."""
        return self.now.document if self.now is not None else None

    # ---- reading ----
    def load(self) -> None:
        """List the documents and read the one in front anew; a new year at work is followed."""
        bench = self._shell.bench
        if bench.year != self._year:
            self._year = bench.year
            self.wanted = Wanted(bench.year)
        self._shell.read(lambda: (documents.titles(bench, self.tab), self._lines()), self._listed)

    def _lines(self) -> list[DocumentLine]:
        wanted = self.wanted
        state = ApplicationState(wanted.state) if wanted.state else None
        return documents.lines(
            self._shell.bench, wanted.year, form_id=wanted.form_id or None, state=state, text=wanted.text, tab=self.tab
        )

    def _listed(self, found: tuple[dict[str, str], list[DocumentLine]]) -> None:
        titles, lines = found
        self.titles = {form_id: short_title(title) for form_id, title in titles.items()}
        self.lines = tuple(lines)
        key = self.key if self.has(self.key) else (lines[0].key if lines else "")
        self.key = key
        self.listed.emit()
        self.show(key)

    def _list_again(self) -> None:
        """The tips of the list tell what is still open; the document stays in front even where a filter drops it."""
        lines = self._shell.read(self._lines)
        if lines is not None and any(line.key == self.key for line in lines):
            self.lines = tuple(lines)
            self.listed.emit()

    def has(self, key: str) -> bool:
        """Whether a document is listed."""
        return any(line.key == key for line in self.lines)

    def show(self, key: str) -> None:
        """Bring a document to the front, read anew; an empty key brings none."""
        self.key = key
        if key:
            self._shell.read(lambda: self._read(key), self._read_in)
        if not key or (self.now is not None and self.now.document.key != key):
            self.now = None
            self.shown.emit()
            self._beside.start()

    def _read(self, key: str) -> Shown:
        bench = self._shell.bench
        document = documents.open_document(bench, key)
        compared = len(document.versions) > 1 or registry.of(document.form.id).compares
        changed = documents.changed_paths(bench, key) if compared else frozenset[str]()
        lines = documents.history(bench, key, HISTORY_SHOWN)
        return Shown(document, documents.filled(bench, key), changed, lines)

    def _read_in(self, read: Shown) -> None:
        if read.document.key == self.key:
            self.now = read
            self.shown.emit()
            self._beside.start()

    def _tell_undo(self) -> None:
        self._shell.read(self._undo_titles, lambda titles: self.undo_told.emit(*titles))

    def _undo_titles(self) -> tuple[str | None, str | None]:
        bench = self._shell.bench
        return documents.undo_title(bench, self.key), documents.redo_title(bench, self.key)

    def undo_titles(self) -> tuple[str | None, str | None]:
        """What undo and redo would do to the document in front."""
        return self._shell.read(self._undo_titles) or (None, None)

    # ---- what registers have now ----
    def _look_for_newer(self) -> None:
        """Compare a draft with the registers it was begun from."""
        bench, document = self._shell.bench, self.document
        found = self._shell.read(lambda: documents.newer(bench, document.key)) if document and document.editable else ()
        left = self._left_alone.get(self.key, ())
        found = tuple([one for one in found or () if one not in left])
        if found != self.newer:
            self.newer = found
            self.newer_told.emit()

    def take_over(self, chosen: Sequence[Newer]) -> None:
        """Put what the registers have now on the draft; the other fields are left alone from now on."""
        bench, key = self._shell.bench, self.key
        self.leave_alone([one for one in self.newer if one not in chosen])
        self._shell.do(
            lambda: documents.set_values(bench, key, {one.field: one.value for one in chosen}), self._written
        )

    def leave_alone(self, fields: Sequence[Newer]) -> None:
        """Ask no more about fields of this draft, until the registers change again."""
        self._left_alone[self.key] = (*self._left_alone.get(self.key, ()), *fields)
        self._look_for_newer()

    # ---- typing ----
    def commit(self) -> None:
        """Keep what is half typed."""
        self._typing.commit()

    def write(self, path: str, text: str) -> None:
        """Keep what was typed into a field."""
        bench, key = self._shell.bench, self.key
        self._shell.do(lambda: documents.set_values(bench, key, {path: text}), self._written)

    def write_list(self, field: str, rows: object) -> None:
        """Keep the rows of a list."""
        bench, key = self._shell.bench, self.key
        if isinstance(rows, list):
            self._shell.do(lambda: documents.set_list(bench, key, field, rows), self._written)

    def _written(self, outcome: Outcome) -> None:
        if outcome.faults:
            self.refused.emit(outcome.faults)

    # ---- moving between documents ----
    def may_leave(self) -> bool:
        """Keep what is half typed; whether nothing refused would be lost by leaving."""
        self.commit()
        refused = len(self._typing.refused)
        if not refused:
            return True
        text = f"有 {refused} 处填写没有通过，还没有保存；离开后这些文字会丢失。"
        ask = self._shell.ask
        return ask.question(self._shell.window, "还有没保存的填写", text, yes="离开", no="返回修改", danger=True)

    def open(self, key: str) -> None:
        """Bring another document of the list to the front, if the one in front may be left."""
        if key == self.key:
            return
        if self.may_leave():
            self.show(key)
            self.listed.emit()
        else:
            self.stayed.emit()

    def show_key(self, key: str) -> None:
        """Bring a document to the front wherever it is; the filters give way."""
        if key == self.key or not self.may_leave():
            return
        if self.has(key):
            self.show(key)
            self.listed.emit()
            return
        bench = self._shell.bench
        self._shell.read(lambda: documents.year_of(bench, key), lambda year: self._show_of_year(key, year))

    def _show_of_year(self, key: str, year: int) -> None:
        self.key, self.wanted = key, Wanted(year)
        self.load()

    def narrow(self, wanted: Wanted) -> None:
        """List other documents."""
        if self.may_leave():
            self.wanted = wanted
            self.load()

    def show_wanted(self, wanted: Wanted) -> None:
        """List the documents a link leads to, and bring the first one to the front."""
        if self.may_leave():
            self.wanted, self.key = wanted, ""
            self.load()

    # ---- undo ----
    def undo(self) -> None:
        """Take back what was done last to the document in front."""
        self.commit()
        bench, key = self._shell.bench, self.key
        self._shell.do(lambda: documents.undo(bench, key), lambda change: self._nothing_to("撤销", change))

    def redo(self) -> None:
        """Do again what was taken back of the document in front."""
        self.commit()
        bench, key = self._shell.bench, self.key
        self._shell.do(lambda: documents.redo(bench, key), lambda change: self._nothing_to("重做", change))

    def _nothing_to(self, word: str, change: Change | None) -> None:
        if change is None:
            self._shell.said.emit(f"这份{self.word}没有可{word}的操作")

    # ---- what changed ----
    def typed(self, change: Change) -> bool:
        """Whether a change is what was just typed into the document in front; it is read again, the list later."""
        if change.keys != (self.key,) or not change.operation.endswith(_TYPING):
            return False
        self.show(self.key)
        self._relist.start()
        return True
