"""按成本或收入比例: a share of the verified cost or of the income, with a limit per unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from fupin_desktop.domain.strict_toml import MONEY, RATIO, Table
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.override import override
from fupin_desktop.policy.exact import ZERO, Exact, shown, times
from fupin_desktop.policy.rules.controls import ChoiceControl, Control, NumberControl
from fupin_desktop.policy.rules.lines import House, Line, inputs_of, percent, rate_text
from fupin_desktop.policy.rules.phrases import decimal_text, plain
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob
from fupin_desktop.policy.working import Step, Value


class ShareBase(Word):
    """What a share is taken of."""

    COST = "cost", "成本"
    INCOME = "income", "收入"


@dataclass(frozen=True, slots=True)
class ShareRule(AmountRule):
    """A share of cost or income.

    Attributes:
        share: E.g. Decimal("0.3"); at most 1.
        share_of: Cost or income.
        limit_per_unit: Yuan per unit at most; None for no limit.
    """

    share: Decimal = Decimal(0)
    share_of: ShareBase = ShareBase.COST
    limit_per_unit: Decimal | None = None

    value: ClassVar[str] = "share"
    label: ClassVar[str] = "按成本或收入比例"
    help: ClassVar[str] = "奖补 = 核定成本(或收入) × 比例；比例可以写 0.3 或 30%。"
    controls: ClassVar[tuple[Control, ...]] = (
        NumberControl("share", "比例", "0.3 或 30%"),
        ChoiceControl("share_of", "按什么", ShareBase, ShareBase.COST),
        NumberControl("limit_per_unit", "每单位最多(元)", "空：不限"),
    )
    seed: ClassVar[Mapping[str, Any]] = {"share": "0.3"}
    sentences: ClassVar[Mapping[str, str]] = {
        "amount.share": "{item} {base_name} {base} × {share} {eq} {result}",
        "amount.share_within": "{item} {base_name} {base} × {share} {eq} {result}，未超过 {quantity} × {limit}",
        "amount.share_limited": "{item} {base_name} {base} × {share} = {uncut}, "
        "超过 {quantity} × {limit} {eq} {result}，计 {result}",
        "amount.share_missing": "{item} 没有{base_name}，本项不奖补",
    }

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        share = table.needed("share", RATIO, high=Decimal(1))
        share_of = table.word("share_of", ShareBase, ShareBase.COST)
        return cls(share, share_of, table.number("limit_per_unit", MONEY))

    @override
    def write(self) -> dict[str, Any]:
        limit = {} if self.limit_per_unit is None else {"limit_per_unit": decimal_text(self.limit_per_unit)}
        return {"share": decimal_text(self.share), "share_of": self.share_of.value, **limit}

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        return Share(self, unit)

    def base_name(self) -> str:
        """What the share is taken of, as papers name it."""
        return "核定成本" if self.share_of is ShareBase.COST else "收入"

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        limit = "" if self.limit_per_unit is None else f"，每{unit}最多 {plain(self.limit_per_unit)} 元"
        return f"按{self.base_name()}的 {plain(self.share * 100)}%{limit}"

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return f"× {table.get('share', '')}"

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return (Knob("比例", self.share, lambda rule, value: replace(rule, share=value), share=True),)

    @override
    def gives_nothing(self) -> bool:
        return not self.share


class Share:
    """Share of the base, at most limit × quantity."""

    def __init__(self, rule: ShareRule, unit: str) -> None:
        self.share = rule.share
        self.of_cost = rule.share_of is ShareBase.COST
        self.base_name = rule.base_name()
        self.limit = rule.limit_per_unit
        self.pairs = (("unit", unit), ("base_name", self.base_name), ("share", rule.share))
        self.standard = f"{self.base_name}的 {percent(rule.share)}"
        if self.limit is not None:
            self.standard += f"，不超过 {rate_text(self.limit, unit)}"

    def amount(self, house: House, line: Line) -> Exact | None:
        """Share of the base, at most limit × quantity; None without a base."""
        given = [entry.cost if self.of_cost else entry.income for entry, _ in line.parts]
        known = [value for value in given if value is not None]
        if not known:
            inputs = inputs_of(line.quantity, *self.pairs)
            house.steps.append(Step(4, line.name, "amount.share_missing", inputs, ZERO, "元", line.clause))
            house.note(line.name, f"没有{self.base_name}")
            return None
        return self._counted(house, line, sum(known, ZERO))

    def _counted(self, house: House, line: Line, base: Decimal) -> Exact:
        line.standard = self.standard
        result: Exact = base * self.share
        code = "amount.share"
        pairs: tuple[tuple[str, Value], ...] = (*self.pairs, ("base", base))
        if self.limit is not None:
            most = times(self.limit, line.quantity)
            pairs = (*pairs, ("limit", self.limit), ("uncut", shown(result)))
            code = "amount.share_within"
            if result > most:
                code, result = "amount.share_limited", most
        inputs = inputs_of(line.quantity, *pairs, result=result)
        house.steps.append(Step(4, line.name, code, inputs, shown(result), "元", line.clause))
        return result
