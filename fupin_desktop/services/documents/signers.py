"""Who signs a box: names proposed from earlier opinions and from what the registers know of the place."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import StepKind
from fupin_desktop.services.documents import forms, opening
from fupin_desktop.services.documents.bindings import value_of
from fupin_desktop.services.existing import existing
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application, ApplicationStep

MOST = 5
_ROSTER = {
    "opinion_clerk": "office.clerk", "opinion_village": "village.leader", "opinion_assisting": "village.team_leader",
}  # fmt: skip
"""Whom the registers know for a box, by the binding that gives the name."""


def signers(bench: Workbench, key: str) -> dict[str, tuple[str, ...]]:
    """Names proposed for each box of a document, the likeliest first; a box that nobody is known for has none.

    First who signed the same box for the same place, then who the registers name, then who signed it elsewhere.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        application = existing(session, Application, key)
        boxes = [field.name for field in forms.kept(session, application.form_sha).opinions]
        context = opening.context_of(bench, session, application)
        known = {box: value_of(_ROSTER[box], context) if box in _ROSTER else None for box in boxes}
        return {box: _names(session, application, box, known[box] or "") for box in boxes}


def _names(session: Session, application: Application, box: str, registered: str) -> tuple[str, ...]:
    """Names by box, each once: of the same place, of the registers, of the same form or any other."""
    statement = (
        select(ApplicationStep.name, Application.place_key, Application.form_id)
        .join(Application, Application.key == ApplicationStep.application_key)
        .where(ApplicationStep.kind == StepKind.OPINION, ApplicationStep.box == box, ApplicationStep.name != "")
        .order_by(ApplicationStep.at.desc(), ApplicationStep.key.desc())
    )
    said = session.execute(statement).all()
    here = [row.name for row in said if row.place_key and row.place_key == application.place_key]
    of_place = bool(registered) or bool(here)
    of_form = [row.name for row in said if row.form_id == application.form_id]
    elsewhere = [] if of_place and box in _ROSTER else [*of_form, *(row.name for row in said)]
    names = dict.fromkeys(name for name in (*here, registered, *elsewhere) if name)
    return tuple(names)[:MOST]
