"""Masks for whatever goes public, and a search for what must not have gone."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from fupin_desktop.domain.bank import normalise_account
from fupin_desktop.domain.identity import check, normalise
from fupin_desktop.domain.phone import normalise_phone, phone_ok
from fupin_desktop.domain.text import clean
from fupin_desktop.errors import SamePerson

STAR = "*"
LONGEST_TAIL = 8
_MOBILE_LENGTH = 11
_DOUBLE_SURNAMES = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶"
    " 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良"
    " 漆雕 乐正 宰父 谷梁 拓跋 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣 第五"
)
_CLUSTER = re.compile(".[\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)
_ID = r"G?[0-9]{17}[0-9Xx]"
_SPACED_ID = r"[0-9]{6}[ -](?:19|20)[0-9]{6}[ -][0-9]{3}[0-9Xx]"
_MOBILE = r"(?:\+?86[ -]?)?1[3-9][0-9](?P<m>[ -]?)[0-9]{4}(?P=m)[0-9]{4}"
_ACCOUNT = r"[0-9]{13,32}"
_SPACED_ACCOUNT = r"[3-9][0-9]{3}(?P<a>[ -])[0-9]{4}(?P=a)[0-9]{4}(?P=a)[0-9]{1,4}(?:(?P=a)[0-9]{1,4}){0,2}"
_LEAK = re.compile(
    rf"(?<![0-9*])(?:{_ID}|{_SPACED_ID}|{_MOBILE}|{_SPACED_ACCOUNT}|{_ACCOUNT})(?![0-9*])", re.ASCII
)

_APART = r"[ \-–—−.·•・/_,，、:：]"
_SPREAD_ID = re.compile(rf"(?<![0-9*])[1-9](?:{_APART}{{0,2}}[0-9]){{16}}{_APART}{{0,2}}[0-9Xx](?![0-9*])", re.ASCII)
_SPREAD_MOBILE = re.compile(
    rf"(?<![0-9*])(?:1(?P<one>{_APART})[3-9](?:(?P=one)[0-9]){{9}}|1[3-9][0-9](?P<four>{_APART})[0-9]{{4}}(?P=four)[0-9]{{4}})"
    r"(?![0-9*])",
    re.ASCII,
)
_WORDS = {sign: str(digit) for digit, signs in enumerate(
    ("〇○零", "一壹幺", "二贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for sign in signs}  # fmt: skip
_WORD = "".join(_WORDS)
_IN_WORDS = re.compile(rf"[{_WORD}](?:{_APART}?[{_WORD}Xx]){{10,}}")
"""Digits in words, so many that they are no amount or year."""
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_GAP = 6
"""Characters that may stand between two digits of one known number."""
_KNOWN_LEAST = 7


def mask_id(number: str) -> str:
    """``440883********1234``; a 15-digit number ``440883******123``; anything else is wholly starred."""
    plain = normalise(number)
    shown = {18: 4, 15: 3}.get(len(plain), 0)
    return _middle(plain, 6, shown) if shown else STAR * len(plain)


def mask_code(code: str) -> str:
    """A 户编号 as it is; one that is an identity number itself, as offices without codes write it, is masked."""
    return mask_id(code) if find_leaks(code) else code


def mask_phone(phone: str) -> str:
    """``138****1234`` of a mobile; of other numbers the last four after stars, or stars alone where they are short."""
    plain = normalise_phone(phone)
    is_mobile = len(plain) == _MOBILE_LENGTH and plain.isdigit()
    return _middle(plain, 3, 4) if is_mobile else _last_four(plain)


def mask_account(account: str) -> str:
    """The last four digits behind stars; an account of fewer than eight characters is wholly starred."""
    return _last_four(normalise_account(account))


MASKS = {"id_number": mask_id, "phone": mask_phone, "account": mask_account}
"""Masks by kind of field."""


def mask_name(name: str) -> str:
    """``张*三``, ``张*``, ``欧阳*``, ``买**·艾*``: the surname's first character, and the last one from three on."""
    return "·".join(_mask_part(part) for part in clean(name).split("·"))


def _mask_part(part: str) -> str:
    """One part of a name; a character and its variation selector stay together."""
    signs: list[str] = _CLUSTER.findall(part)
    if len(signs) < 2:
        return part
    surname = 2 if len(signs) > 2 and "".join(signs[:2]) in _DOUBLE_SURNAMES.split() else 1
    if len(signs) - surname < 2 or part.isascii():
        return "".join(signs[:surname]) + STAR * (len(signs) - surname)
    return "".join(signs[:surname]) + STAR * (len(signs) - surname - 1) + signs[-1]


def _middle(text: str, head: int, tail: int) -> str:
    """The text with everything between head and tail starred."""
    return text[:head] + STAR * (len(text) - head - tail) + text[len(text) - tail :]


def _last_four(text: str) -> str:
    """Stars and the last four characters; only stars below eight characters."""
    return _middle(text, 0, 4) if len(text) >= 8 else STAR * len(text)


def shortest_tails(people: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """For each person the shortest end of the ID number that tells people of one name apart.

    Within one name all tails have the same length; a name that occurs once gets the empty tail.

    Args:
        people: Key, name and ID number of each person in one public list.

    Raises:
        SamePerson: Two of one name have the same ID number, or none, or differ only before the last eight digits.
    """
    named: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, name, number in people:
        named[clean(name)].append((key, normalise(number)))
    tails: dict[str, str] = {}
    for name, group in named.items():
        tails.update(_tails(name, group))
    return tails


def _tails(name: str, group: Sequence[tuple[str, str]]) -> dict[str, str]:
    """The tails within one name."""
    if len(group) == 1:
        return {group[0][0]: ""}
    if any(not number for _, number in group) or len({number for _, number in group}) < len(group):
        raise SamePerson(f"名单里有{len(group)}个“{name}”，其中有的身份证号相同或没有填写，无法区分。")
    for length in range(1, LONGEST_TAIL + 1):
        tails = {key: number[-length:] for key, number in group}
        if len(set(tails.values())) == len(group):
            return tails
    raise SamePerson(f"名单里有{len(group)}个“{name}”，身份证号最后{LONGEST_TAIL}位也相同，无法区分。")


def mask_leaks(text: str, known: Iterable[str] = ()) -> str:
    """A text with every number that :func:`find_leaks` finds masked as what it is; other lines stay as they are.

    Args:
        text: The text.
        known: Numbers of the persons that it may speak of; their digits are found however they are written.
    """
    text = _mask_known(text, known)
    return "\n".join(_mask_line(line) if find_leaks(line) else line for line in text.split("\n"))


def _mask_line(line: str) -> str:
    """A line with its numbers masked; numbers in other signs are masked in the tidied line."""
    masked = _LEAK.sub(_masked_leak, line)
    if not find_leaks(masked):
        return masked
    masked = _LEAK.sub(_masked_leak, _tidied(masked))
    masked = _SPREAD_ID.sub(lambda hit: _masked_leak(hit) if _is_id(hit.group()) else hit.group(), masked)
    return _SPREAD_MOBILE.sub(_masked_leak, masked)


def _masked_leak(hit: re.Match[str]) -> str:
    """A full number masked as identity number, phone, else account."""
    number = hit.group()
    digits = re.sub(_APART, "", number)
    if check(digits).fault is None:
        return mask_id(digits)
    return mask_phone(digits) if phone_ok(digits) else mask_account(number)


def find_leaks(text: str) -> list[str]:
    """Full ID numbers, mobile phones and bank accounts that stand in a text, in the order found.

    Written for public pages and their files: a masked number is no leak; blanks, hyphens and other marks between
    digits do not hide one, nor do full-width signs, signs that do not show, and digits in words.
    """
    found: list[str] = []
    for line in text.splitlines():
        tidy = _tidied(line)
        hits = {hit.start(): hit.group() for hit in _SPREAD_MOBILE.finditer(tidy)}
        hits |= {hit.start(): hit.group() for hit in _SPREAD_ID.finditer(tidy) if _is_id(hit.group())}
        hits |= {hit.start(): hit.group() for hit in _LEAK.finditer(tidy)}
        found += [hits[start] for start in sorted(hits)]
    return found


def _is_id(text: str) -> bool:
    return check(re.sub(_APART, "", text)).fault is None


def _tidied(line: str) -> str:
    """A line in half-width signs, without those that do not show, long rows of digits in words as digits."""
    plain = clean(_UNSEEN.sub("", line))
    return _IN_WORDS.sub(lambda hit: "".join(_WORDS.get(sign, sign) for sign in hit.group()), plain)


def _mask_known(text: str, known: Iterable[str]) -> str:
    """A text with the digits of known numbers starred, whatever stands between them and however they are written."""
    numbers = {digits for one in known if len(digits := _squeezed(one)[0]) >= _KNOWN_LEAST}
    if not numbers:
        return text
    digits, places = _squeezed(text)
    signs = list(text)
    for number in sorted(numbers, key=len, reverse=True):
        at = -1
        while (at := digits.find(number, at + 1)) >= 0:
            span = places[at : at + len(number)]
            if all(after - before <= _GAP for before, after in pairwise(span)):
                _star(signs, span)
    return "".join(signs)


def _star(signs: list[str], span: Sequence[int]) -> None:
    """Star the middle of a number: as of an identity number, of a phone, else all but the last four."""
    shown = {18: 6, 17: 6, 15: 6, _MOBILE_LENGTH: 3}.get(len(span), 0)
    for place in span[shown:-4]:
        signs[place] = STAR


def _squeezed(text: str) -> tuple[str, list[int]]:
    """The digits of a text, whatever signs they are written in, with their places."""
    found = [(_digit(sign), place) for place, sign in enumerate(text)]
    kept = [(digit, place) for digit, place in found if digit]
    return "".join(digit for digit, _place in kept), [place for _digit, place in kept]


def _digit(sign: str) -> str:
    value = unicodedata.digit(sign, -1)
    return str(value) if value >= 0 else _WORDS.get(sign, "")
