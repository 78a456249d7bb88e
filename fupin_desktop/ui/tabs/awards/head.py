"""The head of the awards tab: which scheme, who decided it, its money, from where a household is large, its rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fupin_desktop.domain.money import format_money
from fupin_desktop.override import override
from fupin_desktop.policy.rules.phrases import plain
from fupin_desktop.policy.scheme import AwardScheme
from fupin_desktop.services.schemes import SchemeLine, SchemeState
from fupin_desktop.ui import fonts
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.tabs.awards.rules import RuleGrid
from fupin_desktop.ui.widgets.badge import Badge
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.card import Card
from fupin_desktop.ui.widgets.labels import button, label, link, say
from fupin_desktop.ui.widgets.scroll import ScrollColumn
from fupin_desktop.ui.widgets.tips import as_tip

TONES = {SchemeState.DRAFT: "plain", SchemeState.DECIDED: "info", SchemeState.PUBLISHED: "principle",
         SchemeState.FILED: "good"}
_GRID_HEIGHT = 104
_ROOM_FOR_RULES = 1150
Entry = tuple[str, Callable[[], object]] | None


class SchemeCard(Card):
    """Shows a scheme; the buttons ask.

    Signals:
        chosen: Key of the scheme picked from the list.
        edit_asked: 编辑方案 was clicked.
        compare_asked: 试算对比 was clicked.
        clause_asked: Name of the clause behind 大户标准; empty where the scheme set its own.
        menu_asked: The menu of the scheme is about to open.
    """

    chosen = Signal(str)
    edit_asked = Signal()
    compare_asked = Signal()
    clause_asked = Signal(str)
    menu_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(margin=14, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.list, self.badge, self.rules = QComboBox(), Badge("草稿"), RuleGrid()
        self.list.setAccessibleName("奖补方案")
        self.list.setMinimumContentsLength(12)
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.currentIndexChanged.connect(lambda _place: self.chosen.emit(self.key))
        self.decided, self.paper = label(wrap=True), label("", "note", wrap=True)
        self.money, self.sources = label("", "title"), label("", "note", wrap=True)
        self.large, self.basis = label("", "title"), link("依据", lambda: self.clause_asked.emit(self._clause))
        self._clause = ""
        row = hbox((self._facts(), 1), (self._grid(), 0, Qt.AlignmentFlag.AlignTop), self._buttons(), spacing=22)
        self.body.addLayout(row)

    # ---- building ----
    def _facts(self) -> QHBoxLayout:
        first = hbox(self.list, self.badge, spacing=8)
        large = hbox(self.large, self.basis, STRETCH, spacing=4)
        return hbox(
            (_stack("奖补方案", first, self.paper), 9), (_stack("议定", self.decided), 6),
            (_stack("可用资金", self.money, self.sources), 7), (_stack("大户标准", large), 4), spacing=22,
        )  # fmt: skip

    def _grid(self) -> QWidget:
        self.frame = ScrollColumn(spacing=0)
        self.frame.column.addWidget(self.rules)
        self.frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        return self.frame

    def _buttons(self) -> QVBoxLayout:
        self.edit = button("编辑方案…", self.edit_asked.emit)
        self.compare = button("试算对比…", self.compare_asked.emit)
        self.more: QPushButton = button("方案")
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self.menu_asked.emit)
        self.more.setMenu(self.menu)
        self.more.setStyleSheet("padding-right: 24px;")
        return vbox(self.edit, self.compare, self.more, STRETCH, spacing=6)

    def set_low(self, low: bool) -> None:
        """In a low window 试算对比 is left to the menu, which has it too."""
        self.compare.setVisible(not low)

    # ---- what is shown ----
    @property
    def key(self) -> str:
        """Key of the scheme in the list."""
        return self.list.currentData() or ""

    def fill(self, lines: Sequence[SchemeLine], key: str) -> str:
        """List the year's schemes and pick one; returns the key picked."""
        with quiet(self.list):
            self.list.clear()
            for line in lines:
                text = " ".join(part for part in (line.place, f"{line.year} 年度", line.batch) if part)
                fonts.ensure(text + line.name)
                self.list.addItem(text, line.key)
                self.list.setItemData(self.list.count() - 1, as_tip(line.name), Qt.ItemDataRole.ToolTipRole)
            self.list.setCurrentIndex(max(self.list.findData(key), 0 if lines else -1))
        self.list.setEnabled(bool(lines))
        for one in (self.edit, self.compare):
            one.setEnabled(bool(lines))
        return self.key

    def show_scheme(
        self, scheme: AwardScheme | None, state: SchemeState = SchemeState.DRAFT, large_from: Decimal = Decimal(0),
        clause: str = "",
    ) -> None:
        """Show a scheme; None clears the card."""
        self._clause = clause
        self.basis.setVisible(scheme is not None)
        self.badge.setVisible(scheme is not None)
        self.badge.set_text(state.label, TONES[state])
        self.rules.show_rules(scheme, large_from)
        self.frame.setVisible(scheme is not None and self.width() >= _ROOM_FOR_RULES)
        self._fit_grid()
        if scheme is None:
            for one in (self.decided, self.paper, self.money, self.sources, self.large):
                say(one, "")
            return
        decision = scheme.decision
        parties = " · ".join(part for part in (decision.village, decision.assisting_unit) if part)
        say(self.decided, parties or "还没有议定")
        day = f"{decision.decided_on:%Y-%m-%d}" if decision.decided_on else ""
        say(self.paper, " ".join(part for part in (day, decision.meeting, decision.document) if part))
        say(self.money, "不限" if scheme.money is None else f"¥{format_money(scheme.money)}")
        say(self.sources, money_words(scheme))
        self.sources.setToolTip(as_tip(money_details(scheme)))
        say(self.large, f"≥ {plain(large_from)} 亩")
        self.basis.setText("依据" if clause else "方案自定")
        self.basis.setEnabled(bool(clause))

    def _fit_grid(self) -> None:
        size = self.rules.sizeHint()
        bar = 14 if size.height() > _GRID_HEIGHT else 0
        self.frame.setFixedSize(size.width() + bar, min(size.height(), _GRID_HEIGHT))

    def set_menu(self, entries: Sequence[Entry]) -> None:
        """Fill the menu; None is a line."""
        self.menu.clear()
        for entry in entries:
            if entry is None:
                self.menu.addSeparator()
            else:
                text, act = entry
                self.menu.addAction(text).triggered.connect(lambda _checked=False, run=act: run())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the rules are left to the editor."""
        super().resizeEvent(event)
        self.frame.setVisible(self.width() >= _ROOM_FOR_RULES and bool(self.rules.rows))

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on the rules opens the editor."""
        if self.frame.geometry().contains(event.position().toPoint()) and self.key:
            self.edit_asked.emit()
        super().mouseDoubleClickEvent(event)


def money_words(scheme: AwardScheme) -> str:
    """Where the money comes from, in a few words."""
    names = [source.kind.label for source in scheme.sources]
    told = "、".join(dict.fromkeys(names)) or ("方案写明总额" if scheme.pool is not None else "没有写资金总额")
    return told if len(told) <= _LONG else f"{told[:_LONG - 1]}…"


def money_details(scheme: AwardScheme) -> str:
    """Every source with its amount, a line each."""
    named = ((source.name or source.kind.label, format_money(source.amount)) for source in scheme.sources)
    return "\n".join(f"{name} {amount} 元" for name, amount in named)


_LONG = 34


def _stack(caption: str, *things: QWidget | QHBoxLayout) -> QVBoxLayout:
    """A grey caption over what it names."""
    return vbox(label(caption, "note"), *things, STRETCH, spacing=3)
