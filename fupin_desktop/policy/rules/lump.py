"""达标定额: a lump sum from a threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from fupin_desktop.domain.strict_toml import MONEY, QUANTITY, Table
from fupin_desktop.override import override
from fupin_desktop.policy.exact import ZERO, Exact
from fupin_desktop.policy.rules.controls import INCLUDED, Control, NumberControl
from fupin_desktop.policy.rules.lines import House, Line, inputs_of
from fupin_desktop.policy.rules.phrases import decimal_text, plain, reach
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob, rate_knob
from fupin_desktop.policy.working import Step


@dataclass(frozen=True, slots=True)
class LumpRule(AmountRule):
    """Attributes: threshold from which ``amount`` yuan are given, and whether the threshold itself suffices."""

    threshold: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)
    boundary_included: bool = True

    value: ClassVar[str] = "lump"
    label: ClassVar[str] = "达标定额"
    help: ClassVar[str] = "数量达到标准就给一笔定额。"
    controls: ClassVar[tuple[Control, ...]] = (
        NumberControl("threshold", "达到数量"),
        NumberControl("amount", "定额(元)"),
        INCLUDED,
    )
    seed: ClassVar[Mapping[str, Any]] = {"threshold": "1", "amount": "0"}
    sentences: ClassVar[Mapping[str, str]] = {
        "amount.lump": "{item} {quantity} 达到 {threshold}，定额 {result}",
        "amount.lump_below": "{item} {quantity} 未达到 {threshold}，本项不奖补",
    }

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        threshold, amount = table.needed("threshold", QUANTITY), table.needed("amount", MONEY)
        return cls(threshold, amount, table.flag("boundary_included", True))

    @override
    def write(self) -> dict[str, Any]:
        return {
            "threshold": decimal_text(self.threshold),
            "amount": decimal_text(self.amount),
            "boundary_included": self.boundary_included,
        }

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        return Lump(self, unit)

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        return f"{reach(self.threshold, unit, self.boundary_included)}奖补 {plain(self.amount)} 元"

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return f"满 {table.get('threshold', '')} 给 {table.get('amount', '')}"

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return (rate_knob("定额(元)", self),)

    @override
    def rates(self) -> tuple[Decimal, ...]:
        return (self.amount,)

    @override
    def with_rates(self, rates: Sequence[Decimal]) -> Self:
        return replace(self, amount=rates[0])


class Lump:
    """The lump sum where the threshold is reached."""

    def __init__(self, rule: LumpRule, unit: str) -> None:
        self.rule = rule
        self.pairs = (("threshold", rule.threshold), ("unit", unit))
        self.standard = f"满 {rule.threshold:f} {unit} {rule.amount:,.2f} 元"

    def amount(self, house: House, line: Line) -> Exact | None:
        """The lump sum, None below the threshold."""
        threshold = self.rule.threshold
        reached = line.quantity >= threshold if self.rule.boundary_included else line.quantity > threshold
        inputs = inputs_of(line.quantity, *self.pairs)
        code, result = ("amount.lump", self.rule.amount) if reached else ("amount.lump_below", ZERO)
        house.steps.append(Step(4, line.name, code, inputs, result, "元", line.clause))
        if not reached:
            house.note(line.name, f"未达到 {threshold:f} {line.unit}")
            return None
        line.standard = self.standard
        return result
