"""Resident identity numbers (公民身份号码), GB 11643-1999."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from operator import mul
from typing import NamedTuple

from fupin_desktop.domain.numbers import looks_scientific
from fupin_desktop.domain.text import compact
from fupin_desktop.domain.vocabulary import Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)
_NUMBER = re.compile(r"[0-9]{17}[0-9X]", re.ASCII)
_PLAIN = re.compile(r"[0-9]{6}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])[0-9]{3}[0-9X]", re.ASCII)
_ALL_PLAIN = re.compile(b"(?:" + _PLAIN.pattern.encode() + b"\n)*")
_LINE = 19
"""Characters of a number and the end of its line."""
_WEIGHED = tuple(
    bytes((sign - ord("0")) * weight % 11 if sign in b"0123456789" else 0 for sign in range(256)) for weight in _WEIGHTS
)
"""For each place, what its digit adds to the sum; of all places together less than 256."""
_DIGIT_OF_SUM = bytes(ord(_CHECK_DIGITS[summed % 11]) for summed in range(256))
_OLD = re.compile(r"[0-9]{15}", re.ASCII)
_OLD_AS_FLOAT = re.compile(r"([0-9]{15})\.0+", re.ASCII)
_NEW_AS_FLOAT = re.compile(r"[0-9]{16,}\.0*", re.ASCII)
_MARKS = "'‘’`"
_EARLIEST = 1900


class IdCheck(NamedTuple):
    """What the check of an identity number found.

    Attributes:
        number: The normalised number; a sound 15-digit number is given in its 18-digit form.
        birth: Date of birth, None where the number has a fault.
        sex: Sex, None where the number has a fault.
        fault: What exactly is wrong, a Chinese sentence; None where nothing is.
        note: Something to look at though nothing is wrong; empty as a rule.
    """

    number: str
    birth: date | None
    sex: Sex | None
    fault: str | None
    note: str


def normalise(text: str) -> str:
    """The number as it is kept: half width, capital X, no blanks, no apostrophe, no “G” before 18 characters."""
    if _NUMBER.fullmatch(text):
        return text
    number = compact(text).strip(_MARKS).upper()
    if number[:1] == "G" and len(rest := number[1:].strip(_MARKS)) == 18:
        return rest
    old = _OLD_AS_FLOAT.fullmatch(number)
    return old.group(1) if old else number


def check_digit(first17: str) -> str:
    """The check digit that belongs to the first 17 digits.

    Raises:
        ValueError: Not 17 digits.
    """
    if len(first17) != 17 or not (first17.isascii() and first17.isdigit()):
        raise ValueError("身份证号前17位应全是数字")
    return _check_digit(first17)


def _check_digit(first17: str) -> str:
    """As ``check_digit`` for what is known to be 17 digits; the weights run over the bytes for speed."""
    return _CHECK_DIGITS[(sum(map(mul, _WEIGHTS, first17.encode())) - _ZEROS) % 11]


def upgrade15(number: str) -> str:
    """The 18-digit form of a 15-digit number: century 19 and the check digit are added.

    Raises:
        ValueError: Not 15 digits.
    """
    if not _OLD.fullmatch(number):
        raise ValueError("旧身份证号应为15位数字")
    first17 = number[:6] + "19" + number[6:]
    return first17 + _check_digit(first17)


def check(text: str, today: date | None = None) -> IdCheck:
    """Check an identity number: length, characters, date of birth, check digit. Area codes are not judged.

    Args:
        text: The number as typed or read.
        today: The day on which nobody can be born later; None leaves that out.
    """
    number = normalise(text)
    if _OLD.fullmatch(number):
        return _check_old(number, today)
    fault = _shape_fault(number)
    if fault is not None:
        return IdCheck(number, None, None, fault, "")
    birth, fault = _birth(number, today)
    fault = _ruined(number) or fault or _digit_fault(number)
    if fault is not None:
        return IdCheck(number, None, None, fault, "")
    early = birth is not None and birth.year < _EARLIEST
    note = f"身份证号中的出生日期{number[6:14]}早于{_EARLIEST}年，请与证件核对" if early else ""
    return IdCheck(number, birth, Sex.MALE if int(number[16]) % 2 else Sex.FEMALE, None, note)


def plainly_sound(number: str, year: int) -> bool:
    """Whether a number is sound at a glance: well formed, born before ``year`` on a day every month has, check digit.

    A quick yes for long lists; after a no, :func:`check` says whether anything is wrong and what.
    """
    return (
        _PLAIN.fullmatch(number) is not None
        and int(number[6:10]) < year
        and _check_digit(number[:17]) == number[17]
        and not number.endswith("000")
    )


def all_plainly_sound(numbers: Sequence[str], year: int) -> bool:
    """Whether every one of many numbers is sound at a glance, as :func:`plainly_sound` says of each.

    The digits of one place stand beside each other, so that the sums of all numbers are one addition.
    """
    data = "".join([f"{number}\n" for number in numbers]).encode("utf-8", "replace")
    if len(data) != _LINE * len(numbers) or _ALL_PLAIN.fullmatch(data) is None or b"000\n" in data:
        return False
    years = zip(data[6::_LINE], data[7::_LINE], data[8::_LINE], data[9::_LINE], strict=True)
    if int(bytes(max(years, default=b"0"))) >= year:
        return False
    places = [data[place::_LINE].translate(weighed) for place, weighed in enumerate(_WEIGHED)]
    sums = sum(int.from_bytes(place, "big") for place in places).to_bytes(len(numbers), "big")
    return sums.translate(_DIGIT_OF_SUM) == data[17::_LINE]


def _check_old(number: str, today: date | None) -> IdCheck:
    """Check a 15-digit number by its 18-digit form; on a fault it stays as it is."""
    found = check(upgrade15(number), today)
    if found.fault is not None:
        return found._replace(number=number)
    return found._replace(note=f"15位旧号码，已按规则换算为18位{found.number}，请与证件核对")


def _shape_fault(number: str) -> str | None:
    """What is wrong with the length or the characters."""
    if _NUMBER.fullmatch(number):
        return None
    if not number:
        return "没有填写身份证号"
    if looks_scientific(number) or _NEW_AS_FLOAT.fullmatch(number):
        return f"身份证号被表格软件变成了数字“{number}”，末几位已经丢失，请把该列设为文本格式后按证件重新填写"
    if len(number) != 18:
        return f"身份证号应为18位，这里是{len(number)}位"
    place, sign = next((at, sign) for at, sign in enumerate(number, 1) if sign not in "0123456789")
    return f"身份证号第{place}位“{sign}”不是数字"


def _ruined(number: str) -> str | None:
    """Whether the last digits were lost in a spreadsheet, which keeps 15 digits of a number."""
    if number.endswith("000") and (number[14] == "0" or _check_digit(number[:17]) != "0"):
        return f"身份证号“{number}”末几位都是0，多半被表格软件当作数字丢掉了，请按证件重新填写"
    return None


def _birth(number: str, today: date | None) -> tuple[date | None, str | None]:
    """The date of birth, or what is wrong with it."""
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None, f"身份证号中的出生日期{number[6:14]}不存在"
    if today is not None and birth > today:
        return None, f"身份证号中的出生日期{number[6:14]}晚于今天"
    return birth, None


def _digit_fault(number: str) -> str | None:
    """What is wrong with the check digit."""
    due = _check_digit(number[:17])
    if due == number[17]:
        return None
    return f"身份证号校验码应为“{due}”，这里是“{number[17]}”，说明其中至少有一位填错"
