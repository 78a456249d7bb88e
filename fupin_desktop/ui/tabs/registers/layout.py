"""Which columns of a register are shown, how wide and in which order: proposed, chosen by the clerk, remembered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from fupin_desktop.services import registers
from fupin_desktop.services.registers import Register
from fupin_desktop.ui.preferences import Preferences

_MOST_FROZEN = 4
_WIDEST = 5_000


@dataclass(slots=True)
class TableLayout:
    """How a register is shown.

    Attributes:
        shown: Keys of the columns shown, in order.
        widths: Widths by column key, pixels; columns that were never touched have none.
        frozen: Number of first columns that stay in place.
    """

    shown: list[str] = field(default_factory=list)
    widths: dict[str, int] = field(default_factory=dict)
    frozen: int = 1


def proposed(register: Register) -> TableLayout:
    """All columns, those needed most first."""
    keys = [info.key for info in registers.columns(register)]
    first = [key for key in register.layout.first if key in keys]
    return TableLayout(first + [key for key in keys if key not in first])


def remembered(preferences: Preferences, register: Register) -> TableLayout:
    """What the clerk chose last; what no longer fits is left out."""
    found = _all(preferences).get(register.name)
    layout = proposed(register)
    if not isinstance(found, dict):
        return layout
    shown, widths = found.get("shown"), found.get("widths")
    kept = [key for key in shown if key in layout.shown] if isinstance(shown, list) else []
    layout.shown = list(dict.fromkeys(kept)) or layout.shown
    if isinstance(widths, dict):
        layout.widths = {key: value for key, value in widths.items() if isinstance(value, int) and 0 < value <= _WIDEST}
    frozen = found.get("frozen", 1)
    layout.frozen = frozen if isinstance(frozen, int) and 0 <= frozen <= _MOST_FROZEN else 1
    return layout


def remember(preferences: Preferences, register: Register, layout: TableLayout) -> None:
    """Keep what the clerk chose."""
    known = _all(preferences)
    known[register.name] = {"shown": layout.shown, "widths": layout.widths, "frozen": layout.frozen}
    preferences.register_columns = json.dumps(known, ensure_ascii=False)


def _all(preferences: Preferences) -> dict[str, Any]:
    try:
        found = json.loads(preferences.register_columns or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
