"""The working of an award as data: which rule, on which values, by which clause, to which result."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Value = Decimal | int | str | None


class Step(NamedTuple):
    """One step of a household's working.

    Attributes:
        number: Step of the calculation, 0 (participation) to 10 (rounding).
        item: Name of the scheme item, empty for steps of the whole household.
        rule: Stable code, e.g. ``quantity.smallest``, ``cost.ceiling``; its sentence is in ``policy.awards.telling``.
        inputs: Named values the rule used, in reading order: ``(("declared", Decimal("3.2")), ...)``.
        result: Value after the step; None where the step only states a fact.
        unit: Unit of the result, e.g. 亩 or 元.
        clause: The clause or the scheme's own line it rests on.
    """

    number: int
    item: str
    rule: str
    inputs: tuple[tuple[str, Value], ...]
    result: Decimal | None
    unit: str
    clause: str
