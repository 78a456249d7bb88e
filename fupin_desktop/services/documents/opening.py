"""An application opened: its data put together, its checks, its way, its versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.documents.filling.data import with_sums
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.applications import check_application
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents import forms, records, registry, way
from fupin_desktop.services.documents.bindings import bound_values, value_of
from fupin_desktop.services.documents.context import Context, Subject
from fupin_desktop.services.documents.facts import facts_of
from fupin_desktop.services.documents.listing import line_of, reason_line, with_progress
from fupin_desktop.services.documents.loaded import Loaded
from fupin_desktop.services.documents.model import EDITABLE, OpenDocument, VersionLine
from fupin_desktop.services.documents.type import Told
from fupin_desktop.services.existing import existing
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.entities import Application, ApplicationTouch

REASONS = "checks.reasons"


def context_of(bench: Workbench, session: Session, application: Application) -> Context:
    """Where the bound values of an application come from."""
    subject = Subject(
        form_id=application.form_id,
        year=application.year,
        place_key=application.place_key,
        place=application.place,
        begun_on=application.begun_on,
        key=application.key,
    )
    return Context(bench, session, subject)


def load(bench: Workbench, session: Session, key: str) -> Loaded:
    """An application with its data, checked; of an approved one what was frozen.

    Raises:
        NotAllowed: It is no longer there.
    """
    loaded, context = _read(bench, session, key)
    if loaded.frozen is not None:
        return loaded
    form, data = loaded.form, loaded.data
    facts = facts_of(form, context, data, sent=loaded.application.sent is not None)
    problems, passed = check_application(facts, {one.code: one.reason for one in loaded.reasons})
    further = registry.of(form.id).further_reasons(context, data)
    data = {**data, **_told_reasons(form, context, problems, further)}
    return replace(loaded, data=data, problems=problems, passed=passed)


def load_unchecked(bench: Workbench, session: Session, key: str) -> Loaded:
    """An application as :func:`load` has it, but neither checked nor with the reasons that the checks ask for.

    Raises:
        NotAllowed: It is no longer there.
    """
    return _read(bench, session, key)[0]


def _read(bench: Workbench, session: Session, key: str) -> tuple[Loaded, Context]:
    """An application unchecked, and where its bound values come from, which remembers what it has read."""
    application = existing(session, Application, key)
    form = forms.kept(session, application.form_sha)
    typed = records.typed_of(session, key)
    reasons = records.reasons_of(session, key)
    frozen = records.frozen_of(session, key)
    context = context_of(bench, session, application)
    if frozen is not None:
        found = tuple(way.problem_from(one) for one in frozen.problems["found"])
        passed = frozen.problems["passed"]
        return Loaded(application, form, typed, frozen.data, found, passed, reasons, frozen), context
    bound = bound_values(form, context) if application.sent is None else application.sent
    signed = way.opinions_of(form, application, records.steps_of(session, key))
    data = with_sums(form, {**typed, **bound, **signed})
    return Loaded(application, form, typed, data, (), 0, reasons), context


def _told_reasons(
    form: FormDefinition, context: Context, problems: Sequence[Problem], further: Iterable[Told]
) -> dict[str, Any]:
    """The box for rules in principle: those that are departed from, each with its reason, and ``further`` ones."""
    names = [field.name for field in form.fields.values() if field.bind == REASONS]
    if not names:
        return {}
    told = dict.fromkeys((*((one.clause, one.sentence, one.reason) for one in problems if one.reason), *further))
    context.subject = Subject(
        context.subject.form_id, context.subject.year, context.subject.place_key, context.subject.place,
        context.subject.begun_on, tuple(told), context.subject.key,
    )
    return dict.fromkeys(names, value_of(REASONS, context))


def open_document(bench: Workbench, key: str) -> OpenDocument:
    """A document with all that the tab shows beside it.

    Raises:
        NotAllowed: It is no longer there.
    """
    with bench.read() as session:
        found = _opened(bench, session, key)
    return replace(found, line=with_progress(bench, found.line))


def _opened(bench: Workbench, session: Session, key: str) -> OpenDocument:
    loaded = load(bench, session, key)
    application, form = loaded.application, loaded.form
    steps = records.steps_of(session, key)
    line = line_of(session, application)
    editable = records.state_of(application) in EDITABLE and not bench.closed
    if editable and form.choices_from:
        form = _offering(form, context_of(bench, session, application))
    return OpenDocument(
        key=key,
        line=line,
        form=form,
        data=loaded.data,
        typed=loaded.typed,
        editable=editable,
        locked=frozenset(form.fields) - frozenset(forms.typed_fields(form)),
        problems=loaded.problems,
        passed=loaded.passed,
        faults=in_place(loaded.problems, form),
        flow=way.flow_of(form, application, steps, line.updated_by),
        past=way.past_of(form, application, steps),
        versions=tuple(_version(session, one) for one in records.versions_of(session, application)),
        reasons=tuple(reason_line(application, line.title, one) for one in loaded.reasons),
        form_note=forms.note_on(bench, application.form_id) if editable else "",
    )


def _offering(form: FormDefinition, context: Context) -> FormDefinition:
    """The form with what its fields offer out of the office's data."""
    return form.offering({name: value_of(name, context) or () for name in form.choices_from})


def in_place(problems: Sequence[Problem], form: FormDefinition) -> Mapping[str, str]:
    """The first sentence of each path that must problems name, for marking it on the paper."""
    found: dict[str, str] = {}
    for problem in problems:
        if problem.severity is Severity.MUST and form.field_at(problem.field) is not None:
            found.setdefault(problem.field, problem.sentence)
    return found


def _version(session: Session, application: Application) -> VersionLine:
    touched = session.get(ApplicationTouch, application.key)
    last = (touched.at, touched.who) if touched else (way.BEFORE_ALL, "")
    at, who = records.frozen_when(session, application.key) or last
    return VersionLine(application.key, application.version, records.state_of(application), at, who)
