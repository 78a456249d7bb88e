"""Award calculations of the office: live in memory while the clerk edits, and stored when kept."""

from __future__ import annotations

from fupin_desktop.services.awards.calculations import (
    KeptRun,
    applicants,
    last_kept,
    latest_run,
    load_run,
    posted_run,
    recalculate,
    runs,
)
from fupin_desktop.services.awards.comparing import ComparedRow, Comparison, compare
from fupin_desktop.services.awards.desk import Desk, require_sound
from fupin_desktop.services.awards.stored_runs import StoredRun

__all__ = [
    "ComparedRow",
    "Comparison",
    "Desk",
    "KeptRun",
    "StoredRun",
    "applicants",
    "compare",
    "last_kept",
    "latest_run",
    "load_run",
    "posted_run",
    "recalculate",
    "require_sound",
    "runs",
]
