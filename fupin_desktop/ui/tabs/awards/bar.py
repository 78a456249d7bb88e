"""What stands above the award table: search, the narrowing choices, the count line."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from fupin_desktop.domain.vocabulary import HouseholdSize
from fupin_desktop.policy.results import AwardTotals
from fupin_desktop.ui.models.award_model import AwardFilter, Shown
from fupin_desktop.ui.tabs.registers.bar import FindField
from fupin_desktop.ui.widgets.boxes import hbox
from fupin_desktop.ui.widgets.fitted_text import OneLine
from fupin_desktop.ui.widgets.labels import link, say

SIZES: tuple[tuple[str, HouseholdSize | None], ...] = (
    ("大户和小农户", None), ("大户", HouseholdSize.LARGE), ("小农户", HouseholdSize.SMALL),
)


class AwardBar(QWidget):
    """Narrows the table.

    Signals:
        narrowed: The ``AwardFilter`` wanted.
        left: The keyboard goes to the table.
    """

    narrowed = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finder, self.sizes, self.shown = FindField(), QComboBox(), QComboBox()
        self.all, self.note = link("显示全部", self.clear), OneLine(at_right=True)
        self.finder.setPlaceholderText("户主、小组、项目、说明（可用拼音首字母）")
        self.finder.setAccessibleName("查找测算的农户")
        self.sizes.setAccessibleName("大户或小农户")
        self.shown.setAccessibleName("显示哪些户")
        self.finder.setMinimumWidth(130)
        for text, size in SIZES:
            self.sizes.addItem(text, size)
        for shown in Shown:
            self.shown.addItem(shown.value, shown)
        self._keys: frozenset[str] | None = None
        self._picked: dict[str, str] = {}
        row = hbox(
            self.finder, self.sizes, self.shown, self.all, (self.note, 2), on=self, margins=(10, 0, 12, 8), spacing=8,
        )  # fmt: skip
        row.setStretch(0, 3)
        self.all.hide()
        self.finder.asked.connect(lambda _text: self._tell())
        self.finder.left.connect(self.left)
        self.sizes.activated.connect(lambda _place: self._tell())
        self.shown.activated.connect(lambda _place: self._tell())

    @property
    def filter(self) -> AwardFilter:
        """What is chosen."""
        size, shown = self.sizes.currentData(), self.shown.currentData()
        return AwardFilter(
            self.finder.text().strip(), HouseholdSize(size) if size else None, Shown(shown), self._keys,
            tuple(self._picked.items()),
        )

    def show_only(self, keys: frozenset[str]) -> None:
        """Narrow to some households, all of whom are to be seen."""
        self._reset(keys)
        self._tell()

    def pick(self, key: str, text: str | None) -> None:
        """Narrow a column to one text; None takes that away."""
        self._picked.pop(key, None)
        if text is not None:
            self._picked[key] = text
        self._tell()

    def clear(self) -> None:
        """Show all households."""
        self._reset(None)
        self._tell()

    def _reset(self, keys: frozenset[str] | None) -> None:
        self._keys = keys
        self._picked.clear()
        with QSignalBlocker(self.sizes), QSignalBlocker(self.shown):
            self.sizes.setCurrentIndex(0)
            self.shown.setCurrentIndex(0)
        self.finder.put("")

    def _tell(self) -> None:
        wanted = self.filter
        self.all.setVisible(wanted.narrow)
        self.narrowed.emit(wanted)

    def show_counts(self, totals: AwardTotals | None, shown: int) -> None:
        """“共 38 户 · 参与 35 户 · 大户 9 户”, and how many of them are shown."""
        if totals is None:
            say(self.note, "")
            return
        part = f"显示 {shown:,} / " if self.filter.narrow else "共 "
        say(self.note, f"{part}{totals.households:,} 户 · 参与 {totals.participating:,} · 大户 {totals.large:,} · "
                       f"有奖补 {totals.awarded:,}")
