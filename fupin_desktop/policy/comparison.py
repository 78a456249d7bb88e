"""The comparison of villages by weighted indicators (考核比较, 清远 二20): scores from figures, ranks from scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is compared.

    Attributes:
        key: Stable name.
        title: Chinese heading; the name by which 考核权重 gives its weight.
        unit: ``%`` for a share, which is its own score; else the best of all has 100.
        register: Register of the rows behind it; empty for the notices.
        content: What of the assessment it measures (考核内容, 清远 二20).
        filter: Named filter there; empty for all rows of the village.
    """

    key: str
    title: str
    unit: str
    register: str
    content: str
    filter: str = ""


INDICATORS = (
    Indicator("document", "产业扶贫文件", "%", "village_years", "政策措施落实"),
    Indicator("coverage", "产业覆盖率", "%", "households", "扶贫产业覆盖", "with_industry"),
    Indicator("entities", "经营主体", "家", "entities", "新型经营主体带动"),
    Indicator("linked", "利益联结带动户", "户", "linkages", "新型经营主体带动"),
    Indicator("trained", "培训人次", "人次", "trainings", "服务体系建设"),
    Indicator("guided", "指导员覆盖率", "%", "households", "服务体系建设", "with_guide"),
    Indicator("spent", "资金支出率", "%", "projects", "政策措施落实"),
    Indicator("published", "公示合规率", "%", "", "政策措施落实"),
    Indicator("income", "收入增幅", "%", "household_incomes", "扶贫产业覆盖"),
)


def assessed(contents: Sequence[str]) -> tuple[Indicator, ...]:
    """The indicators that measure what is assessed.

    Args:
        contents: What is assessed, by the policy in force (清远 二20).
    """
    return tuple(one for one in INDICATORS if one.content in contents)


def titles() -> tuple[str, ...]:
    """The names of all indicators."""
    return tuple(one.title for one in INDICATORS)


class Ranked(NamedTuple):
    """A place with its scores by indicator, their weighted sum and its rank; equal sums have one rank."""

    name: str
    scores: Mapping[str, Decimal]
    total: Decimal
    rank: int


_CENT = Decimal("0.01")


def ranked(figures: Mapping[str, Mapping[str, Decimal | None]], weights: Mapping[str, Decimal]) -> list[Ranked]:
    """Places by their weighted scores, the best first.

    Args:
        figures: Figures by place and indicator; None where there is nothing to be measured, which scores 0.
        weights: Weights by indicator; they need not sum up to 100.
    """
    whole = sum(weights.values(), Decimal(0))
    scored = {name: _scores(of_place, figures) for name, of_place in figures.items()}
    totals = {name: _weighted(scores, weights, whole) for name, scores in scored.items()}
    order = sorted(totals, key=lambda name: -totals[name])
    better = {name: sum(other > totals[name] for other in totals.values()) for name in order}
    return [Ranked(name, scored[name], totals[name], better[name] + 1) for name in order]


def _scores(
    of_place: Mapping[str, Decimal | None], figures: Mapping[str, Mapping[str, Decimal | None]]
) -> dict[str, Decimal]:
    made = {}
    for one in INDICATORS:
        best = Decimal(100) if one.unit == "%" else max(_given(row[one.key] for row in figures.values()))
        value = of_place[one.key] or Decimal(0)
        score = value * 100 / best if best else Decimal(0)
        made[one.key] = min(max(score, Decimal(0)), Decimal(100)).quantize(_CENT, ROUND_HALF_UP)
    return made


def _given(values: object) -> Sequence[Decimal]:
    found = [value for value in values if value is not None]  # type: ignore[attr-defined]
    return found or [Decimal(0)]


def _weighted(scores: Mapping[str, Decimal], weights: Mapping[str, Decimal], whole: Decimal) -> Decimal:
    if not whole:
        return Decimal(0)
    summed = sum((scores[key] * weight for key, weight in weights.items()), Decimal(0))
    return (summed / whole).quantize(_CENT, ROUND_HALF_UP)
