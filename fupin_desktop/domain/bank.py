"""Bank accounts of households: cards (银行卡) and passbooks (存折, 一卡通)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from fupin_desktop.domain.numbers import looks_scientific
from fupin_desktop.domain.text import compact

_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_SINGLE = bytes.maketrans(b"0123456789", bytes(range(10)))
_IS_TENTH = bytes(summed % 10 for summed in range(256))
_CARD = re.compile(r"[0-9]{12,19}", re.ASCII)
_ACCOUNT = re.compile(r"[0-9]{8,32}", re.ASCII)
_SEPARATORS = str.maketrans("", "", "-—–'‘’`")


def normalise_account(text: str) -> str:
    """The account as it is kept: half-width digits without blanks, hyphens or apostrophes."""
    if _CARD.fullmatch(text):
        return text
    account = compact(text)
    return account if looks_scientific(account) else account.translate(_SEPARATORS)


def account_fault(text: str) -> str | None:
    """What is surely wrong with an account, a Chinese sentence; None where nothing is."""
    account = normalise_account(text)
    if _ACCOUNT.fullmatch(account):
        return None
    if not account:
        return "没有填写银行账号"
    if looks_scientific(account):
        return f"银行账号被表格软件变成了数字“{account}”，末几位已经丢失，请把该列设为文本格式后重新填写"
    if not (account.isascii() and account.isdigit()):
        return f"银行账号“{account}”里有数字以外的字符"
    return f"银行账号应为8至32位数字，这里是{len(account)}位"


def luhn_ok(text: str) -> bool:
    """Whether the account passes the check of bank cards (Luhn); passbooks may rightly fail it, so it only warns."""
    account = text
    if not _CARD.fullmatch(account):
        account = normalise_account(text)
        if not _CARD.fullmatch(account):
            return False
    digits = account.encode()
    single = digits[::-2]
    return (sum(single) - len(single) * ord("0") + sum(digits[-2::-2].translate(_DOUBLED))) % 10 == 0


def all_luhn_ok(accounts: Iterable[str]) -> bool:
    """Whether each of many accounts is digits alone and passes the check of bank cards; the sums of all are one."""
    by_length: dict[int, list[str]] = defaultdict(list)
    for account in accounts:
        by_length[len(account)].append(account)
    return all(_same_length_ok(same, length) for length, same in by_length.items())


def _same_length_ok(accounts: list[str], length: int) -> bool:
    joined = "".join(accounts)
    if not 12 <= length <= 19 or not (joined.isascii() and joined.isdigit()):
        return False
    digits = joined.encode()
    places = [
        digits[place::length].translate(_DOUBLED if (length - place) % 2 == 0 else _SINGLE) for place in range(length)
    ]
    sums = sum(int.from_bytes(place, "big") for place in places).to_bytes(len(accounts), "big")
    return not any(sums.translate(_IS_TENTH))
