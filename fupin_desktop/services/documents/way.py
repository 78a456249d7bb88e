"""The way of an application through its boxes, told from its steps; and problems as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.domain.vocabulary import ApplicationState, Severity, StepKind
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents.forms import box_label
from fupin_desktop.services.documents.model import FlowStep, StepState
from fupin_desktop.storage.entities import Application, ApplicationStep

BEFORE_ALL = datetime(1900, 1, 1)  # noqa: DTZ001 - local time; for records whose moment was never noted
AGREED, REFUSED = "同意。", "不同意。"
_FILL, _SUBMIT = "填写", "提交"
_ON_THE_WAY = frozenset(
    {ApplicationState.SUBMITTED, ApplicationState.APPROVED, ApplicationState.REPLACED, ApplicationState.CANCELLED}
)
_BACK = frozenset({StepKind.RETURN, StepKind.WITHDRAW, StepKind.CANCEL})


def _of_round(application: Application, steps: Sequence[ApplicationStep]) -> list[ApplicationStep]:
    return [step for step in steps if step.round == application.round]


def opinions_of(
    form: FormDefinition, application: Application, steps: Sequence[ApplicationStep]
) -> dict[str, dict[str, Any]]:
    """What the boxes say in the present round; empty boxes, and all of them once it came back, are left for the pen."""
    if ApplicationState(application.state) not in _ON_THE_WAY:
        return {}
    boxes = {field.name for field in form.opinions}
    return {
        step.box: {"agrees": step.agrees, "text": step.opinion, "name": step.name, "date": step.dated}
        for step in _of_round(application, steps)
        if step.kind == StepKind.OPINION and step.box in boxes
    }


def flow_of(
    form: FormDefinition, application: Application, steps: Sequence[ApplicationStep], clerk: str
) -> tuple[FlowStep, ...]:
    """The way of the present round: 填写, 提交, then box by box, with what was said where."""
    state = ApplicationState(application.state)
    mine = _of_round(application, steps)
    sent = state in _ON_THE_WAY
    submitted = next((step for step in mine if step.kind == StepKind.SUBMIT), None) if sent else None
    flow = [FlowStep("", _FILL, "done" if sent else "current", who=clerk, round=application.round)]
    flow.append(
        FlowStep(
            "", _SUBMIT, "done" if submitted else "to come", who=submitted.who if submitted else "",
            when=submitted.at.date() if submitted else None, round=application.round,
        )
    )
    said = {step.box: step for step in mine if step.kind == StepKind.OPINION} if sent else {}
    for field in form.opinions:
        here: StepState = "current" if field.name == application.box else "to come"
        step = said.get(field.name)
        flow.append(_told(field.label, step) if step else FlowStep(field.name, field.label, here))
    flow += [_told(StepKind.CANCEL.label, step) for step in mine if step.kind == StepKind.CANCEL]
    return tuple(flow)


def past_of(
    form: FormDefinition, application: Application, steps: Sequence[ApplicationStep]
) -> tuple[FlowStep, ...]:
    """The steps that no longer count: of earlier rounds, and of the present one once it came back."""
    sent = ApplicationState(application.state) in _ON_THE_WAY
    over = [step for step in steps if step.round < application.round or not sent]
    return tuple(_told(box_label(form, step.box) or StepKind(step.kind).label, step) for step in over)


def _told(label: str, step: ApplicationStep) -> FlowStep:
    kind = StepKind(step.kind)
    back = kind in _BACK or step.agrees is False
    text = step.opinion or (AGREED if step.agrees else "")
    name = f"{label} {kind.label}" if kind is StepKind.RETURN and step.box else label
    return FlowStep(
        step.box, name, "refused" if back else "done", who=step.name or step.who, when=step.dated or step.at.date(),
        agrees=step.agrees, text=text, round=step.round,
    )


def plain_problem(problem: Problem) -> dict[str, Any]:
    """A finding as plain data."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "sentence": problem.sentence,
        "clause": problem.clause,
        "field": problem.field,
        "reason": problem.reason,
    }


def problem_from(kept: Mapping[str, Any]) -> Problem:
    """A finding back from plain data."""
    severity = Severity(kept["severity"])
    return Problem(
        kept["code"], severity, kept["sentence"], kept["clause"], kept["field"], reason=kept["reason"]
    )
