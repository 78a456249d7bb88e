"""Award calculations of the office: live in memory while the clerk edits, and stored when kept."""

from __future__ import annotations

from fupin_desktop.services.awards.calculations import applicants, latest_run, load_run, recalculate, runs
from fupin_desktop.services.awards.comparing import ComparedRow, Comparison, compare
from fupin_desktop.services.awards.desk import Desk

__all__ = [
    "ComparedRow",
    "Comparison",
    "Desk",
    "applicants",
    "compare",
    "latest_run",
    "load_run",
    "recalculate",
    "runs",
]
