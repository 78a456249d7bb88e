"""Where the values of a form come from: records inside records, found from the innermost outwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from fupin_desktop.documents.definition.form import Field
from fupin_desktop.documents.definition.formats import FORMATS, NUMERIC, Place, Template
from fupin_desktop.documents.definition.rows import INDEX, OPINION, Scope
from fupin_desktop.domain.money import in_wan

Fill: TypeAlias = "Callable[[Context], str]"


class Context(NamedTuple):
    """The records a template is filled from, outermost first, and the position of each in its list from 1."""

    records: tuple[Any, ...]
    positions: tuple[int, ...]

    def into(self, record: Any, position: int) -> Context:
        """The context inside a list."""
        return Context((*self.records, record), (*self.positions, position))


def value_of(record: Any, name: str) -> Any:
    """A field of a record, which is a dict or an object; a list of plain texts has one field, the text.

    What a dict does not hold has not been filled in and prints empty.
    """
    kind = type(record)
    if kind is str:
        return record
    return record.get(name) if kind is dict else getattr(record, name)


def list_of(context: Context, scope: Scope, name: str) -> Sequence[Any]:
    """The records of a list field."""
    found = scope.find(name)
    assert found is not None
    return tuple(value_of(context.records[found[1]], name) or ())


def holds(context: Context, scope: Scope, name: str) -> bool:
    """Whether the field has something to print; no name always has."""
    if not name:
        return True
    found = scope.find(name)
    assert found is not None
    value = value_of(context.records[found[1]], name)
    return value is not None and value != "" and value is not False and value != () and value != []


def filler(template: Template, scope: Scope) -> Fill:
    """A function that fills the template from a context."""
    parts = [part if isinstance(part, str) else _place(part, scope) for part in template.parts]
    if len(parts) == 1 and not isinstance(parts[0], str):
        return parts[0]
    if all(isinstance(part, str) for part in parts):
        fixed = "".join(map(str, parts))
        return lambda _: fixed
    return lambda context: "".join([part if isinstance(part, str) else part(context) for part in parts])


def _place(place: Place, scope: Scope) -> Fill:
    """A function that writes one place."""
    found = scope.find(place.name)
    assert found is not None
    field, level = found
    if field is INDEX:
        return lambda context: str(context.positions[level])
    write = FORMATS[place.form or field.type]
    name, unit, unit_from = place.name, field.unit, field.unit_from

    def fill(context: Context) -> str:
        record = context.records[level]
        value = value_of(record, name)
        if value is None or value == "":
            return ""
        return write(value, value_of(record, unit_from) if unit_from else unit)

    return fill


_PEN = {"name": "\u3000" * 6, "date": "\u3000\u3000年\u3000\u3000月\u3000\u3000日"}


def foot_filler(lines: Sequence[Template], scope: Scope, field: Field | None) -> Callable[[Context], tuple[str, ...]]:
    """A function that fills the lines at the foot of a box.

    Args:
        lines: Their templates.
        scope: Fields of the cell.
        field: The cell's field; of an opinion the lines take its name and date, with room for the pen where missing.
    """
    if field is None or field.type != "opinion":
        writers = [filler(line, scope) for line in lines]
        return lambda context: tuple(write(context) for write in writers)
    found = scope.find(field.name)
    assert found is not None
    name, level = field.name, found[1]

    def fill(context: Context) -> tuple[str, ...]:
        opinion = value_of(context.records[level], name) or {}

        def written(place: Place) -> str:
            value = opinion.get(place.name)
            return FORMATS[place.form or OPINION[place.name].type](value, "") if value else _PEN[place.name]

        return tuple(line.fill(written) for line in lines)

    return fill


def raw_number(template: Template, scope: Scope) -> Callable[[Context], Decimal | int | None] | None:
    """A function that gives the number a template shows; None where it shows text or more than one place."""
    places = [part for part in template.parts if isinstance(part, Place)]
    if len(places) != 1 or len(template.parts) != 1:
        return None
    found = scope.find(places[0].name)
    if found is None or found[0].type not in NUMERIC or places[0].form not in ("", "yuan", *NUMERIC):
        return None
    field, level = found
    if field is INDEX:
        return lambda context: context.positions[level]
    name, form = places[0].name, places[0].form or field.type
    return lambda context: as_shown(form, value_of(context.records[level], name))


def as_shown(form: str, value: Any) -> Any:
    """A number in the unit in which it is printed: amounts in yuan are divided where the column is in 万元."""
    return in_wan(value) if form == "wan" and value is not None else value


def plain_records(records: Sequence[Any], field: Field | None) -> Sequence[Any]:
    """The records of a list without the subtotals among them."""
    if field is None or not field.levels:
        return records
    return [record for record in records if not value_of(record, field.levels)]


def sum_of(records: Sequence[Any], name: str) -> Decimal:
    """The exact sum of a field over records; missing values count nothing."""
    return sum((value for record in records if (value := value_of(record, name)) is not None), Decimal(0))


def written_sum(amount: Decimal, field: Field) -> str:
    """A sum as printed."""
    return FORMATS[field.type](amount, field.unit)
