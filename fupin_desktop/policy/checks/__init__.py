"""Checks of a scheme and of a calculation; the list of them is in ``listing``."""

from __future__ import annotations

from fupin_desktop.policy.checks.listing import (
    AWARD_CHECKS,
    CHECKS,
    SCHEME_CHECKS,
    Check,
    check_awards,
    check_run,
    check_scheme,
)

__all__ = ["AWARD_CHECKS", "CHECKS", "SCHEME_CHECKS", "Check", "check_awards", "check_run", "check_scheme"]
