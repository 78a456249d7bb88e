"""The order of names that hold numbers: 二组 before 十组, 第2队 before 第10队."""

from __future__ import annotations

import re

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
