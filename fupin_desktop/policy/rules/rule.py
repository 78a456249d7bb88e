"""What a kind of award rule is: the record a scheme holds, and everything the program asks of it.

A kind is one module: a frozen dataclass below :class:`AmountRule` and the compiled form that works out amounts. The
scheme file, the calculation, the sentences of the working, notices, the rule grid, what-if, 反推标准 and the checks ask
the record; none of them knows a kind by name. :mod:`fupin_desktop.policy.rules.registry` lists the kinds.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple, Protocol, Self

from fupin_desktop.domain.strict_toml import Table
from fupin_desktop.policy.applicants import FarmEntry
from fupin_desktop.policy.exact import Exact
from fupin_desktop.policy.rules.controls import Control
from fupin_desktop.policy.rules.lines import House, Line


class Compiled(Protocol):
    """A rule ready to be applied to many households."""

    def amount(self, house: House, line: Line) -> Exact | None:
        """Step 4: yuan, exact; None where the rule is not reached. The working of ``house`` grows."""


Put = Callable[[Any, Decimal], "AmountRule"]


class Knob(NamedTuple):
    """One number of a rule that 试算对比 lets one turn.

    Attributes:
        label: What it is, without the item's name, e.g. ``大户 (元/亩)``.
        value: Its value, in yuan or as a share of 1.
        put: Gives a rule of the kind with another value.
        share: Whether it is a share of 1.
    """

    label: str
    value: Decimal
    put: Put
    share: bool = False


def rate_knob(label: str, rule: AmountRule, at: int = 0) -> Knob:
    """The knob of one of the rates of a rule."""

    def put(rule: AmountRule, value: Decimal) -> AmountRule:
        rates = rule.rates()
        return rule.with_rates([*rates[:at], value, *rates[at + 1 :]])

    return Knob(label, rule.rates()[at], put)


class RowWords(NamedTuple):
    """How inputs that come several times are told: names of one row, its template, and what joins the rows."""

    names: tuple[str, ...]
    template: str
    joint: str


class AmountRule(ABC):
    """How step 4 finds the amount of an item or of a variant.

    Attributes:
        value: The kind's code in scheme files.
        label: Its Chinese name.
        help: What it does, beside the editor of the rule.
        controls: The fields of the editor; their keys are the keys of the scheme file.
        seed: What the editor begins with where the kind is chosen, by key.
        sentences: Templates of the steps its compiled form tells, by rule code ``amount.…``.
        rows: For templates with ``{rows}``.
        one_rate: Whether there is always one rate, so that 反推标准 can set it where it is still 0.
    """

    __slots__ = ()

    value: ClassVar[str]
    label: ClassVar[str]
    help: ClassVar[str]
    controls: ClassVar[tuple[Control, ...]]
    seed: ClassVar[Mapping[str, Any]]
    sentences: ClassVar[Mapping[str, str]] = {}
    rows: ClassVar[Mapping[str, RowWords]] = {}
    one_rate: ClassVar[bool] = False

    @classmethod
    def keys(cls) -> frozenset[str]:
        """The keys of the scheme file that belong to the kind."""
        return frozenset(control.key for control in cls.controls)

    # ── scheme file ─────────────────────────────────────────────────────────────────────────────────────────────────

    @classmethod
    @abstractmethod
    def read(cls, table: Table) -> Self:
        """The rule of an item's table.

        Raises:
            BadDefinition: A key is missing or wrong.
        """

    @abstractmethod
    def write(self) -> dict[str, Any]:
        """The keys and values of the rule, fit for TOML and JSON; ``read`` gives the same rule back."""

    # ── calculation ─────────────────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def compile(self, unit: str, key: str, large_from: Decimal) -> Compiled:
        """The compiled form.

        Args:
            unit: The item's unit.
            key: Name under which a rate found from a pool is kept.
            large_from: 大户起点, 亩.
        """

    def starts(self, large_from: Decimal) -> Sequence[Decimal]:
        """Where the rows of the rule begin, in their order; they must ascend."""
        return ()

    def shared_pool(self) -> Decimal | None:
        """Yuan that are shared out by quantity once all households are known; None for kinds that share none."""
        return None

    def counts(self, entry: FarmEntry) -> bool:
        """Whether the rule pays for an entry at all; what it leaves out uses up no quantity cap."""
        return True

    # ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def words(self, unit: str, large_from: Decimal) -> str:
        """The standard as notices and schemes print it, e.g. ``每亩 240 元``."""

    @classmethod
    @abstractmethod
    def in_grid(cls, table: Mapping[str, Any]) -> str:
        """The standard in the rule grid, out of an item's table that may be half typed."""

    def by_size(self, large_from: Decimal) -> tuple[Decimal, Decimal] | None:
        """Rate of small and of large households where that says it all; None otherwise."""
        return None

    # ── what-if, 反推标准, checks ─────────────────────────────────────────────────────────────────────────────────────

    @abstractmethod
    def knobs(self, unit: str) -> tuple[Knob, ...]:
        """The numbers that can be turned."""

    def rates(self) -> tuple[Decimal, ...]:
        """The rates or lump sums that 反推标准 scales together, yuan; empty for kinds without any."""
        return ()

    def with_rates(self, rates: Sequence[Decimal]) -> Self:
        """The rule with other rates, as many as ``rates`` gives."""
        return self

    def gives_nothing(self) -> bool:
        """Whether it gives 0 to everybody."""
        return not any(self.rates())
