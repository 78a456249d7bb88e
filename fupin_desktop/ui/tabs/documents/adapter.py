"""What a tab of documents has to know of its kind of document; each kind brings one adapter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.pages import FilledForm
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents.model import FlowStep, Opinion, Outcome, Place, RowsBehind, VersionLine
from fupin_desktop.services.printing import Paper
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.tasks import Report

Stage = Literal["open", "sent", "final", "over"]
PaperKind = Literal["pdf", "xlsx"]


class DocumentLine(NamedTuple):
    """A document in the list.

    Attributes:
        key: Its key.
        kind: Key of its kind, which groups the list.
        name: Whose it is.
        note: Small words behind the name, e.g. ``第 2 版``.
        badge: Its state in a word.
        tone: Colour of the badge.
        tip: Tool tip.
    """

    key: str
    kind: str
    name: str
    note: str
    badge: str
    tone: str
    tip: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document with all that the tab shows beside it.

    Attributes:
        key: Its key.
        line: As in the list.
        stage: ``open`` may be typed, ``sent`` is on its way, ``final`` is approved, ``over`` gave way to a correction.
        form: The form it was begun with.
        data: Values ready for the paper.
        locked: Fields that are never typed.
        problems: Findings of the checks.
        passed: Number of checks that found nothing.
        faults: Sentences by path, marked in place.
        flow: Steps of the present round.
        past: Steps of earlier rounds.
        versions: All versions, oldest first.
        note: What has to be said above the paper; empty as a rule.
        hint: Where the document stands, in a few words above the paper.
        cancellable: Whether it can be given up once it is approved.
    """

    key: str
    line: DocumentLine
    stage: Stage
    form: FormDefinition
    data: Mapping[str, Any]
    locked: frozenset[str]
    problems: tuple[Problem, ...]
    passed: int
    faults: Mapping[str, str]
    flow: tuple[FlowStep, ...]
    past: tuple[FlowStep, ...] = ()
    versions: tuple[VersionLine, ...] = ()
    note: str = ""
    hint: str = ""
    cancellable: bool = False

    @property
    def editable(self) -> bool:
        """Whether the clerk may type."""
        return self.stage == "open"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents the list shows.

    Attributes:
        year: 年度.
        kind: Key of a kind; empty for all.
        state: Key of a state; empty for all.
        text: Search text.
    """

    year: int
    kind: str = ""
    state: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """How papers are written.

    Attributes:
        kinds: ``pdf``, ``xlsx``.
        copy: Whether they leave the office: numbers of persons are masked then.
    """

    kinds: tuple[PaperKind, ...] = ("pdf",)
    copy: bool = field(default=False)


class DocumentAdapter(Protocol):
    """The named operations of one kind of document.

    Attributes:
        noun: Stem in ``Change.nouns`` and in the history.
        word: What such a document is called, e.g. ``申报表``.
    """

    noun: str
    word: str

    def kinds(self) -> Mapping[str, str]:
        """Title of each kind by its key, in the order of the list."""

    def word_of(self, kind: str) -> str:
        """What a document of a kind is called."""

    def none_yet(self, kind: str) -> str:
        """Why nobody is there whom a document of a kind can be made for."""

    def short_title(self, kind: str) -> str:
        """Title of a kind in few words, for the list."""

    def states(self) -> Sequence[tuple[str, str]]:
        """Key and word of each state."""

    def lines(self, wanted: Wanted) -> list[DocumentLine]:
        """The documents to list, grouped by kind."""

    def year_of(self, key: str) -> int:
        """年度 of a document."""

    def open(self, key: str) -> Document:
        """A document."""

    def filled(self, key: str) -> FilledForm:
        """Its paper."""

    def changed_paths(self, key: str) -> frozenset[str]:
        """What differs from the version before."""

    def set_values(self, key: str, typed: Mapping[str, Any]) -> Outcome:
        """Write typed texts by path."""

    def set_list(self, key: str, field: str, rows: Sequence[Mapping[str, Any]]) -> Outcome:
        """Write the records of a list."""

    def rows_behind(self, key: str, field: str) -> RowsBehind:
        """The rows a computed value rests on."""

    def give_reason(self, key: str, code: str, text: str) -> Change:
        """Give the reason for departing from a rule in principle."""

    def submit(self, key: str) -> Change:
        """Hand it in."""

    def give_opinion(self, key: str, box: str, opinion: Opinion) -> Change:
        """Enter what a box says."""

    def send_back(self, key: str, opinion: Opinion) -> Change:
        """Return it with a reason (its text), by whom and when."""

    def withdraw(self, key: str, reason: str) -> Change:
        """Take it back."""

    def correct(self, key: str) -> Change:
        """Begin a new version beside it."""

    def cancel(self, key: str, reason: str) -> Change:
        """Give an approved one up."""

    def places(self, kind: str, year: int) -> list[Place]:
        """Whom a document of a kind can be made for."""

    def typed_name(self, kind: str) -> str:
        """Caption of the name that is typed instead of chosen; empty where it is chosen."""

    def create(self, kind: str, place: str, year: int, *, copy: bool) -> Change:
        """Begin one, empty or with what was typed the year before."""

    def remove(self, key: str) -> Change:
        """Delete a draft."""

    def paper_name(self, key: str) -> str:
        """File name without ending."""

    def write(self, key: str, path: Path, kind: PaperKind, *, copy: bool) -> None:
        """Write one paper."""

    def printable(self, key: str, *, copy: bool = False) -> Paper:
        """It as something to print."""

    def write_many(self, keys: Sequence[str], folder: Path, export: Export, report: Report) -> list[Path]:
        """Write many papers into a folder."""
