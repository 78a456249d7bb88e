"""The award scheme (奖补方案): its value types here, its file in ``file``, its items in ``items``."""

from __future__ import annotations

from fupin_desktop.policy.exact import RoundingMode, RoundingUnit
from fupin_desktop.policy.scheme.types import (
    AwardScheme,
    Caps,
    Condition,
    CostScope,
    Decision,
    Factor,
    PriorityKey,
    SchemeItem,
    Source,
    SubsidyTreatment,
    Variant,
    WhenShort,
)

__all__ = [
    "AwardScheme",
    "Caps",
    "Condition",
    "CostScope",
    "Decision",
    "Factor",
    "PriorityKey",
    "RoundingMode",
    "RoundingUnit",
    "SchemeItem",
    "Source",
    "SubsidyTreatment",
    "Variant",
    "WhenShort",
]
