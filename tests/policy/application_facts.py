"""The written applications of ``tests/cases/applications`` as facts that the checks look at."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import fields as attributes
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from fupin_desktop import paths
from fupin_desktop.policy.applications import check_application
from fupin_desktop.policy.applications.facts import (
    AllocationFact,
    ApplicationFacts,
    AreaFact,
    FieldFact,
    OpinionFact,
)
from fupin_desktop.policy.applications.fund_facts import (
    ClaimFact,
    FundFacts,
    ItemFact,
    PoolFact,
    SourceFact,
    UseFact,
)
from fupin_desktop.policy.parameters import Parameters, load_parameters
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.documents import registry

FOLDER = Path(__file__).parents[1] / "cases" / "applications"
_ROWS = {"sources": SourceFact, "uses": UseFact, "items": ItemFact, "claims": ClaimFact, "pool": PoolFact}
_ALIKE = ("made_on", "today", "participating", "original_plan", "sent", "faults")


@cache
def parameters() -> Parameters:
    """The shipped policy parameters."""
    return load_parameters(Path(paths.resources()) / "policy")


def all_cases() -> list[tuple[str, dict[str, Any]]]:
    """Every case laid over the faultless paper of its file, with its name."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        base = tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)
        cases = base.pop("case")
        found += [(f"{path.stem} {case['name']}", _laid(base, case)) for case in cases]
    return found


def _laid(base: Mapping[str, Any], case: Mapping[str, Any]) -> dict[str, Any]:
    """The faultless paper with what a case changes; tables are laid key by key, all else is put in its place."""
    made = dict(base)
    for name, value in case.items():
        before = base.get(name)
        made[name] = {**before, **value} if isinstance(before, dict) else value
    return made


def facts_of(case: Mapping[str, Any]) -> ApplicationFacts:
    """What the checks look at."""
    type_ = registry.of(case["form"])
    values = {name: None if value == "" else _exact(value) for name, value in case["values"].items()}
    given = {name: case[name] or None if name == "made_on" else case[name] for name in _ALIKE if name in case}
    return ApplicationFacts(
        day=case.get("day", case["today"].replace(month=12, day=31)),
        parameters=parameters(),
        checks=type_.checks,
        clauses=type_.clauses,
        of_town=case["form"].startswith("town_"),
        fields=tuple(map(_field, case.get("fields", ()))),
        values=values,
        opinions=tuple(_opinion(one) for one in case.get("opinions", ())),
        area=_area(case.get("area")),
        register_area=_area(case.get("register_area")),
        allocations={
            name: tuple(_row(AllocationFact, row, heads=None, takes_part=None) for row in rows)
            for name, rows in case.get("allocations", {}).items()
        },
        register_items=tuple(_exact(case.get("register_items", []))),
        names={**{name: name for name in (*values, "area_total")}, **case.get("names", {})},
        fund=_fund(case["fund"]) if "fund" in case else None,
        foreign=frozenset(case.get("foreign", ())),
        **given,
    )


def told(case: Mapping[str, Any]) -> list[str]:
    """What the checks find, one line each as the cases are written."""
    problems, _passed = check_application(facts_of(case), case.get("reasons", {}))
    return [_line(one) for one in problems]


def _line(one: Problem) -> str:
    clause = f"（{one.clause}）" if one.clause else ""
    reason = f"={one.reason}" if one.reason else ""
    return f"{one.severity.label} {one.code} {one.field or '-'}：{one.sentence}{clause}{reason}"


def _exact(value: Any) -> Any:
    """Whole numbers of quantities, which are written without decimals, as the exact numbers that papers hold."""
    if isinstance(value, list):
        return [_exact_row(one) if isinstance(one, dict) else one for one in value]
    return value


def _exact_row(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: Decimal(value) if type(value) is int else value for name, value in row.items()}


def _area(parts: list[Any] | None) -> AreaFact | None:
    return AreaFact(*map(Decimal, parts)) if parts else None


def _field(given: Mapping[str, Any]) -> FieldFact:
    return FieldFact(**{**given, "columns": tuple(map(_field, given.get("columns", ())))})


def _opinion(given: Mapping[str, Any]) -> OpinionFact:
    return OpinionFact(**{"agrees": None, "text": "", "name": "", "dated": None, **given})


def _row(kind: Any, given: Mapping[str, Any], **defaults: Any) -> Any:
    return kind(**{**defaults, **given})


def _fund(given: Mapping[str, Any]) -> FundFacts:
    """A document of money; rows by the place they stand in."""
    made: dict[str, Any] = {**given}
    for name, kind in _ROWS.items():
        if name in given:
            made[name] = tuple(_row(kind, {"amount": None, **row} if kind is SourceFact else row) for row in given[name])
    if "withdrawn" in given:
        made["withdrawn"] = frozenset(given["withdrawn"])
    assert made.keys() <= {one.name for one in attributes(FundFacts)}
    return FundFacts(**made)
