"""A kind of award rule that the program does not know, for walking it through everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

import pytest

from fupin_desktop.domain.strict_toml import MONEY, Table
from fupin_desktop.override import override
from fupin_desktop.policy.exact import Exact
from fupin_desktop.policy.rules import registry
from fupin_desktop.policy.rules.controls import Control, NumberControl
from fupin_desktop.policy.rules.lines import House, Line
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob, rate_knob
from fupin_desktop.policy.working import Step


@dataclass(frozen=True, slots=True)
class MembersRule(AmountRule):
    """So much for each member of the household, whatever the quantity."""

    each: Decimal = Decimal(0)

    value: ClassVar[str] = "members"
    label: ClassVar[str] = "按人口定额"
    help: ClassVar[str] = "奖补 = 家庭人口 × 每人金额。"
    controls: ClassVar[tuple[Control, ...]] = (NumberControl("each", "每人(元)"),)
    seed: ClassVar[Mapping[str, Any]] = {"each": "0"}
    sentences: ClassVar[Mapping[str, str]] = {"amount.members": "{item} {members} 人 × {each} {eq} {result}"}

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        return cls(table.needed("each", MONEY))

    @override
    def write(self) -> dict[str, Any]:
        return {"each": f"{self.each:f}"}

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        return _Members(self.each)

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        return f"每人 {self.each:f} 元"

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return f"每人 {table.get('each', '')}"

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return (rate_knob("(元/人)", self),)

    @override
    def rates(self) -> tuple[Decimal, ...]:
        return (self.each,)

    @override
    def with_rates(self, rates: Sequence[Decimal]) -> Self:
        return replace(self, each=rates[0])


class _Members:
    def __init__(self, each: Decimal) -> None:
        self.each = each

    def amount(self, house: House, line: Line) -> Exact | None:
        line.standard = f"{self.each:f} 元/人"
        result = self.each * house.applicant.members
        inputs = (("members", house.applicant.members), ("each", self.each))
        house.steps.append(Step(4, line.name, "amount.members", inputs, result, "元", line.clause))
        return result


def add_to(monkeypatch: pytest.MonkeyPatch) -> type[MembersRule]:
    """Register the kind for the length of a test."""
    monkeypatch.setitem(registry._KINDS, MembersRule.value, MembersRule)
    for code, sentence in MembersRule.sentences.items():
        monkeypatch.setitem(registry.SENTENCES, code, sentence)
    return MembersRule
