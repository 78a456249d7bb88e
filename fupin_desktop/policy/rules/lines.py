"""What the rules of step 4 work on: a household in the making and one item's line of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.policy.applicants import Applicant, FarmEntry
from fupin_desktop.policy.exact import ZERO, Exact, exact_text, shown
from fupin_desktop.policy.working import Step, Value

Part = tuple[FarmEntry, Decimal]


class House:
    """A household while its award is being worked out.

    ``costed`` are the entries (by identity) whose cost and other subsidy an item has taken, where the scheme has items
    that are paid beside others; None where no entry falls to two.
    """

    __slots__ = (
        "applicant",
        "area",
        "costed",
        "label",
        "marks",
        "notes",
        "pool_rates",
        "several",
        "size",
        "steps",
        "weights",
    )

    def __init__(self, applicant: Applicant, pool_rates: Mapping[str, Decimal] | None) -> None:
        self.applicant = applicant
        self.pool_rates = pool_rates
        self.area = ZERO
        self.size = HouseholdSize.SMALL
        self.label = ""
        self.several = len(applicant.entries) > 1
        self.costed: set[int] | None = None
        self.steps: list[Step] = []
        self.notes: list[str] = []
        self.marks: list[str] = []
        self.weights: list[tuple[str, Exact]] = []

    def mark(self) -> tuple[int, int, int]:
        """How far steps, notes and weights have come."""
        return len(self.steps), len(self.notes), len(self.weights)

    def back_to(self, mark: tuple[int, int, int]) -> None:
        """Forget what was told since a mark."""
        steps, notes, weights = mark
        del self.steps[steps:], self.notes[notes:], self.weights[weights:]

    def note(self, name: str, text: str) -> None:
        """Keep a reason for the table; the item is named where the household has several entries."""
        self.notes.append(f"{name}{text}" if self.several else text)


class Line:
    """One item of one household, or the entries of it that take the same variant.

    Attributes:
        parts: Its entries with their counted quantities.
        uncut: Quantity of the entries that the rule pays for, before the cap.
        quantity: What the cap leaves of it.
        factor: Factor of the entries; None where none holds.
        pool: Name of the pool its rate is found from; empty for none.
        standard: The standard in words.
    """

    __slots__ = ("clause", "factor", "name", "parts", "pool", "quantity", "standard", "uncut", "unit")

    def __init__(self, name: str, unit: str, clause: str, parts: list[Part], uncut: Decimal, quantity: Exact) -> None:
        self.name = name
        self.unit = unit
        self.clause = clause
        self.parts = parts
        self.uncut = uncut
        self.quantity = quantity
        self.factor: Exact | None = None
        self.pool = ""
        self.standard = ""


def inputs_of(quantity: Exact, *pairs: tuple[str, Value], result: Exact = ZERO) -> tuple[tuple[str, Value], ...]:
    """Inputs of a step that begin with the quantity; an unending result is kept exactly beside them."""
    exact = exact_text(result)
    start = (("quantity", shown(quantity)), *pairs)
    return start if exact is None else (*start, ("exact", exact))


def rate_text(rate: Decimal, unit: str) -> str:
    """A rate in words, e.g. ``320.00 元/亩``."""
    return f"{rate:,.2f} 元/{unit}"


def rates_text(rates: Sequence[Decimal], unit: str) -> str:
    """Several rates in words, short enough for a column, e.g. ``420.00、520.00 元/亩``."""
    return f"{'、'.join(f'{rate:,.2f}' for rate in rates)} 元/{unit}"


def percent(share: Decimal) -> str:
    """A share in per cent without idle zeros, e.g. ``30%``."""
    return f"{(share * 100).normalize():f}%"


