"""What the target of a performance indicator asks for: a number at least or at most, or words (绩效目标, 清远 二12)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.project_words import Direction
from fupin_desktop.domain.text import clean

_MOST = r"[≤<＜≦]=?|=<|不(?:得|能)?(?:超过|高于|大于|多于)|至多|最多|小于|低于|少于|控制在"
_LEAST = r"[≥>＞≧]=?|=>|不(?:得|能)?(?:低于|少于|小于)|至少|最少|大于|高于|多于|超过|达到"
_SIGNED = re.compile(rf"(?:(?P<most>{_MOST})|(?P<least>{_LEAST})|[=＝约])?\s*(?P<rest>.*)", re.DOTALL)
_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*([万亿]?)([%％‰\w/·²³]*?)(以内|之内|以下|以上)?")
_ENDS = {"以内": Direction.AT_MOST, "之内": Direction.AT_MOST, "以下": Direction.AT_MOST, "以上": Direction.AT_LEAST}
_POWERS = {"": 0, "万": 4, "亿": 8}
_MEASURES = {
    "%": ("share", Decimal(10)), "％": ("share", Decimal(10)), "‰": ("share", Decimal(1)),
    "吨": ("mass", Decimal(2000)), "公斤": ("mass", Decimal(2)), "千克": ("mass", Decimal(2)),
    "斤": ("mass", Decimal(1)), "公顷": ("area", Decimal(15)), "亩": ("area", Decimal(1)),
}  # fmt: skip
"""Units that can be reckoned into each other: of what they are, and how many of the smallest one."""


class Wanted(NamedTuple):
    """What stands in a target or an actual value.

    Attributes:
        number: The number; None for words.
        direction: What its sign or words say of it; None where they say nothing.
        unit: The unit behind the number; empty for none.
    """

    number: Decimal | None
    direction: Direction | None
    unit: str = ""

    def measured_as(self, other: Wanted, unit: str = "") -> Decimal | None:
        """The number in the unit of another one, where one can be reckoned into the other; else as it is.

        Args:
            other: In whose unit.
            unit: The unit of what is written without one.
        """
        (kind, size), (wanted, wanted_size) = (
            _MEASURES.get(one or unit, (one or unit, Decimal(1))) for one in (self.unit, other.unit)
        )
        return self.number * size / wanted_size if self.number is not None and kind == wanted else self.number


def read(text: str) -> Wanted:
    """A target as it is written: ``≤5``, ``不超过5%``, ``5天以内``, ``≥1.5万元``, ``120亩``, ``按期``."""
    signed = _SIGNED.match(clean(text))
    assert signed is not None
    found = _AMOUNT.fullmatch(signed["rest"])
    if found is None:
        return Wanted(None, None)
    number = Decimal(found[1].replace(",", "")).scaleb(_POWERS[found[2]])
    said = Direction.AT_MOST if signed["most"] else Direction.AT_LEAST if signed["least"] else None
    return Wanted(number, said or _ENDS.get(found[4] or ""), found[3])


def with_unit(text: str, unit: str) -> str:
    """A target or an actual value with the unit of its indicator, where it does not end in one: 120亩, ≥98%."""
    return f"{text}{unit}" if text[-1:].isdigit() else text


def contradiction(target: str, direction: str | None) -> str:
    """Why a target and its direction cannot both be meant; empty where they can."""
    said = read(target).direction
    if said is None or direction not in (Direction.AT_LEAST, Direction.AT_MOST) or direction == said:
        return ""
    return f"目标值“{target}”的意思是{said.label}，评分方向却是“{Direction(direction).label}”，请改正其中一个。"
