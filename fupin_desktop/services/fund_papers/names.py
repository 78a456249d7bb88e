"""What documents of money are called in lists and in the ledger."""

from __future__ import annotations

from sqlalchemy.orm import Session

from fupin_desktop.services.documents.context import Context
from fupin_desktop.storage.entities import Town, Village


def base_name(session: Session, place_key: str) -> str:
    """Name of the village or town of a plan; empty where it is gone."""
    for entity in (Village, Town):
        found = session.get(entity, place_key)
        if isinstance(found, Village | Town):
            return found.name
    return ""


def plan_name(place: str, project: str) -> str:
    """A plan as it is listed and as the ledger names it: “低岭村 水稻种植基地”; a village is not named twice."""
    return project if place and project.startswith(place) else f"{place} {project}".strip()


def target_name(context: Context, project: str) -> str:
    """The name of the plan a context is of."""
    return plan_name(base_name(context.session, context.subject.place_key), project) or context.subject.place
