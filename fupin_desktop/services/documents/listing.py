"""Lists of applications: those of a year, the places they can be made for, the reasons for the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.services.documents import forms, office_types, records, registry, way
from fupin_desktop.services.documents.model import (
    EDITABLE,
    DocumentLine,
    GivenReason,
    Place,
)
from fupin_desktop.services.documents.type import Places
from fupin_desktop.services.existing import existing
from fupin_desktop.services.finding import find_text, name_key
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import (
    Application,
    ApplicationReason,
    ApplicationTouch,
    Village,
)

APPLICATIONS = "applications"
"""Key of the tab of applications (申报表)."""


def title(bench: Workbench, form_id: str) -> str:
    """Title of a form in use."""
    return forms.current(bench, form_id).form.name


def clause(bench: Workbench, form_id: str) -> str:
    """Clause that asks for a form in use, e.g. ``清远 三(三)``; empty for one of the office's own."""
    return forms.current(bench, form_id).form.clause


def titles(bench: Workbench, tab: str = APPLICATIONS) -> dict[str, str]:
    """Title of each form of a tab by its id, in the order of the list."""
    return {one.form_id: title(bench, one.form_id) for one in office_types.filled_in(bench, tab)}


def lines(
    bench: Workbench,
    year: int,
    *,
    form_id: str | None = None,
    state: ApplicationState | None = None,
    text: str = "",
    tab: str = APPLICATIONS,
) -> list[DocumentLine]:
    """The documents of a year: town, villages, households, projects; within each by the place's order.

    Args:
        bench: The workbench.
        year: 年度.
        form_id: Only those of one form.
        state: Only those in one state.
        text: Search text for place, number or title: words, or the pinyin initials of the place.
        tab: Tab whose documents are listed; empty for all.
    """
    found = bench.cached(("documents.lines", year), lambda: _all(bench, year))
    found = [line for line in found if tab in ("", registry.of(line.form_id).tab)]
    if form_id is not None:
        found = [line for line in found if line.form_id == form_id]
    if state is not None:
        found = [line for line in found if line.state is state]
    if text.strip():
        found = [line for line in found if all(_tells(line, word) for word in text.split())]
    return [with_progress(bench, line) for line in found]


def year_of(bench: Workbench, key: str) -> int:
    """年度 of a document.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        return existing(session, Application, key).year


def with_progress(bench: Workbench, line: DocumentLine) -> DocumentLine:
    """A line with what has become of the document since, where it is approved."""
    if line.state is not ApplicationState.APPROVED:
        return line
    find = registry.of(line.form_id).progress
    found = bench.cached(("documents.progress", line.form_id, line.year), lambda: find(bench, line.year))
    return replace(line, progress=found.get(line.key))


def _tells(line: DocumentLine, word: str) -> bool:
    return find_text(word, (line.place, line.number, line.title))


def _all(bench: Workbench, year: int) -> list[DocumentLine]:
    with bench.read() as session:
        rows = session.execute(_rows().where(Application.year == year)).all()
        order = {key: place for place, key in enumerate(_village_order(session))}
        used = {sha: forms.kept(session, sha) for sha in {row.form_sha for row in rows}}
        made = [
            (order.get(row.place_key, len(order)) + _rank(row), _line(used[row.form_sha], row)) for row in rows
        ]

    def rank(item: tuple[int, DocumentLine]) -> tuple[int, str, int, tuple[Any, ...], str, int]:
        place, line = item
        order, number = registry.of(line.form_id).order, natural_key(line.number)
        return order, line.form_id, place, number, name_key(line.place), -line.version

    return [line for _, line in sorted(made, key=rank)]


def _rank(row: Any) -> int:
    """Place of a document among those that are for no village, as its type ranks them."""
    places = registry.of(row.form_id).places
    return places.rank(row.place_key) if places is not None else 0


def _rows() -> Any:
    """What the list needs of applications, without what they hold."""
    names = ("key", "form_id", "form_sha", "year", "place_key", "place", "number", "version", "state", "box")
    columns = [getattr(Application, name) for name in names]
    touched = ApplicationTouch
    return select(*columns, touched.at, touched.who, touched.blocking).outerjoin(
        touched, touched.application_key == Application.key
    )


def _village_order(session: Session) -> list[str]:
    return list(session.scalars(select(Village.key).order_by(Village.position, Village.code, Village.name)))


def line_of(session: Session, application: Application) -> DocumentLine:
    """An application as it is listed."""
    row = session.execute(_rows().where(Application.key == application.key)).one()
    return _line(forms.kept(session, row.form_sha), row)


def _line(form: FormDefinition, row: Any) -> DocumentLine:
    state = ApplicationState(row.state)
    return DocumentLine(
        key=row.key,
        form_id=row.form_id,
        title=form.name,
        place=row.place,
        number=row.number,
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
    kind = office_types.used(bench, form_id)
    if kind.places is None:
        return []
    with bench.read() as session:
        taken = set() if kind.several else _taken(session, form_id, year)
    rows = _offered(bench, kind.places, form_id, year)
    return [Place(key, name, (name if kind.typed_name else key) in taken) for key, name in rows]


def _offered(bench: Workbench, places: Places, form_id: str, year: int) -> Sequence[tuple[str, str]]:
    """Key and name of each place of a form; of so many forms as are for all households these are listed once."""

    def find() -> Sequence[tuple[str, str]]:
        with bench.read() as session:
            return places.offered(session, form_id, year)

    about = () if places.lasting else (form_id, year)
    return bench.cached(("documents.offered", places.offered, *about), find)


def _taken(session: Session, form_id: str, year: int) -> set[str]:
    """Places, and names of projects, that have an application already."""
    where = records.standing(form_id, year)
    return {
        value for pair in session.execute(select(Application.place_key, Application.place).where(*where))
        for value in pair if value
    }


def audit_reasons(bench: Workbench, year: int) -> list[GivenReason]:
    """The written reasons for departing from rules in principle, of all applications of a year, for the auditor."""
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


def reason_line(application: Application, title: str, reason: ApplicationReason) -> GivenReason:
    """A reason as it is listed."""
    return GivenReason(
        application_key=application.key,
        place=application.place,
        title=title,
        state=ApplicationState(application.state),
        code=reason.code,
        sentence=reason.sentence,
        clause=reason.clause,
        reason=reason.reason,
        at=reason.at,
        who=reason.who,
    )
