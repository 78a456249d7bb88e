"""公示备案: left what is to be published and what hangs, the paper, at right the steps and what stands in the way."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QMenu, QWidget

from fupin_desktop.override import override
from fupin_desktop.services.overview import Target
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.publicity.actions import PublicityActions
from fupin_desktop.ui.tabs.publicity.paper_pane import PaperPane
from fupin_desktop.ui.tabs.publicity.paying import PayingSteps
from fupin_desktop.ui.tabs.publicity.rounds_pane import RoundsPane
from fupin_desktop.ui.tabs.publicity.side import SidePane
from fupin_desktop.ui.tabs.publicity.state import PublicityState
from fupin_desktop.ui.widgets.headed_list import three_panes


class PublicityTab(OfficeTab):
    """The rounds of publicity of a year.

    Attributes:
        state: What is shown.
    """

    nouns: ClassVar[frozenset[str]] = frozenset({
        "notices", "objections", "filings", "schemes", "awards", "applications", "funds", "offices", "villages",
        "projects", "project_funds", "project_steps", "performances", "proceeds", "proceeds_shares", "commendations",
        "interest_subsidies",
        "payments", "acceptances",
    })  # fmt: skip
    manual_anchor: ClassVar[str] = "publicity.html"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.state = PublicityState(shell, self)
        self.rounds, self.paper = RoundsPane(self.state), PaperPane(shell, self.state)
        self.side = SidePane(shell, self.state)
        self.paying = PayingSteps(shell, self.state)
        self.side.put_after_steps(self.paying)
        self.publicity_actions = PublicityActions(shell, self.state, self.paper)
        self._build()
        self._connect()

    def _build(self) -> None:
        self.split = three_panes(self, (self.rounds, self.paper, self.side), (262, 760, 300))

    def _connect(self) -> None:
        actions = self.publicity_actions
        self.paper.asked.connect(actions.carry_out)
        self.side.asked.connect(actions.carry_out)
        self.side.objection_asked.connect(actions.open_objection)
        self.side.photo_asked.connect(actions.open_photo)
        self.side.clause_asked.connect(self.shell.clause_wanted)
        self.rounds.calendar.clicked.connect(lambda _on=False: actions.show_calendar())
        menu = QMenu(self.rounds.registers)
        for text, run in (
            ("备案登记簿 xlsx…", actions.save_filings),
            ("打印备案登记簿…", partial(actions.save_filings, print_it=True)),
            ("异议登记簿 xlsx…", actions.save_objections),
            ("打印异议登记簿…", partial(actions.save_objections, print_it=True)),
        ):  # fmt: skip
            menu.addAction(text).triggered.connect(lambda _on=False, run=run: run())
        self.rounds.registers.setMenu(menu)

    # ---- as the window knows a tab ----
    @override
    def load(self) -> None:
        """List the rounds and show the current one anew."""
        self.state.load()

    @override
    def show_record(self, target: Target) -> None:
        """Show a round: kind of notice in the filter, key of what it is about; those of a village; or the calendar."""
        if target.filter == "calendar":
            self.load_if_stale()
            self.publicity_actions.show_calendar()
        elif target.key:
            self.state.want(target.filter, target.key)
            self.load_if_stale()
        elif target.village:
            self.load_if_stale()
            self.rounds.finder.setText(target.village)
            self.state.show_first_of(target.village)

    @override
    def take_keyboard(self) -> None:
        """The list takes the keyboard."""
        self.rounds.view.setFocus()

    @override
    def start_search(self) -> None:
        """Ctrl+F: search the list."""
        self.rounds.finder.setFocus()
        self.rounds.finder.selectAll()

    @override
    def print_paper(self) -> None:
        """Ctrl+P: the paper shown."""
        self.load_if_stale()
        self.publicity_actions.print_paper()

    # ---- commands of the menus ----
    def next_step(self) -> None:
        """办理下一步: what the first button beside the paper does."""
        self.load_if_stale()
        key = next(iter(self.side.buttons), "")
        if key:
            self.publicity_actions.carry_out(key)
        else:
            self.shell.said.emit("没有要办的公示。")

    def edit_holidays(self) -> None:
        """放假安排."""
        from fupin_desktop.ui.dialogs.publicity.holidays import HolidaysDialog

        self.shell.ask.run(HolidaysDialog(self.shell))

    def print_filings(self) -> None:
        """打印备案登记簿."""
        self.publicity_actions.save_filings(print_it=True)

    def print_objections(self) -> None:
        """打印异议登记簿."""
        self.publicity_actions.save_objections(print_it=True)
