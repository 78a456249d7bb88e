"""Two award calculations side by side, household by household."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fupin_desktop.policy.results import AwardResult, HouseholdAward

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A household in a comparison of two calculations.

    Attributes:
        key: Household key.
        name: Head of household.
        group: 村民小组.
        before: Award of the first, yuan; 0 where the household is not in it.
        after: Award of the second, yuan.
        reason: Reason in the second.
    """

    key: str
    name: str
    group: str
    before: Decimal
    after: Decimal
    reason: str

    @property
    def difference(self) -> Decimal:
        """Yuan more (or less, below 0) in the second."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two calculations side by side.

    Attributes:
        rows: Every household of either, in the order of the second.
        before: Σ award of the first.
        after: Σ award of the second.
        more: Households that get more in the second.
        less: Households that get less.
        left_before: Money left in the first; None where nothing limits it.
        left_after: Money left in the second.
    """

    rows: tuple[ComparedRow, ...]
    before: Decimal
    after: Decimal
    more: int
    less: int
    left_before: Decimal | None
    left_after: Decimal | None


def compare(before: AwardResult, after: AwardResult) -> Comparison:
    """Two calculations side by side, household by household."""
    old = {award.applicant.key: award for award in before.awards}
    new = {award.applicant.key for award in after.awards}
    rows = [_compared(old.get(award.applicant.key), award) for award in after.awards]
    rows += [_compared(award, None) for key, award in old.items() if key not in new]
    return Comparison(
        rows=tuple(rows),
        before=before.totals.award,
        after=after.totals.award,
        more=sum(1 for row in rows if row.after > row.before),
        less=sum(1 for row in rows if row.after < row.before),
        left_before=before.totals.left,
        left_after=after.totals.left,
    )


def _compared(before: HouseholdAward | None, after: HouseholdAward | None) -> ComparedRow:
    one = after or before
    assert one is not None
    return ComparedRow(
        key=one.applicant.key,
        name=one.applicant.name,
        group=one.applicant.group,
        before=before.award if before else ZERO,
        after=after.award if after else ZERO,
        reason=after.reason if after else "",
    )
