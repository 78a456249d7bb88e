"""What happened to an application: each field typed, each step of its way, each reason, each printing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.filling.data import show_value
from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import StepKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents import forms, records, registry
from fupin_desktop.services.printing import print_lines
from fupin_desktop.storage import changes
from fupin_desktop.storage.changes import Deed, FieldChange
from fupin_desktop.storage.document_type import load_document
from fupin_desktop.storage.entities import Application, ApplicationReason, ApplicationStep, ApplicationValue
from fupin_desktop.storage.log import Action

_LONGEST = 60
_DEEDS = {Action.INSERT: "新增", Action.DELETE: "删除"}


class PastLine(NamedTuple):
    """One change, as :class:`services.history.HistoryLine` has it."""

    at: datetime
    who: str
    title: str
    label: str
    before: str
    after: str


def past_lines(session: Session, key: str, limit: int) -> list[PastLine]:
    """The changes of an application, the newest first; none where it is gone."""
    try:
        application = records.existing(session, key)
    except NotAllowed:
        return []
    form = forms.kept(session, application.form_sha)
    connection = session.connection()
    lines = [
        *_typed(connection, session, form, key, limit),
        *_begun(connection, key, limit),
        *_way(session, form, key),
        *_reasons(session, key),
        *(PastLine(*line) for line in registry.of(application.form_id).past(session, application)),
        *(PastLine(*line) for line in print_lines(session, key, limit)),
    ]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:limit]


def _typed(connection: Connection, session: Session, form: FormDefinition, key: str, limit: int) -> Iterator[PastLine]:
    """What was typed over what."""
    fields = {one.key: name for name, one in records.values_of(session, key).items()}
    found = changes.of_records(connection, ApplicationValue.__tablename__, list(fields), limit)
    for record, happened in found.items():
        field = form.fields.get(fields[record])
        for change in happened:
            if field is not None and change.column == "value":
                yield _line(change.deed, field.label, _shown(field, change.before), _shown(field, change.after))


def _begun(connection: Connection, key: str, limit: int) -> Iterator[PastLine]:
    happened: list[FieldChange] = changes.of_record(connection, Application.__tablename__, key, limit)
    for change in happened:
        if not change.column:
            yield _line(change.deed, _DEEDS[change.action], "", "")


def _line(deed: Deed, label: str, before: str, after: str) -> PastLine:
    return PastLine(deed.at, deed.who, deed.title, label, before, after)


def _shown(field: Field, logged: Any) -> str:
    """A logged value as it was shown."""
    value = load_document(logged) if isinstance(logged, str) else logged
    try:
        text = f"{show_value(field, value)}{_total(field, value)}"
    except (ArithmeticError, AttributeError, TypeError, ValueError):
        text = "" if value is None else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _total(field: Field, value: Any) -> str:
    """What the records of a list come to, where they have an amount."""
    column = "amount" if "amount" in field.fields and field.fields["amount"].type == "money" else ""
    amounts = [record[column] for record in value or () if record.get(column) is not None] if column else []
    return f" {format_money(sum(amounts, Decimal(0)))} 元" if amounts else ""


def _way(session: Session, form: FormDefinition, key: str) -> Iterator[PastLine]:
    """Submissions, opinions, returns, with what was said."""
    for step in records.steps_of(session, key):
        yield _of_step(form, step)


def _of_step(form: FormDefinition, step: ApplicationStep) -> PastLine:
    kind = StepKind(step.kind)
    label = forms.box_label(form, step.box) if step.box and kind is StepKind.OPINION else kind.label
    agreed = {True: "同意", False: "不同意", None: ""}[step.agrees]
    parts = (agreed, step.opinion, step.name, step.dated.isoformat() if step.dated else "")
    title = f"第 {step.round} 次提交" if kind is StepKind.SUBMIT else kind.label
    return PastLine(step.at, step.who, title, label, "", " ".join(part for part in parts if part))


def _reasons(session: Session, key: str) -> Iterator[PastLine]:
    for reason in records.reasons_of(session, key):
        yield _of_reason(reason)


def _of_reason(reason: ApplicationReason) -> PastLine:
    return PastLine(reason.at, reason.who, "说明原因", reason.sentence, "", reason.reason)
