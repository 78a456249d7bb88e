"""From raw cells to stored values, one converter a column.

A converter is a dictionary that fills itself: equal cells are read once, so a column of 100 000 cells costs as much as
its distinct values. What is wrong with a value is kept beside it and put at its places afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from fupin_desktop.domain import bank, identity, phone
from fupin_desktop.domain.numbers import parse_decimal
from fupin_desktop.domain.text import clean, clean_name, compact
from fupin_desktop.domain.vocabulary import Severity, Word
from fupin_desktop.services.imports.synonyms import FLAGS, NOTHING, word_of
from fupin_desktop.services.sheets.facts import ERROR_TEXTS, UNCALCULATED
from fupin_desktop.services.sheets.findings import Fault
from fupin_desktop.services.sheets.reader import Cell
from fupin_desktop.storage.fields import Field, Kind

_NUMERIC = (float, int)
_EXACT = 10**15
_SHORT = 8
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_COUNT = re.compile(r"第?([0-9]{1,9})(?:\.0+)?(?:人|口|户|年|次|个|名|岁)?")
_OFFICE = re.compile(r"村?(?:村民委员会|村委会|村委)$")
_COMMUNITY = re.compile(r"(社区)(?:居民委员会|居委会)$")
_LIMITS = {Kind.MONEY: 10**14, Kind.QUANTITY: 10**12, Kind.AREA: 10**12}
_MOST_COUNTED = 10**9
Read = tuple[Any, Fault | None]


def must(code: str, sentence: str, todo: str) -> Fault:
    """A fault that keeps the household out."""
    return Fault(f"import.{code}", Severity.MUST, sentence, todo)


def warning(code: str, sentence: str, todo: str = "请核对，没有错就不用改") -> Fault:
    """A fault that is only told."""
    return Fault(f"import.{code}", Severity.WARNING, sentence, todo)


class Converter(dict[Cell, Any]):
    """Stored value of every raw cell seen in a column; None for an empty cell.

    Attributes:
        faults: What is wrong, by raw cell.
    """

    def __init__(self, read: Callable[[Cell], Read]) -> None:
        super().__init__({"": None})
        self.faults: dict[Cell, Fault] = {}
        self._read = read

    def __missing__(self, raw: Cell) -> Any:
        if isinstance(raw, str) and raw[0] == "#" and (raw == UNCALCULATED or raw.strip() in ERROR_TEXTS):
            value, fault = _error(raw.strip())
        else:
            value, fault = self._read(raw)
        self[raw] = value
        if fault is not None:
            self.faults[raw] = fault
        return value


def _error(text: str) -> Read:
    if text == UNCALCULATED:
        return None, must("not_calculated", "公式还没有计算过", "请用 Excel 或 WPS 打开并保存一次，再导入")
    return None, must("cell_error", f"格子里是公式错误“{text}”", "请改成正确的值")


def converter(field: Field, *, today: date, times: int = 1, name: bool = False) -> Converter:
    """The converter of a column.

    Args:
        field: The field it holds.
        today: Nobody is born later.
        times: 10 000 where the heading says 万元.
        name: Whether the text is a person's name.
    """
    match field.kind:
        case Kind.ID_NUMBER:
            return Converter(lambda raw: _identity(raw, today))
        case Kind.PHONE:
            return Converter(_phone)
        case Kind.ACCOUNT:
            return Converter(_account)
        case Kind.MONEY:
            fen, most = 100 * times, _LIMITS[Kind.MONEY]
            return Converter(lambda raw: _number(raw, field, fen, most, ("¥", "￥", "元")))
        case Kind.QUANTITY | Kind.AREA:
            most, units = _LIMITS[field.kind], (field.unit,)
            return Converter(lambda raw: _number(raw, field, 1000, most, units))
        case Kind.INTEGER:
            return Converter(lambda raw: _integer(raw, field))
        case Kind.FLAG:
            return Converter(lambda raw: _flag(raw, field))
        case Kind.CHOICE if field.choices is not None:
            choices = field.choices
            return Converter(lambda raw: _choice(raw, field, choices))
    if field.label.endswith("编号"):
        return Converter(_code)
    return Converter(_name if name else _text)


def village_converter(known: frozenset[str]) -> Converter:
    """The converter of village names: 低岭村委会 is 低岭村, unless the office registered it so."""
    return Converter(lambda raw: (village_name(_plain(raw), known) or None, None))


def village_name(text: str, known: frozenset[str] = frozenset()) -> str:
    """A village's name without the word for its office."""
    name = compact(text)
    if name in known or len(name) < 4:
        return name
    return _COMMUNITY.sub(r"\1", _OFFICE.sub("村", name))


def _plain(raw: Cell) -> str:
    """The text of a cell as a reader of the sheet sees it."""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float):
        return f"{raw:.15g}"
    if isinstance(raw, datetime):
        return raw.date().isoformat() if raw.time() == time() else raw.isoformat(" ", "minutes")
    return str(raw)


def _text(raw: Cell) -> Read:
    return clean(_plain(raw)) or None, None


def _name(raw: Cell) -> Read:
    if not isinstance(raw, str):
        return None, must("name_not_text", f"姓名格子里是“{_plain(raw)}”，不是文字", "请填写姓名")
    return clean_name(raw) or None, None


def _code(raw: Cell) -> Read:
    if isinstance(raw, str):
        return compact(raw) or None, None
    if isinstance(raw, _NUMERIC) and abs(raw) >= _EXACT:
        sentence = f"编号被表格软件变成了数字“{_plain(raw)}”，末几位已经丢失"
        return None, must("code_ruined", sentence, "请把该列设为文本格式后重新填写")
    return compact(_plain(raw)) or None, None


def _identity(raw: Cell, today: date) -> Read:
    if isinstance(raw, str) and identity.plainly_sound(raw, today.year):
        return raw, None
    if isinstance(raw, _NUMERIC):
        if isinstance(raw, bool) or raw != int(raw) or abs(raw) >= _EXACT:
            sentence = f"证件号码被表格软件变成了数字“{raw:.5E}”，末几位已经丢失"
            return None, must("id_ruined", sentence, "请把该列设为文本格式，按证件重新填写全部18位")
        raw = str(int(raw))
    text = _plain(raw)
    if len(text) < _SHORT and compact(text) in NOTHING:
        return None, None
    found = identity.check(text, today)
    if found.fault is not None:
        return found.number, must("id_wrong", found.fault, "请按证件改正")
    return found.number, warning("id_old", found.note) if found.note else None


def _phone(raw: Cell) -> Read:
    if isinstance(raw, str) and _MOBILE.fullmatch(raw):
        return raw, None
    text = _plain(raw)
    if compact(text) in NOTHING:
        return None, None
    number = phone.normalise_phone(text)
    if phone.phone_ok(number):
        return number, None
    return number, warning("phone_doubtful", f"联系电话“{number}”位数或格式不对")


def _account(raw: Cell) -> Read:
    if isinstance(raw, _NUMERIC) and abs(raw) >= _EXACT:
        sentence = f"银行卡号被表格软件变成了数字“{raw:.5E}”，末几位已经丢失"
        return None, must("account_ruined", sentence, "请把该列设为文本格式后重新填写")
    text = raw if isinstance(raw, str) else _plain(raw)
    if bank.luhn_ok(text):
        return bank.normalise_account(text), None
    if compact(text) in NOTHING:
        return None, None
    account = bank.normalise_account(text)
    fault = bank.account_fault(account)
    if fault is not None and "丢失" in fault:
        return None, must("account_ruined", fault, "请按银行卡改正")
    if fault is not None:
        return account, warning("account_doubtful", fault)
    if len(account) >= 16 and not bank.luhn_ok(account):
        return account, warning("account_luhn", "银行卡号校验不符，可能填错一位(存折账号可以不理会)")
    return account, None


def _number(raw: Cell, field: Field, scale: int, most: int, units: tuple[str, ...]) -> Read:
    """A number in stored units; what is finer is rounded half up and told."""
    if isinstance(raw, float) and 0 <= raw < _EXACT:
        stored = round(raw * scale)
        if stored / scale == raw and stored < most:
            return stored, None if field.at_most is None else _above(field, stored)
    try:
        value = _decimal(raw, field, units)
    except ValueError as error:
        return None, must("not_a_number", str(error), f"请填写数字，单位{field.unit or '按表头'}")
    if value is None:
        return None, None
    if value < 0:
        return None, must("negative", f"{field.label}不能小于0，这里是{value}", "请改正")
    scaled = value * scale
    if scaled >= most:
        return None, must("too_large", f"{field.label}“{value}”大得不合常理", "请改正")
    stored = int(scaled.to_integral_value(ROUND_HALF_UP))
    if stored != scaled:
        places = len(str(scale)) - 1
        sentence = f"{field.label}“{value}”的小数太多，已四舍五入为{Decimal(stored) / scale}"
        return stored, warning("rounded", sentence, f"请核对；最多填{places}位小数")
    return stored, _above(field, stored)


def _above(field: Field, stored: int) -> Fault | None:
    if field.at_most is None or stored <= field.at_most:
        return None
    if field.kind is Kind.INTEGER:
        return warning("count_above_limit", f"{field.label}为{stored}，超过{field.at_most}")
    return warning("area_above_limit", f"{field.label}超过{field.at_most // 1000}{field.unit}，上报系统会退回")


def _decimal(raw: Cell, field: Field, units: tuple[str, ...]) -> Decimal | None:
    """The exact number of a cell; None where it holds a sign for nothing."""
    if isinstance(raw, bool | date | time | timedelta):
        what = "“是/否”" if isinstance(raw, bool) else f"日期或时间“{_plain(raw)}”"
        raise ValueError(f"{field.label}应是数字，这里是{what}")
    if isinstance(raw, _NUMERIC):
        return Decimal(f"{raw:.15g}")
    text = compact(raw)
    if text in NOTHING:
        return None
    for unit in units:
        text = text.removeprefix(unit).removesuffix(unit) if unit else text
    return parse_decimal(text, field.label)


def _integer(raw: Cell, field: Field) -> Read:
    if isinstance(raw, float) and 0 <= raw < _MOST_COUNTED and raw.is_integer():
        count = int(raw)
        return count, None if field.at_most is None else _above(field, count)
    text = compact(_plain(raw))
    if text in NOTHING:
        return None, None
    found = None if isinstance(raw, bool) else _COUNT.fullmatch(text)
    if found is None:
        return None, must("not_a_count", f"{field.label}应是整数，这里是“{_plain(raw)}”", "请改正")
    return int(found.group(1)), _above(field, int(found.group(1)))


def _flag(raw: Cell, field: Field) -> Read:
    text = compact(_plain(raw)).lower()
    if not text:
        return None, None
    if text in FLAGS:
        return FLAGS[text], None
    return None, must("not_a_flag", f"{field.label}应填“是”或“否”，这里是“{_plain(raw)}”", "请改正")


def _choice(raw: Cell, field: Field, choices: type[Word]) -> Read:
    text = compact(_plain(raw))
    if text in NOTHING:
        return None, None
    word = word_of(choices, text)
    if word is not None:
        return word.value, None
    known = "、".join(word.label for word in choices)
    return None, must("not_a_choice", f"{field.label}“{_plain(raw)}”认不出来", f"请改为：{known}")
