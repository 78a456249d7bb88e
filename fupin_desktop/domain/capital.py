"""Capital amounts (大写金额), 《正确填写票据和结算凭证的基本规定》 and 会计基础工作规范 第五十二条."""

from __future__ import annotations

import re
from decimal import Decimal

from fupin_desktop.domain.money import from_fen, to_fen

_LIMIT = 10**12
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_GROUPS = ("亿", "万", "")
_PLACE_VALUES = (1000, 100, 10, 1)
_GROUP_VALUES = (10**8, 10**4, 1)
_VARIANTS = str.maketrans("圆圓正貳弍叄參叁陸億萬〇", "元元整贰贰叁叁叁陆亿万零")
_DIGIT = f"([{_DIGITS[1:]}])"
_GROUP = f"(?:{_DIGIT}仟)?零?(?:{_DIGIT}佰)?零?(?:{_DIGIT}拾)?零?{_DIGIT}?"
_CAPITAL = re.compile(
    f"(?:(?P<g0>(?=[{_DIGITS[1:]}]){_GROUP})亿)?零?(?:(?P<g1>(?=[{_DIGITS[1:]}]){_GROUP})万)?零?"
    f"(?P<g2>(?:(?=[{_DIGITS[1:]}]){_GROUP})?)(?P<yuan>元)?零?(?:(?P<jiao>[{_DIGITS[1:]}])角)?零?"
    f"(?:(?P<fen>[{_DIGITS[1:]}])分)?(?P<whole>整)?"
)
_PART = re.compile(_GROUP)
_ZERO = ("零元整", "零元")


def to_capital(amount: Decimal) -> str:
    """The amount in capital characters, without the 人民币 that stands directly before it.

    An amount up to 元 or 角 ends in 整, one with 分 does not; a run of zeros inside is one 零; 零 also joins 元 and 角
    where the last digit before 元 is 0 (1680.32 壹仟陆佰捌拾元零叁角贰分).

    Args:
        amount: Yuan, 0 or more and below 10^12, not finer than 分.

    Raises:
        ValueError: With a Chinese sentence, where the amount is outside that range.
    """
    if not amount.is_finite() or not 0 <= amount < _LIMIT:
        raise ValueError("大写金额只能写0元以上、一万亿元以下的金额")
    yuan, rest = divmod(to_fen(amount), 100)
    jiao, fen = divmod(rest, 10)
    if not yuan and not rest:
        return _ZERO[0]
    whole = _whole(yuan) + "元" if yuan else ""
    if not fen:
        return whole + (_joint(yuan, jiao) + _DIGITS[jiao] + "角整" if jiao else "整")
    small = _joint(yuan, jiao) + _DIGITS[jiao] + "角" if jiao else ("零" if yuan else "")
    return whole + small + _DIGITS[fen] + "分"


def _joint(yuan: int, jiao: int) -> str:
    """The 零 between 元 and 角, where the last digit before 元 is 0."""
    return "零" if yuan and jiao and yuan % 10 == 0 else ""


def _whole(yuan: int) -> str:
    """Whole yuan above 0 in capital characters."""
    text = ""
    gap = False
    for value, name in zip(_GROUP_VALUES, _GROUPS, strict=True):
        group = yuan // value % 10000
        if not group:
            gap = True
            continue
        text += ("零" if text and (gap or group < 1000) else "") + _four(group) + name
        gap = False
    return text


def _four(group: int) -> str:
    """Four digits in capital characters, without zeros at either end."""
    text = ""
    gap = False
    for value, name in zip(_PLACE_VALUES, _PLACES, strict=True):
        digit = group // value % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
        gap = not digit
    return text


def parse_capital(text: str) -> Decimal:
    """The amount a capital amount stands for, yuan.

    Understands 正 for 整, 圆 for 元, a leading 人民币, 零 left out, and the traditional 貳, 陸, 億, 萬, 圓.

    Raises:
        ValueError: With a Chinese sentence, where it is no well-formed capital amount.
    """
    plain = re.sub(r"\s", "", text).removeprefix("人民币").lstrip(":：").translate(_VARIANTS)
    if plain in _ZERO:
        return from_fen(0)
    found = _CAPITAL.fullmatch(plain)
    if found is None or plain[:1] in "零整" or "零整" in plain:
        raise ValueError(f"“{text}”不是规范的大写金额")
    yuan = sum(_value(found[f"g{at}"]) * value for at, value in enumerate(_GROUP_VALUES))
    if bool(yuan) != bool(found["yuan"]):
        raise ValueError(f"“{text}”不是规范的大写金额，请检查“元”字")
    return from_fen(yuan * 100 + _small(text, found))


def _small(text: str, found: re.Match[str]) -> int:
    """角 and 分 in 分; refuses an ending in 整 that is missing or too much."""
    jiao, fen = found["jiao"], found["fen"]
    if fen and found["whole"]:
        raise ValueError(f"“{text}”写到了分，后面不写“整”字")
    if not fen and not jiao and not found["whole"]:
        raise ValueError(f"“{text}”写到元为止，后面应写“整”字")
    return (_DIGITS.index(jiao) * 10 if jiao else 0) + (_DIGITS.index(fen) if fen else 0)


def _value(group: str | None) -> int:
    """The number a group of up to four places stands for."""
    found = _PART.fullmatch(group or "")
    digits = found.groups() if found else ()
    return sum(_DIGITS.index(digit) * value for digit, value in zip(digits, _PLACE_VALUES, strict=False) if digit)
