"""What the checks of a quarterly table look at (清远 三(三))."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """A quarterly table against what should stand in it.

    Attributes:
        due_on: The day by which it is due.
        sent_on: The day on which it is handed in; None takes today.
        ended: Whether the quarter is over.
        projects: How many projects it shows.
        without_project: Places that must appear and have no project.
        unanswered: Projects for which nothing was answered for the quarter, each with its village.
        incomplete: Projects with answers missing: name, and what is missing.
        stalled: Projects that stand still, or ended, and say no trouble.
        falling: Projects whose sum invested is below that of the report sent last.
        over_plan: Projects of which more is done than was planned by a tenth.
    """

    due_on: date
    sent_on: date | None = None
    ended: bool = True
    projects: int = 0
    without_project: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    incomplete: tuple[tuple[str, str], ...] = ()
    stalled: tuple[str, ...] = ()
    falling: tuple[str, ...] = ()
    over_plan: tuple[str, ...] = ()
