"""What a form is filled with to show it before it is used: texts stand for themselves, lists have two rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fupin_desktop.documents.definition.form import Field, FormDefinition

_AS_LABEL = ("text", "long")
_RECORDS = 2


def sample_data(form: FormDefinition) -> dict[str, Any]:
    """Data that shows where each text field lies; numbers, dates and choices stay empty for the pen."""
    return _values(form.fields)


def _values(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {name: _value(field) for name, field in fields.items()}


def _value(field: Field) -> Any:
    if field.type == "list":
        return [_values(field.fields) for _ in range(_RECORDS)]
    return f"〔{field.label}〕" if field.type in _AS_LABEL else None
