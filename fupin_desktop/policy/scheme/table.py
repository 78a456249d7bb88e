"""Strict reading of a scheme's tables: every key known, every type right; a mistake names file, key and rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, NoReturn, TypeVar

from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.errors import BadDefinition

W = TypeVar("W", bound=Word)
PLAIN_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
MONEY, QUANTITY, RATIO = 2, 3, 6
EXAMPLES = {MONEY: "240.00", QUANTITY: "0.5", RATIO: "0.3"}
LIMITS = {MONEY: Decimal(10) ** 12, QUANTITY: Decimal(10) ** 9, RATIO: Decimal(10) ** 6}


class Table:
    """A table that gives out each key once and knows which were never asked for."""

    def __init__(self, data: object, file: str, key: str) -> None:
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
        raise BadDefinition(self.file, self.path(key) or "全文", rule)

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self._data

    def finish(self) -> None:
        """Refuse keys that nobody asked for.

        Raises:
            BadDefinition: There is such a key; a similar known one is offered.
        """
        for key in self._data:
            if key not in self._asked:
                near = get_close_matches(key, self._asked, 1)
                hint = f"，是不是要写“{near[0]}”" if near else ""
                self.fail(key, f"这里不用这个键{hint}")

    def missing(self, key: str, rule: str = "必须填写") -> NoReturn:
        """Tell that a key is missing, at the key it was misspelt as where one looks like it.

        Raises:
            BadDefinition: Always.
        """
        near = get_close_matches(key, self._data.keys() - self._asked, 1, 0.75)
        if near:
            self.fail(near[0], f"这里不用这个键，是不是要写“{key}”")
        self.fail(key, rule)

    def refuse(self, keys: Iterable[str], rule: str) -> None:
        """Refuse keys that are known but have no place here.

        Raises:
            BadDefinition: One of them is written.
        """
        for key in keys:
            if key in self._data:
                self.fail(key, rule)

    def _take(self, key: str) -> Any:
        self._asked.add(key)
        return self._data.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """A text without blanks around it."""
        value = self._take(key)
        if value is None:
            value = ""
        if not isinstance(value, str):
            self.fail(key, "应是文字，写在英文双引号里")
        value = value.strip()
        if required and not value:
            self.missing(key)
        return value

    def integer(self, key: str, low: int, high: int) -> int:
        """A whole number that must be written."""
        value, rule = self._take(key), f"应是 {low} 到 {high} 之间的整数"
        if value is None:
            self.missing(key, rule)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self.fail(key, rule)
        return value

    def flag(self, key: str, default: bool) -> bool:
        """``true`` or ``false``."""
        value = self._take(key)
        if value is None:
            return default
        if not isinstance(value, bool):
            self.fail(key, "应写 true 或 false，不加引号")
        return value

    def day(self, key: str) -> date | None:
        """A date, bare or in quotes."""
        value = self._take(key)
        if value is None or value == "":
            return None
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.fail(key, "应是日期，如 2026-03-01")

    def number(self, key: str, places: int, *, low: int = 0, high: Decimal | None = None) -> Decimal | None:
        """A decimal that may be missing; not below ``low``, not above ``high``, with at most ``places`` decimals."""
        value = self._take(key)
        return None if value is None else as_number(self, key, value, places, low, high)

    def needed(self, key: str, places: int, *, high: Decimal | None = None) -> Decimal:
        """A decimal that must be written."""
        value = self.number(key, places, high=high)
        if value is None:
            self.missing(key)
        return value

    def start(self, key: str, large: tuple[str, ...]) -> Decimal | None:
        """Where a tier begins: a quantity, or one of the words for 大户起点, which gives None."""
        if self._data.get(key) in large:
            self._asked.add(key)
            return None
        return self.needed(key, QUANTITY)

    def choice(self, key: str, words: type[W], default: W | None = None) -> W:
        """A word of a closed list, by code or by Chinese label."""
        value = self._take(key)
        if value is None and default is not None:
            return default
        found = words.from_label(value) if isinstance(value, str) else None
        if found is None:
            rule = "应是下列之一：" + "、".join(f"{word.value}({word.label})" for word in words)
            self.missing(key, rule) if value is None else self.fail(key, rule)
        return found  # type: ignore[return-value]

    def words(self, key: str) -> tuple[str, ...]:
        """A list of unlike texts."""
        value = self._take(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
            self.fail(key, '应是文字的列表，如 ["水稻", "番薯"]')
        found = tuple(word.strip() for word in value)
        twice = next((word for word in found if found.count(word) > 1), None)
        if twice is not None:
            self.fail(key, f"“{twice}”写了两次")
        return found

    def listed(self, key: str) -> list[Any]:
        """A list of anything."""
        value = self._take(key)
        if value is None:
            return []
        if not isinstance(value, list):
            self.fail(key, "应是列表，写在方括号里")
        return value

    def table(self, key: str) -> Table:
        """A table below, empty where it is not written."""
        value = self._take(key)
        return Table({} if value is None else value, self.file, self.path(key))

    def tables(self, key: str) -> list[Table]:
        """A list of tables, numbered from 1 as a clerk counts."""
        return [Table(one, self.file, f"{self.path(key)}[{at}]") for at, one in enumerate(self.listed(key), 1)]

    def named_money(self) -> dict[str, Decimal]:
        """The whole table as names and amounts in yuan."""
        return {key: self.needed(key, MONEY) for key in self._data}

    def named_texts(self) -> dict[str, str]:
        """The whole table as names and texts."""
        return {key: self.text(key, required=True) for key in self._data}

    def names(self) -> list[str]:
        """The keys that are written."""
        return list(self._data)


def as_number(table: Table, key: str, value: object, places: int, low: int, high: Decimal | None) -> Decimal:
    """``value`` as an exact decimal within its bounds.

    Raises:
        BadDefinition: It is none, is out of bounds or has too many decimals; a binary float is refused as inexact.
    """
    number = _exact(table, key, value, EXAMPLES[places])
    if number < low or number >= LIMITS[places]:
        table.fail(key, f"应不小于 {low}，小于 {LIMITS[places]:,f}")
    if high is not None and number > high:
        table.fail(key, f"不得大于 {high:f}")
    if number != number.quantize(Decimal(1).scaleb(-places)):
        table.fail(key, f"最多 {places} 位小数")
    return number


def _exact(table: Table, key: str, value: object, example: str) -> Decimal:
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < 30:
        return Decimal(f"{value:f}")
    if not isinstance(value, str) or len(value) >= 40 or not PLAIN_NUMBER.fullmatch(value.strip()):
        table.fail(key, f'应是数字，如 "{example}", 不写千分位、百分号、单位和“万”')
    return Decimal(value.strip())
