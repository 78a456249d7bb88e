"""What happened to an application: each field typed, each step of its way, each reason, each printing."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.filling.data import show_value
from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.vocabulary import StepKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services.documents import forms, records, registry
from fupin_desktop.services.existing import existing
from fupin_desktop.services.history_line import HistoryLine
from fupin_desktop.services.printing import print_lines
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.changes import FieldChange, LoggedOperation
from fupin_desktop.storage.document_type import load_document
from fupin_desktop.storage.entities import Application, ApplicationReason, ApplicationStep, ApplicationValue
from fupin_desktop.storage.log import Action

_LONGEST = 60
_ACTIONS = {Action.INSERT: "新增", Action.DELETE: "删除"}


def history(bench: Workbench, key: str, limit: int = 100) -> list[HistoryLine]:
    """What happened to a document, the newest first; nothing where it is gone.

    Args:
        bench: The workbench.
        key: The document.
        limit: Lines at most.
    """
    with bench.read() as session:
        return _lines(session, key, limit)


def _lines(session: Session, key: str, limit: int) -> list[HistoryLine]:
    try:
        application = existing(session, Application, key)
    except NotAllowed:
        return []
    form = forms.kept(session, application.form_sha)
    connection = session.connection()
    lines = [
        *_typed(connection, session, form, key, limit),
        *_begun(connection, key, limit),
        *_way(session, form, key),
        *_reasons(session, key),
        *registry.of(application.form_id).past(session, application),
        *print_lines(session, key, limit),
    ]
    return sorted(lines, key=lambda line: line.number, reverse=True)[:limit]


def _typed(
    connection: Connection, session: Session, form: FormDefinition, key: str, limit: int
) -> Iterator[HistoryLine]:
    """What was typed over what."""
    fields = {one.key: name for name, one in records.values_of(session, key).items()}
    found = changes.of_records(connection, ApplicationValue.__tablename__, list(fields), limit)
    for record, happened in found.items():
        field = form.fields.get(fields[record])
        for change in happened:
            if field is not None and change.column == "value":
                yield _line(change.operation, field.label, _shown(field, change.before), _shown(field, change.after))


def _begun(connection: Connection, key: str, limit: int) -> Iterator[HistoryLine]:
    happened: list[FieldChange] = changes.of_record(connection, Application.__tablename__, key, limit)
    for change in happened:
        if not change.column:
            yield _line(change.operation, _ACTIONS[change.action], "", "")


def _line(operation: LoggedOperation, label: str, before: str, after: str) -> HistoryLine:
    return HistoryLine(operation.at, operation.who, operation.title, label, before, after, operation.number)


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


def _way(session: Session, form: FormDefinition, key: str) -> Iterator[HistoryLine]:
    """Submissions, opinions, returns, with what was said."""
    steps = list(records.steps_of(session, key))
    numbers = changes.added_in(session.connection(), ApplicationStep.__tablename__, {step.key for step in steps})
    for step in steps:
        yield _of_step(form, step, numbers.get(step.key, 0))


def _of_step(form: FormDefinition, step: ApplicationStep, number: int) -> HistoryLine:
    kind = StepKind(step.kind)
    label = forms.box_label(form, step.box) if step.box and kind is StepKind.OPINION else kind.label
    agreed = {True: "同意", False: "不同意", None: ""}[step.agrees]
    parts = (agreed, step.opinion, step.name, step.dated.isoformat() if step.dated else "")
    title = f"第 {step.round} 次提交" if kind is StepKind.SUBMIT else kind.label
    told = " ".join(part for part in parts if part)
    return HistoryLine(step.at, step.who, title, label, "", told, number)


def _reasons(session: Session, key: str) -> Iterator[HistoryLine]:
    reasons = list(records.reasons_of(session, key))
    numbers = changes.added_in(session.connection(), ApplicationReason.__tablename__, {one.key for one in reasons})
    for one in reasons:
        yield _of_reason(one, numbers.get(one.key, 0))


def _of_reason(reason: ApplicationReason, number: int) -> HistoryLine:
    return HistoryLine(reason.at, reason.who, "说明原因", reason.sentence, "", reason.reason, number)
