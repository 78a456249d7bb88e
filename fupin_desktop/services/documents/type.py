"""What a document is: one frozen :class:`DocumentType` for each form.

Words, fields and sign-off boxes of a form are in its ``form.toml``; the type says what the file cannot: whom a document
is for, which checks it passes, what its bindings give, and what approval and cancelling do besides. The types are in
``services.document_types``, one file for each form, named like it; ``registry`` finds them there when they are asked
for. They are not inside this package because they use the operations of other nouns (``fund_papers``, ``awards``),
which themselves use the engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.policy.applications.fund_facts import FundFacts
from fupin_desktop.policy.applications.report_facts import ReportFacts
from fupin_desktop.services.documents.context import Context
from fupin_desktop.services.documents.loaded import Loaded
from fupin_desktop.services.documents.model import Progress
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.overview import RowsBehind
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application
from fupin_desktop.storage.unit import Unit

PROJECT = "project"
"""Field of the project's name, in every form that has one."""
Binding = Callable[[Context], Any]
Data = Mapping[str, Any]
Told = tuple[str, str, str]
"""A reason given for a rule in principle: clause, sentence, reason."""


def _no_reasons(_context: Context, _data: Data) -> Iterable[Told]:
    return ()


def _no_rank(_key: str) -> int:
    return 0


def _none_due(_year: int, _today: date) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Places:
    """Whom documents of a type can be made for.

    Attributes:
        offered: Key and name of each, in order; called with the session, the form's id and the year.
        name_of: Name of one by its key, empty where it is gone; may raise ``NotAllowed`` with a reason of its own.
        typed: Caption of the name that is typed where the place is no record, e.g. 项目名称; empty where it is one.
        gone: What is said of a place that is no longer there.
        none_yet: Why none is offered.
        rank: Place of one in lists, by its key, where that is not told by villages and names.
        due: Key of the one that is to be made now, by year and today; empty takes the first that has none yet.
        lasting: Whether the same are offered for every form and year, so that they are listed once for all.
    """

    offered: Callable[[Session, str, int], Sequence[tuple[str, str]]]
    name_of: Callable[[Session, str], str]
    typed: str = ""
    gone: str = "这个申报单位已被删除。"
    none_yet: str = "还没有登记。请先登记村、导入农户名册。"
    rank: Callable[[str], int] = _no_rank
    due: Callable[[int, date], str] = _none_due
    lasting: bool = False


class Bound(NamedTuple):
    """What the query of a computed paper gives.

    Attributes:
        data: Values by field, as a mapping or as attributes, ready to be filled in.
        made_on: Date of the paper, written into its file.
        draft: Whether 草稿 stands across it.
    """

    data: Any
    made_on: date
    draft: bool = False


class Linked(NamedTuple):
    """The records that a computed paper is about, of which it carries the link in the log.

    Attributes:
        table: Their table.
        keys: Their keys; none for the last operation of all, of a paper that is kept as a file itself.
        number: Number of the operation, where it is kept with the record.
        settled: Whether they stay what they were when they were added; else what changed them last counts.
        besides: Columns that the paper does not say.
    """

    table: str = ""
    keys: tuple[str, ...] = ()
    number: int = 0
    settled: bool = False
    besides: frozenset[str] = frozenset()


def _not_linked(_subject: Any) -> Linked | None:
    return None


@dataclass(frozen=True, slots=True)
class Money:
    """What a document of money is to the ledger of fund sources.

    Attributes:
        prefix: What its numbers (编号) begin with, e.g. ``村计``.
        rows: The list that says what its money is for.
        sheet: Whether it draws on an approved plan (审批表); else it is a plan, which the ledger allocates sources to.
        paid_by_sheets: Whether its money is paid through approval sheets alone.
    """

    prefix: str
    rows: str
    sheet: bool = False
    paid_by_sheets: bool = False


def _unnamed(_subject: Any) -> str:
    return ""


def _no_columns(_session: Session, _application: Application, _typed: Data) -> dict[str, str]:
    return {}


def _as_typed(_session: Session, _application: Application, _before: Data, typed: Data) -> dict[str, Any]:
    return dict(typed)


def _nothing_behind(_field: Field, _context: Context) -> RowsBehind | None:
    return None


def _no_past(_session: Session, _application: Application) -> Sequence[HistoryLine]:
    return ()


def _nothing_changed(_session: Session, _application: Application, _data: Data) -> frozenset[str]:
    return frozenset()


def _nothing_on_approve(_bench: Workbench, _unit: Unit, _loaded: Loaded, _before: Application | None) -> None:
    return None


def _nothing_on_cancel(_bench: Workbench, _unit: Unit, _application: Application, _reason: str) -> None:
    return None


def _no_progress(_bench: Workbench, _year: int) -> Mapping[str, Progress]:
    return {}


@dataclass(frozen=True, slots=True, eq=False)
class DocumentType:
    """One form of document; equal only to itself, so that types can be keys.

    A type with ``places`` is filled in, submitted, signed box by box, approved and frozen. A type with ``query`` is a
    computed paper: its data are read when it is shown, and it has no boxes.

    Attributes:
        form_id: Its form, the folder in ``forms``.
        word: What such a document is called in messages: 申报表, 呈批表 ...
        title: What it is called among others on the first page.
        order: Its place in lists of types; types of one tab are next to each other.
        tab: Key of the tab it is worked on in.
        places: Whom it can be made for; None for a computed paper.
        query: What a computed paper prints of its subject, in a form of its own choosing; None for one that is filled
            in. The papers are made by ``computed``.
        named: File name of a computed paper about a subject, without ending.
        public: How the public copy of a paper about a ``RollSubject`` or ``LedgerSubject`` differs from the office's
            own, in a few words; empty where there is one copy for all.
        linked: The records of a computed paper that goes to others for good, of which it carries the link at its foot;
            None where it carries none.
        several: Whether a place may have more than one of it in a year.
        cancellable: Whether an approved one can be cancelled (作废); where not, a correction takes its place.
        checks: Codes of the checks it passes, of ``policy.applications``.
        clauses: Clause of a check, by its code, where it is another than the check's own.
        bindings: What names in its form give, besides those that all documents share.
        money: What it is to the ledger; None for documents without money.
        columns: Columns of its record that follow what is typed: ``place`` (its name in lists), ``number`` ...
        completed: What is typed now, by field, with what follows from it where nothing is typed; gets what was before.
        fund_facts: What the checks of money look at.
        report_facts: What the checks of reports look at.
        changed: Paths of what differs from what was handed in last, besides the version before; gets its data.
        behind: The rows behind a value that one of ``bindings`` gives; None for those that all documents share.
        past: What happened to a document besides, for its history.
        further_reasons: Reasons for rules in principle that it takes over from elsewhere: clause, sentence, reason.
        on_approve: Called in the transaction that approves, after the paper is frozen, with the version it replaces;
            may raise ``NotAllowed``, which takes the approval back.
        on_cancel: Called in the transaction that cancels; may raise ``NotAllowed``, which takes the cancelling back.
        progress: What has become of approved documents of a year since, by key.
        approved_word: What the last box makes of it, in messages.
    """

    form_id: str
    word: str
    title: str = ""
    order: int = 0
    tab: str = "applications"
    places: Places | None = None
    query: Callable[[Any], Bound] | None = None
    named: Callable[[Any], str] = _unnamed
    public: str = ""
    linked: Callable[[Any], Linked | None] = _not_linked
    several: bool = False
    cancellable: bool = False
    checks: tuple[str, ...] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    money: Money | None = None
    columns: Callable[[Session, Application, Data], dict[str, str]] = _no_columns
    completed: Callable[[Session, Application, Data, Data], dict[str, Any]] = _as_typed
    fund_facts: Callable[[Context, Data], FundFacts] | None = None
    report_facts: Callable[[Context, Data], ReportFacts] | None = None
    changed: Callable[[Session, Application, Data], frozenset[str]] = _nothing_changed
    behind: Callable[[Field, Context], RowsBehind | None] = _nothing_behind
    past: Callable[[Session, Application], Sequence[HistoryLine]] = _no_past
    further_reasons: Callable[[Context, Data], Iterable[Told]] = _no_reasons
    on_approve: Callable[[Workbench, Unit, Loaded, Application | None], None] = _nothing_on_approve
    on_cancel: Callable[[Workbench, Unit, Application, str], None] = _nothing_on_cancel
    progress: Callable[[Workbench, int], Mapping[str, Progress]] = _no_progress
    approved_word: str = ApplicationState.APPROVED.label

    @property
    def compares(self) -> bool:
        """Whether a first version too is compared with something."""
        return self.changed is not _nothing_changed

    @property
    def typed_name(self) -> bool:
        """Whether a document is for a name that is typed (of a project) and no record."""
        return self.places is not None and bool(self.places.typed)
