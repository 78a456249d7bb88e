"""What money is allocated to and paid for."""

from __future__ import annotations

from dataclasses import dataclass

from fupin_desktop.domain.vocabulary import TargetKind


@dataclass(frozen=True, slots=True)
class FundTarget:
    """What money is allocated to.

    Attributes:
        kind: Town, village, use plan or award scheme.
        key: Its key; of a plan that of its first version; empty for one that only the ledger knows by name.
        name: As shown.
    """

    kind: TargetKind
    key: str
    name: str

    @property
    def mark(self) -> tuple[TargetKind, str]:
        """What makes it the same target under another spelling of its name."""
        return self.kind, self.key or self.name
