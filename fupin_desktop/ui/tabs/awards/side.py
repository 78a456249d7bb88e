"""The right side of the awards tab: the chosen household's working and items, and the findings of the checks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from fupin_desktop.override import override
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.services.household_card import HouseholdCard as FoundCard
from fupin_desktop.services.household_card import household_card
from fupin_desktop.services.registers import FARM_ITEMS
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.awards.working import WorkingPane, heading
from fupin_desktop.ui.tabs.registers.subtable import SubTable
from fupin_desktop.ui.widgets.boxes import hbox, vbox
from fupin_desktop.ui.widgets.card import Card
from fupin_desktop.ui.widgets.labels import label, restyle, say
from fupin_desktop.ui.widgets.panes import panes
from fupin_desktop.ui.widgets.problem_list import ProblemList
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

ITEMS = ("product", "unit", "accepted", "cost", "declared", "planned", "area", "other_subsidy", "income",
         "instalment_year", "product_group", "base_kind", "note")
WORKING, ENTRIES, CHECKS = 0, 1, 2
_ROOM_FOR_BOTH = 520
"""Height from which the checks have room below the working."""


class HouseholdCard(Card):
    """计算过程 and 种养项目 of one household; the checks too where there is no room for them below."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("计算过程", margin=14, one_line=True, parent=parent)
        self.aside.hide()
        self._shell = shell
        self._key, self._count = "", 0
        self._stale = True
        self.working, self.pages = WorkingPane(shell.clause_words), QStackedWidget()
        self.items = SubTable(shell, FARM_ITEMS, ITEMS, self._add_item)
        self.items_note = label("", "note", wrap=True)
        self.pages.addWidget(self.working)
        self.pages.addWidget(self._items_page())
        self._checks_page = vbox(on=(page := QWidget()), margins=0)
        self.pages.addWidget(page)
        self._group = QButtonGroup(self)
        segments = ((WORKING, "计算过程"), (ENTRIES, "种养项目"), (CHECKS, "检查"))
        self.head.addLayout(hbox(*(self._segment(place, text) for place, text in segments), spacing=0))
        self._group.button(CHECKS).hide()
        self.body.addWidget(self.pages)
        self._group.idClicked.connect(self.show_page)
        self.show_page(WORKING)

    def _segment(self, place: int, text: str) -> QToolButton:
        made = QToolButton()
        made.setText(text)
        made.setCheckable(True)
        made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        made.setProperty("role", "segment")
        made.setProperty("place", "first" if place == WORKING else "last")
        self._group.addButton(made, place)
        return made

    def take_checks(self, checks: ProblemList | None) -> None:
        """Show the checks as a page of this card; None where they have a card of their own."""
        third = self._group.button(CHECKS)
        third.setVisible(checks is not None)
        second = self._group.button(ENTRIES)
        second.setProperty("place", "last" if checks is None else "middle")
        restyle(second)
        self._group.button(WORKING).setText("计算过程" if checks is None else "过程")
        self._name_entries()
        if checks is not None:
            self._checks_page.addWidget(checks)
        elif third.isChecked():
            self.show_page(WORKING)

    def _name_entries(self) -> None:
        """Three pages leave room for short names only, beside the household's."""
        word = "种养项目" if self._group.button(CHECKS).isHidden() else "种养"
        self._group.button(ENTRIES).setText(f"{word} {self._count}" if self._count else word)

    def say_checks(self, found: int) -> None:
        """How many findings the page of checks has."""
        self._group.button(CHECKS).setText(f"检查 {found}" if found else "检查")

    def _items_page(self) -> QWidget:
        page = ScrollColumn()
        page.column.addWidget(self.items)
        page.column.addWidget(self.items_note)
        page.column.addStretch(1)
        return page

    def show_page(self, place: int) -> None:
        """Bring 过程 (0) or 种养项目 (1) to the front."""
        self._group.button(place).setChecked(True)
        self.pages.setCurrentIndex(place)
        self._fill_items()

    def show_award(self, award: HouseholdAward | None) -> None:
        """Show a household as it was just calculated."""
        self.set_title(heading(award))
        self.title_label.setToolTip(as_tip(f"{award.applicant.village} {heading(award)}" if award else ""))
        self.working.show_award(award)
        self._key, self._stale = award.applicant.key if award else "", True
        self._count = len(award.applicant.entries) if award else 0
        self._name_entries()
        told = f"实奖补 {award.award:,.2f} 元" if award else ""
        say(self.items_note, " · ".join(part for part in (told, award.reason if award else "") if part))
        self._fill_items()

    def _fill_items(self) -> None:
        """The items are read only while they are seen."""
        if self.pages.currentIndex() != ENTRIES or not self._stale:
            return
        self._stale = False
        bench, key = self._shell.bench, self._key
        if key:
            self._shell.read(lambda: household_card(bench, key), self._show_items)
        else:
            self._show_items(None)

    def _show_items(self, card: FoundCard | None) -> None:
        rows = card.items if card else ()
        self.items.show_rows(f"本年种养项目 {len(rows)} 项，可以直接改" if rows else "没有登记种养项目", rows)

    def _add_item(self) -> None:
        from fupin_desktop.ui.dialogs.record import RecordDialog

        if self._key and self._shell.may_change():
            self._shell.ask.run(RecordDialog(self._shell, FARM_ITEMS, self._key, self._shell.window))


class ChecksCard(Card):
    """检查: findings with their clauses, and how many checks found nothing.

    Signals:
        counted: How many findings there are.
    """

    counted = Signal(int)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__("检查", " ", margin=14, parent=parent)
        self.list = ProblemList(words=shell.clause_words)
        self.body.addWidget(self.list)

    def show_problems(self, problems: Sequence[Problem], passed: int) -> None:
        """Show the findings of a calculation."""
        must = sum(1 for problem in problems if problem.blocks)
        waiting = f"{must} 项待处理 · " if must else ""
        self.set_title("检查", f"{waiting}{passed} 项通过" if passed or problems else "")
        self.list.set_problems(problems, f"{passed} 项检查全部通过" if passed else "还没有测算")
        self.counted.emit(len(problems))


class SidePane(QWidget):
    """Both cards, one above the other.

    Signals:
        scheme_asked: A line of the scheme behind a step.
    """

    scheme_asked = Signal(str)

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.household, self.checks = HouseholdCard(shell), ChecksCard(shell)
        self.working = self.household.working
        self.setMinimumWidth(320)
        self.split = panes(self.household, self.checks, below=True, shares=(3, 2), sizes=(330, 140), handle=10)
        vbox(self.split, on=self, margins=0)
        for thing in (self.working, self.checks.list):
            thing.clause_asked.connect(shell.clause_wanted)
        self.working.scheme_asked.connect(self.scheme_asked)
        self.checks.counted.connect(self.household.say_checks)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the checks are a page beside the working, so that most steps are seen."""
        super().resizeEvent(event)
        low = event.size().height() < _ROOM_FOR_BOTH
        if low == self.checks.isHidden():
            return
        self.checks.setVisible(not low)
        self.household.take_checks(self.checks.list if low else None)
        if not low:
            self.checks.body.addWidget(self.checks.list)
