"""The order of names that hold numbers: 二组 before 十组, 第2队 before 第10队."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

Row = TypeVar("Row")
_NUMBER = re.compile("[0-9]+|[〇零一二三四五六七八九十百]+")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0}
_UNITS = {"十": 10, "百": 100}

Key = tuple[tuple[int, int, str], ...]


def natural_key(text: str) -> Key:
    """What a name sorts by: its numbers, Chinese or Arabic, by value, the rest by its characters."""
    parts: list[tuple[int, int, str]] = []
    end = 0
    for found in _NUMBER.finditer(text):
        if found.start() > end:
            parts.append((1, 0, text[end : found.start()]))
        parts.append((0, chinese_number(found.group()), ""))
        end = found.end()
    if end < len(text):
        parts.append((1, 0, text[end:]))
    return tuple(parts)


def chinese_number(text: str) -> int:
    """The value of digits or of a Chinese numeral below 1 000, e.g. ``二十一`` → 21, ``二〇`` → 20."""
    if text.isascii():
        return int(text)
    if not any(sign in _UNITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    total, digit = 0, -1
    for sign in text:
        if sign in _UNITS:
            total += (1 if digit < 0 else digit) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS[sign]
    return total + max(digit, 0)


def by_group(rows: Iterable[Row], village: Callable[[Row], str], group: Callable[[Row], str]) -> list[Row]:
    """Rows by village as these come first, then by group with its number read as one, else as they came.

    Args:
        rows: Households, or what is listed by them.
        village: What tells a row's village from others; two can have one name.
        group: Name of a row's group (村民小组).
    """
    found = list(rows)
    villages = {name: place for place, name in enumerate(dict.fromkeys(map(village, found)))}
    groups = {name: natural_key(name) for name in set(map(group, found))}
    return sorted(found, key=lambda row: (villages[village(row)], groups[group(row)]))
