"""分段定额: a lump sum by the step a size reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from fupin_desktop.domain.strict_toml import MONEY, QUANTITY, Table
from fupin_desktop.override import override
from fupin_desktop.policy.exact import Exact, shown
from fupin_desktop.policy.rules.controls import INCLUDED, ChoiceControl, Column, Control, RowsControl
from fupin_desktop.policy.rules.lines import House, Line
from fupin_desktop.policy.rules.phrases import decimal_text, plain, reach
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob, rate_knob
from fupin_desktop.policy.rules.tables import RowTable, TierMeasure, ensure_ascending, rows_of
from fupin_desktop.policy.working import Step


@dataclass(frozen=True, slots=True)
class LumpStep:
    """One row of a lump-sum table: from this quantity on, the whole item gets ``amount`` yuan."""

    start: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class StepsRule(AmountRule):
    """Lump sums in ascending order.

    Attributes:
        steps: The steps.
        measure: What they are read off.
        boundary_included: Whether a size exactly at a start belongs to the higher step.
    """

    steps: tuple[LumpStep, ...] = ()
    measure: TierMeasure = TierMeasure.ITEM_QUANTITY
    boundary_included: bool = True

    value: ClassVar[str] = "steps"
    label: ClassVar[str] = "分段定额"
    help: ClassVar[str] = "达到哪一档就给那一档的定额，不再乘数量。"
    controls: ClassVar[tuple[Control, ...]] = (
        RowsControl(
            "steps", "各档，从小到大",
            (Column("from", "起点"), Column("amount", "定额(元)")), {"from": "", "amount": ""},
        ),
        ChoiceControl("measure", "按什么分档", TierMeasure, TierMeasure.ITEM_QUANTITY),
        INCLUDED,
    )  # fmt: skip
    seed: ClassVar[Mapping[str, Any]] = {"steps": [{"from": "1", "amount": "0"}]}
    sentences: ClassVar[Mapping[str, str]] = {
        "amount.steps": "{item} {measure} {size} 达到 {from} 一档，定额 {result}",
        "amount.steps_below": "{item} {measure} {size} 未达到最低一档 {from}，本项不奖补",
    }

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        steps = tuple([_step(row) for row in rows_of(table, "steps")])
        ensure_ascending(table, "steps", [step.start for step in steps])
        measure = table.word("measure", TierMeasure, TierMeasure.ITEM_QUANTITY)
        return cls(steps, measure, table.flag("boundary_included", True))

    @override
    def write(self) -> dict[str, Any]:
        rows = [{"from": decimal_text(step.start), "amount": decimal_text(step.amount)} for step in self.steps]
        return {"measure": self.measure.value, "boundary_included": self.boundary_included, "steps": rows}

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        return LumpSteps(self.steps, RowTable(self.starts(large_from), self.measure, self.boundary_included, unit))

    @override
    def starts(self, large_from: Decimal) -> Sequence[Decimal]:
        return [step.start for step in self.steps]

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        of = self.measure.unit(unit)
        rows = [f"{reach(one.start, of, self.boundary_included)} {plain(one.amount)} 元" for one in self.steps]
        return "，".join(rows)

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return " / ".join(str(row.get("amount", "")) for row in table.get("steps", ()))

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return tuple(rate_knob(f"第{at + 1}档定额(元)", self, at) for at in range(len(self.steps)))

    @override
    def rates(self) -> tuple[Decimal, ...]:
        return tuple(step.amount for step in self.steps)

    @override
    def with_rates(self, rates: Sequence[Decimal]) -> Self:
        pairs = zip(self.steps, rates, strict=True)
        return replace(self, steps=tuple([replace(step, amount=amount) for step, amount in pairs]))


def _step(table: Table) -> LumpStep:
    step = LumpStep(table.needed("from", QUANTITY), table.needed("amount", MONEY))
    table.done()
    return step


class LumpSteps:
    """The lump sum of the step reached."""

    def __init__(self, steps: tuple[LumpStep, ...], table: RowTable) -> None:
        self.steps = steps
        self.table = table

    def amount(self, house: House, line: Line) -> Exact | None:
        """Lump sum of the step reached."""
        table = self.table
        found = table.found(house, line, "amount.steps_below")
        if found is None:
            return None
        index, size = found
        step = self.steps[index]
        line.standard = f"满 {step.start:f} {table.measure_unit_pair[1]} {step.amount:,.2f} 元"
        inputs = (table.measure_pair, ("size", shown(size)), ("from", step.start), table.measure_unit_pair)
        house.steps.append(Step(4, line.name, "amount.steps", inputs, step.amount, "元", line.clause))
        return step.amount
