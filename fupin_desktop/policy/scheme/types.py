"""The award scheme (奖补方案) as a value: what a village and its assisting unit decide for one year.

The engine knows kinds of rule; every number comes from the scheme or from the policy parameters. The TOML form of a
scheme, key by key, is in ``resources/manual``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fupin_desktop.domain.vocabulary import FundKind, HouseholdClass, HouseholdSize, Word
from fupin_desktop.policy.exact import RoundingMode, RoundingUnit
from fupin_desktop.policy.rules.rule import AmountRule


class SubsidyTreatment(Word):
    """What other subsidy already received does (step 6 and 7)."""

    COUNT = "count", "计入成本上限"
    DEDUCT = "deduct", "从奖补中扣减"
    EXCLUDE = "exclude", "该项不再奖补"
    IGNORE = "ignore", "不考虑"


class CostScope(Word):
    """Whether the cost ceiling of step 7 holds for the household's total, for each item, or not at all."""

    HOUSEHOLD = "household", "全户"
    ITEM = "item", "逐项"
    NONE = "none", "不设成本上限"


class WhenShort(Word):
    """What happens when the sum exceeds the money (step 9)."""

    SCALE = "scale", "同比例折减"
    PRIORITY = "priority", "按先后顺序"
    STOP = "stop", "停止，不作分配"


class PriorityKey(StrEnum):
    """What ``priority`` serves by, in the order listed in the scheme; ties fall to the household key."""

    NUMBER = "number"
    LARGE_FIRST = "large_first"
    CLASS = "class"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Condition:
    """When a factor or variant applies; an empty part matches all, the parts are joined by “and”."""

    classes: frozenset[str] = frozenset()
    villages: frozenset[str] = frozenset()
    product_groups: frozenset[str] = frozenset()
    products: frozenset[str] = frozenset()
    size: HouseholdSize | None = None


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor on the amount; all that apply are multiplied."""

    when: Condition
    factor: Decimal
    label: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """Another amount rule for some households; the first that applies replaces the item's own."""

    when: Condition
    rule: AmountRule
    label: str = ""


@dataclass(frozen=True, slots=True)
class SchemeItem:
    """One line of the rule table (奖补项目).

    Attributes:
        name: Shown name, unique in the scheme.
        unit: Unit counted, e.g. 亩, 头, 羽.
        rule: How the amount is found (step 4).
        products: Products (产品) it covers; matched before groups.
        product_groups: Product groups (产业类别) it covers.
        other: Whether it takes what no other item covers (其他, 能帮即帮); one per unit, each takes its own unit.
        additional: Whether it is paid beside an earlier item of the same product and unit (叠加).
        minimum: Step 2, 起补规模; None for none.
        minimum_included: Whether a quantity exactly at the minimum counts.
        quantity_cap: Step 3; None for none.
        money_cap: Step 5, yuan per household for this item; None for none.
        cap_group: Name of the group of items (step 5) it belongs to; empty for none.
        cost_ratio: Step 7 with item scope; None takes the scheme's ratio.
        factors: Step 4.
        variants: Step 4.
    """

    name: str
    unit: str
    rule: AmountRule
    products: tuple[str, ...] = ()
    product_groups: tuple[str, ...] = ()
    other: bool = False
    additional: bool = False
    minimum: Decimal | None = None
    minimum_included: bool = True
    quantity_cap: Decimal | None = None
    money_cap: Decimal | None = None
    cap_group: str = ""
    cost_ratio: Decimal | None = None
    factors: tuple[Factor, ...] = ()
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Caps:
    """Step 8, yuan; None for none.

    Attributes:
        per_household: Most for a household.
        per_person: Most for each member.
        by_class: Instead of ``per_household`` for these classes.
        cumulative: Whether earlier batches of the year are counted in.
        per_person_by_class: Instead of ``per_person`` for these classes.
        batch_classes: Classes whose earlier batches are not counted in although ``cumulative`` says so.
        batch: Caps that hold for this batch alone, besides the others; None for none.
    """

    per_household: Decimal | None = None
    per_person: Decimal | None = None
    by_class: dict[str, Decimal] = field(default_factory=dict)
    cumulative: bool = True
    per_person_by_class: dict[str, Decimal] = field(default_factory=dict)
    batch_classes: tuple[str, ...] = ()
    batch: Caps | None = None

    @property
    def any(self) -> bool:
        """Whether anything is capped."""
        each = self.per_household is not None or self.per_person is not None
        return each or bool(self.by_class or self.per_person_by_class)


@dataclass(frozen=True, slots=True)
class Source:
    """Money the scheme draws on."""

    kind: FundKind
    amount: Decimal
    name: str = ""
    document: str = ""
    original_plan: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided the scheme, when and by which paper (吴川 三(二)4)."""

    village: str = ""
    assisting_unit: str = ""
    decided_on: date | None = None
    meeting: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class AwardScheme:
    """A whole award scheme.

    Attributes:
        name: e.g. 低岭村2026年度产业奖补资金安排方案.
        place: Village or town it belongs to.
        year: Calendar year.
        items: The rule table, in printed order.
        decision: Deciding parties and paper.
        sources: Fund sources; the pool is their sum unless ``pool`` is set.
        pool: Yuan available; None takes the sum of ``sources``; no sources and None means no limit.
        batch: Batch within the year; empty for the only one.
        main_products: The main industry (一村一品) by product; used by the 能帮即帮 check.
        large_from: 大户起点 (亩); None takes the policy parameter.
        group_caps: Step 5 of groups of items: name to yuan per household.
        cost_ratio: Step 7, at most 1.
        cost_scope: Step 7, per household or per item.
        other_subsidy: Step 6 and 7.
        caps: Step 8.
        when_short: Step 9.
        priority: Step 9, order of service.
        class_order: Order of classes for ``PriorityKey.CLASS``.
        partial: Step 9 with priority: whether the household at the end of the money gets what is left.
        rounding_unit: Step 10.
        rounding_mode: Step 10.
        reasons: Written reasons for principle problems, by problem code.
        classes: The office's own classes of household (低保户, 特困户 …), each with the one of the five it counts as.
    """

    name: str
    place: str
    year: int
    items: tuple[SchemeItem, ...]
    decision: Decision = Decision()
    sources: tuple[Source, ...] = ()
    pool: Decimal | None = None
    batch: str = ""
    main_products: tuple[str, ...] = ()
    large_from: Decimal | None = None
    group_caps: dict[str, Decimal] = field(default_factory=dict)
    cost_ratio: Decimal = Decimal(1)
    cost_scope: CostScope = CostScope.HOUSEHOLD
    other_subsidy: SubsidyTreatment = SubsidyTreatment.COUNT
    caps: Caps = Caps()
    when_short: WhenShort = WhenShort.SCALE
    priority: tuple[PriorityKey, ...] = (PriorityKey.NUMBER,)
    class_order: tuple[str, ...] = ()
    partial: bool = True
    rounding_unit: RoundingUnit = RoundingUnit.FEN
    rounding_mode: RoundingMode = RoundingMode.HALF_UP
    reasons: dict[str, str] = field(default_factory=dict)
    classes: dict[str, HouseholdClass] = field(default_factory=dict)

    @property
    def money(self) -> Decimal | None:
        """Yuan available for step 9, or None where nothing limits it."""
        if self.pool is not None:
            return self.pool
        return sum((source.amount for source in self.sources), Decimal(0)) if self.sources else None
