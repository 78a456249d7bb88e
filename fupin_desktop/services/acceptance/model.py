"""The values of acceptance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fupin_desktop.domain.payments import AcceptanceState, Quality
from fupin_desktop.policy.problems import Problem
from fupin_desktop.services.attachments import Attached

SPOT_SHARE = "acceptance_spot_share"
"""The policy parameter with the least share of spot checks, percent."""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One item of a household.

    Attributes:
        key: The row.
        position: 序号.
        household_key: The household.
        item_key: The item in the register.
        group_name: 村民小组.
        head_name: 户主.
        product: 产品.
        unit: Its unit.
        declared: Declared quantity.
        measured: Measured quantity; None before it is measured.
        quality: What the group found.
        signed: Whether the head of the household signed.
        spot: Whether the town checks it again.
        spot_measured: What the town measured.
        note: 备注.
        files: Photos.
    """

    key: str
    position: int
    household_key: str
    item_key: str
    group_name: str
    head_name: str
    product: str
    unit: str
    declared: Decimal | None
    measured: Decimal | None
    quality: Quality | None
    signed: bool | None
    spot: bool
    spot_measured: Decimal | None
    note: str
    files: tuple[Attached, ...]

    @property
    def name(self) -> str:
        """How a message names it."""
        return f"{self.head_name}的{self.product}"


@dataclass(frozen=True, slots=True)
class AcceptanceLine:
    """An acceptance in a list.

    Attributes:
        key: The batch.
        village_key: The village.
        place: Its name.
        year: Year.
        dated: Day of the acceptance.
        members: 验收组.
        state: How far it has come.
        rows: Items in it.
        households: Households in it.
        measured: Items that are measured.
        spot: Items that are spot-checked.
    """

    key: str
    village_key: str
    place: str
    year: int
    dated: date | None
    members: str
    state: AcceptanceState
    rows: int
    households: int
    measured: int
    spot: int

    @property
    def name(self) -> str:
        """How a message names it."""
        return f"{self.place}{self.year}年度验收"


@dataclass(frozen=True, slots=True)
class Acceptance:
    """An acceptance with its rows.

    Attributes:
        line: What the list shows of it.
        rows: Its items.
        problems: What keeps it from being written, and what to look at.
        spot_by: Who made the spot checks.
        spot_on: When.
        spot_reason: Why there are fewer of them than there should be.
        note: 备注.
        files: Photos and papers of the whole.
        spot_least: Least number of spot checks for what is measured.
    """

    line: AcceptanceLine
    rows: tuple[MeasureRow, ...]
    problems: tuple[Problem, ...]
    spot_by: str
    spot_on: date | None
    spot_reason: str
    note: str
    files: tuple[Attached, ...]
    spot_least: int
