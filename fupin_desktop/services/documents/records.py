"""Applications in the data file: found, read, touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents import registry
from fupin_desktop.services.documents.model import EDITABLE
from fupin_desktop.storage.entities import (
    Application,
    ApplicationReason,
    ApplicationStep,
    ApplicationTouch,
    ApplicationValue,
    FrozenPaper,
)
from fupin_desktop.storage.unit import Unit

_NOT_NOW = {
    ApplicationState.SUBMITTED: ("正在办理，不能修改", "需要修改时请先撤回，或登记退回。"),
    ApplicationState.APPROVED: ("已经批准，不能修改", "需要修改时请用“更正”另做一个新版本。"),
    ApplicationState.REPLACED: ("已被更正后的版本代替，不能修改", "请打开最新的版本。"),
    ApplicationState.CANCELLED: ("已经作废，不能修改", "请另做一份。"),
}


def standing(form_id: str, year: int) -> tuple[ColumnElement[bool], ...]:
    """Which applications of a form and year keep a place from having another: not those replaced or cancelled."""
    over = (ApplicationState.REPLACED.value, ApplicationState.CANCELLED.value)
    return Application.form_id == form_id, Application.year == year, Application.state.not_in(over)


def state_of(application: Application) -> ApplicationState:
    """How far it has come."""
    return ApplicationState(application.state)


def require_editable(application: Application) -> None:
    """Only drafts and what came back may be typed into.

    Raises:
        NotAllowed: It is on its way, approved or replaced.
    """
    state = state_of(application)
    if state not in EDITABLE:
        why, todo = _NOT_NOW[state]
        raise NotAllowed(f"{application.place}的{registry.of(application.form_id).word}{why}。", todo=todo)


def values_of(session: Session, key: str) -> dict[str, ApplicationValue]:
    """The records of the typed fields by field."""
    where = ApplicationValue.application_key == key
    return {one.field: one for one in session.scalars(select(ApplicationValue).where(where))}


def typed_of(session: Session, key: str) -> dict[str, Any]:
    """What is typed by field."""
    statement = select(ApplicationValue.field, ApplicationValue.value).where(ApplicationValue.application_key == key)
    return dict(session.execute(statement).all())


def steps_of(session: Session, key: str) -> list[ApplicationStep]:
    """What happened to it, oldest first."""
    order = (ApplicationStep.at, ApplicationStep.key)
    where = ApplicationStep.application_key == key
    return list(session.scalars(select(ApplicationStep).where(where).order_by(*order)))


def reasons_of(session: Session, key: str) -> list[ApplicationReason]:
    """The reasons given, oldest first."""
    where = ApplicationReason.application_key == key
    return list(session.scalars(select(ApplicationReason).where(where).order_by(ApplicationReason.key)))


def frozen_of(session: Session, key: str) -> FrozenPaper | None:
    """Its frozen paper; None before approval."""
    return session.scalars(select(FrozenPaper).where(FrozenPaper.application_key == key)).first()


def frozen_when(session: Session, key: str) -> tuple[datetime, str] | None:
    """When it was frozen, and by whom; None before approval. Nothing of the paper itself is read."""
    where = FrozenPaper.application_key == key
    found = session.execute(select(FrozenPaper.at, FrozenPaper.who).where(where)).first()
    return (found.at, found.who) if found is not None else None


def parts_of(session: Session, key: str) -> dict[str, list[str]]:
    """Keys of an application and of all that belongs to it, by table."""
    found = {Application.__tablename__: [key]}
    for entity in (ApplicationValue, ApplicationStep, ApplicationReason):
        where = entity.application_key == key
        found[entity.__tablename__] = list(session.scalars(select(entity.key).where(where)))
    return found


def versions_of(session: Session, application: Application) -> list[Application]:
    """All versions of it, oldest first."""
    found = {application.key: application}
    before = application.previous_key
    while before and (one := session.get(Application, before)) is not None:
        found[one.key] = one
        before = one.previous_key
    latest: Sequence[str] = list(found)
    while latest:
        after = session.scalars(select(Application).where(Application.previous_key.in_(latest))).all()
        latest = [one.key for one in after if one.key not in found]
        found |= {one.key: one for one in after}
    return sorted(found.values(), key=lambda one: (one.version, one.key))


def touch(unit: Unit, key: str, blocking: int | None) -> None:
    """Note when it was worked on, and how many must problems it had then."""
    purpose = unit.purpose
    unit.session.merge(ApplicationTouch(application_key=key, at=purpose.at, who=purpose.who, blocking=blocking))
