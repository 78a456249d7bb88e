"""What the checks of an application look at."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from fupin_desktop.policy.applications.fund_facts import FundFacts
from fupin_desktop.policy.applications.report_facts import ReportFacts
from fupin_desktop.policy.numbers import PolicyNumbers

Finding = tuple[str, str]
"""A sentence, and the path of the field at fault; empty where none."""


class FieldFact(NamedTuple):
    """A field of the form.

    Attributes:
        name: Name in the data.
        label: Chinese label.
        type: Type of the field, as ``documents`` names it.
        required: Whether the form needs it.
        clause: Clause the need rests on.
        typed: Whether the clerk types it; else it comes from the registers.
        columns: Of a list, its columns.
    """

    name: str
    label: str
    type: str
    required: bool = False
    clause: str = ""
    typed: bool = True
    columns: tuple[FieldFact, ...] = ()


class OpinionFact(NamedTuple):
    """What a sign-off box says."""

    box: str
    label: str
    agrees: bool | None
    text: str
    name: str
    dated: date | None


class AllocationFact(NamedTuple):
    """One row of a list that allocates money.

    Attributes:
        path: Path of the row, e.g. ``villages[2]``.
        name: Who gets it.
        heads: Persons, or households, it is for; None where the list does not say.
        amount: Yuan.
        takes_part: Whether the village takes part; None where it is no village of the office.
    """

    path: str
    name: str
    heads: int | None
    amount: Decimal
    takes_part: bool | None


class AreaFact(NamedTuple):
    """The declared area in its parts, 亩 (吴川 三(二)1)."""

    cooperative: Decimal
    large: Decimal
    scattered: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """An application and what the registers say about its place.

    Attributes:
        day: The day whose policy numbers hold.
        parameters: Policy numbers.
        checks: Codes of the checks it passes.
        clauses: Clause of a check, by its code, where it is another than the check's own.
        of_town: Whether it is the town's, and speaks of all its villages.
        fields: Fields of the form in order.
        values: Data by field, typed and bound.
        faults: Sentences by path of values that do not fit their fields.
        opinions: Boxes in the order of the signatures.
        made_on: Date of the application (填报日期).
        today: The present day.
        participating: Participating households of the place.
        area: Area as the form shows it; None where it shows none.
        register_area: Area as the register has it.
        allocations: Lists that allocate money, by the list's name.
        original_plan: Plan that “人均2万” money of the ledger is bound to; empty where none is registered.
        register_items: The household's items as the register has them.
        sent: Whether it is submitted, so that its numbers are those of that day.
        names: Field of each thing the rules speak of, by its name below; a thing without a field is left out.
        fund: What the rules of money look at, for documents that allocate any.
        report: What the rules of reports look at, for quarterly tables.
        foreign: Short names of the documents that hold in other counties and are not the form's own, e.g. 清远.
    """

    day: date
    parameters: PolicyNumbers
    checks: Collection[str] = ()
    clauses: Mapping[str, str] = field(default_factory=dict)
    of_town: bool = False
    fields: tuple[FieldFact, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    opinions: tuple[OpinionFact, ...] = ()
    made_on: date | None = None
    today: date | None = None
    participating: int = 0
    area: AreaFact | None = None
    register_area: AreaFact | None = None
    allocations: Mapping[str, tuple[AllocationFact, ...]] = field(default_factory=dict)
    original_plan: str = ""
    register_items: tuple[Mapping[str, Any], ...] = ()
    sent: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    fund: FundFacts | None = None
    report: ReportFacts | None = None
    foreign: frozenset[str] = frozenset()

    def path(self, thing: str) -> str:
        """Field of a thing; empty where the form has none."""
        return self.names.get(thing, "")

    def get(self, thing: str) -> Any:
        """Value of a thing; None where the form has none, or nothing is given."""
        name = self.names.get(thing)
        return self.values.get(name) if name else None

    def text(self, thing: str) -> str:
        """Text of a thing; a list of texts joined."""
        value = self.get(thing)
        if value is None:
            return ""
        return "、".join(value) if isinstance(value, list | tuple) else str(value)

    def number(self, key: str) -> Decimal:
        """A policy number in force."""
        return Decimal(str(self.parameters.value(key, self.day).value))

    def words(self, key: str) -> tuple[str, ...]:
        """A policy list in force."""
        value = self.parameters.value(key, self.day).value
        return value if isinstance(value, tuple) else (str(value),)

    def label(self, name: str) -> str:
        """Label of a field."""
        return next((one.label for one in self.fields if one.name == name), name)


def is_empty(value: object) -> bool:
    """Whether nothing is given."""
    return value is None or value == "" or value == [] or value == ()
