"""The values of the fund ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.domain.vocabulary import EntryKind, FundKind, TargetKind

ZERO = Decimal("0.00")
OPENING = "上年结转"
_CARRIED = re.compile(r"(?P<name>.+)[(（](?P<year>\d{4})年度结转[)）]", re.ASCII)


def carried_word(year: int) -> str:
    """How a source of an earlier year is marked (结转)."""
    return f"{year}年度结转"


def carried_name(name: str, year: int) -> str:
    """The name of a source of an earlier year, with that year."""
    return f"{name}({carried_word(year)})"


def split_carried(text: str) -> tuple[str, int] | None:
    """Name and year of what :func:`carried_name` gave; None for any other text."""
    found = _CARRIED.fullmatch(text)
    return (found["name"], int(found["year"])) if found else None


DONATED = frozenset({FundKind.DONATION_630, FundKind.STAFF_DONATION})
"""Kinds of money that are donated; a list of donors may be kept for any other too."""


@dataclass(frozen=True, slots=True)
class FundForm:
    """A fund source as it is edited.

    Attributes:
        kind: Kind of money (吴川 三(一)4, 三(二)2, 三(二)5).
        name: Its name, unique within a year and kind together with ``document_no``.
        amount: Yuan assigned (下达); 0 where no paper says how much will come.
        document_no: Number of the document that assigns it (文号).
        received_on: Day it arrived; None where it has not, or not yet.
        original_plan: The plan it is bound to; for anything else it is used in principle not, or never where a county
            says so (吴川 三(二)2).
        donors: Donors, for donations.
        note: Remark.
        year: Year it is spent in; 0 takes the year at work.
        assigned_on: Day of the paper that assigns it; None takes the day it arrived, else the first day of its year.
    """

    kind: FundKind
    name: str
    amount: Decimal
    document_no: str = ""
    received_on: date | None = None
    original_plan: str = ""
    donors: str = ""
    note: str = ""
    year: int = 0
    assigned_on: date | None = None


class FundFigures:
    """What follows from the sums of a fund source, or of several together, in yuan."""

    __slots__ = ()
    received: Decimal
    allocated: Decimal
    paid: Decimal

    @property
    def available(self) -> Decimal:
        """可安排: what arrived and is not allocated."""
        return self.received - self.allocated

    @property
    def unpaid(self) -> Decimal:
        """已安排未拨付: what is allocated and not paid."""
        return self.allocated - self.paid

    @property
    def in_hand(self) -> Decimal:
        """账面余额: what arrived and is not paid."""
        return self.received - self.paid


@dataclass(frozen=True, slots=True)
class FundBalance(FundForm, FundFigures):
    """A fund source with what became of it up to a day; its days are when the first money was assigned and arrived.

    Attributes:
        key: Its key.
        received: Yuan that arrived.
        allocated: Yuan allocated to towns, villages, plans and schemes.
        paid: Yuan paid out.
        planned: Yuan that the award schemes of its year name of it, allocated or not.
        awarded: Yuan awarded of it by the latest stored calculation of each of those schemes, which uses the money of
            its scheme in the order the scheme lists it.
        explained: Of each of those schemes the written reason for drawing on money of an original plan; empty texts
            where none is given.
        voided: Whether it was registered in error and counts no more.
        carried: Whether it is of an earlier year than the one asked for (上年结转).
    """

    key: str = ""
    received: Decimal = ZERO
    allocated: Decimal = ZERO
    paid: Decimal = ZERO
    planned: Decimal = ZERO
    awarded: Decimal = ZERO
    explained: tuple[str, ...] = ()
    voided: bool = False
    carried: bool = False

    @property
    def shown(self) -> str:
        """Its name, with its year where that is an earlier one."""
        return carried_name(self.name, self.year) if self.carried else self.name

    @property
    def carried_word(self) -> str:
        """Of which earlier year it is; empty for the year's own."""
        return carried_word(self.year) if self.carried else ""

    @property
    def assigned(self) -> Decimal:
        """Yuan assigned (下达)."""
        return self.amount


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry to be posted.

    Attributes:
        source_key: Its source.
        kind: What it does.
        amount: Yuan, above 0; below 0 for a counter-entry alone.
        dated: Its day.
        target: To what it is allocated or paid; None for ASSIGNED and RECEIVED.
        paper_key: Document of the program that caused it.
        paper_no: Number of the voucher or document.
        payee: Who got the money.
        counters_key: The entry it takes back, wholly or in part.
        note: Remark; of a counter-entry its reason.
        key: Its own key, where another entry of the same posting counters it; empty makes one.
        reason: Why it departs from what holds in principle (吴川 三(一)5, 三(二)2); written into the note.
    """

    source_key: str
    kind: EntryKind
    amount: Decimal
    dated: date
    target: FundTarget | None = None
    paper_key: str = ""
    paper_no: str = ""
    payee: str = ""
    counters_key: str = ""
    note: str = ""
    key: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LedgerFilter:
    """Which entries are asked for; empty values do not choose.

    Attributes:
        year: Year whose ledger is asked for: all entries of its own sources, and those since it began of the sources
            carried over into it; 0 for all entries of all years.
        source_key: One source.
        kind: One kind of entry.
        target_kind: One kind of target.
        target_key: One target.
        since: First day.
        until: Last day.
        text: Part of a source's name or 文号, target, payee, number or note.
    """

    year: int
    source_key: str = ""
    kind: EntryKind | None = None
    target_kind: TargetKind | None = None
    target_key: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """An entry of the ledger as shown.

    Attributes:
        key: Its key.
        source_key: Its source.
        source: Name of the source.
        source_kind: Kind of the source.
        document_no: 文号 of the source.
        kind: What it does.
        amount: Yuan, below 0 for counter-entries.
        dated: Its day.
        target: To what; None for ASSIGNED and RECEIVED.
        paper_key: Document of the program that caused it.
        paper_no: Number of voucher or document.
        payee: Who got the money.
        counters_key: The entry it takes back; empty for others.
        note: Remark or reason.
        at: When it was written.
        who: By whom.
        available_after: 可安排 of its source after it, entries in the order of day, writing and key.
        in_hand_after: 账面余额 of its source after it.
        countered: Yuan of it that counter-entries took back.
        carried_from: Year of its source where that is carried over from an earlier one; else 0.
    """

    key: str
    source_key: str
    source: str
    source_kind: FundKind
    document_no: str
    kind: EntryKind
    amount: Decimal
    dated: date
    target: FundTarget | None
    paper_key: str
    paper_no: str
    payee: str
    counters_key: str
    note: str
    at: datetime
    who: str
    available_after: Decimal
    in_hand_after: Decimal
    countered: Decimal
    carried_from: int = 0

    @property
    def source_shown(self) -> str:
        """Name of the source, with its year where that is an earlier one."""
        return carried_name(self.source, self.carried_from) if self.carried_from else self.source

    @property
    def left(self) -> Decimal:
        """Yuan that can still be countered; 0 for a counter-entry."""
        return ZERO if self.counters_key else self.amount - self.countered


class SourceShare(NamedTuple):
    """What one source gives a target."""

    source_key: str
    name: str
    document_no: str
    allocated: Decimal
    paid: Decimal

    @property
    def left(self) -> Decimal:
        """Allocated and not yet paid."""
        return self.allocated - self.paid


@dataclass(frozen=True, slots=True)
class TargetBalance:
    """What a target got, in total and by source in the order the sources were registered."""

    target: FundTarget
    by_source: tuple[SourceShare, ...] = ()

    @property
    def allocated(self) -> Decimal:
        """Yuan allocated to it."""
        return sum((share.allocated for share in self.by_source), ZERO)

    @property
    def paid(self) -> Decimal:
        """Yuan paid for it."""
        return sum((share.paid for share in self.by_source), ZERO)

    @property
    def left(self) -> Decimal:
        """Allocated and not yet paid."""
        return self.allocated - self.paid


@dataclass(frozen=True, slots=True)
class Opening:
    """What a source carried over begins a year with (上年结转); it is no entry.

    Attributes:
        source_key: The source.
        source: Its name.
        source_kind: Its kind.
        document_no: Its 文号.
        year: Its own year.
        dated: Last day that is summed.
        sums: Yuan of each kind of entry up to that day.
        voided: Whether the source counts no more.
    """

    source_key: str
    source: str
    source_kind: FundKind
    document_no: str
    year: int
    dated: date
    sums: Mapping[EntryKind, Decimal]
    voided: bool = False

    @property
    def source_shown(self) -> str:
        """Name of the source, with its year."""
        return carried_name(self.source, self.year)

    @property
    def available(self) -> Decimal:
        """可安排: what arrived and is not allocated."""
        return self.sums[EntryKind.RECEIVED] - self.sums[EntryKind.ALLOCATED]

    @property
    def in_hand(self) -> Decimal:
        """账面余额: what arrived and is not paid."""
        return self.sums[EntryKind.RECEIVED] - self.sums[EntryKind.PAID]
