"""总额÷总量: a sum shared out by quantity, its rate found after acceptance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from fupin_desktop.domain.strict_toml import MONEY, Table
from fupin_desktop.override import override
from fupin_desktop.policy.exact import ZERO, Exact, shown, times
from fupin_desktop.policy.rules.controls import Control, NumberControl
from fupin_desktop.policy.rules.lines import House, Line, inputs_of, rate_text
from fupin_desktop.policy.rules.phrases import decimal_text, plain
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob
from fupin_desktop.policy.working import Step


@dataclass(frozen=True, slots=True)
class PoolRule(AmountRule):
    """Attributes: pool, yuan shared out by counted quantity × factor; the rate is rounded down to 分."""

    pool: Decimal = Decimal(0)

    value: ClassVar[str] = "pool"
    label: ClassVar[str] = "总额÷总量"
    help: ClassVar[str] = "单价 = 总额 ÷ 全部参与户的总量，舍去到分。"
    controls: ClassVar[tuple[Control, ...]] = (NumberControl("pool", "本项总额(元)"),)
    seed: ClassVar[Mapping[str, Any]] = {"pool": "0"}
    sentences: ClassVar[Mapping[str, str]] = {
        "amount.pool": "{item} {quantity} × {rate} {eq} {result}(总额 {pool} ÷ 总量，单价舍去到分)"
    }

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        return cls(table.needed("pool", MONEY))

    @override
    def write(self) -> dict[str, Any]:
        return {"pool": decimal_text(self.pool)}

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        return Pool(self.pool, unit, key)

    @override
    def shared_pool(self) -> Decimal | None:
        return self.pool

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        return f"共 {plain(self.pool)} 元，按核定数量平均，单价舍去到分"

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return f"共 {table.get('pool', '')}"

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return (Knob("总额(元)", self.pool, lambda rule, value: replace(rule, pool=value)),)

    @override
    def gives_nothing(self) -> bool:
        return not self.pool


class Pool:
    """The rate is found when all households are known; until then only the weight is noted."""

    def __init__(self, pool: Decimal, unit: str, key: str) -> None:
        self.key = key
        self.pool = pool
        self.unit = unit
        self.unit_pair = ("unit", unit)

    def amount(self, house: House, line: Line) -> Exact | None:
        """Rate found × quantity; 0 while the rate is not known."""
        weight = line.quantity if line.factor is None else times(line.quantity, line.factor)
        house.weights.append((self.key, weight))
        rate = ZERO if house.pool_rates is None else house.pool_rates.get(self.key, ZERO)
        line.standard = rate_text(rate, self.unit)
        result = times(rate, line.quantity)
        line.pool = self.key
        inputs = inputs_of(line.quantity, self.unit_pair, ("rate", rate), ("pool", self.pool), result=result)
        house.steps.append(Step(4, line.name, "amount.pool", inputs, shown(result), "元", line.clause))
        return result
