"""The kinds of award rule the program knows."""

from __future__ import annotations

from fupin_desktop.policy.rules.instalments import InstalmentsRule
from fupin_desktop.policy.rules.lump import LumpRule
from fupin_desktop.policy.rules.pool import PoolRule
from fupin_desktop.policy.rules.rate import RateRule
from fupin_desktop.policy.rules.rule import AmountRule, RowWords
from fupin_desktop.policy.rules.share import ShareRule
from fupin_desktop.policy.rules.steps import StepsRule
from fupin_desktop.policy.rules.tiers import TiersRule

_KINDS: dict[str, type[AmountRule]] = {}
SENTENCES: dict[str, str] = {}
"""Templates of the steps of all kinds, by rule code."""
ROWS: dict[str, RowWords] = {}
"""How inputs that come several times are told, by rule code."""


def register(kind: type[AmountRule]) -> None:
    """Add a kind, after those that are there."""
    _KINDS[kind.value] = kind
    SENTENCES.update(kind.sentences)
    ROWS.update(kind.rows)


def all_kinds() -> tuple[type[AmountRule], ...]:
    """Every kind, in the order of the editor."""
    return tuple(_KINDS.values())


def find(word: object) -> type[AmountRule] | None:
    """The kind whose code or Chinese name is ``word``, or None."""
    return next((kind for kind in _KINDS.values() if word in (kind.value, kind.label)), None)


def all_keys() -> frozenset[str]:
    """The keys of all kinds in scheme files."""
    return frozenset().union(*(kind.keys() for kind in _KINDS.values()))


for _kind in (RateRule, TiersRule, StepsRule, LumpRule, ShareRule, InstalmentsRule, PoolRule):
    register(_kind)
