"""What a person types into a cell, with the problems as checks have them."""

from __future__ import annotations

from typing import Any

from fupin_desktop.domain.reading.raw import Raw, plain
from fupin_desktop.domain.text import clean
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.values.context import TYPED, Context
from fupin_desktop.services.values.faults import Fault
from fupin_desktop.services.values.reading import read
from fupin_desktop.services.values.showing import show
from fupin_desktop.storage.fields import Field, Kind

TEXTS = frozenset({Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT})
"""Kinds that are stored as texts, never NULL: not given is the empty text."""


def typed(field: Field, text: str, context: Context = TYPED) -> tuple[Any, tuple[Problem, ...]]:
    """What was typed as a stored value, with the problems where there are some.

    A must problem means that the text cannot be taken, and the value is None; a warning that it was taken and should
    be looked at.

    Args:
        field: The field typed into.
        text: The text.
        context: What else the reading depends on.
    """
    value, faults = read(field, text, context) if clean(text) else (None, ())
    problems = tuple(_problem(field, fault) for fault in faults)
    if any(fault.must for fault in faults):
        return None, problems
    if value is None and field.required:
        return None, (Problem("register.required", Severity.MUST, f"{field.label}不能空着。", field=field.name),)
    return "" if value is None and field.kind in TEXTS else value, problems


def tidy(field: Field, raw: Raw, context: Context = TYPED) -> str:
    """A cell as it is shown once it has been entered; what cannot be taken stays as it was entered, to be mended."""
    reading = read(field, raw, context)
    return clean(plain(raw)) if reading.refused else show(field, reading.value)


def _problem(field: Field, fault: Fault) -> Problem:
    return Problem(f"register.{fault.code}", fault.severity, fault.text, field=field.name)
