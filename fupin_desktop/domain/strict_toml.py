"""Reading hand-written TOML files strictly: every key known, every type right; a mistake names file, key and rule.

Positions in lists are counted from 1, as a clerk counts. Numbers are read as ``Decimal``, so that none is rounded on
the way in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.errors import BadDefinition, FileMissing

W = TypeVar("W", bound=Word)
WHOLE = "全文"
MISSING = "缺少这一项，必须填写"
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MONEY, QUANTITY, RATIO = 2, 3, 6
"""Kinds of decimal number, by the decimals they may have."""
_EXAMPLES = {MONEY: "240.00", QUANTITY: "0.5", RATIO: "0.3"}
_LIMITS = {MONEY: Decimal(10) ** 12, QUANTITY: Decimal(10) ** 9, RATIO: Decimal(10) ** 6}
_TWICE = ("Cannot overwrite", "Cannot declare", "Duplicate inline", "Cannot redefine", "Cannot mutate")
_NAMES = {str: "文字", int: "整数", float: "数字", bool: "true 或 false", list: "列表", dict: "表"}
_LARGEST = 10_000


def load(path: Path, name: str = "", what: str = "文件") -> Table:
    """The top table of a file; the mark that 记事本 puts in front is passed over.

    Args:
        path: A UTF-8 TOML file.
        name: The file's name in messages, where it is not ``path.name``.
        what: What kind of file it is, in the message that there is none.

    Raises:
        FileMissing: There is no such file.
        BadDefinition: It is not TOML, or not UTF-8.
    """
    try:
        return loads(path.read_bytes(), name or path.name)
    except FileNotFoundError:
        raise FileMissing(f"找不到{what}“{name or path.name}”。") from None


def loads(content: str | bytes, name: str) -> Table:
    """The top table of a file's content; ``name`` is the file's, for messages.

    Raises:
        BadDefinition: It is not TOML, not UTF-8, or nested or long beyond all measure.
    """
    try:
        text = content if isinstance(content, str) else content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadDefinition(name, WHOLE, "文件要用 UTF-8 编码保存(记事本：另存为，编码选 UTF-8)") from None
    try:
        return Table(tomllib.loads(text, parse_float=Decimal), name)
    except tomllib.TOMLDecodeError as fault:
        raise _syntax(name, text, str(fault)) from None
    except (RecursionError, ArithmeticError, ValueError):
        raise BadDefinition(name, WHOLE, "不合 TOML 的写法：括号套得太深，或有一个数太大") from None


def _syntax(file: str, text: str, fault: str) -> BadDefinition:
    """A mistake of TOML itself, told by its line."""
    found = re.search(r"line (\d+), column (\d+)", fault)
    lines = text.splitlines()
    line = int(found.group(1)) if found else max(len(lines), 1)
    if fault.startswith(_TWICE):
        written = lines[line - 1].partition("=")[0].strip() if line <= len(lines) else ""
        return BadDefinition(file, written or f"第{line}行", f"第 {line} 行：同一个键写了两次")
    column = found.group(2) if found else "1"
    rule = "不合 TOML 的写法，请检查引号、括号是否成对，等号、逗号是否用了中文标点，中文的键是否加了引号"
    return BadDefinition(file, f"第{line}行第{column}列", rule)


class Table:
    """A table that gives out its values by key and knows which keys were never asked for.

    Args:
        data: The table as ``tomllib`` or JSON gives it.
        file: The file's name in messages.
        key: The dotted key the table stands at; empty for the whole file.

    Raises:
        BadDefinition: ``data`` is no table.
    """

    def __init__(self, data: object, file: str, key: str = "") -> None:
        self.file = file
        self.key = key
        if not isinstance(data, Mapping):
            self.fail("", "应是一个表")
        self._data: dict[str, Any] = dict(data)
        self._asked: set[str] = set()

    def path(self, key: str) -> str:
        """The dotted key, e.g. ``item[2].rate``."""
        return f"{self.key}.{key}" if self.key and key else self.key or key

    def fail(self, key: str, rule: str) -> NoReturn:
        """Raise the mistake at a key.

        Raises:
            BadDefinition: Always.
        """
        raise BadDefinition(self.file, self.path(key) or WHOLE, rule)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self._data

    def names(self) -> list[str]:
        """The keys that are written."""
        return list(self._data)

    def keys(self) -> list[str]:
        """The keys that are written and were not yet asked for."""
        return [key for key in self._data if key not in self._asked]

    def plain(self) -> dict[str, Any]:
        """The whole table as plain values, every key asked for: for the program's own stories, which tests hold."""
        return {key: self.take(key) for key in self._data}

    def done(self) -> None:
        """Refuse keys that nobody asked for.

        Raises:
            BadDefinition: There is such a key; a similar known one is offered.
        """
        for key in self.keys():
            near = get_close_matches(key, self._asked, 1)
            known = "、".join(sorted(self._asked))
            self.fail(key, f"不认识的键，是不是要写“{near[0]}”" if near else f"不认识的键，可用的有 {known}")

    def missing(self, key: str, rule: str = MISSING) -> NoReturn:
        """Tell that a key is missing, at the key it was misspelt as where one looks like it.

        Raises:
            BadDefinition: Always.
        """
        near = get_close_matches(key, self._data.keys() - self._asked, 1, 0.75)
        if near:
            self.fail(near[0], f"不认识的键，是不是要写“{key}”")
        self.fail(key, rule)

    def refuse(self, keys: Iterable[str], rule: str) -> None:
        """Refuse keys that are known but have no place here.

        Raises:
            BadDefinition: One of them is written.
        """
        for key in keys:
            if key in self._data:
                self.fail(key, rule)

    def take(self, key: str) -> Any:
        """The raw value of a key, None where it is not written."""
        self._asked.add(key)
        return self._data.get(key)

    def _typed(self, key: str, kind: type, default: Any) -> Any:
        """The value of a key, its type checked; without a default the key must be there."""
        value = self.take(key)
        if value is None:
            if default is None:
                self.missing(key)
            return default
        if kind is float and type(value) in (int, Decimal):
            return float(value)
        if type(value) is not kind:
            self.fail(key, f"应为{_NAMES[kind]}")
        return value

    # ── texts ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def text(self, key: str, default: str | None = None) -> str:
        """A text just as it is written."""
        return str(self._typed(key, str, default))

    def name(self, key: str, *, required: bool = False) -> str:
        """A text without blanks around it, empty where it is not written."""
        value = self.take(key)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.fail(key, "应是文字，写在英文双引号里")
        value = value.strip()
        if required and not value:
            self.missing(key)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts just as they are written, empty where the key is missing."""
        values = self._typed(key, list, [])
        if not all(type(value) is str for value in values):
            self.fail(key, "应为一列文字")
        return tuple(values)

    def words(self, key: str) -> tuple[str, ...]:
        """A list of unlike texts without blanks around them."""
        value = self.take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            self.fail(key, '应是文字的列表，如 ["水稻", "番薯"]')
        found = tuple(word.strip() for word in value)
        twice = next((word for word in found if found.count(word) > 1), None)
        if twice is not None:
            self.fail(key, f"“{twice}”写了两次，列表里不能重复")
        return found

    def named_texts(self) -> dict[str, str]:
        """The whole table as names and texts."""
        return {key: self.name(key, required=True) for key in self._data}

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A text out of a list."""
        value = self.text(key, default)
        known = tuple(allowed)
        if value not in known:
            self.fail(key, f"“{value}”不在允许的取值里：{'、'.join(filter(None, known))}")
        return value

    def word(self, key: str, words: type[W], default: W | None = None) -> W:
        """A word of a closed list, by code or by Chinese label."""
        value = self.take(key)
        if value is None and default is not None:
            return default
        found = words.from_label(value) if isinstance(value, str) else None
        if found is None:
            rule = "应是下列之一：" + "、".join(f"{word.value}({word.label})" for word in words)
            self.missing(key, rule) if value is None else self.fail(key, rule)
        return found  # type: ignore[return-value]

    # ── flags, days ─────────────────────────────────────────────────────────────────────────────────────────────────

    def flag(self, key: str, default: bool = False) -> bool:
        """``true`` or ``false``."""
        value = self.take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fail(key, "应写 true 或 false，不加引号")
        return value

    def day(self, key: str) -> date | None:
        """A date, bare or in quotes."""
        value = self.take(key)
        if value is None or value == "":
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fail(key, "应是日期，如 2026-03-01")

    # ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number between two others that must be written."""
        value, rule = self.take(key), f"应是 {low} 到 {high} 之间的整数"
        if value is None:
            self.missing(key, rule)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fail(key, rule)
        return value

    def whole(self, key: str, default: int | None = None, least: int = 1) -> int:
        """A whole number of at least ``least``."""
        value = int(self._typed(key, int, default))
        if not least <= value < _LARGEST:
            self.fail(key, f"应不小于 {least}，且小于 {_LARGEST}")
        return value

    def length(self, key: str, default: float | None = None, least: float = 0.0) -> float:
        """A length in mm or pt of at least ``least``."""
        value = float(self._typed(key, float, default))
        if not least <= value < _LARGEST:
            self.fail(key, f"应不小于 {least:g}，且小于 {_LARGEST}")
        return value

    def lengths(self, key: str) -> tuple[float, ...]:
        """A list of lengths above 0."""
        values = self._typed(key, list, None)
        if not values or not all(type(value) in (int, Decimal) and 0 < float(value) < _LARGEST for value in values):
            self.fail(key, "应为一列大于 0 的数字")
        return tuple(map(float, values))

    def number(self, key: str, places: int, *, low: int = 0, high: Decimal | None = None) -> Decimal | None:
        """A decimal that may be missing; not below ``low``, not above ``high``, with at most ``places`` decimals."""
        value = self.take(key)
        return None if value is None else self.as_number(key, value, places, low=low, high=high)

    def needed(self, key: str, places: int, *, high: Decimal | None = None) -> Decimal:
        """A decimal that must be written."""
        value = self.number(key, places, high=high)
        if value is None:
            self.missing(key)
        return value

    def as_number(self, key: str, value: object, places: int, *, low: int = 0, high: Decimal | None = None) -> Decimal:
        """``value`` as an exact decimal within its bounds.

        Raises:
            BadDefinition: It is none, is out of bounds or has too many decimals; a binary float is refused as inexact.
        """
        number = self._exact(key, value, _EXAMPLES[places])
        if number < low or number >= _LIMITS[places]:
            self.fail(key, f"应不小于 {low}，小于 {_LIMITS[places]:,f}")
        if high is not None and number > high:
            self.fail(key, f"不得大于 {high:f}")
        if number != number.quantize(Decimal(1).scaleb(-places)):
            self.fail(key, f"最多 {places} 位小数")
        return number

    def _exact(self, key: str, value: object, example: str) -> Decimal:
        if isinstance(value, int) and not isinstance(value, bool):
            return Decimal(value)
        if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 30:
            return Decimal(f"{value:f}")
        if not isinstance(value, str) or len(value) >= 40 or not PLAIN_NUMBER.fullmatch(value.strip()):
            self.fail(key, f'应是数字，如 "{example}", 不写千分位、百分号、单位和“万”')
        return Decimal(value.strip())

    def named_money(self) -> dict[str, Decimal]:
        """The whole table as names and amounts in yuan."""
        return {key: self.needed(key, MONEY) for key in self._data}

    # ── lists and tables ────────────────────────────────────────────────────────────────────────────────────────────

    def listed(self, key: str) -> list[Any]:
        """A list of anything, empty where it is not written."""
        value = self.take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(key, "应是列表，写在方括号里")
        return value

    def table(self, key: str, *, optional: bool = False) -> Table:
        """A table below; an optional one is empty where it is not written."""
        value = self.take(key)
        if value is None and not optional:
            self.missing(key)
        return Table({} if value is None else value, self.file, self.path(key))

    def tables(self, key: str, *, optional: bool = False) -> list[Table]:
        """A list of tables, numbered from 1; it may be missing or empty only where it is optional."""
        values = self.listed(key)
        if not values and not optional:
            self.missing(key, "至少要有一项")
        return [Table(one, self.file, f"{self.path(key)}[{at}]") for at, one in enumerate(values, 1)]
