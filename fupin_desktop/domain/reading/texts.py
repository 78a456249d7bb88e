"""Texts, names, and the numbers that are kept as texts: codes, identity numbers, phones, bank accounts."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from fupin_desktop.domain import bank, identity, phone
from fupin_desktop.domain.reading.raw import BLANK, EXACT, LOOK, NOTHING, Issue, Raw, Read, is_number, plain
from fupin_desktop.domain.text import clean, clean_name, compact

_AS_TEXT = "请把该列设为文本格式后重新填写"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_OFFICE = re.compile(r"村?(?:村民委员会|村委会|村委)$")
_COMMUNITY = re.compile(r"(社区)(?:居民委员会|居委会)$")
LOST = re.compile("[?？□〓■●\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""Marks that stand in names where a system could not write a rare character, and characters of nobody's."""
_LOST_RUN = re.compile(f"({LOST.pattern}+)")
NO_CODE = NOTHING | {"0", "00", "待补", "待定", "待编", "未编", "未知", "暂无", "无编号", "0.0"}
"""What stands where there is no number yet."""
LONGEST_NAME = 60
"""Of persons, and of firms where these stand in the same column; what is longer is a text in the wrong column."""
_CARD_LENGTH = 16
_KEPT = 20


def read_text(raw: Raw) -> Read:
    """A text without stray blanks."""
    return Read(clean(plain(raw)) or None)


def read_name(raw: Raw, what: str) -> Read:
    """A person's name; a number, a date or a whole text is none."""
    if not isinstance(raw, str):
        return Read(None, Issue("name_not_text", f"{what}格子里是“{plain(raw)}”，不是文字", "请填写姓名"))
    name = clean_name(raw) or None
    if name is not None and len(name) > LONGEST_NAME:
        sentence = f"{what}“{name[:12]}……”有 {len(name):,} 个字，不像姓名"
        return Read(None, Issue("name_too_long", sentence, "请只填姓名，别的写在备注里"))
    lost = LOST.search(name or "")
    if lost is None:
        return Read(name)
    sentence = f"{what}“{name}”里有“{lost.group()}”，多半是生僻字在别的系统里丢了"
    todo = "请按证件改正；号码和台账里的相符的，照台账里的写法"
    return Read(name, Issue("name_lost_character", sentence, todo))


def written_out(name: str, kept: str) -> str:
    """A name as it is kept, where the given one differs by lost characters alone: 梁? is 梁㛃; else as it was given.

    Other systems may leave several marks for one character.
    """
    if not kept or not LOST.search(name):
        return name
    parts = (f".{{1,{len(part)}}}" if LOST.match(part) else re.escape(part) for part in _LOST_RUN.split(name))
    return kept if re.fullmatch("".join(parts), kept) else name


def village_name(text: str, known: frozenset[str] = frozenset()) -> str:
    """A village's name without the word for its office: 低岭村委会 is 低岭村, unless it is ``known`` by that name."""
    name = compact(text)
    if name in known or len(name) < 4:
        return name
    return _COMMUNITY.sub(r"\1", _OFFICE.sub("村", name))


def read_code(raw: Raw, what: str) -> Read:
    """A code of letters and digits, without blanks."""
    if _ruined(raw):
        return Read(None, Issue("code_ruined", f"{what}{_lost(f'“{plain(raw)}”')}", _AS_TEXT))
    if isinstance(raw, date):
        sentence = f"{what}格子里是日期“{plain(raw)}”，多半是“{raw.month}-{raw.day}”被表格软件变成了日期"
        return Read(None, Issue("code_is_date", sentence, "请把该列设为文本格式，改回原来的写法"))
    text = compact(plain(raw))
    return Read(None if text in NO_CODE else text)


def read_id_number(raw: Raw, what: str, today: date | None) -> Read:
    """An identity number; a faulty one comes with its fault.

    Args:
        raw: The cell.
        what: Whose number, for the sentences, e.g. 证件号码.
        today: Nobody is born later; None leaves that out.
    """
    if today is not None and isinstance(raw, str) and identity.plainly_sound(raw, today.year):
        return Read(raw)
    if isinstance(raw, bool) or (is_number(raw) and (_ruined(raw) or raw != int(raw))):
        todo = "请把该列设为文本格式，按证件重新填写全部18位"
        return Read(None, Issue("id_ruined", f"{what}{_lost(f'“{_short(raw)}”')}", todo))
    text = str(int(raw)) if is_number(raw) else plain(raw)
    if compact(text) in NOTHING:
        return BLANK
    found = identity.check(text, today)
    number = found.number[:_KEPT]
    if found.fault is None:
        return Read(number, Issue("id_old", found.note, LOOK) if found.note else None)
    code = "id_wrong" if found.number.isascii() else "id_not_ascii"
    return Read(number, Issue(code, found.fault, "请按证件改正"))


def read_phone(raw: Raw, what: str) -> Read:
    """A telephone number; a doubtful one is kept with an issue."""
    if isinstance(raw, str) and _MOBILE.fullmatch(raw):
        return Read(raw)
    text = plain(raw)
    if compact(text) in NOTHING:
        return BLANK
    number = phone.normalise_phone(text)
    if phone.phone_ok(number):
        return Read(number)
    return Read(number, Issue("phone_doubtful", f"{what}“{number}”不像电话号码", LOOK))


def read_account(raw: Raw, what: str) -> Read:
    """A bank account: a card or a passbook; a doubtful one is kept with an issue."""
    if _ruined(raw):
        return Read(None, Issue("account_ruined", f"{what}{_lost(f'“{_short(raw)}”')}", _AS_TEXT))
    account = bank.normalise_account(plain(raw))
    if account in NOTHING:
        return BLANK
    if bank.luhn_ok(account):
        return Read(account)
    fault = bank.account_fault(account)
    if fault is not None and "丢失" in fault:
        return Read(None, Issue("account_ruined", fault, "请按银行卡改正"))
    if fault is not None:
        return Read(account, Issue("account_doubtful", fault, LOOK))
    if len(account) < _CARD_LENGTH:
        return Read(account)
    return Read(account, Issue("account_luhn", f"{what}校验不符，可能填错一位(存折账号可以不理会)", LOOK))


def _ruined(raw: Raw) -> bool:
    """Whether a spreadsheet has kept a long number as a number, and so lost its last digits."""
    return is_number(raw) and not -EXACT < raw < EXACT


def _short(raw: Raw) -> str:
    return f"{raw:.5E}" if isinstance(raw, int | float | Decimal) else plain(raw)


def _lost(number: str) -> str:
    return f"被表格软件变成了数字{number}，末几位已经丢失"
