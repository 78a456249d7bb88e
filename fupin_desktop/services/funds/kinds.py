"""Balances of sources added up by kind: what was assigned, came, is allocated and paid."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from fupin_desktop.domain.vocabulary import FundKind
from fupin_desktop.services.funds.model import ZERO, FundBalance


class KindSums(NamedTuple):
    """The sources of one kind together, yuan.

    Attributes:
        kind: The kind.
        sources: Their keys.
        assigned: 下达.
        received: 到账.
        allocated: 安排.
        paid: 拨付.
    """

    kind: FundKind
    sources: tuple[str, ...]
    assigned: Decimal
    received: Decimal
    allocated: Decimal
    paid: Decimal


def by_kind(balances: Iterable[FundBalance]) -> list[KindSums]:
    """The sums of every kind that has a source, in the order of the document (吴川 三(一)4)."""
    every = list(balances)
    return [
        _sums(kind, found) for kind in FundKind if (found := [one for one in every if one.kind == kind])
    ]


def _sums(kind: FundKind, found: list[FundBalance]) -> KindSums:
    return KindSums(
        kind,
        tuple(one.key for one in found),
        sum((one.assigned for one in found), ZERO),
        sum((one.received for one in found), ZERO),
        sum((one.allocated for one in found), ZERO),
        sum((one.paid for one in found), ZERO),
    )
