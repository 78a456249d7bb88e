"""What is wrong with a value, with its severity, and the value itself."""

from __future__ import annotations

from typing import Any, NamedTuple

from fupin_desktop.domain.reading.raw import Issue
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.values.severity import Place, severity_of


class Fault(NamedTuple):
    """What is wrong with a value, wherever it stands.

    Attributes:
        code: Stable name, e.g. ``area_above_limit``; in the findings of an import with ``import.`` before it.
        severity: Must: the value cannot be taken. Warning: taken, but doubtful.
        sentence: What is wrong, in Chinese, without a full stop.
        todo: What to do, in Chinese, without a full stop.
    """

    code: str
    severity: Severity
    sentence: str
    todo: str

    @property
    def must(self) -> bool:
        """Whether the value cannot be taken."""
        return self.severity is Severity.MUST

    @property
    def text(self) -> str:
        """What is wrong and what to do, as whole sentences."""
        return f"{self.sentence}，{self.todo}。"


class Reading(NamedTuple):
    """What a cell was read as.

    Attributes:
        value: The stored value; None where nothing is given or nothing could be read. With a must fault it is what
            could be made of the cell and is not to be stored.
        faults: What is wrong with the cell, the gravest first.
    """

    value: Any
    faults: tuple[Fault, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the value cannot be taken."""
        return any(fault.must for fault in self.faults)


def judged(issue: Issue, place: Place) -> Fault:
    """An issue with the severity that it has at its place of entry."""
    severity = severity_of(issue.code, place)
    taken = f"，{issue.taken}" if issue.taken and severity is not Severity.MUST else ""
    return Fault(issue.code, severity, f"{issue.sentence}{taken}", issue.todo)
