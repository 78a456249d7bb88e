"""Amounts, quantities, areas, counts and percentages; exact decimals, never rounded in silence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from fupin_desktop.domain.numbers import Parsed, parse_number
from fupin_desktop.domain.reading.raw import BLANK, EXACT, LOOK, NOTHING, Issue, Raw, Read, is_nothing, is_number, plain
from fupin_desktop.domain.text import bare, compact

_COUNT = re.compile(r"第?(\d{1,9}|\d{1,3}(?:,\d{3}){1,2})(?:\.0+)?(?:人|口|户|年|次|个|名|岁)?", re.ASCII)
_MOST_COUNTED = 10**9
_STEPS = tuple(Decimal(1).scaleb(-places) for places in range(4))


@dataclass(frozen=True, slots=True)
class Scale:
    """How a kind of number is kept.

    Attributes:
        places: Decimals kept; what is finer is an issue.
        limit: First magnitude that is too large.
        units: Units that may stand behind the number.
    """

    places: int
    limit: int
    units: tuple[str, ...] = ()

    @property
    def whole(self) -> int:
        """How many of the smallest parts make one: 100 分 make a yuan."""
        return int(10**self.places)

    @property
    def step(self) -> Decimal:
        """The smallest part that is kept."""
        return _STEPS[self.places]


MONEY = Scale(2, 10**12, ("元整", "元正", "圆整", "元", "圆"))
QUANTITY = Scale(3, 10**9)
PERCENT = Scale(2, 10**6)


def read_number(
    raw: Raw,
    what: str,
    scale: Scale,
    *,
    unit: str = "",
    times: Fraction | int = 1,
    negative: bool = False,
    todo: str = "",
) -> Read:
    """A number as a decimal with the places of its scale.

    Args:
        raw: The cell: ``１，２３４.５``, ``¥1,234.50元``, ``1.5万元``, ``3.5亩``, ``(12.00)`` for a number below 0.
        what: What the number is, for the sentences, e.g. 成本.
        scale: How it is kept.
        unit: Unit that may stand behind it besides the scale's own.
        times: What the number is multiplied with, 10 000 where the heading says 万元; a unit in the cell itself goes
            before it.
        negative: Whether numbers below 0 are allowed.
        todo: What to do where it is no number.
    """
    if is_nothing(raw):
        return BLANK
    try:
        found = _parsed(raw, what, (unit, *scale.units) if unit else scale.units)
    except ValueError as error:
        return Read(None, Issue("not_a_number", str(error), todo or "请填写数字"))
    value = found.value if found.unit or times == 1 else found.value * times.numerator / times.denominator
    return _fitted(value, raw, what, scale, negative=negative)


def _parsed(raw: Raw, what: str, units: tuple[str, ...]) -> Parsed:
    if isinstance(raw, str):
        return parse_number(raw, what, units)
    if isinstance(raw, bool | date | time | timedelta):
        kind = "“是/否”" if isinstance(raw, bool) else f"日期或时间“{plain(raw)}”"
        raise ValueError(f"{what}应是数字，这里是{kind}")
    return Parsed(raw if isinstance(raw, Decimal) else Decimal(f"{raw:.15g}" if isinstance(raw, float) else raw))


def _fitted(value: Decimal, raw: Raw, what: str, scale: Scale, *, negative: bool) -> Read:
    """The value with its places, rounded half up where it is finer."""
    if not value.is_finite():
        return Read(None, Issue("not_a_number", f"{what}不是数字", "请填写数字"))
    if value < 0 and not negative:
        return Read(None, Issue("negative", f"{what}不能小于0，这里是“{compact(plain(raw))}”", "请改正"))
    if abs(value) >= scale.limit:
        return Read(None, Issue("too_large", f"{what}过大，应小于{scale.limit:,}", "请改正"))
    kept = value.quantize(scale.step, ROUND_HALF_UP)
    if kept == value:
        return Read(kept if kept else abs(kept))
    sentence = f"{what}最多填{scale.places}位小数，这里是“{compact(plain(raw))}”"
    return Read(kept, Issue("rounded", sentence, "请核对原数", f"已四舍五入为{kept}"))


def read_count(raw: Raw, what: str, unit: str = "") -> Read:
    """A whole number of 0 or more, at most nine digits: ``4``, ``4人``, ``第2年``, ``1,200``, a workbook's ``4.0``."""
    if isinstance(raw, float) and 0 <= raw < _MOST_COUNTED and raw.is_integer():
        return Read(int(raw))
    text = bare(plain(raw)).replace("，", ",")
    if text in NOTHING:
        return BLANK
    found = _COUNT.fullmatch(text.removesuffix(unit)) if isinstance(raw, str) or is_number(raw) else None
    if found is None:
        return Read(None, Issue("not_a_count", f"{what}“{plain(raw)}”不是整数", "请填写整数"))
    return Read(int(found.group(1).replace(",", "")))


def read_percent(raw: Raw, what: str, *, negative: bool = False) -> Read:
    """A percentage with two places: ``12.5%``, ``12.5`` and ``125‰`` are 12.50.

    A workbook keeps a cell shown as 12.5% as the number 0.125, and does not say so: numbers up to 1 are taken for such
    with an issue.
    """
    if is_nothing(raw):
        return BLANK
    if is_number(raw) and 0 < abs(Decimal(plain(raw))) <= 1:
        return _fraction(Decimal(plain(raw)), what, negative=negative)
    per_mille = isinstance(raw, str) and compact(raw).endswith("‰")
    try:
        number = _parsed(raw, what, ("%", "％", "﹪", "‰")).value
    except ValueError as error:
        return Read(None, Issue("not_a_number", str(error), "请填写 12.5% 这样的百分数"))
    return _fitted(number / 10 if per_mille else number, raw, what, PERCENT, negative=negative)


def _fraction(number: Decimal, what: str, *, negative: bool) -> Read:
    """A workbook's number up to 1 as a percentage."""
    found = _fitted(number * 100, number, what, PERCENT, negative=negative)
    sentence = f"{what}在表格里是数字 {number:f}，认作 {found.value}%"
    return found if found.issue else Read(found.value, Issue("percent_fraction", sentence, LOOK))


def stored(value: Decimal, scale: Scale) -> int:
    """Whole smallest parts of a number that was read: 分, thousandths, ten-thousandths of a percentage."""
    return int(value.scaleb(scale.places))


def exact_parts(raw: float, parts: int, limit: int) -> int | None:
    """Whole parts of a workbook's number, quickly; None where it has to be read with care.

    Args:
        raw: The number.
        parts: How many parts make one.
        limit: First count of parts that is too large.
    """
    if not 0 <= raw < EXACT:
        return None
    count = round(raw * parts)
    return count if count / parts == raw and count < limit else None
