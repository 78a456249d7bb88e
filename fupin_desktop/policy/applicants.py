"""What the award calculation needs to know of a household; filled from the register or from a workbook."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.vocabulary import BaseKind, HouseholdClass, Participation

_PARTED = re.compile("[、,，;；/\\s]+")


def split_classes(text: str | None) -> tuple[str, ...]:
    """The office's own classes in a cell that may hold several, parted by 、 or another of the usual marks."""
    return tuple(dict.fromkeys(filter(None, _PARTED.split(text or ""))))


class FarmEntry(NamedTuple):
    """One planting or breeding entry (种养项目) of a household, as registered.

    Quantities are in ``unit`` with three decimals, areas in 亩, money in yuan; None means not given.
    """

    product: str
    product_group: str
    unit: str
    declared: Decimal | None
    accepted: Decimal | None
    planned: Decimal | None
    area: Decimal | None
    cost: Decimal | None
    income: Decimal | None
    other_subsidy: Decimal
    base_kind: BaseKind | None
    instalment_year: int


class Applicant(NamedTuple):
    """A household (户) before the calculation.

    Attributes:
        key: Stable key of the household; results go by it, and ties where code, village, group and name are equal.
        code: 户编号, may be empty.
        name: Head of household (户主).
        village: Village name.
        group: 村民小组, may be empty.
        household_class: Poverty class, None where not registered.
        members: Persons, 0 where not registered.
        participation: None where not registered, which counts as not taking part, with that reason.
        area: Whole planted area (全户种养面积, 亩) where registered; else None and the entries' areas are summed.
        earlier: Awards of earlier batches of the same year, yuan.
        priority: Rank for serving by priority, small first; None last.
        entries: Planting and breeding entries.
        own_classes: Classes of the office's own (低保户 …) besides the five.
        shares_number: Whether another household of the register has the same identity number of the head.
    """

    key: str
    code: str
    name: str
    village: str
    group: str
    household_class: HouseholdClass | None
    members: int
    participation: Participation | None
    area: Decimal | None
    earlier: Decimal
    priority: int | None
    entries: tuple[FarmEntry, ...]
    own_classes: tuple[str, ...] = ()
    shares_number: bool = False

    @property
    def class_label(self) -> str:
        """类别 as shown, with its own classes in brackets; empty where none is registered."""
        own = "、".join(self.own_classes)
        if self.household_class is None or not own:
            return own or (self.household_class.label if self.household_class else "")
        return f"{self.household_class.label}({own})"

    @property
    def class_words(self) -> tuple[str, ...]:
        """The words by which a scheme may name its class: its own ones first, then label and code of the five."""
        known = self.household_class
        return self.own_classes if known is None else (*self.own_classes, known.label, known.value)
