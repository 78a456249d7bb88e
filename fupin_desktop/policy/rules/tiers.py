"""按面积分档单价: the rate follows the tier of a size, for the whole quantity or part by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from fupin_desktop.domain.strict_toml import MONEY, QUANTITY, Table
from fupin_desktop.domain.vocabulary import Word
from fupin_desktop.override import override
from fupin_desktop.policy.exact import ZERO, Exact, over, plus, shown, times
from fupin_desktop.policy.rules.controls import INCLUDED, ChoiceControl, Column, Control, RowsControl
from fupin_desktop.policy.rules.lines import House, Line, inputs_of, rate_text, rates_text
from fupin_desktop.policy.rules.phrases import decimal_text, plain, reach
from fupin_desktop.policy.rules.rate import Rate
from fupin_desktop.policy.rules.rule import AmountRule, Compiled, Knob, RowWords, rate_knob
from fupin_desktop.policy.rules.tables import RowTable, TierMeasure, ensure_ascending, rows_of
from fupin_desktop.policy.working import Step, Value

LARGE = ("large", "大户", "大户起点")
_BELOW = "amount.tiers_below"
_SLICES = RowWords(("slice", "rate"), "{slice} × {rate}", " + ")
Slices = list[tuple[Exact, Decimal]]


class Progression(Word):
    """How tiers count: the tier reached for all (全额累进), or each part at its own tier (超额累进)."""

    WHOLE = "whole", "全额累进"
    MARGINAL = "marginal", "超额累进"


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier: from this size on (yuan per unit). ``start`` None means 大户起点 of the policy file."""

    start: Decimal | None
    rate: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class TiersRule(AmountRule):
    """Tiers in ascending order, read off the household's area (亩) or the item's own counted quantity.

    Attributes:
        tiers: The tiers.
        progression: Whether the tier reached counts for all, or each part at its own tier.
        measure: What they are read off.
        boundary_included: Whether a size exactly at a start belongs to the higher tier.
    """

    tiers: tuple[Tier, ...] = ()
    progression: Progression = Progression.WHOLE
    measure: TierMeasure = TierMeasure.HOUSEHOLD_AREA
    boundary_included: bool = True

    value: ClassVar[str] = "tiers"
    label: ClassVar[str] = "按面积分档单价"
    help: ClassVar[str] = "按面积(或数量)落在哪一档取单价；“大户起点”随方案或政策的大户标准。"
    controls: ClassVar[tuple[Control, ...]] = (
        RowsControl(
            "tiers", "各档，从小到大",
            (Column("from", "起点", "start", help="第一档写 0；大户一档写“大户起点”"), Column("rate", "单价(元)"),
             Column("label", "名称", "text")),
            {"from": "", "rate": "", "label": ""},
        ),
        ChoiceControl("progression", "累进", Progression, Progression.WHOLE),
        ChoiceControl("measure", "按什么分档", TierMeasure, TierMeasure.HOUSEHOLD_AREA),
        INCLUDED,
    )  # fmt: skip
    seed: ClassVar[Mapping[str, Any]] = {
        "tiers": [{"from": "0", "rate": "0", "label": "小农户"}, {"from": "large", "rate": "0", "label": "大户"}]
    }
    sentences: ClassVar[Mapping[str, str]] = {
        "amount.tiers": "{item}⟦({tier})⟧ {quantity} × {rate} {eq} {result}",
        "amount.tiers_below": "{item} {measure} {size} 未达到最低一档 {from}，本项不奖补",
        "amount.tiers_marginal": "{item} 超额累进：{rows} {eq} {result}",
        "amount.tiers_average": "{item} 超额累进：全户面积 {area} 分段 {rows} = {whole}；"
        "本项 {quantity} × {whole} ÷ {area} {eq} {result}",
    }
    rows: ClassVar[Mapping[str, RowWords]] = {"amount.tiers_marginal": _SLICES, "amount.tiers_average": _SLICES}

    @classmethod
    @override
    def read(cls, table: Table) -> Self:
        tiers = tuple([_tier(row) for row in rows_of(table, "tiers")])
        starts = [tier.start for tier in tiers]
        if starts.count(None) > 1:
            table.fail("tiers", "起点“large”(大户)只能写一次")
        ensure_ascending(table, "tiers", [start for start in starts if start is not None])
        return cls(
            tiers,
            table.word("progression", Progression, Progression.WHOLE),
            table.word("measure", TierMeasure, TierMeasure.HOUSEHOLD_AREA),
            table.flag("boundary_included", True),
        )

    @override
    def write(self) -> dict[str, Any]:
        rows = [
            {
                "from": LARGE[0] if tier.start is None else decimal_text(tier.start),
                "rate": decimal_text(tier.rate),
                **({"label": tier.label} if tier.label else {}),
            }
            for tier in self.tiers
        ]
        return {
            "progression": self.progression.value,
            "measure": self.measure.value,
            "boundary_included": self.boundary_included,
            "tiers": rows,
        }

    @override
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        table = RowTable(self.starts(large_from), self.measure, self.boundary_included, unit)
        return (WholeTiers if self.progression is Progression.WHOLE else MarginalTiers)(self.tiers, table)

    @override
    def starts(self, large_from: Decimal) -> Sequence[Decimal]:
        return [large_from if tier.start is None else tier.start for tier in self.tiers]

    @override
    def words(self, unit: str, large_from: Decimal) -> str:
        if self.progression is Progression.MARGINAL:
            return self._words_of_slices(unit, large_from)
        rows = []
        for start, tier in zip(self.starts(large_from), self.tiers, strict=True):
            from_ = reach(start, self.measure.unit(unit), self.boundary_included) if start else ""
            head = f"{tier.label}（{from_}）" if tier.label and from_ else tier.label or from_
            rows.append(f"{head}每{unit} {plain(tier.rate)} 元")
        return "，".join(rows)

    def _words_of_slices(self, unit: str, large_from: Decimal) -> str:
        """Each slice as a notice tells it: 10 亩以内的部分每亩 240 元，超过 10 亩的部分每亩 320 元."""
        starts, of = self.starts(large_from), self.measure.unit(unit)
        parts = []
        for tier, start, end in zip(self.tiers, starts, [*starts[1:], None], strict=True):
            parts.append(f"{_slice(start, end, of)}每{unit} {plain(tier.rate)} 元")
        return "分段计算：" + "，".join(parts)

    @classmethod
    @override
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        return " / ".join(str(row.get("rate", "")) for row in table.get("tiers", ()))

    @override
    def by_size(self, large_from: Decimal) -> tuple[Decimal, Decimal] | None:
        if len(self.tiers) != 2 or self.tiers[1].start not in (None, large_from):
            return None
        return (self.tiers[0].rate, self.tiers[1].rate)

    @override
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        return tuple(
            rate_knob(f"{tier.label or f'第{at + 1}档'} (元/{unit})", self, at) for at, tier in enumerate(self.tiers)
        )

    @override
    def rates(self) -> tuple[Decimal, ...]:
        return tuple(tier.rate for tier in self.tiers)

    @override
    def with_rates(self, rates: Sequence[Decimal]) -> Self:
        pairs = zip(self.tiers, rates, strict=True)
        return replace(self, tiers=tuple([replace(tier, rate=rate) for tier, rate in pairs]))


def _slice(start: Decimal, end: Decimal | None, unit: str) -> str:
    """A slice in words; the last one has no end."""
    if end is None:
        return f"超过 {plain(start)} {unit}的部分" if start else "全部"
    return f"超过 {plain(start)} {unit}至 {plain(end)} {unit}的部分" if start else f"{plain(end)} {unit}以内的部分"


def _tier(table: Table) -> Tier:
    start = None if table.take("from") in LARGE else table.needed("from", QUANTITY)
    tier = Tier(start, table.needed("rate", MONEY), table.name("label"))
    table.done()
    return tier


def _label(house: House, table: RowTable, tier: Tier) -> None:
    """A household goes by the tier of its area, the first that one of its items reaches."""
    if table.by_area and tier.label and not house.label:
        house.label = tier.label


class WholeTiers:
    """全额累进: the tier reached counts for all."""

    def __init__(self, tiers: tuple[Tier, ...], table: RowTable) -> None:
        self.table = table
        self.tiers = tiers
        self.standards = [rate_text(tier.rate, table.unit) for tier in tiers]
        self.pairs = [(("tier", tier.label), ("rate", tier.rate)) for tier in tiers]

    def amount(self, house: House, line: Line) -> Exact | None:
        """Rate of the tier reached × quantity."""
        found = self.table.found(house, line, _BELOW)
        if found is None:
            return None
        index, _size = found
        tier, quantity = self.tiers[index], line.quantity
        line.standard = self.standards[index]
        _label(house, self.table, tier)
        result = times(tier.rate, quantity)
        inputs = inputs_of(quantity, self.table.unit_pair, *self.pairs[index], result=result)
        house.steps.append(Step(4, line.name, "amount.tiers", inputs, shown(result), "元", line.clause))
        return result


class MarginalTiers:
    """超额累进: each part counts at its own tier."""

    def __init__(self, tiers: tuple[Tier, ...], table: RowTable) -> None:
        self.table = table
        self.tiers = tiers
        self.ends: list[Decimal | None] = [*table.starts[1:], None]

    def amount(self, house: House, line: Line) -> Exact | None:
        """Sum of slice × rate; read off the household's area, its average rate × quantity."""
        table = self.table
        found = table.found(house, line, _BELOW)
        if found is None:
            return None
        index, size = found
        _label(house, table, self.tiers[index])
        slices = self._slices(size)
        whole: Exact = ZERO
        for part, rate in slices:
            whole = plus(whole, times(part, rate))
        line.standard = rates_text([rate for _, rate in slices], table.unit)
        if not table.by_area or size == line.quantity:
            return self._told(house, line, slices, whole)
        return self._averaged(house, line, slices, size, whole)

    def _slices(self, size: Exact) -> Slices:
        """The parts of ``size`` with their rates; of nothing, the first tier alone."""
        found: Slices = []
        for start, end, tier in zip(self.table.starts, self.ends, self.tiers, strict=True):
            if size <= start:
                break
            found.append((plus(size if end is None or size < end else end, -start), tier.rate))
        return found or [(ZERO, self.tiers[0].rate)]

    def _told(self, house: House, line: Line, slices: Slices, whole: Exact) -> Exact:
        inputs = inputs_of(line.quantity, self.table.unit_pair, *_slice_pairs(slices), result=whole)
        house.steps.append(Step(4, line.name, "amount.tiers_marginal", inputs, shown(whole), "元", line.clause))
        return whole

    def _averaged(self, house: House, line: Line, slices: Slices, size: Exact, whole: Exact) -> Exact:
        if not size:
            return Rate(slices[0][1], self.table.unit).amount(house, line) or ZERO
        average = over(whole, size)
        result = times(line.quantity, average)
        pairs = (("area", shown(size)), ("whole", shown(whole)), ("average", shown(average)), *_slice_pairs(slices))
        inputs = inputs_of(line.quantity, self.table.unit_pair, *pairs, result=result)
        house.steps.append(Step(4, line.name, "amount.tiers_average", inputs, shown(result), "元", line.clause))
        return result


def _slice_pairs(slices: Slices) -> list[tuple[str, Value]]:
    return [pair for part, rate in slices for pair in (("slice", shown(part)), ("rate", rate))]
