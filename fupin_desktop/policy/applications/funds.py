"""Checks of money in use plans and approval sheets."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FundFacts:
    """What the rules of money look at."""
