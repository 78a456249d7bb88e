"""How the projects of the sample pool came on their way, by the office's own operation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import select

from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.services.projects import moving
from fupin_desktop.services.projects.moving import Move
from fupin_desktop.services.samples.papers import Event
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Project

_STATES = tuple(ProjectState)[1:]


def project_events(bench: Workbench, spec: Mapping[str, Any], today: date) -> list[Event]:
    """When each project came to each state.

    Args:
        bench: The sample office with its projects.
        spec: The content of ``projects.toml``.
        today: The end of the story.
    """
    return [
        Event(days, partial(_take, bench, row, state, today - timedelta(days=days)))
        for row in spec["project"]
        for state, days in zip(_STATES, row["days"], strict=False)
    ]


def _take(bench: Workbench, row: Mapping[str, Any], state: ProjectState, dated: date) -> None:
    with bench.read() as session:
        key = session.scalars(select(Project.key).where(Project.name == row["name"])).one()
    reason = row.get("begun_because", "") if state is ProjectState.BUILDING else ""
    moving.move(bench, Move(key, state, dated, row.get("document_no", ""), reason))
