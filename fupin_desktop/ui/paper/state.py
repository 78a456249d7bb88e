"""What the paper shows besides its ink: the values behind it, and which of them may be typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.pages import Area


@dataclass(frozen=True, slots=True)
class PaperState:
    """How a filled form is shown.

    Attributes:
        data: Typed, bound and signed values by field, as they were handed to ``fill``.
        editable: Whether anything may be typed.
        locked: Fields that are never typed, beside those the form itself computes.
        faults: Sentences by path of values that are kept but wrong.
        changed: Paths that differ from the version before.
        required: Paths that still have to be filled; None takes the form's required fields that are empty.
    """

    data: Mapping[str, Any] = field(default_factory=dict)
    editable: bool = False
    locked: frozenset[str] = frozenset()
    faults: Mapping[str, str] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    required: frozenset[str] | None = None

    def records(self, name: str) -> list[dict[str, Any]]:
        """Copies of the records of a list field."""
        found = self.data.get(name)
        return [dict(record) for record in found] if isinstance(found, list | tuple) else []

    def count(self, name: str) -> int:
        """Number of records of a list field."""
        found = self.data.get(name)
        return len(found) if isinstance(found, list | tuple) else 0

    def value(self, area: Area) -> Any:
        """The value behind an area; None where there is none."""
        if area.record is None:
            return self.data.get(area.field)
        records = self.data.get(area.field) or ()
        return records[area.record].get(area.column) if area.record < len(records) else None

    def typeable(self, form: FormDefinition, area: Area) -> bool:
        """Whether the clerk may type in an area."""
        own = form.field_at(area.path)
        if not self.editable or own is None or own.type in ("opinion", "list"):
            return False
        return not self.computed(form, area)

    def computed(self, form: FormDefinition, area: Area) -> bool:
        """Whether the value of an area is never typed: it comes from the office's data, or is a sum."""
        own, listed = form.field_at(area.path), form.fields.get(area.field)
        if own is None or listed is None or own.type == "opinion":
            return False
        names = {area.field, area.path, f"{area.field}.{area.column}"}
        return bool(own.locked or listed.locked or names & self.locked)


def missing(form: FormDefinition, state: PaperState, area: Area) -> bool:
    """Whether an area still has to be filled."""
    if state.required is not None:
        return area.path in state.required
    own = form.field_at(area.path)
    if own is None or not own.required or own.type == "opinion":
        return False
    if area.record is not None and area.record >= state.count(area.field):
        return form.fields[area.field].required and area.record == 0
    return empty(state.value(area))


def empty(value: object) -> bool:
    """Whether a value is nothing: None, an empty text or an empty list."""
    return value is None or value == "" or value in ([], ())


def described(own: Field) -> str:
    """What a field is, for its tool tip: label and unit, help, where it comes from, the clause."""
    head = f"{own.label}（{own.unit}）" if own.unit and own.type != "opinion" else own.label
    source = f"来自：{own.source}" if own.source else ""
    clause = f"依据：{own.clause}" if own.clause else ""
    return "\n".join(part for part in (head, own.help, source, clause) if part)
