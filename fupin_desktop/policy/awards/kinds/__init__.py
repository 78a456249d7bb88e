"""Kinds of award rule, one module each."""

from __future__ import annotations

from fupin_desktop.policy.awards.kinds.instalments import InstalmentsRule
from fupin_desktop.policy.awards.kinds.lump import LumpRule
from fupin_desktop.policy.awards.kinds.pool import PoolRule
from fupin_desktop.policy.awards.kinds.rate import RateRule
from fupin_desktop.policy.awards.kinds.registry import all_kinds, find
from fupin_desktop.policy.awards.kinds.rule import AmountRule, Knob
from fupin_desktop.policy.awards.kinds.share import ShareBase, ShareRule
from fupin_desktop.policy.awards.kinds.steps import LumpStep, StepsRule
from fupin_desktop.policy.awards.kinds.tables import TierMeasure
from fupin_desktop.policy.awards.kinds.tiers import Progression, Tier, TiersRule

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
