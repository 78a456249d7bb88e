"""Cleaning of typed and imported text without changing a single ideograph.

Unicode's own compatibility folding (NFKC) would replace CJK compatibility ideographs, which stand in real names, so
only digits, letters, brackets and a few signs are brought to half width here.
"""

from __future__ import annotations

import re
from functools import cache

_HALF_WIDTH_SIGNS = "()[]{}.-/+%#@=*&_"
_BLANKS = "\t\n\v\f\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_INVISIBLE = (
    "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in _BLANKS)
    + "\xad\u180e\ufeff\ufffe\uffff"
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070))))
)
_SURROGATES = range(0xD800, 0xE000)
_APOSTROPHES = "'‘’`"
_NAME_DOTS = ".•‧∙⋅・･●﹒"


@cache
def _table() -> dict[int, str | None]:
    """The translation of every character that is not kept as typed."""
    table: dict[int, str | None] = {ord(sign): " " for sign in _BLANKS}
    table.update({ord(sign): None for sign in _INVISIBLE})
    table.update(dict.fromkeys(_SURROGATES))
    half = [chr(code) for code in range(0x21, 0x7F) if chr(code).isalnum() or chr(code) in _HALF_WIDTH_SIGNS]
    table.update({ord(sign) + 0xFEE0: sign for sign in half})
    return table


@cache
def _dirty() -> re.Pattern[str]:
    """What betrays a text that has to be cleaned; made when the first text asks for it."""
    kept_out = "".join(re.escape(chr(code)) for code in _table() if code not in _SURROGATES)
    return re.compile(f"^ | $|  |[{kept_out}\ud800-\udfff]")


_PLAIN = re.compile("[0-9A-Za-z\u4e00-\u9fff]*")
_RUNS = re.compile(" {2,}")
_DOTS = re.compile(f" *[·{_NAME_DOTS}] *")


def clean(text: str) -> str:
    """The text as it is kept: half-width digits, letters and brackets, no stray blanks, no invisible characters.

    Ideographs, compatibility ideographs included, and Chinese punctuation stay as typed. Tabs, line ends, no-break and
    ideographic blanks become one blank; blanks at both ends go.

    Args:
        text: Anything typed, pasted or read from a workbook.
    """
    if _PLAIN.fullmatch(text) or _dirty().search(text) is None:  # most texts are plain, which is quicker to see
        return text
    return _RUNS.sub(" ", text.translate(_table())).strip(" ")


def compact(text: str) -> str:
    """The cleaned text without any blank: for codes, numbers and headings."""
    return clean(text).replace(" ", "")


def bare(text: str) -> str:
    """The compact text of a number or day, without the apostrophe that keeps spreadsheets from changing it."""
    return compact(text).lstrip(_APOSTROPHES)


def clean_name(text: str) -> str:
    """A person's name as it is kept: ``张　三`` becomes 张三, every kind of dot between name parts becomes “·”.

    A name in Latin letters alone keeps its single blanks.
    """
    if _PLAIN.fullmatch(text):
        return text
    name = clean(text)
    if name.isascii():
        return name
    return _DOTS.sub("·", name).replace(" ", "")


def quoted(text: str) -> str:
    """A name in quotation marks; marks within it become inner ones: “‘人均2万’财政扶贫资金”."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def in_gbk(text: str) -> bool:
    """Whether GBK, which older systems keep texts in, has every character of a text; rare ones of names are missing."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True
