"""What a check found: one sentence with its clause."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding of a check.

    Attributes:
        code: Stable name of the check, e.g. ``award.above_cost``.
        severity: Must blocks; principle takes a written reason; warning only tells.
        sentence: What is wrong and what to do, in Chinese.
        clause: The clause it rests on, e.g. ``吴川 三(二)4``; empty where none.
        field: The field, cell or key at fault; empty where none.
        subjects: Keys of the records concerned (household ids as a rule).
        reason: The written reason given for a principle problem; empty while none is given.
    """

    code: str
    severity: Severity
    sentence: str
    clause: str = ""
    field: str = ""
    subjects: tuple[str, ...] = ()
    reason: str = ""

    @property
    def blocks(self) -> bool:
        """Whether this keeps the work from going on: a must, or a principle without its reason."""
        return self.severity is Severity.MUST or (self.severity is Severity.PRINCIPLE and not self.reason)
