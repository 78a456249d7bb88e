"""What a reader has to know besides the field and the cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from fupin_desktop.services.values.severity import Place


@dataclass(frozen=True, slots=True)
class Context:
    """Circumstances of reading.

    Attributes:
        place: Where the value is entered; it decides how severe a fault is.
        today: Nobody is born later; None leaves that out.
        year: Year of dates written without one; None refuses them.
        times: How many of the field's own unit one of the heading's is: 10 000 where that of an amount says 万元.
        negative: Whether numbers below 0 are allowed though the field is not signed.
        names: Keys by name of the records that a REFERENCE field may name.
        lists: Gives the words of a list by its name; None takes any text where a word of a list is due.
        files: Files that a FILES field may name, by name, as they are stored.
    """

    place: Place = Place.TYPED
    today: date | None = None
    year: int | None = None
    times: Fraction | int = 1
    negative: bool = False
    names: Mapping[str, str] | None = None
    lists: Callable[[str], Sequence[str]] | None = None
    files: Mapping[str, Mapping[str, object]] | None = None


TYPED = Context()
