"""The left pane: what is to be published and what hangs, under its state; search; the registers of the year."""

from __future__ import annotations

from operator import attrgetter

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from fupin_desktop.services.finding import find_text
from fupin_desktop.services.notices.rounds import Round
from fupin_desktop.ui import fonts
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.publicity.rounds_model import rounds_look, rounds_model
from fupin_desktop.ui.tabs.publicity.state import PublicityState
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox
from fupin_desktop.ui.widgets.headed_list import HeadedDelegate, fill_card
from fupin_desktop.ui.widgets.labels import button, say
from fupin_desktop.ui.widgets.search_field import search_field


class RoundsPane(QFrame):
    """The rounds of a year.

    Attributes:
        calendar: Opens the calendar of running periods.
        registers: Opens the menu of the registers of the year.
    """

    def __init__(self, state: PublicityState) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._state = state
        self.model, self.view = rounds_model(), QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(HeadedDelegate(self.view, rounds_look()))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setAccessibleName("公示列表")
        self.calendar = button("公示日历", tip="本年度各公示的起止，按日期排开")
        self.registers = button("登记簿")
        self.registers.setStyleSheet("padding-right: 24px;")
        self.finder = search_field("查找公示事项")
        self._build()
        self.finder.textChanged.connect(fonts.ensure)
        self.finder.textChanged.connect(lambda _text: self._listed())
        self.view.selectionModel().currentChanged.connect(lambda _now, _before: self._moved())
        state.listed.connect(self._listed)
        state.shown.connect(self._follow)

    def _build(self) -> None:
        row = hbox(self.calendar, STRETCH, self.registers)
        self.stack, self.empty, self.count = fill_card(self, [row, self.finder], self.view)

    def _listed(self) -> None:
        """Show the rounds that are searched for, with the one in front as the current one."""
        text = self.finder.text().strip()
        found = [one for one in self._state.rounds if not text or _found(one, text)]
        with quiet(self.view.selectionModel()):
            self.model.show_rows(found, attrgetter("state"), lambda one: one.state.label)
        self._follow()
        self.stack.setCurrentWidget(self.view if found else self.empty)
        say(self.count, f"共 {len(found)} 项" + ("(已筛选)" if text else ""))
        if not found:
            title = "没有符合条件的公示" if text else "还没有可以公示的事项"
            self.empty.set_text(title, "" if text else "方案议定、测算以后，或资金计划批准以后，会列在这里。")

    def _follow(self) -> None:
        """The round in front is the current one of the list, without telling."""
        index = self.model.index_of(self._state.current.key) if self._state.current else self.model.index_of("")
        if not index.isValid() or index == self.view.currentIndex():
            return
        selection = self.view.selectionModel()
        with quiet(selection):
            selection.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.view.viewport().update()
        self.view.scrollTo(index)

    def _moved(self) -> None:
        one = self.model.row_at(self.view.currentIndex())
        if one is not None and one != self._state.current:
            self._state.show_round(one)


def _found(one: Round, text: str) -> bool:
    return find_text(text, (one.name, one.place, one.kind_title, one.state.label))
