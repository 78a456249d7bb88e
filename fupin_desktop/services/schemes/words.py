"""An award scheme's rules in Chinese sentences, as printed in notices and shown beside the rule table."""

from __future__ import annotations

from decimal import Decimal

from fupin_desktop.domain.vocabulary import HouseholdClass
from fupin_desktop.policy.checks import CHECKS, Check
from fupin_desktop.policy.clauses import cite
from fupin_desktop.policy.rules.phrases import plain
from fupin_desktop.policy.scheme import (
    AwardScheme,
    Caps,
    Condition,
    CostScope,
    SchemeItem,
    SubsidyTreatment,
    WhenShort,
)

_ALL = "所有的户"
_SUBSIDY = {
    SubsidyTreatment.COUNT: "已领的其他补助计入成本上限。",
    SubsidyTreatment.DEDUCT: "已领的其他补助从奖补中扣减。",
    SubsidyTreatment.EXCLUDE: "已领其他补助的种养项目不再奖补。",
    SubsidyTreatment.IGNORE: "其他补助不影响奖补。",
}
_SHORT = {
    WhenShort.SCALE: "资金不足时，各户同比例折减。",
    WhenShort.PRIORITY: "资金不足时，按先后顺序奖补，用完为止。",
    WhenShort.STOP: "资金不足时，暂停分配，另行商议。",
}


def rule_sentences(scheme: AwardScheme, large_from: Decimal) -> tuple[str, ...]:
    """One sentence per item, in printed order.

    Args:
        scheme: The scheme.
        large_from: 大户起点 in force, 亩.
    """
    return tuple(f"{item.name}：{item_sentence(item, large_from)}" for item in scheme.items)


def item_sentence(item: SchemeItem, large_from: Decimal) -> str:
    """The rule of one item, e.g. ``小农户每亩 240 元，大户（10 亩及以上）每亩 320 元；0.5 亩起补``."""
    return "；".join(part for part in (standard_words(item, large_from), limit_words(item)) if part)


def standard_words(item: SchemeItem, large_from: Decimal) -> str:
    """The standard of an item with its variants and factors."""
    parts = [item.rule.words(item.unit, large_from)]
    parts += [f"{_whom(variant.when)}{variant.rule.words(item.unit, large_from)}" for variant in item.variants]
    parts += [f"{factor.label or _whom(factor.when) or _ALL} (×{plain(factor.factor)})" for factor in item.factors]
    return "；".join(parts)


def limit_words(item: SchemeItem) -> str:
    """What it is paid beside, from where an item counts and where it is capped; empty for nothing of it."""
    parts = ["同一产品另有项目的，两项都奖"] if item.additional else []
    if item.minimum is not None:
        parts.append(f"{plain(item.minimum)} {item.unit}{'' if item.minimum_included else '以上'}起补")
    if item.quantity_cap is not None:
        parts.append(f"每户最多计 {plain(item.quantity_cap)} {item.unit}")
    if item.money_cap is not None:
        parts.append(f"每户最多 {plain(item.money_cap)} 元")
    return "；".join(parts)


def method_sentences(scheme: AwardScheme, large_from: Decimal) -> tuple[str, ...]:
    """How awards are found beyond the rule table, one sentence each, in the order of the steps."""
    return (
        "只奖补参与和分散参与产业项目的户，数量按申报、验收、计划中最小的计。",
        f"全户种养面积 {plain(large_from)} 亩及以上为大户。",
        f"{_cost_words(scheme)}；{_SUBSIDY[scheme.other_subsidy]}",
        *_class_sentences(scheme),
        *_cap_sentences(scheme),
        _SHORT[scheme.when_short],
        f"实奖补到{scheme.rounding_unit.label}，{scheme.rounding_mode.label}。",
    )


def reason_sentences(scheme: AwardScheme, paper: str) -> tuple[str, ...]:
    """The written reasons for what is not done as it should be in principle, each with what it is about.

    Args:
        scheme: The scheme.
        paper: The paper that governs, in 《》; its clauses are cited.
    """
    known = {check.code: check for check in CHECKS}
    return tuple(_reason(known.get(code), reason, paper) for code, reason in scheme.reasons.items())


def _reason(check: Check | None, reason: str, paper: str) -> str:
    if check is None:
        return reason
    clause = cite(paper, check.clause)
    return f"关于“{check.title}”{f'（{clause}）' if clause else ''}：{reason.rstrip('。')}"


def _cost_words(scheme: AwardScheme) -> str:
    if scheme.cost_scope is CostScope.NONE:
        return "奖补不设成本上限"
    share = "" if scheme.cost_ratio == 1 else f"的 {plain(scheme.cost_ratio * 100)}%"
    scope = "按全户合计" if scheme.cost_scope is CostScope.HOUSEHOLD else "逐项"
    return f"奖补{scope}不超过核定成本{share}"


def _cap_sentences(scheme: AwardScheme) -> list[str]:
    caps = scheme.caps
    groups = [f"{name}各项合计每户最多 {plain(most)} 元" for name, most in scheme.group_caps.items()]
    own = _cap_words(caps, "")
    together = "；连同本年前几批一起计算" if own and caps.cumulative else ""
    alone = f"，{'、'.join(map(_class_word, caps.batch_classes))}只算本批" if together and caps.batch_classes else ""
    sentences = ["；".join([*groups, *own]) + together + alone + "。"] if groups or own else []
    return sentences if caps.batch is None else [*sentences, "；".join(_cap_words(caps.batch, "本批")) + "。"]


def _cap_words(caps: Caps, whose: str) -> list[str]:
    """Each cap in words; ``whose`` begins it."""
    kinds = (("每户", caps.per_household, caps.by_class), ("每人", caps.per_person, caps.per_person_by_class))
    parts = []
    for each, of_all, by_class in kinds:
        parts += [] if of_all is None else [f"{whose}{each}最多 {plain(of_all)} 元"]
        parts += [f"{whose}{_class_word(name)}{each}最多 {plain(most)} 元" for name, most in by_class.items()]
    return parts


def _class_sentences(scheme: AwardScheme) -> list[str]:
    """What the office's own classes count as."""
    told = [f"{name}按{known.label}计" for name, known in scheme.classes.items()]
    return ["、".join(told) + "，方案对其另有规定的从其规定。"] if told else []


def _whom(when: Condition) -> str:
    """The households a factor or variant is for; they have to be one of each list: 监测户、边缘户且大户."""
    classes = sorted(map(_class_word, when.classes))
    sizes = [when.size.label] if when.size is not None else []
    lists = (classes, sorted(when.villages), sorted(when.product_groups), sorted(when.products), sizes)
    return "且".join("、".join(words) for words in lists if words)


def _class_word(word: str) -> str:
    """A class as papers call it, whichever way the scheme file writes it."""
    known = HouseholdClass.from_label(word)
    return word if known is None else known.label
