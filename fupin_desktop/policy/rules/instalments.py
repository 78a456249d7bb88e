"""分年补助: each entry at the rate of its own year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from fupin_desktop.domain.strict_toml import MONEY, Table
from fupin_desktop.override import override
from fupin_desktop.policy.applicants import FarmEntry
from fupin_desktop.policy.exact import ZERO, Exact, over, plus, shown, times
from fupin_desktop.policy.rules.controls import Column, Control, RowsControl
from fupin_desktop.policy.rules.lines import House, Line, Part, inputs_of, rate_text
from fupin_desktop.policy.rules.phrases import decimal_text, plain
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob, rate_knob
from fupin_desktop.policy.working import Step


@dataclass(frozen=True, slots=True)
class InstalmentsRule(AmountRule):
    """Attributes: by_year, yuan per unit in year 1, 2, 3 ..."""

    by_year: tuple[Decimal, ...] = ()

    value: ClassVar[str] = "instalments"
    label: ClassVar[str] = "分年补助"
    help: ClassVar[str] = "按登记的补助年次取单价：第 1 行是第 1 年。"
    controls: ClassVar[tuple[Control, ...]] = (
        RowsControl(
            "by_year", "第 1 年起，一年一行", (Column("rate", "单价(元/单位)", width=14),), {"rate": ""}, bare=True
        ),
    )
    seed: ClassVar[Mapping[str, Any]] = {"by_year": ["0"]}
    sentences: ClassVar[Mapping[str, str]] = {
        "amount.instalment": "{item} 第 {year} 年 {quantity} × {rate} {eq} {result}",
        "amount.instalment_over": "{item} 补助共 {years} 年，第 {year} 年的 {quantity} 不再补助",
        "amount.instalment_unknown": "{item} 没有登记补助年次，{quantity} 不计",
    }

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        years = table.listed("by_year")
        if not years:
            table.fail("by_year", "至少要写第一年的标准")
        return cls(tuple([table.as_number(f"by_year[{at}]", value, MONEY) for at, value in enumerate(years, 1)]))

    @override
    def write(self) -> dict[str, Any]:
        return {"by_year": [decimal_text(rate) for rate in self.by_year]}

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        return Instalments(self, unit)

    @override
    def counts(self, entry: FarmEntry) -> bool:
        return 1 <= entry.instalment_year <= len(self.by_year)

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        return "，".join(f"第{year}年每{unit} {plain(rate)} 元" for year, rate in enumerate(self.by_year, 1))

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return " / ".join(str(row.get("rate", "")) for row in table.get("by_year", ()))

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return tuple(rate_knob(f"第{at + 1}年 (元/{unit})", self, at) for at in range(len(self.by_year)))

    @override
    def rates(self) -> tuple[Decimal, ...]:
        return self.by_year

    @override
    def with_rates(self, rates: Sequence[Decimal]) -> Self:
        return replace(self, by_year=tuple(rates))


class Instalments:
    """Σ quantity of a year × its rate."""

    def __init__(self, rule: InstalmentsRule, unit: str) -> None:
        self.counts = rule.counts
        self.by_year = rule.by_year
        self.unit_pair = ("unit", unit)
        self.standards = [f"第{year}年 {rate_text(rate, unit)}" for year, rate in enumerate(rule.by_year, 1)]

    def amount(self, house: House, line: Line) -> Exact | None:
        """Σ quantity of a year × its rate; entries beyond the years are left out."""
        years: dict[int, Decimal] = {}
        kept: list[Part] = []
        for entry, quantity in line.parts:
            year = entry.instalment_year
            if self.counts(entry):
                kept.append((entry, quantity))
                years[year] = years.get(year, ZERO) + quantity
            else:
                self._beyond(house, line, year, quantity)
        line.parts = kept
        line.standard = "、".join(self.standards[year - 1] for year in sorted(years))
        amounts = [self._one_year(house, line, year, years[year]) for year in sorted(years)]
        result: Exact = ZERO
        for amount in amounts:
            result = plus(result, amount)
        return result if kept else None

    def _one_year(self, house: House, line: Line, year: int, quantity: Decimal) -> Exact:
        counted: Exact = quantity
        if line.quantity != line.uncut:
            counted = over(times(quantity, line.quantity), line.uncut)
        rate = self.by_year[year - 1]
        result = times(rate, counted)
        inputs = inputs_of(counted, self.unit_pair, ("year", year), ("rate", rate), result=result)
        house.steps.append(Step(4, line.name, "amount.instalment", inputs, shown(result), "元", line.clause))
        return result

    def _beyond(self, house: House, line: Line, year: int, quantity: Decimal) -> None:
        inputs = inputs_of(quantity, self.unit_pair, ("year", year), ("years", len(self.by_year)))
        code = "amount.instalment_over" if year > 0 else "amount.instalment_unknown"
        house.steps.append(Step(4, line.name, code, inputs, ZERO, "元", line.clause))
        if year <= 0:
            house.marks.append("household.instalment_year")
        house.note(line.name, f"补助共{len(self.by_year)}年，第{year}年不再补助" if year > 0 else "没有登记补助年次")
