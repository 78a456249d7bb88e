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
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from fupin_desktop.domain.strict_toml import Table, load
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.errors import FileMissing, NotInForce
from fupin_desktop.policy.clauses import INDEX, Clause, Document, find_clause, governing, load_documents

_DOCUMENT = "document"
STRICTNESS = (Severity.MUST.label, Severity.PRINCIPLE.label)
"""What a parameter of the kind ``strictness`` may say."""
_MONTH_DAY = re.compile("[0-9]{2}-[0-9]{2}", re.ASCII)


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
        kind: ``decimal``, ``integer``, ``text``, ``list``, ``month_days`` or ``strictness``.
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

    def governing(self, county: str, county_code: str) -> Document | None:
        """The stored policy document that holds for a county; None where there is none."""
        return governing(self._documents, county, county_code)

    def foreign(self, county: str, county_code: str) -> frozenset[str]:
        """Short names of the documents that hold in other counties only; none where none is known to hold here."""
        own = self.governing(county, county_code)
        others = (one.short for one in self._documents.values() if one.regions and one is not own)
        return frozenset(others) if own else frozenset()

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
            table.fail("", "另一个文件里已经有这个参数")
        parameters[key] = _parameter(table, title)


def _override(parameters: dict[str, Parameter], path: Path) -> None:
    """Lay a county's own file over the shipped parameters."""
    title, tables = _read(path)
    for key, table in tables.items():
        base = parameters.get(key)
        if base is None:
            table.fail("", "没有这个参数，请核对名称")
        own = _parameter(table, title, base).values
        kept = tuple(value for value in base.values if value.since < own[0].since)
        parameters[key] = replace(base, values=kept + own)


def _read(path: Path) -> tuple[str, dict[str, Table]]:
    """The document's title and the tables of a parameter file."""
    top = load(path, what="政策参数文件")
    if not top.has(_DOCUMENT):
        top.fail(_DOCUMENT, "缺少 [document] 一节")
    document = top.table(_DOCUMENT)
    title = document.name("title", required=True)
    document.name("number")
    document.name("note")
    document.done()
    return title, {key: top.table(key) for key in top.keys()}  # noqa: SIM118 - keys not yet asked for


def _parameter(table: Table, document: str, base: Parameter | None = None) -> Parameter:
    """One parameter of its table; a county's own one keeps title, kind and unit of ``base``."""
    title = table.name("title", required=base is None) or (base.title if base else "")
    kind, unit = _kind_and_unit(table, base)
    values = [_value(entry, kind, unit, document) for entry in table.tables("values", optional=True)]
    if not values:
        table.fail("values", "至少要有一个带日期的值")
    for at in range(1, len(values)):
        if values[at].since <= values[at - 1].since:
            table.fail(f"values[{at + 1}].from", "日期应一个比一个晚")
    found = Parameter(table.key, title, kind, unit, tuple(values), table.name("note"))
    table.done()
    return found


def _kind_and_unit(table: Table, base: Parameter | None) -> tuple[str, str]:
    """Kind of value and unit; a county's own file may repeat them, not change them."""
    kind = table.name("kind", required=base is None) or (base.kind if base else "")
    if kind not in _KINDS:
        table.fail("kind", f"类型应是 {'、'.join(_KINDS)} 之一")
    written = table.name("unit", required=base is None and kind in _NUMBERS)
    unit = base.unit if base is not None and not table.has("unit") else written
    if base is not None and (kind, unit) != (base.kind, base.unit):
        table.fail("", f"类型和单位应与原参数相同({base.kind}，“{base.unit}”)")
    return kind, unit


def _value(entry: Table, kind: str, unit: str, document: str) -> DatedValue:
    """One dated value."""
    since = entry.take("from")
    if not isinstance(since, date) or isinstance(since, datetime):
        entry.fail("from", "缺少起始日期，如 2018-01-01")
    quote, gist = entry.has("quote"), entry.has("gist")
    if quote == gist:
        entry.fail("quote", "应引用原文(quote)，没有原文的写大意(gist)，二者必居其一")
    said = {key: entry.name(key, required=entry.has(key)) for key in ("quote", "gist")}
    found = DatedValue(
        value=_KINDS[kind](entry),
        unit=unit,
        document=entry.name("document", required=entry.has("document")) or document,
        clause=entry.name("clause", required=True),
        quote=said["quote" if quote else "gist"],
        since=since,
        verbatim=quote,
    )
    entry.done()
    return found


def _decimal(entry: Table) -> Decimal:
    """A number as an exact decimal."""
    value = entry.take("value")
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or not Decimal(value).is_finite():
        entry.fail("value", "应是数字")
    return Decimal(value)


def _integer(entry: Table) -> int:
    """A whole number."""
    value = entry.take("value")
    if isinstance(value, bool) or not isinstance(value, int):
        entry.fail("value", "应是整数")
    return value


def _words(entry: Table) -> str:
    """A text."""
    return entry.name("value", required=True)


def _strictness(entry: Table) -> str:
    """How binding a rule is: 必须 or 原则上."""
    return entry.choice("value", STRICTNESS)


def _list(entry: Table) -> tuple[str, ...]:
    """A list of different texts, at least one."""
    words = entry.words("value")
    if not words:
        entry.missing("value")
    return words


def _month_days(entry: Table) -> tuple[tuple[int, int], ...]:
    """A list of days of the year, written ``"01-05"``."""
    days = []
    for text in _list(entry):
        try:
            day = date.fromisoformat(f"2023-{text if _MONTH_DAY.fullmatch(text) else ''}")
        except ValueError:
            entry.fail("value", f"“{text}”应写成月-日，如 01-05")
        days.append((day.month, day.day))
    return tuple(days)


_NUMBERS = {"decimal", "integer"}
_KINDS: dict[str, Callable[[Table], Any]] = {
    "decimal": _decimal,
    "integer": _integer,
    "text": _words,
    "list": _list,
    "month_days": _month_days,
    "strictness": _strictness,
}
