"""What a check of the data found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

RECKONED = "算出的数"
"""Title of the part about what registers keep as reckoned."""


class Finding(NamedTuple):
    """Something that is not as it should be.

    Attributes:
        sentence: What, and where.
        todo: What to do.
    """

    sentence: str
    todo: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the check.

    Attributes:
        title: What was looked at.
        looked: How much of it, in words.
        findings: What is wrong; empty where nothing is.
        notes: What is worth knowing and not wrong.
    """

    title: str
    looked: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Report:
    """A whole check.

    Attributes:
        at: When it began.
        who: Clerk.
        parts: Each part.
        log_number: Number of the last operation of the log.
        code: Check code of the log up to there, as papers print it; empty where the log is empty.
    """

    at: datetime
    who: str
    parts: tuple[Part, ...]
    log_number: int
    code: str

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong in any part."""
        return all(part.sound for part in self.parts)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong in all parts."""
        return tuple(one for part in self.parts for one in part.findings)

    @property
    def mendable(self) -> bool:
        """Whether something is wrong that the program can reckon anew."""
        return any(part.title == RECKONED and not part.sound for part in self.parts)

    @property
    def verdict(self) -> str:
        """One sentence."""
        count = len(self.findings)
        return "没有发现问题。" if not count else f"发现 {count} 处问题，请逐项处理。"


Tell = Callable[[str], None]
"""Told what is looked at; raises ``errors.Cancelled`` to stop."""
