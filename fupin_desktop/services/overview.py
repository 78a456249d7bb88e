"""The values of the first page, by themselves: nothing heavy has to be loaded to show them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

Urgency = Literal["late", "soon", "calm"]
HOUSEHOLD = "household:"
"""Beginning of the filter by which a scheme is shown with one household in front; its key follows."""


class Target(NamedTuple):
    """Where a number or a due item leads.

    Attributes:
        tab: Key of the tab: ``home``, ``applications``, ``households``, ``awards``, ``funds``.
        filter: Name of a prepared filter of that tab, e.g. ``missing:id``, ``participating``, ``large``; or empty.
        key: Key of a record (scheme, notice run ...) to open; or empty.
        register: Name of the register that the filter or record is of; empty for the first one of the tab.
        village: Name of the village whose rows alone are meant; empty for all.
    """

    tab: str
    filter: str = ""
    key: str = ""
    register: str = ""
    village: str = ""


class RowsBehind(NamedTuple):
    """The rows a computed value rests on.

    Attributes:
        title: What the value is.
        headings: Of the columns.
        rows: Texts; the last one is the sum where there is one.
        target: The register or page that leads to them.
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    target: Target


class DueItem(NamedTuple):
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


class Figure(NamedTuple):
    """One large number with its caption."""

    key: str
    value: str
    label: str
    target: Target


class FundBar(NamedTuple):
    """Money of one kind of source, yuan.

    Attributes:
        label: The kind.
        amount: What arrived (到账).
        used: What of it is allocated (已安排).
        target: Where it leads.
    """

    label: str
    amount: Decimal
    used: Decimal
    target: Target

    @property
    def left(self) -> Decimal:
        """Yuan that can still be allocated (可安排)."""
        return self.amount - self.used


class Overview(NamedTuple):
    """The whole first page of one day."""

    today: date
    figures: tuple[Figure, ...]
    funds: tuple[FundBar, ...]
    due: tuple[DueItem, ...] = ()

    @property
    def fund_total(self) -> Decimal:
        """Yuan that arrived of all sources."""
        return sum((bar.amount for bar in self.funds), Decimal(0))


class RecentOperation(NamedTuple):
    """One operation of the log, for the list of recent work.

    Attributes:
        key: Handed to :func:`services.history.undo_one`.
        at: Moment.
        who: Clerk.
        title: The operation.
        undone: Whether it is taken back.
        can_undo: Whether :func:`services.history.undo_one` may be tried.
    """

    key: str
    at: datetime
    who: str
    title: str
    undone: bool
    can_undo: bool
