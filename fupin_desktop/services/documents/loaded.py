"""An application read whole: its record, its data, and what the checks found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fupin_desktop.documents.definition.form import FormDefinition
from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.policy.problems import Problem
from fupin_desktop.storage.entities import Application, ApplicationReason, FrozenPaper


@dataclass(frozen=True, slots=True)
class Loaded:
    """An application with its data and what the checks found.

    Attributes:
        application: Its record.
        form: The form it was begun with.
        typed: What is typed.
        data: Typed, bound and signed values.
        problems: Findings.
        passed: Checks that found nothing.
        reasons: Reasons given.
        frozen: Its frozen paper, once approved.
    """

    application: Application
    form: FormDefinition
    typed: dict[str, Any]
    data: dict[str, Any]
    problems: tuple[Problem, ...]
    passed: int
    reasons: list[ApplicationReason]
    frozen: FrozenPaper | None = None

    @property
    def blocking(self) -> int:
        """Number of must problems."""
        return sum(1 for problem in self.problems if problem.severity is Severity.MUST)
