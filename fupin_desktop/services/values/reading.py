"""From a raw cell to the stored value of a field: one reader for each kind of field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from fupin_desktop.domain.reading import numbers, texts, words
from fupin_desktop.domain.reading.dates import read_date
from fupin_desktop.domain.reading.raw import Issue, Raw, Read, formula_issue
from fupin_desktop.services.values.context import TYPED, Context
from fupin_desktop.services.values.faults import Fault, Reading, judged
from fupin_desktop.services.values.files import read_files
from fupin_desktop.services.values.listed import read_listed
from fupin_desktop.services.values.references import read_reference
from fupin_desktop.services.values.severity import Place
from fupin_desktop.services.values.showing import show
from fupin_desktop.storage.fields import Field, Kind, Style
from fupin_desktop.storage.search_keys import initials

_BLANK = Reading(None)
_NUMBERS_AS_TEXT = frozenset({Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT})
_TOLD_ONCE = frozenset({"account_luhn"})


def read(field: Field, raw: Raw, context: Context = TYPED) -> Reading:
    """The stored value of a cell, with what is wrong with it.

    Args:
        field: The field the cell belongs to.
        raw: What was typed or pasted, or what a workbook holds.
        context: Where it was entered, and what else the reading depends on.
    """
    if raw == "":
        return _BLANK
    issue = formula_issue(raw)
    value, issue = (None, issue) if issue else READERS[field.kind](field, raw, context)
    above = None if field.at_most is None else _above(field, value)
    if issue is None and above is None:
        return Reading(value)
    return Reading(value, tuple(judged(found, context.place) for found in (issue, above) if found))


def doubted(field: Field) -> bool:
    """Whether :func:`doubt` may find anything in the values of a field."""
    return field.kind in _NUMBERS_AS_TEXT or field.at_most is not None


def doubt(field: Field, value: Any, today: date) -> Fault | None:
    """What is doubtful in a stored value that is not empty, as it was told when it was entered.

    What a passbook may rightly be, though a card may not, is told at the entry alone.

    Args:
        field: The field that holds it.
        value: The stored value.
        today: Nobody is born later.
    """
    if field.kind in _NUMBERS_AS_TEXT:
        issue = READERS[field.kind](field, value, Context(today=today)).issue
    else:
        issue = None if field.at_most is None else _above(field, value)
    return judged(issue, Place.TYPED) if issue and issue.code not in _TOLD_ONCE else None


def _above(field: Field, value: Any) -> Issue | None:
    """The issue of a number that is above what the receivers accept."""
    if field.at_most is None or not isinstance(value, int) or value <= field.at_most:
        return None
    code = {Kind.AREA: "area_above_limit", Kind.INTEGER: "count_above_limit"}.get(field.kind, "above_limit")
    most = f"{field.label}超过 {show(field, field.at_most)}{field.unit}"
    return Issue(code, f"{most}，上报系统会退回" if field.kind is Kind.AREA else most, "请核对，没有错就不用改")


def _text(field: Field, raw: Raw, context: Context) -> Read:
    if field.listed:
        return read_listed(field, raw, context)
    if field.style is Style.NAME:
        return texts.read_name(raw, field.label)
    return texts.read_code(raw, field.label) if field.style is Style.CODE else texts.read_text(raw)


def _scaled(scale: numbers.Scale) -> Callable[[Field, Raw, Context], Read]:
    """The reader of a kind of number."""

    def number(field: Field, raw: Raw, context: Context) -> Read:
        unit, negative = field.unit, field.signed or context.negative
        todo = f"请填写数字，单位{unit or '按表头'}"
        found = numbers.read_number(
            raw, field.label, scale, unit=unit, times=context.times, negative=negative, todo=todo
        )
        return _stored(found, scale)

    return number


def _stored(found: Read, scale: numbers.Scale) -> Read:
    return found if found.value is None else Read(numbers.stored(found.value, scale), found.issue)


def _percent(field: Field, raw: Raw, context: Context) -> Read:
    negative = field.signed or context.negative
    return _stored(numbers.read_percent(raw, field.label, negative=negative), numbers.PERCENT)


def _choice(field: Field, raw: Raw, _context: Context) -> Read:
    assert field.choices is not None
    return words.read_word(raw, field.label, field.choices, initials)


READERS: dict[Kind, Callable[[Field, Raw, Context], Read]] = {
    Kind.TEXT: _text,
    Kind.ID_NUMBER: lambda field, raw, context: texts.read_id_number(raw, field.label, context.today),
    Kind.PHONE: lambda field, raw, _: texts.read_phone(raw, field.label),
    Kind.ACCOUNT: lambda field, raw, _: texts.read_account(raw, field.label),
    Kind.MONEY: _scaled(numbers.MONEY),
    Kind.QUANTITY: _scaled(numbers.QUANTITY),
    Kind.AREA: _scaled(numbers.QUANTITY),
    Kind.INTEGER: lambda field, raw, _: numbers.read_count(raw, field.label, field.unit),
    Kind.FLAG: lambda field, raw, _: words.read_flag(raw, field.label),
    Kind.CHOICE: _choice,
    Kind.DATE: lambda field, raw, context: read_date(raw, field.label, context.year, months=field.months),
    Kind.PERCENT: _percent,
    Kind.REFERENCE: lambda field, raw, context: read_reference(field, raw, context),
    Kind.FILES: lambda field, raw, context: read_files(field, raw, context),
}
