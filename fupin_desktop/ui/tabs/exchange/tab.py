"""The tab 数据交换: what left the office and came back signed, and the ways out: stick, package, new clerk."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from fupin_desktop.override import override
from fupin_desktop.services import handovers
from fupin_desktop.services.registers import Register
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.registers.tab import RegisterTab


class ExchangeTab(RegisterTab):
    """The register of handovers, with what hands out above it."""

    manual_anchor: ClassVar[str] = "exchange.html"
    _left = ""

    def __init__(self, shell: Shell, shown: Sequence[Register], parent: QWidget | None = None) -> None:
        super().__init__(shell, shown, parent)
        self.out_button = self.tools.add("导出到U盘…", self.hand_out, primary=True)
        for word, command in (("移交包…", "make_package"), ("新经办人…", "successor")):
            self.tools.add(word, partial(shell.commanded.emit, command))
        self.tools.import_button.hide()
        self.empty.action.setText("导出到U盘…")
        self.empty.action.clicked.disconnect()
        self.empty.action.clicked.connect(lambda _checked=False: self.hand_out())

    @override
    def _show_stack(self) -> None:
        super()._show_stack()
        self.empty.action.setVisible(not self.state.front.restricted)

    @override
    def changed(self, change: Change) -> None:
        """What has just left is the row in front, the next time the tab is looked at."""
        if change.operation == handovers.OPERATION and change.keys:
            self._left = change.keys[0]
        super().changed(change)

    @override
    def load_if_stale(self) -> None:
        super().load_if_stale()
        key, self._left = self._left, ""
        if key:
            self.state.show(self.state.registers[0])
            self.rows.select(key)

    def hand_out(self) -> None:
        """导出到U盘."""
        from fupin_desktop.ui.exchange.hand_out import HandOutDialog

        self.shell.ask.run(HandOutDialog(self.shell))
