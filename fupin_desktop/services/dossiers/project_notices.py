"""Which notices the file of a project must hold, as far as the project has come (清远 二21, 公告公示指导意见 四)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.vocabulary import NoticeState
from fupin_desktop.storage.entities import Notice, Project, ProjectStep

_ORDER = tuple(state.value for state in ProjectState if state is not ProjectState.REMOVED)
_DEMANDED = (
    ("pool", "入库公示", ProjectState.POOLED),
    ("project", "项目公示", ProjectState.IDEA),
    ("completion", "竣工公告", ProjectState.ANNOUNCED),
)
"""Kind of notice, what it is called, and the state from which on it must be there."""


def missing(session: Session, key: str, notices: Iterable[Notice]) -> Iterator[str]:
    """What the file lacks, a sentence for each; a notice that was withdrawn is none.

    Args:
        session: For reading.
        key: A project of the pool; any other key, of a document of its targets, has come no way in the pool.
        notices: Those about the project, and the lists that name it.
    """
    come = _come(session, key)
    there = {one.kind for one in notices if one.state != NoticeState.WITHDRAWN}
    for kind, word, since in _DEMANDED:
        if come >= _ORDER.index(since.value) and kind not in there:
            yield f"没有{word}"


def _come(session: Session, key: str) -> int:
    """How far a project ever came, by its state and its steps; one taken out of the pool had come as far before."""
    states = [*session.scalars(select(Project.state).where(Project.key == key))]
    states += session.scalars(select(ProjectStep.state).where(ProjectStep.project_key == key))
    return max((_ORDER.index(state) for state in states if state in _ORDER), default=0)
