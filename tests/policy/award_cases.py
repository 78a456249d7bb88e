"""Reading the award cases in ``tests/cases/awards``: schemes, households and what is expected, written as arithmetic."""

from __future__ import annotations

import ast
import operator
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from fupin_desktop.domain.vocabulary import HouseholdClass, Participation
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.policy.scheme.file import scheme_from_dict

FOLDER = Path(__file__).parents[1] / "cases" / "awards"
OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


CLAUSES = {"original_plan_strictness": "吴川 三(二)2", "participants_strictness": "吴川 三(二)3"}


NUMBERS = {
    "large_household_area": Decimal(10),
    "award_cost_ratio": Decimal(1),
    "register_area_max": Decimal(100),
    "scheme_deciders": ("村委会(社区居委会)", "对口帮扶单位"),
    "scheme_duties": ("形成文件", "公示", "报镇(街)扶贫办备案"),
}


class TenMu:
    """Policy numbers with 大户起点 at 10 亩; ``strict`` names the rules that a county makes a must."""

    def __init__(self, *strict: str) -> None:
        self._strict = strict

    def value(self, key: str, on: date) -> SimpleNamespace:
        if key in CLAUSES:
            return SimpleNamespace(value="必须" if key in self._strict else "原则上", clause=CLAUSES[key])
        if key == "cost_ceiling":
            return SimpleNamespace(value="不得超成本", clause="吴川 三(二)4")
        return SimpleNamespace(value=NUMBERS[key], clause="吴川 三(二)4")


def _rounded(value: Fraction, mode: str) -> Fraction:
    cents = Decimal((value * 1000).numerator // (value * 1000).denominator).scaleb(-3)
    assert mode == ROUND_DOWN or value >= 0
    if mode == ROUND_HALF_UP:
        return Fraction((200 * value.numerator + value.denominator) // (2 * value.denominator), 100)
    return Fraction(cents.quantize(Decimal("0.01"), ROUND_DOWN))


FUNCTIONS = {
    "half_up": lambda value: _rounded(value, ROUND_HALF_UP),
    "down": lambda value: _rounded(value, ROUND_DOWN),
    "min": min,
    "max": max,
}


def arithmetic(text: str) -> Fraction:
    """The exact value of an arithmetic expression; no name or operator beyond the few listed."""

    def value(node: ast.expr) -> Fraction:
        if isinstance(node, ast.Constant):
            return Fraction(ast.get_source_segment(text, node))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            return -value(node.operand)
        if isinstance(node, ast.Call):
            assert isinstance(node.func, ast.Name)
            return FUNCTIONS[node.func.id](*[value(argument) for argument in node.args])
        assert isinstance(node, ast.BinOp)
        return OPERATORS[type(node.op)](value(node.left), value(node.right))

    return value(ast.parse(text, mode="eval").body)


@dataclass(frozen=True)
class Case:
    name: str
    scheme: AwardScheme
    applicants: list[Applicant]
    expected: list[dict[str, Any]]
    expect: dict[str, Any]


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.toml")):
        for table in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["case"]:
            data = {"name": table["title"], "place": "低岭村", "year": 2026, **table["scheme"]}
            scheme = scheme_from_dict(data, path.name)
            households = table["household"]
            units = {product: item.unit for item in scheme.items for product in item.products}
            applicants = [applicant(at, one, units) for at, one in enumerate(households)]
            yield Case(f"{path.stem}: {table['title']}", scheme, applicants, households, table.get("expect", {}))


def applicant(at: int, table: dict[str, Any], units: dict[str, str]) -> Applicant:
    def number(key: str, of: dict[str, Any] = table) -> Decimal | None:
        return Decimal(of[key]) if key in of else None

    entries = tuple(
        FarmEntry(
            product=one["product"],
            product_group=one.get("group", "种植"),
            unit=one.get("unit", units.get(one["product"], "亩")),
            declared=number("quantity", one),
            accepted=number("accepted", one),
            planned=number("planned", one),
            area=number("area", one),
            cost=number("cost", one),
            income=number("income", one),
            other_subsidy=number("other_subsidy", one) or Decimal(0),
            base_kind=None,
            instalment_year=one.get("year", 1),
        )
        for one in table["entries"]
    )
    joined = table.get("participation", "参与")
    return Applicant(
        key=f"{at:03}",
        code=f"{at:03}",
        name=table.get("name", f"第{at + 1}户"),
        village=table.get("village", "低岭村"),
        group="一组",
        household_class=HouseholdClass.from_label(table.get("class", "脱贫户")),
        members=table.get("members", 3),
        participation=Participation.from_label(joined) if joined else None,
        area=number("area"),
        earlier=number("earlier") or Decimal(0),
        priority=table.get("priority"),
        entries=entries,
        own_classes=tuple(table.get("own", ())),
    )
