"""The first page as it was last shown, kept beside the data file and shown again where nothing has changed since.

So the window is up before SQLAlchemy is loaded. The look is only taken where the last number of the change log, the
settings, the day, the year and the program's version are those it was kept for; else the page is read anew.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from fupin_desktop import __version__
from fupin_desktop.paths import begin_private, drop
from fupin_desktop.services.overview import DueItem, Figure, FundBar, Overview, RecentOperation, Target
from fupin_desktop.services.workbench import LAST_NUMBER, POLICY_OVERRIDE, SETTINGS, Workbench
from fupin_desktop.storage.encryption import is_encrypted

FILE = "首页.json"


class FirstLook(NamedTuple):
    """What the first page shows."""

    overview: Overview
    operations: tuple[RecentOperation, ...]


def find(bench: Workbench) -> FirstLook | None:
    """The look that was kept, where it still holds; None where the page must be read."""
    try:
        data = json.loads(_path(bench).read_text(encoding="utf-8"))
        return _revived(data["look"]) if data["state"] == state_of(bench) else None
    except (OSError, ValueError, KeyError, TypeError, ArithmeticError):
        return None


def keep(bench: Workbench, look: FirstLook, state: str) -> None:
    """Keep a look, beside and renamed; where that fails, or the data are encrypted, the next start reads the page.

    Args:
        bench: The workbench.
        look: What was read.
        state: :func:`state_of` before it was read, so that a change made meanwhile has it read anew.
    """
    if is_encrypted(bench.store.path):
        return  # it names people, and would lie there in plain words
    beside = _path(bench).with_suffix(".part")
    try:
        beside.unlink(missing_ok=True)
        begin_private(beside)
        beside.write_text(_written({"state": state, "look": _named(look)}), encoding="utf-8")
        beside.replace(_path(bench))
    except OSError:
        drop(beside)


def _path(bench: Workbench) -> Path:
    return bench.data_folder / FILE


def state_of(bench: Workbench) -> str:
    """All that the page depends on."""
    number = bench.store.glance(LAST_NUMBER)
    settings = bench.store.glance(SETTINGS)
    override = bench.data_folder / POLICY_OVERRIDE
    policy = override.read_text(encoding="utf-8") if override.is_file() else ""
    parts = (__version__, number, settings, policy, bench.today.isoformat(), bench.year, bench.clerk)
    return repr(parts)


def _written(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, default=_plain)


def _named(value: Any) -> Any:
    """Named tuples as objects with their names, for JSON would make lists of them."""
    if isinstance(value, tuple):
        names = getattr(value, "_fields", None)
        parts = [_named(part) for part in value]
        return dict(zip(names, parts, strict=True)) if names else parts
    return value


def _plain(value: Any) -> str:
    """Dates as ISO text, decimals as digits."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _revived(look: dict[str, Any]) -> FirstLook:
    page = look["overview"]
    overview = Overview(
        date.fromisoformat(page["today"]),
        tuple(Figure(**{**one, "target": Target(**one["target"])}) for one in page["figures"]),
        tuple(_fund(one) for one in page["funds"]),
        tuple(_due(one) for one in page["due"]),
    )
    return FirstLook(overview, tuple(_operation(one) for one in look["operations"]))


def _fund(one: dict[str, Any]) -> FundBar:
    return FundBar(one["label"], Decimal(one["amount"]), Decimal(one["used"]), Target(**one["target"]))


def _due(one: dict[str, Any]) -> DueItem:
    day = date.fromisoformat(one["due"]) if one["due"] else None
    return DueItem(**{**one, "target": Target(**one["target"]), "due": day})


def _operation(one: dict[str, Any]) -> RecentOperation:
    return RecentOperation(**{**one, "at": datetime.fromisoformat(one["at"])})
