"""What the money goes to: actual awards by item and by size of household, for the bar and the chart."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fupin_desktop.policy.results import AwardResult, HouseholdAward
from fupin_desktop.ui.models.award_cells import is_large

ZERO, FEN = Decimal(0), Decimal("0.01")


@dataclass(slots=True)
class ItemShare:
    """Actual awards of one item, yuan, and how many households it pays."""

    name: str
    large: Decimal = ZERO
    small: Decimal = ZERO
    households: int = 0

    @property
    def total(self) -> Decimal:
        """Large and small together."""
        return self.large + self.small


def item_shares(result: AwardResult) -> list[ItemShare]:
    """Awards by item, in the scheme's order; each household's award is parted in proportion to its items' amounts.

    The shares of a household add up to its award, so that all shares add up to Σ 实奖补.
    """
    shares = {item.name: ItemShare(item.name) for item in result.scheme.items}
    for award in result.awards:
        if award.award > ZERO:
            for name, part in _parts(award):
                share = shares.setdefault(name, ItemShare(name))
                share.households += 1
                if is_large(award):
                    share.large += part
                else:
                    share.small += part
    return [share for share in shares.values() if share.total > ZERO]


def _parts(award: HouseholdAward) -> list[tuple[str, Decimal]]:
    paid = [item for item in award.items if item.amount > ZERO]
    whole, reached, told, parts = sum((item.amount for item in paid), ZERO), ZERO, ZERO, []
    for item in paid:  # what all items so far come to is rounded, so that no share is less than nothing
        reached += item.amount
        until = (award.award * reached / whole).quantize(FEN)
        parts.append((item.item, until - told))
        told = until
    return parts
