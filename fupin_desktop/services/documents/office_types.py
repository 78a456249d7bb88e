"""Types that the office's own forms make by themselves: a ``form.toml`` of an id that the program does not have.

Such a form is listed in 新建…, filled in, checked as every document is, signed by its boxes, frozen and printed. Whom
it is for is said by its ``places``, or follows from the names its fields are bound to.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from fupin_desktop.documents.definition.fitness import kind_of_place
from fupin_desktop.errors import Situation
from fupin_desktop.services.documents import forms, registry
from fupin_desktop.services.documents.place_kinds import HOUSEHOLDS, PROJECTS, TOWNS, VILLAGES
from fupin_desktop.services.documents.type import DocumentType
from fupin_desktop.services.workbench import Workbench

TAB = "applications"
_PLACES = {"village": VILLAGES, "town": TOWNS, "household": HOUSEHOLDS, "project": PROJECTS}
_KEPT = 64


def used(bench: Workbench, form_id: str) -> DocumentType:
    """The type of a form, also of one that the office alone has.

    Raises:
        FileMissing: There is no such form.
        BadDefinition: The office's form breaks a rule, so that no document can be begun with it.
    """
    if registry.known(form_id):
        return registry.of(form_id)
    form = forms.current(bench, form_id).form
    return _made(form_id, form.name, kind_of_place(form))


def filled_in(bench: Workbench, tab: str = "") -> list[DocumentType]:
    """The types that are filled in on screen and signed, of one tab or of all; those of the office alone come last.

    A form of the office that breaks a rule is left out; 表样 tells why.
    """
    own = forms.own_ids(bench) if tab in ("", TAB) else ()
    return [*registry.filled_in(tab), *filter(None, (_sound(bench, form_id) for form_id in own))]


def _sound(bench: Workbench, form_id: str) -> DocumentType | None:
    try:
        return None if registry.known(form_id) else used(bench, form_id)
    except Situation:
        return None


@lru_cache(maxsize=_KEPT)
def _made(form_id: str, title: str, place: str) -> DocumentType:
    """One type for each form, so that it stays the same object."""
    return replace(registry.of(form_id), title=title, places=_PLACES[place])
