"""The tree of what can be handed out, with a search and a period that leave out what is not wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from fupin_desktop.services.exchange.earlier import Earlier
from fupin_desktop.services.exchange.model import Item
from fupin_desktop.services.finding import find_text
from fupin_desktop.ui import fonts, theme
from fupin_desktop.ui.quiet import quiet
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.day_field import DayField
from fupin_desktop.ui.widgets.labels import label, link
from fupin_desktop.ui.widgets.search_field import make_search
from fupin_desktop.ui.widgets.tips import as_tip

_ITEM = Qt.ItemDataRole.UserRole
_NAME, _STATE, _DAY, _EARLIER = range(4)


class ChoosingTree(QWidget):
    """Groups of items, each with a box to tick.

    Args:
        year: Year of a date typed without one.

    Signals:
        changed: Something was ticked, or the period changed.
    """

    changed = Signal()

    def __init__(self, year: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._earlier: dict[str, Earlier] = {}
        self.search, self.tree = QLineEdit(), QTreeWidget()
        self.of_period = QCheckBox("只看这段时间")
        self.since, self.until = DayField(year, "开始", short=True), DayField(year, "结束", short=True)
        make_search(self.search, "查找：村、项目、表名", "查找要导出的内容")
        self.tree.setHeaderLabels(["内容", "状态", "日期", "上次交出"])
        self.tree.setUniformRowHeights(True)
        for widget, name in ((self.tree, "要导出的内容"), (self.since, "开始日期"), (self.until, "结束日期")):
            widget.setAccessibleName(name)
        self._build()
        self.search.textChanged.connect(lambda _text: self._sift())
        self.tree.itemChanged.connect(self._box_clicked)
        for field in (self.since, self.until):
            field.day_changed.connect(self._period_changed)
        self.of_period.toggled.connect(lambda _on: self._period_changed())
        self._enable_period()

    def _build(self) -> None:
        head = self.tree.header()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((_STATE, 92), (_DAY, 92), (_EARLIER, 150)):
            head.resizeSection(column, width)
        line = hbox((self.search, 1), self.of_period, self.since, label("至"), self.until)
        tip = "把列出的里面从来没有交过的、交出以后有改动的勾上，别的不勾"
        new = link("只选没交过和有改动的", self.tick_new, tip=tip)
        below = hbox(link("全选列出的", self.tick_listed), new, link("全不选", self.untick), STRETCH, spacing=12)
        vbox(line, (self.tree, 1), below, on=self, margins=0)

    # ---- what is listed ----
    def fill(
        self, items: Sequence[Item], ticked: frozenset[str] = frozenset(), earlier: Mapping[str, Earlier] | None = None
    ) -> None:
        """List the items group by group, each with when it was handed out last."""
        self._earlier = dict(earlier or {})
        with quiet(self.tree):
            self.tree.clear()
            groups: dict[str, QTreeWidgetItem] = {}
            for one in items:
                if one.group not in groups:
                    groups[one.group] = self._group(one.group)
                groups[one.group].addChild(_row(one, one.key in ticked, self._earlier.get(one.key)))
            for group in groups.values():
                _mark(group)
                group.setText(_STATE, f"{group.childCount()} 项")
                group.setExpanded(group.childCount() <= 12 or any(_ticked(row) for row in _rows(group)))
        self._sift()

    def _group(self, title: str) -> QTreeWidgetItem:
        fonts.ensure(title)
        made = QTreeWidgetItem(self.tree, [title])
        made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        made.setCheckState(_NAME, Qt.CheckState.Unchecked)
        return made

    def chosen(self) -> list[Item]:
        """What is ticked, whether it is listed now or not."""
        return [row.data(_NAME, _ITEM) for row in self._every() if _ticked(row)]

    @property
    def period(self) -> tuple[date, date] | None:
        """The period that is looked at; None for none."""
        since, until = self.since.day, self.until.day
        return (since, until) if self.of_period.isChecked() and since and until and since <= until else None

    def tick_listed(self) -> None:
        """Tick everything that is listed."""
        self._tick(Qt.CheckState.Checked, listed=True)

    def tick_new(self) -> None:
        """Of what is listed, tick what was never handed out or was changed since, and nothing else."""
        with quiet(self.tree):
            for row in self._every():
                wanted = not row.isHidden() and self._is_new(row.data(_NAME, _ITEM))
                row.setCheckState(_NAME, Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
            for group in self._groups():
                _mark(group)
        self.changed.emit()

    def _is_new(self, one: Item) -> bool:
        last = self._earlier.get(one.key)
        return last is None or last.changed

    @property
    def unchanged(self) -> int:
        """How many of those ticked were handed out before, and are not changed since."""
        return sum(not self._is_new(one) for one in self.chosen())

    def untick(self) -> None:
        """Tick nothing."""
        self._tick(Qt.CheckState.Unchecked, listed=False)

    def _tick(self, state: Qt.CheckState, *, listed: bool) -> None:
        with quiet(self.tree):
            for row in self._every():
                if not listed or not row.isHidden():
                    row.setCheckState(_NAME, state)
            for group in self._groups():
                _mark(group)
        self.changed.emit()

    def _box_clicked(self, item: QTreeWidgetItem, column: int) -> None:
        """A box was clicked: that of a group ticks what is listed of it, and nothing that the search leaves out."""
        if column != _NAME:
            return
        group = item.parent() or item
        with quiet(self.tree):
            if group is item:
                for row in _rows(group):
                    if not row.isHidden():
                        row.setCheckState(_NAME, item.checkState(_NAME))
            _mark(group)
        self.tree.viewport().update()
        self.changed.emit()

    def _every(self) -> list[QTreeWidgetItem]:
        return [row for group in self._groups() for row in _rows(group)]

    def _groups(self) -> list[QTreeWidgetItem]:
        return [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]

    # ---- what is left out ----
    def _period_changed(self) -> None:
        self._enable_period()
        self._sift()
        self.changed.emit()

    def _enable_period(self) -> None:
        for field in (self.since, self.until):
            field.setEnabled(self.of_period.isChecked())

    def _sift(self) -> None:
        words, period = self.search.text().split(), self.period
        for group in self._groups():
            for row in _rows(group):
                row.setHidden(not _wanted(row.data(_NAME, _ITEM), words, period))
            listed = sum(not row.isHidden() for row in _rows(group))
            group.setHidden(not listed)
            group.setText(_STATE, f"{listed} 项")
            if words and listed:
                group.setExpanded(True)


def _wanted(one: Item, words: Sequence[str], period: tuple[date, date] | None) -> bool:
    if period is not None and not (one.on and period[0] <= one.on <= period[1]):
        return False
    return all(find_text(word, (one.title, one.group)) for word in words)


def _row(one: Item, ticked: bool, last: Earlier | None) -> QTreeWidgetItem:
    fonts.ensure(one.title)
    made = QTreeWidgetItem([one.title, one.note, f"{one.on:%Y-%m-%d}" if one.on else ""])
    made.setFlags(made.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    made.setCheckState(_NAME, Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    made.setData(_NAME, _ITEM, one)
    made.setToolTip(_NAME, as_tip(one.doubt or one.title))
    if one.doubt:
        made.setForeground(_STATE, theme.tone("principle")[0])
    if last is not None:
        _tell_last(made, last)
    return made


def _tell_last(row: QTreeWidgetItem, last: Earlier) -> None:
    fonts.ensure(last.told)
    row.setText(_EARLIER, f"{last.on:%Y-%m-%d}{' 有改动' if last.changed else ''}")
    row.setToolTip(_EARLIER, as_tip(last.told))
    if last.changed:
        row.setForeground(_EARLIER, theme.tone("principle")[0])


def _mark(group: QTreeWidgetItem) -> None:
    """Let a group's box tell of its rows: all, some or none."""
    ticked = sum(_ticked(row) for row in _rows(group))
    every = bool(ticked) and ticked == group.childCount()
    some = Qt.CheckState.PartiallyChecked if ticked else Qt.CheckState.Unchecked
    group.setCheckState(_NAME, Qt.CheckState.Checked if every else some)


def _rows(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    return [group.child(place) for place in range(group.childCount())]


def _ticked(row: QTreeWidgetItem) -> bool:
    return row.checkState(_NAME) is Qt.CheckState.Checked
