"""The kinds of documents that share one life (fill, submit, sign, freeze, correct), and what is each one's own.

A further kind brings its own :class:`DocumentKind` and an entry in ``_ELSEWHERE``; the operations of this package then
work for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.ordering import natural_key
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents.model import FORM_IDS, FUND_FORM_IDS
from fupin_desktop.storage.entities import Application, Household, Office, Town, Village

if TYPE_CHECKING:
    from fupin_desktop.documents.forms.definition import Field, FormDefinition
    from fupin_desktop.policy.applications.fund_facts import FundFacts
    from fupin_desktop.services.documents.context import Context
    from fupin_desktop.services.documents.loaded import Loaded
    from fupin_desktop.services.documents.model import RowsBehind
    from fupin_desktop.services.workbench import Workbench
    from fupin_desktop.storage.base import Keyed
    from fupin_desktop.storage.unit import Unit

Binding = Callable[["Context"], Any]
VILLAGE_FORM, TOWN_FORM, HOUSEHOLD_FORM, TARGET_FORM = FORM_IDS
PROJECT = "project"
"""Field of the project's name, in every form that has one."""
_ELSEWHERE = dict.fromkeys(FUND_FORM_IDS, "fupin_desktop.services.fund_papers.kind")
"""Modules whose ``KIND`` is the kind of these forms; loaded when such a document is first worked on."""


class DocumentKind:
    """What one kind of document does in its own way; this one is the applications (申报表).

    Attributes:
        form_ids: Forms of the kind, in the order of the list.
        bindings: What names in forms give, besides those that all documents share.
        tab: Key of the tab they are worked on in.
        cancellable: Whether an approved one can be given up; where it cannot, a correction takes its place.
    """

    form_ids: tuple[str, ...] = (TOWN_FORM, VILLAGE_FORM, HOUSEHOLD_FORM, TARGET_FORM)
    bindings: Mapping[str, Binding] = {}
    tab: str = "applications"
    cancellable: bool = False

    def word(self, form_id: str) -> str:
        """What such a document is called in messages."""
        return "申报表"

    def several(self, form_id: str) -> bool:
        """Whether a place may have more than one of a form and year."""
        return False

    def names_place(self, form_id: str) -> bool:
        """Whether the place is a typed name (of a project) and no record."""
        return form_id == TARGET_FORM

    def places(self, session: Session, form_id: str, year: int) -> Sequence[tuple[str, str]]:
        """Key and name of whom a document of a form can be made for."""
        if form_id == VILLAGE_FORM:
            return village_places(session)
        if form_id == TOWN_FORM:
            return town_places(session)
        if form_id == HOUSEHOLD_FORM:
            return _households(session)
        where = (Application.form_id == form_id, Application.year == year - 1)
        return [(name, name) for name in session.scalars(select(Application.place).where(*where).distinct())]

    def place_name(self, session: Session, form_id: str, place_key: str) -> str:
        """Name of the place a document is for; of a project the name typed.

        Raises:
            NotAllowed: The place is gone.
        """
        if self.names_place(form_id):
            return clean(place_key)
        found = session.get(_PLACES[form_id], place_key)
        if found is None:
            raise NotAllowed("这个申报单位已被删除。", todo="请刷新后重新选择。")
        return found.head_name if isinstance(found, Household) else str(getattr(found, "name", ""))

    def columns(self, session: Session, application: Application, typed: Mapping[str, Any]) -> dict[str, str]:
        """Columns of the record that follow what is typed: ``place``, the name it is listed by, ``number`` ..."""
        named = typed.get(PROJECT) if self.names_place(application.form_id) else None
        return {"place": str(named)} if named else {}

    def completed(
        self, session: Session, application: Application, before: Mapping[str, Any], typed: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What is typed now, by field, with what follows from it where nothing is typed; ``before`` was there."""
        return dict(typed)

    def fund_facts(self, form: FormDefinition, context: Context, data: Mapping[str, Any]) -> FundFacts | None:
        """What the checks of money look at; None where a document allocates none."""
        return None

    def behind(self, field: Field, context: Context) -> RowsBehind | None:
        """The rows behind a value that one of ``bindings`` gives; None for those that all documents share."""
        return None

    def past(self, session: Session, application: Application) -> Sequence[tuple[datetime, str, str, str, str, str]]:
        """What happened to a document besides, as lines of its history: at, who, title, label, before, after."""
        return ()

    def approve(self, bench: Workbench, unit: Unit, loaded: Loaded, before: Application | None) -> None:
        """Called in the transaction that approves, after the paper is frozen; ``before`` is the version it replaces.

        Raises:
            NotAllowed: It cannot be approved now; the whole approval is taken back.
        """

    def cancel(self, bench: Workbench, unit: Unit, application: Application, reason: str) -> None:
        """Called in the transaction that gives an approved document up.

        Raises:
            NotAllowed: Something rests on it; nothing is given up.
        """


APPLICATIONS = DocumentKind()
_PLACES: dict[str, type[Keyed]] = {VILLAGE_FORM: Village, TOWN_FORM: Town, HOUSEHOLD_FORM: Household}


def kind_of(form_id: str) -> DocumentKind:
    """The kind of a form."""
    module = _ELSEWHERE.get(form_id)
    if module is None:
        return APPLICATIONS
    found: DocumentKind = import_module(module).KIND
    return found


def word_of(form_id: str) -> str:
    """What a document of a form is called: 申报表, 呈批表, 审批表."""
    return kind_of(form_id).word(form_id)


def village_places(session: Session) -> list[tuple[str, str]]:
    """Key and name of every village, in their order."""
    order = (Village.position, Village.code, Village.name)
    return [(key, name) for key, name in session.execute(select(Village.key, Village.name).order_by(*order))]


def town_places(session: Session) -> list[tuple[str, str]]:
    """Key and name of the office's town."""
    own = select(Town.key, Town.name).join(Office, Office.town_key == Town.key)
    return [(key, name) for key, name in session.execute(own)]


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
