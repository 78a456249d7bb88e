"""The unified social credit code (统一社会信用代码, GB 32100-2015): 18 characters, the last a check character."""

from __future__ import annotations

from fupin_desktop.domain.text import clean

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The characters of a code; I, O, S, V and Z are left out."""
LENGTH = 18
_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))


def normalise(code: str) -> str:
    """As it is kept: without blanks, half-width, capital letters."""
    return "".join(clean(code).split()).upper()


def check_character(code: str) -> str:
    """The character that belongs after the first seventeen.

    Raises:
        ValueError: They hold another character.
    """
    summed = sum(ALPHABET.index(one) * weight for one, weight in zip(code[:-1], _WEIGHTS, strict=True))
    return ALPHABET[-summed % 31]


def fault(code: str) -> str:
    """What is wrong with a code as kept, in words; empty where nothing is."""
    if len(code) != LENGTH:
        return f"统一社会信用代码应是 {LENGTH} 位，现有 {len(code)} 位，请核对。"
    if other := sorted(set(code) - set(ALPHABET)):
        return f"统一社会信用代码里没有“{'、'.join(other)}”，请核对。"
    return "" if check_character(code) == code[-1] else "统一社会信用代码的校验位不对，请照营业执照核对。"
