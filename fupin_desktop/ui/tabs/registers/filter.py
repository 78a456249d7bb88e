"""The filter of one column: its values with counts, a range for numbers, a part of the text; and the chips above."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from fupin_desktop.services.finding import find_text
from fupin_desktop.services.registers import ColumnInfo, Filter, ValueCount
from fupin_desktop.ui import fonts
from fupin_desktop.ui.models.register_cells import NUMBERS, mask
from fupin_desktop.ui.widgets.boxes import STRETCH, hbox, vbox
from fupin_desktop.ui.widgets.labels import button, label, link

BLANK = "(空白)"
_LONG = 8
_LISTED = frozenset({"text", "choice", "flag"})
RANGED = NUMBERS | {"percent", "date"}
"""Kinds of column whose values have an order: filtered from one to another."""
_GIVEN: tuple[tuple[str, bool | None], ...] = (("全部", None), ("已填写", False), ("未填写", True))
_VALUE = Qt.ItemDataRole.UserRole


def listed(info: ColumnInfo) -> bool:
    """Whether the values of a column are few enough to choose from a list."""
    return info.kind in _LISTED or info.key == "members"


class FilterPanel(QFrame):
    """Opens below a heading; Escape or a click beside it closes it without a change.

    Signals:
        applied: The new ``Filter`` of the column, or None to take it away.
        sorted: Whether descending.
    """

    applied = Signal(object)
    sorted = Signal(bool)

    def __init__(
        self, info: ColumnInfo, values: Sequence[ValueCount], current: Filter | None, parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._info = info
        self._current = current or Filter(info.key)
        self.low, self.high, self.contains = QLineEdit(), QLineEdit(), QLineEdit()
        self.given, self.list, self.finder = QComboBox(), QListWidget(), QLineEdit()
        column = vbox(label(info.heading, "title"), self._sorting(), on=self, margins=(14, 12, 14, 12), spacing=8)
        if info.kind in RANGED:
            column.addLayout(self._range())
        if not listed(info):
            column.addLayout(self._texts())
        else:
            self._fill(values)
            column.addLayout(self._finding())
            column.addWidget(self.list, 1)
        column.addLayout(self._buttons())
        self.setMinimumWidth(290)

    # ---- building ----
    def _sorting(self) -> QHBoxLayout:
        return hbox(button("升序", lambda: self._sort(False)), button("降序", lambda: self._sort(True)))

    def _range(self) -> QHBoxLayout:
        row = hbox()
        for line, text, word in ((self.low, self._current.low, "从"), (self.high, self._current.high, "到")):
            line.setText(text)
            line.setPlaceholderText("不限")
            line.setAccessibleName(f"{self._info.label}{word}")
            line.returnPressed.connect(self.apply)
            row.addWidget(label(word))
            row.addWidget(line, 1)
        if self._info.unit:
            row.addWidget(label(self._info.unit, "muted"))
        return row

    def _texts(self) -> QHBoxLayout:
        row = hbox()
        if self._info.kind not in RANGED:
            self.contains.setText(self._current.contains)
            self.contains.setPlaceholderText("包含的文字")
            self.contains.returnPressed.connect(self.apply)
            row.addWidget(self.contains, 1)
        for text, blank in _GIVEN:
            self.given.addItem(text, blank)
        self.given.setCurrentIndex([blank for _text, blank in _GIVEN].index(self._current.blank))
        row.addWidget(self.given)
        return row

    def _finding(self) -> QHBoxLayout:
        self.finder.setPlaceholderText("在下面查找")
        self.finder.textChanged.connect(self._show_found)
        self.finder.setVisible(self.list.count() > _LONG)
        everything, nothing = link("全选", lambda: self._check(True)), link("全不选", lambda: self._check(False))
        return hbox((self.finder, 1), STRETCH if self.finder.isHidden() else None, everything, nothing, spacing=12)

    def _buttons(self) -> QHBoxLayout:
        clear = button("清除筛选", self._clear)
        clear.setEnabled(self._current != Filter(self._info.key))
        return hbox(clear, STRETCH, button("确定", self.apply, "primary"))

    def _fill(self, values: Sequence[ValueCount]) -> None:
        chosen = set(self._current.values)
        for value in values:
            text = value.text or BLANK
            fonts.ensure(text)
            item = QListWidgetItem(f"{text}    {value.count:,}", self.list)
            item.setData(_VALUE, value.text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable)
            checked = not chosen or value.text in chosen
            item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        self.list.setMinimumHeight(min(self.list.count(), 10) * 28 + 6)

    # ---- what the clerk does ----
    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(row) for row in range(self.list.count())]

    def _show_found(self, text: str) -> None:
        for item in self._items():
            item.setHidden(bool(text) and not find_text(text, [item.data(_VALUE) or BLANK]))

    def _check(self, checked: bool) -> None:
        for item in self._items():
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)

    def choose(self, *values: str) -> None:
        """Check just these values."""
        for item in self._items():
            chosen = item.data(_VALUE) in values
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)

    def made(self) -> Filter | None:
        """The filter as set, of the values that are seen; None where it leaves nothing out."""
        seen = [item for item in self._items() if not item.isHidden()]
        checked = [str(item.data(_VALUE)) for item in seen if item.checkState() is Qt.CheckState.Checked]
        some = 0 < len(checked) < self.list.count()
        made = Filter(
            self._info.key, tuple(checked) if some else (), self.low.text().strip(), self.high.text().strip(),
            self.contains.text().strip(), self.given.currentData(),
        )
        return None if made == Filter(self._info.key) else made

    def apply(self) -> None:
        """Filter as set."""
        made = self.made()
        self.close()
        self.applied.emit(made)

    def _clear(self) -> None:
        self.close()
        self.applied.emit(None)

    def _sort(self, down: bool) -> None:
        self.close()
        self.sorted.emit(down)

    def open_at(self, place: QPoint) -> None:
        """Show the panel below a heading, within the screen."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(room.left(), min(place.x(), room.right() - self.width()))
        y = max(room.top(), min(place.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()
        (self.low if self._info.kind in RANGED else self.contains).setFocus()


def describe(info: ColumnInfo, condition: Filter, *, hide: bool = False) -> str:
    """A filter in a few words for its chip: “参与情况: 参与、分散参与”; ``hide`` stars the middle of a number."""
    parts = ["、".join(value or BLANK for value in condition.values)]
    if condition.low or condition.high:
        span = f"{condition.low or '…'} 至 {condition.high or '…'}"
        parts.append(f"{span.removesuffix(info.unit)}{info.unit}")
    if condition.contains:
        parts.append(f"包含“{mask(info, condition.contains) if hide else condition.contains}”")
    if condition.blank is not None:
        parts.append("未填写" if condition.blank else "已填写")
    text = "，".join(part for part in parts if part)
    return f"{info.label}：{text if len(text) <= 28 else text[:27] + '…'}"
