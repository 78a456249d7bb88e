"""单价×数量: one rate for the whole quantity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from fupin_desktop.domain.strict_toml import MONEY, Table
from fupin_desktop.override import override
from fupin_desktop.policy.exact import Exact, shown, times
from fupin_desktop.policy.rules.controls import Control, NumberControl
from fupin_desktop.policy.rules.lines import House, Line, inputs_of, rate_text
from fupin_desktop.policy.rules.phrases import decimal_text, plain
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob, rate_knob
from fupin_desktop.policy.working import Step


@dataclass(frozen=True, slots=True)
class RateRule(AmountRule):
    """Attributes: rate in yuan per unit."""

    rate: Decimal = Decimal(0)

    value: ClassVar[str] = "rate"
    label: ClassVar[str] = "单价×数量"
    help: ClassVar[str] = "奖补 = 数量 × 单价。"
    one_rate: ClassVar[bool] = True
    controls: ClassVar[tuple[Control, ...]] = (NumberControl("rate", "单价(元/单位)"),)
    seed: ClassVar[Mapping[str, Any]] = {"rate": "0"}
    sentences: ClassVar[Mapping[str, str]] = {"amount.rate": "{item} {quantity} × {rate} {eq} {result}"}

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        return cls(table.needed("rate", MONEY))

    @override
    def write(self) -> dict[str, Any]:
        return {"rate": decimal_text(self.rate)}

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        return Rate(self.rate, unit)

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        return f"每{unit} {plain(self.rate)} 元"

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return str(table.get("rate", ""))

    @override
    def by_size(self, large_from: Decimal) -> tuple[Decimal, Decimal] | None:
        return (self.rate, self.rate)

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return (rate_knob(f"(元/{unit})", self),)

    @override
    def rates(self) -> tuple[Decimal, ...]:
        return (self.rate,)

    @override
    def with_rates(self, rates: Sequence[Decimal]) -> Self:
        return replace(self, rate=rates[0])


class Rate:
    """Rate × quantity."""

    def __init__(self, rate: Decimal, unit: str) -> None:
        self.rate = rate
        self.pair = ("rate", rate)
        self.unit_pair = ("unit", unit)
        self.standard = rate_text(rate, unit)

    def amount(self, house: House, line: Line) -> Exact | None:
        """Rate × quantity."""
        quantity, line.standard = line.quantity, self.standard
        result = times(self.rate, quantity)
        inputs = (
            (("quantity", quantity), self.unit_pair, self.pair)
            if isinstance(quantity, Decimal)
            else inputs_of(quantity, self.unit_pair, self.pair, result=result)
        )
        house.steps.append(Step(4, line.name, "amount.rate", inputs, shown(result), "元", line.clause))
        return result
