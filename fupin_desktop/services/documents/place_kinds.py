"""Whom documents are made for: villages, the office's town, households, projects named by typing."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from fupin_desktop.domain.ordering import by_group
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.domain.text import clean
from fupin_desktop.services.documents.type import Places
from fupin_desktop.storage.entities import Application, Base, Household, Office, Project, Town, Village

_ENDED = (ProjectState.CLOSED.value, ProjectState.REMOVED.value)


def _name(entity: type[Base], column: str) -> Callable[[Session, str], str]:
    """Reads what a place is called; empty where it is gone."""
    return lambda session, key: getattr(session.get(entity, key), column, "")


def _villages(session: Session, _form_id: str, _year: int) -> list[tuple[str, str]]:
    order = (Village.position, Village.code, Village.name)
    return [(key, name) for key, name in session.execute(select(Village.key, Village.name).order_by(*order))]


def _towns(session: Session, _form_id: str, _year: int) -> list[tuple[str, str]]:
    own = select(Town.key, Town.name).join(Office, Office.town_key == Town.key)
    return [(key, name) for key, name in session.execute(own)]


def _households(session: Session, _form_id: str, _year: int) -> list[tuple[str, str]]:
    """All households in printed order, each with its village and group."""
    statement = (
        select(Household.key, Village.key, Village.name, Household.head_name, Household.group_name)
        .join(Village, Village.key == Household.village_key)
        .order_by(Village.position, Village.name, Village.key, Household.head_sort, Household.key)
    )
    rows = by_group(map(tuple, session.execute(statement)), itemgetter(1), itemgetter(4))
    return [(key, " ".join([part for part in (name, group, head) if part])) for key, _, name, head, group in rows]


def _projects(session: Session, form_id: str, year: int) -> list[tuple[str, str]]:
    """Projects of the pool that are not done with, then those that had such a document the year before."""
    pool = select(Project.name).where(Project.state.not_in(_ENDED)).order_by(Project.code, Project.key)
    where = (Application.form_id == form_id, Application.year == year - 1)
    before = select(Application.place).where(*where).distinct()
    names = dict.fromkeys((*session.scalars(pool), *session.scalars(before)))
    return [(name, name) for name in names if name]


def _typed_name(_session: Session, key: str) -> str:
    return clean(key)


VILLAGES = Places(_villages, _name(Village, "name"), lasting=True)
TOWNS = Places(_towns, _name(Town, "name"), lasting=True)
HOUSEHOLDS = Places(_households, _name(Household, "head_name"), lasting=True)
PROJECTS = Places(_projects, _typed_name, typed="项目名称", gone="没有填写项目名称。")
