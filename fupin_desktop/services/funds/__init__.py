"""The ledger of fund sources (资金来源): what is assigned, arrives, is allocated and paid, and what is left."""

from __future__ import annotations

from fupin_desktop.domain.fund_target import FundTarget
from fupin_desktop.services.funds.carrying import openings
from fupin_desktop.services.funds.ledger import breaks_plan
from fupin_desktop.services.funds.model import (
    EntryDraft,
    EntryLine,
    FundBalance,
    FundFigures,
    FundForm,
    LedgerFilter,
    Opening,
    SourceShare,
    TargetBalance,
)
from fupin_desktop.services.funds.moves import allocate, allocate_scheme, counter, pay, receive
from fupin_desktop.services.funds.planned import as_source
from fupin_desktop.services.funds.reading import (
    balances,
    check,
    entries,
    target_balance,
    target_balance_in,
    targets,
)
from fupin_desktop.services.funds.sources import add, update, void
from fupin_desktop.services.funds.tracing import behind

__all__ = [
    "EntryDraft",
    "EntryLine",
    "FundBalance",
    "FundFigures",
    "FundForm",
    "FundTarget",
    "LedgerFilter",
    "Opening",
    "SourceShare",
    "TargetBalance",
    "add",
    "allocate",
    "allocate_scheme",
    "as_source",
    "balances",
    "behind",
    "breaks_plan",
    "check",
    "counter",
    "entries",
    "openings",
    "pay",
    "receive",
    "target_balance",
    "target_balance_in",
    "targets",
    "update",
    "void",
]
