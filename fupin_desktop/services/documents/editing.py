"""Making, filling and removing applications; each call is one change that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from fupin_desktop.documents.definition.form import PATH, Field, FormDefinition
from fupin_desktop.documents.filling.data import coerce_value, parse_value
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import ApplicationState, Severity
from fupin_desktop.errors import NotAllowed
from fupin_desktop.policy.applications import check_named
from fupin_desktop.services.documents import forms, office_types, opening, records, registry
from fupin_desktop.services.documents.bindings import first_values
from fupin_desktop.services.documents.model import NOUN, Outcome
from fupin_desktop.services.documents.type import PROJECT, DocumentType
from fupin_desktop.services.existing import existing
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage.entities import Application, ApplicationReason, ApplicationValue
from fupin_desktop.storage.search_keys import initials
from fupin_desktop.storage.unit import Unit

MOST_RECORDS = 2000
_NOT_COPIED = ("household.", "plan.", "approval.", "notice.")
_GONE = "这一栏在表里已经没有了"
_LOCKED = "这一栏由程序从台账和登记资料取数，不能直接填写"


def told(unit: Unit, key: str, message: str = "") -> Change:
    """What a write on an application tells the tabs."""
    purpose = unit.purpose
    return Change(purpose.operation, purpose.title, unit.nouns | {NOUN}, (key,), message or f"已保存：{purpose.title}")


def refresh(bench: Workbench, unit: Unit, key: str) -> None:
    """Note that it was worked on, with the number of must problems it has now."""
    unit.session.flush()
    records.touch(unit, key, opening.load(bench, unit.session, key).blocking)


def create(bench: Workbench, form_id: str, place_key: str, *, year: int | None = None) -> Change:
    """Begin an application; ``keys[0]`` of the change is its key.

    Args:
        bench: The workbench.
        form_id: Its form.
        place_key: Key of a place of :func:`places`; of a project its name.
        year: 年度; None takes the year at work.

    Raises:
        NotAllowed: The place is gone or unnamed, or has such an application of the year already.
        FileMissing: There is no such form.
        BadDefinition: The office's own form of a new id breaks a rule.
    """
    return _begin(bench, form_id, place_key, bench.year if year is None else year, {}, "新建")


def copy_last_year(bench: Workbench, form_id: str, place_key: str, *, year: int | None = None) -> Change:
    """Begin an application with what was typed into the one before; opinions, dates and reasons begin anew.

    Raises:
        NotAllowed: There is none of an earlier year; or as :func:`create`.
    """
    year = bench.year if year is None else year
    kind = office_types.used(bench, form_id)
    with bench.read() as session:
        before = _before(session, kind, place_key, year)
        if before is None:
            word = kind.word
            raise NotAllowed(f"以前年度没有这个单位的{word}，没有可以复制的内容。", todo="请用“新建”。")
        form = forms.kept(session, before.form_sha)
        typed = records.typed_of(session, before.key)
    kept = {name: value for name, value in typed.items() if name in form.fields and _holds(form.fields[name])}
    return _begin(bench, form_id, place_key, year, kept, f"复制 {before.year} 年度")


def _holds(field: Field) -> bool:
    """Whether what was typed a year ago still says something: not dates, numbers, and what registers begin with."""
    return field.type != "date" and not field.default.startswith(_NOT_COPIED)


def _before(session: Session, kind: DocumentType, place_key: str, year: int) -> Application | None:
    """The newest application of a place from an earlier year; of a project by its name."""
    same = _same_place(kind, place_key, clean(place_key))
    where = (Application.form_id == kind.form_id, Application.year < year, same)
    order = (Application.year.desc(), Application.version.desc(), Application.key.desc())
    return session.scalars(select(Application).where(*where).order_by(*order)).first()


def _begin(
    bench: Workbench, form_id: str, place_key: str, year: int, kept: Mapping[str, Any], word: str
) -> Change:
    used, kind = forms.current(bench, form_id), office_types.used(bench, form_id)
    with bench.read() as session:
        name = _place_name(session, kind, place_key)
        _refuse_second(session, kind, place_key, name, year)
    with bench.write("applications.create", f"{word}{name}{kind.word}") as unit:
        application = Application(
            form_id=form_id,
            form_sha=forms.keep(unit, used),
            year=year,
            place_key="" if kind.typed_name else place_key,
            place=name,
            begun_on=bench.today,
        )
        unit.session.add(application)
        unit.session.flush()
        values = first_values(used.form, opening.context_of(bench, unit.session, application))
        if kind.typed_name and PROJECT in values and values[PROJECT] is None:
            values[PROJECT] = name
        values |= _fitting(used.form, kept)
        values = kind.completed(unit.session, application, {}, values)
        put_values(unit, application.key, used.form, values)
        note_columns(unit, application, values)
        refresh(bench, unit, application.key)
    return told(unit, application.key, f"{unit.purpose.title}。")


def _fitting(form: FormDefinition, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that a form still takes; of lists the printed columns that it still has."""
    fields = forms.typed_fields(form)
    return {name: fitted for name, value in kept.items() if name in fields
            and (fitted := _fitted(fields[name], value)) is not None}


def _fitted(field: Field, value: Any) -> Any:
    if field.type == "list":
        columns = {name: column for name, column in field.fields.items() if column.printed and not column.locked}
        records_kept = value if isinstance(value, list) else []
        return [
            {name: fitted for name, column in columns.items()
             if (fitted := _fitted(column, record.get(name))) is not None}
            for record in records_kept
        ]
    try:
        return coerce_value(field, value)
    except ValueError:
        return None


def put_values(unit: Unit, key: str, form: FormDefinition, values: Mapping[str, Any]) -> None:
    """The first values of an application: a record for every typed field, so that each edit shows before and after."""
    rows = [(key, name, values.get(name)) for name in forms.typed_fields(form)]
    unit.insert_many(ApplicationValue, rows, ("application_key", "field", "value"))


def note_columns(unit: Unit, application: Application, typed: Mapping[str, Any]) -> None:
    """Let the columns that the list is made from follow what is typed."""
    unit.session.flush()
    found = registry.of(application.form_id).columns(unit.session, application, typed)
    other = {name: value for name, value in found.items() if getattr(application, name) != value}
    if other:
        unit.update_many(Application, [(application.key, *other.values())], tuple(other))
        unit.session.refresh(application)


def _place_name(session: Session, kind: DocumentType, place_key: str) -> str:
    """Name of the place an application is for; of a project the name typed."""
    places = kind.places
    name = places.name_of(session, place_key) if places is not None else ""
    if not name:
        typed = places is not None and bool(places.typed)
        todo = "请填写后再新建。" if typed else "请刷新后重新选择。"
        raise NotAllowed(places.gone if places is not None else "这种表由程序算出，不能新建。", todo=todo)
    return name


def _same_place(kind: DocumentType, place_key: str, name: str) -> ColumnElement[bool]:
    """The records of a place; of a project those of its name."""
    return Application.place == name if kind.typed_name else Application.place_key == place_key


def _refuse_second(session: Session, kind: DocumentType, place_key: str, name: str, year: int) -> None:
    if kind.several:
        return
    where = (*records.standing(kind.form_id, year), _same_place(kind, place_key, name))
    if session.scalars(select(Application.key).where(*where)).first() is not None:
        raise NotAllowed(f"{name}已有 {year} 年度的这张表。", todo="请在列表里打开它；已批准的可以用“更正”。")


def remove(bench: Workbench, key: str) -> Change:
    """Remove a draft that was never submitted; can be undone.

    Raises:
        NotAllowed: It was submitted once.
    """
    with bench.read() as session:
        application = existing(session, Application, key)
        word = registry.of(application.form_id).word
    with bench.write("applications.remove", f"删除{application.place}的{word}") as unit:
        application = existing(unit.session, Application, key)
        if records.state_of(application) is not ApplicationState.DRAFT or application.round:
            raise NotAllowed(f"{application.place}的{word}已经提交过，不能删除。", todo="不再需要的可以撤回。")
        for entity in (ApplicationValue, ApplicationReason):
            where = entity.application_key == key
            unit.delete_many(entity, list(unit.session.scalars(select(entity.key).where(where))))
        unit.delete_many(Application, [key])
    return told(unit, key, f"已删除{application.place}的{word}，可以撤销。")


def set_values(bench: Workbench, key: str, typed: Mapping[str, Any]) -> Outcome:
    """Type into fields, all of them or none.

    Args:
        bench: The workbench.
        key: The application.
        typed: Texts, or typed values, by path: ``leader`` or ``members[2].name``. A row behind the last one is added.

    Returns:
        The change, None where nothing is different; or the sentences of what could not be taken.

    Raises:
        NotAllowed: It is gone, on its way or approved.
    """
    return _edit(bench, key, lambda form, values, year: _typed(form, values, typed, year))


def set_list(bench: Workbench, key: str, field: str, rows: Sequence[Mapping[str, Any]]) -> Outcome:
    """Replace the records of a list: rows added, removed, moved or pasted; texts or typed values by column.

    Raises:
        NotAllowed: It is gone, on its way or approved.
    """
    return _edit(bench, key, lambda form, _values, year: _listed(form, field, rows, year))


Read = tuple[dict[str, Any], dict[str, str]]
"""Values by field, and sentences by path of what could not be taken."""


def _edit(bench: Workbench, key: str, read: Callable[[FormDefinition, Mapping[str, Any], int], Read]) -> Outcome:
    """Read what is typed against the form, then write what is different."""
    with bench.read() as session:
        application = existing(session, Application, key)
        records.require_editable(application)
        form = forms.kept(session, application.form_sha)
        before = records.typed_of(session, key)
        kind = registry.of(application.form_id)
        after, faults = read(form, before, application.year)
        after = kind.completed(session, application, before, after)
    changed = {name: value for name, value in after.items() if value != before.get(name)}
    if faults or not changed:
        return Outcome(None, faults)
    labels = "、".join(f"“{form.fields[name].label}”" for name in list(changed)[:3])
    with bench.write("applications.set_values", f"填写{application.place}{kind.word}{labels}") as unit:
        _write(unit, key, changed)
        note_columns(unit, existing(unit.session, Application, key), {**before, **changed})
        refresh(bench, unit, key)
    return Outcome(told(unit, key))


def _write(unit: Unit, key: str, changed: Mapping[str, Any]) -> None:
    """Write values, and records of fields that have none."""
    known = records.values_of(unit.session, key)
    unit.update_many(
        ApplicationValue, [(known[name].key, value) for name, value in changed.items() if name in known], ("value",)
    )
    fresh = [(key, name, value) for name, value in changed.items() if name not in known]
    unit.insert_many(ApplicationValue, fresh, ("application_key", "field", "value"))


def _typed(form: FormDefinition, before: Mapping[str, Any], typed: Mapping[str, Any], year: int) -> Read:
    """Values by field, and sentences by path."""
    after: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for path, text in typed.items():
        try:
            _put(form, before, after, path, text, year)
        except ValueError as error:
            faults[path] = _sentence(str(error))
    return after, faults


def _put(
    form: FormDefinition, before: Mapping[str, Any], after: dict[str, Any], path: str, text: Any, year: int
) -> None:
    """Put one typed text where its path leads.

    Raises:
        ValueError: It cannot be taken; says why.
    """
    found, field = PATH.fullmatch(path), form.field_at(path)
    if found is None or field is None or found[1] not in form.fields:
        raise ValueError(_GONE)
    name, row = found[1], found[2]
    if field.locked or form.fields[name].locked or field.type in ("opinion",):
        raise ValueError(_LOCKED)
    if row is None:
        after[name] = _listed_value(field, text, year) if field.type == "list" else _value(field, text, year)
        return
    rows = [dict(record) for record in after.get(name, before.get(name)) or ()]
    place = int(row)
    if place >= MOST_RECORDS:
        raise ValueError(f"最多 {MOST_RECORDS} 行")
    rows += [{} for _ in range(place + 1 - len(rows))]
    rows[place] = _without_nothing({**rows[place], field.name: _value(field, text, year)})
    after[name] = rows or None


def _value(field: Field, text: Any, year: int) -> Any:
    if field.type == "date" and isinstance(text, str):
        return parse_value(field, text, year=year, initials=initials)
    return coerce_value(field, text)


def _listed_value(field: Field, rows: Any, year: int) -> Any:
    """The records of a list.

    Raises:
        ValueError: The first that cannot be taken.
    """
    after, faults = _records(field, rows or (), year)
    if faults:
        raise ValueError(next(iter(faults.values())))
    return after


def _listed(form: FormDefinition, name: str, rows: Sequence[Mapping[str, Any]], year: int) -> Read:
    field = form.fields.get(name)
    if field is None or field.type != "list":
        return {}, {name: f"{_GONE}。"}
    if field.locked:
        return {}, {name: f"{_LOCKED}。"}
    after, faults = _records(field, rows, year)
    return {name: after}, faults


def _records(field: Field, rows: Sequence[Mapping[str, Any]], year: int) -> tuple[Any, dict[str, str]]:
    """Typed records, and sentences by path; an empty list is not given."""
    if len(rows) > MOST_RECORDS:
        return None, {field.name: f"最多 {MOST_RECORDS} 行，现在有 {len(rows)} 行。"}
    made: list[dict[str, Any]] = []
    faults: dict[str, str] = {}
    for place, row in enumerate(rows):
        record: dict[str, Any] = {}
        for name, text in row.items():
            column = field.fields.get(name)
            if column is None or column.locked:
                continue
            try:
                record[name] = _value(column, text, year)
            except ValueError as error:
                faults[f"{field.name}[{place}].{name}"] = _sentence(str(error))
        made.append(_without_nothing(record))
    return made or None, faults


def _without_nothing(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if value is not None}


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def give_reason(bench: Workbench, key: str, code: str, text: str) -> Change:
    """Give, change or (with an empty text) take back the written reason for departing from a rule in principle.

    Raises:
        NotAllowed: The check is not one that takes a reason, here or by the county's own parameters, finds nothing, or
            the application may not be edited.
    """
    check = check_named(code)
    if check is None or not check.takes_reason:
        raise _no_principle()
    reason = clean(text)
    with bench.write("applications.give_reason", f"说明“{check.title}”") as unit:
        application = existing(unit.session, Application, key)
        records.require_editable(application)
        given = {one.code: one for one in records.reasons_of(unit.session, key)}
        found = [one for one in opening.load(bench, unit.session, key).problems if one.code == code]
        if not reason:
            if code in given:
                unit.session.delete(given[code])
        elif not found:
            raise NotAllowed("这一项已经符合要求，不需要说明。", todo="请刷新后再看。")
        elif found[0].severity is not Severity.PRINCIPLE:
            raise _no_principle()
        else:
            record = given.get(code) or ApplicationReason(application_key=key, code=code)
            record.sentence, record.clause, record.reason = found[0].sentence, found[0].clause, reason
            record.at, record.who = unit.purpose.at, unit.purpose.who
            unit.session.add(record)
        refresh(bench, unit, key)
    return told(unit, key)


def _no_principle() -> NotAllowed:
    return NotAllowed("这一项不是“原则上”的要求，不能用说明代替。", todo="请按要求填写。")
