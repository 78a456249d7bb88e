"""Kinds of award rule, one module each."""

from __future__ import annotations

from fupin_desktop.policy.rules.instalments import InstalmentsRule
from fupin_desktop.policy.rules.lump import LumpRule
from fupin_desktop.policy.rules.pool import PoolRule
from fupin_desktop.policy.rules.rate import RateRule
from fupin_desktop.policy.rules.registry import all_kinds, find
from fupin_desktop.policy.rules.rule import AmountRule, Knob
from fupin_desktop.policy.rules.share import ShareBase, ShareRule
from fupin_desktop.policy.rules.steps import LumpStep, StepsRule
from fupin_desktop.policy.rules.tables import TierMeasure
from fupin_desktop.policy.rules.tiers import Progression, Tier, TiersRule

__all__ = [
    "AmountRule",
    "InstalmentsRule",
    "Knob",
    "LumpRule",
    "LumpStep",
    "PoolRule",
    "Progression",
    "RateRule",
    "ShareBase",
    "ShareRule",
    "StepsRule",
    "Tier",
    "TierMeasure",
    "TiersRule",
    "all_kinds",
    "find",
]
