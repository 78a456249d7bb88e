"""Which notices a project of the pool needs: one before it is begun, one after it is accepted (清远 二21)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, exists

from fupin_desktop.domain.project_words import ProjectState, Publicised
from fupin_desktop.domain.vocabulary import NoticeState, PublicKind, Severity
from fupin_desktop.services.registers.description import Checked, Finding
from fupin_desktop.services.registers.parts import Computed, Filter, NamedFilter
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Notice, Project, RegisterReason
from fupin_desktop.storage.fields import Field, Kind

CLAUSE = "清远 二21"
_ORDER = tuple(state for state in ProjectState if state is not ProjectState.REMOVED)


@dataclass(frozen=True, slots=True)
class Needed:
    """A notice that a project needs.

    Attributes:
        column: Key of the column that tells whether it was posted.
        kind: Kind of the notice.
        word: What it is called.
        since: The state into which no project comes without it, in principle.
        sentence: What is told where it is missing.
        lacking: The same of several projects, on the first page.
    """

    column: str
    kind: str
    word: str
    since: ProjectState
    sentence: str
    lacking: str

    @property
    def code(self) -> str:
        """By what the reason is kept for which it is missing."""
        return f"projects.{self.column}"

    @property
    def states(self) -> tuple[ProjectState, ...]:
        """The states that need it; a project taken out of the pool needs none."""
        return _ORDER[_ORDER.index(self.since) :]


NEEDED = (
    Needed(
        *("posted_before", "project", "实施前公示", ProjectState.BUILDING),
        "没有张贴实施前公示，原则上公示期满才能实施。", "项目已经实施，没有张贴实施前公示",
    ),
    Needed(
        *("posted_after", "completion", "竣工公告", ProjectState.ANNOUNCED),
        "没有张贴竣工公告，原则上张贴以后才登记。", "项目登记了竣工公告，没有张贴",
    ),
)  # fmt: skip


def posted(one: Needed) -> ColumnElement[bool]:
    """Whether a project's notice was posted and stands."""
    about = (Notice.object_kind == PublicKind.PROJECT.value, Notice.object_key == Project.key)
    stands = (Notice.kind == one.kind, Notice.posted_on.is_not(None), Notice.state != NoticeState.WITHDRAWN.value)
    return exists().where(*about, *stands).correlate(Project)


def columns() -> tuple[Computed, ...]:
    """Whether each notice was posted; empty as long as none is needed."""
    return tuple(
        Computed(Field(one.column, one.word, Kind.CHOICE, choices=Publicised), _told(one)) for one in NEEDED
    )


def _told(one: Needed) -> Callable[[Workbench, int], ColumnElement[Any]]:
    def told(_bench: Workbench, _year: int) -> ColumnElement[Any]:
        about = (RegisterReason.record_key == Project.key, RegisterReason.code == one.code)
        return case(
            (posted(one), Publicised.POSTED.value),
            (Project.state.not_in([state.value for state in one.states]), None),
            (exists().where(*about).correlate(Project), Publicised.EXPLAINED.value),
            else_=Publicised.MISSING.value,
        )

    return told


def filters() -> dict[str, NamedFilter]:
    """The projects that lack a notice, as the first page lists them."""
    return {
        f"missing:{one.kind}": NamedFilter(
            (Filter(one.column, values=(Publicised.MISSING.label,)),),
            lacking=one.lacking, badge=Publicised.MISSING.label, urgency="soon",
        )
        for one in NEEDED
    }


def check(checked: Checked) -> Iterable[Finding]:
    """A project that came further than its notices asks why, in principle."""
    return (found for key, values in checked.records.items() for found in _missing(key, values))


def _missing(key: str, values: Any) -> Iterator[Finding]:
    unposted = (Publicised.MISSING.value, Publicised.EXPLAINED.value)
    for one in NEEDED:
        if values.get(one.column) in unposted:
            yield Finding(key, one.column, one.sentence, Severity.PRINCIPLE, CLAUSE)
