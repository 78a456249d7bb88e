"""Dates in every way they are written."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from fupin_desktop.domain.reading.raw import BLANK, NOTHING, Issue, Raw, Read, is_number, plain
from fupin_desktop.domain.text import bare, clean

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?", re.ASCII)
_SHORT = re.compile(r"(\d{1,2})[-/.月](\d{1,2})[日号]?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})月?|(\d{2}))", re.ASCII)
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$", re.ASCII)
_SIGNS = str.maketrans({"—": "-", "–": "-", "−": "-", "。": ".", "／": "/"})
_YEARS, _MONTHS = range(1900, 2200), range(1, 13)
_SERIAL_START, _SERIALS = date(1899, 12, 30), range(36_526, 73_051)
_TODO = "请写成 2026-01-05 这样"


def read_date(raw: Raw, what: str, year: int | None = None, *, months: bool = False) -> Read:
    """A date: ``2026-1-5``, ``2026/1/5``, ``2026.1.5``, ``2026年1月5日``, ``20260105``; of the years 1900 to 2199.

    A workbook's number that can be the serial of a day from 2000 to 2099 is taken for it with an issue: the cell has
    lost its format.

    Args:
        raw: The cell.
        what: What the date is, for the sentences, e.g. 到账日期.
        year: Year of a date written without one, such as ``3.1`` or ``12月5日``; None refuses it.
        months: Whether a month without a day is its first day, with an issue.
    """
    if isinstance(raw, date):
        return Read(raw.date() if isinstance(raw, datetime) else raw)
    if is_number(raw) and (day := _of_serial(raw)) is not None:
        sentence = f"{what}是数字 {plain(raw)}，按表格的日期序号认作 {day.isoformat()}"
        return Read(day, Issue("serial", sentence, "请核对日期，没有错就不用改"))
    text = bare(_TIME.sub("", clean(plain(raw)))).translate(_SIGNS)
    if months and (month := _of_month(text)) is not None:
        sentence = f"{what}“{plain(raw).strip()}”只写到月，按 {month.isoformat()} 登记"
        return Read(month, Issue("date_month", sentence, "知道是哪一天的，请补上"))
    return BLANK if text in NOTHING else _of_text(text, plain(raw).strip(), what, year)


def _of_text(text: str, typed: str, what: str, year: int | None) -> Read:
    found = _DATE.fullmatch(text) or _DIGITS.fullmatch(text)
    short = None if found or year is None else _SHORT.fullmatch(text)
    parts = [int(part) for part in found.groups()] if found else []
    if short and year is not None:
        parts = [year, int(short[1]), int(short[2])]
    if not parts or parts[0] not in _YEARS:
        return Read(None, Issue("date", f"{what}“{typed}”不是日期", _TODO))
    try:
        return Read(date(*parts))
    except ValueError:
        return Read(None, Issue("date", f"{what}“{typed}”不是日期，没有这一天", _TODO))


def _of_month(text: str) -> date | None:
    """The first day of a month written without a day, as national lists write it: 202103."""
    found = _MONTH.fullmatch(text)
    year, month = (int(found[1]), int(found[2] or found[3])) if found else (0, 0)
    return date(year, month, 1) if year in _YEARS and month in _MONTHS else None


def _of_serial(raw: float | Decimal) -> date | None:
    """The day of a date that shows as the number it is kept as."""
    return _SERIAL_START + timedelta(days=int(raw)) if raw in _SERIALS else None
