"""What a form prints as plain data, so that another process can be given it without the classes it was made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from fupin_desktop.documents.definition.form import Field

NAMED_BY = ("record", "head", "title", "place", "name")
"""What messages name a record by, whether the form prints it or not: the first that it has."""


def plain(fields: Mapping[str, Field], record: Any) -> dict[str, Any]:
    """The fields of a record as a dict, lists of records as lists of dicts; what it does not have is left out."""
    if type(record) is str:
        return dict.fromkeys(fields, record)
    if isinstance(record, dict):
        return record
    out = {name: getattr(record, name) for name in _names(record.__class__)}
    for name, field in fields.items():
        value = getattr(record, name, None)
        if field.fields and value:
            value = [plain(field.fields, one) for one in value]
        if value is not None:
            out[name] = value
    return out


@cache
def _names(kind: type) -> tuple[str, ...]:
    """Which of ``NAMED_BY`` the records of a class have."""
    known = getattr(kind, "__dataclass_fields__", {})
    return tuple(name for name in NAMED_BY if hasattr(kind, name) or name in known)
