"""Policy parameters: every number and list of the documents, dated and cited, read from ``resources/policy``.

A file holds the parameters of one document; the key of a parameter is the name of its table::

    [document]
    title = "吴川市推进产业扶贫实施方案"

    [large_household_area]
    title = "大户起点"
    kind = "decimal"
    unit = "亩"

    [[large_household_area.values]]
    from = 2016-11-23
    value = 10
    clause = "吴川 三(二)4"
    quote = "贫困种大户（10亩或10亩以上的）"

``quote`` is verbatim; ``gist`` stands in its place where the document's own wording is not at hand. A county's own file
has the same form; it may only give new values to known parameters, from a date on, each with its own citation.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from fupin_desktop.errors import BadDefinition, FileMissing, NotInForce
from fupin_desktop.policy.clauses import INDEX, Clause, Document, find_clause, load_documents

_DOCUMENT = "document"
_DOCUMENT_KEYS = {"title", "number", "note"}
_PARAMETER_KEYS = {"title", "kind", "unit", "note", "values"}
_MONTH_DAY = re.compile("[0-9]{2}-[0-9]{2}", re.ASCII)
_VALUE_KEYS = {"from", "value", "clause", "quote", "gist", "document"}


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value in force from a day on.

    Attributes:
        value: ``Decimal``, ``int``, ``str``, a tuple of ``str``, or a tuple of (month, day), by the parameter's kind.
        unit: Unit of a number; empty for texts and lists.
        document: Title of the document it stands in.
        clause: Clause name, e.g. ``吴川 三(二)4``.
        quote: The document's words, or their gist where ``verbatim`` is False.
        since: First day in force.
        verbatim: Whether ``quote`` is word for word.
    """

    value: Any
    unit: str
    document: str
    clause: str
    quote: str
    since: date
    verbatim: bool = True

    @property
    def text(self) -> str:
        """The value with its unit, as shown: ``10 亩``, ``1月5日、4月5日``."""
        if isinstance(self.value, tuple):
            return "、".join(f"{one[0]}月{one[1]}日" if isinstance(one, tuple) else one for one in self.value)
        shown = f"{self.value:,}" if isinstance(self.value, Decimal | int) else str(self.value)
        return f"{shown} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter with its values in the order of their days.

    Attributes:
        key: Stable name, e.g. ``large_household_area``.
        title: Chinese name.
        kind: ``decimal``, ``integer``, ``text``, ``list`` or ``month_days``.
        unit: Unit of a number.
        values: Ascending by ``since``.
        note: A remark for the reader; empty as a rule.
    """

    key: str
    title: str
    kind: str
    unit: str
    values: tuple[DatedValue, ...]
    note: str = ""

    def on(self, day: date) -> DatedValue:
        """The value in force on a day.

        Raises:
            NotInForce: The day lies before the first value.
        """
        at = bisect_right([value.since for value in self.values], day)
        if at == 0:
            raise NotInForce(
                f"“{self.title}”自{self.values[0].since.isoformat()}起才有规定，查的是{day.isoformat()}。",
                todo="请检查年度是否填错。",
            )
        return self.values[at - 1]


class Parameters:
    """All parameters, and the wording of the clauses they rest on."""

    def __init__(self, parameters: dict[str, Parameter], folder: Path) -> None:
        self._parameters = parameters
        self._folder = folder

    def value(self, key: str, on: date) -> DatedValue:
        """The value of a parameter in force on a day.

        Raises:
            KeyError: No such parameter; a fault of the program.
            NotInForce: The day lies before the first value.
        """
        return self._parameters[key].on(on)

    def text(self, key: str, on: date) -> str:
        """The value with its unit, as shown."""
        return self.value(key, on).text

    def all(self) -> tuple[Parameter, ...]:
        """Every parameter, in the order of the files."""
        return tuple(self._parameters.values())

    def clause(self, name: str) -> Clause:
        """The wording of a clause, for “依据”; of a document that is not stored, what the parameters quote from it.

        Raises:
            NotInForce: Neither a stored document nor a parameter has such a clause.
        """
        cited = [value for one in self._parameters.values() for value in one.values if value.clause == name]
        try:
            return find_clause(self._documents, name)
        except NotInForce:
            if not cited:
                raise
        said = dict.fromkeys(value.quote if value.verbatim else f"(大意) {value.quote}" for value in cited)
        return Clause(name, cited[0].document, (), "\n\n".join(said))

    @cached_property
    def _documents(self) -> dict[str, Document]:
        """The stored documents, read when the first clause is asked for."""
        return load_documents(self._folder)


def load_parameters(folder: Path, override: Path | None = None) -> Parameters:
    """Read the parameter files of a folder, and a county's own file over them.

    Args:
        folder: ``resources/policy``.
        override: A file of the same form; from its dates on its values replace the shipped ones.

    Raises:
        BadDefinition: A file breaks a rule of the form; names file, key and rule.
        FileMissing: The folder holds no parameter file, or ``override`` does not exist.
    """
    parameters: dict[str, Parameter] = {}
    for path in sorted(folder.glob("*.toml")):
        if path.name != INDEX:
            _merge(parameters, path)
    if not parameters:
        raise FileMissing("找不到政策参数文件。", todo="请重新安装程序。")
    if override is not None:
        _override(parameters, override)
    return Parameters(parameters, folder)


def _merge(parameters: dict[str, Parameter], path: Path) -> None:
    """Add the parameters of one shipped file."""
    title, tables = _read(path)
    for key, table in tables.items():
        if key in parameters:
            raise BadDefinition(path.name, key, "另一个文件里已经有这个参数")
        parameters[key] = _parameter(path.name, key, table, title)


def _override(parameters: dict[str, Parameter], path: Path) -> None:
    """Lay a county's own file over the shipped parameters."""
    title, tables = _read(path)
    for key, table in tables.items():
        base = parameters.get(key)
        if base is None:
            raise BadDefinition(path.name, key, "没有这个参数，请核对名称")
        given = {"title": base.title, "kind": base.kind, "unit": base.unit, **table}
        if (given["kind"], given["unit"]) != (base.kind, base.unit):
            raise BadDefinition(path.name, key, f"类型和单位应与原参数相同({base.kind}，“{base.unit}”)")
        own = _parameter(path.name, key, given, title).values
        kept = tuple(value for value in base.values if value.since < own[0].since)
        parameters[key] = replace(base, values=kept + own)


def _read(path: Path) -> tuple[str, dict[str, dict[str, Any]]]:
    """The document's title and the tables of a parameter file."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"), parse_float=Decimal)
    except FileNotFoundError:
        raise FileMissing(f"找不到政策参数文件“{path.name}”。") from None
    except UnicodeDecodeError:
        raise BadDefinition(path.name, "全文", "文件应存为 UTF-8 编码") from None
    except tomllib.TOMLDecodeError as fault:
        raise BadDefinition(path.name, *_syntax(str(fault))) from None
    document = data.pop(_DOCUMENT, None)
    if not isinstance(document, dict):
        raise BadDefinition(path.name, _DOCUMENT, "缺少 [document] 一节")
    _known(path.name, _DOCUMENT, document, _DOCUMENT_KEYS)
    for key, table in data.items():
        if not isinstance(table, dict):
            raise BadDefinition(path.name, key, "参数应是一节，如 [large_household_area]")
    return _text(path.name, _DOCUMENT, document, "title"), data


def _syntax(fault: str) -> tuple[str, str]:
    """Place and rule of a TOML syntax error."""
    reason, _, place = fault.rpartition(" (at ")
    line = place.removeprefix("line ").partition(",")[0]
    doubled = reason.startswith(("Cannot overwrite", "Cannot declare", "Cannot mutate"))
    return f"第{line}行" if line.isdigit() else "末尾", "同一个键写了两次" if doubled else f"TOML 写法有误({fault})"


def _parameter(file: str, key: str, table: dict[str, Any], document: str) -> Parameter:
    """One parameter of its table."""
    _known(file, key, table, _PARAMETER_KEYS)
    kind = _text(file, key, table, "kind")
    if kind not in _KINDS:
        raise BadDefinition(file, f"{key}.kind", f"类型应是 {'、'.join(_KINDS)} 之一")
    unit = _text(file, key, table, "unit") if kind in _NUMBERS or "unit" in table else ""
    entries = table.get("values")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise BadDefinition(file, f"{key}.values", "至少要有一个带日期的值")
    values = [_value(file, f"{key}.values[{at}]", entry, (kind, unit, document)) for at, entry in enumerate(entries)]
    _ascending(file, key, values)
    note = _text(file, key, table, "note") if "note" in table else ""
    return Parameter(key, _text(file, key, table, "title"), kind, unit, tuple(values), note)


def _ascending(file: str, key: str, values: list[DatedValue]) -> None:
    """Refuse dates that do not ascend, or repeat."""
    for at in range(1, len(values)):
        if values[at].since <= values[at - 1].since:
            raise BadDefinition(file, f"{key}.values[{at}].from", "日期应一个比一个晚")


def _value(file: str, key: str, entry: dict[str, Any], about: tuple[str, str, str]) -> DatedValue:
    """One dated value; ``about`` is kind, unit and title of the file's document."""
    kind, unit, document = about
    _known(file, key, entry, _VALUE_KEYS)
    since = entry.get("from")
    if not isinstance(since, date) or isinstance(since, datetime):
        raise BadDefinition(file, f"{key}.from", "缺少起始日期，如 2018-01-01")
    if ("quote" in entry) == ("gist" in entry):
        raise BadDefinition(file, f"{key}.quote", "应引用原文(quote)，没有原文的写大意(gist)，二者必居其一")
    said = "quote" if "quote" in entry else "gist"
    return DatedValue(
        value=_KINDS[kind](file, f"{key}.value", entry.get("value")),
        unit=unit,
        document=_text(file, key, entry, "document") if "document" in entry else document,
        clause=_text(file, key, entry, "clause"),
        quote=_text(file, key, entry, said),
        since=since,
        verbatim=said == "quote",
    )


def _known(file: str, key: str, table: dict[str, Any], known: set[str]) -> None:
    """Refuse keys the form does not know."""
    for name in table:
        if name not in known:
            raise BadDefinition(file, f"{key}.{name}", f"不认识的键，可用的有 {'、'.join(sorted(known))}")


def _text(file: str, key: str, table: dict[str, Any], name: str) -> str:
    """A text that must be there and not be empty."""
    text = table.get(name)
    if not isinstance(text, str) or not text.strip():
        raise BadDefinition(file, f"{key}.{name}", "缺少这一项，或不是文字")
    return text


def _decimal(file: str, key: str, value: object) -> Decimal:
    """A number as an exact decimal."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        raise BadDefinition(file, key, "应是数字")
    return Decimal(value)


def _integer(file: str, key: str, value: object) -> int:
    """A whole number."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadDefinition(file, key, "应是整数")
    return value


def _words(file: str, key: str, value: object) -> str:
    """A text."""
    return _text(file, key.removesuffix(".value"), {"value": value}, "value")


def _list(file: str, key: str, value: object) -> tuple[str, ...]:
    """A list of different texts."""
    if not isinstance(value, list) or not value or not all(isinstance(one, str) and one.strip() for one in value):
        raise BadDefinition(file, key, "应是文字的列表")
    if len(set(value)) < len(value):
        raise BadDefinition(file, key, "列表里有重复的文字")
    return tuple(value)


def _month_days(file: str, key: str, value: object) -> tuple[tuple[int, int], ...]:
    """A list of days of the year, written ``"01-05"``."""
    days = []
    for text in _list(file, key, value):
        try:
            day = date.fromisoformat(f"2023-{text if _MONTH_DAY.fullmatch(text) else ''}")
        except ValueError:
            raise BadDefinition(file, key, f"“{text}”应写成月-日，如 01-05") from None
        days.append((day.month, day.day))
    return tuple(days)


_NUMBERS = {"decimal", "integer"}
_KINDS: dict[str, Callable[[str, str, object], Any]] = {
    "decimal": _decimal,
    "integer": _integer,
    "text": _words,
    "list": _list,
    "month_days": _month_days,
}
