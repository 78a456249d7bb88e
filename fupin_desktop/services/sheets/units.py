"""Units that headings and title rows name: 核定成本(千元), 面积/㎡, 单位：万元; converted exactly or unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from fupin_desktop.domain.text import compact
from fupin_desktop.storage.fields import Field, Kind

_MONEY = {
    "元": Fraction(1), "圆": Fraction(1), "人民币": Fraction(1), "人民币元": Fraction(1), "角": Fraction(1, 10),
    "分": Fraction(1, 100), "百元": Fraction(100), "千元": Fraction(1000), "千": Fraction(1000),
    "万元": Fraction(10_000), "万": Fraction(10_000), "人民币万元": Fraction(10_000), "十万元": Fraction(100_000),
    "百万元": Fraction(1_000_000), "百万": Fraction(1_000_000), "千万元": Fraction(10_000_000),
    "亿元": Fraction(100_000_000), "亿": Fraction(100_000_000),
}  # fmt: skip
_AREA = {
    "亩": Fraction(1), "市亩": Fraction(1), "分": Fraction(1, 10), "分地": Fraction(1, 10), "厘": Fraction(1, 100),
    "公顷": Fraction(15), "顷": Fraction(100), "公亩": Fraction(15, 100), "平方米": Fraction(15, 10_000),
    "㎡": Fraction(15, 10_000), "m2": Fraction(15, 10_000), "m²": Fraction(15, 10_000), "平米": Fraction(15, 10_000),
    "hm2": Fraction(15), "hm²": Fraction(15), "ha": Fraction(15), "平方公里": Fraction(1500), "km2": Fraction(1500),
    "km²": Fraction(1500), "万亩": Fraction(10_000), "百亩": Fraction(100), "千亩": Fraction(1000),
}  # fmt: skip
_CONVERTED = {Kind.MONEY: _MONEY, Kind.AREA: _AREA}
_OTHER_MONEY = ("美元", "美金", "港元", "港币", "欧元", "日元", "澳元", "英镑", "外币", "万美元", "万港元")
_OTHER_AREA = ("垧", "坪", "英亩", "丘", "厅", "平方尺", "平方丈", "平方")
_COUNTED = ("斤", "公斤", "千克", "kg", "吨", "担", "头", "只", "羽", "株", "棵", "箱", "个", "条", "尾", "立方米")
_UNKNOWN = frozenset((*_OTHER_MONEY, *_OTHER_AREA, *_COUNTED))
_RATE = re.compile(r"[^/每]{1,4}[/每][^/每]{1,3}|%|‰")
_BRACKETED = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_SAID = re.compile(r"(?:金额|货币|面积|计量|计价)?单位(?:[:：为])?(.+)")
_SIGNED = re.compile(r"[/／_\-—|,，]([^/／_\-—|,，]{1,6})$")
_SET_OFF = (_SAID, re.compile(r"单位(?:[:：为])?(.+)"), _SIGNED)
_ABOVE = re.compile(r"(?<![一-鿿])(?:金额|货币|面积|计量|计价)?单位[:：]([^:：()]+)")
_SPLIT = re.compile(r"[、,，;；/\s和及]+")
_LONGEST = 6
Rates = dict[Kind, tuple[str, Fraction]]


class Unit(NamedTuple):
    """A unit as a heading names it.

    Attributes:
        name: As it is written, e.g. 千元.
        times: How many of the field's own unit it is; None where it cannot be converted.
    """

    name: str
    times: Fraction | None

    @property
    def rate(self) -> str:
        """How many of the field's own unit it is, as a decimal number."""
        times = self.times or Fraction(0)
        return f"{Decimal(times.numerator) / times.denominator:f}"


def without_unit(heading: str) -> str:
    """A normalised heading without a unit at its end, however it is set off: 成本/万元, 成本万元, 成本单位:万元."""
    for pattern in _SET_OFF:
        found = pattern.search(heading)
        if found and found.start() and _is_unit(found.group(1)):
            return heading[: found.start()]
    for unit in _LONGEST_FIRST:
        if heading.endswith(unit) and len(heading) > len(unit) + 1:
            return heading[: -len(unit)]
    return heading


def unit_of(heading: str, field: Field, above: Rates | None = None) -> Unit | None:
    """The unit that a heading gives a field, else the rows above the table; None where nothing is said.

    Args:
        heading: The heading.
        field: What its column holds: money in 元, area in 亩, or a quantity without a unit of its own.
        above: What the rows above say, see :func:`units_above`.
    """
    table = _CONVERTED.get(field.kind)
    if table is None:
        return None
    for text in _named(compact(heading).lower()):
        if text in table:
            return Unit(text, table[text])
        if text in _UNKNOWN or text in _MONEY or text in _AREA or _RATE.fullmatch(text):
            return Unit(text, None)
    said = (above or {}).get(field.kind)
    return Unit(*said) if said else None


def quantity_unit(heading: str) -> str:
    """The unit that the heading of a quantity names: 验收数量(分), 数量/斤; empty where it names none."""
    found = _named(compact(heading).lower())
    return next((text for text in found if text in _AREA or text in _COUNTED), "")


def times_between(of_heading: str, of_row: str) -> Fraction | None:
    """How many of a row's unit one of the heading's is; None where one cannot be made of the other."""
    row = compact(of_row).lower()
    if of_heading == row:
        return Fraction(1)
    if of_heading in _AREA and row in _AREA:
        return _AREA[of_heading] / _AREA[row]
    return None


def units_above(texts: Iterable[str]) -> Rates:
    """What title rows say of the units of money and area: 单位：万元、亩."""
    found: Rates = {}
    for text in texts:
        for said in _ABOVE.findall(compact(text)):
            for part in _SPLIT.split(said.lower()):
                for kind, table in _CONVERTED.items():
                    if part in table and (kind, part) != (Kind.AREA, "分"):
                        found.setdefault(kind, (part, table[part]))
    return found


def _named(heading: str) -> list[str]:
    """Texts of a heading that may be its unit, the surest first."""
    found = [said.group(1) for text in _BRACKETED.findall(heading) if (said := _SAID.fullmatch(text))]
    found += _BRACKETED.findall(heading)
    for pattern in _SET_OFF:
        match = pattern.search(heading)
        if match and match.start():
            found.append(match.group(1))
    found += [unit for unit in _LONGEST_FIRST if heading.endswith(unit) and len(heading) > len(unit) + 1]
    return [text for one in found for text in (one, *_SPLIT.split(one)) if text and len(text) <= _LONGEST]


def _is_unit(text: str) -> bool:
    return text in _MONEY or text in _AREA or text in _UNKNOWN


_LONGEST_FIRST = sorted(
    {unit for unit in (*_MONEY, *_AREA) if len(unit) > 1 and unit not in ("分地", "人民币", "平米", "百万", "ha")},
    key=len, reverse=True,
)  # fmt: skip
"""Units that are known at the end of a heading without a sign before them."""
