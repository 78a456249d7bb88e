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
_AMOUNT = re.compile(r"(-?\d[\d,]*(?:\.\d+)?)\s*([万亿]?)[%％‰\w/·²³]*?(以内|之内|以下|以上)?")
_ENDS = {"以内": Direction.AT_MOST, "之内": Direction.AT_MOST, "以下": Direction.AT_MOST, "以上": Direction.AT_LEAST}
_POWERS = {"": 0, "万": 4, "亿": 8}


class Wanted(NamedTuple):
    """What stands in a target or an actual value.

    Attributes:
        number: The number; None for words.
        direction: What its sign or words say of it; None where they say nothing.
    """

    number: Decimal | None
    direction: Direction | None


def read(text: str) -> Wanted:
    """A target as it is written: ``≤5``, ``不超过5%``, ``5天以内``, ``≥1.5万元``, ``120亩``, ``按期``."""
    signed = _SIGNED.match(clean(text))
    assert signed is not None
    found = _AMOUNT.fullmatch(signed["rest"])
    if found is None:
        return Wanted(None, None)
    number = Decimal(found[1].replace(",", "")).scaleb(_POWERS[found[2]])
    said = Direction.AT_MOST if signed["most"] else Direction.AT_LEAST if signed["least"] else None
    return Wanted(number, said or _ENDS.get(found[3] or ""))


def contradiction(target: str, direction: str | None) -> str:
    """Why a target and its direction cannot both be meant; empty where they can."""
    said = read(target).direction
    if said is None or direction not in (Direction.AT_LEAST, Direction.AT_MOST) or direction == said:
        return ""
    return f"目标值“{target}”的意思是{said.label}，评分方向却是“{Direction(direction).label}”，请改正其中一个。"
