"""奖补测算: a scheme, its households with live awards, the working of each, the checks, the money."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QStackedWidget, QWidget

from fupin_desktop.domain.vocabulary import Participation
from fupin_desktop.override import override
from fupin_desktop.policy.numbers import large_from
from fupin_desktop.policy.problems import Problem
from fupin_desktop.policy.results import HouseholdAward
from fupin_desktop.services.overview import HOUSEHOLD, Target
from fupin_desktop.services.workbench import Change
from fupin_desktop.ui.models.award_cells import COLUMNS, LISTED, PLACES
from fupin_desktop.ui.models.award_model import AwardFilter, AwardModel
from fupin_desktop.ui.models.register_clipboard import to_lines
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.awards.actions import AwardActions
from fupin_desktop.ui.tabs.awards.bar import AwardBar
from fupin_desktop.ui.tabs.awards.head import SchemeCard
from fupin_desktop.ui.tabs.awards.pool import PoolBar
from fupin_desktop.ui.tabs.awards.posted import PostedBar
from fupin_desktop.ui.tabs.awards.side import ENTRIES, SidePane
from fupin_desktop.ui.tabs.awards.state import AwardsState
from fupin_desktop.ui.tabs.awards.table import AwardTable
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.registers.clipboard import APART
from fupin_desktop.ui.widgets.boxes import vbox
from fupin_desktop.ui.widgets.card import Card
from fupin_desktop.ui.widgets.empty import EmptyState
from fupin_desktop.ui.widgets.panes import panes
from fupin_desktop.ui.widgets.selection_sums import TableSums
from fupin_desktop.ui.widgets.toolbar import ToolRow

_NO_SCHEME = ("还没有奖补方案", "先为村里建一份方案：项目、标准、资金；也可以导入方案文件 (TOML)。")
_NOT_CALCULATED = ("还没有算出来", "正在测算。算不了的会说明为什么，改好以后再打开这份方案。")
_NO_HOUSEHOLDS = ("“{place}”还没有登记农户", "先导入农户名册；名册里的村名要和方案的村名一致。")
_NOBODY = ("没有符合条件的农户", "可以改一改搜索的文字，或点“显示全部”。")
_MONEY = "funds"
_LOW = 560


class AwardsTab(OfficeTab):
    """Assembles; what is shown is in ``AwardsState``, what the buttons do in ``AwardActions``."""

    nouns: ClassVar[frozenset[str]] = frozenset(
        {"households", "farm_items", "persons", "villages", "schemes", "awards", "notices", "imports"}
    )
    manual_anchor: ClassVar[str] = "awards.html"

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.state = AwardsState(shell, self)
        self._shares_shown, self._wanted = False, ""
        self.model = AwardModel(shell, self)
        self.head, self.bar, self.table = SchemeCard(), AwardBar(), AwardTable(self.model)
        self.table.setAccessibleName("测算表")
        self.side, self.pool, self.posted = SidePane(shell), PoolBar(), PostedBar()
        self.award_actions = AwardActions(shell, self.state)
        self.empty = EmptyState(*_NO_SCHEME, "新建方案…", self.award_actions.fill_the_gap)
        self._build()
        self._connect()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the head leaves room for the table."""
        super().resizeEvent(event)
        self.head.set_low(event.size().height() < _LOW)

    # ---- building ----
    def _build(self) -> None:
        tools = ToolRow(margins=(10, 10, 10, 8))
        self.award_actions.fill(tools)
        self.tools = tools
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        card = Card(margin=0)
        outer = card.layout()
        assert outer is not None
        outer.setContentsMargins(1, 1, 1, 1)
        card.body.setSpacing(0)
        for piece in (tools, self.posted, self.bar, self.stack):
            card.body.addWidget(piece)
        card.body.setStretchFactor(self.stack, 1)
        self.split = panes(card, self.side, shares=(1, 0), sizes=(960, 372), handle=10)
        vbox(self.head, (self.split, 1), self.pool, on=self, margins=(12, 10, 12, 10), spacing=10)

    def _connect(self) -> None:
        state, actions = self.state, self.award_actions
        state.listed.connect(self._show_list)
        state.opened.connect(self._show_scheme)
        state.settled.connect(self.show_result)
        state.reload_wanted.connect(self.reload)
        self.head.chosen.connect(self.open_scheme)
        self.head.edit_asked.connect(actions.edit)
        self.head.compare_asked.connect(actions.what_if)
        self.head.menu_asked.connect(lambda: self.head.set_menu(actions.scheme_menu()))
        self.head.clause_asked.connect(self.shell.clause_wanted)
        self.bar.narrowed.connect(self.narrow)
        self.bar.left.connect(self.table.setFocus)
        self.table.head.sort_asked.connect(lambda column, _beside: self.sort(column))
        self.table.head.filter_asked.connect(lambda column, place: self.column_menu(column).popup(place))
        self.table.copy_asked.connect(self.copy)
        TableSums(self.table, self.shell.selection_told.emit)
        self.table.paste_asked.connect(lambda: self.shell.said.emit("成批粘贴请到“农户台账”，这里会跟着重新测算"))
        self.table.current_moved.connect(self._look_soon)
        self.table.locked_asked.connect(lambda: self.side.household.show_page(ENTRIES))
        self.side.checks.list.reason_asked.connect(actions.write_reason)
        self.side.checks.list.subjects_asked.connect(self.show_subjects)
        for word in (Participation.BASE, Participation.SCATTERED):
            fill = partial(actions.fill_taking, word)
            self.side.checks.list.offer("household.participation", f"都填“{word.label}”", fill)
        self.side.scheme_asked.connect(lambda _name: actions.edit())
        self.posted.differences_asked.connect(actions.show_differences)
        self.posted.list_asked.connect(actions.correct_list)
        self.posted.correction_asked.connect(actions.correct)
        self.pool.chart_asked.connect(actions.show_chart)
        self.pool.notice_asked.connect(actions.notice)
        self._look = QTimer(self, singleShot=True, interval=40)
        self._look.timeout.connect(self._show_household)
        self._share = QTimer(self, singleShot=True, interval=60)
        self._share.timeout.connect(self._show_shares)

    # ---- reading ----
    @override
    def load(self) -> None:
        """List the schemes and calculate the one in front anew."""
        self.state.read()

    def _show_list(self) -> None:
        self.table.lay_out()
        self.state.open(self.head.fill(self.state.lines, self.state.wanted_key()))

    def open_scheme(self, key: str) -> None:
        """Show another scheme."""
        if key and key != self.state.key:
            self.head.fill(self.state.lines, key)
            self.bar.clear()
            self.state.open(key)

    @override
    def changed(self, change: Change) -> None:
        """A typed fact recomputes its household at once; anything else is read again."""
        if not self.nouns & change.nouns:
            return
        if self.state.desk is None or not self.isVisible() or self._stale:
            self.reload()
        else:
            self.state.take(change)

    # ---- showing ----
    def _show_scheme(self) -> None:
        scheme = self.state.scheme
        if scheme is None:
            self.head.show_scheme(None)
        else:
            start, clause = large_from(scheme, self.shell.bench.parameters)
            self.head.show_scheme(
                scheme, self.state.scheme_state, start, "" if scheme.large_from is not None else clause
            )
        self.show_result()
        self._show_wanted()

    def show_result(self) -> None:
        """Show the calculation as it is now."""
        key = self.current_key
        result = self.state.result
        self.model.set_result(result, fixed=self.state.posted is not None)
        self.posted.show_differing(self.state.posted, self.state.differing())
        self.pool.show_totals(result.totals if result else None)
        self.side.checks.show_problems(result.problems if result else (), result.passed if result else 0)
        some = result is not None and bool(result.awards)
        self.award_actions.enable(some)
        self.pool.notice.setEnabled(some)
        self._after_rows(key)
        if self._shares_shown:  # a moment later while typing; at once where nothing is shown yet
            self._share.start()
        else:
            self._show_shares()

    def _after_rows(self, key: str) -> None:
        """The rows are new: keep the household, tell the counts."""
        self._select(key)
        self._show_stack()
        result = self.state.result
        self.bar.show_counts(result.totals if result else None, self.model.rowCount())
        self._show_household()

    def _select(self, key: str) -> None:
        place = self.model.place_of(key) if key else None
        if place is None and self.model.rowCount():
            place = 0
        index = self.table.currentIndex()
        if place is not None and place != index.row():
            self.table.go_to(place, max(index.column(), 0))

    def _show_stack(self) -> None:
        if self.model.rowCount():
            held = self.window().focusWidget() in (self.empty, self.empty.action)
            self.stack.setCurrentWidget(self.table)
            if held:
                self.table.setFocus()
            return
        self.stack.setCurrentWidget(self.empty)
        result = self.state.result
        if result is None and self.state.key:
            text, action = _NOT_CALCULATED, ""
        elif result is None:
            text, action = _NO_SCHEME, "新建方案…"
        elif not result.awards:
            text, action = _NO_HOUSEHOLDS, "导入名册…"
        else:
            text, action = _NOBODY, ""
        place = result.scheme.place if result else ""
        self.empty.set_text(text[0].format(place=place), text[1])
        self.empty.action.setText(action)
        self.empty.action.setVisible(bool(action))

    def _look_soon(self) -> None:
        self._look.start()

    def _show_household(self) -> None:
        self.state.household = self.current
        self.side.household.show_award(self.current)

    def _show_shares(self) -> None:
        shares = self.state.shares
        self._shares_shown = bool(shares)
        self.pool.show_shares(shares)

    # ---- the table ----
    @property
    def current(self) -> HouseholdAward | None:
        """The award of the current row."""
        return self.model.award_at(self.table.currentIndex().row())

    @property
    def current_key(self) -> str:
        """Key of the current household."""
        return self.current.applicant.key if self.current else ""

    def sort(self, column: int) -> None:
        """Sort by a column."""
        key = self.current_key
        self.model.sort_by(COLUMNS[column].key)
        order = self.model.sorted_by
        self.table.head.sorted = {column: order[1]} if order else {}
        self.table.head.viewport().update()
        self._after_rows(key)

    def column_menu(self, column: int) -> QMenu:
        """What the funnel of a heading offers: sorting, and the values of the column."""
        key = COLUMNS[column].key
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("排序", lambda: self.sort(column))
        if key in LISTED:
            menu.addSeparator()
            menu.addAction("全部", lambda: self.bar.pick(key, None))
            for text, count in self.model.values(key):
                menu.addAction(f"{text or '(空)'}  {count} 户", partial(self.bar.pick, key, text))
        return menu

    def copy(self) -> None:
        """Put the chosen cells on the clipboard, as spreadsheet programs take them."""
        bands = self.table.chosen_bands()
        if any(band.columns != bands[0].columns for band in bands):
            self.shell.ask.message(self.shell.window, "没有复制", APART)
            return
        block = [
            [self.model.typed(row, column) for column in band.columns]
            for band in bands
            for row in range(band.first, band.last + 1)
        ]
        if block:
            QApplication.clipboard().setText(to_lines(block))
            self.shell.said.emit(f"已复制 {len(block)} 行")

    def narrow(self, wanted: AwardFilter) -> None:
        """Show only some households."""
        key = self.current_key
        self.table.head.filtered = {PLACES[name] for name, _text in wanted.picked}
        self.model.set_filter(wanted)
        self._after_rows(key)

    def show_subjects(self, problem: Problem) -> None:
        """Show only the households a finding is about."""
        self.bar.show_only(frozenset(problem.subjects))
        self.table.setFocus()

    def select(self, key: str) -> bool:
        """Make a household current; where it is filtered out, all are shown first."""
        if self.model.place_of(key) is None and self.model.filter.narrow:
            self.bar.clear()
        found = self.model.place_of(key) is not None
        self._select(key)
        return found

    def _show_wanted(self) -> None:
        """Make the household current that was asked for, as soon as it is listed."""
        if self._wanted and self.select(self._wanted):
            self._wanted = ""

    # ---- from elsewhere ----
    @override
    def show_record(self, target: Target) -> None:
        """Show a scheme, with the household in front that is asked for, or the money."""
        self.load_if_stale()
        if target.filter.startswith(HOUSEHOLD):
            self._wanted = target.filter.removeprefix(HOUSEHOLD)
        if target.key and any(line.key == target.key for line in self.state.lines):
            self.open_scheme(target.key)
        self._show_wanted()
        if target.filter == _MONEY:
            self.award_actions.funds()

    @override
    def take_keyboard(self) -> None:
        """The table takes the keyboard; where there is nothing yet, the button that begins, else what stands there."""
        if self.stack.currentWidget() is not self.empty:
            self.table.setFocus()
        else:  # while it is calculated there is no button, and Qt would give the keyboard to the search of the window
            (self.empty if self.empty.action.isHidden() else self.empty.action).setFocus()

    @override
    def start_search(self) -> None:
        """Ctrl+F: search within the table."""
        self.bar.finder.setFocus()
        self.bar.finder.selectAll()

    @override
    def can_close(self) -> bool:
        """Refused texts are told before they are lost."""
        refused = self.model.refused_cells + len(self.side.household.items.edits.cells)
        text = f"奖补测算里有 {refused} 格填写没有通过，关闭后这些文字会丢失。"
        ask = self.shell.ask
        return not refused or ask.question(self.shell.window, "还有没保存的填写", text, yes="关闭", danger=True)

    # ---- commands of the menus ----
    @override
    def print_paper(self) -> None:
        """打印测算表."""
        self.load_if_stale()
        self.award_actions.papers.sheet.print()
