"""What the checks of documents of money look at: a use plan or an approval sheet, and what the ledger says of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)


class SourceFact(NamedTuple):
    """One row of 资金来源 and the fund source of the ledger that it means.

    Attributes:
        path: Path of the row, e.g. ``sources[2]``.
        name: As typed.
        amount: Yuan; None where not given.
        key: Key of the source in the ledger; empty where it is none, or more than one.
        matching: How many sources of the ledger the row can mean.
        available: Yuan of it that can be allocated from the plan's day on, what the plan holds already included.
        paid: Yuan of it that are paid out under the plan already.
        original_plan: The plan it is bound to (吴川 三(二)2); empty for none.
        kind: Its kind, as the ledger calls it; empty where it is none of the ledger.
    """

    path: str
    name: str
    amount: Decimal | None
    key: str = ""
    matching: int = 0
    available: Decimal = ZERO
    paid: Decimal = ZERO
    original_plan: str = ""
    kind: str = ""


class UseFact(NamedTuple):
    """One row of 使用计划.

    Attributes:
        path: Path of the row.
        item: What for.
        place: Where.
        amount: Yuan; None where not given.
        quantity: How much of it; None where not given.
        price: Yuan for one; None where not given.
        heads: Households it is for; None where not given.
        takes_part: Whether the village named as its place takes part; None where it is no village of the office.
        claim: What it was taken over from; empty where it was typed.
    """

    path: str
    item: str
    place: str = ""
    amount: Decimal | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    heads: int | None = None
    takes_part: bool | None = None
    claim: str = ""


class ItemFact(NamedTuple):
    """One row of 支出明细 of an approval sheet; the attributes are those of its columns."""

    path: str
    item: str
    amount: Decimal | None = None
    payee: str = ""
    account: str = ""
    evidence: str = ""
    sheets: int | None = None
    claim: str = ""


class ClaimFact(NamedTuple):
    """An award calculation, a household's award in it, or a project, that rows were taken over from.

    Attributes:
        key: As the rows have it; a household's begins with its calculation's.
        name: As it is told.
        awards: Whether it is an award (吴川 三(二)4), not a project.
        ceiling: Yuan it comes to.
        elsewhere: Yuan of it in other documents that are on their way or approved.
        paid: Yuan paid for its scheme by the ledger itself, without a plan.
        gate: Why it may not be paid yet, a Chinese sentence; empty where it may.
        path: Path of the first row that has it.
    """

    key: str
    name: str
    awards: bool
    ceiling: Decimal
    elsewhere: Decimal = ZERO
    gate: str = ""
    path: str = ""
    paid: Decimal = ZERO

    def covers(self, claim: str) -> bool:
        """Whether a row's claim is this one, or part of it."""
        return claim == self.key or claim.startswith(f"{self.key}/")


class PoolFact(NamedTuple):
    """A project that a plan is for, as the pool has it (清远 二21).

    Attributes:
        name: As told.
        state: How far it is; empty where the pool does not have it.
        pooled: Whether it is in the pool.
        targets: Whether it has performance targets for the plan's year (清远 二12).
    """

    name: str
    state: str = ""
    pooled: bool = False
    targets: bool = False


@dataclass(frozen=True, slots=True)
class FundFacts:
    """A document of money and what the ledger says of it.

    Attributes:
        sheet: Whether it is an approval sheet, which draws on a plan; else it is a plan.
        project: What the money is for, with its place: the plan as the ledger names it.
        same_number: Who has the same 编号 in the year; empty where nobody has.
        batch: 批次 of the town by its application of the year; empty where none is on record.
        planned_elsewhere: Yuan of the town's other plans of the year, approved or on their way.
        takes_part: Whether anybody in the place takes part; None where that is not asked.
        sources: Rows of 资金来源.
        uses: Rows of 使用计划.
        items: Rows of 支出明细.
        claims: What rows were taken over from.
        left_out: Yuan paid already by name of sources that the plan no longer names.
        texts: Texts by path that may speak of an equal split.
        plan_gate: Why nothing can be drawn on the plan, a Chinese sentence; empty where it can.
        plan_since: Day the plan was approved first; None where there is none.
        approved: Yuan the plan may spend.
        paid: Yuan paid under the plan, but for what was paid by this sheet and its earlier versions.
        on_way: Yuan that other sheets on their way or approved have still to get; of a plan all sheets that rest on it.
        own_paid: Yuan paid by this sheet and its earlier versions.
        shown_paid: 已拨付 as the paper shows it; None before it is submitted.
        pool: The projects that a plan is for; None where the office keeps no pool, or it is for awards alone.
        registered: What the register of objections says of the place's notice, empty while it says nothing yet; None
            where there is no notice.
        withdrawn: Periods of withdrawn notices of the place, as papers write them, that no standing notice has.
    """

    sheet: bool = False
    registered: str | None = None
    withdrawn: frozenset[str] = frozenset()
    project: str = ""
    same_number: str = ""
    batch: str = ""
    planned_elsewhere: Decimal = ZERO
    takes_part: bool | None = None
    sources: tuple[SourceFact, ...] = ()
    uses: tuple[UseFact, ...] = ()
    items: tuple[ItemFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    left_out: Mapping[str, Decimal] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    plan_gate: str = ""
    plan_since: date | None = None
    approved: Decimal = ZERO
    paid: Decimal = ZERO
    on_way: Decimal = ZERO
    own_paid: Decimal = ZERO
    shown_paid: Decimal | None = None
    pool: tuple[PoolFact, ...] | None = None

    @property
    def rows(self) -> tuple[UseFact | ItemFact, ...]:
        """The uses of a plan, or the items of a sheet."""
        return (*self.uses, *self.items)

    @property
    def total(self) -> Decimal:
        """Yuan of the rows together."""
        return sum((row.amount or ZERO for row in self.rows), ZERO)

    @property
    def sources_total(self) -> Decimal:
        """Yuan of the sources together."""
        return sum((row.amount or ZERO for row in self.sources), ZERO)
