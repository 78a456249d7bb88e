"""The tab 台账: every register that stands in a group."""

from __future__ import annotations

from typing import ClassVar

from fupin_desktop.override import override
from fupin_desktop.ui.help_topics import REGISTERS
from fupin_desktop.ui.tabs.registers.tab import RegisterTab


class LedgersTab(RegisterTab):
    """The registers in groups with their directory; worked with like the households."""

    manual_anchor: ClassVar[str] = "ledgers.html"

    @override
    def manual_topic(self) -> str:
        """The page of the register in front, where it has its own."""
        return REGISTERS.get(self.state.front.register.name, self.manual_anchor)
