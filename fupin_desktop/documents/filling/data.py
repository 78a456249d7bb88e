"""The data of a form as a plain dict: typed from JSON or texts, and back.

A value is a str, Decimal, int, date, bool, a list of texts (several) or of dicts (list), or a dict (opinion: agrees,
text, name, date). What has not been filled in is missing or None.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from fupin_desktop.documents.definition.form import Field, FormDefinition
from fupin_desktop.documents.definition.formats import NUMERIC
from fupin_desktop.documents.filling.entries import parse_value, show_value
from fupin_desktop.domain.masking import mask_account, mask_id, mask_leaks, mask_phone

__all__ = [
    "FieldFault",
    "coerce",
    "coerce_value",
    "missing",
    "parse_value",
    "public_copy",
    "show_value",
    "template",
    "to_plain",
    "with_sums",
]

_OPINION = {
    "text": Field("text", "意见", "long"),
    "name": Field("name", "负责人", "text", max_length=40),
    "date": Field("date", "日期", "date"),
}
_MOST_RECORDS = 20_000
_MASKS = {"id": mask_id, "phone": mask_phone, "account": mask_account}


class FieldFault(NamedTuple):
    """What is wrong with one value: its path, e.g. ``members[2].name``, and a Chinese sentence."""

    path: str
    sentence: str


class _Refused(NamedTuple):
    """Marks a value that was refused."""


_REFUSED = _Refused()


def coerce(form: FormDefinition, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[FieldFault]]:
    """Typed values of a form from JSON values or texts; sums are computed.

    Args:
        form: The definition.
        raw: Values by field name; missing fields stay missing.

    Returns:
        The data without what was refused, and what was refused and why: values of a wrong kind, unknown keys, sums
        that are not the sum.
    """
    faults: list[FieldFault] = []
    data = _record(form.fields, raw, "", faults)
    return with_sums(form, data), faults


def _record(
    fields: Mapping[str, Field], raw: Mapping[str, Any], prefix: str, faults: list[FieldFault]
) -> dict[str, Any]:
    """The typed values of one record."""
    data: dict[str, Any] = {}
    for key, value in raw.items():
        field = fields.get(key)
        if field is None:
            faults.append(FieldFault(f"{prefix}{key}", "表样里没有这个字段"))
            continue
        typed = _checked(field, value, f"{prefix}{key}", faults)
        if typed is not None and typed is not _REFUSED:
            data[key] = typed
    _check_sums(fields, data, prefix, faults)
    return data


def _checked(field: Field, value: Any, path: str, faults: list[FieldFault]) -> Any:
    """A typed value; what is wrong with it is added to the faults."""
    if value is None:
        return None
    if field.type == "list":
        return _list(field, value, path, faults)
    if field.type == "opinion":
        return _opinion(value, path, faults)
    try:
        return coerce_value(field, value)
    except ValueError as fault:
        faults.append(FieldFault(path, str(fault)))
        return _REFUSED


def coerce_value(field: Field, value: Any) -> Any:
    """One typed value from a JSON value or text.

    Raises:
        ValueError: With a Chinese sentence.
    """
    if value is None or isinstance(value, str):
        return parse_value(field, value or "")
    if field.type == "yes_no" and isinstance(value, bool):
        return value
    if field.type == "date" and isinstance(value, date):
        return value
    if field.type == "several" and isinstance(value, list | tuple):
        return parse_value(field, "、".join(map(str, value)))
    if field.type in NUMERIC and isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return parse_value(field, f"{Decimal(str(value)):f}")
    raise ValueError(f"“{field.label}”不能是这种值")


def _list(field: Field, value: Any, path: str, faults: list[FieldFault]) -> Any:
    """The typed records of a list."""
    if not isinstance(value, list | tuple) or len(value) > _MOST_RECORDS:
        faults.append(FieldFault(path, f"应是一列记录，最多 {_MOST_RECORDS} 条"))
        return _REFUSED
    records = []
    for at, record in enumerate(value):
        if isinstance(record, str) and len(field.fields) == 1:
            record = dict.fromkeys(field.fields, record)
        if isinstance(record, Mapping):
            records.append(_record(field.fields, record, f"{path}[{at}].", faults))
        else:
            faults.append(FieldFault(f"{path}[{at}]", "应是一条记录，写成 {字段: 值}"))
    return records


def _opinion(value: Any, path: str, faults: list[FieldFault]) -> Any:
    """A typed opinion; empty ones are missing."""
    if not isinstance(value, Mapping):
        faults.append(FieldFault(path, "意见应写成 {agrees, text, name, date}"))
        return _REFUSED
    agrees = value.get("agrees")
    if agrees is not None and not isinstance(agrees, bool):
        faults.append(FieldFault(f"{path}.agrees", "应为 true (同意)、false (不同意) 或空"))
        agrees = None
    rest = {key: one for key, one in value.items() if key != "agrees"}
    data = _record(_OPINION, rest, f"{path}.", faults)
    if agrees is not None:
        data["agrees"] = agrees
    return data or None


def _check_sums(fields: Mapping[str, Field], data: dict[str, Any], prefix: str, faults: list[FieldFault]) -> None:
    """A sum that was given must be the sum."""
    for name, field in fields.items():
        if field.sum_of and data.get(name) is not None and (total := _sum(field, data)) != data[name]:
            shown = show_value(field, total) or "空"
            faults.append(FieldFault(f"{prefix}{name}", f"与各项之和不符，应为 {shown}"))


def _sum(field: Field, data: Mapping[str, Any]) -> Any:
    """The sum of the fields it adds; None where none of them is filled in."""
    parts = [value for part in field.sum_of for value in _added(part, data) if value is not None]
    return sum(parts[1:], parts[0]) if parts else None


def _added(part: str, data: Mapping[str, Any]) -> list[Any]:
    """What a part of a sum adds: a field, or a column of a list's records."""
    name, _, column = part.partition(".")
    return [record.get(column) for record in data.get(name) or ()] if column else [data.get(name)]


def with_sums(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data with every field that is a sum of others computed; other values as they are."""
    out = dict(data)
    for name, field in form.fields.items():
        if field.type == "list" and out.get(name) and any(inner.sum_of for inner in field.fields.values()):
            out[name] = [_summed(field.fields, record) for record in out[name]]
    return _summed(form.fields, out)


def _summed(fields: Mapping[str, Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """One record with its sums."""
    return {**data, **{name: _sum(field, data) for name, field in fields.items() if field.sum_of}}


def to_plain(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as JSON has it: decimals and dates as texts; empty values left out; ``coerce`` reads it back."""
    return {name: _plain(value) for name in form.fields if (value := data.get(name)) is not None}


def _plain(value: Any) -> Any:
    """One value as JSON has it."""
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def missing(form: FormDefinition, data: Mapping[str, Any]) -> list[FieldFault]:
    """The required fields that are not filled in, also in the records of lists."""
    out = [
        FieldFault(name, f"“{field.label}”必须填写")
        for name, field in form.fields.items()
        if field.required and _empty(data.get(name))
    ]
    for name, field in form.fields.items():
        for at, record in enumerate(data.get(name) or () if field.type == "list" else ()):
            out += [
                FieldFault(f"{name}[{at}].{key}", f"“{inner.label}”必须填写")
                for key, inner in field.fields.items()
                if inner.required and _empty(record.get(key))
            ]
    return out


def _empty(value: Any) -> bool:
    """Whether nothing has been filled in."""
    return value is None or value in ("", [])


def public_copy(form: FormDefinition, data: Mapping[str, Any]) -> dict[str, Any]:
    """The data as a copy that leaves the office shows it: identity numbers, phones and accounts masked.

    Numbers that stand in free text, evidence, opinions and names are masked as well, found as on public papers; those
    of the fields themselves are found however they are written.
    """
    known = tuple(_numbers(form.fields, data))
    return {name: _without_leaks(value, known) for name, value in _masked(form.fields, data).items()}


def _numbers(fields: Mapping[str, Field], data: Mapping[str, Any]) -> Iterator[str]:
    """The identity numbers, phones and accounts of the fields that hold such."""
    for name, field in fields.items():
        value = data.get(name)
        if field.type == "list":
            for record in value or ():
                yield from _numbers(field.fields, record)
        elif field.public and value:
            yield str(value)


def _without_leaks(value: Any, known: tuple[str, ...]) -> Any:
    """A value with full numbers masked in every text of it."""
    if isinstance(value, str):
        return mask_leaks(value, known)
    if isinstance(value, Mapping):
        return {name: _without_leaks(one, known) for name, one in value.items()}
    return [_without_leaks(one, known) for one in value] if isinstance(value, list) else value


def _masked(fields: Mapping[str, Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """One record, masked."""
    out = dict(data)
    for name, field in fields.items():
        value = out.get(name)
        if not value:
            continue
        if field.type == "list":
            out[name] = [_masked(field.fields, record) for record in value]
        elif field.public:
            out[name] = _MASKS[field.public](value)
    return out


def template(form: FormDefinition) -> dict[str, Any]:
    """An empty ``data.json`` with every field that can be filled in; lists hold one empty record."""
    return {name: _example(field) for name, field in form.fields.items() if not field.sum_of}


def _example(field: Field) -> Any:
    """The empty value of a field."""
    if field.type == "list":
        return [{name: _example(inner) for name, inner in field.fields.items() if not inner.sum_of}]
    return {"agrees": None, "text": "", "name": "", "date": ""} if field.type == "opinion" else None
