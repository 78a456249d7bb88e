"""The values of applications as the tab sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.domain.vocabulary import EDITABLE_STATES, ApplicationState
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.workbench import Change

NOUN = "applications"
"""Stem of the noun of documents, in ``Change.nouns``, in targets and in records of printing."""
EDITABLE = EDITABLE_STATES
PaperKind = Literal["pdf", "xlsx"]
Stage = Literal["open", "sent", "final", "over"]
"""``open`` may be typed, ``sent`` is on its way, ``final`` is approved, ``over`` was replaced or cancelled."""
_STAGES: Mapping[ApplicationState, Stage] = {
    ApplicationState.SUBMITTED: "sent", ApplicationState.APPROVED: "final", ApplicationState.REPLACED: "over",
    ApplicationState.CANCELLED: "over",
}  # fmt: skip
StepState = Literal["done", "current", "to come", "refused"]


@dataclass(frozen=True, slots=True)
class Place:
    """Whom an application can be made for: a village, the town, a household, a project.

    Attributes:
        key: Handed to :func:`create`; of a project its name.
        name: As shown.
        taken: Whether an application of that form and year is there already.
    """

    key: str
    name: str
    taken: bool = False


class Progress(NamedTuple):
    """What has become of an approved document since, e.g. 部分拨付.

    Attributes:
        word: In a word.
        complete: Whether nothing is left to be done.
    """

    word: str
    complete: bool


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in the list.

    Attributes:
        key: Its key.
        form_id: Its form.
        title: Title of the form.
        place: Village, town, household or project.
        number: 编号; empty for documents without one.
        year: 年度.
        version: 1, or more for corrections.
        state: How far it has come.
        waiting_for: Label of the opinion box waited for; empty while none is.
        updated_at: When it was worked on last.
        updated_by: By whom.
        blocking: Number of must problems when it was worked on last; None for those no longer edited.
        progress: What has become of it since it was approved; None where that is nothing.
    """

    key: str
    form_id: str
    title: str
    place: str
    year: int
    version: int
    state: ApplicationState
    waiting_for: str
    updated_at: datetime
    updated_by: str
    blocking: int | None
    number: str = ""
    progress: Progress | None = None

    @property
    def stage(self) -> Stage:
        """Where it stands, as far as what can be done with it goes."""
        return _STAGES.get(self.state, "open")


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a box says; ``text`` empty takes 同意。 where it agrees."""

    agrees: bool
    text: str = ""
    name: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of the way, or one box of it.

    Attributes:
        box: Name of the opinion field; empty for 填写, 提交 and what happened besides.
        label: As shown.
        state: done, current, to come or refused.
        who: Who signed, or the clerk.
        when: Day signed or done.
        agrees: 同意 or 不同意; None where that is not asked or not said.
        text: The opinion or reason.
        round: Of which submission; 0 before the first.
    """

    box: str
    label: str
    state: StepState
    who: str = ""
    when: date | None = None
    agrees: bool | None = None
    text: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version of an application."""

    key: str
    version: int
    state: ApplicationState
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class GivenReason:
    """The written reason for departing from a rule that holds in principle.

    Attributes:
        application_key: The application.
        place: Whose it is.
        title: Title of its form.
        state: How far the application has come.
        code: Code of the check.
        sentence: What departs.
        clause: The clause.
        reason: The reason given.
        at: When.
        who: By which clerk.
    """

    application_key: str
    place: str
    title: str
    state: ApplicationState
    code: str
    sentence: str
    clause: str
    reason: str
    at: datetime
    who: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of typed values.

    Attributes:
        change: What changed; None where nothing did, or a fault kept all of it back.
        faults: Sentences by path.
    """

    change: Change | None = None
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """An application with all that the tab shows beside it.

    Attributes:
        key: Its key.
        line: As in the list.
        form: The form it was begun with.
        data: Typed, bound and signed values, ready for ``fill``.
        typed: Only what is typed.
        editable: Whether the clerk may type.
        locked: Fields that are never typed: bound ones and opinions.
        problems: Findings of the checks, with the reasons given.
        passed: Number of checks that found nothing.
        faults: Sentences by path of values that are kept but wrong, for marking them in place.
        flow: The way of the present round.
        past: Steps of earlier rounds, oldest first.
        versions: All versions, oldest first.
        reasons: Reasons given.
        form_note: Why another form than the office's own is used; empty as a rule.
    """

    key: str
    line: DocumentLine
    form: FormDefinition
    data: Mapping[str, Any]
    typed: Mapping[str, Any]
    editable: bool
    locked: frozenset[str]
    problems: tuple[Problem, ...]
    passed: int
    faults: Mapping[str, str]
    flow: tuple[FlowStep, ...]
    past: tuple[FlowStep, ...]
    versions: tuple[VersionLine, ...]
    reasons: tuple[GivenReason, ...]
    form_note: str = ""

    @property
    def stage(self) -> Stage:
        """Where it stands, as far as what can be done with it goes."""
        return self.line.stage
