"""Search and sorting by pinyin: initials with every usual reading, surnames read as surnames are.

Readings are looked up once for a character; a register of 100 000 names then costs a few microseconds a name. The
library's table is taken from ``pypinyin.constants``: the first call of its public function loads 47 000 phrases that
names have no use for (67 MB instead of 22 MB, and 3.7 times the time to the first reading).
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import islice, product

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import InstrumentedAttribute

_MOST_READINGS = 6
_ID_TAIL = 6
_KEPT_NAMES = 1 << 16
_SURNAMES = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "区": "ou", "解": "xie", "查": "zha", "种": "chong", "翟": "zhai",
    "乐": "yue", "召": "shao", "折": "she", "覃": "qin", "盖": "ge", "秘": "bi", "朴": "piao", "缪": "miao",
    "员": "yun", "繁": "po", "尉": "wei", "冼": "xian", "洗": "xian", "任": "ren", "华": "hua", "宁": "ning",
    "葛": "ge", "纪": "ji", "过": "guo", "黑": "he", "车": "che", "石": "shi", "谌": "chen", "应": "ying",
    "燕": "yan", "逄": "pang", "都": "du", "隗": "wei", "句": "gou", "撒": "sa", "能": "nai", "哈": "ha",
    "佴": "nai", "行": "xing", "角": "jue", "降": "jiang", "祭": "zhai", "沈": "shen", "贾": "jia", "郇": "xun",
    "牟": "mou", "鲍": "bao", "柏": "bai", "卜": "bu", "令": "ling", "晁": "chao", "要": "yao", "钻": "zuan",
    "會": "gui", "長": "zhang", "單": "shan", "區": "ou", "樂": "yue", "繆": "miao", "員": "yun", "蓋": "ge",
}  # fmt: skip
_COMPOUND = {"万俟": ("mo", "qi"), "尉迟": ("yu", "chi"), "长孙": ("zhang", "sun"), "澹台": ("tan", "tai")}


@cache
def _dictionary() -> dict[int, str]:
    """The library's table of readings by code point; its phrase table is not wanted, so it is not loaded."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.constants import PINYIN_DICT

    table: dict[int, str] = PINYIN_DICT
    return table


def _plain(reading: str) -> str:
    """A reading without its tone mark."""
    return "".join(sign for sign in unicodedata.normalize("NFD", reading) if "a" <= sign <= "z")


def _readings(sign: str) -> tuple[str, ...]:
    """The readings of a character without tones, the usual one first; empty where it has none."""
    found = _dictionary().get(ord(sign), "")
    return tuple(dict.fromkeys(plain for reading in found.split(",") if (plain := _plain(reading))))


class _ByCharacter(dict[str, str]):
    """What is known of a character, found out when it is first asked for."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, sign: str) -> str:
        self[sign] = found = self._find(sign)
        return found


def _letters(sign: str) -> str:
    """The distinct first letters of a character; itself where it is a letter or digit; nothing for other signs."""
    readings = _readings(sign)
    if readings:
        return "".join(dict.fromkeys(reading[0] for reading in readings))
    return sign.lower() if sign.isascii() and sign.isalnum() else ""


def _surname_letters(sign: str) -> str:
    first = _SURNAMES.get(sign, "")[:1]
    return "".join(dict.fromkeys(first + _LETTERS[sign]))


def _sorting(sign: str) -> str:
    """How a character sorts: by its usual reading; one without a reading by itself, after all that have one."""
    readings = _readings(sign)
    if readings:
        return f"{readings[0]} "
    return sign if sign.isalnum() else ""


def _surname_sorting(sign: str) -> str:
    return f"{_SURNAMES[sign]} " if sign in _SURNAMES else _SORTING[sign]


_LETTERS = _ByCharacter(_letters)
_SURNAME_LETTERS = _ByCharacter(_surname_letters)
_SORTING = _ByCharacter(_sorting)
_SURNAME_SORTING = _ByCharacter(_surname_sorting)


@lru_cache(_KEPT_NAMES)
def initials(name: str) -> str:
    """The pinyin initials of a name, lower-case; several readings give several words: ``单乐`` → ``sl sy cl …``."""
    if not name:
        return ""
    letters = [_LETTERS[sign] for sign in name]
    letters[0] = _SURNAME_LETTERS[name[0]]
    words = _spelled(letters)
    compound = _COMPOUND.get(name[:2])
    if compound:
        words.insert(0, "".join(reading[0] for reading in compound) + words[0][2:])
        words = list(dict.fromkeys(words))
    return " ".join(words)


def _spelled(letters: list[str]) -> list[str]:
    """The words that the letters of each character spell; most characters have one letter."""
    joined = "".join(letters)
    if len(joined) == len(letters) and all(letters):
        return [joined]
    return list(islice(("".join(word) for word in product(*filter(None, letters))), _MOST_READINGS))


@lru_cache(_KEPT_NAMES)
def sort_key(name: str) -> str:
    """A text by which names sort as in a dictionary: by pinyin, then by the characters themselves."""
    if not name:
        return ""
    compound = _COMPOUND.get(name[:2])
    if compound:
        return f"{' '.join(compound)} {''.join([_SORTING[sign] for sign in name[2:]])}{name}"
    return _SURNAME_SORTING[name[0]] + "".join([_SORTING[sign] for sign in name[1:]]) + name


@cache
def _place_words(village: str) -> str:
    return f"{village} {' '.join(_spelled([_LETTERS[sign] for sign in village]))}"


def search_key(name: str, id_number: str, village: str, code: str) -> str:
    """What a record is found by: name, initials, ID tail, village with its initials, code; all lower-case."""
    return f"{name} {initials(name)} {id_number[-_ID_TAIL:]} {_place_words(village)} {code}".lower()


def matching(column: InstrumentedAttribute[str], text: str) -> ColumnElement[bool]:
    """The condition that a search key holds every word of a search text, in any order."""
    return and_(True, *(column.contains(word, autoescape=True) for word in text.lower().split()))
