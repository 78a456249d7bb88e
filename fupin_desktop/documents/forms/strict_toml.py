"""Reading TOML strictly: every key known, every type right; a mistake names file, key and rule."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from fupin_desktop.errors import BadDefinition, FileMissing

_NAMES = {str: "文字", int: "整数", float: "数字", bool: "true 或 false", list: "列表", dict: "表"}


def load(path: Path) -> Table:
    """The file's top table.

    Raises:
        FileMissing: There is no such file.
        BadDefinition: It is not TOML, or not UTF-8.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        return loads(path.read_bytes().decode("utf-8"), name)
    except FileNotFoundError:
        raise FileMissing(f"找不到表样文件“{name}”。") from None
    except UnicodeDecodeError as error:
        raise BadDefinition(name, "全文", f"不是合格的 TOML 文件 ({error})") from None


def loads(text: str, name: str) -> Table:
    """The top table of a text; ``name`` is the file's, for messages.

    Raises:
        BadDefinition: It is not TOML.
    """
    try:
        return Table(tomllib.loads(text), name, "")
    except tomllib.TOMLDecodeError as error:
        raise BadDefinition(name, "全文", f"不是合格的 TOML 文件 ({error})") from None


class Table:
    """A TOML table that gives out each key once and knows which were never asked for."""

    def __init__(self, data: Mapping[str, Any], file: str, key: str) -> None:
        self._data = dict(data)
        self.file = file
        self.key = key

    def path(self, key: str) -> str:
        """The dotted key."""
        return f"{self.key}.{key}" if self.key else key

    def fail(self, key: str, rule: str) -> NoReturn:
        """Raise the mistake at a key.

        Raises:
            BadDefinition: Always.
        """
        raise BadDefinition(self.file, self.path(key) if key else self.key or "全文", rule)

    def keys(self) -> list[str]:
        """Keys not yet taken."""
        return list(self._data)

    def has(self, key: str) -> bool:
        """Whether the key is there and not yet taken."""
        return key in self._data

    def _take(self, key: str, kind: type, default: Any) -> Any:
        """The value of a key, its type checked; without a default the key must be there."""
        if key not in self._data:
            if default is None:
                self.fail(key, "缺少这一项")
            return default
        value = self._data.pop(key)
        if kind is float and type(value) is int:
            return float(value)
        if type(value) is not kind:
            self.fail(key, f"应为{_NAMES[kind]}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        return str(self._take(key, str, default))

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        return bool(self._take(key, bool, default))

    def number(self, key: str, default: float | None = None, least: float = 0.0) -> float:
        """A number of at least ``least``."""
        value = float(self._take(key, float, default))
        if not least <= value < 10_000:
            self.fail(key, f"应不小于 {least:g}，且小于 10000")
        return value

    def whole(self, key: str, default: int | None = None, least: int = 1) -> int:
        """A whole number of at least ``least``."""
        value = int(self._take(key, int, default))
        if not least <= value < 10_000:
            self.fail(key, f"应不小于 {least}，且小于 10000")
        return value

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """A text out of a list."""
        value = self.text(key, default)
        known = tuple(allowed)
        if value not in known:
            self.fail(key, f"“{value}”不在允许的取值里：{'、'.join(filter(None, known))}")
        return value

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers above 0."""
        values = self._take(key, list, None)
        if not values or not all(type(value) in (int, float) and 0 < value < 10_000 for value in values):
            self.fail(key, "应为一列大于 0 的数字")
        return tuple(map(float, values))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty where the key is missing."""
        values = self._take(key, list, [])
        if not all(type(value) is str for value in values):
            self.fail(key, "应为一列文字")
        return tuple(values)

    def table(self, key: str, *, optional: bool = False) -> Table:
        """A table inside."""
        return Table(self._take(key, dict, {} if optional else None), self.file, self.path(key))

    def tables(self, key: str, *, optional: bool = False) -> list[Table]:
        """A list of tables inside."""
        values = self._take(key, list, [] if optional else None)
        if not all(type(value) is dict for value in values) or not (values or optional):
            self.fail(key, "应为一列表，且不能为空")
        return [Table(value, self.file, f"{self.path(key)}[{at}]") for at, value in enumerate(values)]

    def done(self) -> None:
        """Every key has been taken.

        Raises:
            BadDefinition: A key is unknown here.
        """
        for key in self._data:
            self.fail(key, "不认识这一项")
