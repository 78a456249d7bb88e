"""What the card of some registers shows besides their columns and children: one class for each, listed by register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.domain.project_words import ProjectState
from fupin_desktop.override import override
from fupin_desktop.services.household_card import CardAward, household_awards
from fupin_desktop.services.household_money import HouseholdPayment, household_payments
from fupin_desktop.services.overview import HOUSEHOLD, Target
from fupin_desktop.services.projects.moving import standing
from fupin_desktop.services.projects.posted import posted
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.widgets.badge import Badge
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import clear
from fupin_desktop.ui.widgets.labels import label, link


class CardPart(QWidget):
    """A part of the card of a record.

    Attributes:
        nouns: What changes it.
        leads: Whether it stands above what belongs to the record.
    """

    nouns: frozenset[str] = frozenset()
    leads: bool = False

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shell = shell
        self.body = vbox(on=self, margins=0, spacing=3)

    def show_record(self, key: str) -> None:
        """Show what belongs to a record."""

    def add_line(self, text: str, word: str, follow: Callable[[], object], tone: str = "") -> None:
        """Add a sentence with a link beside it."""
        line = label(text, "note", wrap=True, tone=tone)
        self.body.addLayout(hbox((line, 1), (link(word, follow), 0, Qt.AlignmentFlag.AlignTop)))


class Awards(CardPart):
    """本年奖补: the awards of a household in the year at work, whether they are posted, and where the money is."""

    nouns = frozenset({"awards", "notices", "objections", "filings", "payments"})

    @override
    def show_record(self, key: str) -> None:
        """Read and show them."""
        clear(self.body)
        self.body.addWidget(label("本年奖补", "strong"))
        bench = self.shell.bench
        found = self.shell.read(lambda: household_awards(bench, key)) or ()
        paid = self.shell.read(lambda: household_payments(bench, key)) or ()
        for award in found:
            self._add(key, award)
            mine = [one for one in paid if one.object_key == award.scheme]
            for one in mine:
                self._add_payment(key, one)
            if award.award and not mine:
                self.body.addWidget(label("还没有列入发放批次。", "note"))
        if not found:
            self.body.addWidget(label("还没有保存的测算。", "note"))
        self._add_others(key, [one for one in paid if one.object_key not in {award.scheme for award in found}])

    def _add(self, key: str, award: CardAward) -> None:
        self.body.addWidget(label(award.name, wrap=True))
        amount = label(f"{format_money(award.award)} 元", "strong", tone="good")
        working = Target("awards", f"{HOUSEHOLD}{key}", award.scheme)
        opened = link("怎样算的", partial(self.shell.wanted.emit, working), tip="打开方案，看这一户的测算过程")
        self.body.addLayout(hbox(amount, STRETCH, opened))
        if award.reason:
            self.body.addWidget(label(award.reason, "note", wrap=True))
        posted = Target("publicity", "awards", award.scheme)
        self.add_line(award.publicity, "公示", partial(self.shell.wanted.emit, posted))

    def _add_others(self, key: str, paid: Sequence[HouseholdPayment]) -> None:
        """What is paid for anything else: proceeds, interest, commendations."""
        if paid:
            self.body.addWidget(label("其他发放", "strong"))
        for one in paid:
            self.body.addWidget(label(one.name, wrap=True))
            self._add_payment(key, one)

    def _add_payment(self, key: str, one: HouseholdPayment) -> None:
        told = f"{format_money(one.amount)} 元 {one.told}"
        self.add_line(told, "发放", partial(self._open_batch, one.batch, key), one.tone)

    def _open_batch(self, batch: str, household: str) -> None:
        from fupin_desktop.ui.payments.opening import open_payments

        open_payments(self.shell, batch_key=batch, household_key=household)


class ProjectWay(CardPart):
    """状态: how far a project of the pool has come, and the steps it can take next."""

    nouns = frozenset({"projects", "project_steps", "notices"})
    leads = True

    @override
    def show_record(self, key: str) -> None:
        """Show the state with the buttons of what may follow."""
        clear(self.body)
        found = self.shell.read(lambda: standing(self.shell.bench, key))
        if found is None:
            return
        badge = Badge(found.state.label, "good" if found.state in _SETTLED else "principle")
        since = label(f"{found.since:%Y-%m-%d}" if found.since else "", "note")
        ways = (link(f"{state.label}…", partial(self.take, key, found.name, state)) for state in found.ways)
        self.body.addLayout(hbox(badge, since, STRETCH, *ways, spacing=10))
        for one in self.shell.read(lambda: posted(self.shell.bench, key)) or ():
            self.add_line(one.told, "公示", partial(self.shell.wanted.emit, one.target))
        for reason in found.reasons:
            self.body.addWidget(label(reason, "note", wrap=True))

    def take(self, key: str, name: str, state: ProjectState) -> None:
        """Ask for a step and register it."""
        from fupin_desktop.ui.dialogs.project_step import ProjectStepDialog

        if self.shell.may_change():
            self.shell.ask.run(ProjectStepDialog(self.shell, key, name, state))


_SETTLED = frozenset({ProjectState.POOLED, ProjectState.ACCEPTED, ProjectState.ANNOUNCED, ProjectState.CLOSED})
PARTS: dict[str, tuple[type[CardPart], ...]] = {"households": (Awards,), "projects": (ProjectWay,)}
"""Parts by name of the register."""
