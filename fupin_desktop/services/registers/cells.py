"""A stored value as the clerk reads it, and what the clerk types as a stored value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from fupin_desktop.domain import bank, identity, phone
from fupin_desktop.domain.area import format_quantity, from_milli, parse_quantity, to_milli
from fupin_desktop.domain.money import format_money, from_fen, parse_money, to_fen
from fupin_desktop.domain.text import clean, clean_name
from fupin_desktop.domain.vocabulary import Severity, Word
from fupin_desktop.policy.problems import Problem
from fupin_desktop.storage.fields import Field, Kind
from fupin_desktop.storage.search_keys import initials

YES, NO = "是", "否"
_YES_WORDS = {YES, "有", "y", "yes", "true", "1", "√", "s"}
_NO_WORDS = {NO, "无", "没有", "n", "no", "false", "0", "×", "f"}
_NAMES = {"head_name", "name", "account_name"}
Parsed = tuple[Any, Problem | None]


def show(field: Field, value: Any) -> str:
    """A stored value as text; what is not given is empty."""
    if value is None or value == "":
        return ""
    match field.kind:
        case Kind.MONEY:
            return format_money(from_fen(value))
        case Kind.AREA:
            return format_quantity(from_milli(value))
        case Kind.QUANTITY:
            return format_quantity(from_milli(value), "")
        case Kind.FLAG:
            return YES if value else NO
        case Kind.CHOICE:
            return label_of(field.choices, value)
    return str(value)


def label_of(choices: type[Word] | None, code: str) -> str:
    """The label of a stored code; a code this program does not know is shown as it is."""
    found = next((word for word in choices or () if word.value == code), None)
    return found.label if found else code


def parse(field: Field, typed: str, today: date | None = None) -> Parsed:
    """What was typed as a stored value, with the problem where there is one.

    A must problem means that the text cannot be taken; a warning that it was taken and should be looked at.

    Args:
        field: The field typed into.
        typed: The text; numbers may have grouping and units, choices may be label, code or pinyin initials.
        today: Day after which nobody can be born; None leaves that out.
    """
    text = clean(typed)
    if not text:
        return _nothing(field)
    try:
        value, warning = _PARSERS[field.kind](field, text, today)
    except ValueError as error:
        return None, problem(field, _sentence(f"{field.label}：{error}"))
    if warning is None and field.at_most is not None and isinstance(value, int) and value > field.at_most:
        warning = f"{field.label}超过 {show(field, field.at_most)}{field.unit}，请核对"
    return value, problem(field, _sentence(warning), Severity.WARNING) if warning else None


def problem(field: Field, sentence: str, severity: Severity = Severity.MUST) -> Problem:
    """A problem of a cell."""
    return Problem(f"register.{field.kind.value}", severity, sentence, field=field.name)


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _nothing(field: Field) -> Parsed:
    """An emptied cell: the default of texts is empty, of sums zero, of everything else not given."""
    if field.required:
        return None, problem(field, f"{field.label}不能空着。")
    if field.kind in _TEXTS:
        return "", None
    return None, None


def _text(field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    return (clean_name(text) if field.name in _NAMES else text), None


def _id_number(_field: Field, text: str, today: date | None) -> tuple[Any, str | None]:
    """A faulty number is kept with a warning: the card may be at fault, and a typed number is not to be lost."""
    checked = identity.check(text, today)
    if checked.fault and not identity.normalise(text).isascii():
        raise ValueError(checked.fault)
    return checked.number[:20], checked.fault or checked.note or None


def _phone(_field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    number = phone.normalise_phone(text)
    return number, None if phone.phone_ok(number) else f"联系电话“{number}”不像电话号码，请核对"


def _account(_field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    return bank.normalise_account(text), bank.account_fault(text)


def _money(_field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    return to_fen(parse_money(text)), None


def _quantity(field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    return to_milli(parse_quantity(text, field.unit)), None


def _integer(field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    number = text.removesuffix(field.unit).strip()
    if not (number.isascii() and number.isdigit()) or len(number) > 9:
        raise ValueError(f"“{text}”不是整数")
    return int(number), None


def _flag(_field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    word = text.lower()
    if word in _YES_WORDS:
        return True, None
    if word in _NO_WORDS:
        return False, None
    raise ValueError(f"“{text}”看不懂，请填“是”或“否”")


def _choice(field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    """By label or code, else by pinyin initials or the beginning of the label where that is unambiguous."""
    words = list(field.choices or ())
    exact = [word for word in words if text in (word.label, word.value)]
    near = [word for word in words if word.label.startswith(text) or text.lower() in initials(word.label).split()]
    found = exact or near
    if len(found) == 1:
        return found[0].value, None
    raise ValueError(f"“{text}”不在可选范围内，可以填：{'、'.join(word.label for word in words)}")


def _date(_field: Field, text: str, _today: date | None) -> tuple[Any, str | None]:
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    try:
        return datetime.strptime(plain, "%Y-%m-%d").date(), None  # noqa: DTZ007 - a date has no zone
    except ValueError:
        raise ValueError(f"“{text}”不是日期，请写成 2026-01-05 这样") from None


_TEXTS = {Kind.TEXT, Kind.ID_NUMBER, Kind.PHONE, Kind.ACCOUNT}
_PARSERS: dict[Kind, Callable[[Field, str, date | None], tuple[Any, str | None]]] = {
    Kind.TEXT: _text,
    Kind.ID_NUMBER: _id_number,
    Kind.PHONE: _phone,
    Kind.ACCOUNT: _account,
    Kind.MONEY: _money,
    Kind.QUANTITY: _quantity,
    Kind.AREA: _quantity,
    Kind.INTEGER: _integer,
    Kind.FLAG: _flag,
    Kind.CHOICE: _choice,
    Kind.DATE: _date,
}
