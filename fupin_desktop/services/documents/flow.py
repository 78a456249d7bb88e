"""The way of an application: submitted, opinions box by box, returned, withdrawn, approved, corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.domain.text import clean, compact
from fupin_desktop.domain.vocabulary import ApplicationState, Severity, StepKind
from fupin_desktop.errors import NotAllowed
from fupin_desktop.services import operators
from fupin_desktop.services.documents import editing, forms, opening, records, registry
from fupin_desktop.services.documents.bindings import bound_values, first_values
from fupin_desktop.services.documents.facts import names_of
from fupin_desktop.services.documents.freezing import freeze
from fupin_desktop.services.documents.loaded import Loaded
from fupin_desktop.services.documents.model import Opinion
from fupin_desktop.services.existing import existing
from fupin_desktop.services.workbench import Change, Workbench
from fupin_desktop.storage import changes
from fupin_desktop.storage.entities import (
    Application,
    ApplicationReason,
    ApplicationStep,
)
from fupin_desktop.storage.unit import Unit

NAMED = 3
_OWN_BOXES = ("经办", "申请", "填报", "承诺")
"""Beginnings of the labels of boxes that those who enter sign themselves: no review."""
_TODAY = "document.today"
_REFUSAL = re.compile("不同意(?!见)")


def submit(bench: Workbench, key: str) -> Change:
    """Hand an application in; what the registers give it stays as it is now until it comes back.

    A form without sign-off boxes is final with that.

    Raises:
        NotAllowed: Must problems are open, a rule in principle has no reason, or it is on its way already.
    """
    word = _word(bench, key)
    with bench.write("applications.submit", f"提交{word}", undoable=False) as unit:
        application = existing(unit.session, Application, key)
        records.require_editable(application)
        loaded = opening.load(bench, unit.session, key)
        _refuse_open(loaded)
        _drop_stale_reasons(unit, loaded)
        application.round += 1
        application.state = ApplicationState.SUBMITTED
        application.sent = _given_by_registers(bench, unit, loaded)
        application.box = next((field.name for field in loaded.form.opinions), "")
        _note(unit, application, StepKind.SUBMIT)
        _seal(unit, application)
        if not application.box:
            _approve(bench, unit, application)
        records.touch(unit, key, None)
    waits = forms.box_label(loaded.form, application.box)
    told = f"等待“{waits}”" if waits else "已定稿存档"
    return editing.told(unit, key, f"已提交{application.place}的{word}，{told}。")


def _word(bench: Workbench, key: str) -> str:
    with bench.read() as session:
        return registry.of(existing(session, Application, key).form_id).word


def _refuse_open(loaded: Loaded) -> None:
    """Nothing that blocks may be open."""
    musts = [one.sentence for one in loaded.problems if one.severity is Severity.MUST]
    if musts:
        raise NotAllowed(f"还有 {len(musts)} 项必须改正：{''.join(musts[:NAMED])}", todo="请改正后再提交。")
    unexplained = [one.sentence for one in loaded.problems if one.blocks]
    if unexplained:
        raise NotAllowed(
            f"还有 {len(unexplained)} 项“原则上”的要求没有说明原因：{''.join(unexplained[:NAMED])}",
            todo="请说明原因后再提交。",
        )


def _drop_stale_reasons(unit: Unit, loaded: Loaded) -> None:
    """A reason whose rule is kept after all explains nothing."""
    found = {one.code for one in loaded.problems}
    unit.delete_many(ApplicationReason, [one.key for one in loaded.reasons if one.code not in found])


def _given_by_registers(bench: Workbench, unit: Unit, loaded: Loaded) -> dict[str, Any]:
    """The bound values as they are now; the reasons box as the checks have it."""
    bound = bound_values(loaded.form, opening.context_of(bench, unit.session, loaded.application))
    return {name: loaded.data.get(name) for name in bound}


def _note(unit: Unit, application: Application, kind: StepKind, box: str = "", **more: Any) -> None:
    unit.session.add(
        ApplicationStep(
            application_key=application.key, round=application.round, kind=kind, box=box, at=unit.purpose.at,
            who=unit.purpose.who, **more,
        )
    )
    unit.session.flush()


def _seal(unit: Unit, application: Application) -> None:
    """What was typed before can no longer be undone behind the back of those who sign."""
    changes.seal(unit.connection, records.parts_of(unit.session, application.key))


def give_opinion(bench: Workbench, key: str, box: str, opinion: Opinion) -> Change:
    """Enter what a box says: 同意 passes it on, the last one approves and freezes; 不同意 returns it with the reason.

    Raises:
        NotAllowed: Another box is waited for, the name is missing, a refusal has no reason, or the date comes before
            the application, before the box that goes before, or after today.
    """
    return give_opinions(bench, key, {box: opinion})


def give_opinions(bench: Workbench, key: str, opinions: Mapping[str, Opinion]) -> Change:
    """Enter what several boxes say, as of a paper that was signed already; all of them or none.

    Args:
        bench: The workbench.
        key: The document.
        opinions: What the boxes say, in the order of the signatures, from the one that is waited for.

    Raises:
        NotAllowed: As :func:`give_opinion`, of any of them; or boxes follow one that does not agree.
    """
    with bench.read() as session:
        loaded = opening.load_unchecked(bench, session, key)
    labels = [forms.box_label(loaded.form, box) for box in opinions]
    ends = list(opinions)[-1] == loaded.form.opinions[-1].name or not all(one.agrees for one in opinions.values())
    told = ""
    with bench.write("applications.give_opinion", f"登记“{'、'.join(labels)}”", undoable=not ends) as unit:
        for box, opinion in opinions.items():
            told = _enter(bench, unit, key, box, opinion)
    return editing.told(unit, key, told)


def _enter(bench: Workbench, unit: Unit, key: str, box: str, opinion: Opinion) -> str:
    """Enter what one box says; returns what is said of it."""
    loaded = opening.load_unchecked(bench, unit.session, key)
    label = _waited_for(loaded, box)
    dated = opinion.dated or bench.today
    _check_opinion(bench, loaded, box, opinion, dated)
    application = existing(unit.session, Application, key)
    if not label.startswith(_OWN_BOXES):
        entered = {step.who for step in records.steps_of(unit.session, key) if step.kind == StepKind.SUBMIT}
        operators.require_reviewer(bench, entered, "申报表")
    _note(
        unit, application, StepKind.OPINION, box, agrees=opinion.agrees, opinion=clean(opinion.text),
        name=clean(opinion.name), dated=dated,
    )
    if not opinion.agrees:
        _return(unit, application)
    elif loaded.form.opinions[-1].name == box:
        _approve(bench, unit, application)
    else:
        application.box = _next_box(loaded.form, box)
    records.touch(unit, key, None) if opinion.agrees else editing.refresh(bench, unit, key)
    return _said(loaded.form, application, label, agrees=opinion.agrees)


def _waited_for(loaded: Loaded, box: str) -> str:
    """Label of the box, which must be the one waited for."""
    application, form = loaded.application, loaded.form
    if records.state_of(application) is not ApplicationState.SUBMITTED:
        word = registry.of(application.form_id).word
        raise NotAllowed(f"{application.place}的{word}没有在办理，不能登记意见。", todo="请先提交。")
    if application.box != box:
        waits = forms.box_label(form, application.box)
        raise NotAllowed(f"现在等的是“{waits}”，不能先登记“{forms.box_label(form, box)}”。", todo="请按顺序登记。")
    return forms.box_label(form, box)


def _check_opinion(bench: Workbench, loaded: Loaded, box: str, opinion: Opinion, dated: date) -> None:
    label = forms.box_label(loaded.form, box)
    if not clean(opinion.name):
        raise NotAllowed(f"“{label}”没有填写签字人。", todo="请补充后再登记。")
    if not opinion.agrees and not clean(opinion.text):
        raise NotAllowed(f"“{label}”不同意，但没有写原因。", todo="请写明原因后再登记。")
    _refuse_contrary(label, opinion)
    _refuse_day(bench, loaded, box, f"“{label}”", dated)


def _refuse_day(bench: Workbench, loaded: Loaded, box: str, what: str, dated: date) -> None:
    """What happens at a box is not dated before what stands on the paper, nor after today."""
    before, earlier = _not_before(loaded, box)
    if before is not None and dated < before:
        sentence = f"{what}的日期 {dated.isoformat()} 早于{earlier}的日期 {before.isoformat()}。"
        raise NotAllowed(sentence, todo="请核对日期。")
    if dated > bench.today:
        raise NotAllowed(f"{what}的日期 {dated.isoformat()} 晚于今天。", todo="请核对日期。")


def _refuse_contrary(label: str, opinion: Opinion) -> None:
    """The words of a box do not say the contrary of what is chosen; 不同意见 are differing views, no refusal."""
    plain = compact(opinion.text)
    if opinion.agrees and _REFUSAL.search(plain):
        raise NotAllowed(f"“{label}”选的是同意，意见里写着不同意。", todo="请核对后再登记。")
    if not opinion.agrees and plain.strip("。.！!，,") == "同意":
        raise NotAllowed(f"“{label}”选的是不同意，意见里写着同意。", todo="请核对后再登记。")


def _not_before(loaded: Loaded, box: str) -> tuple[date | None, str]:
    """The latest date that stands on the paper so far, and what it is of; acceptance counts from its own box on."""
    names = names_of(loaded.form)
    boxes = [field.name for field in loaded.form.opinions]
    found = [(loaded.data.get(names.get("made_on", "")) or loaded.application.begun_on, "填报")]
    if names.get("acceptance_box", box) in boxes[: boxes.index(box) + 1]:
        found.append((loaded.data.get(names.get("accepted_on", "")), "验收"))
    for field in loaded.form.opinions:
        found.append(((loaded.data.get(field.name) or {}).get("date"), f"“{field.label}”"))
    dated = [(day, what) for day, what in found if isinstance(day, date)]
    return max(dated, key=lambda one: one[0]) if dated else (None, "")


def _next_box(form: FormDefinition, box: str) -> str:
    names = [field.name for field in form.opinions]
    return names[names.index(box) + 1]


def _said(form: FormDefinition, application: Application, label: str, *, agrees: bool) -> str:
    if not agrees:
        return f"“{label}”不同意，已退回修改。"
    one = registry.of(application.form_id)
    if not application.box:
        return f"{application.place}的{one.word}{one.approved_word}，版面和数据已存档。"
    return f"已登记“{label}”，等待“{forms.box_label(form, application.box)}”。"


def _return(unit: Unit, application: Application) -> None:
    """Back to the clerk; bound values follow the registers again."""
    application.state = ApplicationState.RETURNED
    application.box = ""
    application.sent = None
    unit.session.flush()
    _seal(unit, application)


def _approve(bench: Workbench, unit: Unit, application: Application) -> None:
    """Approve: freeze the paper, and take the place of the version before."""
    _note(unit, application, StepKind.APPROVE)
    unit.session.flush()
    loaded = opening.load(bench, unit.session, application.key)
    musts = [one.sentence for one in loaded.problems if one.severity is Severity.MUST]
    if musts:
        raise NotAllowed(f"还有必须改正的问题，不能批准：{''.join(musts[:NAMED])}", todo="请登记退回，改正后重新提交。")
    application.state = ApplicationState.APPROVED
    application.box = ""
    unit.session.flush()
    freeze(bench, unit, loaded)
    before = unit.session.get(Application, application.previous_key) if application.previous_key else None
    if before is not None:
        before.state = ApplicationState.REPLACED
    unit.session.flush()
    registry.of(application.form_id).on_approve(bench, unit, loaded, before)
    _seal(unit, application)


def send_back(bench: Workbench, key: str, reason: str, name: str = "", dated: date | None = None) -> Change:
    """Return an application to the clerk with a reason; the opinions given so far stay in its history.

    Args:
        bench: The workbench.
        key: The application.
        reason: Why; not empty.
        name: Who returns it.
        dated: When; None for today.

    Raises:
        NotAllowed: It is not on its way, there is no reason, or the date comes before what is signed, or after today.
    """
    if not clean(reason):
        raise NotAllowed("没有写退回的原因。", todo="请写明原因。")
    word = _word(bench, key)
    with bench.write("applications.send_back", f"退回{word}", undoable=False) as unit:
        application = _on_its_way(unit, key)
        day = dated or bench.today
        _refuse_day(bench, opening.load_unchecked(bench, unit.session, key), application.box, "退回", day)
        _note(unit, application, StepKind.RETURN, application.box, opinion=clean(reason), name=clean(name), dated=day)
        _return(unit, application)
        editing.refresh(bench, unit, key)
    return editing.told(unit, key, f"{application.place}的{word}已退回修改。")


def withdraw(bench: Workbench, key: str, reason: str = "") -> Change:
    """Take a submitted application back to edit it; it can be submitted again.

    Raises:
        NotAllowed: It is not on its way.
    """
    word = _word(bench, key)
    with bench.write("applications.withdraw", f"撤回{word}", undoable=False) as unit:
        application = _on_its_way(unit, key)
        _note(unit, application, StepKind.WITHDRAW, opinion=clean(reason), dated=bench.today)
        _return(unit, application)
        application.state = ApplicationState.WITHDRAWN
        editing.refresh(bench, unit, key)
    return editing.told(unit, key, f"{application.place}的{word}已撤回，可以修改后重新提交。")


def _on_its_way(unit: Unit, key: str) -> Application:
    application = existing(unit.session, Application, key)
    if records.state_of(application) is not ApplicationState.SUBMITTED:
        word = registry.of(application.form_id).word
        raise NotAllowed(f"{application.place}的{word}没有在办理。", todo="请刷新后再试。")
    return application


def cancel(bench: Workbench, key: str, reason: str) -> Change:
    """Give an approved document up (作废); what was approved stays as it was kept, marked as given up.

    Args:
        bench: The workbench.
        key: The document.
        reason: Why; not empty.

    Raises:
        NotAllowed: There is no reason, it is not approved or of a kind that is corrected instead, a correction of it is
            under way, or something rests on it.
    """
    if not clean(reason):
        raise NotAllowed("没有写作废的原因。", todo="请写明原因。")
    word = _word(bench, key)
    with bench.write("applications.cancel", f"作废{word}", undoable=False) as unit:
        application = existing(unit.session, Application, key)
        kind = registry.of(application.form_id)
        if not kind.cancellable:
            raise NotAllowed(f"{word}不能作废。", todo="需要修改时请用“更正”。")
        if records.state_of(application) is not ApplicationState.APPROVED:
            raise NotAllowed(f"{application.place}的{word}没有在用的批准，不能作废。", todo="请刷新后再试。")
        if any(one.previous_key == key for one in records.versions_of(unit.session, application)):
            todo = "请先删除那份更正，或批准以后再作废。"
            raise NotAllowed(f"{application.place}的{word}正在更正，不能作废。", todo=todo)
        _note(unit, application, StepKind.CANCEL, opinion=clean(reason), dated=bench.today)
        kind.on_cancel(bench, unit, application, clean(reason))
        application.state = ApplicationState.CANCELLED
        unit.session.flush()
        _seal(unit, application)
        records.touch(unit, key, None)
    return editing.told(unit, key, f"{application.place}的{word}已作废，批准时的存档仍可查看。")


def correct(bench: Workbench, key: str) -> Change:
    """Begin a new version beside an approved one; ``keys[0]`` is its key. The old one holds until it is approved.

    Raises:
        NotAllowed: It is not approved, or a correction is under way.
    """
    word = _word(bench, key)
    with bench.write("applications.correct", f"更正{word}") as unit:
        old = existing(unit.session, Application, key)
        if records.state_of(old) is not ApplicationState.APPROVED:
            raise NotAllowed(f"{old.place}的{word}还没有批准，不需要更正。", todo="请直接修改，或先撤回。")
        if any(one.previous_key == key for one in records.versions_of(unit.session, old)):
            raise NotAllowed(f"{old.place}的{word}已有一份更正。", todo="请打开最新的版本。")
        used = forms.current_or_kept(bench, unit.session, old.form_id, old.form_sha)
        new = Application(
            form_id=old.form_id, form_sha=forms.keep(unit, used), year=old.year, place_key=old.place_key,
            place=old.place, number=old.number, about_key=old.about_key, version=old.version + 1, previous_key=key,
            begun_on=bench.today,
        )
        unit.session.add(new)
        unit.session.flush()
        _copy_values(bench, unit, old.key, new, used.form)
        editing.note_columns(unit, new, records.typed_of(unit.session, new.key))
        editing.refresh(bench, unit, new.key)
    return editing.told(unit, new.key, f"已开始更正{old.place}的{word}，这是第 {new.version} 版；原来的仍然有效。")


def _copy_values(bench: Workbench, unit: Unit, old: str, new: Application, form: FormDefinition) -> None:
    """What was typed into the version before, but for its day."""
    typed = records.typed_of(unit.session, old)
    first = first_values(form, opening.context_of(bench, unit.session, new))
    dated = {name: first[name] for name, field in form.fields.items() if field.default == _TODAY and name in first}
    editing.put_values(unit, new.key, form, {**typed, **dated})
