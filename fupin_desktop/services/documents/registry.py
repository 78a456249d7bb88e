"""The types of documents, each loaded from ``services.document_types`` when it is asked for first."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from sqlalchemy.orm import Session

from fupin_desktop.domain.vocabulary import ApplicationState
from fupin_desktop.policy.applications import EVERY
from fupin_desktop.services.documents.type import PROJECT, Data, DocumentType
from fupin_desktop.storage.entities import Application

_PACKAGE = "fupin_desktop.services.document_types"
WORD = "申报表"
_LAST = 1000
_PLAIN = (*EVERY, "application.phones")
_registered: dict[str, DocumentType] = {}


def of(form_id: str) -> DocumentType:
    """The type of a form; of one that the office alone has a plain one: all but whom new ones are made for.

    That is said by the office's form, see ``office_types``.
    """
    found = _registered.get(form_id)
    if found is not None:
        return found
    if form_id not in form_ids():
        return DocumentType(form_id, WORD, WORD, order=_LAST, checks=_PLAIN, columns=_columns)
    known: DocumentType = import_module(f"{_PACKAGE}.{form_id}").TYPE
    return _registered.setdefault(form_id, known)


def state_word(form_id: str, state: ApplicationState) -> str:
    """The state of a document in a word; what its last box makes of it is the type's own."""
    return of(form_id).approved_word if state is ApplicationState.APPROVED else state.label


def known(form_id: str) -> bool:
    """Whether the program has a type of a form, so that none is made from the office's own form."""
    return form_id in _registered or form_id in form_ids()


def _columns(_session: Session, application: Application, typed: Data) -> dict[str, str]:
    """A document for a name that is typed is listed by the name of its project."""
    named = typed.get(PROJECT)
    return {"place": str(named)} if named and not application.place_key else {}


def all_types() -> list[DocumentType]:
    """Every type, in the order of lists."""
    known = dict.fromkeys((*form_ids(), *_registered))
    return sorted(map(of, known), key=lambda one: (one.order, one.form_id))


def filled_in(tab: str = "") -> list[DocumentType]:
    """The types that are filled in on screen and signed, of one tab or of all."""
    return [one for one in all_types() if one.places is not None and tab in ("", one.tab)]


def of_money() -> list[DocumentType]:
    """The types of documents of money."""
    return [one for one in all_types() if one.money is not None]


def register(added: DocumentType) -> None:
    """Add a type that is no file of ``services.document_types``."""
    _registered[added.form_id] = added


def forget(form_id: str) -> None:
    """Take a type out that :func:`register` added."""
    _registered.pop(form_id, None)


@lru_cache(maxsize=1)
def form_ids() -> tuple[str, ...]:
    """Forms that have a file in ``services.document_types``."""
    spec = find_spec(_PACKAGE)
    folders = spec.submodule_search_locations if spec is not None else None
    return tuple(module.name for module in iter_modules(folders or []))
