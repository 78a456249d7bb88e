"""What registers check of days: that one does not lie before another, and none in the future."""

from __future__ import annotations

from collections.abc import Iterable

from fupin_desktop.domain.vocabulary import Severity
from fupin_desktop.services.registers.description import Check, Checked, Finding


def in_order(first: str, last: str, sentence: str) -> Check:
    """A check that two days stand in their order; they may be the same.

    Args:
        first: Column key of the day that comes first.
        last: That of the other, at which it is told.
        sentence: What is told.
    """

    def check(checked: Checked) -> Iterable[Finding]:
        for key, values in checked.records.items():
            if values[first] and values[last] and values[last] < values[first]:
                yield Finding(key, last, sentence, Severity.MUST)

    return check


def not_ahead(column: str, sentence: str) -> Check:
    """A check that a day is not after today, with what is told."""

    def check(checked: Checked) -> Iterable[Finding]:
        for key, values in checked.records.items():
            if values[column] and values[column] > checked.today:
                yield Finding(key, column, sentence, Severity.MUST)

    return check
