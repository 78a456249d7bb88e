"""Checks of applications: what must be, and what should be in principle (原则上)."""

from __future__ import annotations

from fupin_desktop.policy.applications.listing import (
    CHECKS,
    DECLARED,
    EVERY,
    OF_MONEY,
    OF_PLANS,
    OF_REPORTS,
    ApplicationCheck,
    check_application,
    check_named,
)

__all__ = [
    "CHECKS", "DECLARED", "EVERY", "OF_MONEY", "OF_PLANS", "OF_REPORTS", "ApplicationCheck", "check_application",
    "check_named",
]  # fmt: skip
