"""What can be paid: one source for each kind, which gives its lists, the amount of each household and the gate."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import import_module
from typing import NamedTuple

from sqlalchemy.orm import Session

from fupin_desktop.domain.payments import PaymentKind
from fupin_desktop.services.payments.model import Due
from fupin_desktop.services.workbench import Workbench
from fupin_desktop.storage.unit import Unit

Given = tuple[str, int]
"""A household, and the 分 that it gets."""
_PACKAGE = "fupin_desktop.services.payment_sources"


class Listed(NamedTuple):
    """A list of amounts.

    Attributes:
        source_key: Its key.
        object_key: What it belongs to; households are paid once for it.
        title: 发放事项.
        place: Village or town.
        year: Year.
    """

    source_key: str
    object_key: str
    title: str
    place: str
    year: int


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of list.

    Attributes:
        kind: The kind.
        lists: The lists of a year.
        of: One list by its key; None where it is gone.
        dues: What each household of a list gets.
        gate: Why nothing of a list may be paid yet; empty where it may.
        sums: The amounts of a list alone, where they can be had without all that dues tell.
        settle: Tells the registers whom of a list a batch paid in whole, and on which day; no day where it came back.
    """

    kind: PaymentKind
    lists: Callable[[Session, int], Iterable[Listed]]
    of: Callable[[Session, str], Listed | None]
    dues: Callable[[Workbench, Session, str], tuple[Due, ...]]
    gate: Callable[[Workbench, Session, str], str]
    settle: Callable[[Unit, str, Collection[str], date | None], None] = lambda *_: None
    sums: Callable[[Session, str], Sequence[Given]] | None = None

    def amounts(self, bench: Workbench, session: Session, key: str) -> Sequence[Given]:
        """What each household of a list gets."""
        if self.sums is not None:
            return self.sums(session, key)
        return [(due.household_key, due.fen) for due in self.dues(bench, session, key)]


KINDS = tuple(PaymentKind)
"""The kinds that have a module of ``services.payment_sources``, named like it."""


@cache
def of(kind: PaymentKind) -> Source:
    """The source of a kind."""
    found: Source = import_module(f"{_PACKAGE}.{kind.value}").SOURCE
    return found
