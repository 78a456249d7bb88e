"""The tab 台账: every register that stands in a group."""

from __future__ import annotations

from typing import ClassVar

from fupin_desktop.ui.tabs.registers.tab import RegisterTab


class LedgersTab(RegisterTab):
    """The registers in groups with their directory; worked with like the households."""

    manual_anchor: ClassVar[str] = "ledgers.html"
