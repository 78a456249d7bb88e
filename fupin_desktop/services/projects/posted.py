"""The notices that a project is named in, as whoever asks is told: the pool's, its own before work, that of its end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import PublicKind
from fupin_desktop.services.notices import batches
from fupin_desktop.services.overview import Target
from fupin_desktop.services.projects.moving import POOL_NOTICE
from fupin_desktop.services.publicity import gates
from fupin_desktop.services.publicity.gates import Subject
from fupin_desktop.services.registers.project_notices import NEEDED
from fupin_desktop.services.workbench import Workbench


@dataclass(frozen=True, slots=True)
class PostedNotice:
    """One notice.

    Attributes:
        told: What it is and how far it has come.
        target: Where it is.
    """

    told: str
    target: Target


def posted(bench: Workbench, key: str) -> tuple[PostedNotice, ...]:
    """The notices of a project that were posted and not withdrawn, in the order in which they are due."""
    with bench.read() as session:
        return tuple(_posted(session, bench, key))


def _posted(session: Session, bench: Workbench, key: str) -> Iterator[PostedNotice]:
    lists = batches.naming(session, POOL_NOTICE, key)
    places = [("入库公示", Subject(PublicKind.POOL, one), POOL_NOTICE) for one in lists]
    places += [(one.word, Subject(PublicKind.PROJECT, key), one.kind) for one in NEEDED]
    for word, subject, kind in places:
        now = gates.standing(session, subject, bench.today, kind)
        if now.notices:
            yield PostedNotice(f"{word}：{now.told}", Target("publicity", kind, subject.key))
