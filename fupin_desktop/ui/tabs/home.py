"""首页: what is due, the figures of the year, the money by source, the usual actions; each leads to its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.services import first_look
from fupin_desktop.services.first_look import FirstLook
from fupin_desktop.services.overview import DueItem, FundBar, Overview, Target
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.shell import Shell
from fupin_desktop.ui.tabs.base import OfficeTab
from fupin_desktop.ui.tabs.home_safety import SafetyCard
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import Card, clear
from fupin_desktop.ui.widgets.figure import Figure
from fupin_desktop.ui.widgets.labels import button, label, link, restyle, rule
from fupin_desktop.ui.widgets.marks import good_line
from fupin_desktop.ui.widgets.meter import BarMeter, Part
from fupin_desktop.ui.widgets.scroll import RowColumn, ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

OPERATIONS_SHOWN = 10
FIRST_ROWS = 8
MANY = 2000
"""Of so many households the page is read beside the clerk's work, not between two key strokes."""
_LOW = 26  # lines of text below each other
_LEAST_METER = 44  # with the gaps beside it
_FREE = 6  # of the room beside the figures, how many times as much lies behind them as between two
WEEKDAYS = "一二三四五六日"
_ORDER = ("late", "soon", "calm")
_TONES = {"late": "must", "soon": "principle", "calm": ""}


class HomeTab(OfficeTab):
    """The first page."""

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self._starting, self._loads, self._many = True, 0, False
        self._told: dict[str, object] = {}
        self.due_card, self.figure_card = Card("要办的事"), Card("全镇概况")
        self.fund_card, self.safety_card = Card("资金"), SafetyCard(shell)
        lower = hbox((self.fund_card, 1), (self.safety_card, 1), spacing=12)
        right = vbox(self.figure_card, (lower, 1), spacing=12)
        hbox((self.due_card, 36), (right, 64), on=self, margins=(12, 10, 12, 10), spacing=12)
        self._build_due()
        tip = "全年工作的数排在一张纸上，可以打印"
        self.figure_card.head.addWidget(link("一页情况…", self.show_year_overview, tip=tip))
        self._figures = hbox(spacing=14)
        self.figure_card.body.addLayout(self._figures)
        self._funds = QGridLayout()
        self._funds.setHorizontalSpacing(10)
        self._funds.setVerticalSpacing(14)
        self._funds.setColumnStretch(1, 1)
        self._fund_area = ScrollColumn()
        self._fund_area.column.addLayout(self._funds)
        self._fund_area.column.addStretch(1)
        self.fund_card.body.addWidget(self._fund_area, 1)

    @override
    def load(self) -> None:
        """Show the page as it was kept where nothing has changed since; else read it.

        At the start the window is drawn before the page is read; and of many households, where the reading takes a
        moment, it keeps nobody waiting later either.
        """
        self._loads += 1
        self.safety_card.show_backup()
        starting, self._starting = self._starting, False
        look = self.shell.read(lambda: first_look.find(self.shell.bench))
        if look is not None:
            self._show(look, first=FIRST_ROWS if starting else None)
        elif starting:
            QTimer.singleShot(0, self, self._read_beside)
        elif self._many:
            self._read_beside()
        else:
            self._read_and_show()

    def _read_and_show(self) -> None:
        self.shell.read(self._read, self._show)

    def _read_beside(self) -> None:
        loads = self._loads

        def show(look: FirstLook) -> None:
            if loads == self._loads:
                self._show(look)

        self.shell.read_aside(self._read, show)

    def _read(self) -> FirstLook:
        """Read the page and keep it for the next start."""
        from fupin_desktop.services import history, home

        bench = self.shell.bench
        state = first_look.state_of(bench)
        look = FirstLook(home.overview(bench, bench.today), tuple(history.recent(bench, OPERATIONS_SHOWN)))
        first_look.keep(bench, look, state)
        return look

    def _show(self, look: FirstLook, first: int | None = None) -> None:
        fonts.ensure(str(look))  # at once: to ask for each text whether it can be shown takes longer
        self.show_overview(look.overview, first)
        self.safety_card.show_operations(look.operations, first)

    @override
    def backup_made(self) -> None:
        """The card shows the last backup; whether its copy is missing stands among what is due."""
        self.reload()

    @override
    def show_record(self, target: Target) -> None:
        """A due item may lead to the clause it rests on; what forms take from the office, to its details."""
        kind, _, name = target.filter.partition(":")
        if kind == "clause":
            self.shell.clause_wanted.emit(name)
        elif kind == "office":
            self.shell.commanded.emit("settings")
        elif kind == "forms":
            self.shell.commanded.emit("own_forms")
        elif kind == "backups":
            self.shell.commanded.emit("backups")

    def show_year_overview(self) -> None:
        """The work of the year on one sheet, to be looked at, printed and written."""
        from fupin_desktop.services.documents import computed
        from fupin_desktop.services.ledger_papers import LedgerSubject
        from fupin_desktop.services.registers import HOUSEHOLDS, Query
        from fupin_desktop.ui.paper_actions import PaperActions

        bench = self.shell.bench
        subject = LedgerSubject(bench, Query(HOUSEHOLDS, bench.year))
        PaperActions(self.shell, lambda: computed.paper(bench, "year_overview", subject), "villages").preview()

    def show_overview(self, overview: Overview, first: int | None = None) -> None:
        """Put an overview on the page; ``first`` rows of a list at once, the others a moment later."""
        today = overview.today
        self._many = any(one.key == "households" and _number(one.value) > MANY for one in overview.figures)
        self.due_card.set_title("要办的事", f"{today:%Y-%m-%d} 星期{WEEKDAYS[today.weekday()]}")
        self._put("due", (overview.due, today), lambda: self._fill_due(overview, first))
        self._put("figures", overview.figures, lambda: self._fill_figures(overview))
        self._put("funds", (overview.funds, overview.fund_total), lambda: self._fill_funds(overview))
        self._put("favourites", (self.shell.favourites.copy(), self._role), self._fill_favourites)
        self.shell.due_told.emit(next_due(overview))

    def _put(self, part: str, told: object, fill: Callable[[], None]) -> None:
        """Fill a part of the page, unless it tells the same: making all anew takes a tenth of a second each time."""
        if self._told.get(part) != (told, theme.current()):
            self._told[part] = told, theme.current()
            fill()

    def _build_due(self) -> None:
        self._due = RowColumn()
        self._favourites = QGridLayout()
        self._favourites.setSpacing(8)
        self._usual = label("常用", "title")
        self.due_card.body.addWidget(self._due, 1000)
        self.due_card.body.addSpacing(8)
        self.due_card.body.addWidget(self._usual)
        self.due_card.body.addLayout(self._favourites)
        self.due_card.body.addStretch(1)

    def _fill_due(self, overview: Overview, first: int | None) -> None:
        rows: list[Callable[[], QWidget]] = []
        for item in sorted(overview.due, key=lambda item: _ORDER.index(item.urgency)):
            rows += (partial(self._due_row, item), rule)
        self._due.fill(rows or [partial(good_line, "眼下没有到期的事")], first=first and 2 * first)
        self._due.fit()

    def _due_row(self, item: DueItem) -> QWidget:
        row = QWidget()
        badge = label(item.badge, tone=_TONES[item.urgency])
        badge.setFixedWidth(badge.fontMetrics().horizontalAdvance("还有 365 天") + 4)
        go = link(item.action, partial(self.shell.wanted.emit, item.target))
        go.setAccessibleName(f"{item.action}：{item.text}")
        parts = vbox(badge, STRETCH), (label(item.text, wrap=True), 1), vbox(go, STRETCH)
        hbox(*parts, on=row, margins=(0, 7, 0, 7), spacing=8)
        return row

    def _fill_figures(self, overview: Overview) -> None:
        clear(self._figures)
        for figure in overview.figures:
            made = Figure(figure.value, figure.label, leads=True)
            made.clicked.connect(partial(self.shell.wanted.emit, figure.target))
            self._figures.addWidget(made)
            self._figures.addStretch(1)
        self._figures.addStretch(_FREE)

    def _fill_funds(self, overview: Overview) -> None:
        clear(self._funds)
        self.fund_card.set_title("资金", f"到账 ¥{format_money(overview.fund_total)}" if overview.funds else "")
        rows = [self._fund_row(row, bar) for row, bar in enumerate(overview.funds)]
        if overview.funds:
            self._funds.addWidget(label("深色为已安排，余额可以再安排", "note"), len(overview.funds), 0, 1, 3)
        if not overview.funds:
            self._funds.addWidget(label("还没有登记资金来源。", "muted"), 0, 0)
            register = link("登记资金…", partial(self.shell.commanded.emit, "add_fund"))
            self._funds.addLayout(hbox(STRETCH, register), 0, 1)
        least = sum(max((one[place] for one in rows), default=0) for place in range(2))  # amounts are never cut off
        self._fund_area.setMinimumWidth(least + _LEAST_METER + self._fund_area.verticalScrollBar().sizeHint().width())

    def _fund_row(self, row: int, bar: FundBar) -> tuple[int, int]:
        """One kind of source: its name leads to the ledger, its bar shows what of the money that came is allocated.

        Returns:
            Room that the name and the amount need, in pixels.
        """
        told = f"{bar.label}：到账 {format_money(bar.amount)} 元，已安排 {format_money(bar.used)} 元，" \
               f"可安排 {format_money(bar.left)} 元"
        name, meter = link(bar.label, partial(self.shell.wanted.emit, bar.target), tip=told), BarMeter()
        name.setAccessibleName(told)
        meter.set_parts(bar.amount, [Part(bar.used)])
        meter.setToolTip(as_tip(told))
        left = label(f"余 {format_money(bar.left)}", tone="must" if bar.left < 0 else "")
        left.setToolTip(as_tip(told))
        self._funds.addLayout(hbox(name, STRETCH), row, 0)
        self._funds.addWidget(meter, row, 1)
        self._funds.addLayout(hbox(STRETCH, left), row, 2)
        return name.sizeHint().width(), left.sizeHint().width()

    def _fill_favourites(self) -> None:
        clear(self._favourites)
        self._usual.setVisible(bool(self.shell.favourites))
        for place, (key, text) in enumerate(self.shell.favourites):
            made = button(text, partial(self.shell.commanded.emit, key), self._role)
            self._favourites.addWidget(made, place // 2, place % 2)

    @property
    def _role(self) -> str:
        """In a low window the usual buttons are small, so that more of what is due is seen."""
        place = self if self.isVisible() else self.window()  # which has its size before
        return "" if place.height() < _LOW * self.fontMetrics().height() else "big"

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height."""
        super().resizeEvent(event)
        for place in range(self._favourites.count()):
            item = self._favourites.itemAt(place)
            made = item.widget() if item is not None else None
            if made is not None and (made.property("role") or "") != self._role:
                made.setProperty("role", self._role)
                restyle(made)


def _number(shown: str) -> int:
    """A count as the page shows it, in groups of three."""
    return int(shown.replace(",", ""))


def next_due(overview: Overview) -> str:
    """The next due item in a few words; empty where nothing has a day still to come."""
    dated = [(item.due, item.badge, item.text) for item in overview.due if item.due and item.due >= overview.today]
    if not dated:
        return ""
    _, badge, text = min(dated)
    return f"{text}（{badge}）"
