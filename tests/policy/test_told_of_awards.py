"""What the checks tell of each written scheme and calculation: every finding, its sentence, place, clause and reason."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from fupin_desktop.policy.awards.calculator import calculate
from fupin_desktop.policy.checks import CHECKS
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.scheme.file import scheme_from_dict
from tests.policy.application_facts import parameters
from tests.policy.award_cases import applicant

FILE = Path(__file__).parents[1] / "cases" / "checks" / "awards.toml"
DATA = tomllib.loads(FILE.read_text("utf-8"), parse_float=Decimal)
ENTRIES = [{"product": "水稻", "quantity": "3", "cost": "9000"}]
UNTOLD = {
    "award.above_cost", "award.total", "scheme.items", "scheme.cost_ratio", "household.duplicate", "household.same_number",
    "household.code_twice",
}  # fmt: skip
"""What no scheme file and no register can bring about; ``test_checks`` brings it about by hand."""


def told(case: dict[str, Any]) -> list[str]:
    scheme = scheme_from_dict({**DATA["scheme"], **case.get("scheme", {})}, "x")
    units = {product: item.unit for item in scheme.items for product in item.products}
    households = case.get("households", [{"name": "李二"}])
    applicants = [applicant(at, {"entries": ENTRIES, **one}, units) for at, one in enumerate(households)]
    return [_line(one) for one in calculate(scheme, applicants, parameters()).problems]


def _line(one: Problem) -> str:
    clause = f"（{one.clause}）" if one.clause else ""
    reason = f"={one.reason}" if one.reason else ""
    return f"{one.severity.label} {one.code} {one.field or '-'}：{one.sentence}{clause}{reason}"


@pytest.mark.parametrize("case", DATA["case"], ids=[case["name"] for case in DATA["case"]])
def test_a_calculation_is_told_exactly_what_is_wrong_with_it(case: dict[str, Any]) -> None:
    assert told(case) == case.get("told", [])


def test_every_check_is_told_somewhere() -> None:
    written = {line.split()[1] for case in DATA["case"] for line in case.get("told", [])}
    assert {check.code for check in CHECKS} - written == UNTOLD
