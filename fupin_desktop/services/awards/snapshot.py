"""Frozen copies of a calculation as plain data, and the calculation back from them, equal to the 分.

A household's award is packed as nested lists in the order of its attributes: decimals as ``=1.20``, texts as they are
(one that begins with ``=`` or ``'`` behind a ``'``), the rest as JSON has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, HouseholdSize, Participation, Severity
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.parameters import Parameters
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import AwardResult, AwardTotals, HouseholdAward, ItemAmount, PoolRate
from fupin_desktop.policy.scheme.file import scheme_from_dict, scheme_to_dict
from fupin_desktop.policy.working import Step

_MARKS = ("=", "'")
_STEPS, _APPLICANT, _ITEMS = (HouseholdAward._fields.index(name) for name in ("steps", "applicant", "items"))
_NAMED = tuple(Applicant._fields.index(name) for name in ("key", "name", "village", "group"))


class RunRecord(NamedTuple):
    """A calculation without its households, as plain data.

    Attributes:
        scheme: The scheme's plain-data form.
        totals: Sums, rates found from pools, number of checks passed.
        problems: Findings of the checks.
    """

    scheme: dict[str, Any]
    totals: dict[str, Any]
    problems: list[Any]


class HouseholdRecord(NamedTuple):
    """One household's award as plain data: all but the working, and the working."""

    snapshot: dict[str, Any]
    steps: list[Any]


class BriefAward(NamedTuple):
    """Who is given what: of a household's award what a list of payments tells.

    Attributes:
        key: Of the household.
        name: Of its head.
        village: Its village.
        group: 村民小组, may be empty.
        items: Amounts by scheme item.
        number: The head's identity number on that day; empty where not registered.
    """

    key: str
    name: str
    village: str
    group: str
    items: tuple[ItemAmount, ...]
    number: str


def pack(value: Any) -> Any:
    """A value of the calculation as plain data; the commonest types are looked at first, for there are many."""
    kind = type(value)
    if kind is Decimal:
        return f"={value}"
    if kind is str:
        return f"'{value}" if value[:1] in _MARKS else value
    if value is None or kind is int or kind is bool:
        return value
    return value.value if isinstance(value, StrEnum) else [pack(part) for part in value]


def unpack(value: Any) -> Any:
    """The value that :func:`pack` made plain; lists come back as tuples."""
    kind = type(value)
    if kind is str:
        if value[:1] == "=":
            return Decimal(value[1:])
        return value[1:] if value[:1] == "'" else value
    return tuple([unpack(part) for part in value]) if kind is list else value


def pack_award(award: HouseholdAward, number: str) -> HouseholdRecord:
    """One household's award as plain data.

    Args:
        award: The award.
        number: The head's identity number on that day; empty where not registered.
    """
    bare: Any = award._replace(steps=())
    return HouseholdRecord({"award": pack(bare), "number": number}, pack(award.steps))


def unpack_award(record: HouseholdRecord) -> tuple[HouseholdAward, str]:
    """The award and the head's identity number of a packed household."""
    values = list(unpack(record.snapshot["award"]))
    values[_STEPS] = tuple(Step(*step) for step in unpack(record.steps))
    award = HouseholdAward(*values)
    award = award._replace(
        applicant=_applicant(tuple(award.applicant)),
        size=HouseholdSize(award.size),
        items=tuple(ItemAmount(*item) for item in award.items),
    )
    return award, record.snapshot["number"]


def unpack_brief(packed: Mapping[str, Any]) -> BriefAward:
    """What a packed household (its ``snapshot``) is given; a tenth of the work of the whole award."""
    values = packed["award"]
    key, name, village, group = (unpack(values[_APPLICANT][place]) for place in _NAMED)
    items = tuple(ItemAmount(*unpack(one)) for one in values[_ITEMS])
    return BriefAward(key, name, village, group, items, packed["number"])


def _applicant(values: tuple[Any, ...]) -> Applicant:
    applicant = Applicant(*values)
    return applicant._replace(
        household_class=_word(HouseholdClass, applicant.household_class),
        participation=_word(Participation, applicant.participation),
        entries=tuple(_entry(entry) for entry in applicant.entries),
    )


def _entry(values: tuple[Any, ...]) -> FarmEntry:
    entry = FarmEntry(*values)
    return entry._replace(base_kind=_word(BaseKind, entry.base_kind))


def _word(kind: type[Any], code: Any) -> Any:
    return None if code is None else kind(code)


def pack_run(result: AwardResult) -> RunRecord:
    """A calculation without its households as plain data."""
    totals = {name.name: pack(getattr(result.totals, name.name)) for name in fields(AwardTotals)}
    rates = {item: pack(list(found)) for item, found in result.pool_rates.items()}
    problems = [pack([getattr(problem, name.name) for name in fields(Problem)]) for problem in result.problems]
    whole = {"totals": totals, "pool_rates": rates, "passed": result.passed, "large_from": pack(result.large_from)}
    return RunRecord(scheme_to_dict(result.scheme), whole, problems)


def unpack_run(record: RunRecord, awards: tuple[HouseholdAward, ...], name: str) -> AwardResult:
    """The calculation of its packed parts.

    Args:
        record: The packed run.
        awards: Its households, in their order.
        name: How a message names the record, should its scheme not be readable any more.

    Raises:
        BadDefinition: The stored scheme cannot be read.
    """
    whole = record.totals
    return AwardResult(
        scheme=scheme_from_dict(record.scheme, name),
        large_from=unpack(whole["large_from"]),
        awards=awards,
        totals=AwardTotals(**{key: unpack(value) for key, value in whole["totals"].items()}),
        pool_rates={item: _pool_rate(unpack(found)) for item, found in whole["pool_rates"].items()},
        problems=unpack_problems(record.problems),
        passed=whole["passed"],
    )


def _pool_rate(found: Any) -> PoolRate:
    """What was found of a pool; earlier versions kept the rate alone."""
    return PoolRate(found, None) if isinstance(found, Decimal) else PoolRate(*found)


def unpack_problems(packed: Iterable[list[Any]]) -> tuple[Problem, ...]:
    """The findings of a stored calculation."""
    return tuple(_problem(problem) for problem in packed)


def _problem(values: list[Any]) -> Problem:
    names = [name.name for name in fields(Problem)]
    found: Mapping[str, Any] = dict(zip(names, unpack(values), strict=False))
    return Problem(**{**found, "severity": Severity(found["severity"])})


def pack_parameters(parameters: Parameters) -> list[dict[str, Any]]:
    """All policy values with their citations, as they stood at the calculation."""
    return [
        {
            "key": parameter.key,
            "values": [
                {
                    "since": value.since,
                    "value": _plain(value.value),
                    "unit": value.unit,
                    "document": value.document,
                    "clause": value.clause,
                }
                for value in parameter.values
            ],
        }
        for parameter in parameters.all()
    ]


def _plain(value: Any) -> Any:
    return [_plain(part) for part in value] if isinstance(value, tuple) else value
