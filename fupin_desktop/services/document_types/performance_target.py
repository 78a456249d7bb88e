"""项目绩效目标表 (清远 二12)."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.policy.applications import EVERY
from fupin_desktop.services.documents.place_kinds import PROJECTS
from fupin_desktop.services.documents.type import PROJECT, Data, DocumentType
from fupin_desktop.services.projects import targets
from fupin_desktop.storage.entities import Application


def _columns(_session: Session, _application: Application, typed: Data) -> dict[str, str]:
    """It is listed by the name of its project."""
    named: Any = typed.get(PROJECT)
    return {"place": str(named)} if named else {}


TYPE = DocumentType(
    form_id="performance_target",
    word="申报表",
    title="项目绩效目标表",
    order=13,
    places=PROJECTS,
    columns=_columns,
    completed=targets.begun,
    checks=(
        *EVERY, "application.phones", "application.linkage", "application.indicators", "application.targets",
        "application.period", "application.brings_along",
    ),
)
