"""What the registers would begin a document with now, where they have changed since it was begun."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.filling.data import coerce_value, show_value
from fupin_desktop.services.documents import forms, opening, records
from fupin_desktop.services.documents.bindings import value_of
from fupin_desktop.services.documents.model import EDITABLE
from fupin_desktop.services.existing import existing
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.document_type import load_document
from fupin_desktop.storage.entities import Application, ApplicationValue

_OWN = ("document.", "plan.", "approval.", "office.clerk")
"""Beginnings of what a document is given once: its day, its number, who began it."""
_MOST_EDITS = 2000


class Newer(NamedTuple):
    """A field that registers would fill in otherwise now.

    Attributes:
        field: Its name.
        label: What it is called on the paper.
        on_paper: What is on the paper.
        registered: What the registers have now.
        value: The same, to be written.
    """

    field: str
    label: str
    on_paper: str
    registered: str
    value: Any


def newer(bench: Workbench, key: str) -> tuple[Newer, ...]:
    """Fields of a draft for which the registers have something that the draft never had; in the order of the form.

    What the clerk typed over a value of the registers stands as long as those say the same.

    Raises:
        NotAllowed: It is gone.
    """
    with bench.read() as session:
        application = existing(session, Application, key)
        if records.state_of(application) not in EDITABLE:
            return ()
        form, known = forms.kept(session, application.form_sha), records.values_of(session, key)
        now = _registered(bench, session, application, form)
        other = {name: one for name, one in known.items() if name in now and now[name] != _plain(form, name, one.value)}
        had = _had(session, form, other.values())
        found = [name for name in form.fields if name in other and now[name] not in had[name]]
        return tuple([_newer(form.fields[name], other[name].value, now[name]) for name in found])


def _registered(
    bench: Workbench, session: Session, application: Application, form: FormDefinition
) -> dict[str, Any]:
    """What registers give to each field that begins with something of theirs; nothing is left out."""
    context = opening.context_of(bench, session, application)
    fields = [
        one for one in forms.typed_fields(form).values()
        if one.default and one.type not in ("list", "date") and not one.default.startswith(_OWN)
    ]
    given = {one.name: _plain(form, one.name, value_of(one.default, context)) for one in fields}
    return {name: value for name, value in given.items() if value not in (None, "", ())}


def _had(session: Session, form: FormDefinition, values: Iterable[ApplicationValue]) -> dict[str, list[Any]]:
    """Every value that a field had, by field: what it has now, and what was typed over."""
    fields = {one.key: one.field for one in values}
    found = changes.of_records(session.connection(), ApplicationValue.__tablename__, list(fields), _MOST_EDITS)
    return {
        fields[key]: [
            _plain(form, fields[key], _logged(value))
            for change in happened if change.column == "value" for value in (change.before, change.after)
        ]
        for key, happened in found.items()
    }


def _logged(value: Any) -> Any:
    return load_document(value) if isinstance(value, str) else value


def _plain(form: FormDefinition, name: str, value: Any) -> Any:
    """A value as it is once typed, so that two can be compared."""
    try:
        return coerce_value(form.fields[name], value)
    except ValueError:
        return value


def _newer(field: Field, on_paper: Any, registered: Any) -> Newer:
    return Newer(field.name, field.label, show_value(field, on_paper), show_value(field, registered), registered)

