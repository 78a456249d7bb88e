"""Lists of applications: those of a year, the places they can be made for, the reasons for the auditor."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.documents.forms.definition import FormDefinition
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services.applications import forms, way
from fupin_desktop.services.applications.model import (
    EDITABLE,
    FORM_IDS,
    ApplicationLine,
    GivenReason,
    Place,
)
from fupin_desktop.services.awards import find_text, name_key
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Application,
    ApplicationReason,
    ApplicationTouch,
    Household,
    Office,
    Town,
    Village,
)

VILLAGE_FORM, TOWN_FORM, HOUSEHOLD_FORM, TARGET_FORM = FORM_IDS


def titles(bench: Workbench) -> dict[str, str]:
    """Title of each kind of application by form id, in the order of the list."""
    order = (TOWN_FORM, VILLAGE_FORM, HOUSEHOLD_FORM, TARGET_FORM)
    return {form_id: forms.current(bench, form_id).form.name for form_id in order}


def lines(
    bench: Workbench,
    year: int,
    *,
    form_id: str | None = None,
    state: ApplicationState | None = None,
    text: str = "",
) -> list[ApplicationLine]:
    """The applications of a year: town, villages, households, projects; within each by the place's order.

    Args:
        bench: The workbench.
        year: 年度.
        form_id: Only those of one form.
        state: Only those in one state.
        text: Search text for place or title: words, or the pinyin initials of the place.
    """
    found = bench.cached(("applications.lines", year), lambda: _all(bench, year))
    if form_id is not None:
        found = [line for line in found if line.form_id == form_id]
    if state is not None:
        found = [line for line in found if line.state is state]
    if text.strip():
        found = [line for line in found if all(find_text(word, (line.place, line.title)) for word in text.split())]
    return list(found)


def _all(bench: Workbench, year: int) -> list[ApplicationLine]:
    with bench.read() as session:
        rows = session.execute(_rows().where(Application.year == year)).all()
        order = {key: place for place, key in enumerate(_village_order(session))}
        used = {sha: forms.kept(session, sha) for sha in {row.form_sha for row in rows}}
        made = [(order.get(row.place_key, len(order)), _line(used[row.form_sha], row)) for row in rows]
    kinds = (TOWN_FORM, VILLAGE_FORM, HOUSEHOLD_FORM, TARGET_FORM)

    def rank(item: tuple[int, ApplicationLine]) -> tuple[int, int, str, int]:
        place, line = item
        kind = kinds.index(line.form_id) if line.form_id in kinds else len(kinds)
        return kind, place, name_key(line.place), -line.version

    return [line for _, line in sorted(made, key=rank)]


def _rows() -> Any:
    """What the list needs of applications, without what they hold."""
    names = ("key", "form_id", "form_sha", "year", "place_key", "place", "version", "state", "box")
    columns = [getattr(Application, name) for name in names]
    touched = ApplicationTouch
    return select(*columns, touched.at, touched.who, touched.blocking).outerjoin(
        touched, touched.application_key == Application.key
    )


def _village_order(session: Session) -> list[str]:
    return list(session.scalars(select(Village.key).order_by(Village.position, Village.code, Village.name)))


def line_of(session: Session, application: Application) -> ApplicationLine:
    """An application as it is listed."""
    row = session.execute(_rows().where(Application.key == application.key)).one()
    return _line(forms.kept(session, row.form_sha), row)


def _line(form: FormDefinition, row: Any) -> ApplicationLine:
    state = ApplicationState(row.state)
    return ApplicationLine(
        key=row.key,
        form_id=row.form_id,
        title=form.name,
        place=row.place,
        year=row.year,
        version=row.version,
        state=state,
        waiting_for=forms.box_label(form, row.box) if row.box else "",
        updated_at=row.at or way.BEFORE_ALL,
        updated_by=row.who or "",
        blocking=row.blocking if state in EDITABLE else None,
    )


def places(bench: Workbench, form_id: str, *, year: int | None = None) -> list[Place]:
    """Whom an application of a form can be made for: villages, the town, participating households, known projects.

    A project that is not in the list is created by its typed name.
    """
    year = bench.year if year is None else year
    with bench.read() as session:
        taken = _taken(session, form_id, year)
        if form_id == VILLAGE_FORM:
            statement = select(Village.key, Village.name).order_by(Village.position, Village.code, Village.name)
            rows: Iterable[tuple[str, str]] = session.execute(statement).all()
        elif form_id == TOWN_FORM:
            own = select(Town.key, Town.name).join(Office, Office.town_key == Town.key)
            rows = session.execute(own).all()
        elif form_id == HOUSEHOLD_FORM:
            rows = _households(session)
        else:
            where = (Application.form_id == form_id, Application.year == year - 1)
            rows = ((name, name) for name in session.scalars(select(Application.place).where(*where).distinct()))
        return [Place(key, name, key in taken or (not key and name in taken)) for key, name in rows]


def _households(session: Session) -> list[tuple[str, str]]:
    statement = (
        select(Household.key, Village.name, Household.head_name, Household.group_name, Village.position)
        .join(Village, Village.key == Household.village_key)
        .order_by(Village.position, Village.name, Household.head_sort, Household.key)
    )
    rows = session.execute(statement).all()
    ranks = {group: natural_key(group or "") for group in {row.group_name for row in rows}}
    rows = sorted(rows, key=lambda row: (row.position or 0, row.name, ranks[row.group_name]))
    return [(row.key, " ".join(part for part in (row.name, row.group_name, row.head_name) if part)) for row in rows]


def _taken(session: Session, form_id: str, year: int) -> set[str]:
    """Places, and names of projects, that have an application already."""
    where = (Application.form_id == form_id, Application.year == year)
    return {
        value for pair in session.execute(select(Application.place_key, Application.place).where(*where))
        for value in pair if value
    }


def audit_reasons(bench: Workbench, year: int) -> list[GivenReason]:
    """The written reasons for departing from rules in principle, of all applications of a year, for the auditor."""
    from fupin_desktop.services.applications.opening import reason_line

    statement = (
        select(Application, ApplicationReason)
        .join(ApplicationReason, ApplicationReason.application_key == Application.key)
        .where(Application.year == year)
        .order_by(Application.form_id, Application.place, ApplicationReason.key)
    )
    with bench.read() as session:
        return [
            reason_line(application, forms.kept(session, application.form_sha).name, reason)
            for application, reason in session.execute(statement)
        ]
