"""What the first page shows: due work, figures of the year, money by source."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

Urgency = Literal["late", "soon", "calm"]

QUARTER_REPORT_MONTHS = (1, 4, 7, 10)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a number or a due item leads.

    Attributes:
        tab: Key of the tab: ``home``, ``households``, ``awards``.
        filter: Name of a prepared filter of that tab, e.g. ``missing:id``, ``participating``, ``large``; or empty.
        key: Key of a record (scheme, notice run ...) to open; or empty.
    """

    tab: str
    filter: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class DueItem:
    """One line of 要办的事.

    Attributes:
        badge: Short head, e.g. “还有 12 天”, “缺资料”.
        text: What is to be done.
        urgency: Colour: late (red), soon (amber), calm (grey).
        action: Word on the link, e.g. “查看”.
        target: Where the link leads.
        due: The day it is due; None where it has none.
    """

    badge: str
    text: str
    urgency: Urgency
    action: str
    target: Target
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One large number with its caption."""

    key: str
    value: str
    label: str
    target: Target


@dataclass(frozen=True, slots=True)
class FundBar:
    """Money of one kind of source, yuan."""

    label: str
    amount: Decimal
    used: Decimal
    target: Target

    @property
    def left(self) -> Decimal:
        """Yuan not yet used."""
        return self.amount - self.used


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole first page of one day."""

    today: date
    figures: tuple[Figure, ...]
    funds: tuple[FundBar, ...]
    due: tuple[DueItem, ...] = field(default=())

    @property
    def fund_total(self) -> Decimal:
        """Yuan of all sources."""
        return sum((bar.amount for bar in self.funds), Decimal(0))


def next_quarter_report(today: date, day: int) -> date:
    """The next date a quarterly report is due: the ``day``-th of January, April, July or October (清远 三(三))."""
    for month in QUARTER_REPORT_MONTHS:
        due = date(today.year, month, day)
        if due >= today:
            return due
    return date(today.year + 1, QUARTER_REPORT_MONTHS[0], day)


def badge_for(today: date, due: date) -> tuple[str, Urgency]:
    """Badge and urgency of something due on a day."""
    days = (due - today).days
    if days < 0:
        return f"已过 {-days} 天", "late"
    if days == 0:
        return "今天到期", "late"
    return f"还有 {days} 天", "late" if days <= 2 else "soon"
